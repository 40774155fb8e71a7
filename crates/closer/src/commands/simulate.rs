//! `closer simulate kakao`: talks to a bot as a KakaoTalk user; [`consulttalk`] talks to people.

mod consulttalk;

use std::{io::Read as _, process::ExitCode, time::Duration};

use anyhow::Context as _;
use clap::{Arg, ArgMatches, Command};
use engine::lang::Lang;
use simulator::{
    chat,
    crowd::Crowd,
    kakao::{Kakao, Mode},
    script,
};

use super::{block_on, text, unused_data};
use crate::language::say;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let kakao = Command::new("kakao")
        .about(say(
            lang,
            "카카오톡 사용자처럼 스킬 URL과 대화해요",
            "Talks to a skill URL as a KakaoTalk user",
        ))
        .arg(Arg::new("url").value_name("URL").required(true).help(say(lang, "스킬 URL", "The skill URL")))
        .arg(Arg::new("user").long("user").value_name("NAME").default_value("me").help(say(
            lang,
            "사용자 이름. 같은 이름은 같은 사람이에요",
            "Who talks; the same name is the same person",
        )))
        .arg(
            Arg::new("mode")
                .long("mode")
                .value_name("MODE")
                .value_parser(["live", "dev", "test", "editor"])
                .default_value("live")
                .help(say(
                    lang,
                    "운영채널, 개발채널, 봇테스트, 스킬 테스트",
                    "Operating channel, development channel, bot test, skill editor",
                )),
        )
        .arg(Arg::new("header").long("header").num_args(2).value_names(["NAME", "VALUE"]).help(say(
            lang,
            "스킬의 헤더값",
            "The skill's header",
        )))
        .arg(Arg::new("say").long("say").value_name("TEXT").help(say(
            lang,
            "한 번만 말하고 답을 보여 줘요",
            "Says one thing and shows the answer",
        )))
        .arg(Arg::new("script").long("script").value_name("FILE").help(say(
            lang,
            "대본대로 대화하고 다른 점을 알려 줘요 (- 는 표준 입력)",
            "Plays a scene and tells what differs (- for standard input)",
        )))
        .arg(
            Arg::new("crowd")
                .long("crowd")
                .value_name("PEOPLE")
                .value_parser(clap::value_parser!(u64))
                .help(say(lang, "여러 사람이 한꺼번에 말해요", "Many people talk at once")),
        )
        .arg(
            Arg::new("requests")
                .long("requests")
                .value_name("N")
                .value_parser(clap::value_parser!(u64))
                .default_value("10000")
                .help(say(lang, "--crowd의 요청 수", "How many requests, with --crowd")),
        )
        .arg(
            Arg::new("rate")
                .long("rate")
                .value_name("PER_SECOND")
                .value_parser(clap::value_parser!(f64))
                .help(say(
                    lang,
                    "--crowd의 초당 요청 수. 없으면 되는 대로",
                    "Requests per second, with --crowd; without it as fast as answers come",
                )),
        );
    let kakao = kakao.arg(unused_data());
    Command::new("simulate")
        .about(say(lang, "카카오 쪽을 흉내 내요", "Plays Kakao's side"))
        .subcommand_required(true)
        .subcommand(kakao)
        .subcommand(consulttalk::define(lang))
}

/// Runs it.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let (name, matches) = matches.subcommand().context("kakao")?;
    if name == "consulttalk" {
        return consulttalk::run(matches, lang);
    }
    let url = text(matches, "url").unwrap_or_default().to_owned();
    if let Some(people) = matches.get_one::<u64>("crowd") {
        return crowd(matches, &url, *people);
    }
    let mut kakao = Kakao::new(&url).map_err(|_| {
        anyhow::anyhow!(say(
            lang,
            "카카오는 https 주소만 호출해요. http는 이 컴퓨터(127.0.0.1)에서만 돼요.",
            "Kakao only calls https addresses; http works for this machine (127.0.0.1) only."
        ))
    })?;
    kakao.mode = match text(matches, "mode") {
        Some("dev") => Mode::Development,
        Some("test") => Mode::BotTest,
        Some("editor") => Mode::EditorTest,
        _ => Mode::Operating,
    };
    let mut given = matches.get_many::<String>("header").into_iter().flatten().cloned();
    kakao.header = given.next().zip(given.next());
    let mut room = kakao.room(text(matches, "user").unwrap_or("me"));
    let chat_lang = if lang == Lang::Ko { simulator::lang::Lang::Ko } else { simulator::lang::Lang::En };
    block_on(async {
        let mut output = std::io::stdout();
        if let Some(said) = text(matches, "say") {
            let seen = room.says(said).await;
            chat::show(&seen, chat_lang, &mut output)?;
            return Ok(if seen.trouble.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        if let Some(file) = text(matches, "script") {
            let scene = if file == "-" {
                let mut scene = String::new();
                std::io::stdin().read_to_string(&mut scene)?;
                scene
            } else {
                std::fs::read_to_string(file).with_context(|| file.to_owned())?
            };
            let played = script::play(&mut room, &scene, |step, seen| {
                println!("> {step}");
                let _ = chat::show(seen, chat_lang, &mut std::io::stdout());
            })
            .await;
            for difference in &played.differences {
                eprintln!("✗ {difference}");
            }
            println!(
                "{}",
                if lang == Lang::Ko {
                    format!("확인 {} · 다름 {}", played.checked, played.differences.len())
                } else {
                    format!("{} checked, {} differ", played.checked, played.differences.len())
                }
            );
            return Ok(if played.differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        chat::chat(room, chat_lang, &mut std::io::stdin().lock(), &mut output).await?;
        Ok(ExitCode::SUCCESS)
    })
}

fn crowd(matches: &ArgMatches, url: &str, people: u64) -> anyhow::Result<ExitCode> {
    let rest = url.strip_prefix("http://").context("a crowd speaks http")?;
    let (address, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    anyhow::ensure!(
        ["127.0.0.1:", "localhost:", "[::1]:"].iter().any(|local| address.starts_with(local)),
        "a crowd only visits servers on this machine"
    );
    let crowd = Crowd {
        address: address.to_owned(),
        path: path.to_owned(),
        users: people.max(1),
        first_user: 0,
        first_request: 0,
        until_broken: false,
        connections: 64.min(people.max(1) as usize),
        requests: *matches.get_one::<u64>("requests").unwrap_or(&10_000),
        rate: matches.get_one::<f64>("rate").copied(),
        says: ["안녕하세요", "영업시간", "메뉴", "주문 조회"].map(str::to_owned).to_vec(),
        judge_every: 10,
    };
    let outcome = block_on(async { Ok(crowd.run(false).await) })?;
    println!("{}", serde_json::to_string_pretty(&outcome)?);
    let late = Duration::from_millis(4_500).as_secs_f64() * 1_000.0;
    let good = outcome.invalid + outcome.broken + outcome.other_status == 0 && outcome.max < late;
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
