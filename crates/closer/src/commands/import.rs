//! `closer import`: a bot or flow file becomes a bot.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgMatches, Command};
use engine::lang::Lang;
use serde_json::json;
use server::library::{self, AtOnce, LibraryError};

use super::{block_on, check, hub, skill_url, text, with_data};
use crate::language::say;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let command = Command::new("import")
        .about(say(
            lang,
            "봇이나 플로우 파일을 새 봇으로 가져와요",
            "Takes a bot or flow file in as a new bot",
        ))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(clap::value_parser!(PathBuf))
                .help(say(lang, "봇 또는 플로우 JSON 파일", "A bot's or a flow's JSON file")),
        )
        .arg(Arg::new("title").long("title").value_name("T").help(say(
            lang,
            "봇의 제목을 바꿔요",
            "Gives the bot another title",
        )))
        .arg(Arg::new("publish").long("publish").action(ArgAction::SetTrue).help(say(
            lang,
            "바로 배포해요. 오류가 있으면 가져오지 않아요",
            "Publishes it at once; one with errors is not taken in",
        )))
        .arg(Arg::new("force").long("force").action(ArgAction::SetTrue).requires("publish").help(say(
            lang,
            "오류가 있어도 배포해요",
            "Publishes also with errors",
        )));
    with_data(command, lang)
}

/// Runs it.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let path = matches.get_one::<PathBuf>("file").context("FILE")?;
    let file = std::fs::read(path).with_context(|| path.display().to_string())?;
    let file = String::from_utf8(file).map_err(|_| {
        anyhow::anyhow!(
            "{}: {}",
            path.display(),
            say(lang, "UTF-8 글자로 된 파일이 아니에요.", "This file is no UTF-8 text.")
        )
    })?;
    block_on(async {
        let hub = hub(matches, lang).await?;
        let publish = match (matches.get_flag("publish"), matches.get_flag("force")) {
            (false, _) => AtOnce::No,
            (true, false) => AtOnce::Checked,
            (true, true) => AtOnce::Forced,
        };
        let imported = match library::import(&hub, &file, text(matches, "title"), publish).await {
            Ok(imported) => imported,
            Err(LibraryError::Refused(refused)) => {
                eprintln!("{}", say(lang, "이 파일은 가져올 수 없어요.", "This file cannot be taken in."));
                for complaint in &refused.0 {
                    eprintln!("  - {}", complaint.describe(lang));
                }
                return Ok(ExitCode::FAILURE);
            }
            Err(LibraryError::HasErrors(title, complaints)) => {
                check::print(&complaints, lang);
                match lang {
                    Lang::Ko => eprintln!(
                        "'{title}'에 오류가 있어 가져오지 않았어요. 고친 뒤 다시 하거나, 그래도 배포하려면 --force를 붙이세요."
                    ),
                    Lang::En => eprintln!(
                        "'{title}' has errors and was not taken in. Mend them, or add --force to publish all the same."
                    ),
                }
                return Ok(ExitCode::FAILURE);
            }
            Err(error) => return Err(error.into()),
        };
        let id = imported.id.to_string();
        let warnings: Vec<_> = imported.warnings.iter().map(|warning| warning.describe(lang)).collect();
        println!(
            "{}",
            json!({"botId": id, "warnings": warnings, "version": imported.version, "skillUrl": skill_url(&hub.config, &id)})
        );
        Ok(ExitCode::SUCCESS)
    })
}
