//! `closer publish`: the draft becomes the version that answers.

use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};
use engine::lang::Lang;
use serde_json::json;
use server::library::{self, LibraryError};

use super::{block_on, bot_argument, check, hub, json_option, text, with_data};
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
        .arg(Arg::new("force").long("force").action(ArgAction::SetTrue).help(say(
            lang,
            "오류가 있어도 배포해요",
            "Publishes also with errors",
        )))
        .arg(json_option(lang));
    with_data(command, lang)
}

/// Runs it. Exit status 1 where the draft has errors; they are listed.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    block_on(async {
        let hub = hub(matches, lang).await?;
        let as_json = matches.get_flag("json");
        let name = text(matches, "bot").unwrap_or_default();
        match library::publish(&hub, name, matches.get_flag("force")).await {
            Ok((bot, version)) => {
                if as_json {
                    println!("{}", json!({"botId": bot.id.to_string(), "version": version}));
                } else if lang == Lang::Ko {
                    println!("'{}'의 버전 {version}을(를) 배포했어요.", bot.title);
                } else {
                    println!("Published version {version} of '{}'.", bot.title);
                }
                Ok(ExitCode::SUCCESS)
            }
            Err(LibraryError::HasErrors(_, complaints)) if as_json => {
                println!("{}", json!({"complaints": complaints}));
                Ok(ExitCode::FAILURE)
            }
            Err(LibraryError::HasErrors(title, complaints)) => {
                check::print(&complaints, lang);
                match lang {
                    Lang::Ko => eprintln!(
                        "'{title}'에 오류가 있어 배포하지 않았어요. 고친 뒤 다시 하거나, 그래도 배포하려면 --force를 붙이세요."
                    ),
                    Lang::En => eprintln!(
                        "'{title}' has errors and was not published. Mend them, or add --force to publish all the same."
                    ),
                }
                Ok(ExitCode::FAILURE)
            }
            Err(LibraryError::Changing(title)) => {
                anyhow::bail!(match lang {
                    Lang::Ko => format!("'{title}'을(를) 누가 고치고 있어요. 잠시 뒤 다시 해 주세요."),
                    Lang::En => format!("'{title}' is being changed. Try again in a moment."),
                })
            }
            Err(error) => Err(error.into()),
        }
    })
}
