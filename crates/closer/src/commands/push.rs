//! `closer push`: a bot speaks first, through Kakao's Event API. Each message costs money, so the help says how much.

use std::{collections::HashSet, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, ensure};
use clap::{
    Arg, ArgAction, ArgMatches, Command,
    builder::{PossibleValuesParser, TypedValueParser as _},
};
use engine::{
    ask::{Push, PushKey, PushTarget},
    lang::Lang,
};
use serde_json::{Map, Value, json};
use server::{effects::provider::Told, library, push};

use super::{block_on, bot_argument, hub, json_option, text, with_data};
use crate::language::say;

/// What Kakao takes for each user, in won without VAT (kakao-skill.md 7).
const COST_KRW: usize = 15;
const CONDITIONS_KO: &str = "\
비용과 조건 (카카오 이벤트 API):
  - 한 명에게 보낼 때마다 15원(부가세 별도)이 비즈월렛에서 나가요. 운영 채널과 개발 채널 모두요.
  - 비즈니스 인증을 받은 채널이어야 하고, 카카오 디벨로퍼스 앱과 연결되어 있어야 해요.
  - 받는 사람이 채널 친구여야 해요. 광고는 카카오의 광고 규정을 따라야 해요.
  - 봇에 같은 이름의 이벤트를 쓰는 블록이 있어야 하고, 배포되어 있어야 해요.
  - 먼저 closer connect kakao_event --file FILE 로 REST API 키와 카카오의 봇 아이디를 연결해 주세요.
    봇마다 다르면 연결 이름을 bot-<봇 아이디>로 해 주세요. 개발 채널은 봇 아이디 끝에 !를 붙여요.
  - 한 번에 100명씩 나누어 보내요. 누구에게 갔는지는 closer pushes BOT 으로 확인하세요.";
const CONDITIONS_EN: &str = "\
Cost and conditions (Kakao's Event API):
  - Each user costs 15 KRW (excl. VAT) from the business wallet, on the operating and the development channel alike.
  - The channel must be business-verified and linked to the Kakao Developers app whose REST key is used.
  - The user must be a friend of the channel. Kakao's rules for advertising apply.
  - A block of the bot must use an event of this name, and be deployed.
  - Connect the REST key and Kakao's bot id first: closer connect kakao_event --file FILE
    Name the connection bot-<bot id> where bots differ. A development channel's bot id ends with an exclamation mark.
  - 100 users go into one call. See whom it reached: closer pushes BOT";

/// What it is called and takes.
pub fn define(lang: Lang) -> Command {
    let several = |name: &'static str, value: &'static str, ko, en| {
        Arg::new(name).long(name).value_name(value).action(ArgAction::Append).help(say(lang, ko, en))
    };
    let kinds = PossibleValuesParser::new(["botUserKey", "plusfriendUserKey", "appUserId"]);
    let command = Command::new("push")
        .about(say(
            lang,
            "봇이 카카오톡 사용자에게 먼저 말을 걸어요 (1명당 15원)",
            "Lets the bot speak to KakaoTalk users first (15 KRW per user)",
        ))
        .after_help(say(lang, CONDITIONS_KO, CONDITIONS_EN))
        .arg(bot_argument(lang))
        .arg(Arg::new("event").long("event").value_name("NAME").required(true).help(say(
            lang,
            "블록에 설정한 이벤트 이름",
            "The event's name, as it is set on the block",
        )))
        .arg(several("user", "KEY", "받을 사용자의 키 (여러 번 쓸 수 있어요)", "A user's key (repeatable)"))
        .arg(
            Arg::new("users-file")
                .long("users-file")
                .value_name("FILE")
                .value_parser(clap::value_parser!(PathBuf))
                .help(say(lang, "한 줄에 키가 하나씩 있는 파일", "A file with one key per line")),
        )
        .arg(
            Arg::new("type")
                .long("type")
                .value_name("TYPE")
                .default_value("botUserKey")
                .value_parser(kinds.map(|name| PushKey::from_name(&name).unwrap_or_default()))
                .help(say(lang, "사용자 키의 종류", "The kind of the users' keys")),
        )
        .arg(several(
            "event-data",
            "KEY=VALUE",
            "블록에서 event.data로 쓰는 값",
            "A value that the block sees as event.data",
        ))
        .arg(several(
            "param",
            "KEY=VALUE",
            "스킬 요청의 params에 담기는 값",
            "A value that the skill request carries as params",
        ))
        .arg(json_option(lang));
    with_data(command, lang)
}

