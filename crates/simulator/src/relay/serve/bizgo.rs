//! Infobank Bizgo: camel case, envelopes, and results that come later (consulttalk.md 7).

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{body, file_use, form, noted};
use crate::{
    provider::listen::{Heard, Said},
    relay::{
        hook::{Event, hook},
        judge::{
            Judge, Rule, Violation, code,
            rich::{PLAIN, RICH},
        },
        kst,
        office::{Letter, Office, Refusal},
        upload::Use,
    },
};

pub(super) async fn answer(office: &Arc<Office>, heard: &Heard) -> Said {
    let Some(operation) = route(heard) else {
        return Said::json(404, &json!({"common": {"authCode": "A404", "authResult": "Not Found"}}));
    };
    let key = office.options.credentials.get("api_key").map(String::as_str);
    if heard.header("authorization") != key {
        let at = "authorization".to_owned();
        let found =
            Violation { operation, code: code::UNAUTHORIZED, rule: "credentials", at, found: String::new() };
        noted(office, vec![found]);
        return Said::json(
            401,
            &json!({"common": {"authCode": "A401", "authResult": "Unauthorized", "infobankTrId": ""}}),
        );
    }
    match operation {
        "write_plain" | "write_rich" => write(office, heard, operation).await,
        "end" | "end_with_bot" => end(office, heard, operation),
        "upload_image" | "upload_file" => upload(office, heard, operation),
        "session" => session(office, heard),
        _ => centre(office, heard, operation),
    }
}

fn route(heard: &Heard) -> Option<&'static str> {
    let path = heard.path.strip_prefix("/api/comm/v1/")?;
    Some(match (heard.method.as_str(), path) {
        ("POST", "cstalk/plain") => "write_plain",
        ("POST", "cstalk/rich") => "write_rich",
        ("POST", "cstalk/end") => "end",
        ("POST", "cstalk/endWithBot") => "end_with_bot",
        ("POST", "file/cstalk") => "upload_file",
        ("POST", "file/cstalk/image") => "upload_image",
        ("GET", "center/cstalk/session") => "session",
        ("POST", "center/cstalk/profile/user/block") => "block",
        ("POST", "center/cstalk/profile/user/unblock") => "unblock",
        ("POST", "center/cstalk/profile/chat/activate") => "activate",
        ("POST", "center/cstalk/profile/chat/deactivate") => "deactivate",
        ("POST", "center/cstalk/chat/delete") => "delete",
        _ => return None,
    })
}

/// The envelope of an answer.
fn said(office: &Office, data: &Value) -> Said {
    let transaction = office.state().next_key();
    let common = json!({"authCode": "A000", "authResult": "Success", "infobankTrId": transaction});
    Said::json(200, &json!({"common": common, "data": data}))
}

fn refused(office: &Office, refusal: &Refusal, reference: Option<&str>) -> Said {
    let (code, text) = translated(refusal);
    said(office, &json!({"code": code, "result": text, "ref": reference}))
}

/// Bizgo's code for one of Kakao's.
fn translated(refusal: &Refusal) -> (&'static str, String) {
    let attachment = ["attachment", "carousel"].iter().any(|part| refusal.about.starts_with(part));
    let code = match refusal.code {
        code::SENDER | code::INACTIVE => "A502",
        code::USER => "A507",
        code::SESSION => "A821",
        code::MEDIA => "A573",
        code::MESSAGE | code::LENGTH | code::JSON if attachment => "A573",
        code::MESSAGE | code::LENGTH | code::JSON => "A572",
        _ => "A213",
    };
    (code, refusal.message())
}

/// Reads a call's body and looks whose profile it is about.
fn read(
    judge: &mut Judge<'_>,
    map: &Map<String, Value>,
    fields: &[&str],
    sender: &str,
) -> Map<String, Value> {
    let map = judge.object(&Value::Object(map.clone()), "", fields).clone();
    let given = judge.text(&map, Rule::required("sender_key", 40).code(code::SENDER), "");
    if given != sender {
        judge.broken(code::SENDER, "sender", "senderKey", &given);
    }
    if fields.contains(&"user_key") {
        judge.text(&map, Rule::required("user_key", 20).code(code::USER), "");
    }
    map
}

