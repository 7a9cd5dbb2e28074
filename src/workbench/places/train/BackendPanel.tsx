import { Badge, Button, Group, Progress, Select, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import { useStore } from "zustand";
import type { BackendName } from "../../../neural/backend/backends.ts";
import type { BackendFinding } from "../../../neural/backend/probe.ts";
import type { ArithmeticFinding } from "../../../services/training/describing.ts";
import { reported } from "../../state/report.ts";
import { training, trainingActions } from "../../state/training.ts";
import { workers } from "../../workers.ts";

const automatic = "automatic";
/** Relative difference of gradients that single precision explains. */
const agreement = 1e-3;
/** Probes between two updates of the page. */
const probesAtOnce = 4;

/** What computes: chosen, listed, and checked against the plain processor. */
export function BackendPanel() {
  const draft = useStore(training, (state) => state.draft);
  const isTraining = useStore(training, (state) => state.running !== null);
  const [found, setFound] = useState<readonly BackendFinding[] | null>(null);
  const [findings, setFindings] = useState<readonly ArithmeticFinding[]>([]);
  const [checking, setChecking] = useState<{ readonly backend: string; readonly total: number } | null>(null);
  const busy = isTraining || (checking !== null && findings.length < checking.total);
  const check = async (backend: BackendName) => {
    const names = await workers.training.arithmeticProbes();
    setFindings([]);
    setChecking({ backend, total: names.length });
    for (let from = 0; from < names.length; from += probesAtOnce) {
      const part = await workers.training.checkArithmetic(backend, from, probesAtOnce);
      setFindings((before) => [...before, ...part]);
    }
  };
  const wrong = findings.filter(({ difference }) => difference === null || difference > agreement);
  return (
    <Stack gap="xs">
      <Select
        size="xs"
        label="Compute with"
        description="Automatic times a few steps of the very network on each, and takes the fastest."
        allowDeselect={false}
        value={draft.backend ?? automatic}
        data={[
          { value: automatic, label: "Automatic" },
          { value: "webgpu", label: "WebGPU" },
          { value: "webgl", label: "WebGL" },
          { value: "wasm", label: "WebAssembly" },
          { value: "cpu", label: "Plain JavaScript" },
        ]}
        onChange={(value) =>
          trainingActions.draft({ backend: value === automatic ? null : (value as BackendName) })
        }
      />
      <Group gap="xs">
        <Button
          size="compact-xs"
          variant="default"
          disabled={busy}
          onClick={() => reported(workers.training.backends().then(setFound))}
        >
          What is there?
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          disabled={busy}
          onClick={() => reported(check(draft.backend ?? "wasm"))}
        >
          Check the arithmetic
        </Button>
      </Group>
      {found !== null && (
        <Table fz="xs" data-testid="backends">
          <Table.Tbody>
            {found.map(({ name, info, reason }) => (
              <Table.Tr key={name}>
                <Table.Td>{name}</Table.Td>
                <Table.Td>
                  {info?.adapter ?? <Text size="xs">{reason}</Text>}{" "}
                  {info?.software === true && (
                    <Badge size="xs" color="yellow" variant="light">
                      imitated, slow
                    </Badge>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {checking !== null && (
        <div data-testid="arithmetic" data-done={findings.length === checking.total}>
          <Progress
            value={(100 * findings.length) / checking.total}
            size="sm"
            color={wrong.length > 0 ? "red" : "teal"}
            aria-label="Gradients compared"
          />
          <Text size="xs" mt={4}>
            {findings.length} of {checking.total} gradients on {checking.backend} compared with plain
            JavaScript;{" "}
            {wrong.length === 0
              ? `largest relative difference ${Math.max(0, ...findings.map((each) => each.difference ?? 0)).toExponential(1)}`
              : `${wrong.length} differ: ${wrong.map(({ name, message }) => `${name}${message === "" ? "" : ` (${message})`}`).join(", ")}`}
          </Text>
        </div>
      )}
    </Stack>
  );
}
