//! The conductor of a turn: lane, one read, one engine run, one commit, answer.
//!
//! The order is that of ARCHITECTURE.md, "One KakaoTalk message". We always commit before we answer, so that the
//! state never lags behind what a person has seen. A commit that finds the conversation moved by another process
//! begins again from the read, unless the world was asked something meanwhile.

use std::{str::FromStr, sync::Arc};

use channels::kakao::{
    fallback,
    finding::Severity,
    inbound::{self, Heard, Hints, Inbound},
    mode::Mode,
    reply,
};
use engine::{bot::Bot, turn::Setting};
use sha2::{Digest, Sha256};
use store::{
    BotHead, BotId, CommitError, ConversationId, EndUserId, MessageId, NewMessage, NewTurn, SessionRow,
    TurnCommit, TurnId, TurnKey, TurnRead,
};
use subtle::ConstantTimeEq;

use super::{
    Answer, Body, SkillRequest,
    bots::{Edition, LoadError},
    kept::Kept,
    lane::LaneKey,
    play::{self, Played},
};
use crate::{
    Hub,
    meters::took,
    problems::{Kind, Problem},
};

/// How often a turn begins again when another process moved the conversation. The deadline ends it sooner.
const MAX_TRIES: usize = 50;
/// The platform of this channel in contexts and in the store.
const PLATFORM: &str = "kakao";

/// Answers a request.
pub async fn answer(hub: &Hub, request: &SkillRequest) -> Answer {
    let turn = Turn { hub, request };
    let answer = match turn.answer().await {
        Ok(answer) => answer,
        Err(trouble) => turn.explain(&trouble),
    };
    took(&hub.meters.total, hub.clock.instant() - request.arrived);
    answer
}

/// The bot's own error message for when no turn can run, or ours.
pub fn last_words(hub: &Hub, bot: &str) -> String {
    let known = BotId::from_str(bot).ok().and_then(|id| hub.bots.any(id));
    let said = known.and_then(|bot| {
        let template = bot.preference.system_message.error.template.as_ref().ok()?;
        template.as_plain().filter(|text| !text.trim().is_empty()).map(str::to_owned)
    });
    fallback::plain(said.as_deref().unwrap_or(reply::TROUBLE))
}

/// Why no turn could answer.
#[derive(Debug)]
struct Trouble {
    kind: Kind,
    detail: String,
    /// What the person is told; the bot's error message where absent.
    said: Option<&'static str>,
}

impl Trouble {
    fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), said: None }
    }

    fn said(kind: Kind, detail: &str, said: &'static str) -> Self {
        Self { kind, detail: detail.to_owned(), said: Some(said) }
    }
}

/// Why an attempt has to begin again, or cannot.
enum Halt {
    /// The conversation has moved since it was read.
    Stale,
    Trouble(Trouble),
}

impl From<Trouble> for Halt {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

struct Turn<'a> {
    hub: &'a Hub,
    request: &'a SkillRequest,
}

/// Whose turn it is, and where it is kept.
struct Who<'a> {
    bot_id: BotId,
    lane: &'a LaneKey,
    end_user: EndUserId,
    conversation: ConversationId,
    session: Option<&'a SessionRow>,
    now_ms: i64,
}

