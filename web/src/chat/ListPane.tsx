// The list of conversations: who they are, what was said last, and at a glance who waits longest.

import { ArrowDownWideNarrow, MessageCircle, Search } from "lucide-react";
import { useCallback, useEffect, useState } from "react";

import { useT } from "../i18n/i18n";
import { EmptyState, IconButton, Menu, MenuItem, MenuSeparator, Segmented, TextInput } from "../ui";
import { Found } from "./Found";
import { useList, useStore } from "./hooks";
import styles from "./List.module.css";
import { MentionList } from "./MentionList";
import { nameOf, type Order, ORDERS, type Wanted } from "./model/lists";
import { NotifyButton } from "./Notify";
import { type Inner, type OpenChat, RowList, type Rows, Waiting } from "./Rows";
import { Running } from "./Running";
import { StatsLink } from "./Side";

/** Typing is over after so long. */
const TYPED_MS = 250;

interface Props {
  wanted: Wanted;
  /** The notes that mention the person here, in place of a list. */
  mentions: boolean;
  q: string;
  open: readonly string[];
  focused: string | undefined;
  onSearch: (q: string) => void;
  onOrder: (order: Order) => void;
  /** Only the person's own, or all. */
  onMine: (on: boolean) => void;
  onOpen: OpenChat;
  /** Gives what stands in the list now, for the keys. */
  onRows: (rows: Rows) => void;
}

export function ListPane({ wanted, mentions, q, open, focused, onSearch, onOrder, onMine, onOpen, onRows }: Props) {
  const t = useT();
  const [everyBotChat, setEveryBotChat] = useState(false);
  const watches = wanted.view === "bot" && !q && !mentions;
  return (
    <>
      <header className={styles["head"]}>
        <h2 className={styles["title"]}>{q ? t("chat.list.found", { what: q }) : t(`chat.views.${mentions ? "mentions" : wanted.view}`)}</h2>
        <span className={styles["tools"]}>
          <NotifyButton />
          <StatsLink />
        </span>
        {watches && (
          <Segmented
            label={t("chat.list.which")}
            value={everyBotChat ? "every" : "running"}
            onChange={(next) => setEveryBotChat(next === "every")}
            options={[
              { value: "running", label: t("chat.list.running") },
              { value: "every", label: t("chat.list.every") },
            ]}
          />
        )}
        {!q && !mentions && !watches && (
          <Menu
            align="end"
            trigger={
              <IconButton size="small" label={t("chat.list.order")}>
                <ArrowDownWideNarrow size={16} aria-hidden />
              </IconButton>
            }
          >
            {ORDERS.map((order) => (
              <MenuItem key={order} checked={order === wanted.order} onClick={() => onOrder(order)}>
                {t(`chat.list.${order}`)}
              </MenuItem>
            ))}
            {wanted.view !== "mine" && (
              <>
                <MenuSeparator />
                <MenuItem checked={wanted.mine === true} onClick={() => onMine(wanted.mine !== true)}>
                  {t("chat.list.onlyMine")}
                </MenuItem>
              </>
            )}
          </Menu>
        )}
      </header>
      <SearchField q={q} onSearch={onSearch} />
      {q ? (
        <Found q={q} bot={wanted.bot} open={open} focused={focused} onOpen={onOpen} onRows={onRows} onClear={() => onSearch("")} />
      ) : mentions ? (
        <MentionList focused={focused} onOpen={onOpen} onRows={onRows} />
      ) : watches && !everyBotChat ? (
        <Running bot={wanted.bot} open={open} focused={focused} onOpen={onOpen} onRows={onRows} />
      ) : (
        <Listed wanted={wanted} open={open} focused={focused} onOpen={onOpen} onRows={onRows} />
      )}
    </>
  );
}

function SearchField({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const t = useT();
  const [typed, setTyped] = useState(q);
  const [known, setKnown] = useState(q);
  if (known !== q) {
    setKnown(q);
    setTyped(q);
  }
  useEffect(() => {
    if (typed.trim() === q) return undefined;
    const timer = setTimeout(() => onSearch(typed.trim()), TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed, q, onSearch]);
  return (
    <div className={styles["search"]}>
      <TextInput
        label={t("chat.list.search")}
        hideLabel
        type="search"
        placeholder={t("chat.list.search")}
        icon={<Search size={15} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && typed) {
            event.preventDefault();
            setTyped("");
            onSearch("");
          }
        }}
        data-search
      />
    </div>
  );
}

function Listed({ wanted, open, focused, onOpen, onRows }: Inner & { wanted: Wanted }) {
  const t = useT();
  const store = useStore();
  const list = useList(wanted);
  const name = nameOf(wanted);
  const rows = list?.rows ?? [];
  const ids = useCallback<Rows>(() => store.list(wanted)?.rows.map((row) => row.id) ?? [], [store, name]); // oxlint-disable-line react/exhaustive-deps -- the name says all that is wanted
  useEffect(() => onRows(ids), [onRows, ids]);
  const onEnd = useCallback(() => {
    if (store.list(wanted)?.failed === undefined) void store.readMore(name);
    // The name says all that is wanted.
    // oxlint-disable-next-line react/exhaustive-deps -- as above
  }, [store, name]);
  if (!list || (rows.length === 0 && list.next !== null && list.failed === undefined)) return <Waiting />;
  if (rows.length === 0 && list.failed === undefined) {
    return (
      <div className={styles["room"]}>
        <EmptyState icon={<MessageCircle size={22} aria-hidden />} title={t(`chat.list.none.${wanted.view}`)}>
          {t(`chat.list.noneLead.${wanted.view}`)}
        </EmptyState>
      </div>
    );
  }
  return (
    <RowList
      key={name}
      count={rows.length}
      idAt={(at) => rows[at]?.id ?? ""}
      ids={ids}
      open={open}
      focused={focused}
      onOpen={onOpen}
      onEnd={list.next === null ? undefined : onEnd}
      failed={list.failed}
      retry={() => void store.readMore(name)}
    />
  );
}
