//! `closer kakao`: switches a bot's KakaoTalk channel, and sets the secret header of its skill.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};
use engine::lang::Lang;
use server::library;
use sha2::{Digest, Sha256};

use super::{block_on, bot_argument, hub, skill_url, text, with_data};
use crate::language::say;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let flag = |name: &'static str, ko, en| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(say(lang, ko, en))
    };
    let command = Command::new("kakao")
        .about(say(
            lang,
            "봇의 카카오톡 연결을 켜고 끄고, 스킬 헤더를 정해요",
            "Switches a bot's KakaoTalk channel and sets the skill's secret header",
        ))
        .arg(bot_argument(lang))
        .arg(flag("on", "카카오톡 연결을 켜요", "Switches KakaoTalk on"))
        .arg(flag("off", "카카오톡 연결을 꺼요", "Switches KakaoTalk off"))
        .arg(Arg::new("header").long("header").num_args(2).value_names(["NAME", "VALUE"]).help(say(
            lang,
            "스킬의 '헤더값 입력'과 같은 키와 값만 받아요",
            "Only takes requests with this header (\"헤더값 입력\" of the skill)",
        )))
        .arg(flag("no-header", "헤더를 확인하지 않아요", "Takes requests without a header"))
        .group(ArgGroup::new("switch").args(["on", "off"]))
        .group(ArgGroup::new("secret").args(["header", "no-header"]));
    with_data(command, lang)
}

/// Runs it.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    block_on(async {
        let hub = hub(matches, lang).await?;
        let bot = library::find(&hub, text(matches, "bot").unwrap_or_default()).await?;
        let enabled = match (matches.get_flag("on"), matches.get_flag("off")) {
            (true, _) => true,
            (_, true) => false,
            _ => bot.kakao_enabled,
        };
        let mut given = matches.get_many::<String>("header").into_iter().flatten();
        let header = match (given.next(), given.next()) {
            (Some(name), Some(value)) => {
                let name = name.trim().to_ascii_lowercase();
                let sound = !name.is_empty()
                    && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
                sound.then_some(()).context(say(
                    lang,
                    "헤더 이름에는 영문자, 숫자, - _ 만 쓸 수 있어요.",
                    "A header's name may hold letters, digits, - and _ only.",
                ))?;
                let hash: [u8; 32] = Sha256::digest(value.trim().as_bytes()).into();
                Some(Some((name, hash)))
            }
            _ if matches.get_flag("no-header") => Some(None),
            _ => None,
        };
        hub.store.set_kakao(bot.id, enabled, header, hub.clock.now_ms()).await?;
        let state = if enabled { say(lang, "켜짐", "on") } else { say(lang, "꺼짐", "off") };
        println!("{}: {state}\n{}", bot.title, skill_url(&hub.config, &bot.id.to_string()));
        Ok(ExitCode::SUCCESS)
    })
}
