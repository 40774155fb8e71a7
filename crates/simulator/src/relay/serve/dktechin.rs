//! DKTechin: keys in headers, several bubbles in one call, answers within strings (consulttalk.md 6).

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{body, file_use, form, noted};
use crate::{
    provider::listen::{Heard, Said},
    relay::{
        judge::{self, Judge, Rule, Violation, code},
        kst,
        office::{Letter, Office, Refusal},
        room::Bubble,
        state::mixed,
        upload::Use,
    },
};

pub(super) async fn answer(office: &Arc<Office>, heard: &Heard) -> Said {
    let Some(operation) = route(heard) else {
        return Said::json(404, &json!({"code": "NOT_FOUND", "message": heard.path}));
    };
    if heard.header("x-service-key") != Some(&office.options.sender_key) {
        note(office, operation, code::UNAUTHORIZED, "credentials", "x-service-key");
        return failed(office, 401, "UNAUTHORIZED", "");
    }
    if heard.header("x-platform-type").is_some_and(|platform| platform != "kakao_counsel_talk") {
        note(office, operation, code::JSON, "platform", "x-platform-type");
        return failed(office, 400, "INVALID_PARAMETER", "X-Platform-Type");
    }
    let user = heard.header("x-user-key").unwrap_or_default().to_owned();
    let about_room = matches!(
        operation,
        "write_plain" | "write_rich" | "end" | "end_with_bot" | "block" | "unblock" | "session"
    );
    if about_room && (user.is_empty() || heard.header("x-platform-type").is_none()) {
        note(office, operation, code::USER, "missing", "x-user-key, x-platform-type");
        return failed(office, 400, "INVALID_PARAMETER", "X-User-Key, X-Platform-Type");
    }
    match operation {
        "write_plain" | "write_rich" => {
            office.opened(&user).await;
            write(office, heard, operation, &user)
        }
        "end" => {
            if !heard.body.is_empty() && heard.body != b"{}" {
                // A farewell goes with the end, in the form that its header names.
                let form = match heard.header("x-event-type") {
                    Some("PLAIN") => "write_plain",
                    Some("RICH") => "write_rich",
                    _ => {
                        note(office, operation, code::JSON, "missing", "x-event-type");
                        return failed(office, 400, "INVALID_PARAMETER", "X-Event-Type");
                    }
                };
                let farewell = write(office, heard, form, &user);
                if farewell.status != 200 {
                    return farewell;
                }
            }
            office.end(&user, "EP");
            done(office, &json!({}))
        }
        "end_with_bot" => match serde_json::from_slice::<Value>(&heard.body) {
            Ok(Value::String(event)) => {
                office.end_with_bot(&user, &event);
                done(office, &json!({}))
            }
            _ => {
                note(office, operation, code::JSON, "no-text", "");
                failed(office, 400, "INVALID_PARAMETER", "the body is a JSON text with the event")
            }
        },
        "block" | "unblock" => {
            office.block(&user, operation == "block");
            Said::json(200, &json!({"code": "200"}))
        }
        "activate" | "deactivate" => {
            office.state().active = operation == "activate";
            done(office, &json!({}))
        }
        "session" => session(office, &user),
        "statistics" => statistics(office, heard),
        "receive" => receive(office, heard),
        "receive_search" => done(office, &json!({"payload": office.state().receive.clone()})),
        "video" => {
            let state = office.state();
            let found = state.uploads.find(heard.parameter("url").unwrap_or_default(), state.now_ms());
            let status = match found {
                None => "NOT_FOUND",
                Some(upload) if upload.ready_ms > state.now_ms() => "IN_PROGRESS",
                Some(_) => "COMPLETE",
            };
            drop(state);
            done(office, &json!({"payload": status}))
        }
        _ => upload(office, heard, operation),
    }
}

fn route(heard: &Heard) -> Option<&'static str> {
    Some(match (heard.method.as_str(), heard.path.as_str()) {
        ("POST", "/api/v1/send/plain") => "write_plain",
        ("POST", "/api/v1/send/rich") => "write_rich",
        ("POST", "/api/v1/send/end") => "end",
        ("POST", "/api/v1/send/endWithBot") => "end_with_bot",
        ("POST", "/api/v1/profile/block") => "block",
        ("POST", "/api/v1/profile/unblock") => "unblock",
        ("GET", "/api/v1/session") => "session",
        ("GET", "/api/v1/stat/chat") => "statistics",
        ("POST", "/api/v1/upload/image" | "/api/v1/upload/image/plain") => "upload_image",
        ("POST", "/api/v1/upload/image/rich") => "upload_rich",
        ("POST", "/api/v1/upload/file") => "upload_file",
        ("GET", "/api/v1/upload/status") => "video",
        ("PUT", "/api/v2/system/sender/update/receive_url") => "receive",
        ("GET", "/api/v2/system/sender/receive_url") => "receive_search",
        ("PUT", "/api/v2/system/sender/activate") => "activate",
        ("PUT", "/api/v2/system/sender/deactivate") => "deactivate",
        _ => return None,
    })
}

