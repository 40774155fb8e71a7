//! `closer export`: a bot's draft as a file, on standard output.

use std::{io::Write as _, process::ExitCode};

use clap::{ArgMatches, Command};
use engine::lang::Lang;
use server::library;

use super::{block_on, bot_argument, hub, text, with_data};
use crate::language::say;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let command = Command::new("export")
        .about(say(
            lang,
            "봇을 JSON 파일로 내보내요 (표준 출력)",
            "Writes a bot as a JSON file to standard output",
        ))
        .arg(bot_argument(lang));
    with_data(command, lang)
}

/// Runs it.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    block_on(async {
        let hub = hub(matches, lang).await?;
        let file = library::export(&hub, text(matches, "bot").unwrap_or_default()).await?;
        // No newline at the end: the file must come out byte for byte.
        std::io::stdout().write_all(file.as_bytes())?;
        Ok(ExitCode::SUCCESS)
    })
}
