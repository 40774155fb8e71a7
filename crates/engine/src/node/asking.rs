//! What the nodes that ask the world have in common: `fetch`, `sandbox`, `gsheet`, `email`, `nlp`, `chitchat`, `llm`,
//! `push`. What each asks stands in its own file.
//!
//! Each has two halves: what it asks, and what it makes of the reply. Between them the turn may lie still for seconds;
//! nothing is held meanwhile but the turn itself. A question that cannot be put (no address, nobody to write to) is
//! not put: the node fails at once, and its edges can branch on `<type>.error` as for any other failure.

use serde_json::{Map, Value, json};

use super::{Next, chitchat, email, fetch, gsheet, history::History, llm, nlp, push, sandbox};
use crate::{
    ask::{Ask, Reply},
    message::Message,
    secret,
    template::expand::{Data, RenderedData},
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
    /// AI 답변 (ours)
    Llm,
    /// 먼저 말걸기 (ours)
    Push,
}

/// What the node reads from its data.
#[derive(Debug)]
pub struct Asking {
    /// Which node it is.
    pub kind: Kind,
    /// Its data; templates in each text but a script's source.
    pub data: Data,
    script: Option<String>,
    answering: llm::Answering,
}

/// A question as it is put, and what the node remembers of the conversation, where it has one.
pub(super) struct Question {
    pub ask: Ask,
    pub history: Option<History>,
}

/// Why a question is not put, or why a reply is no answer.
#[derive(Debug)]
pub(super) struct Refusal {
    /// A stable name, such as `MissingField`.
    pub name: String,
    /// What happened and what to do, for the bot's author.
    pub message: String,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Fetch,
        Self::Sandbox,
        Self::Gsheet,
        Self::Email,
        Self::Nlp,
        Self::Chitchat,
        Self::Llm,
        Self::Push,
    ];

    /// The kind of a node type.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
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
            Self::Llm => "llm",
            Self::Push => "push",
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
        Self { kind, script, answering: llm::Answering::compile(&data), data: Data::compile(&data) }
    }

    pub(super) fn run(&self, stage: &mut Stage) -> Result<Next, FaultKind> {
        stage.env.secrets = self.kind == Kind::Fetch;
        let rendered = stage.render(&self.data, "data");
        stage.env.secrets = false;
        let rendered = rendered?;
        let mut traced = rendered.stored.clone().unwrap_or_else(|| rendered.shown.clone());
        if self.kind == Kind::Fetch {
            blunt(&mut traced, &stage.env.secret_nonce());
        }
        stage.trace_data(traced);
        match self.ask(&rendered, stage) {
            Ok(question) => {
                let mut pending = status("PENDING");
                if let Some(history) = question.history {
                    history.write(&mut pending);
                }
                stage.result(self.kind.name(), Value::Object(pending));
                Ok(Next::Ask(Box::new(question.ask)))
            }
            Err(Refusal { name, message }) => {
                self.take(Reply::Failed { name, message, results: Map::new() }, stage)?;
                Ok(Next::Along)
            }
        }
    }

    fn ask(&self, rendered: &RenderedData, stage: &Stage) -> Result<Question, Refusal> {
        let data = &rendered.shown;
        Ok(match self.kind {
            Kind::Fetch => fetch::ask(data)?.into(),
            Kind::Sandbox => sandbox::ask(data, self.script.as_deref(), stage).into(),
            Kind::Gsheet => gsheet::ask(data)?.into(),
            Kind::Email => email::ask(data)?.into(),
            Kind::Nlp => nlp::ask(data, stage)?.into(),
            Kind::Push => push::ask(data, stage)?.into(),
            Kind::Chitchat => chitchat::ask(data, stage)?,
            Kind::Llm => llm::ask(rendered, &self.answering, stage)?,
        })
    }

    /// The second half: what the reply changes.
    pub(crate) fn take(&self, reply: Reply, stage: &mut Stage) -> Result<(), FaultKind> {
        let (mut results, mut refusal) = match reply {
            Reply::Done(results) => (results, None),
            Reply::Failed { name, message, results } => (results, Some(Refusal { name, message })),
        };
        let mut said = None;
        if refusal.is_none() {
            match self.read(&mut results, stage) {
                Ok(message) => said = message,
                Err(why) => refusal = Some(why),
            }
        }
        let mut object = status(if refusal.is_none() { "COMPLETED" } else { "FAILED" });
        // The node's own words cannot be taken over by what came from outside.
        object.extend(results.into_iter().filter(|(key, _)| !matches!(key.as_str(), "status" | "error")));
        if let Some(Refusal { name, message }) = refusal {
            stage.failed(&message);
            let mut error = json!({"name": name, "message": message});
            if let (Some(stack), Some(error)) = (object.shift_remove("stack"), error.as_object_mut()) {
                error.insert("stack".to_owned(), stack);
            }
            object.insert("error".to_owned(), error);
        }
        self.keep(object, stage);
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

    /// What a reply means to this node, and what it says to the end user: a text or a message object.
    fn read(&self, results: &mut Map<String, Value>, stage: &mut Stage) -> Result<Option<Value>, Refusal> {
        match self.kind {
            Kind::Sandbox => Ok(sandbox::read(results, stage)),
            Kind::Nlp => {
                nlp::read(results);
                Ok(None)
            }
            Kind::Push => push::read(results).map(|()| None),
            Kind::Chitchat | Kind::Llm => {
                let answer = self.answering.read(results)?;
                let sends = self.kind == Kind::Chitchat || self.answering.send;
                Ok(sends.then_some(Value::String(answer)))
            }
            Kind::Fetch | Kind::Gsheet | Kind::Email => Ok(None),
        }
    }

    /// Puts the results where edges, templates and the trace find them.
    fn keep(&self, mut object: Map<String, Value>, stage: &mut Stage) {
        let name = self.kind.name();
        match self.kind {
            Kind::Chitchat | Kind::Llm => {
                let traced = object.clone();
                let mut history = History::read(stage.context.key(name), stage.here);
                history.close(object.get("answer").filter(|_| !object.contains_key("error")));
                history.write(&mut object);
                stage.result(name, Value::Object(object));
                // The thread has it all: a trace need not repeat the conversation.
                stage.changed(name, Value::Object(traced));
            }
            Kind::Fetch => {
                let mut object = Value::Object(object);
                blunt(&mut object, &stage.env.secret_nonce());
                stage.result(name, object);
            }
            _ => stage.result(name, Value::Object(object)),
        }
    }
}

