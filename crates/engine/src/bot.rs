//! The bot as it runs: flows, nodes and edges with everything parsed that can be parsed.
//!
//! A [`Bot`] is made once from a [`BotFile`] when a version is loaded, then shared by all turns and never changed.
//! Templates, conditions and regular expressions that do not parse do not stop a bot from loading: the fault waits at
//! its node and ends the turn that reaches it, and `bot/check.rs` tells about it beforehand.

pub mod check;
pub mod complaint;
pub mod file;
mod read;

use std::collections::HashMap;

pub use complaint::{Complaint, Severity, Spot};
pub use file::{BotFile, Reading, Refused};

use crate::{
    condition::Condition,
    json::Json,
    node::Work,
    template::{Template, TemplateError},
};

/// A bot that can run.
#[derive(Debug)]
pub struct Bot {
    /// What people call it.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// In file order.
    pub flows: Vec<Flow>,
    /// How it behaves beyond its flows.
    pub preference: Preference,
    index: HashMap<i64, usize>,
}

/// A unit of scenario.
#[derive(Debug)]
pub struct Flow {
    /// Unique in the bot.
    pub id: i64,
    /// What people call it.
    pub title: String,
    /// In file order.
    pub nodes: Vec<Node>,
    /// The node where the flow begins.
    pub entry: i64,
    index: HashMap<i64, usize>,
}

/// A unit of work.
#[derive(Debug)]
pub struct Node {
    /// Unique in its flow.
    pub id: i64,
    /// What people call it.
    pub label: String,
    /// The type as the file spells it.
    pub kind: String,
    /// What it does.
    pub work: Work,
    /// Where it leads, in file order.
    pub edges: Vec<Edge>,
}

/// The way from one node to the next.
#[derive(Debug)]
pub struct Edge {
    /// The node it leads to, in the same flow.
    pub to: i64,
    /// When it can be taken; always where absent.
    pub condition: Option<Condition>,
    /// The highest that holds wins.
    pub priority: i64,
}

/// How a bot behaves beyond its flows.
#[derive(Debug)]
pub struct Preference {
    /// Where a conversation begins.
    pub entry_flow: i64,
    /// Where it goes when no edge holds; `None` also where the file names a flow that is not there.
    pub fallback_flow: Option<i64>,
    /// What the bot says by itself.
    pub system_message: SystemMessages,
    /// How conversations begin and go on.
    pub session_behavior: SessionBehavior,
}

/// What the bot says by itself; templates.
#[derive(Debug)]
pub struct SystemMessages {
    /// Said when a turn sends nothing where the channel must answer.
    pub empty: Text,
    /// Said when a turn fails.
    pub error: Text,
    /// Stands over buttons that need a message of their own.
    pub additional_choice: Text,
    /// Said in place of a medium that the channel cannot show.
    pub unsupported_media: Text,
    /// The label that fetches what did not fit into one answer (ours).
    pub more: Text,
    /// Said when an answer takes longer than the channel waits (ours).
    pub waiting: Text,
    /// The label that fetches the answer then, on channels that cannot be pushed to (ours).
    pub waiting_button: Text,
}

/// A text of the file that may be a template.
#[derive(Debug, Clone)]
pub struct Text {
    /// As the file has it.
    pub source: String,
    /// Parsed, or why it cannot be.
    pub template: Result<Template, TemplateError>,
}

impl Text {
    /// Parses a text.
    pub fn new(source: impl Into<String>) -> Self {
        let source = source.into();
        let template = Template::parse(&source);
        Self { source, template }
    }
}

/// How conversations begin and go on (spec bot.md, "A turn", 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionBehavior {
    /// A returning end user resumes where the conversation stood.
    pub restore_navigation: bool,
    /// Opening the room is answered with the entry flow.
    pub welcome_on_session_start: bool,
    /// A first message without a conversation is answered with the entry flow.
    pub welcome_on_message_without_session: bool,
}

impl Bot {
    /// Prepares a file to run. The file has been read without a refusal, so this cannot fail.
    pub fn compile(file: &BotFile) -> Self {
        read::bot(file.json())
    }

    /// The flow with this id.
    pub fn flow(&self, id: i64) -> Option<&Flow> {
        self.index.get(&id).map(|&at| &self.flows[at])
    }

    /// The node of a flow.
    pub fn node(&self, flow: i64, node: i64) -> Option<&Node> {
        self.flow(flow)?.node(node)
    }

    /// The flow where conversations begin.
    pub fn entry_flow(&self) -> Option<&Flow> {
        self.flow(self.preference.entry_flow)
    }
}

impl Flow {
    /// The node with this id.
    pub fn node(&self, id: i64) -> Option<&Node> {
        self.index.get(&id).map(|&at| &self.nodes[at])
    }
}

/// A whole number that old files also write as a text (`"3"`).
pub(crate) fn whole_number(json: &Json) -> Option<i64> {
    json.as_i64().or_else(|| json.as_str()?.trim().parse().ok())
}
