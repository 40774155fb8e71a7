// Puts the mock server behind Vite's own, in development and in preview, with the page's policy as the real server sends
// it, so that a style or script that the policy forbids fails here already.
//
// `POST /mock` sets the scene for a test: {"world": "fresh" | "bakery", "change": {…}, "slow": ms, "down": true}.

import type { IncomingMessage, ServerResponse } from "node:http";

import type { Connect, Plugin } from "vite";

import { Mock } from "./server.ts";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self' data: blob: https:; " +
  "media-src 'self' https:; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

interface Scene {
  world?: "fresh" | "bakery";
  change?: Record<string, unknown>;
  /** Every answer takes this long. */
  slow?: number;
  /** The server does not answer. */
  down?: boolean;
}

export function mockServer(): Plugin {
  const mock = new Mock();
  let scene: Scene = {};
  mock.reset("bakery");
  const listen: Connect.NextHandleFunction = (request, response, next) => {
    const path = request.url ?? "/";
    if (path === "/mock" && request.method === "POST") {
      void read(request).then((raw) => {
        scene = JSON.parse(raw.toString()) as Scene;
        if (scene.world) mock.reset(scene.world, scene.change);
        response.end();
      });
    } else if (path.startsWith("/api/") || path.startsWith("/media/")) {
      if (scene.down) request.destroy();
      else void pass(mock, request, response, scene.slow ?? 0);
    } else {
      next();
    }
  };
  return {
    name: "closer-mock-server",
    configureServer: (server) => void server.middlewares.use(listen),
    configurePreviewServer: (server) => {
      server.middlewares.use((_, response, next) => {
        response.setHeader("content-security-policy", POLICY);
        next();
      });
      server.middlewares.use(listen);
    },
  };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function pass(mock: Mock, request: IncomingMessage, response: ServerResponse, slow: number): Promise<void> {
  const raw = await read(request);
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] => (typeof value === "string" ? [[name, value]] : []));
  const answer = await mock.handle(
    new Request(new URL(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`), {
      method: request.method ?? "GET",
      headers,
      ...(raw.length > 0 && { body: new Uint8Array(raw) }),
    }),
  );
  if (slow > 0) await new Promise((done) => setTimeout(done, slow));
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  if (answer.headers.get("content-type") === "text/event-stream" && answer.body) {
    const reader = answer.body.getReader();
    response.on("close", () => void reader.cancel());
    for (let part = await reader.read(); !part.done; part = await reader.read()) response.write(part.value);
    return;
  }
  response.end(Buffer.from(await answer.arrayBuffer()));
}
