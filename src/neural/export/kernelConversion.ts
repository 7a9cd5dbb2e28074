import { Failure } from "../../domain/failure.ts";
import { batchNumber, batchSizes, type PairedCall } from "./batchSizes.ts";
import type { AttributeValue, GraphBuilder } from "./graphBuilder.ts";
import type { KernelCall, Source } from "./graphTrace.ts";
import type { NodeRule, Operand } from "./kernelRules.ts";
import { kernelTable } from "./kernelTable.ts";

/**
 * Adds to a graph what stands for a kernel.
 * @param nodeOf the node of a tensor that the kernel is given
 * @returns the node whose outputs are the kernel's
 * @throws Failure where graph models have nothing for the kernel, or it depends on the batch otherwise than in sizes
 */
export function addKernel(
  builder: GraphBuilder,
  call: PairedCall,
  nodeOf: (source: Source) => string,
): string {
  const rule = Object.hasOwn(kernelTable, call.kernel) ? kernelTable[call.kernel] : undefined;
  if (rule === undefined) {
    throw new Failure(
      "graph-kernel-unknown",
      `Nothing in a graph model stands for the kernel ${call.kernel}.`,
      call.place,
      "Write the model with other operations, or export its weights alone.",
    );
  }
  const rules: readonly NodeRule[] = typeof rule === "function" ? rule(call.sides[0]) : [rule];
  let node = "";
  for (const each of rules) node = addNode(builder, call, each, nodeOf, node);
  return node;
}

function addNode(
  builder: GraphBuilder,
  call: PairedCall,
  rule: NodeRule,
  nodeOf: (source: Source) => string,
  previous: string,
): string {
  const inputs = rule.operands.flatMap((operand) => operandNodes(builder, call, operand, nodeOf, previous));
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, attribute] of Object.entries(rule.attributes ?? {})) {
    attributes[name] = onBothSides(call, name, attribute);
  }
  return builder.add(builder.claim(rule.operation), rule.operation, inputs, attributes);
}

function operandNodes(
  builder: GraphBuilder,
  call: PairedCall,
  operand: Operand,
  nodeOf: (source: Source) => string,
  previous: string,
): readonly string[] {
  switch (operand.kind) {
    case "tensor":
      return [nodeOf(call.sources[operand.name])];
    case "tensors":
      return Object.keys(call.sides[0].inputs).map((name) => nodeOf(call.sources[name]));
    case "previous":
      return [previous];
    case "values":
      return [builder.constant(onBothSides(call, "a setting", operand.values))];
    case "sizes":
      return [sizesNode(builder, call, operand)];
  }
}

/** What a call gives at either batch size. @throws Failure where that is not the same */
function onBothSides<T>(call: PairedCall, what: string, of: (side: KernelCall) => T): T {
  const [one, other] = call.sides.map(of);
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  throw dependsOnBatch(call, what);
}

/** Sizes that may grow with the batch: plain numbers, −1 for what is left, or computed from the input's shape. */
function sizesNode(
  builder: GraphBuilder,
  call: PairedCall,
  { sizes, open, openAtMost = Number.POSITIVE_INFINITY }: Extract<Operand, { kind: "sizes" }>,
): string {
  const [one, other] = call.sides.map(sizes);
  if (one.length !== other.length) throw dependsOnBatch(call, "the number of axes");
  const growing = one.map((size, index) => size !== other[index]);
  if (!growing.includes(true)) return builder.integers(one);
  const isOpen = call.sides.map((side) => open?.(side) ?? []);
  const canBeOpen = growing.every((grows, index) => !grows || isOpen.every((side) => side[index]));
  if (canBeOpen && growing.filter(Boolean).length <= openAtMost) {
    return builder.integers(one.map((size, index) => (growing[index] ? -1 : size)));
  }
  const numbers = one.map((size, index) => batchNumber(size, other[index]));
  if (numbers.some(({ factor, offset }) => factor + offset < 0)) throw dependsOnBatch(call, "a size");
  return builder.batchNumbers(numbers);
}

const dependsOnBatch = (call: PairedCall, what: string) =>
  new Failure(
    "graph-depends-on-batch",
    `For batches of ${batchSizes[0]} and of ${batchSizes[1]}, ${what} differs in a way that no graph can follow.`,
    call.place,
    "Export a function that treats every recording of a batch alike.",
  );
