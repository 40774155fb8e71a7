//! A consultation: its states, and what each act makes of it (spec live-chat.md, "A consultation").
//!
//! `bot → requested → connected → completed`, and `requested → missed`. A consultation that is over is as if there were
//! none: the bot answers. What would surprise: an agent whom a request was *assigned* to owns it and counts it, but it
//! stays `requested` until they take it or write.

use std::collections::BTreeSet;

use crate::AgentId;

/// Where a consultation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// No agent was called: the bot answers.
    Bot,
    /// 대기: an agent was called and none has come.
    Requested,
    /// 진행: an agent talks.
    Connected,
    /// 완료: it is over.
    Completed,
    /// 놓침: it is over and no agent came.
    Missed,
}

/// How it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The bot called an agent.
    Call,
    /// An agent stepped in.
    StepIn,
}

/// Why it was missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// The end user took the call back.
    Cancelled,
    /// The end user left.
    Left,
    /// Nobody came for so long that it closed by itself.
    Expired,
}

/// Where the bot goes on once it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resume {
    /// At the node that called: the next message calls again.
    AtCall,
    /// After the node that called.
    AfterCall,
    /// At the start of the entry flow.
    FromStart,
    /// Where the agent moved the end user to.
    Moved,
}

/// What stands in the thread for agents, and goes to webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// [상담원 호출]
    Requested,
    /// [상담원 배정]
    Assigned(AgentId),
    /// The first agent has come.
    Connected(AgentId),
    /// [상담 입장]
    Joined(AgentId),
    /// [상담 퇴장]
    Left(AgentId),
    /// [상담 위임]: to an agent, or back into the queue.
    Transferred(Option<AgentId>),
    /// A flow was started.
    FlowStarted,
    /// … and stopped.
    FlowStopped,
    /// It is over.
    Completed,
    /// It was missed.
    Missed(Lost),
}

/// A consultation, or that there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consultation {
    /// Where it stands.
    pub state: State,
    /// How it began.
    pub origin: Origin,
    /// Whose it is. Nobody's while it waits in the queue.
    pub owner: Option<AgentId>,
    /// Who is in the conversation.
    pub present: BTreeSet<AgentId>,
    /// Does the bot answer meanwhile: a flow that an agent has started, or until one comes?
    pub flow: bool,
    /// Did an agent move the end user to a flow?
    pub moved: bool,
}

/// What can happen to a consultation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The bot calls an agent.
    Request,
    /// The bot calls an agent and goes on answering until one comes.
    RequestBeside,
    /// The rules give it to an agent.
    Assign(AgentId),
    /// An agent takes it, or steps in where none was called.
    Take(AgentId),
    /// An agent comes in beside its owner.
    Join(AgentId),
    /// … and goes.
    Leave(AgentId),
    /// Somebody gives it to an agent, or back into the queue.
    Transfer(Option<AgentId>),
    /// An agent writes.
    Write(AgentId),
    /// An agent starts a flow.
    StartFlow(AgentId),
    /// … or stops it.
    StopFlow(AgentId),
    /// An agent ends it.
    Complete,
    /// It has been silent for too long.
    Close,
    /// The end user takes the call back.
    Cancel,
    /// The end user has gone.
    Leaves,
}

/// Why an act is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is another agent's.
    #[error("another agent has taken this consultation")]
    Taken(AgentId),
    /// There is none.
    #[error("there is no open consultation")]
    NotOpen,
    /// There is one already.
    #[error("there is an open consultation already")]
    Open,
    /// Its owner cannot leave it without giving it away or ending it.
    #[error("whose consultation it is hands it over or completes it")]
    OwnerStays,
    /// An agent is talking: there is no call to be taken back.
    #[error("an agent has come already")]
    Connected,
    /// It is this agent's already.
    #[error("it is this agent's already")]
    SameAgent,
}

/// What an act makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The consultation after it.
    pub after: Consultation,
    /// Whose number of open consultations changes, and by how much.
    pub loads: Vec<(AgentId, i64)>,
    /// What stands in the thread.
    pub lines: Vec<Line>,
    /// Where the bot goes on; there where it is over.
    pub resume: Option<Resume>,
}

