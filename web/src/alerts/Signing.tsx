// What a webhook is signed with: shown to whoever may change where alerts go, and exchanged by them.

import { type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { Failed } from "../shell/Loading";
import { Button, CopyField, Dialog, DialogButtons, Line, say, Skeleton } from "../ui";
import styles from "./Alerts.module.css";

interface Props {
  barred: string | undefined;
  /** Under which the secret is kept, and how it is read and exchanged. */
  queryKey: QueryKey;
  read: () => Promise<{ secret?: string | null }>;
  renew: () => Promise<{ secret?: string | null }>;
}

export function Signing({ barred, queryKey, read: readIt, renew: renewIt }: Props) {
  const t = useT();
  const client = useQueryClient();
  const act = useAct();
  const [shown, setShown] = useState(false);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const read = useQuery({ queryKey, queryFn: readIt, staleTime: 0, enabled: shown });
  const renew = async () => {
    setBusy(true);
    const done = await act({
      run: async () => client.setQueryData(queryKey, await renewIt()),
      done: () => say(t("alerts.signing.renewed")),
    });
    setBusy(false);
    if (done) setAsking(false);
  };
  return (
    <>
      <Line
        title={t("alerts.signing.title")}
        action={
          shown ? (
            <Button size="small" variant="quiet" reason={barred} onClick={() => setAsking(true)}>
              {t("alerts.signing.renew")}
            </Button>
          ) : (
            <Button size="small" reason={barred} onClick={() => setShown(true)}>
              {t("alerts.signing.show")}
            </Button>
          )
        }
      >
        {t("alerts.signing.hint")}
      </Line>
      {shown && (
        <div className={styles["secret"]}>
          {read.error && <Failed error={read.error} retry={() => void read.refetch()} />}
          {read.isPending && <Skeleton width="full" height="control" />}
          {read.data?.secret && <CopyField label={t("alerts.signing.title")} hideLabel value={read.data.secret} />}
        </div>
      )}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        width="small"
        title={t("alerts.signing.ask")}
        description={t("alerts.signing.askLead")}
        footer={<DialogButtons act={t("alerts.signing.renew")} onCancel={() => setAsking(false)} onAct={() => void renew()} busy={busy} />}
      />
    </>
  );
}
