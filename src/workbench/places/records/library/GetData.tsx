import { Anchor, Button, Code, Group, Paper, Stack, Text } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import { reported } from "../../../state/report.ts";
import { PickFiles } from "../imports/PickFiles.tsx";
import { importStandIn } from "../imports/standIn.ts";

/** How to come by records: in three lines with their licences, or the simulated stand-in at once. */
export function GetData({ empty = false }: { readonly empty?: boolean }) {
  return (
    <Paper withBorder p="lg" component="section" aria-label="Getting data">
      <Stack gap="sm">
        <Text fw={600}>{empty ? "No records yet" : "More records"}</Text>
        <Text size="sm" c="dimmed" maw={760}>
          Drop files, folders or zips anywhere on this page: WFDB records, EDF, CSV or MATLAB. They stay in
          this browser.
        </Text>
        <Stack gap={2} component="ul" m={0} pl="lg">
          <Text size="sm" component="li">
            <Anchor
              href="https://physionet.org/content/mitdb/1.0.0/"
              target="_blank"
              rel="noreferrer"
              underline="always"
            >
              MIT-BIH Arrhythmia Database
            </Anchor>
            : 48 half-hour records with every beat annotated (ODC-BY 1.0).
          </Text>
          <Text size="sm" component="li">
            <Anchor
              href="https://physionet.org/content/ptb-xl/1.0.3/"
              target="_blank"
              rel="noreferrer"
              underline="always"
            >
              PTB-XL
            </Anchor>
            : 21,799 twelve-lead recordings of ten seconds with diagnoses (CC BY 4.0). Bring its two tables
            (.csv) as well.
          </Text>
          <Text size="sm" component="li">
            In a clone of this workbench <Code>npm run data</Code> fetches both, checked against their
            published checksums.
          </Text>
        </Stack>
        <Group gap="xs">
          <PickFiles />
          <Button
            size="xs"
            variant={empty ? "light" : "default"}
            leftSection={<IconFlask size={16} />}
            onClick={() => reported(importStandIn())}
          >
            Use the simulated stand-in
          </Button>
        </Group>
        <Text size="xs" c="dimmed" maw={760}>
          The stand-in are virtual patients from a dynamical model of the heart: half-hour records with
          annotated beats and ten-second recordings with labels, marked as simulated wherever they appear.
        </Text>
      </Stack>
    </Paper>
  );
}
