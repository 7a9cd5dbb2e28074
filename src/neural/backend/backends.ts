import * as tf from "@tensorflow/tfjs-core";
import "./registerGradients.ts";
import { Failure } from "../../domain/failure.ts";
import { replaceWasmKernels } from "./wasmKernels.ts";
import { replaceWebGpuKernels } from "./webgpuKernels.ts";

// No checks of every kernel's result, and no remarks on the console.
tf.enableProdMode();

/** What computes, the fastest kind first. */
export const backendNames = ["webgpu", "webgl", "wasm", "cpu"] as const;
export type BackendName = (typeof backendNames)[number];

/** A backend that is ready, as the page shows it. */
export interface BackendInfo {
  readonly name: BackendName;
  /** The graphics adapter, or what runs instead of one. */
  readonly adapter: string;
  /** Whether a graphics interface is imitated by the processor: correct, and very slow. */
  readonly software: boolean;
}

/** The parts of tfjs's backends that tell about the device and are not in their types. */
interface DeviceBackend {
  readonly device?: GPUDeviceLike;
  readonly gpgpu?: { readonly gl: WebGLLike };
}

interface GPUDeviceLike {
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
  readonly adapterInfo?: AdapterInfoLike;
}

interface AdapterInfoLike {
  readonly vendor?: string;
  readonly architecture?: string;
  readonly device?: string;
  readonly description?: string;
  readonly isFallbackAdapter?: boolean;
}

interface WebGLLike {
  readonly canvas: EventTarget;
  readonly RENDERER: number;
  getExtension(name: string): { readonly UNMASKED_RENDERER_WEBGL: number } | null;
  getParameter(name: number): unknown;
}

const loaders: Readonly<Record<BackendName, () => Promise<unknown>>> = {
  webgpu: loadWebGpu,
  webgl: () => import("@tensorflow/tfjs-backend-webgl"),
  wasm: loadWasm,
  cpu: () => import("@tensorflow/tfjs-backend-cpu"),
};

const inBrowser = typeof globalThis.navigator?.userAgent === "string" && "WorkerGlobalScope" in globalThis;

async function loadWebGpu(): Promise<void> {
  await import("@tensorflow/tfjs-backend-webgpu");
  replaceWebGpuKernels();
}

async function loadWasm(): Promise<void> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  replaceWasmKernels();
  // In Node the backend finds its files by itself.
  if (!inBrowser) return;
  const { wasmFiles } = await import("./wasmFiles.ts");
  setWasmPaths(wasmFiles);
}

const unavailable = (name: BackendName, reason: string) =>
  new Failure(
    "backend-unavailable",
    `This browser does not compute with ${name} here: ${reason}.`,
    name,
    "Choose another backend; wasm runs in every current browser.",
  );

let lastOpening: Promise<unknown> = Promise.resolve();

/**
 * Makes a backend the one that computes. Openings wait for each other: tfjs gives up one that has begun as soon as another
 * one begins, even of the same backend.
 * @throws Failure `backend-unavailable`
 */
export function openBackend(name: BackendName): Promise<BackendInfo> {
  const opening = lastOpening.then(() => openAlone(name));
  lastOpening = opening.catch(() => {
    // Who asked for it hears of it.
  });
  return opening;
}

async function openAlone(name: BackendName): Promise<BackendInfo> {
  if (name === "webgpu") await requireAdapter();
  try {
    await loaders[name]();
    // tfjs falls back silently to another one where this fails.
    if (!(await tf.setBackend(name)) || tf.getBackend() !== name) {
      throw unavailable(name, "it could not be started");
    }
    await tf.ready();
  } catch (error) {
    throw error instanceof Failure
      ? error
      : unavailable(name, error instanceof Error ? error.message : String(error));
  }
  return infoOf(name);
}

async function requireAdapter(): Promise<void> {
  const gpu = (globalThis.navigator as { gpu?: { requestAdapter(): Promise<unknown> } } | undefined)?.gpu;
  if (gpu === undefined) throw unavailable("webgpu", "it has no WebGPU");
  if ((await gpu.requestAdapter()) === null) throw unavailable("webgpu", "no graphics adapter was found");
}

function deviceBackend(): DeviceBackend {
  return tf.backend() as unknown as DeviceBackend;
}

function infoOf(name: BackendName): BackendInfo {
  if (name === "cpu") return { name, adapter: "processor, without wasm", software: false };
  if (name === "wasm") return { name, adapter: "processor, SIMD", software: false };
  const adapter = name === "webgpu" ? webgpuAdapter() : webglAdapter();
  return { name, ...adapter };
}

const imitations = /swiftshader|llvmpipe|softpipe|software|basic render/i;

function webgpuAdapter(): Pick<BackendInfo, "adapter" | "software"> {
  const info = deviceBackend().device?.adapterInfo;
  const words = [info?.vendor, info?.architecture, info?.device, info?.description];
  const adapter = [...new Set(words.filter((word) => word !== undefined && word !== ""))].join(" ");
  return {
    adapter: adapter === "" ? "unnamed adapter" : adapter,
    software: info?.isFallbackAdapter === true || imitations.test(adapter),
  };
}

function webglAdapter(): Pick<BackendInfo, "adapter" | "software"> {
  const gl = deviceBackend().gpgpu?.gl;
  if (gl === undefined) return { adapter: "unnamed adapter", software: false };
  const extension = gl.getExtension("WEBGL_debug_renderer_info");
  const adapter = String(gl.getParameter(extension?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
  return { adapter, software: imitations.test(adapter) };
}

/** The backend that computes, or null before the first was opened. */
export function backendInUse(): BackendName | null {
  const name = tf.engine().backendName as BackendName | null | undefined;
  return name ?? null;
}

/** Told once if the device of the backend in use is lost, by a crash of its driver or because it was taken away. */
export function deviceLoss(): Promise<string> {
  const { device, gpgpu } = deviceBackend();
  if (device !== undefined) return device.lost.then(({ message, reason }) => message || reason);
  if (gpgpu === undefined) return new Promise(() => {});
  return new Promise((resolve) => {
    gpgpu.gl.canvas.addEventListener("webglcontextlost", () => resolve("the WebGL context was lost"));
  });
}

/** Forgets a backend whose device is lost, with all its tensors, so that it can be opened afresh. */
export function forgetBackend(name: BackendName): void {
  const factory = tf.findBackendFactory(name);
  tf.removeBackend(name);
  // tfjs forgets with the backend how to make it.
  if (factory !== null && factory !== undefined) tf.registerBackend(name, factory);
}

/** Numbers of the memory panel; nothing while a backend is being opened. */
export function memoryInUse(): { readonly tensors: number; readonly bytes: number } {
  // Asked without one, tfjs would open the first that is registered, in the middle of our own opening.
  const engine = tf.engine() as unknown as { readonly backendInstance: unknown };
  if ((engine.backendInstance ?? null) === null) return { tensors: 0, bytes: 0 };
  const memory = tf.memory() as tf.MemoryInfo & { readonly numBytesInGPU?: number };
  return { tensors: memory.numTensors, bytes: memory.numBytesInGPU ?? memory.numBytes };
}
