//! All commands, and what they share: where the data is.

mod backup;
mod bots;
mod bridge;
mod check;
mod connect;
mod doctor;
mod export;
mod import;
mod js_worker;
mod kakao;
mod openapi;
mod publish;
mod push;
mod pushes;
mod secret;
mod serve;
mod simulate;
mod test;
mod turns;
mod user;

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgMatches, Command};
use engine::lang::Lang;
use server::{Hub, config::Config, vault::VaultError};
use store::WorkspaceId;

use crate::language::{localize, say};

/// The whole command line.
pub fn define(lang: Lang) -> Command {
    let command = Command::new("closer")
        .about(say(
            lang,
            "카카오톡 챗봇을 내 서버에서 운영해요: 봇 파일을 가져와 배포하고, 오픈빌더 스킬로 연결하세요.",
            "Runs KakaoTalk chatbots on your own server: import a bot file, publish it, connect it as an OpenBuilder skill.",
        ))
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([
            serve::define(lang),
            import::define(lang),
            export::define(lang),
            publish::define(lang),
            bots::define(lang),
            bridge::define(lang),
            kakao::define(lang),
            secret::define(lang),
            connect::define(lang),
            connect::define_list(lang),
            check::define(lang),
            test::define(lang),
            simulate::define(lang),
            turns::define(lang),
            push::define(lang),
            pushes::define(lang),
            doctor::define(lang),
            backup::define(lang),
            user::define(lang),
            openapi::define(lang),
            js_worker::define(),
        ]);
    localize(command, lang)
}

/// Runs the command that was called.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let (name, inner) = matches.subcommand().context("a command is required")?;
    match name {
        "serve" => serve::run(inner, lang),
        "import" => import::run(inner, lang),
        "export" => export::run(inner, lang),
        "publish" => publish::run(inner, lang),
        "bots" => bots::run(inner, lang),
        "bridge" => bridge::run(inner, lang),
        "kakao" => kakao::run(inner, lang),
        "secret" => secret::run(inner, lang),
        "connect" => connect::run(inner, lang),
        "connections" => connect::run_list(inner, lang),
        "check" => check::run(inner, lang),
        "test" => test::run(inner, lang),
        "simulate" => simulate::run(inner, lang),
        "turns" => turns::run(inner, lang),
        "push" => push::run(inner, lang),
        "pushes" => pushes::run(inner, lang),
        "doctor" => doctor::run(inner, lang),
        "backup" => backup::run(inner, lang),
        "user" => user::run(inner, lang),
        "openapi" => openapi::run(inner, lang),
        "js-worker" => Ok(js_worker::run()),
        other => anyhow::bail!("{other}"),
    }
}

/// The options that say where the data is.
fn with_data(command: Command, lang: Lang) -> Command {
    command
        .arg(
            Arg::new("data")
                .long("data")
                .value_name("DIR")
                .env("CLOSER_DATA")
                .value_parser(clap::value_parser!(PathBuf))
                .help(say(lang, "데이터 폴더 (기본값: data)", "The data folder (default: data)")),
        )
        .arg(
            Arg::new("database")
                .long("database")
                .value_name("URL")
                .env("CLOSER_DATABASE")
                .hide_env_values(true)
                .help(say(
                    lang,
                    "PostgreSQL 주소. 없으면 데이터 폴더의 SQLite",
                    "A PostgreSQL address; without it, SQLite in the data folder",
                )),
        )
        .arg(
            Arg::new("config")
                .long("config")
                .value_name("FILE")
                .env("CLOSER_CONFIG")
                .value_parser(clap::value_parser!(PathBuf))
                .help(say(
                    lang,
                    "설정 파일 (기본값: 데이터 폴더의 closer.toml)",
                    "The configuration (default: closer.toml in the data folder)",
                )),
        )
}

/// `--data` of a command that touches no data: whoever sets it for all commands may set it here too.
fn unused_data() -> Arg {
    Arg::new("data").long("data").value_name("DIR").hide(true)
}

/// An option that asks for JSON.
fn json_option(lang: Lang) -> Arg {
    Arg::new("json").long("json").action(ArgAction::SetTrue).help(say(
        lang,
        "프로그램이 읽을 JSON으로 출력해요",
        "Prints JSON for programs",
    ))
}

/// The bot that a command is about.
fn bot_argument(lang: Lang) -> Arg {
    Arg::new("bot").value_name("BOT").required(true).help(say(
        lang,
        "봇 아이디 또는 하나뿐인 제목",
        "The bot's id, or its title where only one has it",
    ))
}

fn text<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a str> {
    matches.get_one::<String>(name).map(String::as_str)
}

/// The configuration with what the command line says on top.
fn config(matches: &ArgMatches) -> anyhow::Result<Config> {
    let path = |name: &str| matches.get_one::<PathBuf>(name).map(PathBuf::as_path);
    let mut config = Config::read(path("config"), path("data"))?;
    if let Some(database) = text(matches, "database") {
        database.clone_into(&mut config.database);
    }
    Ok(config)
}

/// A runtime for one command.
fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(work)
}

/// The store of the data folder, opened with or without a running server.
async fn hub(matches: &ArgMatches, lang: Lang) -> anyhow::Result<Arc<Hub>> {
    let config = config(matches)?;
    Hub::open(config).await.map_err(|error| anyhow::anyhow!(explain_open(&error, lang)))
}

/// The workspace that commands work in.
async fn workspace(hub: &Hub) -> anyhow::Result<WorkspaceId> {
    Ok(hub.store.default_workspace(hub.clock.now_ms(), hub.die.roll_wide()).await?)
}

fn explain_vault(error: &VaultError, lang: Lang) -> anyhow::Error {
    match lang {
        Lang::Ko => anyhow::anyhow!(error.ko()),
        Lang::En => anyhow::anyhow!(error.to_string()),
    }
}

fn explain_open(error: &server::BuildError, lang: Lang) -> String {
    match (error, lang) {
        (server::BuildError::Store(error), Lang::Ko) => error.ko(),
        (server::BuildError::DemoInPublic, Lang::Ko) => {
            "데모는 비밀번호 없이 들어올 수 있어서 이 컴퓨터에서만 열 수 있어요. 127.0.0.1로 열고 public_url을 비우거나, --demo 없이 실행해 주세요.".to_owned()
        }
        (error, _) => error.to_string(),
    }
}

/// The address to be pasted into OpenBuilder.
fn skill_url(config: &Config, bot: &str) -> String {
    format!("{}/webhook/kakao/{bot}/i/skill", config.public_url())
}
