import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { useEffect, useState } from "react";
import type { Failure } from "../../domain/failure.ts";
import { asFailure } from "../state/report.ts";
import { startWorkbench } from "../state/start.ts";
import { Opening } from "./Opening.tsx";
import { Shell } from "./Shell.tsx";
import { cssVariables, theme } from "./theme.ts";

type Phase =
  | { readonly kind: "opening" }
  | { readonly kind: "open" }
  | { readonly kind: "failed"; readonly failure: Failure };

/** The page: asks the workers what there is, opens the address, and shows the place it names. */
export function App() {
  const [phase, setPhase] = useState<Phase>({ kind: "opening" });
  useEffect(() => {
    let stop = () => {};
    startWorkbench().then(
      (stopWorkbench) => {
        stop = stopWorkbench;
        setPhase({ kind: "open" });
      },
      (error: unknown) => setPhase({ kind: "failed", failure: asFailure(error) }),
    );
    return () => stop();
  }, []);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" autoClose={8000} limit={8} />
      {phase.kind === "open" ? (
        <Shell />
      ) : (
        <Opening failure={phase.kind === "failed" ? phase.failure : null} />
      )}
    </MantineProvider>
  );
}
