//! `closer openapi`: the document of the console's API.

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use engine::lang::Lang;

use super::unused_data;
use crate::language::say;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    Command::new("openapi")
        .about(say(lang, "콘솔 API 문서(OpenAPI 3.1)를 출력해요", "Prints the console's API (OpenAPI 3.1)"))
        .arg(unused_data())
}

/// Runs it.
pub fn run(_: &ArgMatches, _: Lang) -> anyhow::Result<ExitCode> {
    print!("{}", server::http::openapi::text());
    Ok(ExitCode::SUCCESS)
}
