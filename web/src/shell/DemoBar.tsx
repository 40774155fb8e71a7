// Says that what is seen here is a demo, and leads out of it: to the owner's account where there is none yet, else to the
// workspace of one's own. Its owner can take the demo away.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { api, to } from "../api/client";
import { keys, stateQuery } from "../api/queries";
import { useT } from "../i18n/i18n";
import { cx, Dialog, DialogButtons, say } from "../ui";
import { useAct } from "./act";
import styles from "./Shell.module.css";
import { useMe, useWorkspace } from "./workspace";

export function DemoBar() {
  const t = useT();
  const me = useMe();
  const here = useWorkspace();
  const setup = useQuery(stateQuery).data?.setup ?? false;
  const own = me.workspaces.find((one) => !one.demo);
  if (!here.demo) return null;
  return (
    <div className={cx(styles["bar"], styles["demo"])}>
      <span>{t("demo.bar")}</span>
      <span className={styles["ways"]}>
        {setup && <Link to="/setup">{t("demo.own")}</Link>}
        {!setup && own && (
          <Link to="/w/$ws" params={{ ws: own.id }}>
            {t("demo.toOwn")}
          </Link>
        )}
        {!setup && me.demo && <Link to="/signin">{t("gate.signIn.title")}</Link>}
        {here.role === "owner" && <Remove ws={here.id} own={own?.id} />}
      </span>
    </div>
  );
}

function Remove({ ws, own }: { ws: string; own: string | undefined }) {
  const t = useT();
  const act = useAct();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    const gone = await act({ run: () => api.DELETE("/api/workspaces/{ws}/demo", { params: to({ ws }) }) });
    setBusy(false);
    setOpen(false);
    if (!gone) return;
    // First away from it: once the account is read anew, no page of it can stand.
    if (own) await navigate({ to: "/w/$ws", params: { ws: own } });
    await Promise.all([client.refetchQueries({ queryKey: keys.me }), client.refetchQueries({ queryKey: keys.state })]);
    if (!own) await navigate({ to: "/" });
    say(t("demo.removed"));
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {t("demo.remove")}
      </button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        width="small"
        title={t("demo.removeTitle")}
        description={t("demo.removeLead")}
        footer={<DialogButtons variant="danger" act={t("demo.remove")} onCancel={() => setOpen(false)} onAct={() => void remove()} busy={busy} />}
      />
    </>
  );
}
