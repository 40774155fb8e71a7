// Above the canvas: what is edited, whether it is saved, and the acts that are always wanted.

import { Link } from "@tanstack/react-router";
import { ArrowLeft, ChevronRight, CircleAlert, CloudOff, PanelLeft, PanelRight, Play, Redo2, TriangleAlert, Undo2 } from "lucide-react";

import { flowOf } from "../flow/document";
import { useT } from "../i18n/i18n";
import { useExplain } from "../shell/form";
import { Avatar, Badge, Button, cx, IconButton, Menu, MenuItem, Tooltip } from "../ui";
import { changeLayout, hide, type Pane, useLayout } from "./panes";
import { PublishButton } from "./slots";
import { useEditor, useEditorState, useEditorStore } from "./store";
import styles from "./TopBar.module.css";

export function TopBar({ onConflicts }: { onConflicts: () => void }) {
  const t = useT();
  const store = useEditorStore();
  const { ws, botId, doc, flowId, canUndo, canRedo, undo, redo, readonly } = useEditor();
  const layout = useLayout();
  const flow = flowOf(doc, flowId);
  const shown = (pane: Pane) => !layout.hidden.includes(pane);
  const toggle = (pane: Pane) => changeLayout((now) => hide(now, pane, shown(pane)));
  return (
    <header className={styles["bar"]}>
      <Link to="/w/$ws/bots/$bot" params={{ ws, bot: botId }} className={styles["back"]} aria-label={t("editor.back", { title: doc.title })}>
        <ArrowLeft size={16} aria-hidden />
      </Link>
      <h1 className={styles["where"]}>
        <span className={styles["bot"]}>{doc.title}</span>
        <ChevronRight size={14} aria-hidden />
        <Menu
          trigger={
            <button type="button" className={styles["flow"]} aria-label={t("editor.flows.goTo", { title: flow?.title ?? "" })}>
              {flow?.title}
            </button>
          }
        >
          {doc.flows.map((one) => (
            <MenuItem key={one.id} checked={one.id === flowId} onClick={() => store.select(one.id)}>
              {one.title}
            </MenuItem>
          ))}
        </Menu>
      </h1>
      {readonly ? <Badge>{t("roles.readonly")}</Badge> : <SavedState onConflicts={onConflicts} />}
      <div className={styles["space"]} />
      <People />
      <div className={styles["group"]}>
        <IconButton label={t("editor.acts.undo")} size="small" reason={canUndo ? undefined : t("editor.nothingToUndo")} onClick={undo}>
          <Undo2 size={16} aria-hidden />
        </IconButton>
        <IconButton label={t("editor.acts.redo")} size="small" reason={canRedo ? undefined : t("editor.nothingToRedo")} onClick={redo}>
          <Redo2 size={16} aria-hidden />
        </IconButton>
      </div>
      <Problems pressed={shown("problems")} onPress={() => toggle("problems")} />
      <div className={cx(styles["group"], styles["wide"])}>
        <IconButton label={t(shown("explorer") ? "editor.panes.hideLeft" : "editor.panes.showLeft")} size="small" aria-pressed={shown("explorer")} onClick={() => changeLayout((now) => hide(hide(now, "explorer", shown("explorer")), "palette", shown("explorer")))}>
          <PanelLeft size={16} aria-hidden />
        </IconButton>
        <IconButton label={t(shown("form") ? "editor.panes.hideRight" : "editor.panes.showRight")} size="small" aria-pressed={shown("form")} onClick={() => toggle("form")}>
          <PanelRight size={16} aria-hidden />
        </IconButton>
      </div>
      <Button size="small" className={styles["wide"]} icon={<Play size={14} aria-hidden />} aria-pressed={shown("preview")} onClick={() => toggle("preview")}>
        {t("editor.panes.preview")}
      </Button>
      <PublishButton />
    </header>
  );
}

function SavedState({ onConflicts }: { onConflicts: () => void }) {
  const t = useT();
  const explain = useExplain();
  const saved = useEditorState((state) => state.saved);
  const refusal = useEditorState((state) => state.refusal);
  const n = useEditorState((state) => state.conflicts.length);
  if (saved === "conflict") {
    return (
      <button type="button" className={cx(styles["saved"], styles["warn"])} onClick={onConflicts}>
        <CircleAlert size={14} aria-hidden />
        {t("editor.conflicts.open", { n })}
      </button>
    );
  }
  const why = saved === "refused" ? explain(refusal) : undefined;
  const state = (
    <span className={cx(styles["saved"], saved === "offline" && styles["warn"], saved === "refused" && styles["bad"])} role="status" data-saved={saved}>
      {saved === "offline" && <CloudOff size={14} aria-hidden />}
      {saved === "refused" && <CircleAlert size={14} aria-hidden />}
      {t(`editor.saved.${saved}`)}
    </span>
  );
  return why ? <Tooltip text={[why.title, why.detail].filter(Boolean).join(" ")}>{state}</Tooltip> : state;
}

function People() {
  const t = useT();
  const store = useEditorStore();
  const people = useEditorState((state) => state.people);
  if (people.length === 0) return null;
  return (
    <ul className={styles["people"]} aria-label={t("editor.people")}>
      {people.slice(0, 4).map((one) => (
        <li key={one.session}>
          <Tooltip text={t("editor.isHere", { name: one.name })}>
            <button type="button" aria-label={t("editor.follow", { name: one.name })} onClick={() => one.flow !== null && store.jump(one.flow, one.node ?? undefined)}>
              <Avatar name={one.name} picture={one.picture} size={24} />
            </button>
          </Tooltip>
        </li>
      ))}
      {people.length > 4 && <li className={cx(styles["morePeople"], styles["onWide"])}>+{people.length - 4}</li>}
      {people.length > 1 && <li className={cx(styles["morePeople"], styles["onPhone"])}>+{people.length - 1}</li>}
    </ul>
  );
}

function Problems({ pressed, onPress }: { pressed: boolean; onPress: () => void }) {
  const t = useT();
  const complaints = useEditorState((state) => state.complaints);
  const n = complaints.filter((one) => one.severity !== "note").length;
  const errors = complaints.some((one) => one.severity === "error");
  return (
    <button type="button" className={cx(styles["problems"], n > 0 && (errors ? styles["bad"] : styles["warn"]))} aria-pressed={pressed} aria-label={t("editor.problems.count", { n })} onClick={onPress}>
      <TriangleAlert size={14} aria-hidden />
      <span className={styles["problemWords"]}>{t("editor.problems.count", { n })}</span>
      <span className={styles["problemNumber"]}>{n}</span>
    </button>
  );
}
