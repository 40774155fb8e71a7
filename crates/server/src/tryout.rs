//! Trying a bot without a messenger: the console's preview and path tests.
//!
//! One act of a person goes in with the state that the act before left; out come the request as the channel would have
//! sent it, the answer that it would get, and all that an author wants to know of the turn. Nothing is stored. What is
//! drawn is what the channel sends: the request is read and the answer shaped by the very code that serves KakaoTalk, the web
//! chat and ConsultationTalk. Who answers the bot's questions is the [`Door`]: the world itself, or what the world said when it was recorded.

pub mod consult;
pub mod door;
mod marks;
pub mod path;
mod web;

use std::sync::Arc;

use channels::kakao::{
    fallback,
    inbound::{self, Heard, Hints},
    outbound, reply,
    tried::{self, Act as KakaoAct},
};
use engine::{
    bot::Bot,
    event::Event,
    lang::Said,
    message::Received,
    session::Session,
    turn::{self, Outcome, Setting, Step},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use self::door::{Door, Entry};
pub use self::marks::Mark;
use crate::turns::{
    kept::Kept,
    play::{self, Page},
};

/// What a person is called who only tries.
const NOBODY: &str = "preview";
/// Characters of a user key that somebody chooses.
const MAX_KEY: usize = 100;

/// A channel on which a bot can be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ChannelId)]
pub enum Channel {
    /// KakaoTalk through a skill.
    Kakao,
    /// ConsultationTalk (상담톡).
    Kakaobiz,
    /// A web page.
    Web,
}

/// What a person does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "camelCase")]
#[schema(as = TriedEvent)]
pub enum Act {
    /// Opens the chat room.
    Start,
    /// Sends something: a text, what a pressed button stands for, a picture, a place.
    Message(Box<Message>),
    /// Is moved to a flow or one of its nodes.
    Goto {
        /// The flow.
        flow: i64,
        /// The node; the flow's entry where absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        node: Option<i64>,
    },
}

/// What a person sends.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
#[schema(as = TriedMessage)]
pub struct Message {
    /// What is typed, or the label of what is pressed.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// What a pressed button carries.
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<String>,
    /// The pressed button or quick reply, exactly as the answer gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    button: Option<Value>,
    /// A picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    media: Option<TriedMedia>,
    /// A place.
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<TriedLocation>,
}

/// A picture that a person sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TriedMedia {
    /// `image` where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    /// Where it is.
    uri: String,
}

/// A place that a person sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TriedLocation {
    /// Degrees north.
    latitude: f64,
    /// Degrees east.
    longitude: f64,
}

/// Who tries; counts where a conversation begins.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
#[schema(as = TriedPerson)]
pub struct Person {
    /// Params that are known of them.
    #[schema(value_type = Object)]
    params: Map<String, Value>,
    /// They were here before, and come back.
    returning: bool,
    /// What the channel calls them.
    #[serde(skip_serializing_if = "Option::is_none")]
    user_key: Option<String>,
}

/// Time and chance of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Now, in milliseconds UTC.
    pub now_ms: i64,
    /// What chance is drawn from; at most 53 bits, so that JavaScript can keep it.
    pub seed: u64,
}

/// One act to be tried.
#[derive(Debug)]
pub struct Try<'a> {
    /// The bot.
    pub bot: &'a Arc<Bot>,
    /// Its id.
    pub bot_id: &'a str,
    /// On which channel.
    pub channel: Channel,
    /// What the act before left; nothing where a conversation begins.
    pub state: Option<State>,
    /// What is done.
    pub act: &'a Act,
    /// By whom.
    pub person: &'a Person,
    /// When.
    pub moment: Moment,
    /// Through which relay, on ConsultationTalk.
    pub consult: &'a consult::Setup,
}

/// What an act leaves for the next one.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    #[serde(rename = "k")]
    kept: Kept,
    #[serde(rename = "u")]
    user: String,
    /// Where an agent may come.
    #[serde(rename = "w")]
    room: Room,
    /// On ConsultationTalk.
    #[serde(rename = "c")]
    thread: consult::Thread,
}

/// What the server knows of a room between two turns, where agents may come.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Room {
    /// Messages in the thread.
    #[serde(rename = "n")]
    messages: i64,
    /// An agent was called.
    #[serde(rename = "w")]
    waits: bool,
    /// What takes the call back.
    #[serde(rename = "c", skip_serializing_if = "Option::is_none")]
    cancel: Option<String>,
}

