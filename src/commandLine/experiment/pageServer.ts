import { readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fromBytes, toBytes } from "../../boundary/bytes.ts";
import { type Outcome, packError } from "../../boundary/protocol.ts";
import { type CellHome, homeFunctions } from "../../services/training/cellHome.ts";

/** Cross-origin isolation gives the workers threads. */
const headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
};

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
  ".css": "text/css",
};

/** A built page and the home of one cell, for a browser of this machine. */
export interface PageServer {
  /** Of the page's folder. */
  readonly address: string;
  /** Offers a home in the place of the one before, whose address is void from then on. @returns its address */
  offer(home: CellHome): string;
  close(): Promise<void>;
}

/**
 * Serves a folder's files and the homes of cells to this machine alone, on a free port. The address holds a secret: others
 * on the machine can neither read the recordings nor leave weights.
 */
export async function servePage(folder: string): Promise<PageServer> {
  const secret = crypto.randomUUID();
  const files = new Map(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => [name.replaceAll("\\", "/"), join(folder, name)] as const)
      .filter(([, file]) => statSync(file).isFile()),
  );
  let home: CellHome | null = null;
  let offered = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, given, ...rest] = new URL(request.url ?? "", "http://localhost").pathname.split("/");
    const [place, count, method] = rest;
    const file = files.get(rest.join("/"));
    if (given === secret && file !== undefined && request.method === "GET") {
      const mediaType = mediaTypes[extname(file)] ?? "application/octet-stream";
      response.writeHead(200, { ...headers, "Content-Type": mediaType }).end(await readFile(file));
      return;
    }
    const isCall = given === secret && request.method === "POST" && place === "home";
    const called = homeFunctions.find((each) => each === method);
    const current = home;
    if (!isCall || called === undefined || current === null || count !== String(offered)) {
      response.writeHead(404, headers).end();
      return;
    }
    const parameters = fromBytes(await bodyOf(request)) as never[];
    const parts = toBytes(await outcomeOf(() => Reflect.apply(current[called], current, parameters)));
    response.writeHead(200, headers);
    for (const part of parts) response.write(part);
    response.end();
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  // A training may be silent for long between its checkpoints.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`;
  return {
    address,
    offer(next) {
      home = next;
      offered++;
      return `${address}/home/${offered}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function outcomeOf(call: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { kind: "value", value: await call() };
  } catch (error) {
    return packError(error);
  }
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return new Uint8Array(Buffer.concat(chunks));
}