async fn write(office: &Arc<Office>, heard: &Heard, operation: &'static str) -> Said {
    let asked = serde_json::from_slice::<Map<String, Value>>(&heard.body).unwrap_or_default();
    let field = |key: &str| asked.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (user, kind) = (field("userKey"), field("msgType"));
    office.opened(&user).await;
    let (bubble, reference, found, key) = {
        let mut state = office.state();
        let key = state.next_key();
        let mut judge = Judge::new(operation, office.dialect, &state.uploads, state.now_ms());
        let mut fields = vec!["user_key", "sender_key", "msg_type", "ref"];
        if operation == "write_plain" {
            fields.extend(PLAIN);
        } else {
            fields.extend(RICH);
            fields.push("cert_expiry");
        }
        let map = body(&mut judge, heard);
        let map = read(&mut judge, &map, &fields, &state.options.sender_key);
        let reference = judge.text(&map, Rule::optional("ref", 200), "");
        let bubble = if operation == "write_plain" {
            judge.plain(&map, "msg_type")
        } else {
            judge.rich(&map, "msg_type", "message")
        };
        (bubble, (!reference.is_empty()).then_some(reference), judge.found, key)
    };
    let found = noted(office, found);
    let letter = Letter { user: user.clone(), serial: key.clone(), bubble };
    let later = |refusal: &Refusal| {
        office.options.refuses_later
            && matches!(refusal.code, code::SESSION | code::BLOCKED | code::INACTIVE | -600)
    };
    let report = match office.take(letter, &found, false) {
        Ok(()) => ("A000", "Success".to_owned()),
        Err(refusal) if later(&refusal) => translated(&refusal),
        Err(refusal) => return refused(office, &refusal, reference.as_deref()),
    };
    let answer = said(office, &json!({"code": "A000", "result": "Success", "msgKey": key, "ref": reference}));
    tell(office, &user, key, kind, "write", report, reference);
    answer
}

