//! The KakaoTalk channel of a bot: its addresses, its switch, its secret, and the guide that checks itself (spec
//! product.md K8).

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use engine::lang::Lang;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::BotRow;
use utoipa::ToSchema;

use super::{insight, noting, requests::RequestLine};
use crate::{
    Hub,
    http::{
        access::{Caller, Speaks},
        input::{Check, Ids, Json},
        problem::Problem,
    },
    insight::guide::{self, Facts, State as Standing},
};

/// Letters of a header's name.
const MAX_HEADER_NAME: usize = 60;
/// Letters of a header's value.
const MAX_HEADER_VALUE: usize = 200;
/// … and at least: a secret that can be guessed is none.
const MIN_HEADER_VALUE: usize = 8;
/// Headers that Kakao, proxies or HTTP itself set.
const TAKEN: [&str; 16] = [
    "accept",
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "expect",
    "forwarded",
    "host",
    "te",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-chappie-footprint",
    "x-request-id",
];

/// The KakaoTalk channel of a bot.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KakaoChannel {
    /// Does it answer?
    enabled: bool,
    /// The address for URL of the skill: the published version answers.
    live_url: String,
    /// The address for 테스트 URL: the draft answers.
    draft_url: String,
    /// The name of the secret header; null where none is asked for. Its value is never shown.
    #[schema(required)]
    header_name: Option<String>,
    /// The version that answers.
    #[schema(required)]
    live_version: Option<i64>,
    /// When the first request came; null where none has.
    #[schema(required)]
    first_at: Option<i64>,
    /// When the last request came.
    #[schema(required)]
    last_at: Option<i64>,
    /// The guide's checks, in its order.
    checks: Vec<KakaoCheck>,
    /// What was seen: blocks and bots at Kakao, newest first.
    seen: Vec<KakaoSeen>,
    /// The last request.
    #[schema(required)]
    last: Option<RequestLine>,
}

/// How a check of the guide stands.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum CheckState {
    /// Nothing was seen yet that would tell.
    Waiting,
    /// Well.
    Ok,
    /// Wrong; the detail says what to do.
    Problem,
}

/// One check of the guide.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct KakaoCheck {
    /// `request`, `ready`, `secret-header`, `fallback-block`, `welcome-block`, `other-blocks`, `skill-data`,
    /// `transform-function`, `deployed`, `bot-id`, `answer-time`, `violations` or `errors`.
    id: &'static str,
    /// How it stands.
    state: CheckState,
    /// Since when, where something was seen.
    #[schema(required)]
    since: Option<i64>,
    /// What is checked, in the caller's language.
    title: String,
    /// What was seen and what to do.
    detail: String,
}

/// Something that was seen of the channel's set-up.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct KakaoSeen {
    /// `welcome`, `fallback`, `other` (blocks) or `bot`.
    what: String,
    /// The block's name, or the bot's id at Kakao.
    name: String,
    /// `operating`, `development`, `botTest`, `editorTest` or `unknown`.
    mode: String,
    /// Did the draft answer?
    draft: bool,
    /// When it was first seen.
    first_at: i64,
    /// When it was last seen.
    last_at: i64,
    /// How often.
    times: i64,
    /// How long the last answer took, in milliseconds.
    took_ms: f64,
    /// How long the slowest took.
    slowest_ms: f64,
}

/// What is to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KakaoChange {
    /// Does it answer?
    enabled: Option<bool>,
    /// The secret header that requests must bring.
    header: Option<SecretHeader>,
    /// No secret header is asked for any more.
    remove_header: Option<bool>,
}

/// A secret header, as it is typed into 헤더값 입력.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SecretHeader {
    /// Its name.
    name: String,
    /// Its value; kept as a hash only.
    value: String,
}

/// The KakaoTalk channel of a bot, and what was seen of its set-up.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/kakao", operation_id = "getKakao", tag = "kakao",
    responses((status = 200, body = KakaoChannel)))]
pub async fn show(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<KakaoChannel>, Problem> {
    let row = insight::bot_of(&hub, &caller, &bot).await?;
    whole(&hub, row, lang).await.map(axum::Json)
}

/// Switches the channel, and sets or removes its secret header.
#[utoipa::path(patch, path = "/api/workspaces/{ws}/bots/{bot}/kakao", operation_id = "changeKakao", tag = "kakao",
    request_body = KakaoChange, responses((status = 200, body = KakaoChannel)))]
