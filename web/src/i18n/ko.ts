// Every word of the console in Korean, which is its first language. How holes work: see `i18n.tsx`, together: for types and tests. A page loads them by area.

import { bridge } from "./ko/bridge";
import { channels } from "./ko/channels";
import { chat } from "./ko/chat";
import { compare } from "./ko/compare";
import { consult } from "./ko/consult";
import { conversations } from "./ko/conversations";
import { dashboard } from "./ko/dashboard";
import { editor } from "./ko/editor";
import { first } from "./ko/first";
import { forms } from "./ko/forms";
import { pathtests } from "./ko/pathtests";
import { preview } from "./ko/preview";
import { versions } from "./ko/versions";
import { webchat } from "./ko/webchat";

export const ko = {
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
