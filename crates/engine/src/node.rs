//! The node types: one file each, with what it reads from its data and what it does.
//!
//! To add one: write `node/<type>.rs` with a `compile` and a `run`, name it in [`Work`], [`compile`], [`TYPES`],
//! [`known_keys`] and in [`Work::run`]'s match; one that asks the world has an `ask` instead and is named in
//! [`asking::Kind`]. Its dialogues (`fixtures/dialogs`) and its pages (`docs/nodes`) come in the same commit.

pub mod asking;
pub mod back;
pub mod backstack;
mod chitchat;
mod email;
mod fetch;
pub mod flow;
mod gsheet;
mod history;
pub mod keyboard;
pub mod llm;
pub mod manual;
mod nlp;
pub mod params;
mod push;
pub mod response;
mod sandbox;

use serde_json::Value;

use crate::{
    ask::Ask,
    session::Place,
    template::{TemplateError, expand::Data},
    turn::{FaultKind, Stage},
};

/// What a node does.
#[derive(Debug)]
pub enum Work {
    /// Begins a flow.
    Entry,
    /// Sends a message.
    Response(response::Response),
    /// Waits for input.
    Keyboard(keyboard::Keyboard),
    /// Goes on in another flow.
    Flow(flow::FlowLink),
    /// Sets or clears params.
    Params(params::Params),
    /// Goes back to a position.
    Back(back::Back),
    /// Uses the explicit stack.
    BackStack(backstack::BackStack),
    /// Calls an agent.
    Manual(manual::Manual),
    /// Asks the world.
    Asking(asking::Asking),
    /// A type that this program does not know; conversations pass through it.
    Unknown,
}

/// Where a turn goes after a node has run.
#[derive(Debug)]
pub enum Next {
    /// Along the node's edges.
    Along,
    /// To that node.
    To(Place),
    /// To the start of that flow.
    ToFlow(i64),
    /// To the fallback flow.
    ToFallback,
    /// Nowhere: the conversation rests here.
    Rest,
    /// The world is asked first.
    Ask(Box<Ask>),
}

/// Prepares a node's data.
pub fn compile(kind: &str, data: &Value) -> Work {
    match kind {
        "entry" => Work::Entry,
        "response" => Work::Response(response::Response::compile(data)),
        "keyboard" => Work::Keyboard(keyboard::Keyboard::compile(data)),
        "flow" => Work::Flow(flow::FlowLink::compile(data)),
        "params" | "parameter" => Work::Params(params::Params::compile(data)),
        "back" => Work::Back(back::Back::compile(data)),
        "backstack" => Work::BackStack(backstack::BackStack::compile(data)),
        "manual" => Work::Manual(manual::Manual::compile(data)),
        _ => asking::Kind::from_name(kind)
            .map_or(Work::Unknown, |kind| Work::Asking(asking::Asking::compile(kind, data))),
    }
}

/// The node types that this program knows, in the order of spec bot.md; `llm` and `push` are ours. `parameter`, an
/// older name of `params`, is known too.
pub const TYPES: [&str; 16] = [
    "entry",
    "response",
    "keyboard",
    "flow",
    "fetch",
    "params",
    "sandbox",
    "back",
    "backstack",
    "manual",
    "gsheet",
    "email",
    "nlp",
    "chitchat",
    "llm",
    "push",
];

/// Is this a node type that this program knows?
pub fn is_known(kind: &str) -> bool {
    kind == "parameter" || TYPES.contains(&kind)
}

/// The keys of `data` that a node type uses; others are kept and told as unknown.
pub fn known_keys(kind: &str) -> &'static [&'static str] {
    match kind {
        "response" => &["message", "delay", "meta"],
        "keyboard" => &["type", "buttons", "min", "max", "integer", "parse", "actions", "strict", "messages"],
        "flow" => &["flowId", "nodeId"],
        "params" | "parameter" => &["type", "set"],
        "sandbox" => &["script", "runtime"],
        "fetch" => &["method", "uri", "headers", "contentType", "body"],
        "back" | "backstack" => &["operation", "count"],
        "manual" => &["messages", "message"],
        "gsheet" => &["token", "spreadsheetId", "sheetName", "columns", "values"],
        "email" => &["to", "replyTo", "subject", "body"],
        "nlp" => &["provider", "agent"],
        "chitchat" => &["provider"],
        "llm" => &[
            "provider",
            "model",
            "system",
            "prompt",
            "history",
            "temperature",
            "maxTokens",
            "maxChars",
            "send",
        ],
        "push" => &["event", "data", "params", "to", "toType"],
        _ => &[],
    }
}

impl Work {
    /// Does the work.
    pub(crate) fn run(&self, stage: &mut Stage) -> Result<Next, FaultKind> {
        match self {
            Self::Entry | Self::Unknown => Ok(Next::Along),
            Self::Response(node) => node.run(stage),
            Self::Keyboard(node) => node.run(stage),
            Self::Flow(node) => node.run(stage),
            Self::Params(node) => node.run(stage),
            Self::Back(node) => Ok(node.run(stage)),
            Self::BackStack(node) => Ok(node.run(stage)),
            Self::Manual(node) => node.run(stage),
            Self::Asking(node) => node.run(stage),
        }
    }

    /// The errors of its templates, each with the field it stands in.
    pub fn template_errors(&self) -> Vec<(String, TemplateError)> {
        let of = |data: &Data, prefix: &str| -> Vec<(String, TemplateError)> {
            data.errors().map(|(pointer, error)| (field(prefix, &pointer), error.clone())).collect()
        };
        match self {
            Self::Entry | Self::Unknown | Self::Back(_) | Self::BackStack(_) => Vec::new(),
            Self::Response(node) => of(&node.message, "data.message"),
            Self::Keyboard(node) => {
                [of(&node.buttons, "data.buttons"), of(&node.messages, "data.messages")].concat()
            }
            Self::Flow(node) => node.errors(),
            Self::Params(node) => node.errors(),
            Self::Manual(node) => of(&node.messages, "data.messages"),
            Self::Asking(node) => of(&node.data, "data"),
        }
    }
}

/// `data.message` and the pointer `/cards/0/title` make `data.message.cards[0].title`.
pub(crate) fn field(prefix: &str, pointer: &str) -> String {
    let mut field = prefix.to_owned();
    for part in pointer.split('/').skip(1) {
        if part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty() {
            field.push('[');
            field.push_str(part);
            field.push(']');
        } else {
            field.push('.');
            field.push_str(part);
        }
    }
    field
}
