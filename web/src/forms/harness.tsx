// For tests: a form before a document in memory, with the same commands and history as the editor's, and no server.

import { act, render } from "@testing-library/react";
import { type ReactElement, useEffect, useRef } from "react";

import { EditorContext, type EditorStore } from "../editor/store";
import type { EditorState } from "../editor/state";
import type { Command } from "../flow/commands";
import { diff } from "../flow/delta";
import { nodeAt } from "../flow/document";
import { NO_HISTORY, record, undo } from "../flow/history";
import type { BotDoc, EdgeDoc, NodeDoc } from "../flow/types";
import { ko } from "../i18n/ko";
import { WordsProvider } from "../i18n/i18n";
import { EdgeForm } from "./EdgeForm";
import { NodeForm } from "./NodeForm";

export interface Desk {
  /** The document now. */
  doc: () => BotDoc;
  node: (id?: number) => NodeDoc;
  /** Names of the commands that ran. */
  ran: string[];
  /** How many steps undo would take back. */
  steps: () => number;
  undo: () => void;
  /** A change from elsewhere. */
  change: (doc: BotDoc) => void;
  show: (node: number) => void;
  unmount: () => void;
}

/** The numbers of KakaoTalk (GET /api/channels). */
export const KAKAO = {
  id: "kakao",
  limits: { text: 1000, textFold: 500, textWithButtons: 400, cards: 10, cardTitle: 50, cardDescription: 230, cardDescriptionWithoutPicture: 400, cardDescriptionInRow: 76, buttons: 3, buttonLabel: 14, quickReplies: 10, quickReplyLabel: 14, payload: 1000, altText: 50 },
};

export const bot = (...nodes: NodeDoc[]): BotDoc => ({ title: "Bakery", flows: [{ id: 1, title: "Start", nodes }], preference: { entryFlowId: 1 } });
export const node = (type: string, data: NodeDoc["data"], next: EdgeDoc[] = []): NodeDoc => ({ id: 2, type, label: "", data, next });

/** Says that the page is being taken away, before the fields tell what they still hold. */
function Alive({ onGone }: { onGone: () => void }) {
  const gone = useRef(onGone);
  useEffect(() => gone.current, []);
  return null;
}

export function desk(doc: BotDoc, shown = 2, { readonly = false, flowId = 1, edge }: { readonly?: boolean; flowId?: number; edge?: number } = {}): Desk {
  let state = { doc, flowId, nodeId: shown, history: NO_HISTORY, limits: [KAKAO], complaints: [], people: [], lit: [] } as unknown as EditorState;
  const listeners = new Set<() => void>();
  const set = (part: Partial<EditorState>) => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };
  const ran: string[] = [];
  let gone = false;
  const store = {
    place: { ws: "w", bot: "b" },
    readonly,
    get: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    run: (command: Command) => {
      const next = command.run(state.doc);
      const delta = diff(state.doc, next);
      if (delta.length === 0) return;
      ran.push(command.name);
      const step = { name: command.name, delta, spot: command.spot, withNext: false, join: command.join, at: Date.now() };
      set({ doc: next, history: record(state.history, step) });
    },
  } as unknown as EditorStore;
  const page = (): ReactElement => {
    const flow = state.doc.flows.find((one) => one.id === flowId);
    const found = flow?.nodes.find((one) => one.id === state.nodeId);
    return (
      <WordsProvider language="ko" words={ko}>
        <Alive onGone={() => (gone = true)} />
        <EditorContext value={store}>{flow && found && (edge === undefined ? <NodeForm flow={flow} node={found} /> : <EdgeForm flow={flow} node={found} edgeIndex={edge} />)}</EditorContext>
      </WordsProvider>
    );
  };
  const view = render(page());
  const draw = () => void (gone || act(() => view.rerender(page())));
  listeners.add(draw);
  return {
    doc: () => state.doc,
    node: (id = shown) => nodeAt(state.doc, flowId, id) ?? { id: 0, type: "gone" },
    ran,
    steps: () => state.history.past.length,
    undo: () => {
      const moved = undo(state.history, state.doc);
      if (moved) set({ doc: moved.doc, history: moved.history });
    },
    change: (next) => {
      set({ doc: next });
    },
    show: (id) => {
      set({ nodeId: id });
    },
    unmount: view.unmount,
  };
}
