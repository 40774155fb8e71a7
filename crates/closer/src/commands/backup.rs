//! `closer backup`: a copy of the embedded database, also while the server runs.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Arg, ArgMatches, Command};
use engine::lang::Lang;

use super::{block_on, hub, with_data};
use crate::language::say;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let command = Command::new("backup")
        .about(say(
            lang,
            "데이터베이스를 파일로 백업해요 (서버가 실행 중이어도 돼요)",
            "Backs the database up to a file, also while the server runs",
        ))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(clap::value_parser!(PathBuf))
                .help(say(lang, "새로 만들 백업 파일", "The backup file to make")),
        );
    with_data(command, lang)
}

/// Runs it.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let path = matches.get_one::<PathBuf>("file").context("FILE")?.clone();
    if path.exists() {
        anyhow::bail!(
            "{}: {}",
            path.display(),
            say(
                lang,
                "이미 있는 파일이에요. 다른 이름을 적어 주세요.",
                "This file exists already; give another name."
            )
        );
    }
    block_on(async {
        let hub = hub(matches, lang).await?;
        hub.store.backup_to(&path).await?;
        let size = std::fs::metadata(&path)?.len();
        println!("{} ({size} bytes)", path.display());
        Ok(ExitCode::SUCCESS)
    })
}
