//! What a script threw, as a [`Failure`].
//!
//! Anything can be thrown, and looking at it may run the script's code again (getters, proxies, `toString`). Each look
//! may therefore fail, and then the next best thing is said.

use rquickjs::{Coerced, Ctx, Object, Value};

use super::limits::Size;
use crate::{call::Failure, worker::MEMORY};

/// Letters of a name, a message and a stack that are kept.
const MAX_NAME: usize = 100;
const MAX_MESSAGE: usize = 2000;
const MAX_STACK: usize = 4000;

/// The failure of a thrown or rejected value.
pub fn failure(value: &Value<'_>, size: Option<&Size>) -> Failure {
    // The engine cannot make an error object when memory is all gone, and throws null.
    if value.is_null() && is_full(size) {
        return Failure::memory(MEMORY);
    }
    let Some(object) = value.as_object().filter(|_| !value.is_function()) else {
        let message = text(value).unwrap_or_else(|| value.type_name().to_owned());
        return Failure {
            name: "Error".to_owned(),
            message: cut(&message, MAX_MESSAGE),
            stack: String::new(),
        };
    };
    let name = part(object, "name").unwrap_or_else(|| "Error".to_owned());
    let message = part(object, "message");
    if name == "InternalError" && message.as_deref() == Some("out of memory") {
        return Failure::memory(MEMORY);
    }
    let message = message.or_else(|| json(object)).or_else(|| text(value)).unwrap_or_default();
    let mut stack = part(object, "stack").unwrap_or_default();
    let mut message = cut(&message, MAX_MESSAGE);
    if name == "SyntaxError"
        && let Some((line, column)) = crate::check::place(&stack)
    {
        message.push_str(&format!(" ({line}:{column})"));
    }
    if !stack.is_empty() && !stack.starts_with(&name) {
        // As Node has it: the error itself on the first line.
        stack = format!("{name}: {message}\n{stack}");
    }
    Failure { name: cut(&name, MAX_NAME), message, stack: cut(stack.trim_end(), MAX_STACK) }
}

/// The failure of a script that waits for nothing and has not called back.
pub fn unfinished(size: Option<&Size>) -> Failure {
    if is_full(size) {
        return Failure::memory(MEMORY);
    }
    Failure::ours(
        "UnfinishedError",
        "스크립트가 callback을 부르지 않고 끝났어요. The script has ended without calling back: call callback(error, result) or return a promise.",
    )
}

/// Whether memory was about all in use at some time of this call (workers leave long before, see `limits`).
fn is_full(size: Option<&Size>) -> bool {
    size.is_some_and(|size| size.most() > MEMORY as u64 / 4 * 3)
}

fn part(object: &Object<'_>, name: &str) -> Option<String> {
    let value: Value = fine(object.ctx(), object.get(name))?;
    value.is_string().then(|| text(&value)).flatten()
}

fn text(value: &Value<'_>) -> Option<String> {
    if let Some(symbol) = value.as_symbol() {
        let description = fine(value.ctx(), symbol.description())?;
        return Some(format!("Symbol({})", description.as_string().and_then(|text| text.to_string().ok())?));
    }
    let Coerced(text) = fine(value.ctx(), value.get::<Coerced<String>>())?;
    Some(text)
}

fn json(object: &Object<'_>) -> Option<String> {
    let text = fine(object.ctx(), object.ctx().json_stringify(object.clone()))??;
    text.to_string().ok().filter(|text| text != "{}")
}

/// The value, or nothing and no exception left behind.
fn fine<T>(ctx: &Ctx<'_>, result: rquickjs::Result<T>) -> Option<T> {
    result.inspect_err(|_| drop(ctx.catch())).ok()
}

fn cut(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
