//! The ConsultationTalk (상담톡) of a bot: through which dealer, with which keys, does it live, and what it costs.

use std::{collections::BTreeMap, sync::Arc};

use axum::{extract::State, http::StatusCode};
use channels::consulttalk::{self, Relay, facts, read_done};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::ConsultChannelRow;
use utoipa::{IntoParams, ToSchema};

use super::{chat_settings::own_bot, noting};
use crate::{
    Hub,
    consulttalk::{
        BILLED_DAY_SHIFT_MS, ConsultSettings, line, net,
        outbox::{self, Trouble},
    },
    http::{
        access::Caller,
        input::{Check, Ids, Json, Params},
        problem::{Problem, Thing},
    },
    secret::{self, hex},
    vault::Kind,
};

/// Letters of a sender profile's key, of a key of the dealer's, of an address.
const MAX_TEXT: usize = 500;
/// Addresses from which a relay calls, hosts of files, paths of operations.
const MAX_ENTRIES: usize = 50;
/// Letters of a channel's id.
const MAX_CHANNEL_ID: usize = 40;
/// Bytes of the secret part of the address.
const DOOR_BYTES: usize = 20;
/// Where start links lead (spec consulttalk.md, "Consult start links").
const OPEN_URL: &str = "https://bizmessage.kakao.com/chat/open";
/// Letters of what a link carries: the documents say 50 for `extra`, 50 or 100 for `event`.
const MAX_MARK: usize = 50;
/// Days of a month.
const MAX_DAYS: i64 = 31;

/// A bot's ConsultationTalk.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsultChannel {
    /// Was it ever set up?
    configured: bool,
    /// Is it on?
    enabled: bool,
    /// The relay: `native`, `happytalk-v1`, `happytalk-v3`, `dktechin` or `bizgo`.
    relay: String,
    /// The sender profile's key (발신프로필 키).
    sender_key: String,
    /// All else.
    settings: ConsultSettings,
    /// Which of the dealer's keys are there, by their names; their values are never shown again.
    keys: Vec<String>,
    /// The address that the dealer registers as the receive domain; null before the first save.
    #[schema(required)]
    receive_url: Option<String>,
    /// When the dealer last called.
    #[schema(required)]
    heard_at: Option<i64>,
    /// … and with what.
    heard: String,
    /// When a call to the dealer last went well.
    #[schema(required)]
    called_at: Option<i64>,
    /// What went wrong with the last one.
    #[schema(required)]
    trouble: Option<Trouble>,
    /// What the dealer told and is not yet taken up.
    waiting: i64,
    /// What the relays can do, each with `relay`, limits, and the keys that its dealer issues.
    #[schema(value_type = Vec<Object>)]
    relays: Vec<Value>,
}

/// A bot's ConsultationTalk to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsultBody {
    /// Is it on?
    enabled: bool,
    /// The relay.
    relay: String,
    /// The sender profile's key.
    sender_key: String,
    /// All else.
    #[serde(default)]
    settings: ConsultSettings,
    /// The dealer's keys by their names; what is absent stays as it is, what is empty is taken away.
    #[serde(default)]
    keys: BTreeMap<String, String>,
}

/// What is asked of the dealer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ConsultWork {
    /// Customers can write from now on.
    Activate,
    /// They cannot any more.
    Deactivate,
    /// Its hooks go to this bot's address.
    Receive,
}

/// What the dealer is asked to do.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ConsultAsk {
    /// The work.
    work: ConsultWork,
}

/// What the dealer answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsultAnswer {
    /// Did it do so?
    done: bool,
    /// Why not.
    #[schema(required)]
    trouble: Option<Trouble>,
}

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Month {
    /// Its first day at 04:00 in Korea, in milliseconds UTC.
    from: i64,
    /// The first day of the next, likewise.
    to: i64,
}

/// The estimated cost of a month: rooms with at least one message of a bot or an agent, each once a day from 04:00 to 04:00.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsultUse {
    /// By day.
    days: Vec<ConsultDay>,
    /// All of them.
    room_days: i64,
}

