//! The relay itself: who may write to whom, what was written, and what became of it (consulttalk.md 1.3, 14).

use std::{
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::sync::watch;

use super::{
    hook::{Event, hook},
    judge::{self, Judge, Violation, code},
    options::{Dialect, Options},
    post::{Faults, Hook},
    room::{Bubble, From, Kind, Session},
    state::State,
    upload::{self, Part, Upload, Use},
};
use crate::crowd::Histogram;

/// How long a call waits for hooks that are just opening the session: a company may answer faster than we read its 200.
const OPENING: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct Office {
    pub dialect: Dialect,
    pub options: Options,
    pub base: OnceLock<String>,
    pub client: reqwest::Client,
    pub counts: Counts,
    state: Mutex<State>,
    faults: Mutex<Faults>,
    moved: watch::Sender<u64>,
}

/// What is only counted.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub hooks: AtomicU64,
    pub lost: AtomicU64,
    pub bubbles: AtomicU64,
    pub pending: AtomicU64,
    pub answers: Mutex<Histogram>,
}

impl Counts {
    /// A customer had waited so long for the company's first word.
    fn answered(&self, took: Duration) {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).add(took);
    }
}

/// Why Kakao does not do what a call asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub code: i32,
    pub about: String,
}

impl Refusal {
    pub fn new(code: i32, about: &str) -> Self {
        Self { code, about: about.to_owned() }
    }

    pub fn message(&self) -> String {
        let name = judge::name(self.code);
        if self.about.is_empty() { name.to_owned() } else { format!("{name}({})", self.about) }
    }
}

/// Something that a company wants to say.
#[derive(Debug)]
pub(super) struct Letter {
    pub user: String,
    /// The company's serial; where the relay makes it, its own.
    pub serial: String,
    pub bubble: Bubble,
}

impl Office {
    pub fn new(dialect: Dialect, options: Options) -> Self {
        // Already installed is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .user_agent("bzc-relay/1.0")
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .no_gzip()
            .build()
            .unwrap_or_default();
        Self {
            dialect,
            base: OnceLock::new(),
            client,
            counts: Counts::default(),
            state: Mutex::new(State::new(dialect, options.clone())),
            faults: Mutex::default(),
            moved: watch::Sender::new(0),
            options,
        }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn base(&self) -> &str {
        self.base.get().map_or("", String::as_str)
    }

    /// Tells whoever waits that something is different now.
    pub fn changed(&self) {
        self.moved.send_modify(|times| *times += 1);
    }

    /// Counts up with every [`Office::changed`].
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.moved.subscribe()
    }

    /// Waits until this holds; false where it does not in time.
    pub async fn until(&self, within: Duration, holds: impl Fn(&State) -> bool) -> bool {
        let mut moved = self.moved.subscribe();
        let coming = async {
            loop {
                if holds(&self.state()) {
                    return true;
                }
                if moved.changed().await.is_err() {
                    return false;
                }
            }
        };
        tokio::time::timeout(within, coming).await.unwrap_or(false)
    }

    /// Waits until no session of this person is just being opened.
    pub async fn opened(&self, user: &str) {
        let opening = |state: &State| state.rooms.get(user).is_some_and(|room| room.opening.is_some());
        // Without this look nobody would be spared the subscription.
        if opening(&self.state()) {
            self.until(OPENING, |state| !opening(state)).await;
        }
    }

    /// A hook was taken: what it asked for is given.
    pub fn acknowledged(&self, hook: &Hook) {
        let mut state = self.state();
        let now_ms = state.now_ms();
        let room = state.room(&hook.user);
        if room.opening.as_ref().is_some_and(|opening| Some(&opening.id) == hook.session.as_ref()) {
            room.session = room.opening.take();
            if let Some(session) = &mut room.session {
                session.extend(now_ms);
            }
            drop(state);
            self.changed();
        }
    }

    /// May anybody write to this person now?
    pub fn may_write(state: &mut State, user: &str) -> Result<(), Refusal> {
        if user.is_empty() || user.chars().count() > 20 {
            return Err(Refusal::new(code::USER, user));
        }
        if !state.active {
            return Err(Refusal::new(code::INACTIVE, "deactivated"));
        }
        let now_ms = state.now_ms();
        let Some(room) = state.rooms.get(user) else { return Err(Refusal::new(code::SESSION, user)) };
        if room.blocked {
            return Err(Refusal::new(code::BLOCKED, user));
        }
        if room.open(now_ms).is_none() {
            return Err(Refusal::new(code::SESSION, user));
        }
        Ok(())
    }

