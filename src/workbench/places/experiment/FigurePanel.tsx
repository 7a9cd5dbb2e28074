import { Button, Group, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { Figure } from "../../plots/figure.ts";
import { plotImage } from "../../plots/image.ts";
import { withRoomForLegend } from "../../plots/legendBelow.ts";
import { Plot } from "../../plots/Plot.tsx";
import { usePlotScheme } from "../../plots/usePlotScheme.ts";
import { saveFile } from "../../saveFile.ts";
import { reported } from "../../state/report.ts";

/** CSS pixels of the plot above a legend, and the width of a saved figure. */
const plotHeight = 200;
const savedWidth = 760;
const savedPlotHeight = 300;

/** A figure with its title, and the way to save it. One whose legend stands below grows with its entries. */
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
  const [width, setWidth] = useState(savedWidth);
  const shown = useMemo(() => sized(figure, width, plotHeight, height), [figure, width, height]);
  const save = async () => {
    const saved = sized(figure, savedWidth, savedPlotHeight, 440);
    const url = await plotImage(saved.figure, {
      format: "svg",
      width: savedWidth,
      height: saved.height,
      scheme,
    });
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
          flex="none"
          leftSection={<IconDownload size={13} />}
          onClick={() => reported(save())}
        >
          SVG
        </Button>
      </Group>
      <Plot
        figure={shown.figure}
        height={shown.height}
        interactive
        label={title}
        onSize={({ width: next }) => setWidth(next)}
      />
    </section>
  );
}

const sized = (figure: Figure, width: number, plot: number, height: number) =>
  figure.layout.legend?.yref === "container" ? withRoomForLegend(figure, width, plot) : { figure, height };
