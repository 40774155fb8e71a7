//! The only door to the world: what a turn may ask, and what it is told.
//!
//! The engine stops at an [`Ask`] and is resumed with a [`Reply`]; who answers, and how, is not its business. All
//! texts are rendered before the question is put. At most one question is open at a time.
//!
//! The texts of a [`Fetch`] may hold placeholders of secrets ([`crate::secret`]): who sends the request fills them in,
//! and nobody else ever sees more than the placeholder.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A question to the world.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// An HTTP request (node `fetch`).
    Fetch(Fetch),
    /// JavaScript of the bot's author (node `sandbox`).
    Script {
        /// The source.
        script: String,
        /// What the file calls the runtime.
        runtime: String,
        /// The whole context, as the handler's first argument.
        context: Value,
    },
    /// A row for a spreadsheet (node `gsheet`).
    Sheet {
        /// The connected account.
        token: String,
        /// The spreadsheet.
        spreadsheet_id: String,
        /// The sheet in it; made if missing.
        sheet_name: String,
        /// Names of the columns.
        columns: Vec<String>,
        /// The row.
        values: Vec<String>,
    },
    /// An e-mail (node `email`).
    Mail {
        /// Who receives it.
        to: String,
        /// Who is answered.
        reply_to: String,
        /// The subject.
        subject: String,
        /// HTML.
        body: String,
    },
    /// What does this text mean (node `nlp`)?
    Nlp {
        /// The workspace's connection by name; empty means its default one.
        provider: String,
        /// Which agent, assistant or workspace of the provider; empty means the connection's.
        agent: String,
        /// The node's data after templates.
        data: Value,
        /// The end user's text.
        text: String,
    },
    /// A generated reply (node `chitchat`).
    Chitchat {
        /// The workspace's connection by name; empty means its default one.
        provider: String,
        /// The node's data after templates.
        data: Value,
        /// The end user's text.
        text: String,
        /// What was said between this end user and the node before, oldest first, bounded.
        history: Vec<LlmMessage>,
    },
    /// An answer of a language model (node `llm`).
    Llm(Llm),
    /// A message through Kakao's Event API (node `push`).
    Push(Push),
}

impl Ask {
    /// The type of the node that asks, which is also the context key of the results.
    pub fn node(&self) -> &'static str {
        match self {
            Self::Fetch(_) => "fetch",
            Self::Script { .. } => "sandbox",
            Self::Sheet { .. } => "gsheet",
            Self::Mail { .. } => "email",
            Self::Nlp { .. } => "nlp",
            Self::Chitchat { .. } => "chitchat",
            Self::Llm(_) => "llm",
            Self::Push(_) => "push",
        }
    }
}

/// How long an upstream may take to answer an HTTP request, in milliseconds.
pub const FETCH_MS: u64 = 20_000;
/// How long a script may run, in milliseconds (spec bot.md, "The script node").
pub const SCRIPT_MS: u64 = 5_000;
/// How long a spreadsheet may take to take a row, in milliseconds.
pub const SHEET_MS: u64 = 10_000;
/// How long a mail server may take to take a mail, in milliseconds.
pub const MAIL_MS: u64 = 10_000;
/// How long it may take to find a meaning, in milliseconds.
pub const NLP_MS: u64 = 5_000;
/// How long a model may take to answer, in milliseconds. Long answers of small machines need it.
pub const MODEL_MS: u64 = 30_000;
/// How long Kakao may take to accept a push, in milliseconds.
pub const PUSH_MS: u64 = 5_000;

/// How long the question of a node of this type may take at most, in milliseconds, where the turn has so much left;
/// `None` where such a node asks nothing. The static check counts with these, so who answers keeps to them.
pub fn longest_ms(node: &str) -> Option<u64> {
    Some(match node {
        "fetch" => FETCH_MS,
        "sandbox" => SCRIPT_MS,
        "gsheet" => SHEET_MS,
        "email" => MAIL_MS,
        "nlp" => NLP_MS,
        "chitchat" | "llm" => MODEL_MS,
        "push" => PUSH_MS,
        _ => return None,
    })
}

