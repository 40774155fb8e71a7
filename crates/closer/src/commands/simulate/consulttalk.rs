//! `closer simulate consulttalk`: a dealer's relay on this machine, with oneself as the customer.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Arg, ArgMatches, Command};
use engine::lang::Lang;
use server::clock;
use simulator::relay::{Clock, Dialect, Options, Relay, talk};

use crate::{
    commands::{block_on, text, unused_data},
    language::say,
};

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    Command::new("consulttalk")
        .about(say(
            lang,
            "상담톡 딜러 중계를 흉내 내고, 그 고객이 되어 대화해요",
            "Plays a dealer's relay of ConsultationTalk, and you its customer",
        ))
        .arg(Arg::new("receive").value_name("WEBHOOK").help(say(
            lang,
            "상담톡 채널의 웹훅 주소. 나중에 /receive로도 넣어요",
            "The channel's webhook address; /receive sets it later",
        )))
        .arg(
            Arg::new("relay")
                .long("relay")
                .value_name("RELAY")
                .value_parser(Dialect::ALL.map(Dialect::name))
                .default_value("native")
                .help(say(lang, "흉내 낼 중계", "Whose relay")),
        )
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("PORT")
                .value_parser(clap::value_parser!(u16))
                .default_value("8990")
                .help(say(lang, "API 포트. 0이면 빈 포트", "The API's port; 0 for a free one")),
        )
        .arg(Arg::new("user").long("user").value_name("KEY").default_value("me").help(say(
            lang,
            "고객의 user_key. 같은 키는 같은 사람이에요",
            "The customer's user_key; the same key is the same person",
        )))
        .arg(unused_data())
}

/// Runs it.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let dialect = text(matches, "relay").and_then(Dialect::named).context("--relay")?;
    let mut options = Options::of(dialect);
    options.port = matches.get_one("port").copied().unwrap_or_default();
    let machine = clock::Clock::ahead(0);
    options.clock = Clock::of(move || machine.now_ms());
    let user = text(matches, "user").unwrap_or("me").to_owned();
    let chat_lang = if lang == Lang::Ko { simulator::lang::Lang::Ko } else { simulator::lang::Lang::En };
    block_on(async {
        let relay = Relay::start(dialect, options).await.with_context(|| {
            say(
                lang,
                "이 포트는 이미 쓰이고 있어요. --port로 다른 포트를 고르세요",
                "The port is taken: choose another with --port",
            )
        })?;
        if let Some(receive) = text(matches, "receive") {
            anyhow::ensure!(
                relay.set_receive(receive),
                say(
                    lang,
                    "웹훅 주소는 https여야 해요. http는 이 컴퓨터(127.0.0.1)에서만 돼요.",
                    "A webhook's address is https; http works for this machine (127.0.0.1) only."
                )
            );
        }
        // What has to be typed into the channel's settings.
        println!("{}", say(lang, "채널 설정에 넣을 값", "For the channel's settings"));
        println!("  relay        {}", dialect.name());
        println!("  base_url     {}", relay.base_url());
        let host = relay.base_url().trim_start_matches("http://");
        println!(
            "  media_hosts  {host}  {}",
            say(lang, "(파일을 더 받을 호스트)", "(more hosts that files may come from)")
        );
        println!("  sender_key   {}", relay.sender_key());
        for (name, value) in relay.credentials() {
            println!("  {name:<12} {value}");
        }
        println!();
        let mut lines = talk::lines(std::io::BufReader::new(std::io::stdin()));
        talk::talk(&relay, &user, chat_lang, &mut lines, &mut std::io::stdout()).await?;
        Ok(ExitCode::SUCCESS)
    })
}
