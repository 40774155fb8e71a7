//! Kakao's own API (v1 and v2) and both of Happytalk's, which pass it on (consulttalk.md 3, 5).

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{body, file_use, form, noted};
use crate::{
    provider::listen::{Heard, Said},
    relay::{
        judge::{
            Judge, Rule, Violation,
            classic::FIELDS,
            code,
            rich::{PLAIN, RICH},
        },
        kst,
        office::{Letter, Office, Refusal},
        options::Dialect,
        room::Bubble,
        upload::Use,
    },
};

/// Operations, by the end of their paths.
const PATHS: [(&str, &str); 15] = [
    ("write", "chat/write"),
    ("write_plain", "chat/send/plain"),
    ("write_rich", "chat/send/rich"),
    ("end", "chat/end"),
    ("end_with_bot", "chat/endWithBot"),
    ("history", "chatbot/messages"),
    ("upload_image", "image/upload"),
    ("upload_file", "file/upload"),
    ("block", "profile/user/block"),
    ("unblock", "profile/user/unblock"),
    ("activate", "profile/chat/activate"),
    ("deactivate", "profile/chat/deactivate"),
    ("receive", "center/domain/update"),
    ("receive_search", "center/domain/search"),
    ("sender", "center/sender"),
];
/// Where Happytalk's third generation is.
const V3: &str = "/kakaoWebhook/v3/bzc/";

pub(super) async fn answer(office: &Arc<Office>, heard: &Heard) -> Said {
    let Some((operation, second)) = route(office, heard) else {
        return Said::json(404, &json!({"code": -400, "message": format!("no such path: {}", heard.path)}));
    };
    if let Some(said) = stranger(office, heard, operation) {
        return said;
    }
    let refuse =
        |refusal: &Refusal| Said::json(200, &json!({"code": refusal.code, "message": refusal.message()}));
    if operation.starts_with("upload") {
        return match upload(office, heard, operation) {
            Ok(uploaded) => Said::json(200, &uploaded),
            Err(refusal) => refuse(&refusal),
        };
    }
    let map = serde_json::from_slice::<Map<String, Value>>(&heard.body).unwrap_or_default();
    let user = map.get("user_key").and_then(Value::as_str).unwrap_or_default().to_owned();
    if operation.starts_with("write") {
        office.opened(&user).await;
    }
    let created = if second { "created_at" } else { "createdAt" };
    let session_key = if second { "session_id" } else { "sessionId" };
    match work(office, heard, operation, &user) {
        Ok(Done::Written(at_ms)) => Said::json(200, &json!({"code": 0, created: kst::local(at_ms)})),
        Ok(Done::Ended(Some(session))) => Said::json(200, &json!({"code": 0, session_key: session})),
        Ok(Done::Ended(None) | Done::Plain) => Said::json(200, &json!({"code": 0})),
        Ok(Done::Centre) => Said::json(200, &json!({"code": "200"})),
        Ok(Done::Data(data)) => Said::json(200, &data),
        Err(refusal) => refuse(&refusal),
    }
}

enum Done {
    Written(i64),
    Ended(Option<String>),
    Plain,
    Centre,
    Data(Value),
}

