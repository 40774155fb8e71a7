//! How a team works, and what a bot does otherwise.

use serde::{Deserialize, Serialize};

use crate::{assign::Assignment, close::AutoClose, hours::Hours};

/// The settings of a team.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Who gets a request.
    pub assignment: Assignment,
    /// When agents work.
    pub hours: Hours,
    /// What closes by itself.
    pub auto_close: AutoClose,
    /// What happens when a consultation is completed.
    pub completion: Completion,
    /// What a call that is taken back counts as.
    pub cancel: Cancel,
    /// Labels that agents choose from.
    pub labels: Labels,
    /// Who else suggests answers.
    pub suggest: Suggest,
    /// What agents see beside a conversation.
    pub panels: Vec<Panel>,
}

/// Labels that agents choose from; they may write others.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Labels {
    /// What conversations are about: 대, 중, 소분류, each from the outside in.
    pub categories: Vec<Vec<String>>,
    /// Tags.
    pub tags: Vec<String>,
}

/// Who else suggests answers, beside the workspace's own questions and answers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Suggest {
    /// An address that is asked over HTTP; nobody where it is empty.
    pub url: String,
}

/// Something of the business's own beside a conversation: a page of theirs, or a text. Both are templates.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Panel {
    /// What it is called.
    pub title: String,
    /// The page's address.
    pub url: String,
    /// HTML where there is no page; its scripts never run.
    pub html: String,
}

/// What happens when a consultation is completed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Completion {
    /// The flow that goes on at once: a survey, say. Only of a bot: a team's bots have flows of their own.
    pub flow_id: Option<i64>,
}

/// What a call that is taken back counts as.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Cancel {
    /// Not as missed where it is taken back within ten seconds.
    pub ignore_quick: bool,
}

/// What a bot does otherwise than its team; a part that is absent is the team's.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Overrides {
    /// See [`Settings`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignment: Option<Assignment>,
    /// See [`Settings`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// See [`Settings`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_close: Option<AutoClose>,
    /// See [`Settings`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completion: Option<Completion>,
    /// See [`Settings`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel: Option<Cancel>,
    /// See [`Settings`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub panels: Option<Vec<Panel>>,
}

/// A call that is taken back sooner was a mistake.
pub const QUICK_MS: i64 = 10_000;

impl Settings {
    /// The settings of one of the team's bots.
    #[must_use]
    pub fn with(self, bot: Overrides) -> Self {
        Self {
            assignment: bot.assignment.unwrap_or(self.assignment),
            hours: bot.hours.unwrap_or(self.hours),
            auto_close: bot.auto_close.unwrap_or(self.auto_close),
            completion: bot.completion.unwrap_or_default(),
            cancel: bot.cancel.unwrap_or(self.cancel),
            panels: bot.panels.unwrap_or(self.panels),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bot_does_otherwise_only_where_it_says_so() {
        let team = Settings {
            assignment: Assignment { auto: true, max: 3, ..Assignment::default() },
            ..Settings::default()
        };
        let bot: Overrides = serde_json::from_str(r#"{"completion": {"flowId": 7}}"#).expect("reads");
        let both = team.clone().with(bot);
        assert_eq!((both.assignment, both.completion.flow_id), (team.assignment, Some(7)));
        let read: Settings = serde_json::from_str("{}").expect("reads");
        assert_eq!(read, Settings::default());
        assert_eq!(serde_json::to_string(&Overrides::default()).expect("writes"), "{}");
    }
}
