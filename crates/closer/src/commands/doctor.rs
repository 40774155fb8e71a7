//! `closer doctor`: is everything as it should be here?

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use engine::{bot::BotFile, lang::Lang};
use server::library;

use super::{block_on, config, hub, with_data};
use crate::language::say;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let command = Command::new("doctor").about(say(
        lang,
        "설정, 데이터베이스, 봇을 점검해요",
        "Looks over configuration, database and bots",
    ));
    with_data(command, lang)
}

/// Runs it. Exit status 1 where something needs care.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let mut sound = true;
    let mut tell = |good: bool, what: &str, detail: &str| {
        sound &= good;
        println!("{} {what}: {detail}", if good { "✓" } else { "✗" });
    };
    let config = match config(matches) {
        Ok(config) => config,
        Err(error) => {
            tell(false, say(lang, "설정", "configuration"), &format!("{error:#}"));
            return Ok(ExitCode::FAILURE);
        }
    };
    let place =
        if config.database.is_empty() { config.data.display().to_string() } else { "PostgreSQL".to_owned() };
    tell(true, say(lang, "설정", "configuration"), &format!("{} {}", config.listen, place));
    let https = config.public_url().starts_with("https://");
    let public = if https {
        config.public_url()
    } else {
        say(
            lang,
            "public_url이 https 주소가 아니에요. 카카오는 공개된 https 주소만 호출해요.",
            "public_url is no https address; Kakao only calls public https addresses.",
        )
        .to_owned()
    };
    // A machine for trying things has no public address: worth saying, not worth failing.
    println!("{} {}: {public}", if https { "✓" } else { "•" }, say(lang, "공개 주소", "public address"));
    block_on(async {
        let hub = match hub(matches, lang).await {
            Ok(hub) => hub,
            Err(error) => {
                tell(false, say(lang, "데이터베이스", "database"), &format!("{error:#}"));
                return Ok(());
            }
        };
        match hub.store.ping().await {
            Ok(()) => tell(true, say(lang, "데이터베이스", "database"), say(lang, "응답해요", "answers")),
            Err(error) => tell(false, say(lang, "데이터베이스", "database"), &error.to_string()),
        }
        for bot in library::bots(&hub).await? {
            let file = hub.store.draft_file(bot.id).await?.unwrap_or_default();
            match BotFile::read(&file) {
                Err(refused) => tell(false, &bot.title, &refused.to_string()),
                Ok(_) if bot.bridge.is_some() => {
                    tell(
                        true,
                        &bot.title,
                        say(lang, "예전 서버로 이어지는 브리지", "a bridge to an old server"),
                    );
                }
                Ok(_) if bot.live_version.is_none() => {
                    println!("• {}: {}", bot.title, say(lang, "아직 배포하지 않았어요", "not published yet"));
                }
                Ok(_) => tell(true, &bot.title, &format!("v{}", bot.live_version.unwrap_or_default())),
            }
        }
        let problems = hub.store.problems(None, 5, None).await?;
        for problem in problems {
            println!(
                "• {} {}: {} {}",
                say(lang, "최근 문제", "recent problem"),
                problem.kind,
                problem.place,
                problem.detail
            );
        }
        anyhow::Ok(())
    })?;
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
