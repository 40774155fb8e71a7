//! When a bot's owner wants to be told: thresholds, and where to tell.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::signing::Signing;

/// Addresses of one bot at most.
pub const MAX_EMAILS: usize = 10;
/// Minutes that are looked at, at most.
pub const MAX_MINUTES: i64 = 24 * 60;

/// The rules of one bot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct AlertRules {
    /// Turns that ended with an error.
    pub errors: AlertRule,
    /// Answers that took 3 seconds or longer.
    pub slow: AlertRule,
    /// Answers that lost something for KakaoTalk's limits.
    pub cuts: AlertRule,
    /// The channel has gone silent.
    pub silent: SilentRule,
    /// The language of letters: `ko` or `en`.
    pub language: String,
    /// Where mail goes.
    pub emails: Vec<String>,
    /// Where a JSON is posted; public addresses only.
    #[schema(required)]
    pub webhook_url: Option<String>,
}

/// So many in so many minutes are too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlertRule {
    /// Is it watched?
    pub on: bool,
    /// How many are too many.
    #[schema(minimum = 1, maximum = 100_000)]
    pub count: i64,
    /// In how many minutes.
    #[schema(minimum = 1, maximum = 1_440)]
    pub minutes: i64,
}

/// So long without a customer is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SilentRule {
    /// Is it watched?
    pub on: bool,
    /// After how many hours.
    #[schema(minimum = 1, maximum = 720)]
    pub hours: i64,
}

impl Default for AlertRules {
    fn default() -> Self {
        Self {
            errors: AlertRule { on: true, count: 5, minutes: 10 },
            slow: AlertRule { on: true, count: 5, minutes: 10 },
            cuts: AlertRule { on: true, count: 20, minutes: 60 },
            silent: SilentRule { on: false, hours: 24 },
            language: "ko".to_owned(),
            emails: Vec::new(),
            webhook_url: None,
        }
    }
}

/// The rules as they are stored: with what the webhook is signed with, which only those who may see it are shown.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptRules {
    /// The rules.
    #[serde(flatten)]
    pub rules: AlertRules,
    /// Made when a webhook is set for the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signing: Option<Signing>,
}

impl KeptRules {
    /// As they are stored; what cannot be read is as if nothing had been set.
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }
}
