// What one customer and the bot said, oldest above. A turn can be opened: what the bot did in it.

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowLeft, Download, Ellipsis, ScanSearch, Trash2 } from "lucide-react";
import { Fragment, useLayoutEffect, useRef, useState } from "react";

import { useBot } from "../bots/Bot";
import { clock, day } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { Failed } from "../shell/Loading";
import { useBar } from "../shell/roles";
import { useNow } from "../shell/useNow";
import { useWorkspace } from "../shell/workspace";
import { Button, cx, Dialog, DialogButtons, IconButton, Menu, MenuItem, say, Skeleton, TextInput } from "../ui";
import { shortKey } from "./Conversations";
import { Inspector } from "./Inspector";
import { Message } from "./Message";
import { conversationQuery, customerFileUrl, eraseCustomer, type Said, threadQuery } from "./read";
import styles from "./Thread.module.css";

export function Thread({ who, turn, onTurn, onBack }: { who: string; turn: string | undefined; onTurn: (turn?: string) => void; onBack: () => void }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  // Where one came from: the turn that a figure led to, or the newest messages. Opening another turn moves nothing.
  const [from] = useState(turn);
  const about = useQuery(conversationQuery(ws, bot.id, who));
  const read = useInfiniteQuery(threadQuery(ws, bot.id, who, from));
  const room = useRef<HTMLDivElement>(null);
  const ready = read.data !== undefined;
  useLayoutEffect(() => {
    // The newest is below, and that is what one came for.
    if (ready && from === undefined && room.current) room.current.scrollTop = room.current.scrollHeight;
  }, [ready, from]);
  const said = (read.data?.pages ?? []).flatMap((page) => page.items).toSorted((a, b) => a.seq - b.seq);
  return (
    <div className={styles["frame"]}>
      <header className={styles["head"]}>
        <IconButton label={t("conversations.back")} onClick={onBack} className={styles["back"]}>
          <ArrowLeft size={16} aria-hidden />
        </IconButton>
        <h2 title={about.data?.userKey}>{about.data ? t("conversations.customer", { key: shortKey(about.data.userKey) }) : t("conversations.thread")}</h2>
        {about.data && <CustomerMenu who={who} userKey={about.data.userKey} onGone={onBack} />}
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div ref={room} className={styles["room"]} tabIndex={0} role="region" aria-label={t("conversations.thread")}>
        {read.error && !read.data && <Failed error={read.error} retry={() => void read.refetch()} />}
        {read.isPending && <Skeleton width="full" height="box" />}
        {read.hasPreviousPage && (
          <Button size="small" busy={read.isFetchingPreviousPage} onClick={() => void read.fetchPreviousPage()}>
            {t("conversations.older")}
          </Button>
        )}
        <Turns said={said} open={turn} onTurn={onTurn} />
        {read.hasNextPage && (
          <Button size="small" busy={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
            {t("conversations.newer")}
          </Button>
        )}
      </div>
      {turn !== undefined && <Inspector turn={turn} onClose={() => onTurn()} />}
    </div>
  );
}

/** Messages of one turn belong together: what was said, and what the bot answered. */
function Turns({ said, open, onTurn }: { said: Said[]; open: string | undefined; onTurn: (turn: string) => void }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const turns: { id: string; at: number; said: Said[] }[] = [];
  for (const one of said) {
    const last = turns.at(-1);
    if (last?.id === one.turn) last.said.push(one);
    else turns.push({ id: one.turn, at: one.at, said: [one] });
  }
  return (
    <ol className={styles["turns"]}>
      {turns.map((turn, nth) => {
        const name = day(turn.at, now, language);
        const before = turns[nth - 1];
        return (
          <Fragment key={turn.id}>
            {(!before || day(before.at, now, language) !== name) && <li className={styles["day"]}>{name}</li>}
            <li className={cx(styles["turn"], open === turn.id && styles["openTurn"])}>
              {turn.said.map((one) => (
                <div key={one.seq} className={cx(styles["row"], one.isUser && styles["right"])}>
                  <span className="sr-only">{one.isUser ? t("conversations.byCustomer") : t("conversations.byBot")}</span>
                  <div className={styles["said"]}>
                    <Message message={one.data} mine={one.isUser} />
                  </div>
                </div>
              ))}
              <p className={styles["foot"]}>
                <time dateTime={new Date(turn.at).toISOString()}>{clock(turn.at, language)}</time>
                <button type="button" className={styles["inspect"]} aria-expanded={open === turn.id} onClick={() => onTurn(turn.id)}>
                  <ScanSearch size={14} aria-hidden />
                  {t("conversations.inspect")}
                </button>
              </p>
            </li>
          </Fragment>
        );
      })}
    </ol>
  );
}

/** One customer's data on request: to hand over, to erase. */
function CustomerMenu({ who, userKey, onGone }: { who: string; userKey: string; onGone: () => void }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const bar = useBar();
  const act = useAct();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const barred = bar("admin");
  const word = t("conversations.erase.word");
  const erase = async () => {
    setBusy(true);
    const gone = await act({ run: () => eraseCustomer(ws, bot.id, who, userKey), touches: [["ws", ws, "conversations", bot.id]] });
    setBusy(false);
    if (!gone) return;
    setOpen(false);
    client.removeQueries({ queryKey: ["ws", ws, "thread", bot.id, who] });
    say(t("conversations.erase.done"));
    onGone();
  };
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={t("conversations.data")} bare>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Download size={16} aria-hidden />} note={barred} disabled={barred !== undefined} onClick={() => location.assign(customerFileUrl(ws, bot.id, who))}>
          {t("conversations.export")}
        </MenuItem>
        <MenuItem danger icon={<Trash2 size={16} aria-hidden />} note={barred} disabled={barred !== undefined} onClick={() => setOpen(true)}>
          {t("conversations.erase.act")}
        </MenuItem>
      </Menu>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        width="small"
        title={t("conversations.erase.title")}
        description={t("conversations.erase.lead")}
        onSubmit={() => typed.trim() === word && void erase()}
        footer={<DialogButtons variant="danger" act={t("conversations.erase.go")} onCancel={() => setOpen(false)} busy={busy} disabled={typed.trim() !== word} />}
      >
        <TextInput label={t("conversations.erase.type", { word })} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
      </Dialog>
    </>
  );
}
