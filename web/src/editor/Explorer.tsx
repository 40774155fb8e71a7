// The flows of the bot, and finding in all that its nodes say.

import { CornerDownRight, Copy, Download, EllipsisVertical, FileUp, Flag, LifeBuoy, Pencil, Plus, Search, Trash2, TriangleAlert, X } from "lucide-react";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";

import { KindChip } from "../canvas/kinds";
import { addFlow, removeFlow, renameFlow, replaceFlow, setEntryFlow, setFallbackFlow } from "../flow/commands";
import { entryFlowId, fallbackFlowId, flowOf, freshFlowId, nodeOf } from "../flow/document";
import { flowCopy, flowFile, freeTitle, readFlow, withId } from "../flow/exchange";
import { put } from "../flow/json";
import { search } from "../flow/search";
import { type FlowDoc, typeOf } from "../flow/types";
import { type Translate, useT } from "../i18n/i18n";
import { useBar } from "../shell/roles";
import { match } from "../shell/search";
import { Avatar, Button, complain, cx, Dialog, DialogButtons, IconButton, Menu, MenuItem, MenuSeparator, say, Tooltip } from "../ui";
import { saveAs } from "./files";
import { newFlow } from "./flows";
import styles from "./Explorer.module.css";
import type { EditorStore } from "./store";
import { tollOf } from "./state";
import { useEditorState, useEditorStore } from "./store";
import { undoLater } from "./undo";

/** Reads a flow's file and puts it in: as a new flow, or over the one with this id. */
export async function importFlow(store: EditorStore, file: File, t: Translate, over?: number): Promise<void> {
  const made = readFlow(await file.text());
  if ("unsound" in made) {
    complain(t("editor.flows.notImported", { file: file.name }), t(`editor.unsound.${made.unsound}`, { node: made.node ?? 0 }));
    return;
  }
  const { doc } = store.get();
  const old = over === undefined ? undefined : flowOf(doc, over);
  if (old) {
    store.run(replaceFlow(put(withId(made.flow, old.id), "title", old.title)));
    store.jump(old.id);
    say(t("editor.flows.replaced", { title: old.title }), { label: t("ui.undo"), run: undoLater(store, t) });
    return;
  }
  const flow = put(withId(made.flow, freshFlowId(doc)), "title", freeTitle(doc, made.flow.title || t("editor.flows.untitled")));
  store.run(addFlow(flow));
  store.jump(flow.id);
  say(t("editor.flows.imported", { title: flow.title }));
}

export function ExplorerTools() {
  const t = useT();
  const store = useEditorStore();
  const bar = useBar();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={t("editor.flows.import")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void importFlow(store, file, t);
        }}
      />
      <IconButton size="small" label={t("editor.flows.import")} reason={bar("editor")} onClick={() => input.current?.click()}>
        <FileUp size={15} aria-hidden />
      </IconButton>
      <IconButton size="small" label={t("editor.flows.new")} reason={bar("editor")} onClick={() => newFlow(store, t)}>
        <Plus size={16} aria-hidden />
      </IconButton>
    </>
  );
}

export function Explorer() {
  const t = useT();
  const [wanted, setWanted] = useState("");
  const flows = useEditorState((state) => state.doc.flows);
  const shown = useMemo(() => (wanted.trim() ? flows.filter((flow) => match(flow.title, wanted) !== undefined) : flows), [flows, wanted]);
  return (
    <div className={styles["explorer"]}>
      <div className={styles["find"]} data-search>
        <Search size={14} aria-hidden />
        <input
          type="search"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape" && wanted !== "") {
              event.stopPropagation();
              setWanted("");
            }
          }}
          placeholder={t("editor.flows.find")}
          aria-label={t("editor.flows.find")}
          autoComplete="off"
          spellCheck={false}
        />
        {wanted && (
          <button type="button" aria-label={t("editor.flows.clear")} onClick={() => setWanted("")}>
            <X size={14} aria-hidden />
          </button>
        )}
      </div>
      <ul className={styles["flows"]} aria-label={t("editor.flows.list")}>
        {shown.map((flow) => (
          <FlowRow key={flow.id} flow={flow} />
        ))}
      </ul>
      {wanted.trim() && <Results wanted={wanted} flowsToo={shown.length > 0} />}
    </div>
  );
}

