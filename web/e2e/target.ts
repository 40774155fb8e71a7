// What the browser tests run against: the mock server, or, with CLOSER_BIN, the real program on a temporary folder
// (CLOSER_DIST=1: with the console of web/dist before it).

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { preview } from "vite";

import { scene, serveMock } from "./browser";

export interface Target {
  url: string;
  stop: () => Promise<void>;
  /** Kills the program in the midst of things and starts it again on its folder and address, after a while. */
  restart: (awayMs?: number) => Promise<void>;
}

export const REAL = process.env["CLOSER_BIN"];

/** An untouched server. */
export async function freshServer(): Promise<Target> {
  if (REAL) return program(REAL);
  const { url, server } = await serveMock();
  await scene(url, { world: "fresh" });
  return { url, stop: () => server.close(), restart: nothing };
}

function nothing(): Promise<never> {
  return Promise.reject(new Error("the mock has nothing to come back to"));
}

/** The real program on a temporary folder, with further arguments. */
export async function program(binary: string, more: string[] = []): Promise<Target> {
  const data = mkdtempSync(join(tmpdir(), "closer-e2e-"));
  const start = (listen: string) =>
    spawn(binary, ["serve", "--data", data, "--listen", listen, ...more], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, CLOSER_LOG: "warn" },
    });
  let child = start("127.0.0.1:0");
  const stop = async () => {
    child.kill("SIGTERM");
    await ended(child);
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const url = await address(child);
    const restart = async (awayMs = 0) => {
      child.kill("SIGKILL");
      await ended(child);
      await new Promise((done) => setTimeout(done, awayMs));
      child = start(url.replace("http://", ""));
      await address(child);
    };
    if (!process.env["CLOSER_DIST"]) return { url, stop, restart };
    // The console as it was built last, before the program: no need to build that again for a change of a screen.
    // It compares the page's origin with the host that is asked.
    const target = { target: url, changeOrigin: false, ws: true };
    const proxy = { "/api": target, "/media": target, "/webhook": target, "/webchat": target, "/chat": target };
    const server = await preview({ preview: { port: 0, host: "127.0.0.1", proxy }, logLevel: "error" });
    const local = server.resolvedUrls?.local[0]?.replace(/\/$/, "");
    if (!local) throw new Error("the preview server did not say where it listens");
    return { url: local, stop: async () => void (await Promise.all([server.close(), stop()])), restart };
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
