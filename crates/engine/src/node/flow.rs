//! `flow` (플로우 연결): goes on in another flow, at its entry or at a named node.

use serde_json::Value;

use super::Next;
use crate::{
    bot::Text,
    session::Place,
    template::TemplateError,
    turn::{FaultKind, Stage},
    value::{as_text, as_whole},
};

/// What the node reads from its data.
#[derive(Debug)]
pub struct FlowLink {
    flow: Text,
    node: Option<Text>,
}

impl FlowLink {
    pub(super) fn compile(data: &Value) -> Self {
        let text = |key: &str| data.get(key).and_then(as_text).map(|text| Text::new(text.into_owned()));
        Self { flow: text("flowId").unwrap_or_else(|| Text::new("")), node: text("nodeId") }
    }

    /// The flow and node that it names without the help of a template.
    pub fn target(&self) -> Option<(i64, Option<i64>)> {
        let plain = |text: &Text| text.source.trim().parse().ok();
        Some((plain(&self.flow)?, self.node.as_ref().and_then(plain)))
    }

    /// Is the flow named by a template?
    pub fn is_template(&self) -> bool {
        self.flow.template.as_ref().is_ok_and(|template| template.as_plain().is_none())
    }

    pub(super) fn errors(&self) -> Vec<(String, TemplateError)> {
        let of = |name: &str, text: &Text| {
            text.template.as_ref().err().map(|error| (name.to_owned(), error.clone()))
        };
        of("data.flowId", &self.flow)
            .into_iter()
            .chain(self.node.as_ref().and_then(|node| of("data.nodeId", node)))
            .collect()
    }

    pub(super) fn run(&self, stage: &mut Stage) -> Result<Next, FaultKind> {
        let flow_text = stage.text(&self.flow, "data.flowId")?;
        let missing = |name: &str| FaultKind::MissingFlow { flow: name.trim().to_owned() };
        let flow_id = as_whole(&Value::String(flow_text.clone())).ok_or_else(|| missing(&flow_text))?;
        if stage.bot.flow(flow_id).is_none() {
            return Err(missing(&flow_text));
        }
        let Some(node) = &self.node else { return Ok(Next::ToFlow(flow_id)) };
        let node_text = stage.text(node, "data.nodeId")?;
        match as_whole(&Value::String(node_text)) {
            Some(node) if stage.bot.node(flow_id, node).is_some() => {
                Ok(Next::To(Place { flow: flow_id, node }))
            }
            // A node that is gone: the flow's beginning is the nearest that is still there.
            _ => Ok(Next::ToFlow(flow_id)),
        }
    }
}
