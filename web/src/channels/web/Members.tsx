// How a site names its own users: the signing key, and how to sign.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { useBot } from "../../bots/Bot";
import { useT } from "../../i18n/i18n";
import { useAct } from "../../shell/act";
import { useBar } from "../../shell/roles";
import { useWorkspace } from "../../shell/workspace";
import { Button, CopyField, Dialog, DialogButtons, say, Section } from "../../ui";
import { renewSecret, secretQuery, type WebChannel } from "./read";
import styles from "./Web.module.css";

export function Members({ channel }: { channel: WebChannel }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const bot = useBot();
  const barred = useBar()("admin");
  const client = useQueryClient();
  const act = useAct();
  const read = useQuery(secretQuery(ws, bot.id));
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const renew = async () => {
    setBusy(true);
    const done = await act({
      run: async () => client.setQueryData(secretQuery(ws, bot.id).queryKey, await renewSecret(ws, bot.id)),
      done: () => say(t("webchat.members.renewed")),
    });
    setBusy(false);
    if (done) setAsks(false);
  };
  const server = `// Node.js
const { createHmac } = require("node:crypto");
const signature = createHmac("sha256", Buffer.from(process.env.CLOSER_WEBCHAT_KEY, "hex"))
  .update(member.id).digest("hex");`;
  const page = `<script src="${channel.scriptUrl.split("?")[0]}"></script>
<script>
  CloserWebChat.load(window, document, "${channel.scriptUrl.split("?")[0]}", "${bot.id}", (init) =>
    init({ userKey: member.id, signature }));
</script>`;
  return (
    <Section title={t("webchat.members.title")} description={t("webchat.members.lead")}>
      {read.data === "" && <p className={styles["fine"]}>{t("webchat.members.none")}</p>}
      {read.data ? (
        <>
          <CopyField label={t("webchat.members.secret")} value={read.data} />
          <div className={styles["acts"]}>
            <Button variant="danger-quiet" reason={barred} onClick={() => setAsks(true)}>
              {t("webchat.members.renew")}
            </Button>
          </div>
        </>
      ) : (
        <div className={styles["acts"]}>
          <Button reason={barred} busy={read.isFetching} onClick={() => void read.refetch()}>
            {t("webchat.members.show")}
          </Button>
        </div>
      )}
      <p className={styles["fine"]}>{t("webchat.members.secretHint")}</p>
      <details className={styles["how"]}>
        <summary>{t("webchat.members.how")}</summary>
        <h3>{t("webchat.members.server")}</h3>
        <pre className={styles["code"]}>{server}</pre>
        <h3>{t("webchat.members.page")}</h3>
        <pre className={styles["code"]}>{page}</pre>
      </details>
      <Dialog
        open={asks}
        onClose={() => setAsks(false)}
        width="small"
        title={t("webchat.members.renewAsk")}
        description={t("webchat.members.renewWhat")}
        footer={<DialogButtons variant="danger" act={t("webchat.members.renew")} onCancel={() => setAsks(false)} onAct={() => void renew()} busy={busy} />}
      />
    </Section>
  );
}