fn note(office: &Office, operation: &'static str, code: i32, rule: &'static str, at: &str) {
    noted(office, vec![Violation { operation, code, rule, at: at.to_owned(), found: String::new() }]);
}

fn now(office: &Office) -> String {
    kst::zoned(office.state().now_ms())
}

/// `SUCCESS`, with more beside it.
fn done(office: &Office, more: &Value) -> Said {
    let mut body = json!({"code": "SUCCESS"});
    for (key, value) in more.as_object().into_iter().flatten() {
        body[key] = value.clone();
    }
    body["now"] = json!(now(office));
    Said::json(200, &body)
}

fn failed(office: &Office, status: u16, word: &str, about: &str) -> Said {
    Said::json(status, &json!({"code": word, "message": about, "payload": null, "now": now(office)}))
}

/// Several bubbles, each with a serial of the relay's and a result of its own.
fn write(office: &Arc<Office>, heard: &Heard, operation: &'static str, user: &str) -> Said {
    let (letters, found) = {
        let mut state = office.state();
        let mut serials = Vec::new();
        let mut judge = Judge::new(operation, office.dialect, &state.uploads, state.now_ms());
        let map = body(&mut judge, heard);
        let map = judge.object(&Value::Object(map), "", &["version", "chapters", "meta"]).clone();
        if map.get("version") != Some(&json!(1)) {
            judge.broken(
                code::JSON,
                "version",
                "version",
                map.get("version").unwrap_or(&Value::Null).to_string(),
            );
        }
        let (found, sections) = sections(judge, &map, operation);
        for _ in &sections {
            let number = state.next();
            serials.push(format!("{:x}_{number:x}f", mixed(number) >> 40));
        }
        let letters: Vec<_> = sections.into_iter().zip(serials).collect();
        (letters, found)
    };
    let found = noted(office, found);
    let all: Vec<Violation> = letters.iter().flat_map(|((_, found), _)| found.clone()).collect();
    let all = noted(office, all);
    if let Some(violation) = found.iter().chain(&all).find(|violation| violation.code == code::JSON) {
        return failed(office, 400, "INVALID_PARAMETER", &format!("{}: {}", violation.rule, violation.at));
    }
    if let Some(violation) = all.iter().find(|violation| violation.rule == "unknown-word") {
        return failed(office, 400, "NOT_ALLOWED_TYPE", &violation.found);
    }
    // A key of a session that is over is the key of no session.
    let stale = {
        let state = office.state();
        let open = state.rooms.get(user).and_then(|room| room.open(state.now_ms()));
        let open = open.map(|session| session.id.clone());
        heard.header("x-event-key").is_some_and(|given| !given.is_empty() && Some(given) != open.as_deref())
    };
    let mut info = Vec::new();
    let (mut good, mut bad) = (0, 0);
    for ((bubble, found), serial) in letters {
        let letter = Letter { user: user.to_owned(), serial: serial.clone(), bubble };
        let taken =
            if stale { Err(Refusal::new(code::SESSION, user)) } else { office.take(letter, &found, false) };
        match taken {
            Ok(()) => {
                good += 1;
                let at = kst::local(office.state().now_ms());
                info.push(json!({"code": 0, "created_at": at, "serial_number": serial}));
            }
            Err(refusal) => {
                bad += 1;
                info.push(json!({"code": refusal.code, "message": judge::name(refusal.code),
                    "description": refusal.about, "serial_number": serial}));
            }
        }
    }
    let code = match (good, bad) {
        (_, 0) => "SUCCESS",
        (0, _) => "FAILED",
        _ => "PARTIAL_SUCCESS",
    };
    let payload = json!({"message_info": info, "success_count": good, "fail_count": bad});
    Said::json(200, &json!({"code": code, "payload": payload, "now": now(office)}))
}

type Judged = (Bubble, Vec<Violation>);

