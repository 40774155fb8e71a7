//! What a turn needs before it can begin, and why it may not: the bot, its secret header, its switch, its version.

use std::sync::Arc;

use channels::kakao::{fallback, reply};
use engine::{
    bot::Bot,
    turn::{WAITING, WAITING_BUTTON, Words},
};
use sha2::{Digest, Sha256};
use store::{BotHead, BotId, TurnKey, TurnRead};
use subtle::ConstantTimeEq;

use super::{
    Answer, SkillRequest,
    bots::{Edition, LoadError},
    run::PLATFORM,
};
use crate::{
    Hub,
    bridge::Settings,
    problems::{Kind, Problem},
};

/// Why no turn could answer.
#[derive(Debug)]
pub struct Trouble {
    /// What kind.
    pub kind: Kind,
    /// What happened, for the operator.
    pub detail: String,
    /// What the person is told; the bot's error message where absent.
    pub said: Option<&'static str>,
}

impl Trouble {
    /// Answered with the bot's error message.
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), said: None }
    }

    /// Answered with this sentence.
    pub fn said(kind: Kind, detail: &str, said: &'static str) -> Self {
        Self { kind, detail: detail.to_owned(), said: Some(said) }
    }
}

/// Why an attempt has to begin again, or cannot.
pub enum Halt {
    /// The conversation has moved since it was read.
    Stale,
    /// It cannot be answered.
    Trouble(Trouble),
}

impl From<Trouble> for Halt {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

/// Who answers.
#[derive(Debug)]
pub enum Answers {
    /// Flows.
    Flows(Arc<Bot>),
    /// An old server.
    Bridge(Box<Settings>),
}

impl Answers {
    /// What a person is told who has to wait.
    pub fn waiting_words(&self) -> Words {
        match self {
            Self::Flows(bot) => waiting_words(bot),
            Self::Bridge(_) => Words::default(),
        }
    }
}

/// A request that is served.
#[derive(Debug, Clone, Copy)]
pub struct Turn<'a> {
    /// The hub.
    pub hub: &'a Hub,
    /// The request.
    pub request: &'a SkillRequest,
}

impl Turn<'_> {
    /// The one read.
    pub async fn read(&self, bot: BotId, user_key: &str) -> Result<TurnRead, Trouble> {
        let key = TurnKey { bot, platform: PLATFORM, draft: self.request.draft, user_key };
        match self.hub.store.read_turn(key).await {
            Ok(Some(read)) => {
                self.request.note.found(read.bot.workspace);
                Ok(read)
            }
            Ok(None) => Err(Trouble::said(Kind::NoBot, "there is no such bot", reply::NO_BOT)),
            Err(error) => Err(Trouble::new(Kind::Store, error.to_string())),
        }
    }

    /// May this request speak to this bot? An answer where its secret is wrong.
    pub fn gate(&self, head: &BotHead) -> Result<Option<Answer>, Trouble> {
        if let (Some(name), Some(hash)) = (&head.kakao_header_name, &head.kakao_header_hash) {
            let sent = self.request.headers.get(name.as_str()).map_or(&[][..], |value| value.as_bytes());
            if !bool::from(Sha256::digest(sent).as_slice().ct_eq(hash)) {
                self.record(
                    Kind::Header,
                    "",
                    "스킬의 헤더값이 없거나 달라요. The secret header is missing or wrong.",
                );
                self.hub.meters.turns_refused.increment(1);
                return Ok(Some(Answer { refused: true, body: fallback::plain(reply::TROUBLE) }));
            }
        }
        self.request.note.accepted();
        if head.kakao_enabled {
            Ok(None)
        } else {
            Err(Trouble::said(Kind::Off, "KakaoTalk is switched off for this bot", reply::OFF))
        }
    }

    /// What of the bot answers.
    pub fn edition(&self, head: &BotHead) -> Result<Edition, Trouble> {
        if self.request.draft {
            return Ok(Edition::Draft(head.draft_revision));
        }
        head.live_version.map(Edition::Version).ok_or_else(|| {
            Trouble::said(Kind::Unpublished, "no version of this bot is published", reply::UNPUBLISHED)
        })
    }

    /// Who answers. What a bridge answers has no version, which is written as 0.
    pub async fn answers(&self, bot: BotId, head: &BotHead) -> Result<(Edition, Answers), Trouble> {
        let Some(bridge) = &head.bridge else {
            let edition = self.edition(head)?;
            return Ok((edition, Answers::Flows(self.load(bot, edition).await?)));
        };
        let settings = Settings::read(bridge)
            .ok_or_else(|| Trouble::new(Kind::BotBroken, "the bridge's settings cannot be read"))?;
        Ok((Edition::Version(0), Answers::Bridge(Box::new(settings))))
    }

    /// The parsed bot.
    pub async fn load(&self, bot: BotId, edition: Edition) -> Result<Arc<Bot>, Trouble> {
        self.hub.bots.get(&self.hub.store, bot, edition).await.map_err(|error| {
            let kind = match &error {
                LoadError::Missing | LoadError::Broken(_) => Kind::BotBroken,
                LoadError::Store(_) => Kind::Store,
            };
            Trouble::new(kind, error.to_string())
        })
    }

    /// Tells the operator.
    pub fn record(&self, kind: Kind, place: &str, detail: &str) {
        self.request.note.problem(kind.name(), place, detail);
        self.hub.problems.tell(Problem::of(self.request, kind, place, detail));
    }
}

/// The waiting words of a bot whose turn has not begun: as they stand, for there is no context to render them in.
fn waiting_words(bot: &Bot) -> Words {
    let plain = |text: &engine::bot::Text, default: &str| {
        let template = text.template.as_ref().ok();
        let said = template.and_then(|template| template.as_plain()).filter(|said| !said.trim().is_empty());
        said.unwrap_or(default).to_owned()
    };
    let system = &bot.preference.system_message;
    Words {
        waiting: plain(&system.waiting, WAITING),
        waiting_button: plain(&system.waiting_button, WAITING_BUTTON),
        ..Words::default()
    }
}