    /// Takes a bubble, or says why not. `found` is what the judge found wrong with it.
    pub fn take(&self, letter: Letter, found: &[Violation], own_serial: bool) -> Result<(), Refusal> {
        let unreadable = found.iter().find(|violation| violation.code == code::JSON);
        if let Some(violation) = unreadable {
            return Err(Refusal::new(violation.code, &violation.at));
        }
        if let Some(code) = self.faults().refuse.pop_front() {
            return Err(Refusal::new(code, "as the test asked"));
        }
        let mut state = self.state();
        Self::may_write(&mut state, &letter.user)?;
        if own_serial && state.used.holds(&letter.serial) {
            return Err(Refusal::new(code::DUPLICATE, &letter.serial));
        }
        if let Some(violation) = found.first() {
            return Err(Refusal::new(violation.code, &violation.at));
        }
        let asks = letter.bubble.kind == Kind::Consent;
        let session = state.room(&letter.user).session.as_mut();
        if asks && session.is_some_and(|session| std::mem::replace(&mut session.consent_asked, true)) {
            return Err(Refusal::new(code::MESSAGE, "asked for consent once already"));
        }
        if own_serial {
            state.used.add(&letter.serial);
        }
        let day = state.today();
        day.rooms.insert(letter.user.clone());
        let who = if letter.bubble.auto_answer.is_some() { &mut day.automatic } else { &mut day.billed };
        who.insert(letter.user.clone());
        let (now_ms, keep) = (state.now_ms(), state.options.keep);
        let room = state.room(&letter.user);
        room.show(From::Company, &letter.serial, now_ms, letter.bubble, keep);
        let waited = room.waiting.take();
        drop(state);
        if let Some(since) = waited {
            self.counts.answered(since.elapsed());
        }
        self.counts.bubbles.fetch_add(1, Ordering::Relaxed);
        self.changed();
        Ok(())
    }

    /// Ends a session in the name of the company; what was open.
    pub fn end(self: &Arc<Self>, user: &str, how: &'static str) -> Option<Session> {
        let mut state = self.state();
        let now_ms = state.now_ms();
        let was_open = state.rooms.get(user).is_some_and(|room| room.open(now_ms).is_some());
        if !was_open {
            return None;
        }
        let ended = state.room(user).close(how, now_ms)?;
        let told = hook(&mut state, user, Some(&ended), now_ms, &Event::Expired);
        let keep = state.options.keep;
        state.room(user).show(From::Kakao, "", now_ms, Bubble::text("상담이 종료되었습니다."), keep);
        drop(state);
        if self.options.hook_after_end {
            self.post_later(told, Duration::ZERO);
        }
        self.changed();
        Some(ended)
    }

    /// Ends a session and gives the room to the bot, if the event is one. A wrong event ends it in silence.
    pub fn end_with_bot(self: &Arc<Self>, user: &str, event: &str) -> Option<Session> {
        let ended = self.end(user, "SB")?;
        let known = !event.is_empty()
            && event.len() <= 100
            && event.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        if self.options.bot && known {
            self.bot_says(user, event);
        }
        Some(ended)
    }

    /// The channel's bot takes the room and plays the block of an event.
    pub fn bot_says(&self, user: &str, event: &str) {
        let mut state = self.state();
        let (now_ms, keep) = (state.now_ms(), state.options.keep);
        let room = state.room(user);
        room.with_bot = true;
        room.show(From::Bot, "", now_ms, Bubble::text(&format!("챗봇이에요. ({event})")), keep);
        drop(state);
        self.changed();
    }

    /// Blocks a person or takes it back.
    pub fn block(self: &Arc<Self>, user: &str, blocked: bool) {
        if blocked {
            self.end(user, "BU");
        }
        self.state().room(user).blocked = blocked;
        self.changed();
    }

    /// Takes an upload: its address and name, or why not.
    pub fn upload(
        &self,
        operation: &'static str,
        used: Use,
        file: Option<&Part>,
        mut found: Vec<Violation>,
        rich: bool,
    ) -> Result<(String, String, usize), Refusal> {
        let mut state = self.state();
        let now_ms = state.now_ms();
        let empty = Part::default();
        let part = file.unwrap_or(&empty);
        let name = part.file.clone().unwrap_or_default();
        {
            let mut judge = Judge::new(operation, self.dialect, &state.uploads, now_ms);
            if name.is_empty() {
                judge.broken(code::MEDIA, "upload-without-file", "file", &part.name);
            } else {
                upload::judge(&mut judge, used, &name, &part.bytes, rich);
            }
            found.append(&mut judge.found);
        }
        let refusal = found.first().map(|violation| Refusal::new(violation.code, &violation.at));
        state.note(found);
        if let Some(refusal) = refusal {
            return Err(refusal);
        }
        let number = state.next();
        let plain: String =
            name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '.').collect();
        let url = format!("{}/dn/{number}/{:08x}/{plain}", self.base(), super::state::mixed(number) >> 32);
        let takes = if used == Use::Video { state.options.video_takes.as_millis() as i64 } else { 0 };
        let upload = Upload {
            used,
            name: name.clone(),
            size: part.bytes.len(),
            bytes: part.bytes.as_slice().into(),
            expires_ms: now_ms + upload::kept_ms(used),
            ready_ms: now_ms + takes,
        };
        state.uploads.keep(url.clone(), upload);
        Ok((url, name, part.bytes.len()))
    }

    /// Takes a receive address, where it is one.
    pub fn receive(&self, url: &str) -> bool {
        let url = url.trim_end_matches('/');
        let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
        let good = url.starts_with("https://") || local.iter().any(|start| url.starts_with(start));
        if good {
            self.state().receive = Some(url.to_owned());
        }
        good
    }
}