/// The operation of a path, and whether it is spoken in v2 or later.
fn route(office: &Office, heard: &Heard) -> Option<(&'static str, bool)> {
    let known =
        |wanted: &str| PATHS.iter().find(|(_, path)| *path == wanted).map(|(operation, _)| *operation);
    if let Some((operation, _)) = office.options.paths.iter().find(|(_, path)| **path == heard.path) {
        return PATHS.iter().find(|(known, _)| known == operation).map(|(known, _)| (*known, true));
    }
    let third = office.dialect == Dialect::HappytalkV3;
    if third
        && heard.path == format!("/kakaoWebhook/v1/bzmc/consult/{}/receiveDomain", office.options.sender_key)
    {
        return Some((if heard.method == "GET" { "receive_search" } else { "receive" }, true));
    }
    if heard.method != "POST" {
        return None;
    }
    if let Some(rest) = heard.path.strip_prefix(V3) {
        let operation =
            known(rest).filter(|operation| third && *operation != "write" && *operation != "history")?;
        return Some((operation, true));
    }
    let (version, mut rest) = heard.path.strip_prefix('/')?.split_once('/')?;
    if office.dialect == Dialect::Native {
        // The partner's key stands between the version and the operation; whose it is, is asked later.
        rest = rest.split_once('/')?.1;
    }
    let operation = known(rest).filter(|operation| !matches!(*operation, "write_plain" | "write_rich"))?;
    let room = matches!(operation, "write" | "end" | "end_with_bot" | "history");
    let centre = operation.starts_with("receive") || operation == "sender";
    let here = match (office.dialect, version) {
        (Dialect::Native, "v2") => room,
        (Dialect::Native, "v1") => !centre && operation != "end_with_bot",
        (Dialect::HappytalkV1, "v1") => !matches!(operation, "end_with_bot" | "history"),
        // What the pages of the third generation do not have is still done by the first.
        (_, "v1") => !room && !operation.starts_with("upload"),
        _ => false,
    };
    here.then_some((operation, version == "v2"))
}

/// The answer to somebody whom the relay does not know.
fn stranger(office: &Office, heard: &Heard, operation: &'static str) -> Option<Said> {
    let credential = |name: &str| office.options.credentials.get(name).map_or("", String::as_str);
    let (known, code, at) = if office.dialect == Dialect::Native {
        let moved = office.options.paths.values().any(|path| *path == heard.path);
        let key = heard.path.split('/').nth(2).unwrap_or_default();
        (moved || key == credential("partner_key"), code::PARTNER, "path")
    } else {
        let id = heard.header("ht-client-id") == Some(credential("client_id"));
        let secret = heard.header("ht-client-secret") == Some(credential("client_secret"));
        (id && secret, code::UNAUTHORIZED, "ht-client-id, ht-client-secret")
    };
    if known {
        return None;
    }
    let found = Violation { operation, code, rule: "credentials", at: at.to_owned(), found: String::new() };
    noted(office, vec![found]);
    let status = if office.dialect == Dialect::Native { 200 } else { 401 };
    let refusal = Refusal::new(code, "");
    Some(Said::json(status, &json!({"code": code, "message": refusal.message()})))
}

/// Fields of each call.
fn fields(operation: &str, dialect: Dialect) -> Vec<&'static str> {
    let mut fields = vec!["user_key", "sender_key"];
    match operation {
        "write" => fields = FIELDS.to_vec(),
        "write_plain" => {
            fields.extend(["serial_number", "chat_bubble_type"]);
            fields.extend(PLAIN);
        }
        "write_rich" => {
            fields.extend(["serial_number", "chat_bubble_type"]);
            fields.extend(RICH);
        }
        "end_with_bot" => fields.push("bot_event"),
        "activate" | "deactivate" | "sender" | "receive_search" => fields = vec!["sender_key"],
        "receive" if dialect == Dialect::HappytalkV3 => fields = vec!["domain"],
        "receive" => fields = vec!["sender_key", "domain"],
        _ => {}
    }
    fields
}

