//! A dealer's relay of ConsultationTalk (상담톡) with the people behind it: what a company's server sees of Kakao.
//!
//! ```no_run
//! # use simulator::relay::{Dialect, Options, Relay};
//! # async fn scene() -> std::io::Result<()> {
//! let relay = Relay::start(Dialect::Native, Options::of(Dialect::Native)).await?;
//! // The company is told relay.base_url(), relay.sender_key() and relay.credentials(); the relay, where it listens.
//! relay.set_receive("http://127.0.0.1:8080/kakaobiz/abc");
//! let said = relay.write("kim", "배송이 언제 오나요?").await;
//! assert!(said.taken(), "the webhook answered {} {}", said.status(), said.body());
//! // … the company answers, and kim sees it:
//! assert!(relay.sees("kim", "내일 도착해요").await);
//! relay.press("kim", "배송 조회").await;
//! relay.end_word("kim").await;
//! assert_eq!(relay.violations(), []);
//! # Ok(())
//! # }
//! ```
//!
//! Calls of the company are read by a strict [judge](Violation); whatever a document does not name is a violation and
//! refused. What customers do is an `async` method that comes back when its hooks were answered; what follows from calls
//! (results, ends) is sent behind their backs, and [`Relay::settle`] waits for it. [`Relay::faults`] makes things go
//! wrong. Everything remembered is bounded by [`Options::keep`] and [`Options::remember`].
//!
//! It knows no crate of ours, as all of this crate: it stands on the dealers' documents alone (spec consulttalk.md).

mod files;
mod hook;
mod judge;
mod kst;
mod load;
mod office;
mod options;
mod post;
mod room;
mod serve;
mod state;
pub mod talk;
mod upload;
mod visit;