/// Sends the result of a call.
fn tell(
    office: &Arc<Office>,
    user: &str,
    key: String,
    of: String,
    request: &'static str,
    (code, text): (&'static str, String),
    reference: Option<String>,
) {
    let told = {
        let mut state = office.state();
        let now_ms = state.now_ms();
        let event = Event::Result { key, of, request, code, text, reference };
        hook(&mut state, user, None, now_ms, &event)
    };
    office.post_later(told, office.options.result_after);
}

fn end(office: &Arc<Office>, heard: &Heard, operation: &'static str) -> Said {
    let (user, event, found, key) = {
        let mut state = office.state();
        let key = state.next_key();
        let mut judge = Judge::new(operation, office.dialect, &state.uploads, state.now_ms());
        let fields: &[&str] = if operation == "end" {
            &["user_key", "sender_key"]
        } else {
            &["user_key", "sender_key", "bot_event"]
        };
        let map = body(&mut judge, heard);
        let map = read(&mut judge, &map, fields, &state.options.sender_key);
        let event = judge.text(&map, Rule::optional("bot_event", 100), "");
        let user = judge.get(&map, "user_key").and_then(Value::as_str).unwrap_or_default().to_owned();
        (user, event, judge.found, key)
    };
    if let Some(violation) = noted(office, found).first() {
        return refused(office, &Refusal::new(violation.code, &violation.at), None);
    }
    let (request, ended) = if operation == "end" {
        ("end", office.end(&user, "EP"))
    } else {
        ("endwithbot", office.end_with_bot(&user, &event))
    };
    let report = match ended {
        Some(_) => ("A000", "Success".to_owned()),
        None => translated(&Refusal::new(code::SESSION, &user)),
    };
    let answer = said(office, &json!({"code": "A000", "result": "Success", "data": {"msgKey": key}}));
    tell(office, &user, key, "SESSION".to_owned(), request, report, None);
    answer
}

/// Calls whose body is wrapped in `cstalk`.
fn centre(office: &Arc<Office>, heard: &Heard, operation: &'static str) -> Said {
    let (user, key, found) = {
        let state = office.state();
        let mut judge = Judge::new(operation, office.dialect, &state.uploads, state.now_ms());
        let map = body(&mut judge, heard);
        let map = judge.object(&Value::Object(map), "", &["cstalk"]).clone();
        let inner = map.get("cstalk").and_then(Value::as_object).cloned().unwrap_or_default();
        let fields: &[&str] = match operation {
            "activate" | "deactivate" => &["sender_key"],
            "delete" => &["sender_key", "user_key", "msg_key"],
            _ => &["sender_key", "user_key"],
        };
        let inner = read(&mut judge, &inner, fields, &state.options.sender_key);
        let text = |key: &str| inner.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        (text("userKey"), text("msgKey"), judge.found)
    };
    if let Some(violation) = noted(office, found).first() {
        return refused(office, &Refusal::new(violation.code, &violation.at), None);
    }
    match operation {
        "block" | "unblock" => office.block(&user, operation == "block"),
        "delete" => {
            let mut state = office.state();
            let shown = &mut state.room(&user).shown;
            let before = shown.len();
            shown.retain(|shown| shown.serial != key);
            if shown.len() == before {
                drop(state);
                return said(office, &json!({"code": "A822", "result": "Not deletable"}));
            }
        }
        _ => office.state().active = operation == "activate",
    }
    said(office, &json!({"code": "A000", "result": "Success"}))
}

fn session(office: &Office, heard: &Heard) -> Said {
    let user = heard.parameter("userKey").unwrap_or_default();
    let session = office.state().rooms.get(user).and_then(|room| room.session.clone());
    let Some(session) = session else {
        return said(office, &json!({"code": "A820", "result": "Not Found"}));
    };
    said(
        office,
        &json!({"code": "A000", "result": "Success", "data": {
            "sessionId": session.id,
            "senderKey": office.options.sender_key,
            "startedType": session.started,
            "startedAt": kst::local(session.started_ms),
            "expiredType": session.ended.map(|(how, _)| how),
            "expiredAt": session.ended.map(|(_, at_ms)| kst::local(at_ms)),
        }}),
    )
}

fn upload(office: &Office, heard: &Heard, operation: &'static str) -> Said {
    let image = operation == "upload_image";
    let (file, used, found) = {
        let state = office.state();
        let mut judge = Judge::new(operation, office.dialect, &state.uploads, state.now_ms());
        let kind = if image { "imageType" } else { "fileType" };
        let (texts, file) = form(&mut judge, heard, "file", &["senderKey", kind]);
        let sender = texts.get("senderKey").and_then(Value::as_str).unwrap_or_default();
        if sender != state.options.sender_key {
            judge.broken(code::SENDER, "sender", "senderKey", sender);
        }
        let word = texts.get(kind).and_then(Value::as_str).unwrap_or_default();
        let used = match word {
            "rich" if image => Use::LinkImage,
            "" if image => Use::Image,
            _ if image => {
                judge.broken(code::MEDIA, "unknown-word", kind, word);
                Use::Image
            }
            _ => file_use(&mut judge, word, kind),
        };
        (file, used, judge.found)
    };
    match office.upload(operation, used, file.as_ref(), found, true) {
        Ok((url, ..)) if image => said(office, &json!({"code": "A000", "result": "Success", "imgUrl": url})),
        Ok((url, name, size)) => said(
            office,
            &json!({"code": "A000", "result": "Success", "fileUrl": url, "fileName": name, "size": size.to_string()}),
        ),
        Err(refusal) if refusal.code == code::SENDER => refused(office, &refusal, None),
        Err(refusal) => said(office, &json!({"code": "A213", "result": refusal.message()})),
    }
}