impl State {
    /// Its name, as it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bot => "bot",
            Self::Requested => "requested",
            Self::Connected => "connected",
            Self::Completed => "completed",
            Self::Missed => "missed",
        }
    }

    /// The state of this name.
    pub fn read(name: &str) -> Option<Self> {
        [Self::Bot, Self::Requested, Self::Connected, Self::Completed, Self::Missed]
            .into_iter()
            .find(|state| state.name() == name)
    }

    /// Waits or goes on?
    pub fn is_open(self) -> bool {
        matches!(self, Self::Requested | Self::Connected)
    }
}

impl Lost {
    /// Its name, as it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Left => "left",
            Self::Expired => "expired",
        }
    }

    /// The reason of this name.
    pub fn read(name: &str) -> Option<Self> {
        [Self::Cancelled, Self::Left, Self::Expired].into_iter().find(|lost| lost.name() == name)
    }
}

impl Line {
    /// Its name, as it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Assigned(_) => "assigned",
            Self::Connected(_) => "connected",
            Self::Joined(_) => "joined",
            Self::Left(_) => "left",
            Self::Transferred(_) => "transferred",
            Self::FlowStarted => "flow-started",
            Self::FlowStopped => "flow-stopped",
            Self::Completed => "completed",
            Self::Missed(_) => "missed",
        }
    }

    /// Whom it is about.
    pub fn agent(self) -> Option<AgentId> {
        match self {
            Self::Assigned(agent) | Self::Connected(agent) | Self::Joined(agent) | Self::Left(agent) => {
                Some(agent)
            }
            Self::Transferred(to) => to,
            _ => None,
        }
    }
}

impl Default for Consultation {
    fn default() -> Self {
        Self {
            state: State::Bot,
            origin: Origin::Call,
            owner: None,
            present: BTreeSet::new(),
            flow: false,
            moved: false,
        }
    }
}

impl Consultation {
    /// Does the bot answer what the end user writes?
    pub fn bot_answers(&self) -> bool {
        !self.state.is_open() || self.flow
    }

    /// What an act makes of it.
    pub fn act(&self, act: Act) -> Result<Done, Refused> {
        match act {
            Act::Request => self.request(false),
            Act::RequestBeside => self.request(true),
            Act::Take(agent) => self.take(agent),
            Act::Complete => self.end(State::Completed, Line::Completed),
            Act::Close if self.state == State::Requested => {
                self.end(State::Missed, Line::Missed(Lost::Expired))
            }
            Act::Close => self.end(State::Completed, Line::Completed),
            Act::Cancel | Act::Leaves => self.give_up(act),
            _ if !self.state.is_open() => Err(Refused::NotOpen),
            Act::Assign(agent) => self.assign(agent),
            Act::Join(agent) => self.join(agent),
            Act::Leave(agent) => self.leave(agent),
            Act::Transfer(to) => self.transfer(to),
            Act::Write(agent) => self.write(agent),
            Act::StartFlow(agent) => {
                let mut done = self.write(agent)?;
                done.after.flow = true;
                done.after.moved = true;
                done.lines.push(Line::FlowStarted);
                Ok(done)
            }
            Act::StopFlow(agent) => {
                let mut done = self.write(agent)?;
                if done.after.flow {
                    done.after.flow = false;
                    done.lines.push(Line::FlowStopped);
                }
                Ok(done)
            }
        }
    }

    fn done(self, loads: Vec<(AgentId, i64)>, lines: Vec<Line>) -> Done {
        Done { after: self, loads, lines, resume: None }
    }

    fn request(&self, flow: bool) -> Result<Done, Refused> {
        match self.state {
            // A flow that an agent has started may call an agent: there is one already.
            State::Connected if self.flow => {
                Ok(Self { flow: false, ..self.clone() }.done(Vec::new(), vec![Line::FlowStopped]))
            }
            state if state.is_open() => Err(Refused::Open),
            _ => Ok(Self { state: State::Requested, flow, ..Self::default() }
                .done(Vec::new(), vec![Line::Requested])),
        }
    }

