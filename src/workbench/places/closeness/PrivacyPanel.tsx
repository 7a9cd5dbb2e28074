import { Alert, Table, Text } from "@mantine/core";
import type { Measured, PrivacyFindings, RowOrigin } from "../../../domain/closeness.ts";
import type { Interval } from "../../../evaluation/statistics/bootstrap.ts";
import type { ClosenessDescription } from "../../../services/training/closeness.ts";
import { TableScroll } from "../../controls/TableScroll.tsx";
import classes from "./closeness.module.css";
import { formatInterval, formatNumber, formatShare, unitOf } from "./numbers.ts";
import { copiesInWords } from "./privacyWords.ts";
import { ScaleBar } from "./ScaleBar.tsx";

/** Whether a generator repeats what it learned from, in words and numbers. */
export function PrivacyPanel({
  found,
  description,
  unit,
  origin,
}: {
  readonly found: Measured<PrivacyFindings>;
  readonly description: ClosenessDescription["privacy"];
  readonly unit: string;
  /** What the synthetic set was made from. */
  readonly origin: RowOrigin;
}) {
  const title = "Privacy: is it memorising?";
  return (
    <section aria-label={title} className={classes.group} data-testid="privacy">
      <Text fw={600} size="sm">
        {title}
      </Text>
      {found.value === null ? (
        <Text size="xs" c="dimmed">
          {found.reason}
        </Text>
      ) : (
        <>
          <Verdict findings={found.value} origin={origin} />
          <Numbers findings={found.value} description={description} unit={unit} />
        </>
      )}
      <Text size="xs" c="dimmed" mt={6}>
        Distances alone prove no privacy: they see neither shifted nor scaled copies, and not what a person of
        ill will could combine. A clean result means only that no copies were found this way.
      </Text>
    </section>
  );
}

function Verdict({
  findings: { memorisation },
  origin,
}: {
  readonly findings: PrivacyFindings;
  readonly origin: RowOrigin;
}) {
  const { nearer, copies, isMemorising, probability } = memorisation;
  return (
    <Alert color={isMemorising ? "red" : "gray"} p="xs" my={6} data-testid="memorisation">
      <Text size="sm">
        {copiesInWords(isMemorising, origin)} {formatShare(nearer.share)} of the synthetic rows are nearer to
        a row of the training patients than to any held-out one, where a fair generator would have{" "}
        {formatShare(nearer.expected)}; {formatShare(copies.share)} are twice as near, where it would have{" "}
        {formatShare(copies.expected)} (probability {formatNumber(probability)}, patients exchanged whole).
      </Text>
    </Alert>
  );
}

function Numbers({
  findings: { entries },
  description,
  unit,
}: {
  readonly findings: PrivacyFindings;
  readonly description: ClosenessDescription["privacy"];
  readonly unit: string;
}) {
  return (
    <TableScroll label="Privacy, table">
      <Table className={classes.table} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Check</Table.Th>
            <Table.Th className={classes.number}>Synthetic</Table.Th>
            <Table.Th className={classes.number}>Fair</Table.Th>
            <Table.Th className={classes.number}>Copies</Table.Th>
            <Table.Th className={classes.barColumn}>
              <span className={classes.ends}>
                <span>fair</span>
                <span>copies</span>
              </span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map(({ key, value, interval, intervalReason, fair, copies }) => {
            const measure = description[key];
            const named = unitOf(measure.unit, unit);
            return (
              <Table.Tr key={key} data-testid={`privacy-${key}`}>
                <Table.Td>
                  {measure.title}
                  <span className={classes.interval}>{measure.says}</span>
                </Table.Td>
                <Table.Td className={classes.number}>
                  {formatNumber(value)}
                  {named !== "" && ` ${named}`}
                  <span className={classes.interval}>{formatInterval(interval, intervalReason)}</span>
                </Table.Td>
                <Table.Td className={classes.number}>{formatNumber(fair)}</Table.Td>
                <Table.Td className={classes.number}>{formatNumber(copies)}</Table.Td>
                <Table.Td>
                  {fair !== copies && (
                    <ScaleBar place={onTheWay(value, interval, fair, copies)} ends={["fair", "copies"]} />
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </TableScroll>
  );
}

/** Where a value lies on the way from fair to copies, whichever is larger. */
function onTheWay(value: number, interval: Interval | null, fair: number, copies: number) {
  const place = (each: number) => Math.min(1, Math.max(0, (each - fair) / (copies - fair)));
  const ends = [place(interval?.low ?? value), place(interval?.high ?? value)];
  return { share: place(value), low: Math.min(...ends), high: Math.max(...ends) };
}
