// How customers begin: a link, a QR code and a button for a page, with a mark that says where they came from.

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";

import { useBot } from "../../bots/Bot";
import { useT } from "../../i18n/i18n";
import { useWorkspace } from "../../shell/workspace";
import { buttonClass, CopyButton, CopyField, Field, Section, Select, TextInput } from "../../ui";
import web from "../web/Web.module.css";
import styles from "./Consult.module.css";
import { type ConsultChannel, linkQuery } from "./read";

const isMark = (text: string) => /^[A-Za-z0-9_]{0,50}$/.test(text);

export function StartLinks({ channel }: { channel: ConsultChannel }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const [extra, setExtra] = useState("");
  const [who, setWho] = useState<"false" | "auto" | "true">("false");
  const [event, setEvent] = useState("");
  const channelId = channel.settings.channelId ?? "";
  const good = isMark(extra) && isMark(event) && channelId !== "";
  const query = { ...(extra && { extra }), ...(who !== "false" && { bot: who }), ...(who !== "false" && event && { event }) };
  const read = useQuery({ ...linkQuery(ws, bot.id, query), enabled: good, placeholderData: (before) => before });
  const drawing = read.data && `data:image/svg+xml,${encodeURIComponent(read.data.qr)}`;
  return (
    <Section title={t("consult.links.title")} description={t("consult.links.lead")}>
      {channelId === "" ? (
        <p className={styles["fine"]}>{t("consult.links.noId")}</p>
      ) : (
        <>
          <Field label={t("consult.links.who")}>
            {() => (
              <Select
                label={t("consult.links.who")}
                value={who}
                onChange={setWho}
                options={[
                  { value: "false", label: t("consult.links.consult") },
                  { value: "auto", label: t("consult.links.auto") },
                  { value: "true", label: t("consult.links.bot") },
                ]}
              />
            )}
          </Field>
          <TextInput label={t("consult.links.extra")} hint={t("consult.links.extraHint")} error={isMark(extra) ? undefined : t("consult.links.badMark")} placeholder="summer_sale" value={extra} spellCheck={false} onChange={(change) => setExtra(change.target.value)} />
          {who !== "false" && <TextInput label={t("consult.links.event")} error={isMark(event) ? undefined : t("consult.links.badMark")} value={event} spellCheck={false} onChange={(change) => setEvent(change.target.value)} />}
          {read.data && good && (
            <div className={web["link"]}>
              <div>
                <CopyField label={t("consult.links.url")} value={read.data.url} />
                <div className={styles["acts"]}>
                  <CopyButton text={read.data.html}>{t("consult.links.html")}</CopyButton>
                  <a className={buttonClass("secondary")} href={drawing} download="consulttalk-qr.svg">
                    <Download size={16} aria-hidden />
                    {t("consult.links.download")}
                  </a>
                </div>
                <p className={styles["fine"]}>{t("consult.links.noPersonal")}</p>
              </div>
              <img className={web["qr"]} src={drawing} alt={t("consult.links.qr")} />
            </div>
          )}
        </>
      )}
    </Section>
  );
}