use std::{
    collections::BTreeMap,
    io,
    sync::{
        Arc, MutexGuard,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use serde_json::Value;

use self::{
    files::Bytes,
    hook::Event,
    office::Office,
    visit::{Start, Word},
};
pub use self::{
    files::{PHOTO_JPEG, PHOTO_PNG},
    hook::HookKind,
    judge::Violation,
    load::{Load, Loaded},
    options::{Clock, Contents, Dialect, LongText, Options, Order, Retries},
    post::{Delivery, Faults},
    room::{Bubble, Button, From, Kind, Medium, Session, Shown},
    upload::{Upload, Use},
    visit::{Outcome, Unheard},
};
use crate::provider::listen::{self, Door};

/// Bytes of one call: films have up to 300 MB, and a form around them.
const MAX_REQUEST: usize = 310 * 1024 * 1024;
/// How long [`Relay::sees`] and [`Relay::settle`] wait at most.
const PATIENCE: Duration = Duration::from_secs(10);
/// What ends a session when a customer types it.
const END_WORD: &str = "!종료";

/// A relay, listening on this machine until the runtime ends. Clones are the same relay.
#[derive(Debug, Clone)]
pub struct Relay {
    office: Arc<Office>,
}

/// What happened altogether, without the contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Hooks that were sent, repetitions not counted.
    pub hooks: u64,
    /// Of these, hooks that were given up.
    pub lost: u64,
    /// Bubbles of the company that were taken.
    pub bubbles: u64,
    /// Broken rules, also those that are no longer remembered.
    pub violations: u64,
}

impl Relay {
    /// Listens for the company.
    pub async fn start(dialect: Dialect, options: Options) -> io::Result<Self> {
        let door = Door { port: options.port, max_request: MAX_REQUEST, keep: true };
        let office = Arc::new(Office::new(dialect, options));
        let serving = Arc::clone(&office);
        let base = listen::open(door, move |heard| serve::answer(Arc::clone(&serving), heard)).await?;
        office.base.get_or_init(|| base);
        Ok(Self { office })
    }

    /// Whose API it speaks.
    pub fn dialect(&self) -> Dialect {
        self.office.dialect
    }

    /// `http://127.0.0.1:…`, without a slash at the end.
    pub fn base_url(&self) -> &str {
        self.office.base()
    }

    /// The sender profile's key.
    pub fn sender_key(&self) -> &str {
        &self.office.options.sender_key
    }

    /// What a caller has to know, by the names under which a channel keeps it.
    pub fn credentials(&self) -> &BTreeMap<String, String> {
        &self.office.options.credentials
    }

    /// Where hooks go: an https address, or one of this machine. False where it is neither.
    pub fn set_receive(&self, url: &str) -> bool {
        self.office.receive(url)
    }

    /// Where hooks go.
    pub fn receive(&self) -> Option<String> {
        self.office.state().receive.clone()
    }

    // What customers do.

    /// Types a text. Opens a session where none is; `!종료` ends it.
    pub async fn write(&self, user: &str, text: &str) -> Outcome {
        if text.trim() == END_WORD {
            return self.end_word(user).await;
        }
        self.office.say(user, Word { text: text.to_owned(), ..Word::default() }).await
    }

    /// Sends so many photos at once: JPEG and PNG in turn.
    pub async fn photos(&self, user: &str, count: usize) -> Outcome {
        let files = (0..count).map(|number| {
            let (end, bytes) = if number % 2 == 0 { ("jpeg", PHOTO_JPEG) } else { ("png", PHOTO_PNG) };
            (format!("i_{}.{end}", number + 1), Bytes::Sample(bytes))
        });
        self.office.say(user, Word { kind: Kind::Photo, files: files.collect(), ..Word::default() }).await
    }

    /// Sends a file; by its name it is a photo, a video, a sound or a file.
    pub async fn file(&self, user: &str, name: &str, bytes: &[u8]) -> Outcome {
        let mime = files::mime(name);
        let kind = match mime.split('/').next() {
            Some("image") => Kind::Photo,
            Some("video") => Kind::Video,
            Some("audio") => Kind::Audio,
            _ => Kind::File,
        };
        let files = vec![(name.to_owned(), Bytes::Own(bytes.into()))];
        self.office.say(user, Word { kind, files, ..Word::default() }).await
    }

    /// Asks for a consultation by a button on a page; `extra` is the page's meta.
    pub async fn start_by(&self, user: &str, kind: &'static str, extra: Option<&str>) -> Outcome {
        let extra = extra.map(str::to_owned);
        self.office.consult(user, Start { kind, extra, history: Vec::new() }).await
    }

    /// The same from a page on a phone (`BM`).
    pub async fn consult(&self, user: &str, extra: &str) -> Outcome {
        self.start_by(user, "BM", Some(extra)).await
    }

    /// Comes from the channel's bot, which spoke these items with the customer.
    pub async fn from_bot(&self, user: &str, history: Vec<Value>) -> Outcome {
        self.office.consult(user, Start { kind: "SW", extra: None, history }).await
    }

    /// Presses the newest button with this label, or a quick reply of the newest bubble.
    pub async fn press(&self, user: &str, label: &str) -> Outcome {
        let Some((button, text)) = self.button(user, label) else {
            return Outcome::unheard(Unheard::NoSuchButton);
        };
        let text = match button.kind.as_str() {
            "BK" => button.name,
            "MD" => format!("{}\n{text}", button.name),
            "BT" => return self.to_bot(user, button.event.as_deref().unwrap_or_default()).await,
            _ => {
                let opened = Some(button.url).filter(|url| !url.is_empty());
                return Outcome { opened, ..Outcome::unheard(Unheard::LedOut) };
            }
        };
        self.office.say(user, Word { text, extra: button.extra, ..Word::default() }).await
    }

    /// The button that would be pressed, and the text of its bubble.
    fn button(&self, user: &str, label: &str) -> Option<(Button, String)> {
        let state = self.office.state();
        let shown = &state.rooms.get(user)?.shown;
        let newest = shown.back().map(|newest| newest.number);
        shown.iter().rev().filter(|shown| shown.from == From::Company).find_map(|shown| {
            let chips = shown.bubble.quick_replies.iter().filter(|_| Some(shown.number) == newest);
            let chip = chips.map(|chip| (&shown.bubble, chip)).find(|(_, chip)| chip.name == label);
            let found = chip.or_else(|| shown.bubble.all_buttons().find(|(_, button)| button.name == label));
            found.map(|(bubble, button)| (button.clone(), bubble.text.clone()))
        })
    }

    async fn to_bot(&self, user: &str, event: &str) -> Outcome {
        let outcome = self.office.finish(user, "SB", "").await;
        if self.office.options.bot {
            self.office.bot_says(user, event);
        }
        outcome
    }

    /// Types `!종료`.
    pub async fn end_word(&self, user: &str) -> Outcome {
        let mut said = Outcome::default();
        let open = self.session(user).is_some_and(|session| session.is_open(self.now_ms()));
        if self.office.options.end_word_is_message && open {
            said = self.office.say(user, Word { text: END_WORD.to_owned(), ..Word::default() }).await;
        }
        let ended = self.office.finish(user, "EU", "상담이 종료되었습니다.").await;
        said.unheard = ended.unheard;
        said.deliveries.extend(ended.deliveries);
        said
    }

    /// Leaves the chat room.
    pub async fn leave(&self, user: &str) -> Outcome {
        self.office.finish(user, "EC", "채팅방을 나갔습니다.").await
    }

    /// Blocks the channel; the next word takes it back.
    pub async fn block(&self, user: &str) -> Outcome {
        self.office.finish(user, "BF", "채널을 차단했습니다.").await
    }

    /// Reads all that is there. With [`Faults::seen_late`] the hook comes later.
    pub async fn read(&self, user: &str) -> Outcome {
        if !self.office.options.seen_info {
            return Outcome::unheard(Unheard::NotWanted);
        }
        let Some(seen) = self.office.within(user, &Event::Seen) else {
            return Outcome::unheard(Unheard::NoSession);
        };
        let late = self.office.faults().seen_late;
        if !late.is_zero() {
            self.office.post_later(seen, late);
            return Outcome::default();
        }
        Outcome { deliveries: vec![self.office.post(seen).await], ..Outcome::default() }
    }

    /// Agrees to hand on phone and nickname, as a consent bubble of this session asked. The phone is `010…`.
    pub async fn consent(&self, user: &str, phone: &str, nickname: &str) -> Outcome {
        let asked = self.session(user).is_some_and(|session| session.consent_asked);
        let can_ask = matches!(self.dialect(), Dialect::Dktechin | Dialect::Bizgo);
        if can_ask && !asked {
            return Outcome::unheard(Unheard::NotAsked);
        }
        let phone = match phone.strip_prefix('0') {
            Some(rest) if self.office.options.phone_with_country => format!("82{rest}"),
            _ => phone.to_owned(),
        };
        let event = Event::Personal { phone, nickname: nickname.to_owned() };
        match self.office.within(user, &event) {
            Some(told) => Outcome { deliveries: vec![self.office.post(told).await], ..Outcome::default() },
            None => Outcome::unheard(Unheard::NoSession),
        }
    }

    /// 30 days pass over this session.
    pub async fn expire(&self, user: &str) -> Outcome {
        self.office.finish(user, "AE", "").await
    }

    // Time and trouble.

    /// What the relay takes for the time.
    pub fn now_ms(&self) -> i64 {
        self.office.state().now_ms()
    }

    /// Time passes. Sessions whose time is over end.
    pub async fn pass(&self, time: Duration) -> Vec<Delivery> {
        self.office.state().ahead_ms += time.as_millis() as i64;
        self.office.lapse_all().await
    }

    /// What goes wrong from now on: `relay.faults().duplicate = 2;`. Not to be held across an await.
    pub fn faults(&self) -> MutexGuard<'_, Faults> {
        self.office.faults()
    }

    /// Sends the last hooks once more, oldest first, to the byte.
    pub async fn resend_last(&self, count: usize) -> Vec<Delivery> {
        let hooks: Vec<_> = {
            let state = self.office.state();
            let skip = state.hooks.len().saturating_sub(count);
            state.hooks.iter().skip(skip).cloned().collect()
        };
        let mut deliveries = Vec::new();
        for hook in hooks {
            deliveries.push(self.office.resend(&hook).await);
        }
        deliveries
    }

    /// Waits until nothing is under way that no customer waits for; false where that takes too long.
    pub async fn settle(&self) -> bool {
        let none = |pending: &AtomicU64| pending.load(Ordering::SeqCst) == 0;
        self.office.until(PATIENCE, |_| none(&self.office.counts.pending)).await
    }

    // What there is to see.

    /// What stands in the room, oldest first.
    pub fn room(&self, user: &str) -> Vec<Shown> {
        let state = self.office.state();
        state.rooms.get(user).map(|room| room.shown.iter().cloned().collect()).unwrap_or_default()
    }

    /// Waits until a bubble of the company holds this text; false where none comes in time.
    pub async fn sees(&self, user: &str, text: &str) -> bool {
        self.sees_such(user, |shown| shown.from == From::Company && shown.bubble.text.contains(text)).await
    }

    /// Waits until something stands in the room; false where it does not come in time.
    pub async fn sees_such(&self, user: &str, such: impl Fn(&Shown) -> bool) -> bool {
        let there =
            |state: &state::State| state.rooms.get(user).is_some_and(|room| room.shown.iter().any(&such));
        self.office.until(PATIENCE, there).await
    }

    /// Waits until the company has said so many bubbles in this room; all that it said.
    pub async fn said(&self, user: &str, count: usize) -> Vec<Bubble> {
        let of = |shown: &&Shown| shown.from == From::Company;
        let there = |state: &state::State| {
            state.rooms.get(user).is_some_and(|room| room.shown.iter().filter(of).count() >= count)
        };
        self.office.until(PATIENCE, there).await;
        self.room(user)
            .into_iter()
            .filter(|shown| shown.from == From::Company)
            .map(|shown| shown.bubble)
            .collect()
    }

    /// The session of this person: the open one, or the last.
    pub fn session(&self, user: &str) -> Option<Session> {
        self.office.state().rooms.get(user)?.session.clone()
    }

    /// Counts up whenever something is different.
    fn changes(&self) -> tokio::sync::watch::Receiver<u64> {
        self.office.changes()
    }

    /// Waits until this person's session is no longer open; how it ended.
    pub async fn ended(&self, user: &str) -> Option<&'static str> {
        let there = |state: &state::State| {
            let session = state.rooms.get(user).and_then(|room| room.session.as_ref());
            session.is_some_and(|session| session.ended.is_some())
        };
        self.office.until(PATIENCE, there).await;
        self.session(user)?.ended.map(|(how, _)| how)
    }

    /// Has the company blocked this person?
    pub fn is_blocked(&self, user: &str) -> bool {
        self.office.state().rooms.get(user).is_some_and(|room| room.blocked)
    }

    /// Does the bot have this person's conversation?
    pub fn is_with_bot(&self, user: &str) -> bool {
        self.office.state().rooms.get(user).is_some_and(|room| room.with_bot)
    }

    /// Is the channel's chat activated?
    pub fn is_active(&self) -> bool {
        self.office.state().active
    }

    /// The rules that the company broke, oldest first.
    pub fn violations(&self) -> Vec<Violation> {
        self.office.state().violations.clone()
    }

    /// What was uploaded under this address.
    pub fn upload(&self, url: &str) -> Option<Upload> {
        let state = self.office.state();
        state.uploads.find(url, state.now_ms()).cloned()
    }

    /// How many rooms are billed for a day (`2026-11-28`), which begins at four in the morning in Seoul.
    pub fn billed(&self, day: &str) -> usize {
        self.office.state().days.get(day).map_or(0, |day| day.billed.len())
    }

    /// The day of billing that it is now.
    pub fn today(&self) -> String {
        kst::day(self.now_ms())
    }

    /// What happened altogether.
    pub fn counts(&self) -> Counts {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let counts = &self.office.counts;
        Counts {
            hooks: count(&counts.hooks),
            lost: count(&counts.lost),
            bubbles: count(&counts.bubbles),
            violations: self.office.state().violations_ever,
        }
    }
}
