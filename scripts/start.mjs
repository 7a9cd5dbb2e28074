import { createServer } from "node:net";
import { parseArgs } from "node:util";
import { ensureInstalled, root, run } from "./install.mjs";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4173" },
    host: { type: "string", default: "127.0.0.1" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  console.log(
    "npm start [-- --port 4173] [-- --host 127.0.0.1]\nInstalls what is missing, builds the workbench, serves it and prints its address.",
  );
  process.exit(0);
}
ensureInstalled();
run("npx", ["vite", "build", "--logLevel", "warn"]);

/** The first free port from the one that was asked for. */
async function freePort(from) {
  for (let port = from; port < from + 50; port++) {
    const free = await new Promise((resolve) => {
      const probe = createServer();
      probe.once("error", () => resolve(false));
      probe.listen(port, values.host, () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
  throw new Error(`no free port from ${from} on`);
}

const port = await freePort(Number(values.port));
const { preview } = await import("vite");
await preview({ root, preview: { port, host: values.host, strictPort: true } });
console.log(`\n  The workbench is at  http://${values.host}:${port}/\n  Stop it with Ctrl+C.\n`);
