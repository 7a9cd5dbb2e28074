import { expect, test } from "vitest";
import type { Evidence, Proof } from "./proof.ts";
import { isMoreComplete, proofDocument } from "./proofDocument.ts";

const proof = { title: "League", needsData: false } as Proof;
const evidence = (lacking?: number): Evidence => ({
  document: "Text.",
  claims: [{ promise: "It is near", measured: "0.1", holds: true }],
  ...(lacking === undefined ? {} : { lacking }),
});

test("a document begins with its title and command, and tells what is lacking where something is", () => {
  const whole = proofDocument("league", proof, evidence());
  expect(whole.startsWith("# League\n\nMade by `npm run verify -- league`.\n\n| claim |")).toBe(true);
  expect(proofDocument("league", proof, evidence(3))).toContain("<!-- results still to be computed: 3 -->");
  expect(proofDocument("league", proof, evidence(0))).toBe(whole);
});

test("a document stays where the new evidence has fewer results", () => {
  const [whole, half] = [
    proofDocument("league", proof, evidence()),
    proofDocument("league", proof, evidence(3)),
  ];
  expect(isMoreComplete(whole, evidence(1))).toBe(true);
  expect(isMoreComplete(half, evidence(4))).toBe(true);
  expect(isMoreComplete(half, evidence(3))).toBe(false);
  expect(isMoreComplete(half, evidence())).toBe(false);
  expect(isMoreComplete(whole, evidence())).toBe(false);
});