fn work(office: &Arc<Office>, heard: &Heard, operation: &'static str, user: &str) -> Result<Done, Refusal> {
    let (bubble, serial, event, found, now_ms) = {
        let state = office.state();
        let mut judge = Judge::new(operation, office.dialect, &state.uploads, state.now_ms());
        let fields = fields(operation, office.dialect);
        let map = if heard.method == "GET" { Map::new() } else { body(&mut judge, heard) };
        let map = judge.object(&Value::Object(map), "", &fields).clone();
        if fields.contains(&"sender_key") && heard.method != "GET" {
            let sender = judge.text(&map, Rule::required("sender_key", 40).code(code::SENDER), "");
            if sender != state.options.sender_key {
                judge.broken(code::SENDER, "sender", "sender_key", &sender);
            }
        }
        if fields.contains(&"user_key") {
            judge.text(&map, Rule::required("user_key", 20).code(code::USER), "");
        }
        let mut serial = String::new();
        if operation.starts_with("write") {
            serial = judge.text(&map, Rule::required("serial_number", 30), "");
        }
        let bubble = match operation {
            "write" => judge.classic(&map),
            "write_plain" => judge.plain(&map, "chat_bubble_type"),
            "write_rich" => judge.rich(&map, "chat_bubble_type", "message"),
            _ => Bubble::default(),
        };
        let event = match operation {
            "end_with_bot" => judge.text(&map, Rule::optional("bot_event", 100), ""),
            "receive" => judge.text(&map, Rule::required("domain", 1_000), ""),
            _ => String::new(),
        };
        (bubble, serial, event, judge.found, judge.now_ms)
    };
    let found = noted(office, found);
    if operation.starts_with("write") {
        office.take(Letter { user: user.to_owned(), serial, bubble }, &found, true)?;
        return Ok(Done::Written(now_ms));
    }
    if let Some(violation) = found.first() {
        return Err(Refusal::new(violation.code, &violation.at));
    }
    Ok(match operation {
        "end" => Done::Ended(office.end(user, "EP").map(|session| session.id)),
        "end_with_bot" => Done::Ended(office.end_with_bot(user, &event).map(|session| session.id)),
        "block" | "unblock" => {
            office.block(user, operation == "block");
            Done::Plain
        }
        "activate" | "deactivate" => {
            office.state().active = operation == "activate";
            if office.dialect == Dialect::Native { Done::Plain } else { Done::Centre }
        }
        "history" => {
            let mut state = office.state();
            if state.options.history_in_reference {
                return Err(Refusal::new(code::HISTORY, ""));
            }
            Office::may_write(&mut state, user)?;
            let history = state.history.get(user).cloned().unwrap_or_default();
            Done::Data(json!({"code": 0, "chatbot_messages": history}))
        }
        "receive" if office.receive(&event) => Done::Centre,
        "receive" => Done::Data(json!({"code": "405", "message": "InvalidParameter"})),
        "receive_search" => Done::Data(json!({"code": "200", "domain": office.state().receive.clone()})),
        _ => Done::Data(
            json!({"code": "200", "data": {"sender_key": office.options.sender_key, "status": "A"}}),
        ),
    })
}

fn upload(office: &Office, heard: &Heard, operation: &'static str) -> Result<Value, Refusal> {
    let image = operation == "upload_image";
    let (file, used, found) = {
        let state = office.state();
        let mut judge = Judge::new(operation, office.dialect, &state.uploads, state.now_ms());
        let (field, kind) = if image { ("image", "image_type") } else { ("file", "file_type") };
        let (texts, file) = form(&mut judge, heard, field, &["sender_key", kind]);
        let sender = judge.text(&texts, Rule::required("sender_key", 40).code(code::SENDER), "");
        if sender != state.options.sender_key {
            judge.broken(code::SENDER, "sender", "sender_key", &sender);
        }
        let kind = texts.get(kind).and_then(Value::as_str).unwrap_or_default();
        // The word for a picture in a bubble with buttons changed with the bubbles.
        let big = if office.dialect.rich() { "rich" } else { "link" };
        let used = match kind {
            _ if image && kind == big => Use::LinkImage,
            "" if image => Use::Image,
            _ if image => {
                judge.broken(code::MEDIA, "unknown-word", "image_type", kind);
                Use::Image
            }
            _ => file_use(&mut judge, kind, "file_type"),
        };
        (file, used, judge.found)
    };
    let (url, name, size) = office.upload(operation, used, file.as_ref(), found, office.dialect.rich())?;
    Ok(match used {
        Use::Image | Use::LinkImage => json!({"code": "0000", "image": url}),
        Use::Audio => json!({"code": "0000", "file": url}),
        Use::File | Use::Video => json!({"code": "0000", "file": url, "name": name, "size": size}),
    })
}
