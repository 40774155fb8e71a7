//! Bridges: bots that an old server answers for (spec legacy-smartchat.md 7, product.md K12).

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use channels::smartchat::{Many, Options, Pictures, address::NoBase};
use engine::bot::BotFile;
use serde::{Deserialize, Serialize};
use store::{BotId, BotRow, NewBot};
use utoipa::ToSchema;

use super::{
    bots::{self, Bot, BotMade},
    insight::{bot_of, gone_if_stale},
    noting,
};
use crate::{
    Hub,
    bridge::{
        BLANK, Settings,
        check::{self, Report},
        recorded,
    },
    http::{
        access::{Caller, Speaks},
        input::{Check, Ids, Json, MAX_NAME},
        problem::{Problem, Thing},
    },
};

/// Home words of one bridge.
const MAX_HOME_WORDS: usize = 20;
/// Characters of a base address.
const MAX_URL: usize = 500;
/// Items of the lists of a proposal that are sent.
const MAX_LISTED: usize = 100;

/// Where a bridge leads, and how it behaves.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Bridge {
    /// The base address, to which `/keyboard` and `/message` are appended.
    url: String,
    /// Has an operator opened the address although it is not public?
    inside: bool,
    /// How it behaves.
    options: BridgeOptions,
}

/// How a bridge behaves.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BridgeOptions {
    /// What is said over the home keyboard, which has no text of its own.
    greeting: String,
    /// What is said when the old server does not answer.
    failure: String,
    /// Texts that bring the home keyboard.
    home_words: Vec<String>,
    /// What was not offered as a button is not sent to the old server.
    strict_buttons: bool,
    /// Where more than ten buttons go.
    many: BridgeMany,
    /// Tell the old server of people whose first message is not the welcome block.
    tell_old_friends: bool,
    /// The home buttons come back after ten silent minutes.
    home_after_silence: bool,
    /// What becomes of pictures at http addresses.
    pictures: BridgePictures,
    /// How long the old server may take for one message, in milliseconds.
    budget_ms: u64,
}

/// Where more buttons go than KakaoTalk shows at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
enum BridgeMany {
    /// Nine, and "더보기".
    Paging,
    /// Into list cards, which are swiped.
    List,
}

/// What becomes of a picture at an http address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
enum BridgePictures {
    /// It is sent as it is.
    AsIs,
    /// The same address with https.
    Https,
    /// This server hands it on over https.
    Proxy,
}

/// A server to be looked at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BridgeCheck {
    /// Its base address.
    url: String,
    /// The bridge that leads there already, if it does; what an operator opened for it is open to the check.
    bot: Option<String>,
    /// What is said in `POST /message`; without it that call is left out.
    say: Option<String>,
}

/// A bridge to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewBridge {
    /// What people call the bot.
    title: String,
    /// The old server's base address.
    url: String,
    /// How it behaves; as usual where absent.
    options: Option<BridgeOptions>,
}

/// What is to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BridgeChange {
    /// The old server's base address. What an operator opened is shut by another host.
    url: Option<String>,
    /// How it behaves.
    options: Option<BridgeOptions>,
}

/// What was recorded of an old server, and the bot that can be made of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BridgeRecorded {
    /// Turns of the last 30 days that were answered, 20,000 at most.
    turns: u64,
    /// People who had them.
    people: usize,
    /// Flows that the bot would have.
    flows: usize,
    /// Buttons that nobody has pressed; they lead to the fallback flow.
    unpressed: Vec<UnpressedButton>,
    /// Words after which the old server answered something else each time.
    varying: Vec<String>,
    /// Words that people typed and that lead somewhere, most frequent first.
    typed: Vec<TypedWord>,
}

/// A button that nobody has pressed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct UnpressedButton {
    /// The flow that shows it.
    flow: String,
    /// What stands on it.
    button: String,
}

/// A word that people typed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TypedWord {
    /// The word.
    word: String,
    /// How often.
    times: u64,
}

/// Looks at an old server: the calls that Kakao's own test made, in its order, and a message where one is given.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bridges/check", operation_id = "checkBridge", tag = "bridges",
    request_body = BridgeCheck, responses((status = 200, body = Report)))]
pub async fn look(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Json(asked): Json<BridgeCheck>,
) -> Result<axum::Json<Report>, Problem> {
    let mut check = Check::default();
    let mut settings = settings(&mut check, &asked.url, Options::default());
    let say = asked.say.map(|say| check.text("/say", &say)).filter(|say| !say.trim().is_empty());
    check.done()?;
    if let Some(bot) = &asked.bot {
        settings.inside = kept(&bot_of(&hub, &caller, bot).await?)?.inside;
    }
    let _permit = hub.trial().ok_or(Problem::Busy)?;
    Ok(axum::Json(check::run(&hub, &settings, say.as_deref()).await))
}

