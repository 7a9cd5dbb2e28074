import { Alert, Button, Group, Menu, Paper, Table, Text, Title } from "@mantine/core";
import { IconDownload, IconPlayerPlay } from "@tabler/icons-react";
import { type BlindTestResult, calledReal, tally } from "../../../../evaluation/blindTest.ts";
import type { StoredBlindTest } from "../../../../storage/storedCloseness.ts";
import { TableScroll } from "../../../controls/TableScroll.tsx";
import { saveFile } from "../../../saveFile.ts";
import { blindActions } from "../../../state/blindTest.ts";
import { reported } from "../../../state/report.ts";
import { Tile } from "../../train/Tile.tsx";
import layout from "../../train/train.module.css";
import classes from "../closeness.module.css";
import { formatShare } from "../numbers.ts";
import { blindCsv, blindJson } from "./blindFiles.ts";
import { Deceivers } from "./Deceivers.tsx";

const signed = (value: number) => value.toFixed(2).replace("-", "−");

/** What a test says of a person's eye, and of each generator. */
export function BlindResult({ test }: { readonly test: StoredBlindTest }) {
  const { specification, judged } = test;
  const isOver = judged.length >= specification.trials;
  const whole = tally(judged);
  const name = `blind-test-${test.id.slice(0, 8)}`;
  return (
    <Paper withBorder p="md" data-testid="blind-result" data-judged={judged.length}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={2} size="h4">
            {specification.judge === "" ? "A judge without a name" : specification.judge}
          </Title>
          <Text size="xs" c="dimmed">
            {judged.length} of {specification.trials} pictures, class {specification.rowClass};{" "}
            {new Date(test.createdAt).toLocaleString("en-GB")}
          </Text>
        </div>
        <Group gap="xs">
          {!isOver && (
            <Button
              size="xs"
              leftSection={<IconPlayerPlay size={15} />}
              onClick={() => reported(blindActions.resume(test.id))}
            >
              Go on
            </Button>
          )}
          {judged.length > 0 && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button size="xs" variant="default" leftSection={<IconDownload size={15} />}>
                  Export
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => saveFile(`${name}.csv`, "text/csv", [blindCsv(test)])}>
                  Answers as CSV
                </Menu.Item>
                <Menu.Item onClick={() => saveFile(`${name}.json`, "application/json", [blindJson(test)])}>
                  Answers and result as JSON
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </Group>
      </Group>
      {/* Until the end nothing may tell which were which. */}
      {isOver ? (
        <>
          <Numbers whole={whole} />
          <BySource test={test} />
          <Deceivers test={test} />
        </>
      ) : (
        <Text size="sm" mt="sm">
          The result stands here when all pictures are judged.
        </Text>
      )}
    </Paper>
  );
}

function Numbers({ whole }: { readonly whole: BlindTestResult }) {
  const { accuracy, sensitivity, judgements } = whole;
  const { hits, misses, falseAlarms, correctRejections } = judgements;
  const canTell = accuracy.low > 0.5;
  return (
    <>
      <div className={`${layout.tiles} ${classes.numbers}`} data-testid="blind-numbers">
        <Tile
          value={formatShare(accuracy.share)}
          name={`right, ${formatShare(accuracy.low)} to ${formatShare(accuracy.high)}`}
        />
        {sensitivity !== null && (
          <>
            <Tile
              value={signed(sensitivity.sensitivity)}
              name={`d′, ${signed(sensitivity.low)} to ${signed(sensitivity.high)}`}
            />
            <Tile
              value={signed(sensitivity.criterion)}
              name={
                sensitivity.criterion > 0
                  ? "criterion: says “real” more readily"
                  : "criterion: says “synthetic” more readily"
              }
            />
          </>
        )}
        <Tile value={`${hits} of ${hits + misses}`} name="synthetic ones recognised" />
        <Tile
          value={`${falseAlarms} of ${falseAlarms + correctRejections}`}
          name="real ones taken for synthetic"
        />
      </div>
      <Alert color="gray" p="xs" mt={4} data-testid="blind-reading">
        <Text size="sm">
          {canTell
            ? "This judge tells them apart better than a coin would: the whole interval lies above one half."
            : accuracy.high < 0.5
              ? "Wrong more often than a coin: this judge sees a difference, but takes each for the other."
              : "The interval holds one half: these answers cannot be told from guessing. More pictures would narrow it."}
        </Text>
      </Alert>
    </>
  );
}

function BySource({ test }: { readonly test: StoredBlindTest }) {
  const { specification, judged } = test;
  return (
    <TableScroll label="By generator">
      <Table className={classes.table} mt="sm" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Generator</Table.Th>
            <Table.Th className={classes.number}>Called real</Table.Th>
            <Table.Th className={classes.number}>Right, against the real ones</Table.Th>
            <Table.Th className={classes.number}>d′</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {specification.synthetic.map((source, index) => {
            const deceived = calledReal(judged, index + 1);
            const { accuracy, sensitivity } = tally(judged, index + 1);
            return (
              <Table.Tr
                key={"id" in source ? source.id : source.name}
                data-testid={`blind-source-${index + 1}`}
              >
                <Table.Td>{source.name}</Table.Td>
                <Table.Td className={classes.number}>
                  {formatShare(deceived.share)}
                  <span className={classes.interval}>
                    {formatShare(deceived.low)} to {formatShare(deceived.high)}, {deceived.trials} pictures
                  </span>
                </Table.Td>
                <Table.Td className={classes.number}>
                  {formatShare(accuracy.share)}
                  <span className={classes.interval}>
                    {formatShare(accuracy.low)} to {formatShare(accuracy.high)}
                  </span>
                </Table.Td>
                <Table.Td className={classes.number}>
                  {sensitivity === null ? "–" : signed(sensitivity.sensitivity)}
                  <span className={classes.interval}>
                    {sensitivity !== null && `${signed(sensitivity.low)} to ${signed(sensitivity.high)}`}
                  </span>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </TableScroll>
  );
}