impl Room {
    /// Is this the word that takes the call back?
    fn is_taken_back_by(&self, said: Option<&Received>) -> bool {
        let word = self.cancel.as_deref().map(str::trim);
        word.is_some() && word == said.and_then(|said| said.text.as_deref()).map(str::trim)
    }

    /// The call is taken back: the bot answers again.
    fn resume(&mut self) {
        (self.waits, self.cancel) = (false, None);
    }
}

/// What became of an act.
#[derive(Debug)]
pub struct Tried {
    /// For the next act.
    pub state: State,
    /// The request as the channel would have sent it.
    pub request: Value,
    /// The answer as the channel would get it.
    pub answer: Value,
    /// What happened, node by node.
    pub trace: Value,
    /// What templates saw before, and what they would see now.
    pub context: (Value, Value),
    /// What the channel shows otherwise than it was said.
    pub marks: Vec<Mark>,
    /// Why the scenario failed.
    pub fault: Option<Said>,
    /// An agent was called: what is said, what stands on the button, and why nobody comes here.
    pub agent_call: Option<(Option<Value>, String, Said)>,
    /// What the world said, time and chance included: enough to play this turn again.
    pub replies: Vec<Entry>,
}

/// Why an act cannot be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Untried {
    /// This channel has no such event: where, and why.
    NotOnChannel(&'static str, Said),
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Kakao, Self::Kakaobiz, Self::Web];

    /// Its name in contexts, files and the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kakao => "kakao",
            Self::Kakaobiz => "kakaobiz",
            Self::Web => "web",
        }
    }

    /// The channel with this name.
    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

/// Tries one act.
pub async fn run(attempt: Try<'_>, door: &mut Door<'_>) -> Result<Tried, Untried> {
    let Try { bot, channel, state, act, person, moment, .. } = &attempt;
    let begins = state.is_none();
    let mut state = state.clone().unwrap_or_else(|| State {
        kept: Kept {
            session: Session { params: person.params.clone(), ..Session::default() },
            ..Kept::default()
        },
        user: person.user_key.as_deref().map_or_else(|| NOBODY.to_owned(), clean_key),
        room: Room::default(),
        thread: consult::Thread::default(),
    });
    let mut setting = Setting {
        platform: channel.name().to_owned(),
        bot_id: attempt.bot_id.to_owned(),
        end_user_id: None,
        conversation_id: NOBODY.to_owned(),
        user_key: state.user.clone(),
        extra: Vec::new(),
        new_visit: begins && person.returning,
        now_ms: moment.now_ms,
        seed: moment.seed,
    };
    door.begin(*moment);
    if *channel == Channel::Web {
        return web::run(&attempt, state, setting, door).await;
    }
    if *channel == Channel::Kakaobiz {
        return consult::run(&attempt, state, setting, door).await;
    }
    let who = tried::Person { user_key: &state.user, bot_name: &bot.title, is_known: !begins };
    let request = tried::request(kakao_act(act)?, who);
    let inbound = inbound::read(request.to_string().as_bytes(), &Hints::default());
    setting.extra.push(("kakao", inbound.kakao.clone()));
    if let Some(page) = play::page(&state.kept, &inbound) {
        let before = turn::context(bot, &state.kept.session, &setting);
        let body = match page {
            Page::Shown(body, kept) => {
                state.kept = *kept;
                body
            }
            Page::NoneLate => fallback::plain(reply::LOST),
        };
        let marks = state.kept.held.as_ref().map(|rest| Mark::held(rest.bubbles())).into_iter().collect();
        let answer = serde_json::from_str(&body).unwrap_or_default();
        return Ok(Tried::silent(state, before, (request, answer), marks, door));
    }
    let event = match inbound.heard {
        Heard::Event(event) => event,
        // Nothing is held any more: the label of the button is taken as a message.
        Heard::More | Heard::Late | Heard::Unreadable => {
            Event::Message(Received::text(inbound.said.unwrap_or_default()))
        }
    };
    let played = play(bot, &mut state.kept, event, setting, door).await;
    let (held, notes) = play::whole(None, &played.outcome, 0, |sent| &sent.message);
    let shaped = outbound::shape_held(&held);
    let mut marks: Vec<Mark> = notes.iter().map(Mark::of_note).collect();
    if let Some(rest) = &shaped.rest {
        marks.push(Mark::held(rest.bubbles()));
    }
    state.kept.held = shaped.rest;
    let answer = serde_json::from_str(&shaped.body).unwrap_or_default();
    Ok(played.tried(state, (request, answer), marks, *channel, door))
}

