//! `closer check`: what will not work as a bot's author means.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Arg, ArgMatches, Command};
use engine::{
    bot::{Complaint, Severity},
    lang::Lang,
};
use serde_json::json;
use server::lint;

use super::{json_option, unused_data};
use crate::language::say;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    Command::new("check")
        .about(say(
            lang,
            "봇 파일의 문제를 찾아요: 끊긴 곳, 닿지 않는 노드, 카카오톡의 한도",
            "Finds what is wrong with a bot file: dead ends, unreachable nodes, KakaoTalk's limits",
        ))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(clap::value_parser!(PathBuf))
                .help(say(lang, "봇 또는 플로우 JSON 파일", "A bot's or a flow's JSON file")),
        )
        .arg(json_option(lang))
        .arg(unused_data())
}

/// Runs it. Exit status 1 where the file is refused or has warnings.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let path = matches.get_one::<PathBuf>("file").context("FILE")?;
    let text = String::from_utf8_lossy(&std::fs::read(path).with_context(|| path.display().to_string())?)
        .into_owned();
    let complaints = lint::complaints(&text, None);
    let worst = complaints.iter().map(|complaint| complaint.severity).max();
    if matches.get_flag("json") {
        println!("{}", serde_json::to_string_pretty(&json!({"complaints": complaints}))?);
    } else {
        print(&complaints, lang);
    }
    Ok(if worst >= Some(Severity::Warning) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// A line for each, and how many there are.
pub(super) fn print(complaints: &[Complaint], lang: Lang) {
    for complaint in complaints {
        let word = match (complaint.severity, lang) {
            (Severity::Error, Lang::Ko) => "오류",
            (Severity::Error, Lang::En) => "error",
            (Severity::Warning, Lang::Ko) => "경고",
            (Severity::Warning, Lang::En) => "warning",
            (Severity::Note, Lang::Ko) => "참고",
            (Severity::Note, Lang::En) => "note",
        };
        println!("{word} [{}] {}", complaint.code, complaint.describe(lang));
    }
    let count = |severity| complaints.iter().filter(|complaint| complaint.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    match lang {
        Lang::Ko => println!("오류 {errors} · 경고 {warnings} · 참고 {notes}"),
        Lang::En => println!("errors {errors} · warnings {warnings} · notes {notes}"),
    }
}
