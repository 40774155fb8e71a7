// How a bot stands: what KakaoTalk serves, and whether the draft is ahead of it.

import type { BotSummary } from "../api/client";
import { useT } from "../i18n/i18n";
import { Badge } from "../ui";

export function Live({ bot }: { bot: BotSummary }) {
  const t = useT();
  if (bot.kind === "bridge") return <Badge tone="accent">{t("bots.bridge")}</Badge>;
  if (bot.liveVersion === null) return <Badge>{t("bots.state.never")}</Badge>;
  return (
    <Badge tone="good" dot>
      {t("bots.state.live", { n: bot.liveVersion })}
    </Badge>
  );
}

export function Ahead({ bot }: { bot: BotSummary }) {
  const t = useT();
  if (bot.liveVersion === null || !bot.draftAhead) return null;
  return <Badge tone="warn">{t("bots.state.ahead")}</Badge>;
}

/** KakaoTalk's mark where the channel is on. */
export function Kakao({ bot }: { bot: BotSummary }) {
  const t = useT();
  return bot.kakaoEnabled ? <Badge tone="kakao">{t("bots.state.kakao")}</Badge> : null;
}
