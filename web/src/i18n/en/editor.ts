// The words of the flow editor.

import type { Shape } from "../i18n";
import type { editor as source } from "../ko/editor";

export const editor: Shape<typeof source> = {
  opening: "Opening the scenario",
  saved: {
    saved: "Saved",
    saving: "Saving…",
    offline: "Offline – kept in this browser",
    conflict: "Please decide",
    refused: "Could not be saved",
  },
};
