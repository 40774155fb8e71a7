//! From a request's bytes to what was heard (spec kakao-skill.md 1–3).
//!
//! Reading never fails: every field is optional, every type is checked, unknown fields are passed by. What lacks is a
//! [`Finding`], and a request without a user or an utterance is still an [`Inbound`] that can be answered.

use engine::{
    event::Event,
    message::{Media, Received},
};
use serde_json::{Map, Value};

use super::{
    finding::{Finding, Findings},
    marker::{self, Pressed},
    media,
    mode::{self, Mode, Signs},
    seen, skill,
};
use crate::UserKey;

/// The welcome block's name unless it was renamed (spec kakao-skill.md 3.1).
const WELCOME: &str = "웰컴 블록";
/// The fallback block's name unless it was renamed.
const FALLBACK: &str = "폴백 블록";

/// How triggers begin that are buttons of an answer; those of the room's menu begin otherwise (1.3).
const BUTTONS: [&str; 3] = ["CARD_BUTTON_", "LIST_ITEM_", "QUICKREPLY_BUTTON_"];

/// What the address says beside the body.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints {
    /// `?block=welcome`: for welcome blocks whose request does not show it.
    pub welcome: bool,
}

/// What a request says.
#[derive(Debug, Clone, PartialEq)]
pub struct Inbound {
    /// Who speaks; `None` where the request does not say, so that there can be no conversation.
    pub user: Option<UserKey>,
    /// Which of Kakao's doors it came through.
    pub mode: Mode,
    /// The bot's id at Kakao, without the `!` of the development channel.
    pub bot_id: Option<String>,
    /// The block that reacted.
    pub block: Block,
    /// What was heard.
    pub heard: Heard,
    /// What the person visibly said: the trimmed utterance.
    pub said: Option<String>,
    /// The context key `kakao`.
    pub kakao: Value,
    /// Where a late answer may go (spec kakao-skill.md 6).
    pub callback_url: Option<String>,
    /// What came was pressed rather than typed, and how sure that is.
    pub press: Press,
    /// What was missing or odd.
    pub findings: Vec<Finding>,
}

/// The block of the OpenBuilder scenario that called the skill.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    /// Which kind, as far as its name tells.
    pub kind: BlockKind,
    /// Its id.
    pub id: Option<String>,
    /// Its name, trimmed.
    pub name: Option<String>,
}

/// The kinds of blocks that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BlockKind {
    /// The room was opened for the first time.
    Welcome,
    /// Nothing else matched: free talk.
    Fallback,
    /// Any other block of the scenario.
    #[default]
    Other,
}

/// Was a button pressed? One that a skill's answer showed proves that the block uses the skill's data (4.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Press {
    /// None that is known of.
    #[default]
    None,
    /// A button of some answer, ours or the block's own.
    Some,
    /// One of ours.
    Ours,
}

/// What was heard.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// An event for the engine.
    Event(Event),
    /// "더보기" was pressed: the next page of the last answer.
    More,
    /// "답변 보기" was pressed: the answer that took longer than Kakao waits.
    Late,
    /// Nothing that could be an event.
    Unreadable,
}

