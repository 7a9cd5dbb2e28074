import { Paper, Text, Tooltip } from "@mantine/core";
import type { Finding } from "../../../../services/findings.ts";
import { useAnswer } from "../../../useAnswer.ts";
import { workers } from "../../../workers.ts";
import classes from "../records.module.css";

/** Intervals, heart-rate variability, and how well the detected R peaks agree with the annotated beats. */
export function Findings({ hash }: { readonly hash: string }) {
  const groups = useAnswer(hash, () => workers.records.readFindings(hash));
  if (groups === null || groups.length === 0) return null;
  return (
    <Paper withBorder p="md" component="section" aria-label="Findings" data-testid="findings">
      {groups.map(({ title, note, findings }) => (
        <div key={title} className={classes.findings}>
          <Text fw={600} size="sm">
            {title}
          </Text>
          <Text size="xs" c="dimmed">
            {note}
          </Text>
          <dl className={classes.findingList}>
            {findings.map((finding) => (
              <Reading key={finding.name} finding={finding} />
            ))}
          </dl>
        </div>
      ))}
    </Paper>
  );
}

function Reading({ finding }: { readonly finding: Finding }) {
  const { name, meaning, value, unit, spread } = finding;
  return (
    <Tooltip label={meaning} openDelay={400}>
      <div className={classes.finding} data-finding={name}>
        <dt>{name}</dt>
        <dd>
          {value ?? "–"}
          {value !== null && unit !== "" && <small> {unit}</small>}
          {spread !== null && <small className={classes.spread}> ± {spread}</small>}
        </dd>
      </div>
    </Tooltip>
  );
}