impl Turn<'_> {
    async fn answer(&self) -> Result<Answer, Trouble> {
        let (hub, request) = (self.hub, self.request);
        let bot_id = BotId::from_str(&request.bot)
            .map_err(|_| Trouble::said(Kind::NoBot, "the address names no bot", reply::NO_BOT))?;
        let body = match &request.body {
            Body::Whole(body) => body,
            Body::TooLarge(_) => return Err(Trouble::new(Kind::TooLarge, "the body is larger than 1 MiB")),
            Body::Broken(_) => return Err(Trouble::new(Kind::BodyBroken, "the body did not arrive whole")),
        };
        let inbound = inbound::read(body, &Hints { welcome: request.welcome });
        for finding in inbound.findings.iter().filter(|finding| finding.severity == Severity::Broken) {
            self.record(Kind::Request(finding.code), &finding.pointer, &finding.ko);
        }
        let user = match &inbound.user {
            Some(user) if !matches!(inbound.heard, Heard::Unreadable) => user,
            _ => return self.no_conversation(bot_id, &inbound).await,
        };
        let lane = LaneKey { bot: request.bot.clone(), draft: request.draft, user: user.as_str().to_owned() };
        let before = hub.clock.instant();
        let _guard = hub.lanes.enter(lane.clone()).await;
        took(&hub.meters.lane, hub.clock.instant() - before);
        for _ in 0..MAX_TRIES {
            match self.attempt(bot_id, &inbound, &lane).await {
                Ok(answer) => return Ok(answer),
                Err(Halt::Stale) => hub.meters.turns_retried.increment(1),
                Err(Halt::Trouble(trouble)) => return Err(trouble),
            }
        }
        Err(Trouble::new(Kind::Conflict, "other processes moved this conversation again and again"))
    }

    async fn attempt(&self, bot_id: BotId, inbound: &Inbound, lane: &LaneKey) -> Result<Answer, Halt> {
        let (hub, request) = (self.hub, self.request);
        let before = hub.clock.instant();
        let read = self.read(bot_id, &lane.user).await?;
        took(&hub.meters.read, hub.clock.instant() - before);
        let (head, session) = (&read.bot, read.session.as_ref());
        if let Some(refused) = self.gate(head)? {
            return Ok(refused);
        }
        let edition = self.edition(head)?;
        let bot = self.load(bot_id, edition).await?;
        let now_ms = hub.clock.now_ms();
        if matches!(inbound.mode, Mode::BotTest | Mode::EditorTest) {
            return Ok(self.rehearse(&bot, inbound, lane, now_ms));
        }
        let mut kept = session.map_or_else(Kept::default, |row| self.unpack(row));
        if let Some(body) = self.repeated(session, &kept).await? {
            hub.meters.turns_repeated.increment(1);
            return Ok(Answer::ok(body));
        }
        let idle_ms = i64::from(hub.config.kakao.new_conversation_after_hours) * 3_600_000;
        let new_visit = session.is_some_and(|row| now_ms - row.updated_at > idle_ms);
        let new_conversation = || ConversationId::new(now_ms, hub.die.roll_wide());
        let who = Who {
            bot_id,
            lane,
            end_user: session.map_or_else(|| EndUserId::new(now_ms, hub.die.roll_wide()), |row| row.end_user),
            conversation: session
                .filter(|_| !new_visit)
                .map_or_else(new_conversation, |row| row.conversation),
            session,
            now_ms,
        };
        let before = hub.clock.instant();
        let setting = self.setting(
            inbound,
            lane,
            who.conversation.to_string(),
            Some(who.end_user.to_string()),
            new_visit,
            now_ms,
        );
        let played = play::play(&bot, &mut kept, inbound, setting);
        took(&hub.meters.engine, hub.clock.instant() - before);
        let (body, faulted, asked) = (played.body.clone(), played.fault.is_some(), played.asked);
        let commit = self.commit_of(played, kept, head, edition, inbound, &who);
        let before = hub.clock.instant();
        let within = request.deadline.saturating_duration_since(before);
        hub.store.commit_turn(commit, within).await.map_err(|error| match error {
            CommitError::Stale { .. } | CommitError::Duplicate { .. } if !asked => Halt::Stale,
            CommitError::Stale { .. } | CommitError::Duplicate { .. } => {
                Trouble::new(Kind::Conflict, "the conversation moved while the world was asked").into()
            }
            CommitError::Expired => {
                Trouble::new(Kind::Late, "the database was too slow for Kakao's 5 seconds").into()
            }
            other => Trouble::new(Kind::Store, other.to_string()).into(),
        })?;
        took(&hub.meters.commit, hub.clock.instant() - before);
        if faulted { &hub.meters.turns_faulted } else { &hub.meters.turns_answered }.increment(1);
        Ok(Answer::ok(body))
    }

    async fn read(&self, bot: BotId, user_key: &str) -> Result<TurnRead, Trouble> {
        let key = TurnKey { bot, platform: PLATFORM, draft: self.request.draft, user_key };
        match self.hub.store.read_turn(key).await {
            Ok(Some(read)) => Ok(read),
            Ok(None) => Err(Trouble::said(Kind::NoBot, "there is no such bot", reply::NO_BOT)),
            Err(error) => Err(Trouble::new(Kind::Store, error.to_string())),
        }
    }

    /// May this request speak to this bot? An answer where its secret is wrong.
    fn gate(&self, head: &BotHead) -> Result<Option<Answer>, Trouble> {
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
        if head.kakao_enabled {
            Ok(None)
        } else {
            Err(Trouble::said(Kind::Off, "KakaoTalk is switched off for this bot", reply::OFF))
        }
    }

    fn edition(&self, head: &BotHead) -> Result<Edition, Trouble> {
        if self.request.draft {
            return Ok(Edition::Draft(head.draft_revision));
        }
        head.live_version.map(Edition::Version).ok_or_else(|| {
            Trouble::said(Kind::Unpublished, "no version of this bot is published", reply::UNPUBLISHED)
        })
    }

    async fn load(&self, bot: BotId, edition: Edition) -> Result<Arc<Bot>, Trouble> {
        self.hub.bots.get(&self.hub.store, bot, edition).await.map_err(|error| {
            let kind = match &error {
                LoadError::Missing | LoadError::Broken(_) => Kind::BotBroken,
                LoadError::Store(_) => Kind::Store,
            };
            Trouble::new(kind, error.to_string())
        })
    }

    /// A turn of OpenBuilder's tests: the scenario works, nothing is stored or counted (spec product.md K5).
    fn rehearse(&self, bot: &Arc<Bot>, inbound: &Inbound, lane: &LaneKey, now_ms: i64) -> Answer {
        let hub = self.hub;
        let mut kept = hub.scratch.load(lane, now_ms);
        if let Some(body) = self.request.request_id.as_deref().and_then(|id| kept.answered(id)) {
            return Answer::ok(body.to_owned());
        }
        let setting = self.setting(inbound, lane, "test".to_owned(), None, false, now_ms);
        let Played { body, kept: next, .. } = play::play(bot, &mut kept, inbound, setting);
        kept = Kept { recent: std::mem::take(&mut kept.recent), ..next };
        if let Some(id) = &self.request.request_id {
            kept.remember(id, &body);
        }
        hub.scratch.save(lane.clone(), kept, now_ms);
        hub.meters.turns_tested.increment(1);
        Answer::ok(body)
    }

    fn unpack(&self, row: &SessionRow) -> Kept {
        let (kept, sound) = Kept::read(&row.state, &row.recent);
        if !sound {
            self.record(
                Kind::State,
                "",
                "저장된 대화 상태를 읽지 못해 처음부터 시작해요. The stored state cannot be read.",
            );
        }
        kept
    }

    /// The answer to a request that was delivered before.
    async fn repeated(&self, session: Option<&SessionRow>, kept: &Kept) -> Result<Option<String>, Trouble> {
        let turn = self.request.request_id.as_deref().and_then(|id| kept.answered(id));
        let (Some(row), Some(turn)) = (session, turn.and_then(|turn| TurnId::from_str(turn).ok())) else {
            return Ok(None);
        };
        self.hub
            .store
            .turn_answer(row.end_user, turn)
            .await
            .map_err(|error| Trouble::new(Kind::Store, error.to_string()))
    }

    fn setting(
        &self,
        inbound: &Inbound,
        lane: &LaneKey,
        conversation_id: String,
        end_user_id: Option<String>,
        new_visit: bool,
        now_ms: i64,
    ) -> Setting {
        Setting {
            platform: PLATFORM.to_owned(),
            bot_id: self.request.bot.clone(),
            end_user_id,
            conversation_id,
            user_key: lane.user.clone(),
            extra: vec![("kakao", inbound.kakao.clone())],
            new_visit,
            now_ms,
            seed: self.hub.die.roll(),
        }
    }

    fn commit_of(
        &self,
        played: Played,
        before: Kept,
        head: &BotHead,
        edition: Edition,
        inbound: &Inbound,
        who: &Who<'_>,
    ) -> TurnCommit {
        let (hub, now_ms) = (self.hub, who.now_ms);
        let turn_id = TurnId::new(now_ms, hub.die.roll_wide());
        let mut kept = Kept { recent: before.recent, ..played.kept };
        if let Some(id) = &self.request.request_id {
            kept.remember(id, &turn_id.to_string());
        }
        let messages = played
            .said
            .into_iter()
            .map(|said| {
                // Masked at once: the unmasked form is never written.
                let (data, masked) = match (said.masked, said.mask_after_ms) {
                    (Some(masked), None) => (masked, None),
                    (masked, _) => (said.data, masked),
                };
                let mask_at = masked.is_some().then(|| now_ms + said.mask_after_ms.unwrap_or(0) as i64);
                NewMessage {
                    id: MessageId::new(now_ms, hub.die.roll_wide()),
                    is_user: said.is_user,
                    sender: if said.is_user { "user" } else { "bot" },
                    data,
                    masked,
                    mask_at,
                    created_at: now_ms,
                }
            })
            .collect();
        TurnCommit {
            workspace: head.workspace,
            bot: who.bot_id,
            platform: PLATFORM.to_owned(),
            draft: self.request.draft,
            user_key: who.lane.user.clone(),
            end_user: who.end_user,
            conversation: who.conversation,
            expected_version: who.session.map(|row| row.version),
            state: serde_json::to_string(&kept).unwrap_or_default(),
            recent: serde_json::to_string(&kept.recent).unwrap_or_default(),
            first_seq: who.session.map_or(0, |row| row.messages),
            turn: NewTurn {
                id: turn_id,
                request_id: self.request.request_id.clone(),
                mode: inbound.mode.name(),
                block: inbound.block.name.clone(),
                bot_version: match edition {
                    Edition::Version(number) => number,
                    Edition::Draft(_) => 0,
                },
                started_at: now_ms,
                took_us: i64::try_from((hub.clock.instant() - self.request.arrived).as_micros())
                    .unwrap_or(i64::MAX),
                answer: played.stored_body.unwrap_or(played.body),
                trace: played.trace,
                fault: played.fault,
            },
            messages,
            now_ms,
        }
    }

    /// A request without a user, or one that cannot be read: no conversation, but an answer in the bot's own words.
    async fn no_conversation(&self, bot_id: BotId, inbound: &Inbound) -> Result<Answer, Trouble> {
        if inbound.findings.iter().all(|finding| finding.severity != Severity::Broken) {
            self.record(
                Kind::Request("no-user"),
                "/userRequest/user/id",
                "요청에 사용자가 없어요. The request names no user.",
            );
        }
        let read = self.read(bot_id, "").await?;
        if let Some(refused) = self.gate(&read.bot)? {
            return Ok(refused);
        }
        let edition = self.edition(&read.bot)?;
        self.load(bot_id, edition).await?;
        self.hub.meters.turns_refused.increment(1);
        Ok(Answer::ok(last_words(self.hub, &self.request.bot)))
    }

    fn explain(&self, trouble: &Trouble) -> Answer {
        self.record(trouble.kind, "", &trouble.detail);
        self.hub.meters.turns_refused.increment(1);
        Answer::ok(match trouble.said {
            Some(said) => fallback::plain(said),
            None => last_words(self.hub, &self.request.bot),
        })
    }

    fn record(&self, kind: Kind, place: &str, detail: &str) {
        self.hub.problems.tell(Problem::of(self.request, kind, place, detail));
    }
}
