import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import "../../neural/backend/registerGradients.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { outcomeOf, people, pgan, rowsIn, simGan, source } from "../../testing/beatCells.ts";
import { disturbed } from "../../testing/beatPatients.ts";
import { chosenBeats, countOfClass } from "./beatSets.ts";
import { setsOf } from "./runBeatCell.ts";

beforeAll(async () => {
  await tf.setBackend("wasm");
});

describe("no beat that is tested", () => {
  const changed = { samples: true, classes: true };

  test("reaches a network or a choice of SimGAN: other ones in its place change nothing before the test", async () => {
    const { seen, weights, result } = await outcomeOf(simGan);
    const test = rowsIn([setsOf(simGan, people).test.samples]);
    for (const row of rowsIn([...seen.trained, ...seen.contexts.map(({ signals }) => signals)])) {
      expect(test.has(row)).toBe(false);
    }
    const other = await outcomeOf(
      simGan,
      disturbed(people, (record) => "xy".includes(record), changed),
    );
    expect(other.weights).toEqual(weights);
    expect(other.result.validated).toEqual(result.validated);
    expect(other.result.tested).not.toEqual(result.tested);
  });

  test("reaches a network of PGAN, nor does a label of the adaptation window", async () => {
    const { weights, result, seen } = await outcomeOf(pgan);
    const other = await outcomeOf(
      pgan,
      disturbed(people, (record, time) => record === "x" && time >= 6, changed),
    );
    expect(other.weights).toEqual(weights);
    expect(other.result.tested).not.toEqual(result.tested);
    const unlabelled = disturbed(people, (record) => record === "x", { samples: false, classes: true });
    expect((await outcomeOf(pgan, unlabelled)).weights).toEqual(weights);
    const moved = disturbed(people, (record, time) => record === "x" && time < 6, changed);
    // The window itself does reach the personal generator: the test above can fail.
    expect((await outcomeOf(pgan, moved)).weights).not.toEqual(weights);
    const window = rowsIn([chosenBeats(people, ({ record }, time) => record === "x" && time < 6).samples]);
    for (const row of rowsIn(seen.contexts.map(({ patientBeats }) => patientBeats ?? new Float32Array(0)))) {
      expect(window.has(row)).toBe(true);
    }
  });

  test("has its label looked at where a thinned cell takes the adaptation window: it stays whole", async () => {
    const thinned = { ...pgan, source: { ...source, mostPerRecord: { N: 2, V: 2 } } };
    const whole = chosenBeats(people, ({ record }, time) => record === "x" && time < 6);
    expect(whole.count).toBeGreaterThan(4);
    expect(setsOf(thinned, people).window).toEqual(whole.samples);
    const { train, test } = setsOf(thinned, people);
    for (const { record } of train.origins) {
      expect(
        countOfClass(
          chosenBeats(train, (origin) => origin.record === record),
          "V",
        ),
      ).toBeLessThanOrEqual(2);
    }
    expect(countOfClass(test, "V")).toBe(2);
    const unlabelled = disturbed(people, (record, time) => record === "x" && time < 6, {
      samples: false,
      classes: true,
    });
    expect((await outcomeOf(thinned, unlabelled)).weights).toEqual((await outcomeOf(thinned)).weights);
  });

  test("of a paced patient is tested or trained on", async () => {
    const paced = rowsIn([chosenBeats(people, (origin) => origin.paced).samples]);
    for (const cell of [simGan, pgan]) {
      const { train, validation, test } = setsOf(cell, people);
      for (const row of rowsIn([train.samples, validation.samples, test.samples])) {
        expect(paced.has(row)).toBe(false);
      }
    }
  });
});
