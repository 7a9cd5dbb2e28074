import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/** A database of a few records, as physionet.org would publish it. */
const published = new Map<string, Buffer>();
const sums = new Map<string, string[]>();
function publish(database: string, path: string, size: number): void {
  const bytes = Buffer.from(Array.from({ length: size }, (_, index) => (index * 7 + path.length * 13) % 251));
  published.set(`/${database}/${path}`, bytes);
  const lines = sums.get(database) ?? [];
  lines.push(`${createHash("sha256").update(bytes).digest("hex")} ${path}`);
  sums.set(database, lines);
}
for (const name of ["100", "101"]) {
  publish("mitdb/1.0.0", `${name}.atr`, 2000);
  publish("mitdb/1.0.0", `${name}.dat`, 200_000);
  publish("mitdb/1.0.0", `${name}.hea`, 300);
}
publish("mitdb/1.0.0", "RECORDS", 8);
publish("mitdb/1.0.0", "x_mitdb/x_108.dat", 100);
publish("ptb-xl/1.0.3", "ptbxl_database.csv", 5000);
publish("ptb-xl/1.0.3", "scp_statements.csv", 500);
for (const id of ["00001", "00002", "00004"]) {
  for (const [folder, kind] of [
    ["records100", "lr"],
    ["records500", "hr"],
  ]) {
    publish("ptb-xl/1.0.3", `${folder}/00000/${id}_${kind}.dat`, 3000);
    publish("ptb-xl/1.0.3", `${folder}/00000/${id}_${kind}.hea`, 400);
  }
}
for (const [database, lines] of sums) {
  published.set(`/${database}/SHA256SUMS.txt`, Buffer.from(`${lines.join("\n")}\n`));
}

type Handler = (request: IncomingMessage, response: ServerResponse, bytes: Buffer) => boolean;

