//! `closer bridge`: old servers of the closed auto-reply API (API형 스마트채팅) behind a bot.
//!
//! `check` makes the calls that Kakao's own test made; `add` makes the bot; `allow` is the operator's word that a bridge
//! may reach an address that is not public.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgMatches, Command};
use engine::{bot::BotFile, lang::Lang};
use serde_json::json;
use server::{
    Hub,
    bridge::{
        Options, Settings, address,
        check::{self, Report},
    },
    library,
};
use store::{BotId, NewBot};

use super::{block_on, bot_argument, hub, json_option, skill_url, text, with_data, workspace};
use crate::language::say;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let url = || {
        Arg::new("url").value_name("URL").required(true).help(say(
            lang,
            "예전 서버의 주소. 이 뒤에 /keyboard, /message가 붙어요",
            "The old server's address, to which /keyboard and /message are appended",
        ))
    };
    let inside = || {
        Arg::new("allow-private").long("allow-private").action(ArgAction::SetTrue).help(say(
            lang,
            "사내망처럼 공개되지 않은 주소도 불러요",
            "Calls the address even if it is not public, such as one inside the company",
        ))
    };
    Command::new("bridge")
        .about(say(
            lang,
            "API형 스마트채팅으로 만든 예전 서버를 카카오톡에 다시 연결해요",
            "Brings a server of the closed auto-reply API (API형 스마트채팅) back to KakaoTalk",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(with_data(
            Command::new("check")
                .about(say(
                    lang,
                    "예전 서버를 카카오의 API TEST와 같은 순서로 불러 봐요",
                    "Calls the old server as Kakao's own API TEST did, in its order",
                ))
                .arg(url())
                .arg(Arg::new("say").long("say").value_name("TEXT").help(say(
                    lang,
                    "마지막에 /message로 보낼 말",
                    "What to send to /message in the end",
                )))
                .arg(inside())
                .arg(json_option(lang)),
            lang,
        ))
        .subcommand(with_data(
            Command::new("add")
                .about(say(
                    lang,
                    "예전 서버를 새 챗봇으로 연결해요",
                    "Makes a bot that the old server answers for",
                ))
                .arg(url())
                .arg(Arg::new("title").long("title").value_name("T").help(say(
                    lang,
                    "챗봇의 제목",
                    "What the bot is called",
                )))
                .arg(inside()),
            lang,
        ))
        .subcommand(with_data(
            Command::new("allow")
                .about(say(
                    lang,
                    "브리지가 공개되지 않은 주소의 서버를 부르게 해요",
                    "Lets a bridge call its server although the address is not public",
                ))
                .arg(bot_argument(lang))
                .arg(Arg::new("stop").long("stop").action(ArgAction::SetTrue).help(say(
                    lang,
                    "다시 막아요",
                    "Forbids it again",
                ))),
            lang,
        ))
}

/// Runs it.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let (name, inner) = matches.subcommand().context("a command is required")?;
    match name {
        "check" => block_on(check(inner, lang)),
        "add" => block_on(add(inner, lang)),
        _ => block_on(allow(inner, lang)),
    }
}

fn settings(matches: &ArgMatches, lang: Lang) -> anyhow::Result<Settings> {
    let url = text(matches, "url").unwrap_or_default();
    let mut settings = Settings::new(url, Options::default()).map_err(|_| {
        anyhow::anyhow!(
            "{url}: {}",
            say(
                lang,
                "http:// 또는 https://로 시작하고 ?나 #이 없는 주소를 적어 주세요.",
                "Give an address that begins with http:// or https:// and has no '?' or '#'.",
            )
        )
    })?;
    if matches.get_flag("allow-private") {
        settings.open_inside();
    }
    Ok(settings)
}

/// What is odd about an address, to standard error.
fn warn(settings: &Settings, lang: Lang) {
    let Some(surplus) = address::base(&settings.url).ok().and_then(|base| base.surplus) else { return };
    let rest = &settings.url[..settings.url.len() - surplus.len()];
    match lang {
        Lang::Ko => eprintln!(
            "주의: 주소가 {surplus}로 끝나요. 그러면 {surplus}/keyboard를 부르게 돼요. {rest} 를 적으려던 건 아닌가요?"
        ),
        Lang::En => eprintln!(
            "Note: the address ends in {surplus}, so that {surplus}/keyboard is called. Did you mean {rest}?"
        ),
    }
}

