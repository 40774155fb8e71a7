//! `closer test`: plays a bot's path tests again, without asking the world. For CI.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::Context as _;
use clap::{Arg, ArgMatches, Command};
use engine::{
    bot::{Bot, BotFile},
    lang::Lang,
};
use serde_json::json;
use server::{
    library, script_pool,
    tryout::path::{self, Outcome, Parts, PathTestFile},
};

use super::{block_on, config, hub, json_option, text, with_data};
use crate::language::say;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let file = |name: &'static str, ko: &'static str, en: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name("FILE")
            .value_parser(clap::value_parser!(PathBuf))
            .help(say(lang, ko, en))
    };
    let command = Command::new("test")
        .about(say(
            lang,
            "저장해 둔 경로 테스트를 다시 해 봐요. 바깥 서버는 부르지 않아요",
            "Plays path tests again; no other server is asked",
        ))
        .arg(Arg::new("bot").value_name("BOT").required(true).help(say(
            lang,
            "봇 파일, 또는 --data에 있는 봇의 아이디나 제목",
            "A bot file, or the id or title of a bot in --data",
        )))
        .arg(file(
            "tests",
            "테스트 파일. 없으면 봇 파일 옆의 이름.tests.json, 저장된 봇이면 그 봇의 테스트",
            "A file of tests; without it NAME.tests.json beside the bot file, or the stored bot's own",
        ))
        .arg(
            file("export", "저장된 봇의 테스트를 파일로 내보내요", "Writes the stored bot's tests to a file")
                .conflicts_with_all(["tests", "import"]),
        )
        .arg(
            file(
                "import",
                "파일의 테스트를 저장된 봇에 더해요",
                "Adds the tests of a file to the stored bot",
            )
            .conflicts_with("tests"),
        )
        .arg(json_option(lang));
    with_data(command, lang)
}

/// A bot and the tests that are to be played with it.
struct Given {
    bot: Arc<Bot>,
    bot_id: String,
    tests: Vec<Parts>,
}

