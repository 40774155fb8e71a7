// Every word of the console in English, together: for types and tests. A page loads them by area.

import { bridge } from "./en/bridge";
import { channels } from "./en/channels";
import { chat } from "./en/chat";
import { compare } from "./en/compare";
import { consult } from "./en/consult";
import { conversations } from "./en/conversations";
import { dashboard } from "./en/dashboard";
import { editor } from "./en/editor";
import { first } from "./en/first";
import { forms } from "./en/forms";
import { pathtests } from "./en/pathtests";
import { preview } from "./en/preview";
import { versions } from "./en/versions";
import { webchat } from "./en/webchat";
import type { Words } from "./i18n";

export const en: Words = {
  ...first,
  bridge,
  channels,
  chat,
  compare,
  consult,
  conversations,
  dashboard,
  editor,
  forms,
  pathtests,
  preview,
  versions,
  webchat,
};
