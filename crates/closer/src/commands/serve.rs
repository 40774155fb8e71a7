//! `closer serve`: the server.

mod demo;

use std::{
    io::IsTerminal as _,
    net::{IpAddr, SocketAddr},
    process::ExitCode,
    sync::Arc,
};

use clap::{Arg, ArgAction, ArgMatches, Command};
use engine::lang::Lang;
use server::{Server, config::LogFormat, guard::IpNet};
use tracing_subscriber::{EnvFilter, fmt, prelude::*};

use super::{block_on, config, explain_open, with_data};
use crate::language::say;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let command = Command::new("serve").about(say(lang, "서버를 실행해요", "Runs the server"));
    with_data(command, lang)
        .arg(
            Arg::new("listen")
                .long("listen")
                .value_name("ADDR")
                .env("CLOSER_LISTEN")
                .value_parser(clap::value_parser!(SocketAddr))
                .help(say(
                    lang,
                    "요청을 받을 주소 (기본값: 127.0.0.1:8787)",
                    "Where to listen (default: 127.0.0.1:8787)",
                )),
        )
        .arg(
            Arg::new("allow-outbound")
                .long("allow-outbound")
                .value_name("CIDR")
                .env("CLOSER_ALLOW_OUTBOUND")
                .action(ArgAction::Append)
                .value_delimiter(',')
                .value_parser(range)
                .help(say(
                    lang,
                    "봇이 요청을 보내도 되는 내부망 범위. 여러 번 쓸 수 있어요 (예: 10.1.2.0/24)",
                    "A private range that bots may call; may be repeated (such as 10.1.2.0/24)",
                )),
        )
        .arg(Arg::new("demo").long("demo").action(ArgAction::SetTrue).help(say(
            lang,
            "비밀번호 없이 둘러볼 수 있는 데모를 함께 열어요. 이 컴퓨터에서만 들어올 수 있어요",
            "Also shows a demo that one may look around in without a password, from this machine only",
        )))
}

/// Runs it.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let mut config = config(matches)?;
    if let Some(listen) = matches.get_one::<SocketAddr>("listen") {
        config.listen = *listen;
    }
    config.demo = matches.get_flag("demo");
    config.outbound.allow.extend(matches.get_many::<IpNet>("allow-outbound").into_iter().flatten());
    logs(&config);
    block_on(async move {
        let server =
            Server::build(config).await.map_err(|error| anyhow::anyhow!(explain_open(&error, lang)))?;
        let address = server.address();
        tracing::info!(address = %address, "the server listens");
        let base = format!("http://{address}");
        let bots = demo::bots(server.hub()).await?;
        let skills: Vec<_> = bots
            .iter()
            .map(|(bot, title)| {
                serde_json::json!({"title": title, "skillUrl": format!("{base}/webhook/kakao/{bot}/i/skill")})
            })
            .collect();
        // For programs that start the server and must know its port; people read the log.
        println!("{}", serde_json::json!({"listening": address.to_string(), "demo": skills}));
        let filling = tokio::spawn(demo::fill(Arc::clone(server.hub()), base, bots));
        server.run(stop()).await?;
        filling.abort();
        tracing::info!("the server has stopped");
        Ok(ExitCode::SUCCESS)
    })
}

/// A range, or one address.
fn range(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    text.parse::<IpNet>()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| format!("{text}: 10.1.2.0/24, 192.168.0.7, fd00::/8"))
}

fn logs(config: &server::config::Config) {
    let level = std::env::var("CLOSER_LOG").unwrap_or_else(|_| config.log.level.clone());
    let filter = EnvFilter::try_new(&level).unwrap_or_else(|_| EnvFilter::new("info"));
    let wants_json = match std::env::var("CLOSER_LOG_FORMAT").as_deref() {
        Ok("json") => true,
        Ok(_) => false,
        Err(_) => config.log.format == LogFormat::Json,
    };
    let registry = tracing_subscriber::registry().with(filter);
    if wants_json {
        registry.with(fmt::layer().json().with_writer(std::io::stderr)).init();
    } else {
        registry
            .with(fmt::layer().with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr))
            .init();
    }
}

/// Ctrl-C, or the signal of a service manager.
async fn stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
