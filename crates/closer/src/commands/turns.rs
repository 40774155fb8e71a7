//! `closer turns`: the stored turns of a bot, oldest first.

use std::{io::Write as _, process::ExitCode};

use clap::{ArgMatches, Command};
use engine::lang::Lang;
use serde_json::json;
use server::library;

use super::{block_on, bot_argument, hub, json_option, text, with_data};
use crate::language::say;

/// How many are read at once.
const PAGE: u32 = 1_000;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let command = Command::new("turns")
        .about(say(
            lang,
            "봇의 저장된 턴을 오래된 것부터 보여 줘요",
            "Lists the stored turns of a bot, oldest first",
        ))
        .arg(bot_argument(lang))
        .arg(json_option(lang));
    with_data(command, lang)
}

/// Runs it.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    block_on(async {
        let hub = hub(matches, lang).await?;
        let bot = library::find(&hub, text(matches, "bot").unwrap_or_default()).await?;
        let mut out = std::io::BufWriter::new(std::io::stdout());
        let mut after = None;
        loop {
            let turns = hub.store.turns(bot.id, after, PAGE).await?;
            let Some(last) = turns.last() else { break };
            after = Some(last.id);
            for turn in &turns {
                if matches.get_flag("json") {
                    let line = json!({"turnId": turn.id.to_string(), "requestId": turn.request_id, "endUser": turn.end_user.to_string(),
                        "at": turn.started_at, "mode": turn.mode, "tookUs": turn.took_us, "fault": turn.fault});
                    writeln!(out, "{line}")?;
                } else {
                    let fault = turn.fault.as_deref().unwrap_or_default();
                    writeln!(
                        out,
                        "{}  {}  {}  {:.1} ms  {fault}",
                        turn.id,
                        turn.end_user,
                        turn.mode,
                        turn.took_us as f64 / 1_000.0
                    )?;
                }
            }
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    })
}
