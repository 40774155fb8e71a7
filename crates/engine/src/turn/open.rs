//! Where a turn begins (spec bot.md, "A turn", 2).

use std::sync::Arc;

use super::{At, FaultKind, Safe, Turn, Visit};
use crate::{
    event::Event,
    message::{Action, Received},
    node::{Work, keyboard::Answered, manual},
    session::Place,
};

type Failed = (Option<Place>, FaultKind);

impl Turn {
    /// Finds the first node, or ends the turn where the event asks for nothing.
    pub(super) fn open(&mut self, event: Event) -> Result<(), Failed> {
        let behavior = self.stage.bot.preference.session_behavior;
        if self.stage.new_visit && !behavior.restore_navigation {
            self.forget_navigation();
            self.stage.session.results.clear();
        }
        match event {
            Event::Start => {
                self.start();
                Ok(())
            }
            Event::Message(heard) => self.message(heard),
            Event::Goto { flow_id, node_id } => {
                self.goto(flow_id, node_id);
                Ok(())
            }
            Event::Cancel => self.cancel(),
        }
    }

    /// The room was opened.
    fn start(&mut self) {
        let behavior = self.stage.bot.preference.session_behavior;
        // A web page that is opened again shows the thread; the messengers say that this is a beginning.
        let thread_is_shown = matches!(self.stage.platform.as_str(), "web");
        if self.stage.session.position.is_some() && thread_is_shown && behavior.restore_navigation {
            return;
        }
        self.forget_navigation();
        if behavior.welcome_on_session_start {
            self.to_flow(self.stage.bot.preference.entry_flow);
        }
    }

    fn message(&mut self, heard: Received) -> Result<(), Failed> {
        let heard = match self.meaning(heard) {
            Ok(heard) => heard,
            Err((flow_id, node_id)) => {
                self.goto(flow_id, node_id);
                return Ok(());
            }
        };
        self.stage.hear(heard);
        let behavior = self.stage.bot.preference.session_behavior;
        match self.stage.session.position {
            Some(place) => self.answer(place).map_err(|kind| (Some(place), kind)),
            None => {
                if !behavior.welcome_on_message_without_session {
                    self.stage.mute();
                    self.pending = true;
                }
                self.to_flow(self.stage.bot.preference.entry_flow);
                Ok(())
            }
        }
    }

    /// A label of the last answer stands for what its button does, on channels that send only the label.
    fn meaning(&self, mut heard: Received) -> Result<Received, (i64, Option<i64>)> {
        if heard.payload.is_none()
            && let Some(text) = heard.text.as_deref().map(str::trim)
            && let Some(offer) = self.stage.session.offers.iter().find(|offer| offer.label == text)
        {
            match &offer.action {
                Action::Postback { payload } => heard.payload.clone_from(payload),
                Action::Goto { flow_id, node_id } => return Err((*flow_id, *node_id)),
                Action::Link { .. } => {}
            }
        }
        Ok(heard)
    }

    /// Tries what was heard on the edges of the node at which the conversation rests.
    pub(super) fn answer(&mut self, place: Place) -> Result<(), FaultKind> {
        let bot = Arc::clone(&self.stage.bot);
        let Some(node) = bot.node(place.flow, place.node) else {
            // The node is gone since another version was published.
            self.to_fallback();
            return Ok(());
        };
        let mut visit =
            Visit { flow: place.flow, node: place.node, kind: node.kind.clone(), ..Visit::default() };
        self.stage.enter(place);
        let heard = self.stage.heard.clone();
        if matches!(node.work, Work::Manual(_))
            && heard.is_some()
            && manual::answered_here(&self.stage.platform)
        {
            self.trace.from = Some(visit);
            self.at = At::Node(place);
            return Ok(());
        }
        let mut refused = false;
        let mut fault = None;
        match (&node.work, &heard) {
            (Work::Keyboard(keyboard), Some(heard)) => match keyboard.answer(heard, &mut self.stage) {
                Ok(Answered::Taken) => {}
                Ok(Answered::Refused) => refused = true,
                Err(kind) => fault = Some(kind),
            },
            (Work::Manual(_), _) => {
                self.stage.session.agent_called = false;
                self.stage.result("manual", serde_json::json!({"status": "COMPLETED"}));
            }
            _ => {}
        }
        let edge = if refused || fault.is_some() { None } else { self.stage.choose(&node.edges)? };
        let collected = self.stage.collect();
        visit.sent = collected.sent;
        visit.changed = collected.changed;
        visit.error = collected.error;
        visit.edge = edge;
        self.trace.from = Some(visit);
        if let Some(kind) = fault {
            return Err(kind);
        }
        if refused {
            self.at = At::Node(place);
        } else if let Some(edge) = edge {
            let to = Place { flow: place.flow, node: node.edges[edge].to };
            self.new_position(to);
            self.at = At::Node(to);
        } else {
            self.to_fallback();
        }
        Ok(())
    }

    /// A goto moves the conversation and is a position to come back to, like an answered input.
    fn goto(&mut self, flow_id: i64, node_id: Option<i64>) {
        let target = self.stage.bot.flow(flow_id).and_then(|flow| match node_id {
            Some(node) => flow.node(node).map(|node| node.id),
            None => Some(flow.entry),
        });
        match target {
            Some(node) => {
                let place = Place { flow: flow_id, node };
                self.new_position(place);
                self.at = At::Node(place);
            }
            None => self.to_fallback(),
        }
    }

    /// The end user takes an agent call back: the flow goes on after the node.
    fn cancel(&mut self) -> Result<(), Failed> {
        match self.stage.session.position {
            Some(place) if self.stage.session.agent_called => {
                self.answer(place).map_err(|kind| (Some(place), kind))
            }
            _ => Ok(()),
        }
    }

    fn forget_navigation(&mut self) {
        self.stage.session.forget_navigation();
        self.safe = Safe { position: None, positions: Vec::new(), on_position: false };
    }
}
