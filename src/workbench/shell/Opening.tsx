import { Alert, Center, Loader, Stack, Text } from "@mantine/core";
import type { Failure } from "../../domain/failure.ts";

/** What stands on the page before the workers have answered, or where they cannot. */
export function Opening({ failure }: { readonly failure: Failure | null }) {
  return (
    <Center mih="100vh" component="main">
      {failure === null ? (
        <Stack align="center" gap="xs">
          <Loader type="bars" aria-hidden />
          <Text size="sm">Opening the workbench …</Text>
        </Stack>
      ) : (
        <Alert color="red" title="The workbench could not open" maw={520}>
          {failure.describe()}
        </Alert>
      )}
    </Center>
  );
}
