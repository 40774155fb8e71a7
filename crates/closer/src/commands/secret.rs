//! `closer secret`: values that bots use in calls and nobody reads, such as API keys.
//!
//! A value is never an argument: those stand in the shell's history and in the list of processes.

use std::{
    io::{BufRead as _, IsTerminal as _, Read as _, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{Arg, ArgMatches, Command};
use engine::lang::Lang;
use serde_json::json;
use server::vault::Kind;

use super::{block_on, explain_vault, hub, json_option, text, with_data, workspace};
use crate::language::say;

/// Bytes that are read at most; the vault takes less.
const MAX_READ: u64 = 1024 * 1024;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let name = || {
        Arg::new("name").value_name("NAME").required(true).help(say(
            lang,
            "비밀값의 이름. 봇에서는 {{SECRET(\"이름\")}}으로 써요",
            "The secret's name; bots write {{SECRET(\"name\")}}",
        ))
    };
    let set = Command::new("set")
        .about(say(
            lang,
            "비밀값을 정해요. 값은 표준 입력이나 파일에서 읽어요",
            "Sets a secret; its value is read from standard input or from a file",
        ))
        .arg(name())
        .arg(
            Arg::new("value-file")
                .long("value-file")
                .value_name("FILE")
                .value_parser(clap::value_parser!(PathBuf))
                .help(say(lang, "값이 든 파일", "The file that holds the value")),
        );
    let list = Command::new("list")
        .about(say(lang, "비밀값의 이름을 보여 줘요", "Lists the names of secrets"))
        .arg(json_option(lang));
    let remove = Command::new("remove").about(say(lang, "비밀값을 지워요", "Removes a secret")).arg(name());
    Command::new("secret")
        .about(say(
            lang,
            "API 키처럼 봇이 요청에 쓰는 비밀값을 잠가서 보관해요",
            "Keeps values that bots send and nobody reads, such as API keys, under lock",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([set, list, remove].map(|command| with_data(command, lang)))
}

/// Runs it.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let (command, inner) = matches.subcommand().context("a command is required")?;
    let name = || text(inner, "name").unwrap_or_default();
    match command {
        "set" => {
            let value = read_value(inner, lang)?;
            block_on(async {
                let hub = hub(inner, lang).await?;
                let workspace = workspace(&hub).await?;
                let put = hub.vault.put_secret(workspace, name(), &value).await;
                put.map_err(|error| explain_vault(&error, lang))?;
                println!("{}: {}", name(), say(lang, "정했어요", "is set"));
                Ok(ExitCode::SUCCESS)
            })
        }
        "remove" => block_on(async {
            let hub = hub(inner, lang).await?;
            let workspace = workspace(&hub).await?;
            let removed = hub.vault.remove(workspace, Kind::Secret, name()).await;
            removed.map_err(|error| explain_vault(&error, lang))?;
            println!("{}: {}", name(), say(lang, "지웠어요", "is removed"));
            Ok(ExitCode::SUCCESS)
        }),
        _ => list(inner, lang),
    }
}

fn list(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    block_on(async {
        let hub = hub(matches, lang).await?;
        let workspace = workspace(&hub).await?;
        let mut entries = hub.vault.list(workspace).await.map_err(|error| explain_vault(&error, lang))?;
        entries.retain(|entry| entry.kind == Kind::Secret);
        if matches.get_flag("json") {
            let list: Vec<_> = entries
                .iter()
                .map(|entry| json!({"name": entry.name, "updatedAt": entry.updated_at}))
                .collect();
            println!("{}", serde_json::to_string_pretty(&list)?);
        } else if entries.is_empty() {
            println!(
                "{}",
                say(
                    lang,
                    "비밀값이 없어요. closer secret set 이름 으로 정해 주세요.",
                    "There are no secrets. Set one with: closer secret set NAME"
                )
            );
        } else {
            for entry in &entries {
                println!("{}", entry.name);
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// The value without the line break that editors and shells put at its end.
fn read_value(matches: &ArgMatches, lang: Lang) -> anyhow::Result<String> {
    let mut value = String::new();
    if let Some(path) = matches.get_one::<PathBuf>("value-file") {
        let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
        file.take(MAX_READ).read_to_string(&mut value).with_context(|| path.display().to_string())?;
    } else if std::io::stdin().is_terminal() {
        eprint!("{}", say(lang, "값을 붙여 넣고 Enter를 눌러 주세요: ", "Paste the value and press Enter: "));
        std::io::stderr().flush()?;
        std::io::stdin().lock().read_line(&mut value)?;
    } else {
        std::io::stdin().lock().take(MAX_READ).read_to_string(&mut value)?;
    }
    Ok(value.trim_end_matches(['\r', '\n']).to_owned())
}
