//! `closer publish`: the draft becomes the version that answers.

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use engine::lang::Lang;
use serde_json::json;
use server::library;

use super::{block_on, bot_argument, hub, json_option, text, with_data};
use crate::language::say;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let command = Command::new("publish")
        .about(say(
            lang,
            "초안을 배포해요. 다음 메시지부터 새 버전이 답해요",
            "Publishes the draft; it answers from the next message on",
        ))
        .arg(bot_argument(lang))
        .arg(json_option(lang));
    with_data(command, lang)
}

/// Runs it.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    block_on(async {
        let hub = hub(matches, lang).await?;
        let (bot, version) = library::publish(&hub, text(matches, "bot").unwrap_or_default()).await?;
        if matches.get_flag("json") {
            println!("{}", json!({"botId": bot.id.to_string(), "version": version}));
        } else if lang == Lang::Ko {
            println!("'{}'의 버전 {version}을(를) 배포했어요.", bot.title);
        } else {
            println!("Published version {version} of '{}'.", bot.title);
        }
        Ok(ExitCode::SUCCESS)
    })
}
