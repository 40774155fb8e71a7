//! Which language the command line speaks, and clap's own words in Korean.

use std::process::ExitCode;

use clap::{
    Command,
    error::{ContextKind, ErrorKind},
};
use engine::lang::Lang;

/// The language of the locale: the first of these variables that says something.
pub fn of_locale() -> Lang {
    ["CLOSER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .map_or(Lang::En, |value| Lang::from_tag(&value))
}

/// One of two sentences.
pub fn say(lang: Lang, ko: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Ko => ko,
        Lang::En => en,
    }
}

/// Korean headings for a command and all below it.
pub fn localize(command: Command, lang: Lang) -> Command {
    if lang == Lang::En {
        return command;
    }
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    let mut command = command
        .help_template("{before-help}{about-with-newline}\n사용법: {usage}\n\n{all-args}{after-help}")
        .subcommand_help_heading("명령")
        .mut_args(|argument| {
            let heading = if argument.is_positional() { "인자" } else { "옵션" };
            argument.help_heading(heading)
        });
    for name in names {
        command = command.mut_subcommand(name, |inner| localize(inner, lang));
    }
    command
}

/// Tells what was wrong with the call.
pub fn explain(error: &clap::Error, lang: Lang) -> ExitCode {
    let shows_help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if lang == Lang::En || shows_help {
        let _ = error.print();
        return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    }
    let part = |kind: ContextKind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let said = match error.kind() {
        ErrorKind::UnknownArgument => format!("'{}' 옵션은 없어요.", part(ContextKind::InvalidArg)),
        ErrorKind::InvalidSubcommand => format!("'{}' 명령은 없어요.", part(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => {
            format!("필요한 값이 빠졌어요: {}", part(ContextKind::InvalidArg))
        }
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => {
            format!(
                "'{}'은(는) {}에 쓸 수 없는 값이에요.",
                part(ContextKind::InvalidValue),
                part(ContextKind::InvalidArg)
            )
        }
        ErrorKind::MissingSubcommand => "명령을 적어 주세요.".to_owned(),
        ErrorKind::ArgumentConflict => {
            format!(
                "'{}'은(는) '{}'와(과) 함께 쓸 수 없어요.",
                part(ContextKind::InvalidArg),
                part(ContextKind::PriorArg)
            )
        }
        _ => error.to_string(),
    };
    eprintln!("오류: {said}\n\n도움말: closer --help");
    ExitCode::from(2)
}
