//! `back` (뒤로가기): goes to an earlier position, or forgets positions (spec bot.md, "Back positions").

use serde_json::Value;

use super::Next;
use crate::{session::Session, turn::Stage, value::as_number};

/// What the node reads from its data.
#[derive(Debug, Clone, Copy)]
pub enum Back {
    /// Shows the n-th position before the current one again.
    Pop(usize),
    /// Forgets the n newest positions, the current one first, and goes on.
    Drop(usize),
    /// Forgets all and goes on.
    Clear,
}

impl Back {
    pub(super) fn compile(data: &Value) -> Self {
        let count = count(data);
        match data.get("operation").and_then(Value::as_str) {
            Some("drop") => Self::Drop(count),
            Some("clear") => Self::Clear,
            _ => Self::Pop(count),
        }
    }

    pub(super) fn run(self, stage: &mut Stage) -> Next {
        let Session { positions, on_position, .. } = &mut stage.session;
        match self {
            Self::Pop(count) => {
                let before = positions.len() - usize::from(*on_position);
                match before.checked_sub(count) {
                    Some(at) => {
                        let place = positions[at];
                        positions.truncate(at + 1);
                        *on_position = true;
                        Next::To(place)
                    }
                    None => {
                        positions.clear();
                        *on_position = false;
                        Next::ToFlow(stage.bot.preference.entry_flow)
                    }
                }
            }
            Self::Drop(count) => {
                positions.truncate(positions.len().saturating_sub(count));
                *on_position = false;
                Next::Along
            }
            Self::Clear => {
                positions.clear();
                *on_position = false;
                Next::Along
            }
        }
    }
}

/// How many: at least one, one where the file does not say.
pub(super) fn count(data: &Value) -> usize {
    data.get("count").and_then(as_number).map_or(1, |count| count.clamp(1.0, 1_000.0) as usize)
}
