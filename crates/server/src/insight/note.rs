//! What a turn notes about its request while it runs, for the log and the connection guide.
//!
//! It lives with the request and costs a lock that nobody else wants. What stands in it when the answer leaves is what is
//! written down; a turn that goes on after its waiting text is found by its id.

use std::sync::{Mutex, PoisonError};

use channels::kakao::{
    inbound::{BlockKind, Inbound, Press},
    mode::Mode,
};
use store::{NodeFact, TurnFacts, WorkspaceId};

/// Letters of a name that are kept.
const MAX_NAME: usize = 80;
/// Letters of what a person said that lists show and sentences are grouped by.
const MAX_SAID: usize = 200;
/// Problems of one request that are kept.
const MAX_PROBLEMS: usize = 8;

/// The note of one request.
#[derive(Debug, Default)]
pub struct Note(Mutex<Noted>);

/// What is noted.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one observation of a request")]
pub struct Noted {
    /// Whose bot it is, where the bot was found.
    pub workspace: Option<WorkspaceId>,
    /// The channel's mode; `unknown` where the request does not say.
    pub mode: &'static str,
    /// `welcome`, `fallback`, `other`, or empty.
    pub kind: &'static str,
    /// The block's name.
    pub block: String,
    /// The bot's id at Kakao.
    pub kakao_bot: String,
    /// What the channel calls the end user.
    pub user: Option<String>,
    /// A test of OpenBuilder, of which nothing is kept.
    pub test: bool,
    /// The request brought an address for late answers.
    pub callback: bool,
    /// A button of an answer was pressed.
    pub pressed: bool,
    /// The secret was right, or none is asked for.
    pub accepted: bool,
    /// The answer shows buttons.
    pub offers: bool,
    /// A turn is stored.
    pub stored: bool,
    /// The person was told to wait.
    pub waits: bool,
    /// What went wrong, in order.
    pub problems: Vec<Noticed>,
}

/// Something that went wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noticed {
    /// A stable name.
    pub code: String,
    /// Where in the request, as a JSON pointer.
    pub place: String,
    /// What happened.
    pub detail: String,
}

impl Note {
    /// What is noted now.
    pub fn look(&self) -> Noted {
        self.with(|noted| noted.clone())
    }

    /// What was read of the request.
    pub fn heard(&self, inbound: &Inbound) {
        self.with(|noted| {
            noted.mode = inbound.mode.name();
            noted.test = matches!(inbound.mode, Mode::BotTest | Mode::EditorTest);
            noted.kind = match (inbound.block.kind, &inbound.block.name) {
                (BlockKind::Welcome, _) => "welcome",
                (BlockKind::Fallback, _) => "fallback",
                (BlockKind::Other, Some(_)) => "other",
                (BlockKind::Other, None) => "",
            };
            noted.block = cut(inbound.block.name.as_deref().unwrap_or_default(), MAX_NAME);
            noted.kakao_bot = cut(inbound.bot_id.as_deref().unwrap_or_default(), MAX_NAME);
            noted.user = inbound.user.as_ref().map(|user| user.as_str().to_owned());
            noted.callback = inbound.callback_url.is_some();
            // A button of the block's own would look like one of ours without a payload; such blocks have none.
            noted.pressed = inbound.press != Press::None;
            for finding in &inbound.findings {
                noted.add(finding.code, &finding.pointer, &finding.ko);
            }
        });
    }

    /// The bot was found.
    pub fn found(&self, workspace: WorkspaceId) {
        self.with(|noted| noted.workspace = Some(workspace));
    }

    /// The request may speak to the bot.
    pub fn accepted(&self) {
        self.with(|noted| noted.accepted = true);
    }

    /// Something went wrong.
    pub fn problem(&self, code: &str, place: &str, detail: &str) {
        self.with(|noted| noted.add(code, place, detail));
    }

    /// The person was told to wait.
    pub fn waits(&self) {
        self.with(|noted| noted.waits = true);
    }

    /// The turn is stored.
    pub fn stored(&self) {
        self.with(|noted| noted.stored = true);
    }

    /// What the turn did.
    pub fn played(&self, offers: bool, fault: Option<&str>, facts: &TurnFacts) {
        self.with(|noted| {
            noted.offers = offers;
            if let Some(fault) = fault {
                noted.add("fault", "", fault);
            }
            if let Some(cuts) = &facts.cuts {
                noted.add("cut", "", cuts);
            }
        });
    }

    fn with<T>(&self, act: impl FnOnce(&mut Noted) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Noted {
    fn add(&mut self, code: &str, place: &str, detail: &str) {
        let known = self.problems.iter().any(|it| it.code == code && it.place == place);
        if !known && self.problems.len() < MAX_PROBLEMS {
            let (code, place) = (code.to_owned(), cut(place, MAX_SAID));
            self.problems.push(Noticed { code, place, detail: cut(detail, 2 * MAX_SAID) });
        }
    }
}

/// What of a turn is counted: `said` is what the person visibly said.
pub fn facts(said: Option<&str>, outcome: &engine::turn::Outcome, cuts: Option<String>) -> TurnFacts {
    let trace = &outcome.trace;
    let nodes = trace
        .from
        .iter()
        .chain(&trace.visits)
        .filter(|visit| visit.waited_ms.is_some() || visit.error.is_some())
        .map(|visit| NodeFact {
            flow: visit.flow,
            node: visit.node,
            kind: visit.kind.clone(),
            waited_ms: visit.waited_ms.unwrap_or(0) as i64,
            failed: visit.error.is_some(),
        })
        .collect();
    let said = self::said(said);
    // A message was tried on the edges of the node where the conversation rested, and none of them held.
    let unanswered = said.is_some() && trace.from.as_ref().is_some_and(|from| from.edge.is_none());
    TurnFacts { unanswered, said, cuts, nodes }
}

/// What a person visibly said, as it is counted.
pub fn said(said: Option<&str>) -> Option<String> {
    said.map(line).filter(|said| !said.is_empty())
}

/// A text in one line, as sentences are grouped.
fn line(text: &str) -> String {
    cut(&text.split_whitespace().collect::<Vec<_>>().join(" "), MAX_SAID)
}

/// The first letters of a text, without what no database takes.
pub fn cut(text: &str, most: usize) -> String {
    text.chars().filter(|letter| *letter != '\0').take(most).collect()
}
