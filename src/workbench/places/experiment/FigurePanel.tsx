import { Button, Group, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { Figure } from "../../plots/figure.ts";
import { plotImage } from "../../plots/image.ts";
import { Plot } from "../../plots/Plot.tsx";
import { usePlotScheme } from "../../plots/usePlotScheme.ts";
import { saveFile } from "../../saveFile.ts";
import { reported } from "../../state/report.ts";

/** A figure with its title, and the way to save it. */
export function FigurePanel({
  title,
  figure,
  height = 320,
  file,
}: {
  readonly title: string;
  readonly figure: Figure;
  readonly height?: number;
  /** Name of the saved file without its ending. */
  readonly file: string;
}) {
  const scheme = usePlotScheme();
  const save = async () => {
    const url = await plotImage(figure, { format: "svg", width: 760, height: 440, scheme });
    saveFile(`${file}.svg`, "image/svg+xml", [decodeURIComponent(url.slice(url.indexOf(",") + 1))]);
  };
  return (
    <section aria-label={title}>
      <Group justify="space-between" wrap="nowrap">
        <Title order={3} size="h6">
          {title}
        </Title>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconDownload size={13} />}
          onClick={() => reported(save())}
        >
          SVG
        </Button>
      </Group>
      <Plot figure={figure} height={height} interactive label={title} />
    </section>
  );
}
