// The demo: looking around, and beginning a workspace of one's own.

import type { Words } from "../i18n";

export const demo: Words["demo"] = {
  title: "Look around first",
  lead: "Six bots that answer, and conversations they had. Press and change whatever you like.",
  enter: "Look around the demo",
  own: "Start: create your workspace",
  note: "The demo opens on this machine only. It stays when you create your own workspace, and you can remove it at any time.",
  bar: "This is a demo. Its bots and conversations are made up.",
  remove: "Remove the demo",
  removeTitle: "Remove the demo?",
  removeLead: "The bots and conversations of the demo workspace are deleted. Your own workspace stays as it is.",
  removed: "The demo was removed",
  toOwn: "To your workspace",
};