/// One day.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsultDay {
    /// When it begins, in milliseconds UTC.
    at: i64,
    /// Rooms that are charged.
    rooms: i64,
}

/// What a start link carries (spec consulttalk.md, "Consult start links").
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LinkTo {
    /// What comes back when the customer presses it: letters, digits and `_`, 50 at most.
    extra: Option<String>,
    /// Who answers: `false` an agent or this bot, `true` the channel's OpenBuilder bot, `auto` that bot unless a session is open.
    bot: Option<String>,
    /// The other bot's event, likewise 50 at most.
    event: Option<String>,
}

/// A link, a code and a button with which customers begin.
#[derive(Debug, Serialize, ToSchema)]
pub struct StartLink {
    /// The link.
    url: String,
    /// … as a QR code: an SVG drawing.
    qr: String,
    /// … as a button for a web page: HTML.
    html: String,
}

/// A link, a QR code and a button with which customers begin a session.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/consulttalk/link", operation_id = "getConsultTalkLink",
    tag = "channels", params(LinkTo), responses((status = 200, body = StartLink)))]
pub async fn link(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Params(to): Params<LinkTo>,
) -> Result<axum::Json<StartLink>, Problem> {
    let bot = own_bot(&hub, &caller, &bot).await?;
    let channel = hub.store.consult_channel(bot).await?.ok_or(Problem::Missing(Thing::ConsultTalk))?;
    let id = ConsultSettings::read(&channel.settings).channel_id;
    let mut check = Check::default();
    if id.is_empty() {
        check.wrong("/channelId", "채널 검색용 아이디를 먼저 저장해 주세요.", "Save the channel's id first.");
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in [("extra", &to.extra), ("event", &to.event)] {
        let Some(value) = value.as_deref().filter(|value| !value.is_empty()) else { continue };
        if value.len() > MAX_MARK || !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            check.wrong(
                &format!("/{name}"),
                format!("영문, 숫자, 밑줄(_)로 {MAX_MARK}자까지 적어 주세요."),
                format!("Use up to {MAX_MARK} letters, digits and underscores."),
            );
        }
        query.append_pair(name, value);
    }
    match to.bot.as_deref() {
        None | Some("false") => {}
        Some(who @ ("true" | "auto")) => {
            query.append_pair("bot", who);
        }
        Some(_) => {
            check.wrong("/bot", "false, true, auto 중에서 골라 주세요.", "Choose false, true or auto.");
        }
    }
    check.done()?;
    let query = query.finish();
    let url = format!("{OPEN_URL}/{id}{}{query}", if query.is_empty() { "" } else { "?" });
    let qr = crate::totp::qr(&url).unwrap_or_default();
    // Nothing in it needs escaping: the id and the query were made of plain letters above.
    let html = format!(
        "<a href=\"{}\" target=\"_blank\" rel=\"noopener\">카카오톡 상담하기</a>",
        url.replace('&', "&amp;")
    );
    Ok(axum::Json(StartLink { url, qr, html }))
}

/// A bot's ConsultationTalk.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/consulttalk", operation_id = "getConsultTalk",
    tag = "channels", responses((status = 200, body = ConsultChannel)))]
pub async fn show(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<ConsultChannel>, Problem> {
    let bot = own_bot(&hub, &caller, &bot).await?;
    view(&hub, hub.store.consult_channel(bot).await?).await.map(axum::Json)
}

/// Sets it up or changes it. The address for the dealer stays what it is.
#[utoipa::path(put, path = "/api/workspaces/{ws}/bots/{bot}/consulttalk", operation_id = "setConsultTalk",
    tag = "channels", request_body = ConsultBody, responses((status = 200, body = ConsultChannel)))]