impl From<Ask> for Question {
    fn from(ask: Ask) -> Self {
        Self { ask, history: None }
    }
}

impl Refusal {
    pub(super) fn new(name: &str, ko: &str, en: &str) -> Self {
        Self { name: name.to_owned(), message: format!("{ko} {en}") }
    }

    /// A field that must not be empty is.
    pub(super) fn missing(field: &str, ko: &str) -> Self {
        Self::new("MissingField", &format!("{ko}({field})이 비어 있어요."), &format!("'{field}' is empty."))
    }
}

fn status(status: &str) -> Map<String, Value> {
    Map::from_iter([("status".to_owned(), Value::from(status))])
}

/// Makes placeholders of secrets useless in all texts of a value.
fn blunt(value: &mut Value, nonce: &str) {
    match value {
        Value::String(text) if text.contains(nonce) => *text = secret::blunt(text, nonce),
        Value::Array(items) => items.iter_mut().for_each(|item| blunt(item, nonce)),
        Value::Object(map) => map.values_mut().for_each(|item| blunt(item, nonce)),
        _ => {}
    }
}

/// A field's text.
pub(super) fn text(data: &Value, key: &str) -> String {
    data.get(key).and_then(as_text).unwrap_or_default().into_owned()
}

/// A field's text; `None` where there is nothing but white space.
pub(super) fn filled(data: &Value, key: &str) -> Option<String> {
    Some(text(data, key)).filter(|text| !text.trim().is_empty())
}

/// What the end user said in this turn, for a node that cannot work without it.
pub(super) fn heard(stage: &Stage) -> Result<String, Refusal> {
    let said = stage.context.message_text().and_then(as_text).unwrap_or_default();
    if said.trim().is_empty() {
        return Err(Refusal::new(
            "EmptyText",
            "고객이 보낸 글이 없어서 묻지 않았어요.",
            "The end user sent no text, so nothing was asked.",
        ));
    }
    Ok(said.into_owned())
}
