//! `closer bots`: what is there.

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use engine::lang::Lang;
use serde_json::json;
use server::library;

use super::{block_on, hub, json_option, skill_url, with_data};
use crate::language::say;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let command =
        Command::new("bots").about(say(lang, "봇 목록을 보여 줘요", "Lists the bots")).arg(json_option(lang));
    with_data(command, lang)
}

/// Runs it.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    block_on(async {
        let hub = hub(matches, lang).await?;
        let bots = library::bots(&hub).await?;
        if matches.get_flag("json") {
            let list: Vec<_> = bots
                .iter()
                .map(|bot| {
                    let id = bot.id.to_string();
                    json!({"botId": id, "title": bot.title, "description": bot.description, "liveVersion": bot.live_version,
                        "kind": if bot.bridge.is_some() { "bridge" } else { "flows" },
                        "draftRevision": bot.draft_revision, "kakao": {"on": bot.kakao_enabled, "header": bot.kakao_header_name},
                        "skillUrl": skill_url(&hub.config, &id)})
                })
                .collect();
            println!("{}", serde_json::to_string_pretty(&list)?);
        } else if bots.is_empty() {
            println!(
                "{}",
                say(
                    lang,
                    "아직 봇이 없어요. closer import FILE --publish 로 가져오세요.",
                    "No bots yet. Take one in with: closer import FILE --publish"
                )
            );
        } else {
            for bot in &bots {
                let live = match (&bot.bridge, bot.live_version) {
                    (Some(_), _) => say(lang, "브리지", "bridge").to_owned(),
                    (None, Some(number)) => format!("v{number}"),
                    (None, None) => say(lang, "배포 전", "not published").to_owned(),
                };
                println!("{}  {:<12}  {}", bot.id, live, bot.title);
                println!("    {}", skill_url(&hub.config, &bot.id.to_string()));
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}