/// Makes a bridge: a bot that an old server answers for.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bridges", operation_id = "addBridge", tag = "bridges",
    request_body = NewBridge, responses((status = 201, body = Bot)))]
pub async fn add(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Json(new): Json<NewBridge>,
) -> Result<impl IntoResponse, Problem> {
    let (workspace, _) = caller.member()?;
    let mut check = Check::default();
    let title = check.name("/title", &new.title);
    let options = new.options.map(|options| options.checked(&mut check)).unwrap_or_default();
    let settings = settings(&mut check, &new.url, options);
    check.done()?;
    bots::room_for_one(&hub, workspace).await?;
    let now_ms = hub.clock.now_ms();
    let id = BotId::new(now_ms, hub.die.roll_wide());
    let bot = NewBot {
        id,
        workspace,
        title: title.clone(),
        description: String::new(),
        draft: blank(&title)?,
        now_ms,
    };
    noting(&hub, &caller, workspace, ("bridge.add", &title, &settings.url))
        .create_bridge(bot, &settings.write())
        .await?;
    let row = hub.store.bot(id).await?.ok_or(Problem::Internal)?;
    Ok((StatusCode::CREATED, axum::Json(bots::whole(&hub, row).await?)))
}

/// Where a bridge leads, and how it behaves.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/bridge", operation_id = "getBridge", tag = "bridges",
    responses((status = 200, body = Bridge)))]
pub async fn show(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<Bridge>, Problem> {
    Ok(axum::Json(kept(&bot_of(&hub, &caller, &bot).await?)?.into()))
}

/// Changes where a bridge leads and how it behaves.
#[utoipa::path(patch, path = "/api/workspaces/{ws}/bots/{bot}/bridge", operation_id = "changeBridge", tag = "bridges",
    request_body = BridgeChange, responses((status = 200, body = Bridge)))]
pub async fn change(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Json(change): Json<BridgeChange>,
) -> Result<axum::Json<Bridge>, Problem> {
    let row = bot_of(&hub, &caller, &bot).await?;
    let before = kept(&row)?;
    let mut check = Check::default();
    let options = match change.options {
        Some(options) => options.checked(&mut check),
        None => before.options.clone(),
    };
    let read = settings(&mut check, change.url.as_deref().unwrap_or(&before.url), options);
    check.done()?;
    let mut after = Settings { key: before.key.clone(), inside: before.inside.clone(), ..read };
    if !after.is_inside() {
        // What was opened was another address; it does not open again when that one comes back.
        after.inside = None;
    }
    let store = noting(&hub, &caller, row.workspace, ("bridge.change", &row.title, &after.url));
    gone_if_stale(store.set_bridge(row.id, &after.write(), hub.clock.now_ms()).await)?;
    Ok(axum::Json(after.into()))
}

/// What was recorded of the old server, and the bot that can be made of it.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/bridge/recorded", operation_id = "getBridgeRecorded",
    tag = "bridges", responses((status = 200, body = BridgeRecorded)))]
pub async fn show_recorded(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<BridgeRecorded>, Problem> {
    let row = bot_of(&hub, &caller, &bot).await?;
    let settings = kept(&row)?;
    let _permit = hub.trial().ok_or(Problem::Busy)?;
    let found = recorded::read(&hub, row.id).await?.propose(&row.title, &settings.options.greeting);
    let unpressed = found.unpressed.into_iter().take(MAX_LISTED);
    Ok(axum::Json(BridgeRecorded {
        turns: found.turns,
        people: found.people,
        flows: found.flows,
        unpressed: unpressed.map(|(flow, button)| UnpressedButton { flow, button }).collect(),
        varying: found.varying.into_iter().take(MAX_LISTED).collect(),
        typed: found.typed.into_iter().map(|(word, times)| TypedWord { word, times }).collect(),
    }))
}

/// Makes a bot with flows of what was recorded, as a draft to edit. The bridge stays as it is.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/bridge/flows", operation_id = "makeBridgeFlows",
    tag = "bridges", responses((status = 201, body = BotMade)))]
