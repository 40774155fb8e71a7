//! Whose relay it is and how it behaves where documents leave a choice or contradict each other.

use std::{collections::BTreeMap, fmt, sync::Arc, time::Duration};

use tokio::time::Instant;

/// Whose API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Kakao's own, as a hub partner sees it (v2; v1 paths answer too).
    Native,
    /// Happytalk, first generation: Kakao's bodies behind two headers.
    HappytalkV1,
    /// Happytalk, third generation: plain and rich bubbles.
    HappytalkV3,
    /// DKTechin: chapters and sections, keys in headers.
    Dktechin,
    /// Infobank Bizgo: camel case, results that come later.
    Bizgo,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Native, Self::HappytalkV1, Self::HappytalkV3, Self::Dktechin, Self::Bizgo];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::HappytalkV1 => "happytalk-v1",
            Self::HappytalkV3 => "happytalk-v3",
            Self::Dktechin => "dktechin",
            Self::Bizgo => "bizgo",
        }
    }

    /// The dialect of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name)
    }

    /// Does it have rich bubbles (consulttalk.md 4)?
    pub(super) const fn rich(self) -> bool {
        matches!(self, Self::HappytalkV3 | Self::Dktechin | Self::Bizgo)
    }
}

/// In which order the two hooks of a session's first message come; nothing is guaranteed (12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// `/reference`, its answer, [`Options::gap`], `/message`.
    #[default]
    ReferenceFirst,
    /// The other way round.
    MessageFirst,
    /// Both at once.
    Together,
}

/// What becomes of long texts (2.1; the sources contradict each other).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongText {
    /// Texts of more characters come with an address of the whole.
    pub over: usize,
    /// So many characters still stand in the message.
    pub keep: usize,
}

impl LongText {
    /// Kakao's document 1.80.
    pub const KAKAO: Self = Self { over: 1_000, keep: 4_000 };
    /// Happytalk, 2022.
    pub const HAPPYTALK: Self = Self { over: 1_000, keep: 300 };
    /// Bizgo, 2026.
    pub const BIZGO: Self = Self { over: 4_000, keep: 4_000 };
}

/// Which fields carry the content of a native message (2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Contents {
    /// `contents`, and `content` beside it for texts.
    #[default]
    Both,
    /// `contents` alone, as from 2026.
    New,
    /// `content` alone, as before: a text or an address, and every photo is a message of its own.
    Old,
    /// `content` as an object with `url`, as some integrators saw.
    OldObject,
}

/// How often a hook is tried again that was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retries {
    /// Times after the first.
    pub times: u32,
    /// Pause before each.
    pub pause: Duration,
}

/// What the relay takes for the time: milliseconds since 1970.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    /// A clock of somebody else.
    pub fn of(now_ms: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now_ms))
    }

    /// A clock that runs on from this moment.
    pub fn from(start_ms: i64) -> Self {
        let begun = Instant::now();
        Self::of(move || start_ms + begun.elapsed().as_millis() as i64)
    }

    pub(super) fn now_ms(&self) -> i64 {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Clock").field(&self.now_ms()).finish()
    }
}

/// How a relay behaves. [`Options::of`] has what its dealer documents; tests change single fields.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is one open question of the documents")]
pub struct Options {
    /// The port; 0 for a free one.
    pub port: u16,
    /// The sender profile's key.
    pub sender_key: String,
    /// What a caller has to know, by the names under which a channel keeps it.
    pub credentials: BTreeMap<String, String>,
    /// Paths of single operations that are not those of the documents (native only): operation, path.
    /// Operations are named as [`Violation::operation`](super::Violation) names them.
    pub paths: BTreeMap<String, String>,
    /// The time.
    pub clock: Clock,
    /// Of a first message's two hooks.
    pub order: Order,
    /// Between a first message's two hooks.
    pub gap: Duration,
    /// How long a hook's answer is awaited.
    pub hook_timeout: Duration,
    /// For hooks that were not taken.
    pub retries: Retries,
    /// A hook counts as taken only with this in its answer (Bizgo's `code`).
    pub acknowledgement: Option<&'static str>,
    /// Of customers.
    pub long_text: LongText,
    /// Of native messages.
    pub contents: Contents,
    /// Is `!종료` a message too, besides an end? Undocumented (15, 22).
    pub end_word_is_message: bool,
    /// Does an end by the company bring `/expired_session`? Sources contradict each other (15, 3).
    pub hook_after_end: bool,
    /// Was `/seen_info` asked for?
    pub seen_info: bool,
    /// Does a chatbot live on the channel?
    pub bot: bool,
    /// Does a bot's history come within `/reference` (1.7)?
    pub history_in_reference: bool,
    /// Do refusals for the state of the room come in the result hook instead of the answer? Only where results come
    /// later.
    pub refuses_later: bool,
    /// How long a result takes that comes later.
    pub result_after: Duration,
    /// Phones in consents: `8210…` or `010…` (2.5).
    pub phone_with_country: bool,
    /// How long an uploaded video cannot be sent yet (6.4).
    pub video_takes: Duration,
    /// Bubbles that are kept per room; older ones are forgotten.
    pub keep: usize,
    /// Everything else that is remembered is bounded by this: hooks, serials, files, violations.
    pub remember: usize,
}

impl Options {
    /// What this dealer documents.
    pub fn of(dialect: Dialect) -> Self {
        let key = |seed: &str| seed.chars().cycle().take(40).collect::<String>();
        let credentials = match dialect {
            Dialect::Native => vec![("partner_key", key("9f3ab7c01d"))],
            Dialect::HappytalkV1 | Dialect::HappytalkV3 => {
                vec![("client_id", "closer-test".to_owned()), ("client_secret", key("s3cr3t"))]
            }
            Dialect::Dktechin => Vec::new(),
            Dialect::Bizgo => vec![("api_key", key("b1zg0"))],
        };
        let bizgo = dialect == Dialect::Bizgo;
        Self {
            port: 0,
            sender_key: key("5e1f20a4c7"),
            credentials: credentials.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            paths: BTreeMap::new(),
            clock: Clock::from(START_MS),
            order: Order::ReferenceFirst,
            gap: Duration::ZERO,
            hook_timeout: Duration::from_secs(5),
            retries: Retries { times: if bizgo { 3 } else { 2 }, pause: Duration::from_millis(100) },
            acknowledgement: bizgo.then_some("A000"),
            long_text: match dialect {
                Dialect::Native | Dialect::Dktechin => LongText::KAKAO,
                Dialect::HappytalkV1 | Dialect::HappytalkV3 => LongText::HAPPYTALK,
                Dialect::Bizgo => LongText::BIZGO,
            },
            contents: Contents::Both,
            end_word_is_message: false,
            hook_after_end: bizgo,
            seen_info: true,
            bot: true,
            history_in_reference: true,
            refuses_later: bizgo,
            result_after: Duration::from_millis(20),
            phone_with_country: !bizgo,
            video_takes: Duration::ZERO,
            keep: 1_000,
            remember: 10_000,
        }
    }
}

/// Where clocks begin that nobody set: 2026-11-28, 10:00 in Seoul.
const START_MS: i64 = 1_795_827_600_000;
