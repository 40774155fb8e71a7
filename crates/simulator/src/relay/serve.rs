//! The relay's side of HTTP: what all dialects have in common.

mod bizgo;
mod dktechin;
mod kakao;

use std::{sync::Arc, time::Duration};

use serde_json::{Map, Value, json};

use super::{
    judge::{Judge, Violation, code},
    office::Office,
    options::Dialect,
    upload::{Part, Use, parts},
};
use crate::provider::listen::{Heard, Said};

/// Answers a call, or whatever a test makes of it.
pub(super) async fn answer(office: Arc<Office>, heard: Heard) -> Said {
    if heard.method == "GET" && heard.path.starts_with("/dna/") {
        let state = office.state();
        return state.files.serve(&heard, state.now_ms());
    }
    if heard.method == "GET" && heard.path.starts_with("/dn/") {
        let state = office.state();
        let url = format!("{}{}", office.base(), heard.path);
        return state.uploads.serve(&url, state.now_ms());
    }
    let (refused, lost, slow) = mishap(&office, &heard.path);
    let mut said = match refused {
        Some(status) => broken_down(office.dialect, status),
        None => match office.dialect {
            Dialect::Native | Dialect::HappytalkV1 | Dialect::HappytalkV3 => {
                kakao::answer(&office, &heard).await
            }
            Dialect::Dktechin => dktechin::answer(&office, &heard).await,
            Dialect::Bizgo => bizgo::answer(&office, &heard).await,
        },
    };
    said.after += slow;
    said.lost = lost;
    said
}

/// What goes wrong with this call: a status instead of work, no answer, a pause.
fn mishap(office: &Office, path: &str) -> (Option<u16>, bool, Duration) {
    let mut faults = office.faults();
    if !path.contains(&faults.only) {
        return (None, false, Duration::ZERO);
    }
    let slow = faults.slow;
    if faults.too_many > 0 {
        faults.too_many -= 1;
        return (Some(429), false, slow);
    }
    if faults.fail > 0 {
        faults.fail -= 1;
        return (Some(500), false, slow);
    }
    let lost = faults.lose_answer > 0;
    faults.lose_answer = faults.lose_answer.saturating_sub(1);
    (None, lost, slow)
}

fn broken_down(dialect: Dialect, status: u16) -> Said {
    if dialect == Dialect::Bizgo && status == 429 {
        let said =
            json!({"common": {"authCode": "A020", "authResult": "Too Many Requests", "infobankTrId": ""}});
        return Said::json(status, &said);
    }
    Said::text(status, "text/html", "<html><body><h1>Server Error</h1></body></html>")
}

/// The JSON object of a body; what is none is a broken rule and an empty object.
pub(super) fn body(judge: &mut Judge<'_>, heard: &Heard) -> Map<String, Value> {
    let kind = heard.header("content-type").unwrap_or_default();
    if !kind.starts_with("application/json") {
        judge.broken(code::JSON, "content-type", "content-type", kind);
    }
    match serde_json::from_slice(&heard.body) {
        Ok(Value::Object(map)) => map,
        Ok(other) => {
            judge.broken(code::JSON, "no-object", "", other.to_string());
            Map::new()
        }
        Err(error) => {
            judge.broken(code::JSON, "no-json", "", error.to_string());
            Map::new()
        }
    }
}

/// The form of an upload: its texts by name, and the file.
pub(super) fn form(
    judge: &mut Judge<'_>,
    heard: &Heard,
    file: &'static str,
    texts: &[&str],
) -> (Map<String, Value>, Option<Part>) {
    let Some(parts) = parts(heard) else {
        judge.broken(code::JSON, "no-form", "content-type", heard.header("content-type").unwrap_or_default());
        return (Map::new(), None);
    };
    let (mut read, mut found) = (Map::new(), None);
    for part in parts {
        if part.name == file {
            found = Some(part);
        } else if texts.contains(&part.name.as_str()) {
            let text = String::from_utf8_lossy(&part.bytes).into_owned();
            read.insert(part.name, Value::String(text));
        } else {
            judge.broken(code::JSON, "unknown-field", &part.name, "");
        }
    }
    (read, found)
}

/// The use that a `file_type` names.
pub(super) fn file_use(judge: &mut Judge<'_>, kind: &str, at: &str) -> Use {
    match kind.to_ascii_lowercase().as_str() {
        "" | "file" => Use::File,
        "audio" => Use::Audio,
        "video" => Use::Video,
        _ => {
            judge.broken(code::MEDIA, "unknown-word", at, kind);
            Use::File
        }
    }
}

/// Notes what was found and hands it on.
pub(super) fn noted(office: &Office, found: Vec<Violation>) -> Vec<Violation> {
    if !found.is_empty() {
        office.state().note(found.clone());
    }
    found
}
