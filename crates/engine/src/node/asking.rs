//! The nodes that ask the world: `fetch`, `sandbox`, `gsheet`, `email`, `nlp`, `chitchat`.
//!
//! Each has two halves: what it asks, and what it makes of the reply. Between them the turn may lie still for seconds;
//! nothing is held meanwhile but the turn itself.

use serde_json::{Map, Value, json};

use super::Next;
use crate::{
    ask::{Ask, Fetch, FetchBody, Reply},
    message::Message,
    template::expand::Data,
    turn::{FaultKind, Stage},
    value::as_text,
};

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// HTTP 요청
    Fetch,
    /// 사용자 정의 스크립트
    Sandbox,
    /// 구글 스프레드시트
    Gsheet,
    /// 이메일 전송
    Email,
    /// 자연어 처리
    Nlp,
    /// 일상대화
    Chitchat,
}

/// What the node reads from its data.
#[derive(Debug)]
pub struct Asking {
    /// Which node it is.
    pub kind: Kind,
    /// Its data; templates in each text but a script's source.
    pub data: Data,
    script: Option<String>,
}

impl Kind {
    /// The kind of a node type.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "fetch" => Self::Fetch,
            "sandbox" => Self::Sandbox,
            "gsheet" => Self::Gsheet,
            "email" => Self::Email,
            "nlp" => Self::Nlp,
            "chitchat" => Self::Chitchat,
            _ => return None,
        })
    }

    /// The node type, which is also the context key of its results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fetch => "fetch",
            Self::Sandbox => "sandbox",
            Self::Gsheet => "gsheet",
            Self::Email => "email",
            Self::Nlp => "nlp",
            Self::Chitchat => "chitchat",
        }
    }
}

impl Asking {
    pub(super) fn compile(kind: Kind, data: &Value) -> Self {
        let mut data = data.clone();
        // Two opening braces are good JavaScript; a script's source is no template.
        let script = match (kind, data.as_object_mut()) {
            (Kind::Sandbox, Some(map)) => {
                map.shift_remove("script").and_then(|script| script.as_str().map(str::to_owned))
            }
            _ => None,
        };
        Self { kind, data: Data::compile(&data), script }
    }

    pub(super) fn run(&self, stage: &mut Stage) -> Result<Next, FaultKind> {
        let rendered = stage.render(&self.data, "data")?;
        stage.trace_data(rendered.stored.unwrap_or_else(|| rendered.shown.clone()));
        let ask = self.ask(&rendered.shown, stage);
        stage.result(self.kind.name(), json!({"status": "PENDING"}));
        Ok(Next::Ask(Box::new(ask)))
    }

    fn ask(&self, data: &Value, stage: &Stage) -> Ask {
        let text = |key: &str| text(data, key);
        let heard = || stage.context.message_text().and_then(as_text).unwrap_or_default().into_owned();
        match self.kind {
            Kind::Fetch => Ask::Fetch(fetch(data)),
            Kind::Sandbox => Ask::Script {
                script: self.script.clone().unwrap_or_default(),
                runtime: text("runtime"),
                context: stage.context.to_value(),
            },
            Kind::Gsheet => Ask::Sheet {
                token: text("token"),
                spreadsheet_id: text("spreadsheetId"),
                sheet_name: text("sheetName"),
                columns: texts(data, "columns"),
                values: texts(data, "values"),
            },
            Kind::Email => Ask::Mail {
                to: text("to"),
                reply_to: text("replyTo"),
                subject: text("subject"),
                body: text("body"),
            },
            Kind::Nlp => Ask::Nlp {
                provider: text("provider"),
                agent: text("agent"),
                data: data.clone(),
                text: heard(),
            },
            Kind::Chitchat => Ask::Chitchat {
                provider: text("provider"),
                data: data.clone(),
                text: heard(),
                history: Vec::new(),
            },
        }
    }

    /// The second half: what the reply changes.
    pub(crate) fn take(&self, reply: Reply, stage: &mut Stage) -> Result<(), FaultKind> {
        let (status, error, results) = match reply {
            Reply::Done(results) => ("COMPLETED", None, results),
            Reply::Failed { name, message, results } => {
                stage.failed(&message);
                ("FAILED", Some(json!({"name": name, "message": message})), results)
            }
        };
        let done = error.is_none();
        let mut object = Map::from_iter([("status".to_owned(), Value::from(status))]);
        object.extend(results);
        if let Some(error) = error {
            object.insert("error".to_owned(), error);
        }
        let object = Value::Object(object);
        let said = match self.kind {
            Kind::Sandbox if done => {
                if let Some(Value::Object(params)) = object.pointer("/result/params") {
                    for (key, value) in params {
                        stage.set_param(key, value.clone());
                    }
                }
                object.pointer("/result/message").cloned()
            }
            Kind::Chitchat if done => object.get("answer").cloned(),
            _ => None,
        };
        stage.result(self.kind.name(), object);
        let said = match said {
            Some(Value::String(text)) => Some(Message::Text { text, buttons: Vec::new() }),
            Some(message @ Value::Object(_)) => Message::from_value(&message).map_err(FaultKind::Message)?,
            _ => None,
        };
        if let Some(message) = said {
            stage.send(message);
        }
        Ok(())
    }
}

fn fetch(data: &Value) -> Fetch {
    let pairs = |value: Option<&Value>| -> Vec<(String, String)> {
        value
            .and_then(Value::as_object)
            .map(|map| {
                map.iter()
                    .map(|(key, value)| (key.clone(), as_text(value).unwrap_or_default().into_owned()))
                    .collect()
            })
            .unwrap_or_default()
    };
    let method = text(data, "method").to_ascii_uppercase();
    Fetch {
        method: if method.is_empty() { "GET".to_owned() } else { method },
        uri: text(data, "uri"),
        headers: pairs(data.get("headers")),
        content_type: text(data, "contentType"),
        body: match data.get("body") {
            Some(Value::String(body)) if !body.is_empty() => FetchBody::Text(body.clone()),
            Some(Value::Object(_)) => FetchBody::Form(pairs(data.get("body"))),
            _ => FetchBody::Empty,
        },
    }
}

fn text(data: &Value, key: &str) -> String {
    data.get(key).and_then(as_text).unwrap_or_default().into_owned()
}

fn texts(data: &Value, key: &str) -> Vec<String> {
    let items = data.get(key).and_then(Value::as_array);
    items.into_iter().flatten().map(|item| as_text(item).unwrap_or_default().into_owned()).collect()
}
