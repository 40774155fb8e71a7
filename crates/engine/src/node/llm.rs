//! `llm` (AI 답변, ours): lets a language model answer.
//!
//! The author's words (`system`) come first, then what this end user and this node said to each other before, then
//! the question. The answer is fitted to what a channel shows and, unless `send` is off, sent as a text message. The
//! reply's results are `answer`, `finishReason` and `usage`; the conversation stands at `llm.history`.

use serde_json::{Map, Value};
use unicode_segmentation::UnicodeSegmentation;

use super::{
    asking::{Question, Refusal, filled, heard, text},
    history::History,
};
use crate::{
    ask::{Ask, Llm, LlmMessage, LlmRole},
    template::expand::RenderedData,
    turn::Stage,
    value::{as_number, as_text},
};

/// How many past exchanges are sent along where the node does not say.
pub const EXCHANGES: usize = 6;
/// How many past exchanges are sent along at most.
pub const MAX_EXCHANGES: usize = 20;
/// How long an answer may be where the node does not say: one text message.
pub const ANSWER_CHARS: usize = 1_000;
/// How long an answer may be at most, in characters: four bubbles.
pub const MAX_ANSWER_CHARS: usize = 4_000;

/// What becomes of an answer.
#[derive(Debug)]
pub(super) struct Answering {
    /// Is it sent?
    pub send: bool,
    /// How long it may be, in characters.
    pub max_chars: usize,
}

impl Answering {
    pub(super) fn compile(data: &Value) -> Self {
        let off = data.get("send").and_then(as_text).is_some_and(|send| send.trim() == "false");
        let max_chars = data.get("maxChars").and_then(as_number).map_or(ANSWER_CHARS, |max| max as usize);
        Self { send: !off, max_chars: max_chars.clamp(1, MAX_ANSWER_CHARS) }
    }

    /// The answer as it is shown, which also replaces the one among the results.
    pub(super) fn read(&self, results: &mut Map<String, Value>) -> Result<String, Refusal> {
        if results.get("finishReason").and_then(Value::as_str) == Some("content_filter") {
            return Err(Refusal::new(
                "Refused",
                "AI 서비스가 이 질문에 답하기를 거절했어요.",
                "The provider refused to answer this.",
            ));
        }
        let answer = results.get("answer").and_then(as_text).unwrap_or_default();
        let answer = fit(&answer, self.max_chars);
        if answer.is_empty() {
            return Err(Refusal::new(
                "EmptyAnswer",
                "AI 서비스가 빈 답을 보냈어요.",
                "The provider sent an empty answer.",
            ));
        }
        results.insert("answer".to_owned(), Value::String(answer.clone()));
        Ok(answer)
    }
}

pub(super) fn ask(
    rendered: &RenderedData,
    answering: &Answering,
    stage: &Stage,
) -> Result<Question, Refusal> {
    let data = &rendered.shown;
    let prompt = filled(data, "prompt").map_or_else(|| heard(stage), Ok)?;
    let mut history = History::read(stage.context.key("llm"), stage.here);
    let past = match data.get("history") {
        None | Some(Value::Null) => history.recent(EXCHANGES),
        Some(Value::Array(items)) => given(items),
        Some(value) => match (as_number(value), value.as_str().map(serde_json::from_str)) {
            (Some(count), _) => history.recent((count.max(0.0) as usize).min(MAX_EXCHANGES)),
            (None, Some(Ok(Value::Array(items)))) => given(&items),
            // A template that found nothing.
            _ => Vec::new(),
        },
    };
    let forgets = data.get("history").and_then(as_number).is_some_and(|count| count < 1.0);
    if forgets {
        history.forget();
    } else {
        // What `MASK` hides from those who read along is hidden from what is kept, too.
        let kept = rendered.stored.as_ref().and_then(|stored| filled(stored, "prompt"));
        history.open(kept.as_deref().unwrap_or(&prompt));
    }
    let message = |role, content| LlmMessage { role, content };
    let mut messages = Vec::with_capacity(past.len() + 2);
    messages.extend(filled(data, "system").map(|system| message(LlmRole::System, system)));
    messages.extend(past);
    messages.push(message(LlmRole::User, prompt));
    let number = |key: &str| data.get(key).and_then(as_number);
    let ask = Ask::Llm(Llm {
        provider: text(data, "provider"),
        model: text(data, "model"),
        messages,
        temperature: number("temperature").map(|degree| degree.clamp(0.0, 2.0)),
        max_tokens: number("maxTokens").filter(|tokens| *tokens >= 1.0).map(|tokens| tokens as u32),
        max_chars: answering.max_chars,
    });
    Ok(Question { ask, history: Some(history) })
}

/// A conversation of the author's making; what is no message of one is left out.
fn given(items: &[Value]) -> Vec<LlmMessage> {
    let messages: Vec<LlmMessage> =
        items.iter().filter_map(|item| serde_json::from_value(item.clone()).ok()).collect();
    let surplus = messages.len().saturating_sub(2 * MAX_EXCHANGES);
    messages.into_iter().skip(surplus).collect()
}

/// The text within so many characters: cut after its last whole sentence, or where that would take more than half
/// away, in the middle with `…`. No character that a person sees as one is divided.
fn fit(text: &str, max_chars: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    let mut left = max_chars;
    let mut cut = 0; // the longest that leaves room for `…`
    let mut sentence = None;
    let mut chars = 0;
    let mut before = "";
    let mut graphemes = text.grapheme_indices(true).peekable();
    while let Some((at, grapheme)) = graphemes.next() {
        let count = grapheme.chars().count();
        let Some(rest) = left.checked_sub(count) else { break };
        left = rest;
        chars += count;
        let end = at + grapheme.len();
        if left > 0 {
            cut = end;
        }
        let follows = graphemes.peek().map_or(" ", |(_, next)| *next);
        let ends = match grapheme {
            "\n" | "\r\n" => true,
            // `1.` begins an item of a list, `3.5` is a number.
            "." => follows.trim().is_empty() && !before.ends_with(|c: char| c.is_ascii_digit()),
            "!" | "?" | "。" | "！" | "？" | "…" => follows.trim().is_empty(),
            _ => false,
        };
        if ends && chars * 2 >= max_chars {
            sentence = Some(end);
        }
        before = grapheme;
    }
    match sentence {
        Some(end) => text[..end].trim_end().to_owned(),
        None => format!("{}…", text[..cut].trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn long_answers_end_with_a_sentence_or_with_three_dots() {
        for (text, max, expected) in [
            (" 네. ", 10, "네."),
            ("하나예요. 둘이에요. 셋이에요.", 12, "하나예요. 둘이에요."),
            ("하나예요. 둘이에요!\n셋", 11, "하나예요. 둘이에요!"),
            ("네. 아주아주아주아주 긴 말", 10, "네. 아주아주아주…"),
            ("값은 3.5만 원 1. 귤 2. 배", 13, "값은 3.5만 원 1.…"),
            ("가나다라마바사", 4, "가나다…"),
            ("가👨‍👩‍👧나", 4, "가…"),
            ("👨‍👩‍👧", 1, "…"),
        ] {
            let fitted = fit(text, max);
            assert_eq!(fitted, expected, "{text}");
            assert!(fitted.chars().count() <= max, "{text}");
        }
    }
}
