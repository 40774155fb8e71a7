// The kinds of nodes as one sees them: a mark with an icon, in one colour everywhere. The icon says it without the colour.

import {
  Bot,
  Braces,
  CircleHelp,
  Code,
  CornerUpLeft,
  Globe,
  Headset,
  History,
  LogIn,
  type LucideIcon,
  Mail,
  MessageCircle,
  MessageSquareText,
  Route,
  Send,
  Sheet,
  Sparkles,
  TextCursorInput,
} from "lucide-react";

import type { NodeType } from "../flow/types";
import { cx } from "../ui";
import styles from "./kinds.module.css";

export type Kind = NodeType | "unknown";

const ICONS: Record<Kind, LucideIcon> = {
  entry: LogIn,
  response: MessageSquareText,
  keyboard: TextCursorInput,
  flow: Route,
  fetch: Globe,
  params: Braces,
  sandbox: Code,
  back: CornerUpLeft,
  backstack: History,
  manual: Headset,
  gsheet: Sheet,
  email: Mail,
  nlp: Sparkles,
  chitchat: MessageCircle,
  llm: Bot,
  push: Send,
  unknown: CircleHelp,
};

/** A coloured mark with the kind's icon; the name stands beside it or in `label`. */
export function KindChip({ kind, size = 22, label }: { kind: Kind; size?: number; label?: string }) {
  const Icon = ICONS[kind];
  return (
    <span className={cx(styles["chip"], styles[kind], size < 22 && styles["small"])} role={label ? "img" : undefined} aria-label={label}>
      <Icon size={Math.round(size * 0.6)} aria-hidden />
    </span>
  );
}

/** The class that gives an element the kind's colour as `--kind`. */
export function kindClass(kind: Kind): string {
  return styles[kind] ?? "";
}
