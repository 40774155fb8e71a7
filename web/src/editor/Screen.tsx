// The panes around the canvas.

import { useT } from "../i18n/i18n";
import { useEditor, useFlow } from "./store";

export function Screen() {
  const t = useT();
  const { saved } = useEditor();
  const flow = useFlow();
  return (
    <div>
      <h1>{flow?.title}</h1>
      <p>{t(`editor.saved.${saved}`)}</p>
    </div>
  );
}
