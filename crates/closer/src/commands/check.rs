//! `closer check`: what will not work as a bot's author means.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use channels::kakao::CAPABILITIES;
use clap::{Arg, ArgMatches, Command};
use engine::{
    bot::{BotFile, Complaint, Severity, Spot, check},
    lang::Lang,
};
use serde_json::json;

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
    let complaints = match BotFile::read(&text) {
        Ok(reading) => {
            let mut complaints = reading.warnings;
            complaints.extend(check::check(&reading.file, &limits()));
            complaints.extend(scripts(&reading.file));
            complaints
        }
        Err(refused) => refused.0,
    };
    let worst = complaints.iter().map(|complaint| complaint.severity).max();
    if matches.get_flag("json") {
        println!("{}", serde_json::to_string_pretty(&json!({"complaints": complaints}))?);
    } else {
        print(&complaints, lang);
    }
    Ok(if worst >= Some(Severity::Warning) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Scripts that do not parse, and libraries that they will not get.
fn scripts(file: &BotFile) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut warn = |code, spot: &Spot, ko: String, en: String| {
        complaints.push(Complaint::new(Severity::Warning, code, spot.clone(), ko, en));
    };
    for (spot, script) in check::scripts(file) {
        if let Err(error) = sandbox::check(&script) {
            let (line, column) = (error.line, error.column);
            warn(
                "script-syntax",
                &spot,
                format!("스크립트를 읽을 수 없어요: {line}행 {column}열, {}", error.message),
                format!("The script does not parse: line {line}, column {column}: {}", error.message),
            );
        }
        for name in sandbox::required(&script).into_iter().filter(|name| !sandbox::offers(name)) {
            let offered = sandbox::libraries().join(", ");
            warn(
                "script-library",
                &spot,
                format!("require('{name}')은 쓸 수 없는 라이브러리예요. 쓸 수 있는 것: {offered}"),
                format!("require('{name}') is not offered. Offered are: {offered}"),
            );
        }
    }
    complaints
}

fn limits() -> check::Limits {
    check::Limits {
        channel: ("카카오톡", "KakaoTalk"),
        text: CAPABILITIES.text,
        text_with_buttons: CAPABILITIES.text_with_buttons,
        cards: CAPABILITIES.cards,
        card_title: CAPABILITIES.card_title,
        card_body: CAPABILITIES.card_body,
        buttons: CAPABILITIES.buttons,
        label: CAPABILITIES.label,
        quick_replies: CAPABILITIES.quick_replies,
        payload: CAPABILITIES.payload,
    }
}

fn print(complaints: &[Complaint], lang: Lang) {
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