let server: Server;
let folder: string;
let address: string;
/** `path from-byte` of every request. */
let requests: string[];
/** Does something else than serving the file; says whether it did. */
let disturb: Handler;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "data-script-"));
  requests = [];
  disturb = () => false;
  server = createServer((request, response) => {
    const bytes = published.get(request.url ?? "");
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    requests.push(`${request.url} ${from}`);
    if (bytes === undefined) {
      response.writeHead(404).end();
    } else if (!disturb(request, response, bytes)) {
      const range = { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
      if (from >= bytes.length) response.writeHead(416, { "content-range": `bytes */${bytes.length}` }).end();
      else response.writeHead(from > 0 ? 206 : 200, from > 0 ? range : {}).end(bytes.subarray(from));
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

function run(...options: string[]): Promise<{ code: number | null; output: string }> {
  const script = resolve("scripts/data.mjs");
  const child = spawn(process.execPath, [script, "--to", folder, ...options], {
    env: { ...process.env, ECG_DATA_URL: address, INIT_CWD: "" },
  });
  let output = "";
  child.stdout.on("data", (text) => {
    output += text;
  });
  child.stderr.on("data", (text) => {
    output += text;
  });
  return new Promise((done) => child.on("close", (code) => done({ code, output })));
}

const here = (path: string) => join(folder, path);
const files = (path: string) =>
  readdirSync(here(path), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.|RECORDS/.test(name))
    .sort();
function expectPublished(local: string, remote: string): void {
  expect(readFileSync(here(local)).equals(published.get(remote) ?? Buffer.alloc(0))).toBe(true);
}
function put(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(here(path)), { recursive: true });
  writeFileSync(here(path), bytes);
}

describe("npm run data", () => {
  test("brings the records and tables of both databases, and states their licences", async () => {
    const { code, output } = await run("--ptbxl", "2");
    expect([code, output]).toEqual([0, expect.stringContaining("ODC-BY 1.0")]);
    expect(output).toContain("CC BY 4.0");
    expect(output).toContain("7 files downloaded");
    expect(files("mitdb")).toEqual(
      ["100.atr", "100.dat", "100.hea", "101.atr", "101.dat", "101.hea", "RECORDS", "SHA256SUMS.txt"].sort(),
    );
    expect(files("ptbxl")).toEqual([
      "SHA256SUMS.txt",
      "ptbxl_database.csv",
      "records500/00000/00001_hr.dat",
      "records500/00000/00001_hr.hea",
      "records500/00000/00002_hr.dat",
      "records500/00000/00002_hr.hea",
      "scp_statements.csv",
    ]);
    expectPublished("mitdb/100.dat", "/mitdb/1.0.0/100.dat");
  });

  test("one database alone, at the rate that is asked for", async () => {
    const { code } = await run("--only", "ptbxl", "--ptbxl", "all", "--rate", "100");
    expect(code).toBe(0);
    expect(existsSync(here("mitdb"))).toBe(false);
    expect(files("ptbxl").filter((name) => name.endsWith(".dat"))).toEqual(
      ["00001", "00002", "00004"].map((id) => `records100/00000/${id}_lr.dat`),
    );
  });

  test("asks for nothing that is there, and needs no connection then", async () => {
    await run("--only", "mitdb");
    requests = [];
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    const { code, output } = await run("--only", "mitdb");
    expect([code, requests, output]).toEqual([0, [], expect.stringContaining("7 were there")]);
  });

  test("continues an interrupted file where it ended", async () => {
    let broken = false;
    disturb = (request, response, bytes) => {
      if (broken || request.url !== "/mitdb/1.0.0/101.dat") return false;
      broken = true;
      response.writeHead(200, { "content-length": bytes.length });
      response.write(bytes.subarray(0, 80_000), () => setTimeout(() => response.destroy(), 100));
      return true;
    };
    const { code } = await run("--only", "mitdb");
    expect(code).toBe(0);
    const continued = requests.filter((one) => /101\.dat [1-9]/.test(one));
    expect(continued).toHaveLength(1);
    expectPublished("mitdb/101.dat", "/mitdb/1.0.0/101.dat");
  });

  test("continues what an earlier run left, whole parts among them", async () => {
    const whole = published.get("/mitdb/1.0.0/100.dat") ?? Buffer.alloc(0);
    put("mitdb/100.dat.part", whole.subarray(0, 1234));
    put("mitdb/100.hea.part", published.get("/mitdb/1.0.0/100.hea") ?? Buffer.alloc(0));
    expect((await run("--only", "mitdb")).code).toBe(0);
    expect(requests).toContain("/mitdb/1.0.0/100.dat 1234");
    expectPublished("mitdb/100.dat", "/mitdb/1.0.0/100.dat");
    expectPublished("mitdb/100.hea", "/mitdb/1.0.0/100.hea");
    expect(files("mitdb").filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("loads a damaged file anew, and a part of something else from the start", async () => {
    put("mitdb/100.dat", Buffer.alloc(200_000));
    put("mitdb/101.dat.part", Buffer.alloc(5000));
    expect((await run("--only", "mitdb")).code).toBe(0);
    expectPublished("mitdb/100.dat", "/mitdb/1.0.0/100.dat");
    expectPublished("mitdb/101.dat", "/mitdb/1.0.0/101.dat");
  });

  test("keeps no file with a wrong checksum", async () => {
    disturb = (request, response, bytes) => {
      if (request.url !== "/mitdb/1.0.0/100.hea") return false;
      response.end(Buffer.alloc(bytes.length));
      return true;
    };
    const { code, output } = await run("--only", "mitdb");
    expect([code, output]).toEqual([1, expect.stringContaining("100.hea: what comes has another checksum")]);
    expect(files("mitdb").filter((name) => name.startsWith("100.hea"))).toEqual([]);
  });

  test("tries again where the server is busy, and not where it has no such file", async () => {
    let busy = 2;
    disturb = (request, response) => {
      if (request.url === "/mitdb/1.0.0/RECORDS" && busy-- > 0) response.writeHead(503).end();
      else if (request.url === "/ptb-xl/1.0.3/SHA256SUMS.txt") response.writeHead(404).end();
      else return false;
      return true;
    };
    const { code, output } = await run();
    expect([code, output]).toEqual([1, expect.stringMatching(/SHA256SUMS\.txt: the server answers 404/)]);
    expectPublished("mitdb/RECORDS", "/mitdb/1.0.0/RECORDS");
    expect(requests.filter((one) => one.startsWith("/ptb-xl"))).toHaveLength(1);
  });

  test("says so where nobody answers, and where a sign-in page does", async () => {
    disturb = (_, response) => {
      response.end("<html>Please sign in</html>");
      return true;
    };
    const signIn = await run("--only", "mitdb");
    expect([signIn.code, signIn.output]).toEqual([1, expect.stringContaining("no list of checksums")]);
    expect(files("mitdb")).toEqual([]);
    await new Promise((done) => {
      server.closeAllConnections();
      server.close(done);
    });
    const { code, output } = await run("--only", "mitdb");
    expect([code, output]).toEqual([1, expect.stringMatching(/cannot be reached \(ECONNREFUSED\)/)]);
    expect(output).not.toContain("    at ");
  });

  test.each([
    [["--only", "x"], 2, "--only takes mitdb or ptbxl"],
    [["--rate", "250"], 2, "--rate takes 100 or 500"],
    [["--ptbxl", "0"], 2, "--ptbxl takes a number"],
    [["--unheard"], 2, "Unknown option"],
    [["--help"], 0, "npm run data"],
  ])("%j", async (options, code, text) => {
    expect(await run(...options)).toEqual({ code, output: expect.stringContaining(text) });
    expect(requests).toEqual([]);
  });
});
