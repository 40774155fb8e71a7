//! `chitchat` (일상대화): sends a generated reply to what the end user said.
//!
//! An `llm` without words of the author's: the connection decides how it talks. It remembers the last exchanges.

use serde_json::Value;

use super::{
    asking::{Question, Refusal, heard, text},
    history::History,
    llm,
};
use crate::{ask::Ask, turn::Stage};

pub(super) fn ask(data: &Value, stage: &Stage) -> Result<Question, Refusal> {
    let heard = heard(stage)?;
    let mut history = History::read(stage.context.key("chitchat"), stage.here);
    let past = history.recent(llm::EXCHANGES);
    history.open(&heard);
    let ask =
        Ask::Chitchat { provider: text(data, "provider"), data: data.clone(), text: heard, history: past };
    Ok(Question { ask, history: Some(history) })
}
