// "19 / 14", and in words what a channel does with the rest.

import { TriangleAlert } from "lucide-react";

import { type Translate, useT } from "../../i18n/i18n";
import { Counter } from "../../ui";
import type { Count, Excess } from "../counting";
import styles from "./Template.module.css";

/** Where the count is far from its bound it says nothing; the person is not counting. */
const NEAR = 0.6;

export function nears({ now, most }: Count): boolean {
  return most !== undefined && now >= most * NEAR;
}

export function CountBadge({ count }: { count: Count }) {
  if (count.most === undefined) return null;
  return <Counter now={count.now} most={count.most} />;
}

const CHANNELS = ["kakao", "kakaobiz", "web"] as const;

export function channelName(id: string, t: Translate): string {
  const known = CHANNELS.find((one) => one === id);
  return known ? t(`forms.channels.${known}`) : id;
}

function sentence({ channel, most, now, effect }: Excess, pieces: boolean, t: Translate): string {
  if (channel === "file") return pieces ? t("forms.limits.filePieces", { most, now }) : t("forms.limits.file", { most, now });
  const name = channelName(channel, t);
  const shows = pieces ? t("forms.limits.pieces", { channel: name, most, now }) : t("forms.limits.shows", { channel: name, most, now });
  return effect === "refused" ? `${shows}.` : `${shows}. ${t(`forms.limits.${effect}`)}`;
}

/** One line for each channel that shows less. `pieces`: things are counted, not letters. */
export function Excesses({ count, pieces = false }: { count: Count | undefined; pieces?: boolean }) {
  const t = useT();
  if (!count || (count.excess.length === 0 && !count.fold)) return null;
  return (
    <div className={styles["excesses"]} aria-live="polite">
      {count.excess.map((one) => (
        <p key={one.channel} className={styles["excess"]}>
          <TriangleAlert size={14} aria-hidden />
          <span>{sentence(one, pieces, t)}</span>
        </p>
      ))}
      {count.fold && <p className={styles["fold"]}>{t("forms.limits.fold", { channel: channelName(count.fold.channel, t), at: count.fold.at })}</p>}
    </div>
  );
}