function FlowRow({ flow }: { flow: FlowDoc }) {
  const t = useT();
  const store = useEditorStore();
  const here = useEditorState((state) => state.flowId === flow.id);
  const isEntry = useEditorState((state) => entryFlowId(state.doc) === flow.id);
  const isFallback = useEditorState((state) => fallbackFlowId(state.doc) === flow.id);
  const { problems, errors } = useEditorState((state) => tollOf(state.complaints, flow.id));
  const renaming = useEditorState((state) => state.renaming === flow.id);
  const allPeople = useEditorState((state) => state.people);
  const people = allPeople.filter((one) => one.flow === flow.id);
  const row = useRef<HTMLLIElement>(null);
  // A menu for each of a hundred flows would cost more than the flows: it comes when one is near.
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (here) row.current?.scrollIntoView({ block: "nearest" });
  }, [here]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- only to have its menu ready; what acts are its buttons
    <li ref={row} className={cx(styles["flow"], here && styles["here"])} onPointerEnter={() => setNear(true)} onFocus={() => setNear(true)}>
      {renaming ? (
        <Rename flow={flow} />
      ) : (
        <button
          type="button"
          className={styles["name"]}
          aria-current={here || undefined}
          onClick={() => store.select(flow.id)}
          onDoubleClick={() => !store.readonly && store.set({ renaming: flow.id })}
        >
          <span className={styles["title"]}>{flow.title || t("editor.flows.untitled")}</span>
          {isEntry && (
            <Tooltip text={t("editor.flows.entry")}>
              <span role="img" aria-label={t("editor.flows.entry")}>
                <Flag size={13} aria-hidden />
              </span>
            </Tooltip>
          )}
          {isFallback && (
            <Tooltip text={t("editor.flows.fallback")}>
              <span role="img" aria-label={t("editor.flows.fallback")}>
                <LifeBuoy size={13} aria-hidden />
              </span>
            </Tooltip>
          )}
          {problems > 0 && (
            <span className={cx(styles["problems"], errors && styles["errors"])} aria-label={t("editor.problems.of", { n: problems })}>
              {problems}
            </span>
          )}
          {people.map((one) => (
            <Tooltip key={one.session} text={one.name}>
              <span className={styles["person"]}>
                <Avatar name={one.name} picture={one.picture} size={20} />
              </span>
            </Tooltip>
          ))}
        </button>
      )}
      {here || near ? <FlowMenu flow={flow} isEntry={isEntry} isFallback={isFallback} /> : <span className={styles["more"]} />}
    </li>
  );
}

function Rename({ flow }: { flow: FlowDoc }) {
  const t = useT();
  const store = useEditorStore();
  const [title, setTitle] = useState(flow.title);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const done = (keep: boolean) => {
    if (store.get().renaming !== flow.id) return;
    store.set({ renaming: undefined });
    if (keep && title.trim() !== "" && title.trim() !== flow.title) store.run(renameFlow(flow.id, title.trim()));
  };
  return (
    <input
      ref={field}
      className={styles["rename"]}
      aria-label={t("editor.flows.name")}
      value={title}
      maxLength={100}
      onChange={(event) => setTitle(event.target.value)}
      onBlur={() => done(true)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") done(true);
        else if (event.key === "Escape") done(false);
        else return;
        event.preventDefault();
        event.stopPropagation();
        document.querySelector<HTMLElement>("[data-canvas]")?.focus();
      }}
    />
  );
}

function FlowMenu({ flow, isEntry, isFallback }: { flow: FlowDoc; isEntry: boolean; isFallback: boolean }) {
  const t = useT();
  const store = useEditorStore();
  const bar = useBar()("editor");
  const input = useRef<HTMLInputElement>(null);
  const [deleting, setDeleting] = useState(false);
  const barred = { disabled: bar !== undefined, ...(bar !== undefined && { note: bar }) };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={t("editor.flows.replace")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void importFlow(store, file, t, flow.id);
        }}
      />
      <Menu
        trigger={
          <button type="button" className={styles["more"]} aria-label={t("editor.flows.acts", { title: flow.title })}>
            <EllipsisVertical size={15} aria-hidden />
          </button>
        }
      >
        <MenuItem icon={<Pencil size={16} aria-hidden />} {...barred} onClick={() => store.set({ renaming: flow.id })}>
          {t("editor.flows.rename")}
        </MenuItem>
        <MenuItem
          icon={<Copy size={16} aria-hidden />}
          disabled={bar !== undefined}
          onClick={() => {
            const { doc } = store.get();
            const copy = flowCopy(doc, flow, freeTitle(doc, t("editor.flows.copyOf", { title: flow.title })));
            store.run(addFlow(copy, "alone", "duplicateFlow"));
            store.jump(copy.id);
          }}
        >
          {t("editor.flows.duplicate")}
        </MenuItem>
        <MenuItem icon={<Flag size={16} aria-hidden />} disabled={bar !== undefined || isEntry} checked={isEntry} onClick={() => store.run(setEntryFlow(flow.id))}>
          {t("editor.flows.setEntry")}
        </MenuItem>
        <MenuItem
          icon={<LifeBuoy size={16} aria-hidden />}
          disabled={bar !== undefined}
          checked={isFallback}
          onClick={() => store.run(setFallbackFlow(isFallback ? undefined : flow.id))}
        >
          {t("editor.flows.setFallback")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Download size={16} aria-hidden />} onClick={() => saveAs(`${flow.title || "flow"}.json`, flowFile(flow), "application/json")}>
          {t("editor.flows.export")}
        </MenuItem>
        <MenuItem icon={<FileUp size={16} aria-hidden />} disabled={bar !== undefined} onClick={() => input.current?.click()}>
          {t("editor.flows.replace")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          icon={<Trash2 size={16} aria-hidden />}
          danger
          disabled={bar !== undefined || isEntry}
          {...(isEntry && { note: t("editor.flows.entryStays") })}
          onClick={() => setDeleting(true)}
        >
          {t("editor.flows.delete")}
        </MenuItem>
      </Menu>
      {deleting && <DeleteFlow flow={flow} onClose={() => setDeleting(false)} />}
    </>
  );
}

