//! The one answer to a request: the turn's own in time, or a word that it takes longer (spec product.md K13).
//!
//! A turn waits in two places for more than a moment: in its lane and for the world. Both waits go through here. When
//! the time is up the person is told to wait, what is owed is written down, and the wait goes on. Kakao's callback is
//! taken where the request brings one; else a button fetches the answer.

use std::time::Instant;

use channels::kakao::{
    callback,
    inbound::Inbound,
    mode::Mode,
    outbound::{self, Held},
};
use engine::turn::Words;
use store::{BotId, LateEnd, NewLate, TurnId, WorkspaceId};
use tokio::sync::oneshot;

use super::{Answer, SkillRequest, run::PLATFORM};
use crate::Hub;

/// A row outlives the longest turn by this, so that a turn which ends at the last moment still finds its row.
const GRACE_MS: i64 = 10_000;

/// Whose late answer it is; nobody's in a test, of which nothing is stored.
#[derive(Debug, Clone)]
pub struct Debtor {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The bot.
    pub bot: BotId,
    /// What the channel calls the end user.
    pub user: String,
}

/// What a person is told who has to wait.
#[derive(Debug)]
pub struct Interim {
    /// What can be shown already.
    pub said: Option<Held>,
    /// How many of the turn's messages are in it.
    pub count: usize,
    /// The bot's own words.
    pub words: Words,
}

/// How the rest reaches a person who was told to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// It is posted to this address.
    Callback(String),
    /// The person fetches it.
    Fetch,
}

/// What was told.
#[derive(Debug)]
pub struct Told {
    /// The answer.
    pub body: String,
    /// How the rest comes.
    pub way: Way,
    /// When.
    pub at: Instant,
    /// What is said to fetch the rest.
    pub button: String,
    /// What was said already and is not shown yet.
    rest: Option<Held>,
    /// How many of the turn's messages were shown or are in `rest`.
    count: usize,
    recorded: bool,
}

/// Answers a request once.
#[derive(Debug)]
pub struct Early<'a> {
    hub: &'a Hub,
    request: &'a SkillRequest,
    tell: Option<oneshot::Sender<Answer>>,
    way: Way,
    debtor: Option<Debtor>,
    told: Option<Told>,
    /// The turn's id.
    pub turn: TurnId,
    /// When the turn has to have ended.
    pub until: Instant,
}

impl<'a> Early<'a> {
    /// Nothing is told yet.
    pub fn new(hub: &'a Hub, request: &'a SkillRequest, tell: oneshot::Sender<Answer>) -> Self {
        Self {
            hub,
            request,
            tell: Some(tell),
            way: Way::Fetch,
            debtor: None,
            told: None,
            turn: request.id,
            until: request.arrived + std::time::Duration::from_millis(hub.config.kakao.late_within_ms),
        }
    }

    /// Reads from the request how a late answer can come. The tests of OpenBuilder have no callbacks (spec
    /// kakao-skill.md 2).
    pub fn read(&mut self, inbound: &Inbound) {
        let tested = matches!(inbound.mode, Mode::BotTest | Mode::EditorTest);
        let address = inbound.callback_url.as_ref().filter(|_| !tested);
        if let Some(address) = address
            && callback::accepts(address, &self.hub.config.kakao.callback_hosts)
        {
            self.way = Way::Callback(address.clone());
        }
    }

    /// Whose answer it would be. Without it nothing is written.
    pub fn owed_by(&mut self, debtor: Debtor) {
        self.debtor = Some(debtor);
    }

    /// Answers the request, if that has not happened.
    pub fn tell(&mut self, answer: Answer) {
        if let Some(tell) = self.tell.take() {
            // Nobody hears it where the deadline has passed; that is recorded there.
            let _ = tell.send(answer);
        }
    }

    /// What was told, where the person was told to wait.
    pub fn told(&self) -> Option<&Told> {
        self.told.as_ref()
    }

    /// When the person is told to wait; `None` where that has happened.
    pub fn waits_at(&self) -> Option<Instant> {
        self.told.is_none().then_some(self.request.waiting_at)
    }

