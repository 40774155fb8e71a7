// A node's kind as a small coloured mark. The icon says it without the colour.

import {
  Bot,
  Braces,
  Code,
  CornerUpLeft,
  Globe,
  Headset,
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

import { useT } from "../i18n/i18n";
import { cx, Tooltip } from "../ui";
import styles from "./KindMark.module.css";

export const KINDS = {
  entry: LogIn,
  response: MessageSquareText,
  keyboard: TextCursorInput,
  flow: Route,
  fetch: Globe,
  params: Braces,
  sandbox: Code,
  back: CornerUpLeft,
  backstack: CornerUpLeft,
  manual: Headset,
  gsheet: Sheet,
  email: Mail,
  nlp: Sparkles,
  chitchat: MessageCircle,
  llm: Bot,
  push: Send,
} satisfies Record<string, LucideIcon>;
export type Kind = keyof typeof KINDS;

/** `parameter` is an older name of `params`. */
export function kindOf(type: string): Kind | undefined {
  const kind = type === "parameter" ? "params" : type;
  return kind in KINDS ? (kind as Kind) : undefined;
}

/** What a kind is called; what is not known by its own name. */
export function useKindName(): (type: string) => string {
  const t = useT();
  return (type) => {
    const kind = kindOf(type);
    return kind ? t(`preview.kinds.${kind}`) : type;
  };
}

export function KindMark({ kind: type }: { kind: string }) {
  const name = useKindName()(type);
  const kind = kindOf(type);
  const Icon = kind ? KINDS[kind] : Braces;
  return (
    <Tooltip text={name}>
      <span className={cx(styles["mark"], kind && styles[kind])} role="img" aria-label={name}>
        <Icon size={13} aria-hidden />
      </span>
    </Tooltip>
  );
}