pub async fn make_flows(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<impl IntoResponse, Problem> {
    let row = bot_of(&hub, &caller, &bot).await?;
    let settings = kept(&row)?;
    bots::room_for_one(&hub, row.workspace).await?;
    let _permit = hub.trial().ok_or(Problem::Busy)?;
    let suffix = match lang {
        engine::lang::Lang::Ko => " (플로우)",
        engine::lang::Lang::En => " (flows)",
    };
    let room = MAX_NAME - suffix.chars().count();
    let title = format!("{}{suffix}", row.title.chars().take(room).collect::<String>());
    let found = recorded::read(&hub, row.id).await?.propose(&title, &settings.options.greeting);
    let made = bots::make(&hub, &caller, &found.file, ("bridge.flows", &row.title), lang).await?;
    Ok((StatusCode::CREATED, axum::Json(made)))
}

/// The settings of a bridge. A bot with flows has none.
fn kept(row: &BotRow) -> Result<Settings, Problem> {
    let text = row.bridge.as_deref().ok_or(Problem::Missing(Thing::Bot))?;
    Settings::read(text).ok_or(Problem::Internal)
}

/// A bridge's own file: there is nothing in it, but every bot has one.
fn blank(title: &str) -> Result<String, Problem> {
    let mut reading = BotFile::read(BLANK).map_err(|refused| Problem::BotFileRefused(refused.0))?;
    reading.file.set_title(title);
    Ok(reading.file.write())
}

fn settings(check: &mut Check, url: &str, options: Options) -> Settings {
    if url.chars().count() > MAX_URL {
        check.wrong(
            "/url",
            format!("{MAX_URL}자까지 적을 수 있어요."),
            format!("Enter at most {MAX_URL} characters."),
        );
    }
    let (ko, en) = match Settings::new(url, options.clone()) {
        Ok(settings) if settings.origin().is_some_and(|origin| origin != "null") => return settings,
        Ok(_) | Err(NoBase::Scheme) => (
            "http:// 또는 https://로 시작하는 서버 주소를 적어 주세요.",
            "Enter the server's address, beginning with http:// or https://.",
        ),
        Err(NoBase::Blank) => ("서버 주소를 적어 주세요.", "Enter the server's address."),
        Err(NoBase::Query) => (
            "?나 # 없이 적어 주세요. 이 뒤에 /keyboard, /message가 붙어요.",
            "Leave out '?' and '#': /keyboard and /message are appended to the address.",
        ),
    };
    check.wrong("/url", ko, en);
    Settings { url: String::new(), inside: None, key: String::new(), options }
}

impl BridgeOptions {
    fn checked(self, check: &mut Check) -> Options {
        let greeting = check.text("/options/greeting", &self.greeting);
        let failure = check.text("/options/failure", &self.failure);
        for (pointer, text) in [("/options/greeting", &greeting), ("/options/failure", &failure)] {
            if text.trim().is_empty() {
                check.wrong(pointer, "비워 둘 수 없어요.", "This cannot be empty.");
            }
        }
        if self.home_words.len() > MAX_HOME_WORDS {
            check.wrong(
                "/options/homeWords",
                format!("{MAX_HOME_WORDS}개까지 적을 수 있어요."),
                format!("Enter at most {MAX_HOME_WORDS}."),
            );
        }
        let home_words = self.home_words.iter().enumerate();
        let home_words =
            home_words.map(|(at, word)| check.name(&format!("/options/homeWords/{at}"), word)).collect();
        let (least, most) = Options::BUDGET_MS;
        if !(least..=most).contains(&self.budget_ms) {
            check.wrong(
                "/options/budgetMs",
                format!("{least}에서 {most} 사이로 적어 주세요. 카카오톡은 5초까지만 기다려요."),
                format!("Enter {least} to {most}: KakaoTalk waits five seconds."),
            );
        }
        Options {
            greeting,
            failure,
            home_words,
            strict_buttons: self.strict_buttons,
            many: match self.many {
                BridgeMany::Paging => Many::Paging,
                BridgeMany::List => Many::List,
            },
            tell_old_friends: self.tell_old_friends,
            home_after_silence: self.home_after_silence,
            pictures: match self.pictures {
                BridgePictures::AsIs => Pictures::AsIs,
                BridgePictures::Https => Pictures::Https,
                BridgePictures::Proxy => Pictures::Proxy,
            },
            budget_ms: self.budget_ms,
        }
    }
}

impl From<Settings> for Bridge {
    fn from(settings: Settings) -> Self {
        let inside = settings.is_inside();
        let Settings { url, options, .. } = settings;
        Self {
            url,
            inside,
            options: BridgeOptions {
                greeting: options.greeting,
                failure: options.failure,
                home_words: options.home_words,
                strict_buttons: options.strict_buttons,
                many: match options.many {
                    Many::Paging => BridgeMany::Paging,
                    Many::List => BridgeMany::List,
                },
                tell_old_friends: options.tell_old_friends,
                home_after_silence: options.home_after_silence,
                pictures: match options.pictures {
                    Pictures::AsIs => BridgePictures::AsIs,
                    Pictures::Https => BridgePictures::Https,
                    Pictures::Proxy => BridgePictures::Proxy,
                },
                budget_ms: options.budget_ms,
            },
        }
    }
}
