//! The one binary: the server, and the commands that work with or without it.
//!
//! A command is a file under `commands/` with a `define` (what it is called and takes, in both languages) and a `run`.
//! Results go to standard output, everything else to standard error; exit status 1 says that the command failed, 2
//! that it was called wrongly.

mod commands;
mod language;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Many small JSON values come and go: this allocator gives their memory back more steadily than the system's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let lang = language::of_locale();
    let matches = match commands::define(lang).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return language::explain(&error, lang),
    };
    match commands::run(&matches, lang) {
        Ok(code) => code,
        Err(error) => {
            let word = lang_word(lang);
            eprintln!("{word}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn lang_word(lang: engine::lang::Lang) -> &'static str {
    match lang {
        engine::lang::Lang::Ko => "오류",
        engine::lang::Lang::En => "error",
    }
}
