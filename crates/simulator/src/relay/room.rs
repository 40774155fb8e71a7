//! What a chat room remembers: its session, and what both sides see.

use std::collections::VecDeque;

/// A consultation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Decimal digits.
    pub id: String,
    /// `UM`, `BM`, `SW`, … (consulttalk.md 1.3).
    pub started: &'static str,
    /// When.
    pub started_ms: i64,
    /// The customer's last word.
    pub last_ms: i64,
    /// When it ends by itself.
    pub expires_ms: i64,
    /// How it ended (`EP`, `EU`, …) and when; none while it is open.
    pub ended: Option<(&'static str, i64)>,
    /// A consent was already asked for in it.
    pub(super) consent_asked: bool,
}

impl Session {
    /// Is it open at this moment?
    pub fn is_open(&self, now_ms: i64) -> bool {
        self.ended.is_none() && now_ms < self.expires_ms
    }

    /// 30 days after the customer's last word, at the next full hour.
    pub(super) fn extend(&mut self, now_ms: i64) {
        const HOUR: i64 = 3_600_000;
        self.last_ms = now_ms;
        let due = now_ms + 30 * 24 * HOUR;
        self.expires_ms = due.div_euclid(HOUR) * HOUR + if due.rem_euclid(HOUR) == 0 { 0 } else { HOUR };
    }
}

/// Who says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The customer.
    Customer,
    /// The company, through the API.
    Company,
    /// Kakao: notices.
    Kakao,
    /// The channel's chatbot.
    Bot,
}

/// Something that stands in the room.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Whose it is.
    pub from: From,
    /// Of messages: the company's serial, or the customer's number. Empty for notices.
    pub serial: String,
    /// When it came.
    pub at_ms: i64,
    /// What it is.
    pub bubble: Bubble,
    /// Counts up in the room and is never used twice.
    pub number: u64,
}

/// What a bubble is built around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Text, perhaps with buttons.
    #[default]
    Text,
    /// One or several pictures, perhaps with text and buttons.
    Photo,
    /// A film.
    Video,
    /// A sound.
    Audio,
    /// A file.
    File,
    /// A wide picture with text.
    Wide,
    /// A list of pictures with titles.
    WideItemList,
    /// A list of names and values.
    ItemList,
    /// Cards side by side.
    Carousel,
    /// Asks for consent to personal data.
    Consent,
    /// Asks who one is.
    Certificate,
}

/// A bubble as a phone shows it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bubble {
    /// Built around what.
    pub kind: Kind,
    /// Its text.
    pub text: String,
    /// What stands above.
    pub header: String,
    /// Pictures and files.
    pub media: Vec<Medium>,
    /// Names and values of lists.
    pub items: Vec<(String, String)>,
    /// In order.
    pub buttons: Vec<Button>,
    /// Gone with the next message.
    pub quick_replies: Vec<Button>,
    /// Of a carousel.
    pub cards: Vec<Bubble>,
    /// The reason of an automatic answer, `S1` …: not billed.
    pub auto_answer: Option<String>,
    /// A secure message.
    pub lock: bool,
}

impl Bubble {
    /// A text alone.
    pub fn text(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    /// Buttons, also of cards, in order.
    pub fn all_buttons(&self) -> impl Iterator<Item = (&Self, &Button)> {
        let own = self.buttons.iter().map(move |button| (self, button));
        own.chain(self.cards.iter().flat_map(|card| card.buttons.iter().map(move |button| (card, button))))
    }
}

/// A picture or file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Medium {
    /// Where it is.
    pub url: String,
    /// Its name, where it has one.
    pub name: String,
    /// Bytes, where they were told.
    pub size: u64,
}

/// A button or quick reply.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Button {
    /// Its label.
    pub name: String,
    /// `WL`, `AL`, `BK`, `MD`, `BT`, `BF`, `AC`.
    pub kind: String,
    /// Where it leads.
    pub url: String,
    /// What comes back with the customer's message.
    pub extra: Option<String>,
    /// The bot's event.
    pub event: Option<String>,
}

/// The state of one person's room.
#[derive(Debug, Default)]
pub(super) struct Room {
    pub session: Option<Session>,
    /// A session whose first hooks are under way.
    pub opening: Option<Session>,
    /// The company blocked the person.
    pub blocked: bool,
    /// The person blocked the channel.
    pub away: bool,
    /// A bot has the conversation.
    pub with_bot: bool,
    pub shown: VecDeque<Shown>,
    pub shown_ever: u64,
    /// Meta of the last start that had some: extra, event, when.
    pub last_start: Option<(String, String, i64)>,
    /// Hooks that wait for a later one: the wrong order.
    pub held: Vec<super::post::Hook>,
    /// The customer waits for a word since: for measuring.
    pub waiting: Option<tokio::time::Instant>,
}

impl Room {
    pub fn show(&mut self, from: From, serial: &str, at_ms: i64, bubble: Bubble, keep: usize) {
        self.shown_ever += 1;
        let number = self.shown_ever;
        self.shown.push_back(Shown { from, serial: serial.to_owned(), at_ms, bubble, number });
        while self.shown.len() > keep.max(1) {
            self.shown.pop_front();
        }
    }

    pub fn open(&self, now_ms: i64) -> Option<&Session> {
        self.session.as_ref().filter(|session| session.is_open(now_ms))
    }

    /// Ends the open session, if there is one.
    pub fn close(&mut self, how: &'static str, now_ms: i64) -> Option<Session> {
        let session = self.session.as_mut().filter(|session| session.ended.is_none())?;
        session.ended = Some((how, now_ms));
        Some(session.clone())
    }
}