async fn check(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let settings = settings(matches, lang)?;
    warn(&settings, lang);
    let hub = hub(matches, lang).await?;
    let report = check::run(&hub, &settings, text(matches, "say")).await;
    if matches.get_flag("json") {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print(&report, lang);
    }
    Ok(if report.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(report: &Report, lang: Lang) {
    println!("{}", report.url);
    for call in &report.calls {
        let mark = match (call.ok, call.needed) {
            (true, _) => "✓",
            (false, true) => "✗",
            (false, false) => "-",
        };
        let status = call.status.map_or_else(|| "…".to_owned(), |status| status.to_string());
        println!("{mark} {}  {status}  {} ms", call.call, call.took_ms);
        let said = say_of(&call.ko, &call.en, lang);
        if !said.is_empty() {
            println!("    {said}");
        }
        for line in call.answer.lines().take(8) {
            println!("    │ {line}");
        }
        if !call.buttons.is_empty() {
            println!("    {} [{}]", say(lang, "버튼:", "Buttons:"), call.buttons.join("] ["));
        }
    }
    println!(
        "{}",
        if report.ok {
            say(lang, "이 서버는 연결할 수 있어요.", "This server can be bridged.")
        } else {
            say(
                lang,
                "GET /keyboard에 답하지 않아서 아직 연결할 수 없어요.",
                "It does not answer GET /keyboard as it should, so it cannot be bridged yet.",
            )
        }
    );
}

fn say_of<'a>(ko: &'a str, en: &'a str, lang: Lang) -> &'a str {
    match lang {
        Lang::Ko => ko,
        Lang::En => en,
    }
}

async fn add(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let settings = settings(matches, lang)?;
    warn(&settings, lang);
    let hub = hub(matches, lang).await?;
    let workspace = workspace(&hub).await?;
    let title = text(matches, "title").map_or_else(|| host_of(&settings), str::to_owned);
    let now_ms = hub.clock.now_ms();
    let id = BotId::new(now_ms, hub.die.roll_wide());
    let mut reading = BotFile::read(server::bridge::BLANK).map_err(|refused| anyhow::anyhow!("{refused}"))?;
    reading.file.set_title(&title);
    let draft = reading.file.write();
    let bot = NewBot { id, workspace, title, description: String::new(), draft, now_ms };
    hub.store.create_bridge(bot, &settings.write()).await?;
    let id = id.to_string();
    println!("{}", json!({"botId": id, "url": settings.url, "skillUrl": skill_url(&hub.config, &id)}));
    Ok(ExitCode::SUCCESS)
}

fn host_of(settings: &Settings) -> String {
    let rest = settings.url.split_once("://").map_or(settings.url.as_str(), |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or_default().chars().take(60).collect()
}

async fn allow(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let hub = hub(matches, lang).await?;
    let row = library::find(&hub, text(matches, "bot").unwrap_or_default()).await?;
    let mut settings = row.bridge.as_deref().and_then(Settings::read).with_context(|| {
        format!("{}: {}", row.title, say(lang, "브리지 챗봇이 아니에요.", "This bot is no bridge."))
    })?;
    if matches.get_flag("stop") {
        settings.inside = None;
    } else {
        settings.open_inside();
    }
    set(&hub, row.id, &settings).await?;
    let said = match settings.inside {
        Some(_) => say(lang, "이 주소의 서버를 불러요", "this address is called"),
        None => say(lang, "공개 주소만 불러요", "only public addresses are called"),
    };
    println!("{}: {said}", settings.url);
    Ok(ExitCode::SUCCESS)
}

async fn set(hub: &Hub, bot: BotId, settings: &Settings) -> anyhow::Result<()> {
    Ok(hub.store.set_bridge(bot, &settings.write(), hub.clock.now_ms()).await?)
}
