import { describe, expect, test } from "vitest";
import { latest } from "./latest.ts";

/** Calls that end when the test says so. */
function controlled() {
  const open: { request: number; answer: (value: string) => void; fail: (error: Error) => void }[] = [];
  const called: number[] = [];
  const call = (request: number) => {
    called.push(request);
    return new Promise<string>((answer, fail) => open.push({ request, answer, fail }));
  };
  const end = async (how: (call: (typeof open)[number]) => void) => {
    const first = open.shift();
    if (first === undefined) throw new Error("no call is in flight");
    how(first);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { call, called, end, inFlight: () => open.length };
}

describe("latest", () => {
  test("sends the first request and the newest, and none that it overtook", async () => {
    const { call, called, end, inFlight } = controlled();
    const answers: [string, number][] = [];
    const ask = latest(
      call,
      (answer, request) => answers.push([answer, request]),
      () => {},
    );
    for (const request of [1, 2, 3, 4]) ask(request);
    expect(called).toEqual([1]);
    await end(({ answer }) => answer("one"));
    expect(called).toEqual([1, 4]);
    expect(inFlight()).toBe(1);
    await end(({ answer }) => answer("four"));
    expect(answers).toEqual([
      ["one", 1],
      ["four", 4],
    ]);
    expect(inFlight()).toBe(0);
  });

  test("runs the newest request even after the call before it failed", async () => {
    const { call, called, end } = controlled();
    const errors: [unknown, number][] = [];
    const answers: string[] = [];
    const ask = latest(
      call,
      (answer) => answers.push(answer),
      (error, request) => errors.push([error, request]),
    );
    ask(1);
    ask(2);
    const wrong = new Error("wrong");
    await end(({ fail }) => fail(wrong));
    expect(errors).toEqual([[wrong, 1]]);
    expect(called).toEqual([1, 2]);
    await end(({ answer }) => answer("two"));
    expect(answers).toEqual(["two"]);
  });

  test("goes on after a listener threw", async () => {
    const { call, called, end } = controlled();
    const errors: unknown[] = [];
    const broken = () => {
      throw new Error("cannot paint");
    };
    const ask = latest(call, broken, (error) => errors.push(error));
    ask(1);
    await end(({ answer }) => answer("one"));
    expect(errors).toHaveLength(1);
    ask(2);
    expect(called).toEqual([1, 2]);
  });
});