/// An HTTP request.
#[derive(Debug, Clone, PartialEq)]
pub struct Fetch {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// The address.
    pub uri: String,
    /// Names and values in file order.
    pub headers: Vec<(String, String)>,
    /// `json`, `x-www-form-urlencoded` or `text`.
    pub content_type: String,
    /// The body: text, or names and values of a form.
    pub body: FetchBody,
}

/// The body of an HTTP request.
#[derive(Debug, Clone, PartialEq)]
pub enum FetchBody {
    /// None.
    Empty,
    /// As it is.
    Text(String),
    /// To be form-encoded.
    Form(Vec<(String, String)>),
}

/// What a language model is asked. The reply's results: `answer` (text), and where the provider tells them
/// `finishReason` (text) and `usage` (`promptTokens`, `completionTokens`, `totalTokens`).
#[derive(Debug, Clone, PartialEq)]
pub struct Llm {
    /// The workspace's connection by name; empty means its default one.
    pub provider: String,
    /// The model; empty means the connection's.
    pub model: String,
    /// The conversation, oldest first; the last one is the end user's.
    pub messages: Vec<LlmMessage>,
    /// How freely it answers, 0 to 2; the provider's own where absent.
    pub temperature: Option<f64>,
    /// How long the answer may be in the model's own pieces; the connection's bound where absent.
    pub max_tokens: Option<u32>,
    /// How long the answer is shown, in characters: longer ones are cut by the node, so more need not be fetched.
    pub max_chars: usize,
}

/// One message of a conversation with a language model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LlmMessage {
    /// Who says it.
    pub role: LlmRole,
    /// The text.
    pub content: String,
}

/// Who speaks to a language model. Written as OpenAI's wire format spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LlmRole {
    /// The bot's author.
    System,
    /// The end user.
    User,
    /// The model.
    Assistant,
}

impl LlmRole {
    /// As OpenAI's wire format spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
        }
    }
}

/// A message through Kakao's Event API (kakao-skill.md 7). The reply's results: `taskId`, `status` (`SUCCESS` means
/// accepted, not delivered) and `message`.
#[derive(Debug, Clone, PartialEq)]
pub struct Push {
    /// The event's name, as it is set on the block.
    pub event: String,
    /// What the block sees as `event.data`.
    pub data: Map<String, Value>,
    /// What the skill request carries as `params`.
    pub params: Map<String, Value>,
    /// Who receives it: 1 to [`MAX_PUSH_TARGETS`].
    pub to: Vec<PushTarget>,
}

/// How many users one call of the Event API reaches (kakao-skill.md 7).
pub const MAX_PUSH_TARGETS: usize = 100;

/// One user who receives a push.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PushTarget {
    /// What kind of key it is.
    #[serde(rename = "type")]
    pub kind: PushKey,
    /// The key.
    pub id: String,
}

/// The kinds of user keys that the Event API takes. Written as Kakao spells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PushKey {
    /// The user of one bot: the `userRequest.user.id` of a skill request.
    #[default]
    BotUserKey,
    /// The user of one channel.
    PlusfriendUserKey,
    /// The user of an app with Kakao login.
    AppUserId,
}

impl PushKey {
    /// As Kakao spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BotUserKey => "botUserKey",
            Self::PlusfriendUserKey => "plusfriendUserKey",
            Self::AppUserId => "appUserId",
        }
    }

    /// Reads Kakao's spelling.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::BotUserKey, Self::PlusfriendUserKey, Self::AppUserId]
            .into_iter()
            .find(|key| key.as_str() == name)
    }
}

/// What the world said.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// It worked; the results stand under the node's type in the context.
    Done(Map<String, Value>),
    /// It failed; edges can branch on `<type>.error`.
    Failed {
        /// A stable name, such as `TimeoutError`.
        name: String,
        /// What happened and what to do, for the bot's author.
        message: String,
        /// Results that there are all the same, such as the body of a 404. A script's `stack` becomes part of the
        /// error.
        results: Map<String, Value>,
    },
}
