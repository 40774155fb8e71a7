import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { read, write } from "../flow/json";
import type { BotDoc } from "../flow/types";
import { bot, desk, node } from "./harness";
import { flushFields } from "./live";

const ROOT = join(import.meta.dirname, "../../..");
/** What the server was asked. */
const asked: { url: string; body: string }[] = [];
let answers: Record<string, unknown> = {};

beforeEach(() => {
  asked.length = 0;
  answers = {};
  vi.stubGlobal("fetch", async (request: Request) => {
    asked.push({ url: request.url, body: await request.clone().text() });
    const found = Object.entries(answers).find(([part]) => request.url.includes(part));
    return new Response(JSON.stringify(found?.[1] ?? {}), { headers: { "content-type": "application/json" } });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const field = (label: string | RegExp) => screen.getByLabelText<HTMLTextAreaElement>(label);
const type = (element: HTMLElement, text: string) => fireEvent.input(element, { target: { value: text } });
const rest = () => act(() => flushFields());
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));

describe("typing", () => {
  test("a burst is one step, and undo takes it back in the field too", async () => {
    const at = desk(bot(node("response", { message: { type: "text", text: "안녕" } })));
    const text = field("보낼 글");
    type(text, "안녕하");
    type(text, "안녕하세");
    expect(at.ran).toEqual([]);
    rest();
    type(text, "안녕하세요");
    rest();
    expect(at.node().data).toEqual({ message: { type: "text", text: "안녕하세요" } });
    expect(at.steps()).toBe(1);
    at.undo();
    await waitFor(() => expect(text.value).toBe("안녕"));
  });

  test("while a syllable is composed nothing is told, and nothing from outside takes it away", async () => {
    const at = desk(bot(node("response", { message: { type: "text", text: "" } })));
    const text = field("보낼 글");
    fireEvent.compositionStart(text);
    type(text, "ㅎ");
    type(text, "하");
    rest();
    expect(at.ran).toEqual([]);
    at.change(bot(node("response", { message: { type: "text", text: "동료의 글" } })));
    expect(text.value).toBe("하");
    type(text, "한");
    fireEvent.compositionEnd(text);
    rest();
    expect(at.node().data).toEqual({ message: { type: "text", text: "한" } });
  });

  test("what was typed is told when another node is shown, in the node in which it was typed", () => {
    const at = desk(bot(node("response", { message: { type: "text", text: "" } }), { ...node("response", { message: { type: "text", text: "다음" } }), id: 3 }));
    type(field("보낼 글"), "마지막 말");
    at.show(3);
    expect(at.node(2).data).toEqual({ message: { type: "text", text: "마지막 말" } });
    expect(at.node(3).data).toEqual({ message: { type: "text", text: "다음" } });
  });

  test("a shortcut comes after what was typed", () => {
    const at = desk(bot(node("response", { message: { type: "text", text: "" } })));
    type(field("보낼 글"), "저장할 글");
    fireEvent.keyDown(window, { key: "s", ctrlKey: true });
    expect(at.node().data).toEqual({ message: { type: "text", text: "저장할 글" } });
  });
});

describe("messages", () => {
  test("a label that KakaoTalk cuts is told in its words", () => {
    desk(bot(node("response", { message: { type: "text", text: "", buttons: [{ label: "열네 글자가 넘는 라벨이에요", type: "postback" }] } })));
    expect(screen.getByText("카카오톡에서는 14자까지 보여요 (지금 15자). 넘는 글은 …로 줄어요.")).toBeTruthy();
  });

  test("buttons are added, named and removed", () => {
    const at = desk(bot(node("response", { message: { type: "text", text: "가" } })));
    press("버튼 추가");
    rest();
    type(field("라벨"), "주문");
    press("버튼 추가");
    expect(at.node().data).toEqual({
      message: { type: "text", text: "가", buttons: [{ label: "주문", type: "postback" }, { label: "", type: "postback" }] },
    });
  });

  test("Alt and an arrow move a button with what was just typed in it", () => {
    const at = desk(bot(node("keyboard", { type: "buttons", buttons: [{ label: "하나" }, { label: "둘" }] })));
    const [first] = screen.getAllByLabelText("라벨");
    if (!first) throw new Error("no label");
    type(first, "하나요");
    fireEvent.keyDown(first, { key: "ArrowDown", altKey: true });
    expect(at.node().data).toEqual({ type: "buttons", buttons: [{ label: "둘" }, { label: "하나요" }] });
  });

  test("a table that is pasted into a label becomes replies, after a look", async () => {
    const at = desk(bot(node("keyboard", { type: "buttons", buttons: [{ label: "", type: "postback" }] })));
    fireEvent.paste(field("라벨"), { clipboardData: { getData: (kind: string) => (kind === "text/plain" ? "라벨\t값\n예\tyes\n아니요\tno\n" : ""), files: [] } });
    const dialog = await screen.findByRole("dialog");
    fireEvent.click(within(dialog).getByRole("button", { name: "답 2개 만들기" }));
    expect(at.node().data).toEqual({
      type: "buttons",
      buttons: [
        { label: "예", type: "postback", payload: "yes" },
        { label: "아니요", type: "postback", payload: "no" },
      ],
    });
  });

  test("one word that is pasted stays a word", () => {
    const at = desk(bot(node("keyboard", { type: "buttons", buttons: [{ label: "", type: "postback" }] })));
    const taken = fireEvent.paste(field("라벨"), { clipboardData: { getData: () => "안녕", files: [] } });
    expect(taken).toBe(true);
    expect(at.ran).toEqual([]);
  });

  test("a picture goes up and its address comes back", async () => {
    answers = { "/media": { url: "/media/abc.png", contentType: "image/png", width: 1, height: 1, size: 4 } };
    const at = desk(bot(node("response", { message: { type: "media", media: { contentType: "image", uri: "", own: 1 } } })));
    const input = document.querySelector<HTMLInputElement>("input[type=file]");
    if (!input) throw new Error("no file field");
    fireEvent.change(input, { target: { files: [new File([new Uint8Array([0x89, 0x50])], "a.png", { type: "image/png" })] } });
    await waitFor(() => expect(at.node().data).toMatchObject({ message: { media: { contentType: "image", own: 1 } } }));
    await waitFor(() => expect(JSON.stringify(at.node().data)).toContain("/media/abc.png"));
    expect(asked[0]?.url).toContain("/api/workspaces/w/bots/b/media");
  });

  test("what is no picture, or too large, is refused before it is sent", () => {
    desk(bot(node("response", { message: { type: "media", media: { contentType: "image", uri: "" } } })));
    const zone = screen.getByRole("button", { name: /사진을 끌어다/ });
    fireEvent.paste(zone, { clipboardData: { files: [new File(["x"], "a.pdf", { type: "application/pdf" })] } });
    expect(screen.getByRole("alert").textContent).toContain("JPG, PNG, GIF, BMP");
    const large = new File(["x"], "a.png", { type: "image/png" });
    Object.defineProperty(large, "size", { value: 11 * 1024 * 1024 });
    fireEvent.paste(zone, { clipboardData: { files: [large] } });
    expect(screen.getByRole("alert").textContent).toContain("10 MB");
    expect(asked).toEqual([]);
  });
});

describe("edges", () => {
  const target = { ...node("response", {}), id: 3, label: "다음" };

  test("a condition is written in rows", () => {
    const at = desk(bot(node("response", {}, [{ nodeId: 3 }]), target), 2, { edge: 0 });
    press("조건 추가");
    type(screen.getByRole("combobox", { name: "무엇이" }), "params.age");
    rest();
    type(field("값"), "19");
    rest();
    expect(at.node().next).toEqual([{ nodeId: 3, where: { "params.age": { equals: "19" } } }]);
    press("조건 빼기");
    expect(at.node().next).toEqual([{ nodeId: 3 }]);
  });

  test("all becomes any", () => {
    const at = desk(bot(node("response", {}, [{ nodeId: 3, where: { a: { exists: true }, b: { gt: 1 } }, own: 1 }]), target), 2, { edge: 0 });
    fireEvent.click(screen.getByRole("radio", { name: "하나라도" }));
    expect(at.node().next).toEqual([{ nodeId: 3, where: { $or: [{ a: { exists: true } }, { b: { gt: 1 } }] }, own: 1 }]);
  });

  test("what rows cannot show is shown as JSON, and kept", () => {
    const where = read('{"a":{"near":1.0}}') as Record<string, unknown>;
    const at = desk(bot(node("response", {}, [{ nodeId: 3, where }]), target), 2, { edge: 0 });
    const json = screen.getByRole("textbox", { name: "JSON" }) as HTMLTextAreaElement;
    expect(json.value).toContain("1.0");
    type(json, '{"a":{"near":1.0,"gt":2}');
    rest();
    expect(at.ran).toEqual([]);
    expect(screen.getByText(/JSON이 끊겼어요/)).toBeTruthy();
    type(json, '{"a":{"near":1.0,"gt":2}}');
    rest();
    expect(write(at.node().next?.[0]?.where, 0)).toBe('{"a":{"near":1.0,"gt":2}}');
  });

  test("success and failure are suggested where a node can fail", () => {
    const at = desk(bot(node("fetch", { uri: "https://a.example" }, [{ nodeId: 3 }]), target), 2, { edge: 0 });
    press("실패했을 때");
    expect(at.node().next).toEqual([{ nodeId: 3, where: { "fetch.error": { exists: true } } }]);
  });
});

describe("other forms", () => {
  test("headers keep their order; a name that is taken is told and not written", () => {
    const at = desk(bot(node("fetch", { uri: "x", headers: { A: "1", B: "2" } })));
    const [first, second] = screen.getAllByLabelText("헤더 이름");
    if (!first || !second) throw new Error("no headers");
    type(first, "C");
    rest();
    expect(Object.entries((at.node().data?.["headers"] ?? {}) as object)).toEqual([["C", "1"], ["B", "2"]]);
    type(second, "C");
    rest();
    expect(screen.getByText(/같은 이름이 이미 있어요/)).toBeTruthy();
    type(second, "D");
    rest();
    expect(at.node().data?.["headers"]).toEqual({ C: "1", D: "2" });
  });

  test("a JSON body is checked with its templates in it", () => {
    desk(bot(node("fetch", { method: "POST", uri: "x", contentType: "json", body: '{"a": {{QUOTE(message)}},}' })));
    expect(screen.getByText(/JSON이 끊겼어요/)).toBeTruthy();
  });

  test("params are added with names and values", () => {
    const at = desk(bot(node("params", { type: "set", set: [{ key: "a", value: 1, own: true }] })));
    press("파라미터 추가");
    const [, name] = screen.getAllByLabelText("이름");
    const [, value] = screen.getAllByLabelText("값");
    if (!name || !value) throw new Error("no new row");
    type(name, "나이");
    type(value, "{{keyboard.value}}");
    rest();
    expect(at.node().data?.["set"]).toEqual([{ key: "a", value: 1, own: true }, { key: "나이", value: "{{keyboard.value}}" }]);
    type(name, "두 낱말");
    rest();
    expect(screen.getByText(/만 쓸 수 있어요/)).toBeTruthy();
  });

  test("a script is run with what was just typed, and its failure names the line", async () => {
    answers = { "/script/run": { error: { name: "TypeError", message: "x is undefined", stack: "TypeError: x\n at script.js:3:9" }, logs: [{ level: "log", text: "왔어요" }], tookMs: 4 } };
    const at = desk(bot(node("sandbox", { script: "module.exports = () => 1" })));
    press("실행");
    await screen.findByText(/3번째 줄 9번째 글자/);
    expect(screen.getByText("왔어요")).toBeTruthy();
    expect(JSON.parse(asked.find((one) => one.url.includes("/script/run"))?.body ?? "{}")).toMatchObject({ script: "module.exports = () => 1", context: { platform: "kakao" } });
    expect(at.ran).toEqual([]);
  });

  test("a number on its way stays as it is typed", () => {
    const at = desk(bot(node("response", { message: { type: "text", text: "가" }, delay: 1 })));
    const delay = field(/기다릴 시간/);
    type(delay, "1.");
    rest();
    expect(delay.value).toBe("1.");
    type(delay, "1,500");
    rest();
    expect(delay.value).toBe("1,500");
    expect(at.node().data?.["delay"]).toBe(1500);
    type(delay, "70000");
    rest();
    expect(screen.getByText("60,000 이하여야 해요.")).toBeTruthy();
    expect(at.node().data?.["delay"]).toBe(1500);
    type(delay, "");
    rest();
    expect(at.node().data).toEqual({ message: { type: "text", text: "가" } });
  });

  test("JSON keeps the layout in which it is typed", () => {
    const at = desk(bot(node("teleport", { a: 1 })));
    const json = screen.getByRole("textbox", { name: "데이터" }) as HTMLTextAreaElement;
    type(json, '{"a":2}');
    rest();
    expect(json.value).toBe('{"a":2}');
    at.change(bot(node("teleport", { a: 3 })));
    expect(json.value).toBe('{\n  "a": 3\n}');
  });

  test("a node of an unknown type is kept, and can be changed as JSON", () => {
    const data = read('{"weight":1.0,"list":[1e3]}') as Record<string, unknown>;
    const at = desk(bot(node("teleport", data)));
    const json = screen.getByRole("textbox", { name: "데이터" }) as HTMLTextAreaElement;
    type(json, '{"weight":2.0,"list":[1e3]}');
    rest();
    expect(write(at.node().data, 0)).toBe('{"weight":2.0,"list":[1e3]}');
  });

  test("those who may only look change nothing", () => {
    const at = desk(bot(node("response", { message: { type: "text", text: "가", buttons: [{ label: "나" }] } })), 2, { readonly: true });
    expect(field("보낼 글").readOnly).toBe(true);
    expect(screen.queryByRole("button", { name: "버튼 추가" })).toBeNull();
    expect(at.ran).toEqual([]);
  });
});

test("opening, focusing and leaving every form of the examples changes nothing", () => {
  const files = [...readdirSync(join(ROOT, "examples")), ...readdirSync(join(ROOT, "fixtures/bots")).map((name) => `../fixtures/bots/${name}`)].filter((name) => name.endsWith(".json"));
  expect(files.length).toBeGreaterThan(4);
  // One of each type and shape is enough.
  const seen = new Set<string>();
  for (const name of files) {
    const file = read(readFileSync(join(ROOT, "examples", name), "utf8")) as BotDoc & { nodes?: BotDoc["flows"][0]["nodes"] };
    const flows = file.flows ?? [file as unknown as BotDoc["flows"][0]];
    for (const flow of flows) {
      for (const one of flow.nodes) {
        const data = one.data ?? {};
        const shape = `${one.type} ${Object.keys(data).join()} ${String((data["message"] as { type?: string } | undefined)?.type ?? data["type"])}`;
        if (seen.has(shape)) continue;
        seen.add(shape);
        const doc: BotDoc = { title: "", flows };
        const at = desk(doc, one.id, { flowId: flow.id });
        for (const element of document.querySelectorAll<HTMLElement>("textarea, input")) {
          fireEvent.focus(element);
          fireEvent.blur(element);
        }
        rest();
        at.unmount();
        expect([name, flow.id, one.id, at.ran]).toEqual([name, flow.id, one.id, []]);
        expect(at.doc()).toBe(doc);
      }
    }
  }
  expect(seen.size).toBeGreaterThan(20);
}, 60_000);