impl Tried {
    /// An act that the scenario heard nothing of: it does not move.
    fn silent(
        state: State,
        context: Value,
        (request, answer): (Value, Value),
        marks: Vec<Mark>,
        door: &mut Door<'_>,
    ) -> Self {
        Self {
            state,
            request,
            answer,
            trace: json!({"visits": []}),
            context: (context.clone(), context),
            marks,
            fault: None,
            agent_call: None,
            replies: door.take(),
        }
    }
}

/// A turn that has run.
struct Played {
    outcome: Outcome,
    before: Value,
    after: Value,
}

impl Played {
    fn tried(
        self,
        mut state: State,
        (request, answer): (Value, Value),
        marks: Vec<Mark>,
        channel: Channel,
        door: &mut Door<'_>,
    ) -> Tried {
        let Self { outcome, before, after } = self;
        state.kept.session = outcome.session;
        let agent_call = outcome.agent_call.map(|call| {
            let message = call.message.map(|message| serde_json::to_value(message).unwrap_or_default());
            (message, call.label, marks::no_agent(channel))
        });
        Tried {
            state,
            request,
            answer,
            trace: serde_json::to_value(&outcome.trace).unwrap_or_default(),
            context: (before, after),
            marks,
            fault: outcome.fault.map(|fault| fault.said()),
            agent_call,
            replies: door.take(),
        }
    }
}

async fn play(
    bot: &Arc<Bot>,
    kept: &mut Kept,
    event: Event,
    setting: Setting,
    door: &mut Door<'_>,
) -> Played {
    let before = turn::context(bot, &kept.session, &setting);
    let heard = match &event {
        Event::Message(heard) => Some(heard.to_context()),
        _ => None,
    };
    let session = std::mem::take(&mut kept.session);
    let mut turn = turn::begin(Arc::clone(bot), session, event, setting.clone());
    let outcome = loop {
        match turn.step() {
            Step::Rest(outcome) => break *outcome,
            Step::Ask(ask) => {
                let (reply, took_ms) = door.answer(&ask).await;
                turn.resume(reply, took_ms);
            }
        }
    };
    let mut after = turn::context(bot, &outcome.session, &setting);
    if let Some(heard) = heard {
        after["message"] = heard;
    }
    if let Some(fault) = &outcome.fault {
        after["error"] = fault.said().ko.into();
    }
    Played { outcome, before, after }
}

fn kakao_act(act: &Act) -> Result<KakaoAct<'_>, Untried> {
    let message = match act {
        Act::Start => return Ok(KakaoAct::Enter),
        Act::Goto { flow, node } => return Ok(KakaoAct::Goto { flow_id: *flow, node_id: *node }),
        Act::Message(message) => message,
    };
    let Message { text, payload, button, media, location } = &**message;
    if location.is_some() {
        return Err(Untried::NotOnChannel(
            "/event/location",
            Said::new(
                "카카오톡은 위치를 챗봇에 보내지 않아요. 주소를 글로 입력해 보세요.",
                "KakaoTalk sends no places to bots; type the address instead.",
            ),
        ));
    }
    if let Some(button) = button {
        return match button.get("action").and_then(Value::as_str) {
            Some("message" | "block") => Ok(KakaoAct::Press(button)),
            _ => Err(Untried::NotOnChannel(
                "/event/button",
                Said::new(
                    "이 버튼은 봇에 아무것도 보내지 않아요. 휴대폰에서는 링크나 전화, 상담원 연결을 열어요.",
                    "This button sends nothing to the bot: on a phone it opens a link, a call or a person.",
                ),
            )),
        };
    }
    if let Some(media) = media {
        return Ok(KakaoAct::Photo(&media.uri));
    }
    let said = text.as_deref().unwrap_or_default();
    Ok(match payload {
        Some(payload) => KakaoAct::Postback { said, payload },
        None => KakaoAct::Say(said),
    })
}

fn clean_key(key: &str) -> String {
    let key: String = key.trim().chars().filter(|letter| !letter.is_control()).take(MAX_KEY).collect();
    if key.is_empty() { NOBODY.to_owned() } else { key }
}
