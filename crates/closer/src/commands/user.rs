//! `closer user`: the people of the console, for whoever has the machine.

use std::{io::Read as _, process::ExitCode};

use anyhow::Context as _;
use clap::{Arg, ArgMatches, Command};
use engine::lang::Lang;
use serde_json::json;
use server::people::{self, NewPerson, PeopleError};

use super::{block_on, hub, json_option, text, with_data};
use crate::language::say;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let email = || {
        Arg::new("email").value_name("EMAIL").required(true).help(say(
            lang,
            "계정의 이메일",
            "The account's e-mail address",
        ))
    };
    let list = Command::new("list").about(say(lang, "계정 목록을 보여 줘요", "Lists the accounts"));
    let add = Command::new("add")
        .about(say(
            lang,
            "계정을 만들어요. 비밀번호는 표준 입력에서 읽어요",
            "Makes an account; its password is read from standard input",
        ))
        .arg(email())
        .arg(Arg::new("name").long("name").value_name("NAME").help(say(
            lang,
            "이름 (기본값: 이메일의 앞부분)",
            "What the person is called (default: the first part of the address)",
        )))
        .arg(
            Arg::new("role")
                .long("role")
                .value_parser(["owner", "admin", "editor", "readonly"])
                .default_value("readonly")
                .help(say(
                    lang,
                    "기본 작업 공간에서의 권한. 첫 계정은 언제나 소유자예요",
                    "The role in the server's workspace; the first account is always its owner",
                )),
        );
    let reset = Command::new("reset")
        .about(say(
            lang,
            "새 비밀번호를 정하는 링크를 만들어요 (30분, 한 번)",
            "Makes a link that sets a new password (once, within 30 minutes)",
        ))
        .arg(email());
    Command::new("user")
        .about(say(lang, "콘솔 계정을 관리해요", "Manages the accounts of the console"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([
            with_data(list.arg(json_option(lang)), lang),
            with_data(add, lang),
            with_data(reset, lang),
        ])
}

/// Runs it.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let (name, inner) = matches.subcommand().context("a command is required")?;
    match name {
        "list" => list(inner, lang),
        "add" => add(inner, lang),
        _ => reset(inner, lang),
    }
}

fn list(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    block_on(async {
        let hub = hub(matches, lang).await?;
        let accounts = hub.store.accounts().await?;
        if matches.get_flag("json") {
            let list: Vec<_> = accounts
                .iter()
                .map(|account| {
                    json!({"id": account.id, "email": account.email, "name": account.name,
                        "totp": account.totp_secret.is_some(), "lastSeenAt": account.last_seen_at})
                })
                .collect();
            println!("{}", serde_json::to_string_pretty(&list)?);
        } else if accounts.is_empty() {
            println!(
                "{}",
                say(
                    lang,
                    "아직 계정이 없어요. 콘솔을 열어 시작하거나 closer user add EMAIL 로 만드세요.",
                    "No accounts yet. Open the console to begin, or make one with: closer user add EMAIL"
                )
            );
        } else {
            for account in accounts {
                println!("{:<32}  {}", account.email, account.name);
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn add(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let email = text(matches, "email").unwrap_or_default();
    let mut password = String::new();
    std::io::stdin().read_to_string(&mut password)?;
    let password = password.trim_end_matches(['\n', '\r']);
    let name = text(matches, "name").or_else(|| email.split('@').next()).unwrap_or_default();
    let workspace = say(lang, "내 작업 공간", "My workspace");
    block_on(async {
        let hub = hub(matches, lang).await?;
        let person = NewPerson { email, password, name, language: lang };
        let role = text(matches, "role").unwrap_or("readonly");
        let added = people::add(&hub, person, role, workspace).await;
        added.map_err(|error| anyhow::anyhow!(explain(&error, lang)))?;
        println!("{}: {email}", say(lang, "계정을 만들었어요", "The account was made"));
        Ok(ExitCode::SUCCESS)
    })
}

fn reset(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    block_on(async {
        let hub = hub(matches, lang).await?;
        let email = people::clean_email(text(matches, "email").unwrap_or_default());
        let account = match email {
            Some(email) => hub.store.account_by_email(&email).await?,
            None => None,
        };
        let account = account.ok_or_else(|| anyhow::anyhow!(explain(&PeopleError::Nobody, lang)))?;
        let link = people::reset_link(&hub, account.id).await?;
        println!("{link}");
        eprintln!(
            "{}",
            say(
                lang,
                "이 링크는 30분 동안 한 번만 쓸 수 있어요. 본인에게만 전해 주세요.",
                "The link works once within 30 minutes. Give it to nobody but its owner."
            )
        );
        Ok(ExitCode::SUCCESS)
    })
}

fn explain(error: &PeopleError, lang: Lang) -> String {
    match (error, lang) {
        (PeopleError::NoEmail, Lang::Ko) => "이메일 주소를 확인해 주세요.".to_owned(),
        (PeopleError::Weak(said), lang) => said.get(lang).to_owned(),
        (PeopleError::Taken, Lang::Ko) => "이미 계정이 있는 이메일이에요.".to_owned(),
        (PeopleError::Nobody, Lang::Ko) => "이 이메일의 계정이 없어요.".to_owned(),
        (error, _) => error.to_string(),
    }
}
