import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";

import { Problem, Unreachable } from "../api/problem";
import { WordsProvider } from "../i18n/i18n";
import { ko } from "../i18n/ko";
import { useForm } from "./form";

const InKorean = ({ children }: { children: ReactNode }) => (
  <WordsProvider language="ko" words={ko}>
    {children}
  </WordsProvider>
);

const refusal = (errors: { pointer: string; detail: string }[]) =>
  new Problem(422, { type: "/problems/invalid", title: "확인해 주세요", detail: "고쳐 주세요", errors });

function form(send: (values: { name: string; email: string }) => Promise<unknown>) {
  return renderHook(() =>
    useForm(
      { name: "", email: "" },
      (values) => ({ name: values.name === "" ? "이름을 입력해 주세요." : undefined }),
      send,
    ),
    { wrapper: InKorean },
  ).result;
}

test("what can be said here is said without asking the server", async () => {
  const send = vi.fn();
  const result = form(send);
  await act(() => result.current.submit());
  expect(result.current.errors.name).toBe("이름을 입력해 주세요.");
  expect(send).not.toHaveBeenCalled();
  act(() => result.current.set("name", "서윤"));
  expect(result.current.errors.name).toBeUndefined();
});

test("the server's field errors land at their fields, the rest above", async () => {
  const result = form(() => Promise.reject(refusal([{ pointer: "/email", detail: "이메일을 확인해 주세요." }, { pointer: "/else", detail: "다른 곳" }])));
  act(() => result.current.set("name", "서윤"));
  await act(() => result.current.submit());
  expect(result.current.errors.email).toBe("이메일을 확인해 주세요.");
  expect(result.current.general).toEqual({ title: "확인해 주세요", detail: "다른 곳" });
  expect(result.current.busy).toBe(false);
  expect(result.current.dirty).toBe(true);
});

test("a server that is away leaves what was entered", async () => {
  const result = form(() => Promise.reject(new Unreachable()));
  act(() => result.current.set("name", "서윤"));
  await act(() => result.current.submit());
  expect(result.current.general?.title).toBe("서버에 연결하지 못했어요");
  expect(result.current.values.name).toBe("서윤");
});

test("two presses send once; afterwards nothing is left to save", async () => {
  const answers: (() => void)[] = [];
  const send = vi.fn(() => new Promise<void>((resolve) => answers.push(resolve)));
  const result = form(send);
  act(() => result.current.set("name", "서윤"));
  await act(async () => {
    const first = result.current.submit();
    const second = result.current.submit();
    for (const answer of answers) answer();
    await Promise.all([first, second]);
  });
  expect(send).toHaveBeenCalledOnce();
  expect(result.current.dirty).toBe(false);
});

test("taking back restores what was saved last", async () => {
  const result = form(() => Promise.resolve());
  act(() => result.current.set("name", "서윤"));
  await act(() => result.current.submit());
  act(() => result.current.set("name", "지은"));
  act(() => result.current.reset());
  expect(result.current.values.name).toBe("서윤");
});