/** Who leads into a flow is told before it goes; taking it back brings all of it back. */
function DeleteFlow({ flow, onClose }: { flow: FlowDoc; onClose: () => void }) {
  const t = useT();
  const store = useEditorStore();
  const leading = store
    .get()
    .doc.flows.filter((one) => one.id !== flow.id && one.nodes.some((node) => JSON.stringify(node.data ?? null).includes(`"flowId":${flow.id}`)));
  const act = () => {
    onClose();
    store.run(removeFlow(flow.id));
    say(t("editor.flows.deleted", { title: flow.title }), { label: t("ui.undo"), run: undoLater(store, t) });
  };
  useEffect(() => {
    if (leading.length === 0) act();
    // oxlint-disable-next-line react/exhaustive-deps -- once, when it is asked for
  }, []);
  if (leading.length === 0) return null;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("editor.flows.deleteTitle", { title: flow.title })}
      description={t("editor.flows.deleteLead", { flows: leading.map((one) => one.title).join(", ") })}
      width="small"
      footer={<DialogButtons act={t("editor.flows.delete")} variant="danger" onCancel={onClose} onAct={act} />}
    />
  );
}

/** Nodes that say what is looked for. */
function Results({ wanted, flowsToo }: { wanted: string; flowsToo: boolean }) {
  const t = useT();
  const store = useEditorStore();
  const doc = useEditorState((state) => state.doc);
  const needle = useDeferredValue(wanted);
  const { found, more } = useMemo(() => search(doc, needle), [doc, needle]);
  if (found.length === 0) return flowsToo ? null : <p className={styles["none"]}>{t("editor.flows.nothing", { wanted })}</p>;
  return (
    <section aria-label={t("editor.flows.inNodes")}>
      <h3 className={styles["heading"]}>{t("editor.flows.inNodes")}</h3>
      <ul className={styles["results"]}>
        {found.map((one) => {
          const flow = flowOf(doc, one.flow);
          const node = nodeOf(flow, one.node);
          if (!flow || !node) return null;
          return (
            <li key={`${one.flow}/${one.node}`}>
              <button type="button" className={styles["result"]} onClick={() => store.jump(one.flow, one.node)}>
                <KindChip kind={typeOf(node)} size={18} label={t(`editor.kinds.${typeOf(node)}`)} />
                <span>
                  <span className={styles["snippet"]}>
                    {one.before}
                    <mark>{one.hit}</mark>
                    {one.after}
                  </span>
                  <span className={styles["place"]}>
                    <CornerDownRight size={12} aria-hidden />
                    {flow.title} › {node.label || t(`editor.kinds.${typeOf(node)}`)}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {more && (
        <p className={styles["none"]}>
          <TriangleAlert size={13} aria-hidden /> {t("editor.flows.tooMany", { n: found.length })}
        </p>
      )}
    </section>
  );
}

/** For the canvas of a bot that has no flow. */
export function NoFlow() {
  const t = useT();
  const store = useEditorStore();
  const bar = useBar()("editor");
  return (
    <Button icon={<Plus size={16} aria-hidden />} reason={bar} onClick={() => newFlow(store, t)}>
      {t("editor.flows.new")}
    </Button>
  );
}
