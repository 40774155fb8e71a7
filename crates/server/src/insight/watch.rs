//! Looks for what alerts are about, opens and ends them, and tells them by mail and webhook.
//!
//! Counted are the marks that the follower leaves and the problems of requests. A bot has one open alert of a kind; it ends
//! when there is less than was too much. Told outside is the opening, and at most once an hour for a kind of a bot. An alert
//! is claimed before it is told, so that of several processes one tells it; what could not be told is tried three times.

use std::{collections::BTreeSet, time::Duration};

use engine::lang::{Lang, Said};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{AlertId, AlertRow, BotId, BotRow, NewAlert, StoreError, WorkspaceId};

use super::rules::{AlertRule, AlertRules, KeptRules};
use crate::{
    Hub,
    mailer::{self, Letter},
    signing::Signing,
    webhooks,
};

/// Between two looks.
pub const EVERY: Duration = Duration::from_secs(20);
/// Alerts of one kind are told outside at most so often.
const TELL_AGAIN_MS: i64 = 3_600_000;
/// Between two tries to tell.
const TRY_AGAIN_MS: i64 = 5 * 60_000;
/// Tries to tell.
const TRIES: u32 = 3;
/// Rules that are read at once.
const PIECE: u32 = 200;
/// What of `skill_problems` is a failure to answer; what strangers can cause by calling is not among it.
const FAILURES: [&str; 9] =
    ["bot-broken", "store", "late", "busy", "conflict", "state", "callback", "lost", "panic"];

/// What became of telling an alert outside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Told {
    /// How often it was tried.
    pub tries: u32,
    /// Letters that were sent.
    pub mailed: u32,
    /// Why letters were not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_error: Option<String>,
    /// The webhook took it.
    pub hooked: bool,
    /// Why it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hook_error: Option<String>,
}

/// Watches for as long as the server runs.
pub async fn run(hub: &Hub) {
    loop {
        tokio::time::sleep(EVERY).await;
        if let Err(error) = round(hub).await {
            tracing::warn!(%error, "alerts could not be looked for; they are looked for again in a moment");
        }
    }
}

/// One look at all bots that matter, and telling what is due.
pub async fn round(hub: &Hub) -> Result<(), StoreError> {
    let mut bots: BTreeSet<BotId> = hub.insight.log.active().into_iter().collect();
    bots.extend(hub.store.bots_with_open_alerts().await?);
    let mut after = None;
    loop {
        let rules = hub.store.all_alert_rules(after, PIECE).await?;
        after = rules.last().map(|row| row.bot);
        let whole = rules.len() == PIECE as usize;
        bots.extend(rules.into_iter().map(|row| row.bot));
        if !whole {
            break;
        }
    }
    for bot in bots {
        if let Some(row) = hub.store.bot(bot).await? {
            look(hub, &row).await?;
        }
    }
    tell_due(hub).await
}

/// The rules of a bot.
pub async fn rules_of(hub: &Hub, bot: BotId) -> Result<KeptRules, StoreError> {
    let row = hub.store.alert_rules(bot).await?;
    Ok(row.map_or_else(KeptRules::default, |row| KeptRules::read(&row.rules)))
}

async fn look(hub: &Hub, bot: &BotRow) -> Result<(), StoreError> {
    let KeptRules { rules, .. } = rules_of(hub, bot.id).await?;
    let open = hub.store.open_alerts(bot.id).await?;
    let now_ms = hub.clock.now_ms();
    let serves = bot.deleted_at.is_none();
    for (kind, mark, rule) in
        [("errors", "fault", rules.errors), ("slow", "slow", rules.slow), ("cuts", "cut", rules.cuts)]
    {
        let found = if rule.on && serves { counted(hub, bot.id, mark, rule, now_ms).await? } else { 0 };
        let too_much = (rule.on && found >= rule.count).then_some((found, rule.count, rule.minutes));
        settle(hub, bot, &rules, &open, (kind, too_much)).await?;
    }
    let hours = rules.silent.hours;
    let last = if rules.silent.on
        && serves
        && bot.kakao_enabled
        && (bot.live_version.is_some() || bot.bridge.is_some())
    {
        hub.store.last_turn_at(bot.id).await?
    } else {
        None
    };
    let silent = last.map(|last| (now_ms - last) / 3_600_000).filter(|silent| *silent >= hours);
    settle(hub, bot, &rules, &open, ("silent", silent.map(|found| (found, hours, hours * 60)))).await
}

async fn counted(
    hub: &Hub,
    bot: BotId,
    mark: &'static str,
    rule: AlertRule,
    now_ms: i64,
) -> Result<i64, StoreError> {
    let since = now_ms - rule.minutes * 60_000;
    let marked = hub.store.marks_since(bot, mark, since).await?;
    if mark != "fault" {
        return Ok(marked);
    }
    let mut problems = 0;
    for (kind, count) in hub.store.problems_since(&bot.to_string(), since).await? {
        if FAILURES.contains(&kind.as_str()) {
            problems += count;
        }
    }
    Ok(marked + problems)
}