pub async fn set(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Json(body): Json<ConsultBody>,
) -> Result<axum::Json<ConsultChannel>, Problem> {
    let (workspace, _) = caller.member()?;
    let bot = own_bot(&hub, &caller, &bot).await?;
    let (relay, body) = checked(body)?;
    let known = hub.store.consult_channel(bot).await?;
    let title = hub.store.bot(bot).await?.map(|bot| bot.title).unwrap_or_default();
    let row = ConsultChannelRow {
        bot,
        workspace,
        bot_title: title,
        enabled: body.enabled,
        relay: relay.name().to_owned(),
        sender_key: body.sender_key,
        settings: serde_json::to_string(&body.settings).unwrap_or_default(),
        door: match &known {
            Some(known) => known.door.clone(),
            None => hex(&secret::bytes::<DOOR_BYTES>()?),
        },
        heard_at: None,
        heard: String::new(),
        called_at: None,
        trouble: None,
        updated_at: hub.clock.now_ms(),
    };
    if !body.keys.is_empty() {
        let name = bot.to_string();
        let kept = hub.vault.connection(workspace, Kind::Consulttalk, Some(&name)).await?;
        let mut keys: BTreeMap<String, String> = kept
            .and_then(|kept| serde_json::from_value(kept["credentials"].clone()).ok())
            .unwrap_or_default();
        for (name, value) in body.keys {
            if value.trim().is_empty() {
                keys.remove(&name);
            } else {
                keys.insert(name, value.trim().to_owned());
            }
        }
        hub.vault.put_connection(workspace, Kind::Consulttalk, &name, &json!({"credentials": keys})).await?;
    }
    let detail = format!("{} {}", row.relay, if row.enabled { "on" } else { "off" });
    noting(&hub, &caller, workspace, ("channel.consulttalk", &row.bot_title, &detail))
        .set_consult_channel(row)
        .await?;
    view(&hub, hub.store.consult_channel(bot).await?).await.map(axum::Json)
}

/// Takes it away, with the dealer's keys. Conversations stay.
#[utoipa::path(delete, path = "/api/workspaces/{ws}/bots/{bot}/consulttalk", operation_id = "removeConsultTalk",
    tag = "channels", responses((status = 204)))]
pub async fn remove(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<StatusCode, Problem> {
    let (workspace, _) = caller.member()?;
    let bot = own_bot(&hub, &caller, &bot).await?;
    let known = hub.store.consult_channel(bot).await?.ok_or(Problem::Missing(Thing::ConsultTalk))?;
    noting(&hub, &caller, workspace, ("channel.consulttalk", &known.bot_title, "removed"))
        .remove_consult_channel(bot)
        .await?;
    match hub.vault.remove(workspace, Kind::Consulttalk, &bot.to_string()).await {
        Ok(()) | Err(crate::vault::VaultError::Missing { .. }) => Ok(StatusCode::NO_CONTENT),
        Err(error) => Err(error.into()),
    }
}

/// Asks the dealer to let customers write, to keep them from it, or to deliver here.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/consulttalk/ask", operation_id = "askConsultTalk",
    tag = "channels", request_body = ConsultAsk, responses((status = 200, body = ConsultAnswer)))]
pub async fn ask(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Json(asked): Json<ConsultAsk>,
) -> Result<axum::Json<ConsultAnswer>, Problem> {
    let bot = own_bot(&hub, &caller, &bot).await?;
    let channel = hub.store.consult_channel(bot).await?.ok_or(Problem::Missing(Thing::ConsultTalk))?;
    let no = |ko: &str, en: &str, said: String| {
        axum::Json(ConsultAnswer { done: false, trouble: Some(Trouble::ours(said, ko, en)) })
    };
    let line = match line(&hub, &channel).await {
        Ok(line) => line,
        Err(error) => {
            return Ok(no(
                "딜러사 키를 읽을 수 없어요.",
                "The dealer's keys cannot be read.",
                error.to_string(),
            ));
        }
    };
    let call = match asked.work {
        ConsultWork::Activate => consulttalk::activate(&line),
        ConsultWork::Deactivate => consulttalk::deactivate(&line),
        ConsultWork::Receive => match consulttalk::set_receive(&line, &receive_url(&hub, &channel.door)) {
            Some(call) => call,
            None => {
                return Ok(no(
                    "이 딜러사는 수신 주소를 직접 등록해 줘요. 위 주소를 딜러사에 전달해 주세요.",
                    "This dealer registers the address by hand. Give them the address above.",
                    String::new(),
                ));
            }
        },
    };
    let answered = match outbox::call(&hub, call).await {
        Ok((status, body)) => read_done(line.relay, status, &body),
        Err(error) => {
            return Ok(no(
                "딜러사 서버에 연결할 수 없어요. 주소와 방화벽을 확인해 주세요.",
                "The dealer's server cannot be reached. See its address and the firewall.",
                error.to_string(),
            ));
        }
    };
    let trouble = answered.as_ref().err().map(outbox::why);
    hub.store.consult_called(bot, hub.clock.now_ms(), trouble.clone()).await?;
    let trouble = Trouble::read(trouble.as_deref());
    Ok(axum::Json(ConsultAnswer { done: answered.is_ok(), trouble }))
}

