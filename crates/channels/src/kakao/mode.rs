//! Which of Kakao's four doors a request came through (spec kakao-skill.md 2).
//!
//! No field says so. The mode is concluded from the trailing `!` of the bot id, the surface, the kind of user and
//! `ignoreMe`; the table of section 2 is a test in `tests/modes.rs`.

use serde::Serialize;

/// Where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// The operating channel: real customers.
    Operating,
    /// The development channel: real KakaoTalk, bot not deployed.
    Development,
    /// The bot test panel of the builder. Nothing of it is stored or counted (spec product.md, K5).
    BotTest,
    /// "Send to skill server" in the skill editor: invented values, no person behind it.
    EditorTest,
    /// Cannot be told; the request lacks what tells it.
    Unknown,
}

impl Mode {
    /// Whether a person in KakaoTalk waits for the answer, as opposed to a panel of the builder.
    pub fn is_channel(self) -> bool {
        matches!(self, Self::Operating | Self::Development)
    }

    /// The name in contexts, logs and the console.
    pub fn name(self) -> &'static str {
        match self {
            Self::Operating => "operating",
            Self::Development => "development",
            Self::BotTest => "botTest",
            Self::EditorTest => "editorTest",
            Self::Unknown => "unknown",
        }
    }
}

/// What the mode is concluded from.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signs<'a> {
    /// The bot id as sent, with its `!`.
    pub(super) bot_id: Option<&'a str>,
    pub(super) user_type: Option<&'a str>,
    pub(super) surface: Option<&'a str>,
    pub(super) ignore_me: bool,
    pub(super) has_user: bool,
}

/// The mode that these signs point to.
pub(super) fn conclude(signs: Signs<'_>) -> Mode {
    let development = signs.bot_id.is_some_and(|id| id.ends_with('!'));
    match signs.surface {
        // Both are the panel: `Mini` in 2019, the longer word since 2020.
        Some("BuilderBotTest" | "Mini") => return Mode::BotTest,
        // A surface is what the channel always sends and the editor never does.
        Some(surface) if surface.starts_with("Kakaotalk.") && signs.bot_id.is_some() => {
            return if development { Mode::Development } else { Mode::Operating };
        }
        _ => {}
    }
    if signs.user_type == Some("accountId") {
        return Mode::EditorTest;
    }
    if signs.ignore_me {
        return if signs.user_type.is_some() { Mode::BotTest } else { Mode::EditorTest };
    }
    match (signs.has_user, signs.bot_id) {
        (_, Some(_)) if development => Mode::Development,
        (true, Some(_)) => Mode::Operating,
        // Without a bot id the channel's surface still says that a person is there.
        (true, None) if signs.surface.is_some_and(|surface| surface.starts_with("Kakaotalk.")) => {
            Mode::Operating
        }
        _ => Mode::Unknown,
    }
}
