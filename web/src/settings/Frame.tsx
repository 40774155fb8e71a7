// The frame of the settings: their places to the left, on a phone in a row above.

import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { useT } from "../i18n/i18n";
import { ranks } from "../shell/roles";
import { useWorkspace } from "../shell/workspace";
import { cx } from "../ui";
import styles from "./Settings.module.css";

export function Frame() {
  const t = useT();
  const here = useWorkspace();
  const params = { ws: here.id };
  const link = { params, className: styles["place"], activeProps: { className: styles["here"], "aria-current": "page" as const } };
  const { pathname } = useLocation();
  const places = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the places lie in a row that may be longer than the screen.
    places.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [pathname]);
  return (
    <div className={styles["frame"]}>
      <nav ref={places} className={styles["side"]} aria-label={t("places.settings")}>
        <h2 className={styles["group"]}>{t("settings.mine")}</h2>
        <Link to="/w/$ws/settings/profile" {...link}>
          {t("settings.profile.title")}
        </Link>
        <Link to="/w/$ws/settings/security" {...link}>
          {t("settings.security.title")}
        </Link>
        <h2 className={cx(styles["group"], styles["second"])}>{here.name}</h2>
        <Link to="/w/$ws/settings/workspace" {...link}>
          {t("settings.workspace.title")}
        </Link>
        <Link to="/w/$ws/settings/members" {...link}>
          {t("settings.members.title")}
        </Link>
        <Link to="/w/$ws/settings/chat" {...link}>
          {t("chat.settings.title")}
        </Link>
        <Link to="/w/$ws/settings/answers" {...link}>
          {t("chat.answers.title")}
        </Link>
        <Link to="/w/$ws/settings/records" {...link}>
          {t("records.title")}
        </Link>
        {ranks(here.role, "admin") && (
          <Link to="/w/$ws/settings/audit" {...link}>
            {t("settings.audit.title")}
          </Link>
        )}
      </nav>
      <div className={styles["content"]}>
        <Outlet />
      </div>
    </div>
  );
}