/// Runs it.
pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<ExitCode> {
    let push = Push {
        event: text(matches, "event").unwrap_or_default().to_owned(),
        data: pairs(matches, "event-data", lang)?,
        params: pairs(matches, "param", lang)?,
        to: users(matches, lang)?,
    };
    block_on(async {
        let hub = hub(matches, lang).await?;
        let bot = library::find(&hub, text(matches, "bot").unwrap_or_default()).await?;
        let calls = push::send(&hub, (bot.workspace, bot.id), &push, None)
            .await
            .map_err(|error| anyhow::anyhow!(explain(&error, lang)))?;
        let taken: usize = calls.iter().filter(|call| call.taken.is_ok()).map(|call| call.users).sum();
        if matches.get_flag("json") {
            let list: Vec<Value> = calls.iter().map(|call| shown(call, lang)).collect();
            println!(
                "{}",
                serde_json::to_string_pretty(
                    &json!({"users": push.to.len(), "taken": taken, "calls": list})
                )?
            );
        } else {
            for call in &calls {
                match &call.taken {
                    Ok(accepted) => println!("{}  {}  {}", call.id, call.users, accepted.task_id),
                    Err(error) => println!("{}  {}  {}", call.id, call.users, explain(error, lang)),
                }
            }
            let (all, cost) = (push.to.len(), taken * COST_KRW);
            match lang {
                Lang::Ko => println!(
                    "{all}명 중 {taken}명에게 보내도록 카카오가 받았어요 (다 가면 {cost}원, 부가세 별도). 결과: closer pushes {}",
                    bot.id
                ),
                Lang::En => println!(
                    "Kakao took {taken} of {all} users ({cost} KRW excl. VAT if all are reached). Results: closer pushes {}",
                    bot.id
                ),
            }
        }
        Ok(if taken == push.to.len() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

fn explain(error: &push::PushError, lang: Lang) -> String {
    if lang == Lang::Ko { error.ko() } else { error.to_string() }
}

fn shown(call: &push::Call, lang: Lang) -> Value {
    match &call.taken {
        Ok(taken) => json!({"pushId": call.id.to_string(), "users": call.users, "taskId": taken.task_id}),
        Err(error) => json!({"pushId": call.id.to_string(), "users": call.users,
            "error": {"name": error.name(), "message": explain(error, lang)}}),
    }
}

/// The users of the options and of the file, each once.
fn users(matches: &ArgMatches, lang: Lang) -> anyhow::Result<Vec<PushTarget>> {
    let kind = matches.get_one::<PushKey>("type").copied().unwrap_or_default();
    let file = match matches.get_one::<PathBuf>("users-file") {
        Some(path) => std::fs::read_to_string(path).with_context(|| path.display().to_string())?,
        None => String::new(),
    };
    let given = matches.get_many::<String>("user").into_iter().flatten().map(String::as_str);
    let lines = file.trim_start_matches('\u{feff}').lines();
    let mut seen = HashSet::new();
    let users: Vec<PushTarget> = given
        .chain(lines)
        .map(str::trim)
        .filter(|key| !key.is_empty() && seen.insert((*key).to_owned()))
        .map(|key| PushTarget { kind, id: key.to_owned() })
        .collect();
    ensure!(
        !users.is_empty(),
        say(
            lang,
            "받을 사용자가 없어요. --user나 --users-file을 적어 주세요.",
            "Nobody would receive this: give --user or --users-file."
        )
    );
    Ok(users)
}

fn pairs(matches: &ArgMatches, name: &str, lang: Lang) -> anyhow::Result<Map<String, Value>> {
    let mut map = Map::new();
    for pair in matches.get_many::<String>(name).into_iter().flatten() {
        let (key, value) =
            pair.split_once('=').filter(|(key, _)| !key.trim().is_empty()).with_context(|| {
                format!(
                    "--{name} {pair}: {}",
                    say(lang, "이름=값 모양으로 적어 주세요.", "write it as name=value.")
                )
            })?;
        map.insert(key.trim().to_owned(), value.into());
    }
    Ok(map)
}
