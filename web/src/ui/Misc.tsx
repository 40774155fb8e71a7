// Small things that say what something is: badges, avatars, keys, banners, skeletons, empty places.

import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { cx } from "./cx";
import styles from "./Misc.module.css";

export type Tone = "neutral" | "accent" | "good" | "warn" | "danger" | "kakao";

export function Badge({ tone = "neutral", dot, children }: { tone?: Tone; dot?: boolean; children: ReactNode }) {
  return (
    <span className={cx(styles["badge"], styles[`tone-${tone}`])}>
      {dot && <span className={styles["dot"]} aria-hidden />}
      {children}
    </span>
  );
}

/** What stands for a person: of a Korean name the last two syllables, as people are called; else the first letter. */
export function initials(name: string): string {
  const clean = name.trim();
  if (/^[가-힣]{3,4}$/.test(clean)) return clean.slice(-2);
  const first = [...clean][0] ?? "?";
  return first.toUpperCase();
}

/** A picture, or letters on a quiet ground. Round for people, square for workspaces and bots. */
export function Avatar({
  name,
  picture,
  size = 32,
  shape = "round",
}: {
  name: string;
  picture?: string | null;
  size?: 20 | 24 | 32 | 36 | 64;
  shape?: "round" | "square";
}) {
  const className = cx(styles["avatar"], styles[`size-${size}`], styles[shape]);
  const letters = shape === "square" ? [...name.trim()].slice(0, 1).join("") : initials(name);
  return picture ? (
    <img src={picture} alt="" className={className} />
  ) : (
    // Drawn by the style sheet: letters are no text, and nobody is called "서윤" by a screen reader.
    <span className={className} data-letters={size < 32 ? [...letters].slice(-1).join("") : letters} aria-hidden />
  );
}

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={styles["kbd"]}>{children}</kbd>;
}

/** A note on a page that stays: what holds here, or what went wrong with the page. */
export function Banner({
  tone = "neutral",
  title,
  children,
  action,
}: {
  tone?: "neutral" | "warn" | "danger" | "accent";
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const Icon = tone === "danger" ? CircleAlert : tone === "warn" ? TriangleAlert : Info;
  return (
    <div className={cx(styles["banner"], styles[`banner-${tone}`])} role={tone === "danger" ? "alert" : undefined}>
      <Icon size={16} aria-hidden className={styles["bannerIcon"]} />
      <div className={styles["bannerWords"]}>
        {title && <p className={styles["bannerTitle"]}>{title}</p>}
        {children && <div className={styles["bannerText"]}>{children}</div>}
      </div>
      {action && <div className={styles["bannerAction"]}>{action}</div>}
    </div>
  );
}

/** The shape of a text or picture that is on its way. It appears after 100 ms only. */
export function Skeleton({ width, height = "line" }: { width: "s" | "m" | "l" | "full" | "square"; height?: "line" | "title" | "control" | "box" }) {
  return <span aria-hidden className={cx(styles["skeleton"], styles[`w-${width}`], styles[`h-${height}`])} />;
}

/** An empty place: one sentence that teaches, one button. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  level: Title = "h2",
}: {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  /** "h1" where the page has nothing else. */
  level?: "h1" | "h2";
}) {
  return (
    <div className={styles["empty"]}>
      {icon && <div className={styles["emptyIcon"]}>{icon}</div>}
      <Title className={styles["emptyTitle"]}>{title}</Title>
      {children && <p className={styles["emptyText"]}>{children}</p>}
      {action && <div className={styles["emptyAction"]}>{action}</div>}
    </div>
  );
}
