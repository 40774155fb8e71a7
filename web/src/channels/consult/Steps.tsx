// The way to a channel that answers: what to ask the dealer for, what they gave, where they deliver, in which order to switch
// on, and whether both directions live.

import { useQueryClient } from "@tanstack/react-query";
import { Check, CircleAlert, Hourglass } from "lucide-react";
import { type ReactNode, useState } from "react";

import { useBot } from "../../bots/Bot";
import { ago } from "../../i18n/format";
import { useLanguage, useT } from "../../i18n/i18n";
import { useAct } from "../../shell/act";
import { useBar } from "../../shell/roles";
import { useNow } from "../../shell/useNow";
import { useWorkspace } from "../../shell/workspace";
import { Banner, Button, complain, CopyButton, CopyField, cx, say, Switch, TextInput } from "../../ui";
import guide from "../Guide.module.css";
import { Connection } from "./Connection";
import styles from "./Consult.module.css";
import { askDealer, type ConsultChannel, consultQuery, type Enquiry, relayOf, setConsult } from "./read";

type Stand = "done" | "now" | "wrong";

export function Steps({ channel }: { channel: ConsultChannel }) {
  const t = useT();
  const heard = channel.heardAt !== null;
  return (
    <ol className={guide["steps"]} aria-label={t("consult.steps.label")}>
      <Step nth={1} title={t("consult.steps.contract")} stand={channel.configured ? "done" : "now"}>
        <Contract />
      </Step>
      <Step nth={2} title={t("consult.steps.connection")} stand={channel.configured ? "done" : "now"}>
        <Connection channel={channel} />
      </Step>
      {channel.configured && (
        <>
          <Step nth={3} title={t("consult.steps.receive")} stand={heard ? "done" : "now"}>
            <Receive channel={channel} />
          </Step>
          <Step nth={4} title={t("consult.steps.activate")} stand={channel.enabled && heard ? "done" : "now"}>
            <Activate channel={channel} />
          </Step>
          <Step nth={5} title={t("consult.steps.check")} stand={channel.trouble ? "wrong" : heard && channel.calledAt !== null ? "done" : "now"}>
            <Signs channel={channel} />
          </Step>
        </>
      )}
    </ol>
  );
}

function Step({ nth, title, stand, children }: { nth: number; title: string; stand: Stand; children: ReactNode }) {
  const t = useT();
  return (
    <li className={cx(guide["step"], guide[stand])} data-stand={stand}>
      <span className={guide["mark"]} aria-hidden>
        {stand === "done" ? <Check size={15} /> : stand === "wrong" ? <CircleAlert size={15} /> : nth}
      </span>
      <div className={styles["body"]}>
        <h2>
          {title} <span className="sr-only">{t(`consult.steps.${stand}`)}</span>
        </h2>
        {children}
      </div>
    </li>
  );
}

const EMPTY: Enquiry = { company: "", profile: "", phone: "", homepage: "", registration: "" };
const FIELDS = ["company", "profile", "phone", "homepage", "registration"] as const;

/** What to ask the dealer for, and the mail that asks. */
function Contract() {
  const t = useT();
  const { name } = useWorkspace();
  const [values, setValues] = useState<Enquiry>({ ...EMPTY, company: name });
  const lines = FIELDS.map((field) => `- ${t(`consult.contract.${field}`)}: ${values[field].trim()}`);
  const mail = t("consult.contract.mail", { fields: lines.join("\n") });
  return (
    <>
      <p>{t("consult.contract.lead")}</p>
      <ul className={styles["list"]}>
        <li>{t("consult.contract.get1")}</li>
        <li>{t("consult.contract.get2")}</li>
        <li>{t("consult.contract.get3")}</li>
      </ul>
      <details className={styles["more"]}>
        <summary>{t("consult.contract.write")}</summary>
        <div className={styles["pair"]}>
          {FIELDS.map((field) => (
            <TextInput key={field} label={t(`consult.contract.${field}`)} placeholder={t(`consult.contract.${field}Hint`)} value={values[field]} onChange={(event) => setValues({ ...values, [field]: event.target.value })} />
          ))}
        </div>
        <pre className={styles["text"]}>{mail}</pre>
        <div className={styles["acts"]}>
          <CopyButton text={mail}>{t("consult.contract.copy")}</CopyButton>
        </div>
      </details>
    </>
  );
}

