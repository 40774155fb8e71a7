//! One turn: an event comes in, nodes run, the conversation rests again.
//!
//! [`begin`] gives a [`Turn`]; [`Turn::step`] gives either a question to the world or the outcome; [`Turn::resume`]
//! takes the reply. Nothing here knows a clock, a die or a database: time and chance come with the [`Setting`].
//! What would surprise: a turn whose scenario fails keeps what was said and set before, but the conversation stays
//! where it rested, so that the end user can try the same again.

mod fault;
mod open;
mod stage;
pub mod trace;

use std::sync::Arc;

use serde_json::{Value, json};

pub use fault::{Fault, FaultKind};
pub use stage::Stage;
pub use trace::{Trace, Visit};

use crate::{
    ask::{Ask, Reply},
    bot::{Bot, Text},
    edge,
    event::Event,
    message::{Action, Button, Message},
    node::{Next, Work},
    session::{MAX_POSITIONS, Offer, Place, Session},
};

/// How many nodes may run in one turn (spec bot.md, "A turn", 7).
pub const MAX_NODES: usize = 100;
/// How many buttons of an answer are remembered by their labels.
const MAX_OFFERS: usize = 100;
/// Said where the bot's own error message fails as well.
const LAST_WORDS: &str = "요청을 처리하는 중에 오류가 발생했습니다. 잠시 후 다시 시도해 주세요.";

/// Said in place of a blank `waiting`.
pub const WAITING: &str = "답변을 준비하고 있어요. 조금만 기다려 주세요.";
/// Stands on the button in place of a blank `waitingButton`.
pub const WAITING_BUTTON: &str = "답변 보기";

/// Who talks, where, and when: all that the engine cannot know by itself.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// `kakao`, `kakaobiz`, `web`, `test`, …
    pub platform: String,
    /// The bot's id.
    pub bot_id: String,
    /// The end user's id; absent on `test`.
    pub end_user_id: Option<String>,
    /// The conversation's id.
    pub conversation_id: String,
    /// What the channel calls the end user.
    pub user_key: String,
    /// Further context keys of the channel, such as `kakao`.
    pub extra: Vec<(&'static str, Value)>,
    /// The channel's or the server's word that the end user comes back after the conversation ended.
    pub new_visit: bool,
    /// Now, in milliseconds UTC.
    pub now_ms: i64,
    /// What chance is drawn from.
    pub seed: u64,
}

/// A turn that runs.
#[derive(Debug)]
pub struct Turn {
    stage: Stage,
    at: At,
    nodes: usize,
    trace: Trace,
    /// Where the conversation stays if the turn fails.
    safe: Safe,
    /// The message that is an answer to the first input request, reached silently.
    pending: bool,
}

/// Where a conversation stood before the turn.
#[derive(Debug)]
struct Safe {
    position: Option<Place>,
    positions: Vec<Place>,
    on_position: bool,
}

#[derive(Debug)]
enum At {
    /// This node runs next.
    Node(Place),
    /// This node has asked.
    Asked(Place),
    /// The turn has ended, well or with a fault.
    Done(Option<Fault>),
}

/// What a step gives.
#[derive(Debug)]
pub enum Step {
    /// The world is asked; [`Turn::resume`] goes on.
    Ask(Box<Ask>),
    /// The turn is over.
    Rest(Box<Outcome>),
}

/// What a turn leaves behind.
#[derive(Debug)]
pub struct Outcome {
    /// The session to keep.
    pub session: Session,
    /// What the bot said, in order.
    pub messages: Vec<Sent>,
    /// What can be tapped instead of typing.
    pub quick_replies: Vec<Button>,
    /// An agent was called.
    pub agent_call: Option<AgentCall>,
    /// What the bot says by itself, rendered for this turn.
    pub words: Words,
    /// What happened.
    pub trace: Trace,
    /// Why the turn failed; its error message is among the messages then.
    pub fault: Option<Fault>,
}