/// Reads a request.
pub fn read(body: &[u8], hints: &Hints) -> Inbound {
    let mut findings = Findings::default();
    let Some(payload) = skill::parse(body, &mut findings) else { return unreadable(findings) };
    let root = &payload.root;
    let Some(request) = root.get("userRequest").and_then(Value::as_object) else {
        no_request(root, &payload.base, &mut findings);
        let mut inbound = unreadable(findings);
        inbound.bot_id = bot_id(root).map(|id| id.trim_end_matches('!').to_owned());
        inbound.kakao = seen::context(root, None, inbound.mode);
        return inbound;
    };
    let user = request.get("user").and_then(Value::as_object);
    let key = user_key(user, &mut findings, &payload.base);
    let params = request.get("params").and_then(Value::as_object);
    let bot_id = bot_id(root);
    let mode = mode::conclude(Signs {
        bot_id,
        user_type: user.and_then(|user| text(user, "type")),
        surface: params.and_then(|params| text(params, "surface")),
        ignore_me: params.and_then(|params| params.get("ignoreMe")).is_some_and(is_true),
        has_user: key.is_some(),
    });
    if bot_id.is_none() {
        findings.note(
            "no-bot",
            format!("{}/bot/id", payload.base),
            "요청에 봇 정보가 없어요. 오래된 요청이거나 변환함수를 거친 요청일 수 있어요.",
            "The request names no bot: it is of an old form, or a transform function changed it.",
        );
    }
    let block = block(root, request, *hints);
    let utterance = request.get("utterance").and_then(Value::as_str);
    if utterance.is_none() && block.kind != BlockKind::Welcome {
        findings.broken(
            "no-utterance",
            format!("{}/userRequest/utterance", payload.base),
            "요청에 발화(utterance)가 없어요. 스킬에 변환함수가 설정되어 있다면 빼 주세요.",
            "The request has no utterance. If a transform function (변환함수) is set on the skill, remove it.",
        );
    }
    let said = utterance.map(str::trim).filter(|said| !said.is_empty());
    let trigger = root.get("flow").and_then(|flow| flow.pointer("/trigger/type")).and_then(Value::as_str);
    let pressed = client_extra(root).and_then(marker::read);
    let press = match (&pressed, trigger) {
        (Some(_), _) => Press::Ours,
        (None, Some(trigger)) if BUTTONS.iter().any(|of| trigger.starts_with(of)) => Press::Some,
        _ => Press::None,
    };
    let heard = heard(&block, said, utterance, pressed, photo(said, params, trigger));
    Inbound {
        user: key,
        mode,
        bot_id: bot_id.map(|id| id.trim_end_matches('!').to_owned()),
        heard,
        said: said.map(str::to_owned),
        kakao: seen::context(root, Some(request), mode),
        callback_url: text(request, "callbackUrl").filter(|url| !url.trim().is_empty()).map(str::to_owned),
        block,
        press,
        findings: findings.0,
    }
}

fn heard(
    block: &Block,
    said: Option<&str>,
    utterance: Option<&str>,
    pressed: Option<Pressed>,
    photo: Option<Media>,
) -> Heard {
    // A press says more than the block that it led to: a button may lead to the welcome block by its text.
    match pressed {
        Some(Pressed::More) => return Heard::More,
        Some(Pressed::Late) => return Heard::Late,
        Some(Pressed::Goto { flow_id, node_id }) => return Heard::Event(Event::Goto { flow_id, node_id }),
        Some(Pressed::Payload(payload)) => {
            return Heard::Event(Event::Message(Received::postback(said.unwrap_or_default(), payload)));
        }
        Some(Pressed::Unknown) | None => {}
    }
    if block.kind == BlockKind::Welcome {
        return Heard::Event(Event::Start);
    }
    if let Some(media) = photo {
        let shown = said.filter(|said| *said != media.uri).map(str::to_owned);
        return Heard::Event(Event::Message(Received { text: shown, ..Received::media(media) }));
    }
    match (said, utterance) {
        (Some(said), _) => Heard::Event(Event::Message(Received::text(said))),
        // An empty utterance is how the welcome block is seen to speak (spec kakao-skill.md 3.1).
        (None, Some(_)) => Heard::Event(Event::Start),
        (None, None) => Heard::Unreadable,
    }
}

fn photo(said: Option<&str>, params: Option<&Map<String, Value>>, trigger: Option<&str>) -> Option<Media> {
    let from_params =
        params.map(media::from_params).and_then(|mut found| (!found.is_empty()).then(|| found.remove(0)));
    from_params.or_else(|| media::from_utterance(said?, trigger))
}

