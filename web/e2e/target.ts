// What the browser tests run against: the mock server, or, with CLOSER_BIN, the real program on a temporary folder.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { scene, serveMock } from "./browser";

export interface Target {
  url: string;
  stop: () => Promise<void>;
}

export const REAL = process.env["CLOSER_BIN"];

/** An untouched server. */
export async function freshServer(): Promise<Target> {
  if (REAL) return program(REAL);
  const { url, server } = await serveMock();
  await scene(url, { world: "fresh" });
  return { url, stop: () => server.close() };
}

/** The real program on a temporary folder, with further arguments. */
export async function program(binary: string, more: string[] = []): Promise<Target> {
  const data = mkdtempSync(join(tmpdir(), "closer-e2e-"));
  const child = spawn(binary, ["serve", "--data", data, "--listen", "127.0.0.1:0", ...more], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, CLOSER_LOG: "warn" },
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await ended(child);
    rmSync(data, { recursive: true, force: true });
  };
  try {
    return { url: await address(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The first line of the program is JSON that says where it listens. */
function address(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    if (!child.stdout) throw new Error("stdout is piped");
    createInterface({ input: child.stdout }).once("line", (line) => {
      done(`http://${(JSON.parse(line) as { listening: string }).listening}`);
    });
    child.once("exit", (code) => fail(new Error(`the server ended with ${code} before it said where it listens`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null) done();
    else child.once("exit", () => done());
  });
}
