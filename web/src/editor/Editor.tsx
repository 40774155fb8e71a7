// The screen on which a bot is drawn: it reads the draft, holds the store, and keeps the address in step with it.

import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";

import type { Spot } from "../flow/types";
import { useT } from "../i18n/i18n";
import { Failed } from "../shell/Loading";
import { ranks } from "../shell/roles";
import { useMe, useWorkspace } from "../shell/workspace";
import { Skeleton } from "../ui";
import { door } from "./api";
import { Screen } from "./Screen";
import { EditorContext, EditorStore } from "./store";
import { windowName } from "./window";

export function Editor() {
  const { bot = "" } = useParams({ strict: false });
  const { id: ws } = useWorkspace();
  // Another bot is another editor: nothing of the first is left.
  return <Opened key={`${ws}/${bot}`} ws={ws} bot={bot} />;
}

function Opened({ ws, bot }: { ws: string; bot: string }) {
  const t = useT();
  const navigate = useNavigate();
  const { id: account } = useMe();
  const { role } = useWorkspace();
  const readonly = !ranks(role, "editor");
  const { flow } = useParams({ strict: false });
  const { node, branch } = useSearch({ strict: false });
  const spot: Partial<Spot> = { ...(flow !== undefined && { flow: Number(flow) }), node };
  const first = useRef(spot);
  const [store, setStore] = useState<EditorStore>();
  /** What was asked for when one came: the address forgets it with the first step. */
  const [said, setSaid] = useState(branch);
  const [error, setError] = useState<unknown>();
  const [tries, setTries] = useState(0);

  useEffect(() => {
    let stop: (() => void) | undefined;
    let wanted = true;
    const session = windowName();
    door({ ws, bot }, session)
      .get()
      .then((draft) => {
        if (!wanted) return;
        const made = new EditorStore({ ws, bot }, { account, bot, window: session }, draft, first.current, readonly);
        made.onSelect = (to, push) => {
          void navigate({
            to: "/w/$ws/bots/$bot/edit/$flow",
            params: { ws, bot, flow: String(to.flow) },
            search: to.node === undefined ? {} : { node: to.node },
            replace: !push,
          });
        };
        stop = made.start();
        const { flowId, nodeId } = made.get();
        if (first.current.flow !== flowId) made.onSelect({ flow: flowId, node: nodeId }, false);
        setError(undefined);
        setStore(made);
      })
      .catch((why: unknown) => wanted && setError(why));
    return () => {
      wanted = false;
      stop?.();
    };
  }, [ws, bot, account, readonly, navigate, tries]);

  // Back and forward in the browser lead to what the address says.
  const { flow: flowNow, node: nodeNow } = spot;
  useEffect(() => {
    if (store && flowNow !== undefined) store.follow(flowNow, nodeNow);
  }, [store, flowNow, nodeNow]);

  if (error !== undefined) return <Failed error={(error as { told?: unknown }).told ?? error} retry={() => setTries(tries + 1)} />;
  if (!store) {
    return (
      <div aria-label={t("editor.opening")} role="status">
        <Skeleton width="full" height="box" />
      </div>
    );
  }
  return (
    <EditorContext value={store}>
      <Screen said={said} onSaid={() => setSaid(undefined)} />
    </EditorContext>
  );
}