/// One message that the bot said.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    /// As the end user sees it.
    pub message: Message,
    /// As it is to be stored, where `MASK` made it differ.
    pub stored: Option<Message>,
    /// When the stored form takes over, in milliseconds from now; at once where absent.
    pub mask_after_ms: Option<u64>,
    /// How long to wait before it is shown, in milliseconds.
    pub delay_ms: u64,
    /// The author's note (`meta.custom`).
    pub custom: Option<String>,
}

/// An agent is called.
#[derive(Debug, Clone, PartialEq)]
pub struct AgentCall {
    /// What the end user is told.
    pub message: Option<Message>,
    /// What stands on the button, on channels that have one.
    pub label: String,
    /// What the end user says to take the call back, where the file names it.
    pub cancel: Option<String>,
}

/// The bot's system messages, rendered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// See [`crate::bot::SystemMessages`].
    pub empty: String,
    /// See [`crate::bot::SystemMessages`].
    pub additional_choice: String,
    /// See [`crate::bot::SystemMessages`].
    pub unsupported_media: String,
    /// See [`crate::bot::SystemMessages`].
    pub more: String,
    /// See [`crate::bot::SystemMessages`].
    pub waiting: String,
    /// See [`crate::bot::SystemMessages`].
    pub waiting_button: String,
}

/// Begins a turn.
pub fn begin(bot: Arc<Bot>, session: Session, event: Event, setting: Setting) -> Turn {
    let safe = Safe {
        position: session.position,
        positions: session.positions.clone(),
        on_position: session.on_position,
    };
    let stage = Stage::new(bot, session, setting);
    let mut turn =
        Turn { stage, at: At::Done(None), nodes: 0, trace: Trace::default(), safe, pending: false };
    if let Err((place, kind)) = turn.open(event) {
        turn.fail(place, kind);
    }
    turn
}

/// What templates, conditions and scripts would see if a turn began now, before anything is heard.
pub fn context(bot: &Arc<Bot>, session: &Session, setting: &Setting) -> Value {
    Stage::new(Arc::clone(bot), session.clone(), setting.clone()).context.to_value()
}

impl Turn {
    /// Runs nodes until the world must be asked or the turn is over.
    ///
    /// Called again while a question is open, it asks the same question no second time: the node counts as failed.
    pub fn step(&mut self) -> Step {
        loop {
            let place = match &mut self.at {
                At::Node(place) => *place,
                At::Asked(_) => {
                    let message = "the question was not answered".to_owned();
                    self.resume(
                        Reply::Failed {
                            name: "Unanswered".to_owned(),
                            message,
                            results: serde_json::Map::new(),
                        },
                        0,
                    );
                    continue;
                }
                At::Done(fault) => {
                    let fault = fault.take();
                    return Step::Rest(Box::new(self.finish(fault)));
                }
            };
            match self.visit(place) {
                Ok(Some(ask)) => return Step::Ask(ask),
                Ok(None) => {}
                Err(kind) => self.fail(Some(place), kind),
            }
        }
    }

    /// Goes on with the world's reply, which took this many milliseconds.
    pub fn resume(&mut self, reply: Reply, waited_ms: u64) {
        let At::Asked(place) = self.at else { return };
        if let Some(visit) = self.trace.visits.last_mut() {
            visit.waited_ms = Some(waited_ms);
        }
        let bot = Arc::clone(&self.stage.bot);
        let Some(node) = bot.node(place.flow, place.node) else { return };
        let taken = match &node.work {
            Work::Asking(asking) => asking.take(reply, &mut self.stage),
            _ => Ok(()),
        };
        self.note();
        if let Err(kind) = taken.and_then(|()| self.along(place)) {
            self.fail(Some(place), kind);
        }
    }

    /// What the bot has said until now: a channel that cannot wait any longer shows this first.
    pub fn said(&self) -> &[Sent] {
        self.stage.said()
    }