fn block(root: &Map<String, Value>, request: &Map<String, Value>, hints: Hints) -> Block {
    let of = |part: Option<&Value>, key: &str| {
        part.and_then(|part| part.get(key)?.as_str())
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let (inner, outer) = (request.get("block"), root.get("intent"));
    let name = of(inner, "name").or_else(|| of(outer, "name"));
    let kind = match name.as_deref() {
        _ if hints.welcome => BlockKind::Welcome,
        Some(WELCOME) => BlockKind::Welcome,
        Some(FALLBACK) => BlockKind::Fallback,
        _ => BlockKind::Other,
    };
    Block { kind, id: of(inner, "id").or_else(|| of(outer, "id")), name }
}

fn bot_id(root: &Map<String, Value>) -> Option<&str> {
    root.get("bot")?.get("id")?.as_str().map(str::trim).filter(|id| !id.is_empty())
}

fn client_extra(root: &Map<String, Value>) -> Option<&Map<String, Value>> {
    root.get("action")?.get("clientExtra")?.as_object()
}

/// The user's key: `user.id`, and where that is missing one of its aliases (spec kakao-skill.md 1.3).
fn user_key(user: Option<&Map<String, Value>>, findings: &mut Findings, base: &str) -> Option<UserKey> {
    let own = user.and_then(|user| scalar(user.get("id")));
    let properties = user.and_then(|user| user.get("properties")).and_then(Value::as_object);
    let alias = || {
        ["botUserKey", "bot_user_key", "plusfriendUserKey", "plusfriend_user_key"]
            .iter()
            .find_map(|name| scalar(properties?.get(*name)))
    };
    let key = own.or_else(alias).and_then(|key| UserKey::new(&key));
    if key.is_none() {
        findings.broken(
            "no-user",
            format!("{base}/userRequest/user/id"),
            "요청에 사용자 키가 없어서 대화를 이어 갈 수 없어요. 스킬에 변환함수가 설정되어 있다면 빼 주세요.",
            "The request names no user, so there can be no conversation. If a transform function (변환함수) is set on the skill, remove it.",
        );
    }
    key
}

fn scalar(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// `"true"` as the test panel writes it, or a real `true`.
fn is_true(value: &Value) -> bool {
    matches!(value, Value::Bool(true)) || value.as_str() == Some("true")
}

fn text<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    map.get(key)?.as_str()
}

fn no_request(root: &Map<String, Value>, base: &str, findings: &mut Findings) {
    let place = format!("{base}/userRequest");
    if root.contains_key("isInSlotFilling") || (root.contains_key("utterance") && root.contains_key("value"))
    {
        findings.broken(
            "validation",
            place,
            "파라미터 검증 API의 요청이에요. 이 주소는 스킬 URL이라서 검증에는 쓸 수 없어요.",
            "This is a request of the parameter validation API; this address is a skill URL and cannot validate.",
        );
    } else if let Some(other) = root.get("userRequest") {
        let kind = skill::kind(other);
        findings.broken(
            "user-request-type",
            place,
            format!("userRequest가 객체가 아니라 {kind}이에요. 스킬에 변환함수가 설정되어 있다면 빼 주세요."),
            format!("userRequest is no object but {kind}. If a transform function (변환함수) is set on the skill, remove it."),
        );
    } else {
        findings.broken(
            "no-user-request",
            place,
            "요청에 userRequest가 없어요. 스킬에 변환함수가 설정되어 있다면 빼 주세요.",
            "userRequest is missing. If a transform function (변환함수) is set on the skill, remove it.",
        );
    }
}

fn unreadable(findings: Findings) -> Inbound {
    Inbound {
        user: None,
        mode: Mode::Unknown,
        bot_id: None,
        block: Block::default(),
        heard: Heard::Unreadable,
        said: None,
        kakao: Value::Null,
        callback_url: None,
        press: Press::None,
        findings: findings.0,
    }
}