/// The bubbles of a call, each with what is wrong with it; and what is wrong with the whole.
fn sections(
    mut judge: Judge<'_>,
    map: &Map<String, Value>,
    operation: &str,
) -> (Vec<Violation>, Vec<Judged>) {
    if let Some(meta) = judge.get(map, "meta").filter(|meta| !meta.is_object()) {
        judge.broken(code::JSON, "no-object", "meta", meta.to_string());
    }
    let chapters = judge.list(map, "chapters", 1..=10, "").to_vec();
    if chapters.is_empty() {
        judge.broken(code::JSON, "missing", "chapters", "");
    }
    let mut bubbles = Vec::new();
    for (chapter_at, chapter) in chapters.iter().enumerate() {
        let at = format!("chapters[{chapter_at}]");
        let chapter = judge.object(chapter, &at, &["sections"]).clone();
        let sections = judge.list(&chapter, "sections", 1..=10, &at).to_vec();
        if sections.is_empty() {
            judge.broken(code::JSON, "missing", &format!("{at}.sections"), "");
        }
        for (section_at, section) in sections.iter().enumerate() {
            let at = format!("{at}.sections[{section_at}]");
            let whole = std::mem::take(&mut judge.found);
            let bubble = if operation == "write_plain" {
                judge.plain_section(section, &at)
            } else {
                judge.rich_section(section, &at)
            };
            bubbles.push((bubble, std::mem::replace(&mut judge.found, whole)));
        }
    }
    (judge.found, bubbles)
}

/// The session, as a JSON document within a text.
fn session(office: &Office, user: &str) -> Said {
    let payload = {
        let state = office.state();
        let session = state.rooms.get(user).and_then(|room| room.session.clone());
        session.map_or_else(
            || json!({"code": code::SESSION, "message": judge::name(code::SESSION)}),
            |session| {
                json!({"code": 0, "session": {
                    "session_id": session.id.parse::<u64>().unwrap_or_default(),
                    "sender_key": state.options.sender_key,
                    "started_type": session.started,
                    "started_at": kst::local(session.started_ms),
                    "expired_type": session.ended.map(|(how, _)| how),
                    "expired_at": session.ended.map(|(_, at_ms)| kst::local(at_ms)),
                }})
            },
        )
    };
    done(office, &json!({"payload": payload.to_string()}))
}

/// One day's rooms, billed and not (1.4).
fn statistics(office: &Office, heard: &Heard) -> Said {
    let date = heard.parameter("date").unwrap_or_default();
    let Some(day) = (date.len() == 8 && date.is_ascii())
        .then(|| format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]))
    else {
        note(office, "statistics", code::JSON, "no-date", "date");
        return failed(office, 400, "INVALID_PARAMETER", "date");
    };
    let day = office.state().days.get(&day).cloned().unwrap_or_default();
    let automatic = day.automatic.difference(&day.billed).count();
    let unasked = day.rooms.difference(&day.asked).filter(|user| !day.billed.contains(*user)).count();
    let total = day.rooms.len();
    let billed = day.billed.len();
    let payload = json!({
        "total_count": total, "valid_count": billed, "invalid_count": total - billed,
        "invalid_no_request_count": unasked, "invalid_no_answer_count": (total - billed).saturating_sub(automatic + unasked),
        "invalid_system_response_count": automatic,
        "charging_rate": if total == 0 { 0.0 } else { billed as f64 / total as f64 },
        "user_count": total, "connected_user_count": total,
    });
    done(office, &json!({"payload": payload.to_string()}))
}

fn receive(office: &Office, heard: &Heard) -> Said {
    let (url, found) = {
        let state = office.state();
        let mut judge = Judge::new("receive", office.dialect, &state.uploads, state.now_ms());
        let map = body(&mut judge, heard);
        let map = judge.object(&Value::Object(map), "", &["receive_url"]).clone();
        (judge.text(&map, Rule::required("receive_url", 1_000), ""), judge.found)
    };
    let found = noted(office, found);
    if !found.is_empty() || !office.receive(&url) {
        return failed(office, 400, "INVALID_PARAMETER", "receive_url");
    }
    done(office, &json!({}))
}

fn upload(office: &Office, heard: &Heard, operation: &'static str) -> Said {
    let (file, used, found) = {
        let state = office.state();
        let mut judge = Judge::new(operation, office.dialect, &state.uploads, state.now_ms());
        if operation == "upload_file" {
            let (texts, file) = form(&mut judge, heard, "file", &["type"]);
            let kind = texts.get("type").and_then(Value::as_str).unwrap_or_default();
            let used = file_use(&mut judge, kind, "type");
            (file, used, judge.found)
        } else {
            let (_, file) = form(&mut judge, heard, "image", &[]);
            let named =
                file.as_ref().and_then(|part| part.file.as_deref()).is_some_and(|name| name.contains("rich"));
            let rich = operation == "upload_rich" || named;
            (file, if rich { Use::LinkImage } else { Use::Image }, judge.found)
        }
    };
    match office.upload(operation, used, file.as_ref(), found, true) {
        Ok((url, name, size)) => {
            done(office, &json!({"payload": url, "extra": {"FILE_NAME": name, "FILE_SIZE": size}}))
        }
        Err(refusal) if refusal.code == code::JSON => {
            failed(office, 400, "INVALID_PARAMETER", &refusal.about)
        }
        Err(refusal) => failed(office, 200, "NOT_ALLOWED_TYPE", &refusal.message()),
    }
}