    /// Waits for the world; tells the person when that takes too long.
    pub async fn wait<T>(&mut self, work: impl Future<Output = T>, interim: impl FnOnce() -> Interim) -> T {
        tokio::pin!(work);
        if self.told.is_none() {
            let due = self.request.waiting_at;
            tokio::select! {
                biased;
                done = &mut work => return done,
                () = tokio::time::sleep_until(due.into()) => {}
            }
            // The world may answer while the person is told; that is no reason to tell them something else.
            self.tell_to_wait(interim()).await;
        }
        work.await
    }

    /// Tells the person to wait, after writing down what is owed to them.
    pub async fn tell_to_wait(&mut self, interim: Interim) {
        let hub = self.hub;
        let Interim { said, count, words } = interim;
        let (body, rest) = match &self.way {
            // Nothing but the waiting text can be shown: what was said comes with the rest.
            Way::Callback(_) => (callback::announce(&words.waiting), said),
            Way::Fetch => outbound::shape_waiting(said, &words.waiting, &words.waiting_button),
        };
        let recorded = self.record(&body).await;
        hub.meters.turns_waiting.increment(1);
        self.request.note.waits();
        self.told = Some(Told {
            body: body.clone(),
            way: self.way.clone(),
            at: hub.clock.instant(),
            button: words.waiting_button,
            rest,
            count,
            recorded,
        });
        self.tell(Answer::ok(body));
    }

    /// What was told already but not shown, and how many of the turn's messages are done with.
    pub fn take_rest(&mut self) -> (Option<Held>, usize) {
        self.told.as_mut().map_or((None, 0), |told| (told.rest.take(), told.count))
    }

    /// What the commit does with what is owed: `held` is all that the person has not seen.
    pub fn end(&self, held: &Held) -> Option<LateEnd> {
        let told = self.told.as_ref().filter(|told| told.recorded)?;
        Some(match told.way {
            Way::Fetch => LateEnd::Kept(self.turn),
            Way::Callback(_) => LateEnd::Post(self.turn, serde_json::to_string(held).unwrap_or_default()),
        })
    }

    /// The same where nothing is left to be posted.
    pub fn kept(&self) -> Option<LateEnd> {
        self.told.as_ref().filter(|told| told.recorded).map(|_| LateEnd::Kept(self.turn))
    }

    /// There will be no answer, and the person has been told to wait for one.
    pub async fn lose(&self) {
        if self.told.as_ref().is_some_and(|told| told.recorded)
            && let Err(error) = self.hub.store.lose_late(self.turn).await
        {
            tracing::warn!(%error, turn.id = %self.turn, "a lost answer could not be marked; the next start does it");
        }
    }

    async fn record(&self, body: &str) -> bool {
        let (hub, Some(debtor)) = (self.hub, &self.debtor) else { return false };
        let now_ms = hub.clock.now_ms();
        let left = self.until.saturating_duration_since(hub.clock.instant());
        let row = NewLate {
            turn: self.turn,
            workspace: debtor.workspace,
            bot: debtor.bot,
            platform: PLATFORM.to_owned(),
            draft: self.request.draft,
            user_key: debtor.user.clone(),
            owner: hub.owner,
            callback_url: match &self.way {
                Way::Callback(address) => Some(address.clone()),
                Way::Fetch => None,
            },
            expires_at: now_ms + i64::try_from(left.as_millis()).unwrap_or(i64::MAX) + GRACE_MS,
            request_id: self.request.request_id.clone(),
            told: body.to_owned(),
            now_ms,
        };
        // A person who waits is told in time, whatever the database does.
        let within = self.request.deadline.saturating_duration_since(hub.clock.instant());
        let written = tokio::time::timeout(within / 2, hub.store.begin_late(row)).await;
        match written {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                tracing::warn!(%error, turn.id = %self.turn, "a late answer is not written down; if this process dies now it is forgotten");
                false
            }
            Err(_) => {
                tracing::warn!(turn.id = %self.turn, "the database is slow; a late answer may not be written down");
                // It may still be written: the commit has to end it.
                true
            }
        }
    }
}
