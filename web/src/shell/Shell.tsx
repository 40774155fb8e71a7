// The frame of everything in a workspace: the rail, the page, and what can be reached from anywhere (palette, keys).

import { Outlet } from "@tanstack/react-router";
import { useState } from "react";

import { useT } from "../i18n/i18n";
import { DemoBar } from "./DemoBar";
import { useKeys } from "./keys";
import { NewWorkspace } from "./NewWorkspace";
import { Offline } from "./Offline";
import { Palette } from "./Palette";
import { Rail } from "./Rail";
import styles from "./Shell.module.css";
import { ShortcutSheet } from "./Shortcuts";

export type Overlay = "palette" | "keys" | "workspace" | undefined;

export function Shell() {
  const t = useT();
  const [overlay, setOverlay] = useState<Overlay>();
  useKeys(setOverlay);
  const close = () => setOverlay(undefined);
  return (
    <div className={styles["shell"]}>
      <a href="#page" className={styles["skip"]}>
        {t("shell.skip")}
      </a>
      <Rail open={setOverlay} />
      <div className={styles["column"]}>
        <header>
          <Offline />
          <DemoBar />
        </header>
        <main id="page" tabIndex={-1} className={styles["main"]}>
          <Outlet />
        </main>
      </div>
      <Palette open={overlay === "palette"} onClose={close} show={setOverlay} />
      <ShortcutSheet open={overlay === "keys"} onClose={close} />
      <NewWorkspace open={overlay === "workspace"} onClose={close} />
    </div>
  );
}