pub async fn change(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Ids((_, bot)): Ids<(String, String)>,
    Json(change): Json<KakaoChange>,
) -> Result<axum::Json<KakaoChannel>, Problem> {
    let row = insight::bot_of(&hub, &caller, &bot).await?;
    let mut check = Check::default();
    let header = match (&change.header, change.remove_header) {
        (Some(_), Some(true)) => {
            check.wrong(
                "/removeHeader",
                "헤더값을 정하거나 지우거나, 하나만 할 수 있어요.",
                "Set the header or remove it, not both.",
            );
            None
        }
        (Some(header), _) => Some(Some(secret(&mut check, header))),
        (None, Some(true)) => Some(None),
        (None, _) => None,
    };
    check.done()?;
    let enabled = change.enabled.unwrap_or(row.kakao_enabled);
    if header.is_some() || enabled != row.kakao_enabled {
        let detail = match (change.enabled, &header) {
            (Some(true), _) if !row.kakao_enabled => "on",
            (Some(false), _) if row.kakao_enabled => "off",
            (_, Some(None)) => "header removed",
            _ => "header set",
        };
        let store = noting(&hub, &caller, row.workspace, ("kakao.change", &row.title, detail));
        insight::gone_if_stale(store.set_kakao(row.id, enabled, header, hub.clock.now_ms()).await)?;
    }
    let row = insight::bot_of(&hub, &caller, &bot).await?;
    whole(&hub, row, lang).await.map(axum::Json)
}

/// Removes the channel: it answers no more, asks for no header, and what was seen of it is forgotten. Conversations stay.
#[utoipa::path(delete, path = "/api/workspaces/{ws}/bots/{bot}/kakao", operation_id = "removeKakao", tag = "kakao",
    responses((status = 204)))]
pub async fn remove(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<StatusCode, Problem> {
    let row = insight::bot_of(&hub, &caller, &bot).await?;
    let store = noting(&hub, &caller, row.workspace, ("kakao.remove", &row.title, ""));
    insight::gone_if_stale(store.set_kakao(row.id, false, Some(None), hub.clock.now_ms()).await)?;
    hub.store.forget_kakao_seen(row.id).await?;
    hub.insight.log.forget(row.id);
    Ok(StatusCode::NO_CONTENT)
}

fn secret(check: &mut Check, header: &SecretHeader) -> (String, [u8; 32]) {
    let name = header.name.trim().to_ascii_lowercase();
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || name.len() > MAX_HEADER_NAME || !name.bytes().all(token) {
        check.wrong(
            "/header/name",
            "영문, 숫자, 붙임표(-)로 적어 주세요. 예: x-closer-key",
            "Use letters, digits and hyphens, such as x-closer-key.",
        );
    } else if TAKEN.contains(&name.as_str()) {
        check.wrong(
            "/header/name",
            "이미 다른 뜻으로 쓰이는 헤더예요. 예: x-closer-key",
            "This header has another meaning already; take one such as x-closer-key.",
        );
    }
    let value = &header.value;
    let length = value.len();
    let visible = value.bytes().all(|byte| (0x21..=0x7e).contains(&byte));
    if !visible || !(MIN_HEADER_VALUE..=MAX_HEADER_VALUE).contains(&length) {
        check.wrong(
            "/header/value",
            format!("띄어쓰기 없는 영문, 숫자, 기호로 {MIN_HEADER_VALUE}자 이상 {MAX_HEADER_VALUE}자 이하로 적어 주세요."),
            format!("Use {MIN_HEADER_VALUE} to {MAX_HEADER_VALUE} letters, digits and signs without blanks."),
        );
    }
    (name, Sha256::digest(value.as_bytes()).into())
}

async fn whole(hub: &Hub, row: BotRow, lang: Lang) -> Result<KakaoChannel, Problem> {
    let seen = hub.store.kakao_seen(row.id).await?;
    let facts = Facts {
        enabled: row.kakao_enabled,
        // What an old server answers needs no version.
        published: row.live_version.is_some() || row.bridge.is_some(),
        secret: row.kakao_header_name.is_some(),
        now_ms: hub.clock.now_ms(),
    };
    let checks = guide::checks(&seen, facts).into_iter().map(|check| KakaoCheck {
        id: check.id,
        state: match check.state {
            Standing::Waiting => CheckState::Waiting,
            Standing::Ok => CheckState::Ok,
            Standing::Problem => CheckState::Problem,
        },
        since: check.since,
        title: check.title.get(lang).to_owned(),
        detail: check.detail.get(lang).to_owned(),
    });
    let last = hub.store.requests(row.id, store::RequestFilter::default(), None, 1).await?;
    let live_url = format!("{}/webhook/kakao/{}/i/skill", hub.config.public_url(), row.id);
    Ok(KakaoChannel {
        enabled: row.kakao_enabled,
        draft_url: format!("{live_url}/draft"),
        live_url,
        header_name: row.kakao_header_name,
        live_version: row.live_version,
        first_at: seen.iter().map(|it| it.first_at).min(),
        last_at: seen.iter().map(|it| it.last_at).max(),
        checks: checks.collect(),
        last: last.into_iter().next().map(RequestLine::from),
        seen: seen
            .into_iter()
            .filter(|it| it.what != "sign")
            .map(|it| KakaoSeen {
                what: it.what,
                name: it.name,
                mode: it.mode,
                draft: it.draft,
                first_at: it.first_at,
                last_at: it.last_at,
                times: it.times,
                took_ms: insight::ms(it.took_us),
                slowest_ms: insight::ms(it.slowest_us),
            })
            .collect(),
    })
}
