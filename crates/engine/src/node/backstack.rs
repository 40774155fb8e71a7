//! `backstack` (뒤로가기 스택, deprecated): an explicit stack that the author fills.
//!
//! What is pushed is the place of the node itself; going back there runs it again, so that it is on the stack once
//! more when the user moves on (ours: the format leaves it open).

use serde_json::Value;

use super::{Next, back::count};
use crate::{
    session::{MAX_POSITIONS, Session},
    turn::Stage,
};

/// What the node reads from its data.
#[derive(Debug, Clone, Copy)]
pub enum BackStack {
    /// Remembers this node.
    Push,
    /// Goes to the n-th node from the top; past the bottom to the fallback flow.
    Pop(usize),
    /// Forgets all and goes on.
    Clear,
}

impl BackStack {
    pub(super) fn compile(data: &Value) -> Self {
        match data.get("operation").and_then(Value::as_str) {
            Some("pop") => Self::Pop(count(data)),
            Some("clear") => Self::Clear,
            _ => Self::Push,
        }
    }

    pub(super) fn run(self, stage: &mut Stage) -> Next {
        let here = stage.here;
        let Session { backstack, .. } = &mut stage.session;
        match self {
            Self::Push => {
                if backstack.len() == MAX_POSITIONS {
                    backstack.remove(0);
                }
                backstack.push(here);
                Next::Along
            }
            Self::Pop(count) => match backstack.len().checked_sub(count) {
                Some(at) => {
                    let place = backstack[at];
                    backstack.truncate(at);
                    Next::To(place)
                }
                None => {
                    backstack.clear();
                    Next::ToFallback
                }
            },
            Self::Clear => {
                backstack.clear();
                Next::Along
            }
        }
    }
}
