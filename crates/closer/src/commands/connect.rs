//! `closer connect` and `closer connections`: the services that bots work with (mail, spreadsheets, language models).

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, builder::PossibleValuesParser};
use engine::lang::Lang;
use serde_json::{Value, json};
use server::vault::{DEFAULT_NAME, Kind};

use super::{block_on, explain_vault, hub, json_option, text, with_data, workspace};
use crate::language::say;

/// What `connect` is called and takes.
pub fn define(lang: Lang) -> Command {
    let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Secret).map(Kind::name);
    let command = Command::new("connect")
        .about(say(
            lang,
            "메일 서버, 구글 시트, 언어 모델 같은 서비스를 연결해요",
            "Connects a service: a mail server, Google Sheets, a language model, …",
        ))
        .arg(
            Arg::new("kind")
                .value_name("KIND")
                .required(true)
                .value_parser(PossibleValuesParser::new(kinds))
                .help(say(lang, "서비스 종류", "The kind of service")),
        )
        .arg(Arg::new("name").value_name("NAME").default_value(DEFAULT_NAME).help(say(
            lang,
            "연결의 이름. 이름을 적지 않은 노드는 default를 써요",
            "The connection's name; nodes that name none use \"default\"",
        )))
        .arg(
            Arg::new("file").long("file").value_name("FILE").value_parser(clap::value_parser!(PathBuf)).help(
                say(
                    lang,
                    "설정이 든 JSON 파일. 구글 서비스 계정 파일은 그대로 쓸 수 있어요",
                    "The settings as a JSON file; Google's service account file as it is",
                ),
            ),
        )
        .arg(Arg::new("remove").long("remove").action(ArgAction::SetTrue).help(say(
            lang,
            "연결을 지워요",
            "Removes the connection",
        )))
        .group(ArgGroup::new("what").args(["file", "remove"]).required(true));
    with_data(command, lang)
}

/// Runs `connect`.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let kind = text(matches, "kind").and_then(Kind::from_name).context("a kind is required")?;
    let name = text(matches, "name").unwrap_or(DEFAULT_NAME);
    let settings = match matches.get_one::<PathBuf>("file") {
        Some(path) => Some(read_settings(path)?),
        None => None,
    };
    block_on(async {
        let hub = hub(matches, lang).await?;
        let workspace = workspace(&hub).await?;
        let (ended, done) = match &settings {
            Some(settings) => (
                hub.vault.put_connection(workspace, kind, name, settings).await,
                say(lang, "연결했어요", "is connected"),
            ),
            None => (hub.vault.remove(workspace, kind, name).await, say(lang, "지웠어요", "is removed")),
        };
        ended.map_err(|error| explain_vault(&error, lang))?;
        println!("{kind} {name}: {done}");
        Ok(ExitCode::SUCCESS)
    })
}

fn read_settings(path: &PathBuf) -> anyhow::Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(text.trim_start_matches('\u{feff}')).with_context(|| path.display().to_string())
}

/// What `connections` is called and takes.
pub fn define_list(lang: Lang) -> Command {
    let command = Command::new("connections")
        .about(say(lang, "연결된 서비스를 보여 줘요", "Lists the connected services"))
        .arg(json_option(lang));
    with_data(command, lang)
}

/// Runs `connections`.
pub fn run_list(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    block_on(async {
        let hub = hub(matches, lang).await?;
        let workspace = workspace(&hub).await?;
        let mut entries = hub.vault.list(workspace).await.map_err(|error| explain_vault(&error, lang))?;
        entries.retain(|entry| entry.kind != Kind::Secret);
        if matches.get_flag("json") {
            let list: Vec<_> = entries
                .iter()
                .map(|entry| {
                    json!({"kind": entry.kind.name(), "name": entry.name, "about": entry.about,
                        "updatedAt": entry.updated_at})
                })
                .collect();
            println!("{}", serde_json::to_string_pretty(&list)?);
        } else if entries.is_empty() {
            println!(
                "{}",
                say(
                    lang,
                    "연결된 서비스가 없어요. closer connect --help 를 보세요.",
                    "No service is connected. See: closer connect --help"
                )
            );
        } else {
            for entry in &entries {
                println!("{}  {}  {}", entry.kind, entry.name, entry.about);
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}
