import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { root } from "./install.mjs";

const usual = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const quiet = (command, parameters) =>
  spawnSync(command, parameters, {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  }).status === 0;

/**
 * Path of a Chromium: one that is there, otherwise Playwright's own download, otherwise the distribution's package.
 * Undefined stands for Playwright's own.
 */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  const present = usual.find((path) => existsSync(path));
  if (present) return present;
  const { chromium } = await import("@playwright/test");
  if (existsSync(chromium.executablePath())) return undefined;
  console.log("No Chromium found: downloading Playwright's …");
  if (quiet("npx", ["playwright", "install", "chromium"]) && existsSync(chromium.executablePath()))
    return undefined;
  console.log("That did not work: installing the distribution's package …");
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  for (const step of [
    ["apt-get", "update"],
    ["apt-get", "install", "-y", "chromium"],
  ]) {
    const [command, ...parameters] = [...sudo, ...step];
    quiet(command, parameters);
  }
  const installed = usual.find((path) => existsSync(path));
  if (installed) return installed;
  throw new Error("No Chromium could be found or installed: install one and set CHROMIUM_PATH to its path.");
}