    /// What the bot says by itself, rendered as things stand now.
    pub fn words(&mut self) -> Words {
        let bot = Arc::clone(&self.stage.bot);
        let system = &bot.preference.system_message;
        let mut word = |text: &Text, default: &str| {
            self.stage
                .text(text, "")
                .ok()
                .filter(|text| !text.trim().is_empty())
                .unwrap_or_else(|| default.to_owned())
        };
        Words {
            empty: word(&system.empty, "(메시지 없음)"),
            additional_choice: word(&system.additional_choice, "아래에서 선택해 주세요."),
            unsupported_media: word(&system.unsupported_media, "(지원하지 않는 미디어)"),
            more: word(&system.more, "더보기"),
            waiting: word(&system.waiting, WAITING),
            waiting_button: word(&system.waiting_button, WAITING_BUTTON),
        }
    }

    /// Ends a turn that has run out of time: what was said is kept, the scenario's error message follows.
    pub fn give_up(mut self, reason: &str) -> Outcome {
        self.stage.set_error(reason);
        self.trace.fault = Some(reason.to_owned());
        self.say_error();
        self.stay();
        self.outcome(None)
    }

    /// Runs one node. `Some` where it asks the world.
    fn visit(&mut self, place: Place) -> Result<Option<Box<Ask>>, FaultKind> {
        if self.nodes == MAX_NODES {
            return Err(FaultKind::TooManyNodes);
        }
        self.nodes += 1;
        let bot = Arc::clone(&self.stage.bot);
        let Some(node) = bot.node(place.flow, place.node) else {
            // A position of the time before another version was published: what is gone cannot be shown again.
            self.to_fallback();
            return Ok(None);
        };
        self.stage.enter(place);
        self.trace.visits.push(Visit {
            flow: place.flow,
            node: place.node,
            kind: node.kind.clone(),
            ..Visit::default()
        });
        let next = node.work.run(&mut self.stage);
        self.note();
        match next? {
            Next::Along => self.along(place)?,
            Next::To(place) => self.at = At::Node(place),
            Next::ToFlow(flow) => self.to_flow(flow),
            Next::ToFallback => self.to_fallback(),
            Next::Rest => self.rest(place)?,
            Next::Ask(ask) => {
                self.at = At::Asked(place);
                return Ok(Some(ask));
            }
        }
        Ok(None)
    }

    /// Follows the edge that wins; where none holds the conversation rests.
    fn along(&mut self, place: Place) -> Result<(), FaultKind> {
        let bot = Arc::clone(&self.stage.bot);
        let edges = bot.node(place.flow, place.node).map_or(&[][..], |node| &node.edges);
        match self.stage.choose(edges)? {
            Some(at) => {
                if let Some(visit) = self.trace.visits.last_mut() {
                    visit.edge = Some(at);
                }
                self.at = At::Node(Place { flow: place.flow, node: edges[at].to });
                Ok(())
            }
            None => self.rest(place),
        }
    }

    /// The conversation rests here, unless a message waits for the first input request.
    fn rest(&mut self, place: Place) -> Result<(), FaultKind> {
        self.stage.session.position = Some(place);
        self.at = At::Done(None);
        if std::mem::take(&mut self.pending) {
            self.stage.unmute();
            self.answer(place)?;
        }
        Ok(())
    }

    fn to_flow(&mut self, flow: i64) {
        match self.stage.bot.flow(flow) {
            Some(found) => self.at = At::Node(Place { flow, node: found.entry }),
            None => self.to_fallback(),
        }
    }

    fn to_fallback(&mut self) {
        let preference = &self.stage.bot.preference;
        let flow = preference.fallback_flow.unwrap_or(preference.entry_flow);
        self.at = match self.stage.bot.flow(flow) {
            Some(found) => At::Node(Place { flow, node: found.entry }),
            None => At::Done(None),
        };
    }

