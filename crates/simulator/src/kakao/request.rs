//! The JSON of a skill request, in the key order and forms of its year and door (spec kakao-skill.md 1.2, 1.3, 2).

use serde_json::{Map, Value, json};

use super::{Era, Kakao, Mode};
use crate::judge::ContextValue;

/// What is said, and how it came about.
pub(super) struct Utterance<'a> {
    pub block: &'static str,
    pub text: &'a str,
    pub extra: Option<Value>,
    pub trigger: Option<&'a str>,
    /// Parameters of the request and of the skill.
    pub params: (Map<String, Value>, Map<String, Value>),
    pub last_block: Option<&'static str>,
}

/// A person's key from their name: 66 hexadecimal digits, the same for the same name.
pub(super) fn user_key(name: &str) -> String {
    let mut out = String::with_capacity(66);
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    while out.len() < 66 {
        for byte in name.bytes().chain([0x5a]) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        out.push_str(&format!("{state:016x}"));
    }
    out.truncate(66);
    out
}

/// The id of a request: new for each.
pub(super) fn request_id(user: &str, number: u64) -> String {
    format!("chp-{}{number:08x}", &user[..24])
}

pub(super) fn body(
    kakao: &Kakao,
    user: &str,
    said: &Utterance<'_>,
    contexts: &[ContextValue],
    callback: Option<&str>,
) -> Vec<u8> {
    let (mode, era) = (kakao.mode, kakao.era);
    let editor = mode == Mode::EditorTest;
    let block_id = if editor { "lag7alnrk59xy7fqu9chrwjj".to_owned() } else { block_id(said.block) };
    let block_name = if editor { "블록 이름" } else { said.block };
    let block = json!({"id": block_id, "name": block_name});
    let bot = json!({"id": kakao.bot_id(), "name": if editor { "봇 이름" } else { "맑은마켓" }});
    let mut intent = block.clone();
    if !editor {
        intent["extra"] = json!({"reason": {"code": 1, "message": "OK"}});
    }
    let detail: Map<String, Value> = said
        .params
        .1
        .iter()
        .map(|(key, value)| (key.clone(), json!({"origin": value, "value": value, "groupName": ""})))
        .collect();
    let nothing = if editor || era == Era::Y2019 { Value::Null } else { json!({}) };
    let action = json!({"id": "64aa10b2c3d4e5f607182955", "name": "상담 스킬", "params": said.params.1, "detailParams": detail,
        "clientExtra": said.extra.clone().unwrap_or(nothing)});
    let mut request = json!({"block": block, "user": person(mode, era, user), "utterance": utterance(mode, said.text),
        "params": request_params(mode, era, &said.params.0)});
    if let Some(url) = callback {
        request["callbackUrl"] = Value::from(url);
    }
    request["lang"] = lang(mode, era);
    request["timezone"] = Value::from("Asia/Seoul");
    let contexts: Vec<Value> = contexts.iter().map(context).collect();
    let mut root = Map::new();
    if era == Era::Y2019 {
        root.extend([("intent".to_owned(), intent), ("userRequest".to_owned(), request)]);
        if !editor {
            root.insert("contexts".to_owned(), Value::from(contexts));
        }
        root.extend([("bot".to_owned(), bot), ("action".to_owned(), action)]);
    } else {
        root.extend([("bot".to_owned(), bot), ("intent".to_owned(), intent), ("action".to_owned(), action)]);
        root.insert("userRequest".to_owned(), request);
        if !editor {
            root.insert("contexts".to_owned(), Value::from(contexts));
        }
    }
    if era == Era::Y2025 && !editor {
        let block = |name: &str| json!({"id": self::block_id(name), "name": name});
        let mut flow = Map::new();
        if let Some(last) = said.last_block {
            flow.insert("lastBlock".to_owned(), block(last));
        }
        if let Some(trigger) = said.trigger {
            let referrer = said.last_block.map(block);
            flow.insert("trigger".to_owned(), json!({"type": trigger, "referrerBlock": referrer}));
        }
        root.insert("flow".to_owned(), Value::Object(flow));
    }
    Value::Object(root).to_string().into_bytes()
}

/// 24 hexadecimal digits that are always the same for a block.
fn block_id(name: &str) -> String {
    user_key(name)[..24].to_owned()
}

fn person(mode: Mode, era: Era, user: &str) -> Value {
    if mode == Mode::EditorTest {
        return json!({"id": "133274", "type": "accountId", "properties": {}});
    }
    let mut properties = Map::new();
    if era != Era::Y2019 {
        properties.insert("botUserKey".to_owned(), Value::from(user));
    }
    if mode != Mode::BotTest {
        if era != Era::Y2019 {
            properties.insert("isFriend".to_owned(), Value::Bool(true));
        }
        properties.insert("plusfriendUserKey".to_owned(), Value::from(&user[..12]));
    }
    if era != Era::Y2019 {
        properties.insert("bot_user_key".to_owned(), Value::from(user));
        if mode != Mode::BotTest {
            properties.insert("plusfriend_user_key".to_owned(), Value::from(&user[..12]));
        }
    }
    json!({"id": user, "type": "botUserKey", "properties": properties})
}

fn utterance(mode: Mode, text: &str) -> String {
    if mode == Mode::BotTest { format!("{text}\n") } else { text.to_owned() }
}

fn request_params(mode: Mode, era: Era, more: &Map<String, Value>) -> Value {
    let mut params = Map::new();
    match mode {
        Mode::Operating | Mode::Development => {
            drop(params.insert("surface".to_owned(), Value::from("Kakaotalk.plusfriend")));
        }
        Mode::BotTest => {
            let surface = if era == Era::Y2019 { "Mini" } else { "BuilderBotTest" };
            params.insert("surface".to_owned(), Value::from(surface));
            params.insert("ignoreMe".to_owned(), Value::from("true"));
        }
        Mode::EditorTest => drop(params.insert("ignoreMe".to_owned(), Value::from("true"))),
    }
    params.extend(more.clone());
    Value::Object(params)
}

fn lang(mode: Mode, era: Era) -> Value {
    match (mode, era) {
        (Mode::EditorTest, _) => Value::Null,
        (Mode::BotTest, _) | (_, Era::Y2019) => Value::from("kr"),
        _ => Value::from("ko"),
    }
}

/// The request's spelling differs from the answer's: `lifespan`, and params as value and resolved value.
fn context(context: &ContextValue) -> Value {
    let params: Map<String, Value> = context
        .params
        .iter()
        .map(|(key, value)| (key.clone(), json!({"value": value, "resolvedValue": value})))
        .collect();
    json!({"name": context.name, "lifespan": context.life_span, "ttl": context.ttl.unwrap_or(600), "params": params})
}
