import { Group, Paper, SegmentedControl, SimpleGrid, Text, useMantineColorScheme } from "@mantine/core";
import { useColorScheme } from "@mantine/hooks";
import { useMemo, useState } from "react";
import { type BeatClass, beatClasses } from "../../../../domain/libraryRecord.ts";
import type { Gallery, GalleryClass } from "../../../../services/gallery.ts";
import type { BeatScaling } from "../../../../signal/beatMatrix.ts";
import { formatCount } from "../../../format.ts";
import { galleryFigure, galleryRange } from "../../../plots/galleryFigure.ts";
import { Plot } from "../../../plots/Plot.tsx";
import { useAnswer } from "../../../useAnswer.ts";
import { workers } from "../../../workers.ts";

export const classTitles: Readonly<Record<BeatClass, string>> = {
  N: "Normal and bundle branch block",
  S: "Supraventricular ectopic",
  V: "Ventricular ectopic",
  F: "Fusion",
  Q: "Paced or unclassified",
};

/** The beats of a record by class, one over the other, with mean and spread. */
export function BeatGallery({ hash, annotated }: { readonly hash: string; readonly annotated: boolean }) {
  const [scaling, setScaling] = useState<BeatScaling>("none");
  const gallery = useAnswer(`${hash}/${scaling}`, () => workers.records.readGallery(hash, scaling), true);
  if (gallery === null || gallery.classes.length === 0) return null;
  return (
    <Paper withBorder p="md" component="section" aria-label="Beats by class" data-testid="beat-gallery">
      <Group justify="space-between" mb="sm" gap="xs">
        <div>
          <Text fw={600}>Beats</Text>
          <Text size="xs" c="dimmed">
            {annotated
              ? "By AAMI class of the annotations; mean and one standard deviation."
              : "At the detected R peaks: nobody has told their classes. Mean and one standard deviation."}
          </Text>
        </div>
        <SegmentedControl
          size="xs"
          aria-label="Level and height of the beats"
          value={scaling}
          data={[
            { value: "none", label: "mV" },
            { value: "mean", label: "Mean 0" },
            { value: "standardise", label: "Mean 0, SD 1" },
          ]}
          onChange={(value) => setScaling(value as BeatScaling)}
        />
      </Group>
      <Classes gallery={gallery} unit={scaling === "standardise" ? "SD" : "mV"} annotated={annotated} />
    </Paper>
  );
}

function Classes({
  gallery,
  unit,
  annotated,
}: {
  readonly gallery: Gallery;
  readonly unit: string;
  readonly annotated: boolean;
}) {
  const range = useMemo(() => galleryRange(gallery), [gallery]);
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: Math.min(4, Math.max(2, gallery.classes.length)) }} spacing="sm">
      {gallery.classes.map((shown) => (
        <ClassCard
          key={shown.beatClass}
          gallery={gallery}
          shown={shown}
          unit={unit}
          range={range}
          annotated={annotated}
        />
      ))}
    </SimpleGrid>
  );
}

function ClassCard({
  gallery,
  shown,
  unit,
  range,
  annotated,
}: {
  readonly gallery: Gallery;
  readonly shown: GalleryClass;
  readonly unit: string;
  readonly range: readonly [number, number];
  readonly annotated: boolean;
}) {
  const system = useColorScheme();
  const { colorScheme } = useMantineColorScheme();
  const scheme = colorScheme === "auto" ? system : colorScheme;
  const { beatClass, count } = shown;
  const drawn = shown.beats.length / gallery.length;
  const figure = useMemo(
    () => galleryFigure(gallery, shown, { scheme, colour: beatClasses.indexOf(beatClass), unit, range }),
    [gallery, shown, scheme, beatClass, unit, range],
  );
  const title = annotated ? `${beatClass} · ${classTitles[beatClass]}` : "All beats";
  return (
    <div>
      <Text size="sm" fw={600} truncate>
        {title}
      </Text>
      <Text size="xs" c="dimmed">
        {formatCount(count)} {count === 1 ? "beat" : "beats"}
        {drawn < count && `, ${drawn} of them drawn`}
      </Text>
      <Plot
        figure={figure}
        height={200}
        label={`${count} beats of class ${beatClass} over each other with their mean`}
      />
    </div>
  );
}
