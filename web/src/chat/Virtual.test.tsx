import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useRef } from "react";
import { afterEach, expect, test } from "vitest";

import { Virtual } from "./Virtual";

afterEach(cleanup);

function List({ count, onEnd }: { count: number; onEnd?: () => void }) {
  const room = useRef<HTMLDivElement>(null);
  return (
    <div ref={room} data-testid="room">
      <Virtual room={room} count={count} height={68} label="목록" onEnd={onEnd} renderRow={(at) => <li key={at}>{at}</li>} />
    </div>
  );
}

test("of 50,000 rows only those in sight are there", () => {
  let ends = 0;
  const onEnd = () => {
    ends += 1;
  };
  render(<List count={50_000} onEnd={onEnd} />);
  expect(screen.getAllByRole("listitem").length).toBeLessThan(60);
  expect(screen.getByRole("list").style.height).toBe(`${50_000 * 68}px`);
  expect(ends).toBe(0);
});

test("a short list asks for more at once", () => {
  let ends = 0;
  const onEnd = () => {
    ends += 1;
  };
  render(<List count={3} onEnd={onEnd} />);
  expect(screen.getAllByRole("listitem").map((row) => row.textContent)).toEqual(["0", "1", "2"]);
  expect(ends).toBeGreaterThan(0);
});

test("what one scrolls to is there", () => {
  render(<List count={50_000} />);
  const room = screen.getByTestId("room");
  room.scrollTop = 1_000 * 68;
  act(() => void fireEvent.scroll(room));
  const shown = screen.getAllByRole("listitem").map((row) => Number(row.textContent));
  expect(shown).toContain(1_000);
  expect(shown).not.toContain(0);
  expect(shown.length).toBeLessThan(60);
});