    /// Begins a new back position here.
    fn new_position(&mut self, place: Place) {
        let session = &mut self.stage.session;
        if session.positions.len() == MAX_POSITIONS {
            session.positions.remove(0);
        }
        session.positions.push(place);
        session.on_position = true;
    }

    /// Writes what the stage collected into the trace's newest visit.
    fn note(&mut self) {
        let collected = self.stage.collect();
        if let Some(visit) = self.trace.visits.last_mut() {
            visit.sent += collected.sent;
            visit.changed.extend(collected.changed);
            visit.data = collected.data.or(visit.data.take());
            visit.error = collected.error.or(visit.error.take());
        }
    }

    fn fail(&mut self, place: Option<Place>, kind: FaultKind) {
        let label = place
            .and_then(|place| self.stage.bot.node(place.flow, place.node))
            .map(|node| node.label.clone())
            .unwrap_or_default();
        self.at = At::Done(Some(Fault { place, label, kind }));
    }

    fn finish(&mut self, fault: Option<Fault>) -> Outcome {
        if let Some(fault) = &fault {
            let said = fault.said().ko;
            self.stage.unmute();
            self.stage.set_error(&said);
            self.trace.fault = Some(said);
            self.say_error();
            self.stay();
        }
        self.outcome(fault)
    }

    /// The conversation stays where it stood before the turn.
    fn stay(&mut self) {
        let session = &mut self.stage.session;
        session.position = self.safe.position;
        session.positions = std::mem::take(&mut self.safe.positions);
        session.on_position = self.safe.on_position;
    }

    fn say_error(&mut self) {
        let bot = Arc::clone(&self.stage.bot);
        let text = self
            .stage
            .text(&bot.preference.system_message.error, "preference.systemMessage.error")
            .ok()
            .filter(|text| !text.trim().is_empty())
            .unwrap_or_else(|| LAST_WORDS.to_owned());
        self.stage.quick_replies.clear();
        self.stage.send(Message::Text { text, buttons: Vec::new() });
    }

    fn outcome(&mut self, fault: Option<Fault>) -> Outcome {
        let words = self.words();
        let said = self.stage.take_said();
        let mut session = self.stage.take_session();
        if session.position != self.safe.position {
            session.previous = self.safe.position;
        }
        session.offers = offers(&said.messages, &said.quick_replies, said.agent_call.as_ref());
        Outcome {
            session,
            messages: said.messages,
            quick_replies: said.quick_replies,
            agent_call: said.agent_call,
            words,
            trace: std::mem::take(&mut self.trace),
            fault,
        }
    }
}

/// The buttons whose press means more than their label.
fn offers(messages: &[Sent], quick_replies: &[Button], agent_call: Option<&AgentCall>) -> Vec<Offer> {
    let call = agent_call.and_then(|call| call.message.as_ref());
    // Quick replies stand nearest to the thumb: where two buttons have one label they win.
    quick_replies
        .iter()
        .chain(messages.iter().map(|sent| &sent.message).chain(call).flat_map(Message::buttons))
        .filter(|button| matches!(button.action, Action::Postback { payload: Some(_) } | Action::Goto { .. }))
        .take(MAX_OFFERS)
        .map(|button| Offer { label: button.label.trim().to_owned(), action: button.action.clone() })
        .collect()
}

/// The `navigation` of the context.
fn navigation(session: &Session) -> Value {
    let place = |place: Place| json!({"flowId": place.flow, "nodeId": place.node});
    json!({"current": session.position.map(place), "prev": session.previous.map(place)})
}

impl Stage {
    fn choose(&mut self, edges: &[crate::bot::Edge]) -> Result<Option<usize>, FaultKind> {
        edge::choose(edges, &self.context, &mut self.env)
            .map_err(|(at, error)| FaultKind::Template { field: format!("next[{at}].where"), error })
    }
}
