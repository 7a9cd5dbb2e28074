import type { ArchitectureDescription } from "../../classifiers/architecture.ts";
import { architectureProbe } from "../../classifiers/gradientProbe.ts";
import { architectures } from "../../classifiers/index.ts";
import { type TaskName, taskNames } from "../../domain/experiment.ts";
import type { Schema } from "../../domain/schema.ts";
import { tasks } from "../../experiments/realSynthetic/tasks.ts";
import { adversarialGradientCases } from "../../neural/adversarial/gradientCases.ts";
import { optimiserProbes } from "../../neural/adversarial/optimiserProbes.ts";
import { type GradientProbe, relativeDifference } from "../../neural/backend/agreement.ts";
import { type BackendName, openBackend } from "../../neural/backend/backends.ts";
import { availableBackends, type BackendFinding } from "../../neural/backend/probe.ts";
import { diffusionGradientCases } from "../../neural/diffusion/gradientCases.ts";
import { operationProbe } from "../../neural/ops/differentiable.ts";
import { gradientCases } from "../../neural/ops/gradientCases.ts";
import { trainingSchema } from "../../neural/training/schema.ts";

/** What can be trained, as the page shows it. */
export interface TrainingDescription {
  readonly tasks: Readonly<Record<TaskName, { readonly title: string; readonly short: string }>>;
  readonly architectures: Readonly<Record<string, ArchitectureDescription>>;
  readonly training: Schema;
}

/** How far a backend's gradients lie from those of the plain processor. */
export interface ArithmeticFinding {
  readonly name: string;
  /** Relative; null where it could not be computed. */
  readonly difference: number | null;
  readonly message: string;
}

export const describingFunctions = {
  async describeTraining(): Promise<TrainingDescription> {
    const described = await Promise.all(
      Object.entries(architectures).map(async ([name, load]) => {
        const { build: _, ...description } = await load();
        return [name, description] as const;
      }),
    );
    return {
      tasks: Object.fromEntries(
        taskNames.map((name) => [name, { title: tasks[name].title, short: tasks[name].short }]),
      ) as TrainingDescription["tasks"],
      architectures: Object.fromEntries(described),
      training: trainingSchema,
    };
  },

  /** What this browser computes with. */
  async backends(): Promise<BackendFinding[]> {
    return availableBackends();
  },

  /** Names of the gradients that `checkArithmetic` compares. */
  async arithmeticProbes(): Promise<string[]> {
    return (await probes()).map(({ name }) => name);
  },

  /**
   * Compares gradients on a backend with those on the plain processor.
   * @param from index of the first, in the order of `arithmeticProbes`
   * @throws Failure `backend-unavailable`
   */
  async checkArithmetic(backend: BackendName, from: number, count: number): Promise<ArithmeticFinding[]> {
    const findings: ArithmeticFinding[] = [];
    for (const probe of (await probes()).slice(from, from + count)) {
      await openBackend("cpu");
      const reference = await probe.gradients();
      await openBackend(backend);
      try {
        const difference = relativeDifference(reference, await probe.gradients());
        findings.push({ name: probe.name, difference, message: "" });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        findings.push({ name: probe.name, difference: null, message });
      }
    }
    return findings;
  },
};

async function probes(): Promise<GradientProbe[]> {
  const networks = await Promise.all(Object.values(architectures).map((load) => load()));
  const operations = [...gradientCases, ...adversarialGradientCases, ...diffusionGradientCases];
  return [
    ...operations.map((each) => operationProbe(each)),
    ...optimiserProbes,
    ...networks.map(architectureProbe),
  ];
}
