// A server that shows a demo and has no owner yet: look around with one press, or begin at once.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { api, data, marked } from "../api/client";
import { stateQuery } from "../api/queries";
import { useT } from "../i18n/i18n";
import { useExplain } from "../shell/form";
import { Button, buttonClass } from "../ui";
import { enter } from "./enter";
import { Gate } from "./Gate";
import styles from "./Demo.module.css";

/** Comes into the demo: the account that looks around is signed in. */
export function useEnterDemo() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const explain = useExplain();
  const [busy, setBusy] = useState(false);
  const [general, setGeneral] = useState<{ title: string; detail: string }>();
  const go = async () => {
    setBusy(true);
    setGeneral(undefined);
    try {
      await enter(client, await data(api.POST("/api/demo", { params: marked })));
      await navigate({ to: "/", replace: true });
    } catch (error) {
      setGeneral(explain(error));
    } finally {
      setBusy(false);
    }
  };
  return { go, busy, general };
}

export function Demo() {
  const t = useT();
  const setup = useQuery(stateQuery).data?.setup ?? true;
  const { go, busy, general } = useEnterDemo();
  return (
    <Gate title={t("demo.title")} lead={t("demo.lead")} general={general}>
      <div className={styles["ways"]}>
        <Button variant="primary" size="large" wide busy={busy} onClick={() => void go()}>
          {t("demo.enter")}
        </Button>
        <Link to={setup ? "/setup" : "/signin"} className={buttonClass("secondary", "large")}>
          {setup ? t("demo.own") : t("gate.signIn.title")}
        </Link>
        <p className={styles["note"]}>{t("demo.note")}</p>
      </div>
    </Gate>
  );
}