/// What a month costs, as an estimate: the dealer's bill decides.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/consulttalk/use", operation_id = "getConsultTalkUse",
    tag = "channels", params(Month), responses((status = 200, body = ConsultUse)))]
pub async fn used(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Params(month): Params<Month>,
) -> Result<axum::Json<ConsultUse>, Problem> {
    let bot = own_bot(&hub, &caller, &bot).await?;
    let most = MAX_DAYS * 86_400_000;
    if month.from < 0 || month.to < month.from || month.to.saturating_sub(month.from) > most {
        return Err(Problem::Malformed("from, to: a month at most, from before to".to_owned()));
    }
    let rows = hub.store.room_days(bot, (month.from, month.to), BILLED_DAY_SHIFT_MS).await?;
    let day = |(day, rooms)| ConsultDay { at: day * 86_400_000 - BILLED_DAY_SHIFT_MS, rooms };
    let days: Vec<ConsultDay> = rows.into_iter().map(day).collect();
    let room_days = days.iter().map(|day| day.rooms).sum();
    Ok(axum::Json(ConsultUse { days, room_days }))
}

fn receive_url(hub: &Hub, door: &str) -> String {
    format!("{}/consulttalk/{door}", hub.config.public_url())
}

async fn view(hub: &Hub, row: Option<ConsultChannelRow>) -> Result<ConsultChannel, Problem> {
    let relays =
        Relay::ALL.iter().map(|relay| serde_json::to_value(facts(*relay)).unwrap_or_default()).collect();
    let Some(row) = row else {
        return Ok(ConsultChannel {
            configured: false,
            enabled: false,
            relay: Relay::HappytalkV3.name().to_owned(),
            sender_key: String::new(),
            settings: ConsultSettings::default(),
            keys: Vec::new(),
            receive_url: None,
            heard_at: None,
            heard: String::new(),
            called_at: None,
            trouble: None,
            waiting: 0,
            relays,
        });
    };
    let kept = hub.vault.connection(row.workspace, Kind::Consulttalk, Some(&row.bot.to_string())).await?;
    let keys = kept.and_then(|kept| Some(kept.get("credentials")?.as_object()?.keys().cloned().collect()));
    let (waiting, _) = hub.store.consult_hooks_waiting(row.bot).await?;
    Ok(ConsultChannel {
        configured: true,
        enabled: row.enabled,
        receive_url: Some(receive_url(hub, &row.door)),
        settings: ConsultSettings::read(&row.settings),
        relay: row.relay,
        sender_key: row.sender_key,
        keys: keys.unwrap_or_default(),
        heard_at: row.heard_at,
        heard: row.heard,
        called_at: row.called_at,
        trouble: Trouble::read(row.trouble.as_deref()),
        waiting,
        relays,
    })
}

/// A channel's id: letters, digits and Hangul after the `@`, and some signs that need no escaping in an address.
fn is_channel_id(text: &str) -> bool {
    text.strip_prefix('@').is_some_and(|name| {
        (1..=MAX_CHANNEL_ID).contains(&name.chars().count())
            && name.chars().all(|letter| letter.is_alphanumeric() || "-_.".contains(letter))
    })
}

