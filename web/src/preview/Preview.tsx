// The preview beside the canvas: what one sees is brought to the server before each turn, nodes that were passed light up,
// and the trace leads to them.

import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";

import { botQuery } from "../api/queries";
import { useEditor } from "../editor/store";
import { RecordDialog } from "../pathtests/Record";
import { useBar } from "../shell/roles";
import { CHANNELS, type Previewed } from "./api";
import { Pane, type Recorded } from "./Pane";

export function Preview() {
  const { ws, botId, doc, flush, select, setLit, saved, limits } = useEditor();
  const bar = useBar();
  const bot = useQuery(botQuery(ws, botId));
  const [recorded, setRecorded] = useState<Recorded>();
  const passed = useCallback(
    (answer: Previewed | undefined) =>
      setLit((answer?.trace.visits ?? []).map(({ flow, node, error }, at) => ({ flow, node, order: at + 1, ...(error !== undefined && { failed: true }) }))),
    [setLit],
  );
  // A server that is away answers no turn either; what is wrong is said where the turn would stand.
  const ready = useCallback(() => (saved === "conflict" ? Promise.resolve() : flush()), [flush, saved]);
  const used = CHANNELS.find((one) => limits.some(({ id, used: is }) => id === one && is));
  return (
    <>
      <Pane
        ws={ws}
        bot={botId}
        title={bot.data?.title ?? doc.title}
        doc={doc}
        uses={used === "kakao" ? undefined : used}
        ready={ready}
        onJump={select}
        onPassed={passed}
        onRecord={setRecorded}
        readonly={bar("editor")}
      />
      <RecordDialog ws={ws} bot={botId} recorded={recorded} onClose={() => setRecorded(undefined)} />
    </>
  );
}
