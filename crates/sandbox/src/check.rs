//! Whether a script parses, without running it.
//!
//! This is the one thing that is done inside the asking process: compiling 50,000 bytes takes milliseconds, asks for
//! bounded memory and stack, and follows none of the script's wishes. The engine offers no way to compile sloppy code
//! (as scripts are) without evaluating it, so the script stands inside a function after a `throw`: whatever it does to
//! get out of that function comes after the point that is never passed.

use rquickjs::{CatchResultExt as _, CaughtError, Context, Object, Runtime, Value, context::EvalOptions};

use crate::{
    MAX_CODE,
    call::Failure,
    worker::{AFTER, BEFORE, FILE},
};

/// Bytes of heap for a syntax tree; 50,000 bytes of brackets need less than a tenth.
const MEMORY: usize = 32 << 20;
/// Bytes of native stack: threads of a server have two mebibytes.
const STACK: usize = 512 << 10;

/// Why a script does not parse.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} ({line}:{column})")]
pub struct SyntaxError {
    /// The engine's words.
    pub message: String,
    /// From 1; 0 where it is about the script as a whole.
    pub line: u32,
    /// From 1, in letters; 0 where it is about the script as a whole.
    pub column: u32,
}

/// Says what is wrong with a script's syntax.
pub fn check(script: &str) -> Result<(), SyntaxError> {
    let whole = |message: String| SyntaxError { message, line: 0, column: 0 };
    if script.len() > MAX_CODE {
        return Err(whole(Failure::code_too_large(script.len()).message));
    }
    let broken = |error: rquickjs::Error| whole(error.to_string());
    let runtime = Runtime::new().map_err(broken)?;
    runtime.set_memory_limit(MEMORY);
    runtime.set_max_stack_size(STACK);
    let context = Context::full(&runtime).map_err(broken)?;
    context.with(|ctx| {
        let script = script.strip_prefix('\u{feff}').unwrap_or(script);
        let mut options = EvalOptions::default();
        options.strict = false;
        options.filename = Some(FILE.to_owned());
        let text = format!("throw 0;{BEFORE}{script}{AFTER}");
        let ended: rquickjs::Result<Value> = ctx.eval_with_options(text, options);
        match ended.catch(&ctx) {
            Err(CaughtError::Exception(error)) => Err(described(error.as_object())),
            Err(CaughtError::Error(error)) => Err(whole(error.to_string())),
            Err(CaughtError::Value(value)) if value.is_null() => Err(whole(Failure::memory(MEMORY).message)),
            Err(CaughtError::Value(_)) | Ok(_) => Ok(()),
        }
    })
}

fn described(error: &Object<'_>) -> SyntaxError {
    let part = |name| error.get::<_, String>(name).unwrap_or_default();
    let (line, column) = place(&part("stack")).unwrap_or_default();
    let column = if line == 1 { column.saturating_sub("throw 0;".len() as u32) } else { column };
    SyntaxError { message: part("message"), line, column }
}

/// Line and column of the first place in the script that a stack names; columns without what we put before it.
pub fn place(stack: &str) -> Option<(u32, u32)> {
    let (_, after) = stack.split_once("script.js:")?;
    let mut numbers = after.split(|letter: char| !letter.is_ascii_digit());
    let line = numbers.next()?.parse().ok()?;
    let column: u32 = numbers.next()?.parse().ok()?;
    Some((line, if line == 1 { column.saturating_sub(BEFORE.len() as u32) } else { column }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_parses_is_fine_and_is_not_run() {
        for fine in [
            "",
            "module.exports = function (context, callback) { callback(null, {}) }",
            "return 1",
            "with ({}) { var let_ = 010 }",
            "\u{feff}module.exports = async () => { for await (const x of y) {} }",
            "// the last line is a comment",
            "while (true) {}",
            "}); for (;;) {} (function () {",
        ] {
            assert_eq!(check(fine), Ok(()), "{fine}");
        }
    }

    #[test]
    fn what_does_not_parse_is_named_with_its_place() {
        for (script, line, column) in [
            ("let a = ;", 1, 9),
            ("\nlet b = 1;\n  let b = 2;", 3, 0),
            ("module.exports = function () {", 2, 0),
            ("await 1", 1, 0),
        ] {
            let error = check(script).unwrap_err();
            assert_eq!(error.line, line, "{script}: {error}");
            assert!(column == 0 || error.column == column, "{script}: {error}");
            assert!(!error.message.is_empty());
        }
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_crash() {
        for (open, close) in
            [("(", ")"), ("[", "]"), ("{a:", "}"), ("!", ""), ("`${", "}`"), ("()=>", ""), ("if(1)", "")]
        {
            let depth = MAX_CODE / (open.len() + close.len()) - 10;
            let script = format!("x = {}0{}", open.repeat(depth), close.repeat(depth));
            let _ = check(&script);
        }
        assert!(check(&"(".repeat(MAX_CODE)).is_err());
        assert!(check(&" ".repeat(MAX_CODE + 1)).unwrap_err().message.contains("50000"));
    }
}
