//! What is wrong with a bot file, and exactly where.

use serde::Serialize;

use crate::lang::{Lang, Said};

/// One thing that is wrong or remarkable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Complaint {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name for programs, such as `edge-to-missing-node`.
    pub code: &'static str,
    /// Where it is.
    #[serde(flatten)]
    pub spot: Spot,
    /// The channel whose limits it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<&'static str>,
    /// What it is and what to do.
    pub said: Said,
}

/// How bad a complaint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look.
    Note,
    /// The bot runs, but not as its author means.
    Warning,
    /// The file is refused, or a turn that comes here can only fail.
    Error,
}

/// A place in a bot file. An empty spot is the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Spot {
    /// The flow's id, as the file spells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flow: Option<String>,
    /// The flow's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flow_title: Option<String>,
    /// The node's id, as the file spells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
    /// The node's label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node_label: Option<String>,
    /// The field, from the innermost of file, flow and node: `next[0].nodeId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Spot {
    /// The same place with this field.
    #[must_use]
    pub fn field(&self, field: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..self.clone() }
    }

    /// The place in words: `플로우 2 '폴백 플로우' › 노드 4 '메시지 응답 노드' › next[0].nodeId`.
    pub fn describe(&self, lang: Lang) -> String {
        let (flow_word, node_word) = match lang {
            Lang::Ko => ("플로우", "노드"),
            Lang::En => ("flow", "node"),
        };
        let mut parts = Vec::new();
        for (word, id, title) in
            [(flow_word, &self.flow, &self.flow_title), (node_word, &self.node, &self.node_label)]
        {
            if let Some(id) = id {
                let title = title.as_deref().filter(|title| !title.is_empty());
                parts.push(
                    title.map_or_else(|| format!("{word} {id}"), |title| format!("{word} {id} '{title}'")),
                );
            }
        }
        parts.extend(self.field.clone());
        parts.join(" › ")
    }
}

impl Complaint {
    /// A complaint from its parts.
    pub fn new(
        severity: Severity,
        code: &'static str,
        spot: Spot,
        ko: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { severity, code, spot, channel: None, said: Said::new(ko, en) }
    }

    /// The same about a channel's limits.
    #[must_use]
    pub fn of_channel(self, platform: &'static str) -> Self {
        Self { channel: Some(platform), ..self }
    }

    /// Place and sentence in one line.
    pub fn describe(&self, lang: Lang) -> String {
        let place = self.spot.describe(lang);
        let said = self.said.get(lang);
        if place.is_empty() { said.to_owned() } else { format!("{place}: {said}") }
    }
}