/** Asks the dealer to do something, and says what they answered. */
function useAsk() {
  const t = useT();
  const language = useLanguage();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const client = useQueryClient();
  const act = useAct();
  const [busy, setBusy] = useState(false);
  const ask = async (work: Parameters<typeof askDealer>[2], done: string) => {
    setBusy(true);
    await act({
      run: async () => {
        const answer = await askDealer(ws, bot.id, work);
        await client.invalidateQueries({ queryKey: consultQuery(ws, bot.id).queryKey });
        if (answer.done) say(done);
        else complain(t("consult.refused"), answer.trouble ? (language === "ko" ? answer.trouble.ko : answer.trouble.en) : "");
      },
    });
    setBusy(false);
  };
  return { ask, busy };
}

function Receive({ channel }: { channel: ConsultChannel }) {
  const t = useT();
  const barred = useBar()("admin");
  const { ask, busy } = useAsk();
  const own = relayOf(channel, channel.relay)?.setsReceiveAddress ?? false;
  const url = channel.receiveUrl ?? "";
  return (
    <>
      <p>{t(own ? "consult.receive.own" : "consult.receive.theirs")}</p>
      <CopyField label={t("consult.receive.url")} value={url} />
      <p className={styles["fine"]}>{t("consult.receive.secret")}</p>
      {!url.startsWith("https://") && <Banner tone="warn">{t("consult.receive.https")}</Banner>}
      {own && (
        <div className={styles["acts"]}>
          <Button reason={barred} busy={busy} onClick={() => void ask("receive", t("consult.receive.done"))}>
            {t("consult.receive.act")}
          </Button>
        </div>
      )}
    </>
  );
}

function Activate({ channel }: { channel: ConsultChannel }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const client = useQueryClient();
  const act = useAct();
  const barred = useBar()("admin");
  const { ask, busy } = useAsk();
  const { queryKey } = consultQuery(ws, bot.id);
  const turn = (enabled: boolean) =>
    void act<ConsultChannel>({
      key: queryKey,
      guess: (now) => ({ ...now, enabled }),
      run: async () =>
        client.setQueryData(queryKey, await setConsult(ws, bot.id, { enabled, relay: channel.relay, senderKey: channel.senderKey, settings: channel.settings, keys: {} })),
    });
  return (
    <>
      <p>{t("consult.activate.lead")}</p>
      <Banner tone="warn" title={t("consult.activate.closes")}>
        {t("consult.activate.closesWhy")}
      </Banner>
      <Switch label={t("consult.activate.listen")} hint={t("consult.activate.listenHint")} checked={channel.enabled} reason={barred} onChange={turn} />
      <div className={styles["acts"]}>
        <Button variant="primary" reason={barred ?? (channel.enabled ? undefined : t("consult.activate.first"))} busy={busy} onClick={() => void ask("activate", t("consult.activate.done"))}>
          {t("consult.activate.act")}
        </Button>
        <Button variant="quiet" reason={barred} onClick={() => void ask("deactivate", t("consult.activate.stopped"))}>
          {t("consult.activate.stop")}
        </Button>
      </div>
    </>
  );
}

function Sign({ at, children }: { at: number | null; children: ReactNode }) {
  return (
    <li data-lives={at !== null}>
      {at === null ? <Hourglass size={15} aria-hidden /> : <Check size={15} aria-hidden />}
      {children}
    </li>
  );
}

function Signs({ channel }: { channel: ConsultChannel }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  return (
    <>
      <p>{t("consult.check.lead")}</p>
      <ul className={styles["signs"]}>
        <Sign at={channel.heardAt}>{channel.heardAt === null ? t("consult.check.notHeard") : t("consult.check.heard", { at: ago(channel.heardAt, now, language), what: channel.heard })}</Sign>
        <Sign at={channel.calledAt}>{channel.calledAt === null ? t("consult.check.notCalled") : t("consult.check.called", { at: ago(channel.calledAt, now, language) })}</Sign>
      </ul>
    </>
  );
}
