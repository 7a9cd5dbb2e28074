import { Button, Group } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { ReportFormat } from "../../../experiments/protocol.ts";
import type { AnyExperiment } from "../../../storage/trainings.ts";
import { saveFile } from "../../saveFile.ts";
import { reported } from "../../state/report.ts";
import { workers } from "../../workers.ts";

const formats: readonly {
  readonly format: ReportFormat;
  readonly label: string;
  readonly type: string;
  readonly extension: string;
}[] = [
  { format: "csv", label: "CSV", type: "text/csv", extension: "csv" },
  { format: "json", label: "JSON", type: "application/json", extension: "json" },
  { format: "latex", label: "LaTeX", type: "application/x-tex", extension: "tex" },
];

/** What a file of an experiment is called. */
export const fileNameOf = ({ specification }: AnyExperiment) =>
  specification.name.replaceAll(/[^\w.-]+/g, "_");

/** All tables of an experiment as files, and what it was set up with. */
export function ExportButtons({
  found,
  question,
  suffix,
}: {
  readonly found: AnyExperiment;
  /** As the protocol takes it. */
  readonly question: unknown;
  /** Part of the files' names. */
  readonly suffix: string;
}) {
  const name = fileNameOf(found);
  const save = async ({ format, type, extension }: (typeof formats)[number]) => {
    const text = await workers.reports.exportReport(found.id, question, format);
    saveFile(`${name}.${suffix}.${extension}`, type, [text]);
  };
  return (
    <Group gap="xs">
      {formats.map((format) => (
        <Button
          key={format.format}
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          onClick={() => reported(save(format))}
        >
          {format.label}
        </Button>
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconDownload size={14} />}
        onClick={() =>
          saveFile(`${name}.experiment.json`, "application/json", [
            `${JSON.stringify(found.specification, null, 2)}\n`,
          ])
        }
      >
        Specification
      </Button>
    </Group>
  );
}