async fn settle(
    hub: &Hub,
    bot: &BotRow,
    rules: &AlertRules,
    open: &[AlertRow],
    (kind, found): (&'static str, Option<(i64, i64, i64)>),
) -> Result<(), StoreError> {
    let open = open.iter().find(|alert| alert.kind == kind);
    let now_ms = hub.clock.now_ms();
    match (open, found) {
        (None, None) => Ok(()),
        (Some(alert), None) => hub.store.end_alert(alert.workspace, alert.id, now_ms).await,
        (Some(alert), Some((amount, ..))) if amount > alert.amount => {
            hub.store.raise_alert(alert.workspace, alert.id, amount).await
        }
        (Some(_), Some(_)) => Ok(()),
        (None, Some((amount, threshold, minutes))) => {
            let recent = hub.store.alerts(bot.workspace, Some(bot.id), None, 20).await?;
            let told =
                recent.iter().any(|alert| alert.kind == kind && now_ms - alert.id.made_at() < TELL_AGAIN_MS);
            let outside = !told && (!rules.emails.is_empty() || rules.webhook_url.is_some());
            let new = NewAlert {
                id: AlertId::new(now_ms, hub.die.roll_wide()),
                workspace: bot.workspace,
                bot: bot.id,
                kind,
                amount,
                threshold,
                minutes,
                tell_at: if outside { now_ms } else { 0 },
            };
            hub.store.open_alert(new).await.map(|_| ())
        }
    }
}

async fn tell_due(hub: &Hub) -> Result<(), StoreError> {
    let now_ms = hub.clock.now_ms();
    for alert in hub.store.alerts_to_tell(now_ms).await? {
        if !hub.store.claim_alert(alert.workspace, alert.id, now_ms, now_ms + TRY_AGAIN_MS).await? {
            continue;
        }
        let Some(bot) = hub.store.bot(alert.bot).await? else {
            hub.store.alert_told(alert.workspace, alert.id, 0, &alert.told).await?;
            continue;
        };
        let rules = rules_of(hub, alert.bot).await?;
        let before: Told = serde_json::from_str(&alert.told).unwrap_or_default();
        let told = tell(hub, &bot, &rules, &alert, before).await;
        let whole = told.mail_error.is_none() && told.hook_error.is_none();
        let again = if whole || told.tries >= TRIES { 0 } else { hub.clock.now_ms() + TRY_AGAIN_MS };
        let written = serde_json::to_string(&told).unwrap_or_default();
        hub.store.alert_told(alert.workspace, alert.id, again, &written).await?;
    }
    Ok(())
}

/// Tells an alert outside: what was not told before.
pub async fn tell(hub: &Hub, bot: &BotRow, kept: &KeptRules, alert: &AlertRow, before: Told) -> Told {
    let rules = &kept.rules;
    let mut told = Told { tries: before.tries + 1, mail_error: None, hook_error: None, ..before };
    let said = sentence(alert);
    let link = format!("{}/w/{}/bots/{}/dashboard", hub.config.public_url(), alert.workspace, alert.bot);
    if told.mailed == 0 && !rules.emails.is_empty() {
        let lang = if rules.language == "en" { Lang::En } else { Lang::Ko };
        let letter = Letter::Alert { bot: &bot.title, said: said.get(lang), link: &link };
        for email in &rules.emails {
            if mailer::send(hub, bot.workspace, email, &letter, lang).await {
                told.mailed += 1;
            }
        }
        if told.mailed == 0 {
            told.mail_error = Some("no mail server has taken the letter".to_owned());
        }
    }
    if !told.hooked
        && let Some(url) = &rules.webhook_url
    {
        match hook(hub, (url, kept.signing.as_ref()), bot, alert, (&said, &link)).await {
            Ok(()) => told.hooked = true,
            Err(why) => told.hook_error = Some(why),
        }
    }
    told
}

async fn hook(
    hub: &Hub,
    (url, signing): (&str, Option<&Signing>),
    bot: &BotRow,
    alert: &AlertRow,
    (said, link): (&Said, &str),
) -> Result<(), String> {
    let body = json!({
        "type": "alert",
        "id": alert.id,
        "at": alert.id.made_at(),
        "kind": alert.kind,
        "workspaceId": alert.workspace,
        "botId": bot.id,
        "botTitle": bot.title,
        "amount": alert.amount,
        "threshold": alert.threshold,
        "minutes": alert.minutes,
        "text": {"ko": said.ko, "en": said.en},
        "url": link,
    })
    .to_string();
    webhooks::post(hub, (url, signing), &alert.id.to_string(), body).await
}

/// What an alert says.
pub fn sentence(alert: &AlertRow) -> Said {
    let (amount, minutes, hours) = (alert.amount, alert.minutes, alert.minutes / 60);
    match alert.kind.as_str() {
        "errors" => Said::new(
            format!("최근 {minutes}분 동안 오류로 끝난 답변이 {amount}번 있었어요."),
            format!("{amount} answers ended with an error within {minutes} minutes."),
        ),
        "slow" => Said::new(
            format!("최근 {minutes}분 동안 3초 넘게 걸린 답변이 {amount}번 있었어요."),
            format!("{amount} answers took more than 3 seconds within {minutes} minutes."),
        ),
        "cuts" => Said::new(
            format!("최근 {minutes}분 동안 카카오톡 한도를 넘어 줄이거나 뺀 답변이 {amount}번 있었어요."),
            format!("{amount} answers lost something for KakaoTalk's limits within {minutes} minutes."),
        ),
        _ => Said::new(
            format!(
                "{amount}시간 동안 고객의 메시지가 없어요 (기준 {hours}시간). 카카오톡 연결을 확인해 주세요."
            ),
            format!(
                "No customer has written for {amount} hours (limit {hours}). Check the connection to KakaoTalk."
            ),
        ),
    }
}

/// An alert that never was, to try where it is told.
pub fn rehearsal(hub: &Hub, bot: BotId, workspace: WorkspaceId) -> AlertRow {
    AlertRow {
        workspace,
        id: AlertId::new(hub.clock.now_ms(), hub.die.roll_wide()),
        bot,
        kind: "errors".to_owned(),
        amount: 0,
        threshold: 0,
        minutes: 10,
        ended_at: None,
        told: "{}".to_owned(),
    }
}