fn checked(mut body: ConsultBody) -> Result<(Relay, ConsultBody), Problem> {
    let mut check = Check::default();
    let relay = Relay::read(&body.relay);
    if relay.is_none() {
        let names = Relay::ALL.iter().map(|relay| relay.name()).collect::<Vec<_>>().join(", ");
        check.wrong("/relay", format!("{names} 중에서 골라 주세요."), format!("Choose one of {names}."));
    }
    body.sender_key = body.sender_key.trim().to_owned();
    let plain = |text: &str| {
        text.len() <= MAX_TEXT && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control())
    };
    if body.sender_key.is_empty() || !plain(&body.sender_key) {
        check.wrong(
            "/senderKey",
            "딜러사에서 받은 발신프로필 키를 적어 주세요.",
            "Enter the sender profile's key that the dealer issued.",
        );
    }
    let settings = &mut body.settings;
    settings.base_url = settings.base_url.trim().trim_end_matches('/').to_owned();
    let needs_address = relay.is_some_and(|relay| facts(relay).base_url.is_empty());
    let is_web =
        url::Url::parse(&settings.base_url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    let is_good = if settings.base_url.is_empty() {
        !(needs_address && body.enabled)
    } else {
        is_web && plain(&settings.base_url)
    };
    if !is_good {
        check.wrong(
            "/settings/baseUrl",
            "딜러사에서 받은 API 주소를 https://부터 적어 주세요.",
            "Enter the address of the dealer's API, with https://.",
        );
    }
    settings.channel_id = settings.channel_id.trim().to_owned();
    if !settings.channel_id.is_empty() && !(is_channel_id(&settings.channel_id)) {
        check.wrong(
            "/settings/channelId",
            "@로 시작하는 채널 검색용 아이디를 적어 주세요.",
            "Enter the channel's id, which begins with @.",
        );
    }
    settings.addresses.iter_mut().for_each(|text| *text = text.trim().to_owned());
    settings.addresses.retain(|text| !text.is_empty());
    if settings.addresses.len() > MAX_ENTRIES || settings.addresses.iter().any(|text| net(text).is_none()) {
        check.wrong(
            "/settings/addresses",
            "203.0.113.7이나 203.0.113.0/24처럼 적어 주세요. 50개까지예요.",
            "Write each as 203.0.113.7 or 203.0.113.0/24; there may be 50.",
        );
    }
    settings.media_hosts.iter_mut().for_each(|text| *text = text.trim().to_ascii_lowercase());
    settings.media_hosts.retain(|text| !text.is_empty());
    let is_host = |text: &String| {
        text.len() <= MAX_TEXT
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:".contains(&byte))
    };
    if settings.media_hosts.len() > MAX_ENTRIES || !settings.media_hosts.iter().all(is_host) {
        check.wrong(
            "/settings/mediaHosts",
            "files.example.com처럼 호스트 이름만 적어 주세요. 50개까지예요.",
            "Write host names only, such as files.example.com; there may be 50.",
        );
    }
    if settings.paths.len() > MAX_ENTRIES
        || settings.paths.values().any(|path| !path.starts_with('/') || !plain(path))
    {
        check.wrong("/settings/paths", "/로 시작하는 경로를 적어 주세요.", "Enter paths that begin with /.");
    }
    settings.additional_choice = check.text("/settings/additionalChoice", &settings.additional_choice);
    settings.unsupported_media = check.text("/settings/unsupportedMedia", &settings.unsupported_media);
    if body.keys.len() > MAX_ENTRIES
        || body.keys.iter().any(|(name, value)| !plain(name) || !plain(value.trim()))
    {
        check.wrong("/keys", "띄어쓰기 없이 적어 주세요.", "Enter keys without blanks.");
    }
    check.done()?;
    Ok((relay.unwrap_or(Relay::Native), body))
}
