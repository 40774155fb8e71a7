//! `closer pushes`: what became of a bot's pushes, for each user. Results that are still open are asked for first.

use std::{io::Write as _, process::ExitCode};

use clap::{Arg, ArgAction, ArgMatches, Command};
use engine::lang::Lang;
use serde_json::{Value, json};
use server::{library, push};
use store::{PushRow, PushState, PushTargetRow, TargetState};

use super::{block_on, bot_argument, hub, json_option, text, with_data};
use crate::language::say;

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let command = Command::new("pushes")
        .about(say(
            lang,
            "먼저 건 말이 누구에게 갔는지, 최근 것부터 보여 줘요",
            "Lists a bot's pushes and whom they reached, newest first",
        ))
        .arg(bot_argument(lang))
        .arg(
            Arg::new("limit")
                .long("limit")
                .value_name("N")
                .default_value("20")
                .value_parser(clap::value_parser!(u32).range(1..=1_000))
                .help(say(lang, "몇 번의 요청까지 볼지", "How many calls are shown")),
        )
        .arg(Arg::new("offline").long("offline").action(ArgAction::SetTrue).help(say(
            lang,
            "카카오에 결과를 묻지 않고 저장된 것만 보여 줘요",
            "Shows what is stored without asking Kakao for results",
        )))
        .arg(json_option(lang));
    with_data(command, lang)
}

/// Runs it.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let limit = matches.get_one::<u32>("limit").copied().unwrap_or(20);
    block_on(async {
        let hub = hub(matches, lang).await?;
        let bot = library::find(&hub, text(matches, "bot").unwrap_or_default()).await?;
        if !matches.get_flag("offline") {
            push::fetch(&hub, bot.id, limit).await?;
        }
        let mut out = std::io::BufWriter::new(std::io::stdout());
        for row in hub.store.pushes(bot.id, limit, None).await? {
            let users = hub.store.push_targets(row.id).await?;
            if matches.get_flag("json") {
                writeln!(out, "{}", shown(&row, &users))?;
                continue;
            }
            let count = |state: TargetState| users.iter().filter(|user| user.state == state).count();
            let sum = match lang {
                Lang::Ko => format!(
                    "{}명: 보냄 {}, 실패 {}, 기다리는 중 {}, 알 수 없음 {}",
                    row.users,
                    count(TargetState::Sent),
                    count(TargetState::Failed),
                    count(TargetState::Accepted) + count(TargetState::Sending),
                    count(TargetState::Unknown)
                ),
                Lang::En => format!(
                    "{} users: {} sent, {} failed, {} waiting, {} unknown",
                    row.users,
                    count(TargetState::Sent),
                    count(TargetState::Failed),
                    count(TargetState::Accepted) + count(TargetState::Sending),
                    count(TargetState::Unknown)
                ),
            };
            writeln!(out, "{}  {}  {}  {sum}", row.id, row.event, state(row.state, lang))?;
            if !row.message.is_empty() {
                writeln!(out, "    {}", row.message)?;
            }
            // What is wrong with the whole call stands above already.
            let of_its_own = |user: &&PushTargetRow| {
                user.state != TargetState::Sent
                    && user.error.as_deref().is_some_and(|error| error != row.message)
            };
            for user in users.iter().filter(of_its_own) {
                writeln!(out, "    {}  {}", user.user_key, why(user, lang))?;
            }
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    })
}

fn state(state: PushState, lang: Lang) -> &'static str {
    match state {
        PushState::Sending => say(lang, "보내는 중", "sending"),
        PushState::Open => say(lang, "결과 기다리는 중", "waiting for results"),
        PushState::Done => say(lang, "끝", "done"),
        PushState::Refused => say(lang, "거절됨", "refused"),
        PushState::Unknown => say(lang, "갔는지 알 수 없음", "unknown whether it was taken"),
        PushState::Expired => say(lang, "결과가 오지 않음", "no results came"),
    }
}

/// Why a user was not reached. What is stored is Korean; a number of Kakao's that is known is told in English, too.
fn why(user: &PushTargetRow, lang: Lang) -> String {
    let error = user.error.clone().unwrap_or_default();
    let Some(number) = user.error_type else { return error };
    let meaning = if lang == Lang::En { push::explain::error_type(number, lang) } else { None };
    format!("[{number}] {}", meaning.map_or(error, str::to_owned))
}

fn shown(row: &PushRow, users: &[PushTargetRow]) -> Value {
    let users: Vec<Value> = users
        .iter()
        .map(|user| {
            json!({"type": user.user_type, "id": user.user_key, "state": user.state.name(),
                "errorType": user.error_type, "error": user.error})
        })
        .collect();
    json!({"pushId": row.id.to_string(), "event": row.event, "taskId": row.task_id, "state": row.state.name(),
        "message": row.message, "at": row.created_at, "users": users})
}
