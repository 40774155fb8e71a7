//! Secrets where they cannot be: `SECRET` works in an HTTP node's data and nowhere else.

use super::{Complaint, Severity, Spot};
use crate::{json::Json, node::field, template::Template};

/// Looks through a node: its data, unless it is an HTTP node, and the conditions of its edges.
pub(super) fn check(kind: &str, node: &Json, spot: &Spot, complaints: &mut Vec<Complaint>) {
    if kind != "fetch"
        && let Some(data) = node.get("data")
    {
        walk(data, "data", "", kind == "sandbox", &mut |place| complaints.push(complaint(spot, place)));
    }
    if let Some(next) = node.get("next") {
        walk(next, "next", "", false, &mut |place| complaints.push(complaint(spot, place)));
    }
}

/// Looks through the system messages.
pub(super) fn check_messages(system: &Json, complaints: &mut Vec<Complaint>) {
    let prefix = "preference.systemMessage";
    walk(system, prefix, "", false, &mut |place| complaints.push(complaint(&Spot::default(), place)));
}

fn complaint(spot: &Spot, place: String) -> Complaint {
    Complaint::new(
        Severity::Error,
        "secret-outside-fetch",
        spot.field(place),
        "SECRET은 HTTP 요청 노드에서만 쓸 수 있어요. 여기에 오면 오류 메시지가 나가요.",
        "SECRET can only be used in an HTTP node; a turn that comes here ends with the error message.",
    )
}

/// A script's source is no template, so it is passed by.
fn walk(json: &Json, prefix: &str, pointer: &str, is_sandbox: bool, found: &mut dyn FnMut(String)) {
    match json {
        Json::String(text) if text.contains("SECRET") => {
            let is_source = is_sandbox && pointer == "/script";
            if !is_source && Template::parse(text).is_ok_and(|template| template.uses_secret()) {
                found(field(prefix, pointer));
            }
        }
        Json::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                walk(item, prefix, &format!("{pointer}/{at}"), is_sandbox, found);
            }
        }
        Json::Object(entries) => {
            for (key, item) in entries {
                walk(item, prefix, &format!("{pointer}/{key}"), is_sandbox, found);
            }
        }
        _ => {}
    }
}
