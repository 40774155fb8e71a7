//! What a node that asks the world must be told, and values that it cannot use.

use serde_json::Value;

use super::{Complaint, Severity, Spot};
use crate::{
    ask::{MAX_PUSH_TARGETS, PushKey},
    node::llm::{MAX_ANSWER_CHARS, MAX_EXCHANGES},
    value::{as_number, as_text},
};

/// Looks at one node's data.
pub(super) fn check(kind: &str, data: &Value, spot: &Spot, complaints: &mut Vec<Complaint>) {
    let mut seen = Seen { data, spot, complaints };
    match kind {
        "fetch" => seen.required(&["uri"]),
        "sandbox" => seen.required(&["script"]),
        "email" => {
            seen.required(&["to", "subject", "body"]);
            seen.addresses("to");
            seen.addresses("replyTo");
        }
        "gsheet" => {
            seen.required(&["spreadsheetId", "sheetName", "values"]);
            seen.columns();
        }
        "nlp" => seen.connection(),
        "llm" => {
            seen.number("temperature", 0.0, 2.0);
            seen.number("maxTokens", 1.0, 1e9);
            seen.number("maxChars", 1.0, MAX_ANSWER_CHARS as f64);
            seen.number("history", 0.0, MAX_EXCHANGES as f64);
            seen.no_system();
        }
        "push" => {
            seen.required(&["event"]);
            seen.receivers();
        }
        _ => {}
    }
}

struct Seen<'a> {
    data: &'a Value,
    spot: &'a Spot,
    complaints: &'a mut Vec<Complaint>,
}

impl Seen<'_> {
    fn tell(&mut self, severity: Severity, code: &'static str, field: &str, ko: String, en: String) {
        let spot = self.spot.field(format!("data.{field}"));
        self.complaints.push(Complaint::new(severity, code, spot, ko, en));
    }

    /// A text that no template decides.
    fn plain(&self, field: &str) -> Option<String> {
        let text = self.data.get(field).and_then(as_text)?;
        (!text.contains("{{")).then(|| text.trim().to_owned())
    }

    fn is_empty(&self, field: &str) -> bool {
        match self.data.get(field) {
            None | Some(Value::Null) => true,
            Some(Value::String(text)) => text.trim().is_empty(),
            Some(Value::Array(items)) => items.is_empty(),
            Some(_) => false,
        }
    }

    fn required(&mut self, fields: &[&str]) {
        for field in fields {
            if self.is_empty(field) {
                self.tell(
                    Severity::Warning,
                    "missing-field",
                    field,
                    "꼭 있어야 하는 값이 비어 있어요. 이 노드는 실패해요.".to_owned(),
                    "This must be filled in; the node will fail.".to_owned(),
                );
            }
        }
    }

    fn addresses(&mut self, field: &str) {
        let Some(text) = self.plain(field) else { return };
        if let Some(wrong) =
            text.split(',').map(str::trim).find(|part| !part.is_empty() && !part.contains('@'))
        {
            self.tell(
                Severity::Warning,
                "bad-value",
                field,
                format!("'{wrong}'은(는) 이메일 주소가 아니에요."),
                format!("'{wrong}' is no mail address."),
            );
        }
    }

    fn columns(&mut self) {
        let count = |field: &str| self.data.get(field).and_then(Value::as_array).map(Vec::len);
        let (Some(columns), Some(values)) = (count("columns"), count("values")) else { return };
        if columns > 0 && columns != values {
            self.tell(
                Severity::Warning,
                "columns-and-values",
                "values",
                format!("열 이름은 {columns}개인데 값은 {values}개예요."),
                format!("There are {columns} columns but {values} values."),
            );
        }
    }

    fn connection(&mut self) {
        if self.is_empty("provider") && self.is_empty("agent") {
            self.tell(
                Severity::Warning,
                "missing-field",
                "provider",
                "어느 연결(provider)이나 에이전트(agent)에 물을지 정해 주세요. 비어 있으면 기본 연결에 물어요."
                    .to_owned(),
                "Name the connection (provider) or the agent; without them the default connection is asked."
                    .to_owned(),
            );
        }
    }

    fn number(&mut self, field: &str, least: f64, most: f64) {
        let Some(value) = self.data.get(field).filter(|_| !self.is_empty(field)) else { return };
        let is_open = match value {
            Value::String(text) => text.contains("{{"),
            Value::Array(_) => field == "history",
            _ => false,
        };
        if is_open || as_number(value).is_some_and(|number| (least..=most).contains(&number)) {
            return;
        }
        self.tell(
            Severity::Warning,
            "bad-value",
            field,
            format!("{least}부터 {most}까지의 숫자를 적어 주세요."),
            format!("This takes a number from {least} to {most}."),
        );
    }

    fn no_system(&mut self) {
        if self.is_empty("system") {
            self.tell(
                Severity::Note,
                "no-instructions",
                "system",
                "지시문(system)이 없으면 무엇이든 답하려고 해요. 할 일과 하지 말 일을 적어 주세요."
                    .to_owned(),
                "Without instructions (system) the model answers anything; say what it may do and may not."
                    .to_owned(),
            );
        }
    }

    fn receivers(&mut self) {
        if let Some(kind) = self.plain("toType").filter(|kind| !kind.is_empty())
            && PushKey::from_name(&kind).is_none()
        {
            self.tell(
                Severity::Warning,
                "bad-value",
                "toType",
                "botUserKey, plusfriendUserKey, appUserId 중 하나를 적어 주세요.".to_owned(),
                "This takes botUserKey, plusfriendUserKey or appUserId.".to_owned(),
            );
        }
        let count = self.data.get("to").and_then(Value::as_array).map_or(0, Vec::len);
        if count > MAX_PUSH_TARGETS {
            self.tell(
                Severity::Warning,
                "bad-value",
                "to",
                format!("한 번에 {MAX_PUSH_TARGETS}명까지 보낼 수 있어요 (지금 {count}명)."),
                format!("One push reaches {MAX_PUSH_TARGETS} users at most (now {count})."),
            );
        }
    }
}
