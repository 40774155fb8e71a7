// What an agent wants to be told, and how.

import { Bell } from "lucide-react";
import { useState } from "react";

import { useLanguage, useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { Button, Dialog, Field, IconButton, Select, Switch } from "../ui";
import { changeMine } from "./api";
import { useAgents, useStore } from "./hooks";
import { canNotify, play, show } from "./notify";
import { NEWS_KINDS, type OwnSettings, ownSettings } from "./own";
import { standing, turnOff, turnOn } from "./push";

const SECONDS = [1, 3, 5, 8, 15, 30, 60];

export function NotifyButton() {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton size="small" label={t("chat.notify.open")} onClick={() => setOpen(true)}>
        <Bell size={16} aria-hidden />
      </IconButton>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("chat.notify.title")} description={t("chat.notify.lead")} footer={<Button variant="primary" onClick={() => setOpen(false)}>{t("ui.done")}</Button>}>
        {open && <Wishes />}
      </Dialog>
    </>
  );
}

function Wishes() {
  const t = useT();
  const store = useStore();
  const act = useAct();
  const own = ownSettings(useAgents().find((agent) => agent.id === store.me));
  const [permission, setPermission] = useState(() => (canNotify() ? Notification.permission : "denied"));
  const keep = (next: OwnSettings) => {
    store.setOwnSettings(next);
    void act({ run: () => changeMine(store.ws, { settings: next as never }) }).then((went) => !went && store.setOwnSettings(own));
  };
  return (
    <>
      {permission === "default" && <Button onClick={() => void Notification.requestPermission().then(setPermission)}>{t("chat.notify.allow")}</Button>}
      {permission !== "default" && <p>{permission === "granted" ? t("chat.notify.allowed") : t("chat.notify.denied")}</p>}
      <PushSwitch onChange={() => setPermission(canNotify() ? Notification.permission : "denied")} />
      {NEWS_KINDS.map((kind) => (
        <Switch key={kind} label={t(`chat.notify.kinds.${kind}`)} checked={own.notify[kind]} onChange={(on) => keep({ ...own, notify: { ...own.notify, [kind]: on } })} />
      ))}
      <Switch label={t("chat.notify.sound")} hint={t("chat.notify.soundHint")} checked={own.sound} onChange={(sound) => keep({ ...own, sound })} />
      <Field label={t("chat.notify.seconds")}>
        {({ id }) => (
          <Select
            id={id}
            label={t("chat.notify.seconds")}
            value={String(own.seconds)}
            onChange={(seconds) => keep({ ...own, seconds: Number(seconds) })}
            options={[...new Set([...SECONDS, own.seconds])].toSorted((a, b) => a - b).map((n) => ({ value: String(n), label: t("chat.notify.secondsUnit", { n }) }))}
          />
        )}
      </Field>
      <Button
        onClick={() => {
          if (own.sound) play();
          show(t("chat.notify.request"), t("chat.notify.tried"), "try", own.seconds, () => undefined);
        }}
      >
        {t("chat.notify.try")}
      </Button>
    </>
  );
}

/** Whether this browser is told while the window is closed. */
function PushSwitch({ onChange }: { onChange: () => void }) {
  const t = useT();
  const language = useLanguage();
  const { ws } = useStore();
  const [now, setNow] = useState(() => standing(ws));
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const turn = async (on: boolean) => {
    setBusy(true);
    setFailed(false);
    try {
      await (on ? turnOn(ws, language) : turnOff(ws));
    } catch {
      // The browser's maker, or our server: either way the person can only try again.
      setFailed(true);
    }
    setBusy(false);
    setNow(standing(ws));
    onChange();
  };
  const hint = now === "impossible" ? t("chat.notify.pushImpossible") : failed ? t("chat.notify.pushFailed") : t("chat.notify.pushHint");
  return <Switch label={t("chat.notify.push")} hint={hint} checked={now === "on"} disabled={busy || now === "impossible" || now === "denied"} onChange={(on) => void turn(on)} />;
}