    fn assign(&self, agent: AgentId) -> Result<Done, Refused> {
        match (self.state, self.owner) {
            (State::Requested, None) => Ok(Self { owner: Some(agent), ..self.clone() }
                .done(vec![(agent, 1)], vec![Line::Assigned(agent)])),
            (_, Some(owner)) => Err(Refused::Taken(owner)),
            (_, None) => Err(Refused::NotOpen),
        }
    }

    fn take(&self, agent: AgentId) -> Result<Done, Refused> {
        let connected = |origin| Self {
            state: State::Connected,
            origin,
            owner: Some(agent),
            present: BTreeSet::from([agent]),
            flow: false,
            moved: self.state.is_open() && self.moved,
        };
        match (self.state, self.owner) {
            (State::Requested, None) => {
                Ok(connected(self.origin).done(vec![(agent, 1)], vec![Line::Connected(agent)]))
            }
            (State::Requested, Some(owner)) if owner == agent => {
                Ok(connected(self.origin).done(Vec::new(), vec![Line::Connected(agent)]))
            }
            (State::Connected, Some(owner)) if owner == agent => self.join(agent),
            (State::Requested | State::Connected, Some(owner)) => Err(Refused::Taken(owner)),
            (State::Connected, None) => Err(Refused::NotOpen),
            (State::Bot | State::Completed | State::Missed, _) => {
                Ok(connected(Origin::StepIn).done(vec![(agent, 1)], vec![Line::Connected(agent)]))
            }
        }
    }

    fn join(&self, agent: AgentId) -> Result<Done, Refused> {
        // A request is taken, not joined: nobody is in it.
        if self.state != State::Connected {
            return Err(Refused::NotOpen);
        }
        let mut after = self.clone();
        let new = after.present.insert(agent);
        Ok(after.done(Vec::new(), if new { vec![Line::Joined(agent)] } else { Vec::new() }))
    }

    fn leave(&self, agent: AgentId) -> Result<Done, Refused> {
        if self.owner == Some(agent) {
            return Err(Refused::OwnerStays);
        }
        let mut after = self.clone();
        let was = after.present.remove(&agent);
        Ok(after.done(Vec::new(), if was { vec![Line::Left(agent)] } else { Vec::new() }))
    }

    fn transfer(&self, to: Option<AgentId>) -> Result<Done, Refused> {
        if self.owner == to {
            return Err(Refused::SameAgent);
        }
        let mut after = Self { owner: to, ..self.clone() };
        if let Some(owner) = self.owner {
            after.present.remove(&owner);
        }
        match to {
            Some(agent) if self.state == State::Connected => {
                after.present.insert(agent);
            }
            Some(_) => {}
            None => {
                after.state = State::Requested;
                after.present.clear();
                after.flow = false;
            }
        }
        let loads = self.owner.map(|owner| (owner, -1)).into_iter().chain(to.map(|agent| (agent, 1)));
        Ok(after.done(loads.collect(), vec![Line::Transferred(to)]))
    }

    fn write(&self, agent: AgentId) -> Result<Done, Refused> {
        match self.state {
            State::Requested => self.take(agent),
            _ => self.join(agent),
        }
    }

    fn give_up(&self, act: Act) -> Result<Done, Refused> {
        match self.state {
            State::Requested => {
                let lost = if act == Act::Cancel { Lost::Cancelled } else { Lost::Left };
                let mut done = self.end(State::Missed, Line::Missed(lost))?;
                if act == Act::Cancel && self.origin == Origin::Call && !self.moved {
                    done.resume = Some(Resume::AfterCall);
                }
                Ok(done)
            }
            State::Connected => Err(Refused::Connected),
            _ => Err(Refused::NotOpen),
        }
    }

    fn end(&self, state: State, line: Line) -> Result<Done, Refused> {
        if !self.state.is_open() {
            return Err(Refused::NotOpen);
        }
        let resume = match (self.moved, self.origin) {
            (true, _) => Resume::Moved,
            (false, Origin::Call) => Resume::AtCall,
            (false, Origin::StepIn) => Resume::FromStart,
        };
        let after = Self { state, origin: self.origin, ..Self::default() };
        let loads = self.owner.map(|owner| (owner, -1)).into_iter().collect();
        Ok(Done { after, loads, lines: vec![line], resume: Some(resume) })
    }
}
