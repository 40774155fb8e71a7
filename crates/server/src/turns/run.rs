//! The conductor of a turn: lane, one read, one engine run, one commit, answer.
//!
//! The order is that of ARCHITECTURE.md, "A KakaoTalk message, from door to door". We commit before we answer, so that
//! the state never lags behind what a person has seen; the one exception is the waiting text, before which is written
//! down what is owed ([`super::early`]). A commit that finds the conversation moved by another process begins again from
//! the read, unless the world was asked something meanwhile.

use std::{
    str::FromStr,
    time::{Duration, Instant},
};

use channels::kakao::{
    fallback,
    finding::Severity,
    inbound::{self, Heard, Hints, Inbound},
    mode::Mode,
    outbound, reply,
};
use engine::turn::Setting;
use store::{
    BotHead, BotId, CommitError, ConversationId, EndUserId, LateState, SessionRow, TurnFacts, TurnId, TurnKey,
};
use tokio::sync::oneshot;

use super::{
    Answer, Body, SkillRequest, bridge,
    commit::{self, Done, Who},
    early::{Debtor, Early, Interim, Way},
    gate::{Answers, Halt, Trouble, Turn},
    kept::{Kept, Late},
    lane::{LaneGuard, LaneKey},
    late::{self, Post},
    play::{self, Page, Played},
};
use crate::{Hub, effects::World, meters::took, problems::Kind};

/// The platform of this channel in contexts and in the store.
pub const PLATFORM: &str = "kakao";
/// How often a turn begins again when another process moved the conversation. The deadline ends it sooner.
const MAX_TRIES: usize = 50;
/// How long a commit may wait after a turn has used all its time: its answer has been promised.
const LATE_COMMIT: Duration = Duration::from_secs(10);