/// Runs it. Exit status 1 where a test fails or there is none.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let name = text(matches, "bot").unwrap_or_default();
    block_on(async {
        let is_file = Path::new(name).is_file();
        if !is_file && (matches.contains_id("export") || matches.contains_id("import")) {
            return carry(matches, name, lang).await;
        }
        let given =
            if is_file { of_file(matches, name, lang)? } else { of_store(matches, name, lang).await? };
        if given.tests.is_empty() {
            eprintln!(
                "{}",
                say(
                    lang,
                    "해 볼 테스트가 없어요. 미리보기에서 대화를 테스트로 저장하거나 --tests로 파일을 알려 주세요.",
                    "There are no tests. Keep a conversation of the preview as one, or name a file with --tests.",
                )
            );
            return Ok(ExitCode::FAILURE);
        }
        let pool = script_pool(&config(matches)?.scripts);
        let mut played = Vec::with_capacity(given.tests.len());
        for test in &given.tests {
            played.push((test, path::play(&given.bot, &given.bot_id, test, &pool).await));
        }
        let failed = played.iter().filter(|(_, outcomes)| !passed(outcomes)).count();
        if matches.get_flag("json") {
            println!("{}", serde_json::to_string_pretty(&as_json(&played, lang))?);
        } else {
            print(&played, lang);
            match lang {
                Lang::Ko => println!("통과 {} · 실패 {failed}", played.len() - failed),
                Lang::En => println!("passed {} · failed {failed}", played.len() - failed),
            }
        }
        Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

fn passed(outcomes: &[Outcome]) -> bool {
    outcomes.iter().all(|outcome| outcome.difference.is_none())
}

fn of_file(matches: &ArgMatches, name: &str, lang: Lang) -> anyhow::Result<Given> {
    let text = std::fs::read_to_string(name).with_context(|| name.to_owned())?;
    let reading = BotFile::read(&text).map_err(|refused| {
        let said: Vec<_> = refused.0.iter().map(|complaint| complaint.describe(lang)).collect();
        anyhow::anyhow!("{name}: {}", said.join("; "))
    })?;
    let beside = Path::new(name).with_extension("tests.json");
    let tests = tests_of(matches.get_one::<PathBuf>("tests").unwrap_or(&beside), lang)?;
    Ok(Given {
        bot: Arc::new(Bot::compile(&reading.file)),
        bot_id: tests.bot_id.unwrap_or_else(|| "bot".to_owned()),
        tests: tests.tests,
    })
}

async fn of_store(matches: &ArgMatches, name: &str, lang: Lang) -> anyhow::Result<Given> {
    let hub = hub(matches, lang).await?;
    let row = library::find(&hub, name).await?;
    let draft = hub.store.draft_file(row.id).await?.context("the draft")?;
    let reading = BotFile::read(&draft).map_err(|refused| anyhow::anyhow!("{name}: {refused}"))?;
    let tests = match matches.get_one::<PathBuf>("tests") {
        Some(path) => tests_of(path, lang)?.tests,
        None => library::path_tests(&hub, row.id).await?,
    };
    Ok(Given { bot: Arc::new(Bot::compile(&reading.file)), bot_id: row.id.to_string(), tests })
}

fn tests_of(path: &Path, lang: Lang) -> anyhow::Result<PathTestFile> {
    let text = std::fs::read_to_string(path).with_context(|| {
        let why = say(lang, "테스트 파일을 읽을 수 없어요", "The file of tests cannot be read");
        format!("{why}: {}", path.display())
    })?;
    serde_json::from_str(&text).with_context(|| {
        let why = say(lang, "경로 테스트 파일이 아니에요", "This is no file of path tests");
        format!("{}: {why}", path.display())
    })
}

/// Takes tests out of the store or into it.
async fn carry(matches: &ArgMatches, name: &str, lang: Lang) -> anyhow::Result<ExitCode> {
    let hub = hub(matches, lang).await?;
    let row = library::find(&hub, name).await?;
    if let Some(path) = matches.get_one::<PathBuf>("import") {
        let file = tests_of(path, lang)?;
        library::add_path_tests(&hub, &row, &file.tests).await?;
        let count = file.tests.len();
        match lang {
            Lang::Ko => println!("테스트 {count}개를 '{}'에 더했어요.", row.title),
            Lang::En => println!("Added {count} tests to '{}'.", row.title),
        }
    }
    if let Some(path) = matches.get_one::<PathBuf>("export") {
        let tests = library::path_tests(&hub, row.id).await?;
        let count = tests.len();
        let file = PathTestFile { bot_id: Some(row.id.to_string()), tests };
        std::fs::write(path, serde_json::to_string_pretty(&file)?)
            .with_context(|| path.display().to_string())?;
        match lang {
            Lang::Ko => println!("테스트 {count}개를 {}에 저장했어요.", path.display()),
            Lang::En => println!("Wrote {count} tests to {}.", path.display()),
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(played: &[(&Parts, Vec<Outcome>)], lang: Lang) -> serde_json::Value {
    let results: Vec<_> = played
        .iter()
        .map(|(test, outcomes)| {
            let steps: Vec<_> = test
                .steps
                .iter()
                .zip(outcomes)
                .map(|(step, outcome)| {
                    json!({
                        "passed": outcome.difference.is_none(),
                        "expected": step.answer,
                        "got": outcome.got,
                        "difference": outcome.difference.as_ref().map(|said| said.get(lang)),
                    })
                })
                .collect();
            json!({"name": test.name, "passed": passed(outcomes), "steps": steps})
        })
        .collect();
    json!({"results": results})
}

fn print(played: &[(&Parts, Vec<Outcome>)], lang: Lang) {
    for (test, outcomes) in played {
        println!("{} {}", if passed(outcomes) { "✓" } else { "✗" }, test.name);
        for (at, outcome) in outcomes.iter().enumerate() {
            if let Some(difference) = &outcome.difference {
                let step = at + 1;
                match lang {
                    Lang::Ko => println!("    {step}번째 답변 › {}", difference.get(lang)),
                    Lang::En => println!("    answer {step} › {}", difference.get(lang)),
                }
            }
        }
    }
}
