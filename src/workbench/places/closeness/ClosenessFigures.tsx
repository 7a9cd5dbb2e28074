import { Button, Group, Paper, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMemo } from "react";
import type {
  ClosenessPictures,
  ComparedSets,
  MapPicture,
  Measured,
  PairPicture,
} from "../../../domain/closeness.ts";
import type { TraitEntry } from "../../../evaluation/closeness/traitReport.ts";
import type { ClosenessDescription } from "../../../services/training/closeness.ts";
import { mapFigure, meanBeatsFigure, spectraFigure, traitFigure } from "../../plots/closenessFigures.ts";
import type { Figure } from "../../plots/figure.ts";
import { plotImage } from "../../plots/image.ts";
import { Plot } from "../../plots/Plot.tsx";
import type { ColourScheme } from "../../plots/theme.ts";
import { usePlotScheme } from "../../plots/usePlotScheme.ts";
import { WhenSeen } from "../../plots/WhenSeen.tsx";
import { saveFile } from "../../saveFile.ts";
import { reported } from "../../state/report.ts";
import classes from "./closeness.module.css";
import { formatNumber, formatShare } from "./numbers.ts";

/** The two sets as pictures: mean beats, spectra, maps, distributions, nearest pairs. */
export function ClosenessFigures({
  pictures,
  sets,
  traits,
  description,
}: {
  readonly pictures: ClosenessPictures;
  readonly sets: ComparedSets;
  readonly traits: readonly TraitEntry[];
  readonly description: ClosenessDescription;
}) {
  const scheme = usePlotScheme();
  // Of recordings whose beats stand anywhere the mean says nothing.
  const isOfBeats = sets.length < 2 * sets.samplingFrequency;
  const figures = useMemo(() => {
    const [first = 0, second = 0] = pictures.principalShares;
    return {
      mean: meanBeatsFigure(pictures, sets, scheme),
      spectra: spectraFigure(pictures, scheme),
      principal: mapFigure(
        pictures.principal,
        [
          `First component (${formatShare(first)} of the variance)`,
          `Second component (${formatShare(second)})`,
        ],
        scheme,
      ),
      neighbours: mapOf("t-SNE", pictures.neighbours, scheme),
      ties: mapOf("UMAP", pictures.ties, scheme),
    };
  }, [pictures, sets, scheme]);
  return (
    <Paper withBorder p="md" component="section" aria-label="Pictures" data-testid="closeness-pictures">
      <Title order={2} size="h5">
        Pictures
      </Title>
      <Text size="xs" c="dimmed" mb="sm">
        Grey circles and solid lines are real beats of held-out patients, red crosses and dashes synthetic
        ones. Maps are views, not evidence: both sets were placed together, as many of each.
      </Text>
      <div className={classes.figures}>
        {isOfBeats && (
          <Titled title="Mean beats ± standard deviation" name="mean-beats" figure={figures.mean} />
        )}
        <Titled title="Mean spectra" name="spectra" figure={figures.spectra} />
        <Titled title="Principal components" name="principal-components" figure={figures.principal} />
        {figures.neighbours !== null && (
          <Titled title="Neighbourhoods (t-SNE)" name="t-sne" figure={figures.neighbours} />
        )}
        {figures.ties !== null && <Titled title="Neighbourhoods (UMAP)" name="umap" figure={figures.ties} />}
      </div>
      <Pairs pairs={pictures.pairs} unit={sets.unit} />
      <Traits traits={traits} description={description} unit={sets.unit} />
    </Paper>
  );
}

const mapOf = (name: string, { value }: Measured<MapPicture>, scheme: ColourScheme) =>
  value === null ? null : mapFigure(value, [`${name} 1, no unit`, `${name} 2, no unit`], scheme);

function Titled({
  title,
  name,
  figure,
}: {
  readonly title: string;
  readonly name: string;
  readonly figure: Figure;
}) {
  const scheme = usePlotScheme();
  const save = async () => {
    const url = await plotImage(figure, { format: "svg", width: 640, height: 420, scheme });
    saveFile(`closeness-${name}.svg`, "image/svg+xml", [decodeURIComponent(url.slice(url.indexOf(",") + 1))]);
  };
  return (
    <div>
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconDownload size={13} />}
          aria-label={`${title} as SVG`}
          onClick={() => reported(save())}
        >
          SVG
        </Button>
      </Group>
      <WhenSeen height={280}>
        <Plot figure={figure} height={280} label={`${title} of real and synthetic signals`} />
      </WhenSeen>
    </div>
  );
}

const [width, height] = [108, 72];

/** The synthetic beats that come nearest to a training beat in comparison with held-out ones, over that beat. */
function Pairs({ pairs, unit }: { readonly pairs: readonly PairPicture[]; readonly unit: string }) {
  const all = pairs.flatMap(({ synthetic, training }) => [...synthetic, ...training]);
  const low = all.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = all.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const path = (row: Float32Array) =>
    Array.from(row, (value, at) => {
      const x = (at * width) / (row.length - 1);
      const y = height - 4 - ((value - low) * (height - 8)) / (high - low || 1);
      return `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    }).join("");
  return (
    <section aria-label="Nearest pairs" data-testid="pairs">
      <Text size="sm" fw={600} mt="md">
        Nearest pairs
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        Synthetic rows (red) over the training row (grey) that they resemble most, worst first. A pair that
        agrees down to its noise is a copy.
      </Text>
      <div className={classes.pairs}>
        {pairs.map((pair, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a pair is its rank.
          <div key={index} className={classes.pair}>
            <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
              <path className={classes.real} d={path(pair.training)} vectorEffect="non-scaling-stroke" />
              <path
                className={classes.synthetic}
                d={path(pair.synthetic)}
                vectorEffect="non-scaling-stroke"
              />
            </svg>
            {formatNumber(pair.distance)} {unit} from training, {formatNumber(pair.heldOutDistance)} from held
            out
          </div>
        ))}
      </div>
    </section>
  );
}

function Traits({
  traits,
  description,
  unit,
}: {
  readonly traits: readonly TraitEntry[];
  readonly description: ClosenessDescription;
  readonly unit: string;
}) {
  const scheme = usePlotScheme();
  const figures = useMemo(
    () =>
      traits
        .filter(({ real, synthetic }) => real !== null && synthetic !== null)
        .map((entry) => {
          const named = description.traits[entry.key];
          const title = `${named.title} (${named.unit === "mV" ? unit : named.unit})`;
          const values = { synthetic: entry.syntheticValues, real: entry.realValues };
          return { key: entry.key, title, figure: traitFigure(values, title, scheme) };
        }),
    [traits, description, unit, scheme],
  );
  if (figures.length === 0) return null;
  return (
    <section aria-label="Distributions of intervals and amplitudes">
      <Text size="sm" fw={600} mt="md" mb={4}>
        Intervals and amplitudes
      </Text>
      <div className={classes.traits}>
        {figures.map(({ key, title, figure }) => (
          <WhenSeen key={key} height={190}>
            <Plot figure={figure} height={190} label={`${title}, real and synthetic`} />
          </WhenSeen>
        ))}
      </div>
    </section>
  );
}