/// Runs a turn and answers its request through `tell`, once: when the turn has ended, or before if it takes long.
pub async fn answer(hub: &Hub, request: &SkillRequest, tell: oneshot::Sender<Answer>) {
    let turn = Turn { hub, request };
    let mut early = Early::new(hub, request, tell);
    let answer = match turn.answer(&mut early).await {
        Ok(answer) => answer,
        Err(trouble) => {
            early.lose().await;
            turn.explain(&trouble)
        }
    };
    took(&hub.meters.total, hub.clock.instant() - request.arrived);
    early.tell(answer);
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

/// In the lane, or answered without it.
enum Entered<'a> {
    Lane(LaneGuard<'a>),
    Answered(Answer),
}

impl Turn<'_> {
    async fn answer(&self, early: &mut Early<'_>) -> Result<Answer, Trouble> {
        let (hub, request) = (self.hub, self.request);
        let bot_id = BotId::from_str(&request.bot)
            .map_err(|_| Trouble::said(Kind::NoBot, "the address names no bot", reply::NO_BOT))?;
        let body = match &request.body {
            Body::Whole(body) => body,
            Body::TooLarge(_) => return Err(Trouble::new(Kind::TooLarge, "the body is larger than 1 MiB")),
            Body::Broken(_) => return Err(Trouble::new(Kind::BodyBroken, "the body did not arrive whole")),
        };
        let inbound = inbound::read(body, &Hints { welcome: request.welcome });
        request.note.heard(&inbound);
        for finding in inbound.findings.iter().filter(|finding| finding.severity == Severity::Broken) {
            self.record(Kind::Request(finding.code), &finding.pointer, &finding.ko);
        }
        let user = match &inbound.user {
            Some(user) if !matches!(inbound.heard, Heard::Unreadable) => user,
            _ => return self.no_conversation(bot_id, &inbound).await,
        };
        early.read(&inbound);
        let lane = LaneKey { bot: request.bot.clone(), draft: request.draft, user: user.as_str().to_owned() };
        let before = hub.clock.instant();
        let _guard = match self.enter(bot_id, &inbound, &lane, early).await? {
            Entered::Lane(guard) => guard,
            Entered::Answered(answer) => return Ok(answer),
        };
        took(&hub.meters.lane, hub.clock.instant() - before);
        for _ in 0..MAX_TRIES {
            match self.attempt(bot_id, &inbound, &lane, early).await {
                Ok(answer) => return Ok(answer),
                Err(Halt::Stale) => hub.meters.turns_retried.increment(1),
                Err(Halt::Trouble(trouble)) => return Err(trouble),
            }
        }
        Err(Trouble::new(Kind::Conflict, "other processes moved this conversation again and again"))
    }

    /// Waits for the turns of this end user that came before. Where they take too long, this one goes on after the
    /// waiting text; a press that only asks for an answer is told to be pressed again.
    async fn enter(
        &self,
        bot_id: BotId,
        inbound: &Inbound,
        lane: &LaneKey,
        early: &mut Early<'_>,
    ) -> Result<Entered<'_>, Trouble> {
        let mut entering = std::pin::pin!(self.hub.lanes.enter(lane.clone()));
        tokio::select! {
            biased;
            guard = &mut entering => return Ok(Entered::Lane(guard)),
            () = tokio::time::sleep_until(self.request.waiting_at.into()) => {}
        }
        let read = self.read(bot_id, &lane.user).await?;
        if let Some(refused) = self.gate(&read.bot)? {
            return Ok(Entered::Answered(refused));
        }
        let words = self.answers(bot_id, &read.bot).await?.1.waiting_words();
        if matches!(inbound.heard, Heard::Late | Heard::More) {
            let (body, _) = outbound::shape_waiting(None, &words.waiting, &words.waiting_button);
            self.hub.meters.turns_waiting.increment(1);
            return Ok(Entered::Answered(Answer::ok(body)));
        }
        if !is_test(inbound) {
            early.owed_by(Debtor { workspace: read.bot.workspace, bot: bot_id, user: lane.user.clone() });
        }
        early.tell_to_wait(Interim { said: None, count: 0, words }).await;
        Ok(Entered::Lane(entering.await))
    }

    async fn attempt(
        &self,
        bot_id: BotId,
        inbound: &Inbound,
        lane: &LaneKey,
        early: &mut Early<'_>,
    ) -> Result<Answer, Halt> {
        let (hub, request) = (self.hub, self.request);
        let before = hub.clock.instant();
        let read = self.read(bot_id, &lane.user).await?;
        took(&hub.meters.read, hub.clock.instant() - before);
        let (head, session) = (&read.bot, read.session.as_ref());
        if let Some(refused) = self.gate(head)? {
            return Ok(refused);
        }
        let (edition, answers) = self.answers(bot_id, head).await?;
        let now_ms = hub.clock.now_ms();
        if is_test(inbound) {
            return Ok(self.rehearse(&answers, head, inbound, lane, early).await);
        }
        early.owed_by(Debtor { workspace: head.workspace, bot: bot_id, user: lane.user.clone() });
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
            head,
            edition,
            lane,
            end_user: session.map_or_else(|| EndUserId::new(now_ms, hub.die.roll_wide()), |row| row.end_user),
            conversation: session
                .filter(|_| !new_visit)
                .map_or_else(new_conversation, |row| row.conversation),
            session,
            now_ms,
        };
        if let Some(page) = play::page(&kept, inbound) {
            return self.turn_page(page, kept, inbound, &who, (&answers, early)).await;
        }
        let before = hub.clock.instant();
        let about = (who.conversation.to_string(), Some(who.end_user.to_string()), new_visit);
        let played =
            self.play((bot_id, head, &answers), &mut kept, inbound, (lane, about, now_ms), early).await;
        took(&hub.meters.engine, hub.clock.instant() - before);
        let (faulted, asked) = (played.fault.is_some(), played.asked);
        request.note.played(played.offers, played.fault.as_deref(), &played.facts);
        let (answer, done, held) = Self::finish(played, kept.recent, (&answers, early));
        let commit = commit::of(hub, request, inbound, &who, done);
        match self.commit(commit, early).await {
            Ok(()) => {}
            Err(Halt::Stale) if !asked => return Err(Halt::Stale),
            Err(Halt::Stale) if early.told().is_some() => {
                self.record(Kind::Conflict, "", "the conversation moved while the world was asked; what the bot said is shown, what it set is lost");
                let key =
                    TurnKey { bot: bot_id, platform: PLATFORM, draft: request.draft, user_key: &lane.user };
                let kept = late::keep_in_session(hub, key, early.turn, held).await;
                kept.map_err(|error| Trouble::new(Kind::Conflict, error))?;
                return Ok(Answer::ok(answer.body));
            }
            Err(Halt::Stale) => {
                let detail = "the conversation moved while the world was asked";
                return Err(Trouble::new(Kind::Conflict, detail).into());
            }
            Err(trouble) => return Err(trouble),
        }
        if faulted { &hub.meters.turns_faulted } else { &hub.meters.turns_answered }.increment(1);
        self.deliver(bot_id, lane, held, early).await;
        Ok(answer)
    }

    /// The run itself: the engine's, or a question to the old server of a bridge.
    async fn play(
        &self,
        (bot_id, head, answers): (BotId, &BotHead, &Answers),
        kept: &mut Kept,
        inbound: &Inbound,
        (lane, about, now_ms): (&LaneKey, (String, Option<String>, bool), i64),
        early: &mut Early<'_>,
    ) -> Played {
        match answers {
            Answers::Flows(bot) => {
                let setting = self.setting(inbound, lane, about, now_ms);
                let world = self.world(head, bot_id, &setting, early);
                play::play(bot, kept, inbound, setting, (&world, early)).await
            }
            Answers::Bridge(settings) => {
                let (hub, is_test) = (self.hub, is_test(inbound));
                let bridged = bridge::Bridged { hub, bot: bot_id, settings, is_test, now_ms };
                // On the heap: few turns take this way, and all of them would carry it.
                Box::pin(bridge::play(bridged, kept, inbound, early)).await
            }
        }
    }

    /// What a turn that has run answers and keeps. The last part is all that the person has not seen.
    fn finish(
        played: Played,
        recent: Vec<(String, String)>,
        (answers, early): (&Answers, &Early<'_>),
    ) -> (Answer, Done, outbound::Held) {
        let Played { held, stored, mut kept, said, trace, fault, facts, .. } = played;
        kept.recent = recent;
        let stored = stored.map(|stored| outbound::shape_held(&stored).body);
        let (body, answer, late) = match early.told() {
            None => {
                let shaped = outbound::shape_held(&held);
                kept.held = shaped.rest;
                let answer = stored.unwrap_or_else(|| shaped.body.clone());
                (shaped.body, answer, None)
            }
            Some(told) => {
                let shaped = outbound::shape_held(&held);
                match told.way {
                    Way::Callback(_) => kept.held = shaped.rest,
                    Way::Fetch => {
                        let button = told.button.clone();
                        kept.late = Some(Late { held: held.clone(), fetched: false, button });
                    }
                }
                let answer = match &stored {
                    Some(_) => commit::told_masked(told, &answers.waiting_words().waiting),
                    None => told.body.clone(),
                };
                (told.body.clone(), answer, Some(stored.unwrap_or(shaped.body)))
            }
        };
        let end = early.end(&held);
        let done = Done { turn: early.turn, kept, said, answer, late, end, trace, fault, facts };
        (Answer::ok(body), done, held)
    }

    /// Serves what was held back; the scenario does not move.
    async fn turn_page(
        &self,
        page: Page,
        kept: Kept,
        inbound: &Inbound,
        who: &Who<'_>,
        (answers, early): (&Answers, &mut Early<'_>),
    ) -> Result<Answer, Halt> {
        let unseen = kept.clone();
        let (body, shown) = match page {
            Page::Shown(body, shown) => (body, *shown),
            Page::NoneLate => (self.none_late(who, answers).await?, kept),
        };
        let (answer, late, kept) = match early.told() {
            None => (body, None, shown),
            Some(told) => {
                let posted = match &told.way {
                    Way::Callback(url) => self.post(url, body.clone(), told.at, early.turn).await.is_ok(),
                    Way::Fetch => false,
                };
                // What nobody has seen is not used up by asking for it.
                let kept = if posted { shown } else { unseen.unseen(&told.button) };
                (told.body.clone(), posted.then_some(body), kept)
            }
        };
        let done = Done {
            turn: early.turn,
            kept,
            said: vec![play::said_by_user(inbound)],
            answer: answer.clone(),
            late,
            end: early.kept(),
            trace: "{}".to_owned(),
            fault: None,
            facts: TurnFacts::default(),
        };
        self.commit(commit::of(self.hub, self.request, inbound, who, done), early).await?;
        self.hub.meters.turns_answered.increment(1);
        Ok(Answer::ok(answer))
    }

    /// A late answer is asked for and is not in the session: it is still being made elsewhere, or it is lost.
    async fn none_late(&self, who: &Who<'_>, answers: &Answers) -> Result<String, Trouble> {
        let draft = self.request.draft;
        let key = TurnKey { bot: who.bot_id, platform: PLATFORM, draft, user_key: &who.lane.user };
        let state = self.hub.store.late_of(key).await;
        Ok(match state.map_err(|error| Trouble::new(Kind::Store, error.to_string()))? {
            Some(LateState::Running | LateState::Posting) => {
                let words = answers.waiting_words();
                outbound::shape_waiting(None, &words.waiting, &words.waiting_button).0
            }
            Some(LateState::Lost) | None => fallback::plain(reply::LOST),
        })
    }

    async fn commit(&self, commit: store::TurnCommit, early: &Early<'_>) -> Result<(), Halt> {
        let (hub, before) = (self.hub, self.hub.clock.instant());
        let until = if early.told().is_some() { early.until + LATE_COMMIT } else { self.request.deadline };
        let within = until.saturating_duration_since(before);
        hub.store.commit_turn(commit, within).await.map_err(|error| match error {
            CommitError::Stale { .. } | CommitError::Duplicate { .. } => Halt::Stale,
            CommitError::Expired => {
                Trouble::new(Kind::Late, "the database was too slow for Kakao's 5 seconds").into()
            }
            other => Trouble::new(Kind::Store, other.to_string()).into(),
        })?;
        took(&hub.meters.commit, hub.clock.instant() - before);
        self.request.note.stored();
        Ok(())
    }

    /// Posts the answer of a turn whose person waits for Kakao's callback.
    async fn deliver(&self, bot: BotId, lane: &LaneKey, held: outbound::Held, early: &Early<'_>) {
        let (hub, Some(told)) = (self.hub, early.told()) else { return };
        let Way::Callback(url) = &told.way else { return };
        let body = outbound::shape_held(&held).body;
        if self.post(url, body, told.at, early.turn).await.is_ok() {
            hub.meters.late_posted.increment(1);
            self.end_late(early).await;
            return;
        }
        let key = TurnKey { bot, platform: PLATFORM, draft: self.request.draft, user_key: &lane.user };
        if let Err(error) = late::keep_in_session(hub, key, early.turn, held).await {
            tracing::error!(%error, turn.id = %early.turn, "a late answer could be neither posted nor kept; the next start tries again");
        }
    }

    /// Posts a late answer; tells the operator where it cannot be.
    async fn post(&self, url: &str, body: String, announced: Instant, turn: TurnId) -> Result<(), ()> {
        let answer = Post { turn, url, body, arrived: self.request.arrived };
        late::post(self.hub, &answer, announced).await.map_err(|why| {
            let detail = format!(
                "늦은 답변을 카카오에 보내지 못해 고객의 다음 메시지에 이어서 보여 줘요. The late answer could not be posted; it comes with the next turn: {why}"
            );
            self.record(Kind::Callback, "/userRequest/callbackUrl", &detail);
        })
    }

    async fn end_late(&self, early: &Early<'_>) {
        if let Err(error) = self.hub.store.end_late(early.turn).await {
            tracing::warn!(%error, turn.id = %early.turn, "a late answer that is delivered is still written down as owed");
        }
    }

    fn world<'b>(&'b self, head: &BotHead, bot: BotId, setting: &Setting, early: &Early<'_>) -> World<'b> {
        World {
            hub: self.hub,
            workspace: head.workspace,
            bot,
            seed: setting.seed,
            session: setting.conversation_id.clone(),
            until: early.until,
        }
    }

    /// A turn of OpenBuilder's tests: the scenario works, nothing is stored or counted (spec product.md K5).
    async fn rehearse(
        &self,
        answers: &Answers,
        head: &BotHead,
        inbound: &Inbound,
        lane: &LaneKey,
        early: &mut Early<'_>,
    ) -> Answer {
        let (hub, now_ms) = (self.hub, self.hub.clock.now_ms());
        let mut kept = hub.scratch.load(lane, now_ms);
        if let Some(body) = self.request.request_id.as_deref().and_then(|id| kept.answered(id)) {
            return Answer::ok(body.to_owned());
        }
        let (body, mut kept) = match play::page(&kept, inbound) {
            Some(Page::Shown(body, shown)) => match early.told() {
                None => (body, *shown),
                Some(told) => (told.body.clone(), kept.unseen(&told.button)),
            },
            Some(Page::NoneLate) => (fallback::plain(reply::LOST), kept),
            None => {
                let about = ("test".to_owned(), None, false);
                let bot_id = BotId::from_str(&lane.bot).unwrap_or_else(|_| BotId::from_bytes([0; 16]));
                let played = self
                    .play((bot_id, head, answers), &mut kept, inbound, (lane, about, now_ms), early)
                    .await;
                self.request.note.played(played.offers, played.fault.as_deref(), &played.facts);
                let (answer, done, _) = Self::finish(played, kept.recent, (answers, early));
                (answer.body, done.kept)
            }
        };
        if let Some(id) = &self.request.request_id {
            kept.remember(id, &body);
        }
        hub.scratch.save(lane.clone(), kept, hub.clock.now_ms());
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
        (conversation_id, end_user_id, new_visit): (String, Option<String>, bool),
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
        self.answers(bot_id, &read.bot).await?;
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
}

fn is_test(inbound: &Inbound) -> bool {
    matches!(inbound.mode, Mode::BotTest | Mode::EditorTest)
}
