// @vitest-environment node
// The client against the mock server: what every call carries, and what becomes of failures. Without a browser's rules for
// cookies, which are kept here by hand.

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

// The client takes its address from the page when it is loaded.
vi.hoisted(() => vi.stubGlobal("location", new URL("http://localhost")));

import { Mock } from "../../mock/server";
import { PASSWORD } from "../../mock/world";
import { api, call, data, marked, onReached, onSessionEnded, speak, to } from "./client";
import { Problem, Unreachable } from "./problem";

let mock: Mock;
let cookie = "";
let sent: Request[] = [];

beforeEach(() => {
  mock = new Mock();
  mock.reset("bakery");
  cookie = "";
  sent = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    sent.push(request.clone());
    const headers = new Headers(request.headers);
    if (cookie) headers.set("cookie", cookie);
    const answer = await mock.handle(new Request(request, { headers }));
    cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return answer;
  });
});
afterEach(() => {
  speak("ko");
});

const signIn = (password = PASSWORD, email = "seoyun@example.com") =>
  data(api.POST("/api/session", { params: marked, body: { email, password } }));

async function failure(of: Promise<unknown>): Promise<unknown> {
  return of.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test("a call carries the mark and the language", async () => {
  speak("en");
  const me = await signIn();
  expect(me.name).toBe("한서윤");
  expect(sent[0]?.headers.get("x-closer")).toBe("1");
  expect(sent[0]?.headers.get("accept-language")).toBe("en");
});

test("a refusal is a problem in the language that is shown", async () => {
  speak("en");
  const error = await failure(signIn("wrong"));
  expect(error).toBeInstanceOf(Problem);
  expect(error).toMatchObject({ kind: "wrong-credentials", status: 401, title: "The e-mail address or the password is wrong" });
});

test("field errors are found by their pointer", async () => {
  await signIn();
  const error = await failure(api.POST("/api/me/password", { params: marked, body: { current: PASSWORD, next: "short" } }));
  expect((error as Problem).at("/next")).toMatch(/10자 이상/);
  expect((error as Problem).at("/current")).toBeUndefined();
});

test("after ten guesses one waits as long as the server says", async () => {
  for (let guess = 0; guess < 10; guess++) await failure(signIn("wrong"));
  expect(await failure(signIn())).toMatchObject({ kind: "too-many-attempts", retryAfter: 30 });
});

test("a server that is away is told apart from one that refuses", async () => {
  const heard: boolean[] = [];
  const stop = onReached((reached) => heard.push(reached));
  await api.GET("/api/state");
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  expect(await failure(api.GET("/api/state"))).toBeInstanceOf(Unreachable);
  stop();
  expect(heard).toEqual([true, false]);
});

test("an answer that is no problem document is still a problem", async () => {
  vi.stubGlobal("fetch", async () => new Response("<h1>Bad Gateway</h1>", { status: 502 }));
  expect(await failure(call("/api/state"))).toMatchObject({ kind: "unreadable", status: 502, title: "" });
});

test("the end of the session is heard, a wrong password is not one", async () => {
  const ended = vi.fn();
  const stop = onSessionEnded(ended);
  await failure(signIn("wrong"));
  expect(ended).not.toHaveBeenCalled();
  await failure(api.GET("/api/me"));
  expect(ended).toHaveBeenCalledOnce();
  stop();
});

describe("the mock holds the rules of the server", () => {
  test("roles, and another's workspace is not there", async () => {
    const owner = await signIn();
    const ws = owner.workspaces[0]?.id ?? "";
    const admin = await signIn(PASSWORD, "jieun@example.com");
    const asOwner = await failure(api.PATCH("/api/workspaces/{ws}/members/{id}", { params: to({ ws, id: owner.id }), body: { role: "editor" } }));
    expect(asOwner).toMatchObject({ kind: "ranks-too-high" });
    const other = await failure(api.GET("/api/workspaces/{ws}/bots", { params: { path: { ws: owner.workspaces[1]?.id ?? "" } } }));
    expect(other).toMatchObject({ status: 404 });
    expect(admin.workspaces).toHaveLength(1);
    await signIn(PASSWORD, "alex@example.com");
    const reader = await failure(api.POST("/api/workspaces/{ws}/bots", { params: to({ ws }), body: { template: "empty" } }));
    expect(reader).toMatchObject({ kind: "role-too-low", role: "admin" });
  });

  test("a call without the mark is refused", async () => {
    const answer = await mock.handle(new Request("http://localhost/api/session", { method: "POST", body: "{}" }));
    expect(answer.status).toBe(403);
  });
});
