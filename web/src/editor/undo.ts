// The way back beside the news of what was done: it takes back that, and not whatever was done last when it is pressed.

import type { Translate } from "../i18n/i18n";
import { say } from "../ui";
import type { EditorStore } from "./store";

export function undoLater(store: EditorStore, t: Translate): () => void {
  const undo = store.undoing();
  return () => {
    if (!undo()) say(t("editor.undoneAlready"));
  };
}
