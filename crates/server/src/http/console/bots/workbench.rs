//! Trying a part of a bot by itself: a script, a template.

use std::{sync::Arc, time::Duration};

use axum::extract::State;
use engine::{
    ask::{Reply, SCRIPT_MS},
    context::Context,
    template::{Env, Template, TemplateError},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{Life, bot_of, preview::moment};
use crate::{
    Hub,
    effects::script,
    http::{
        access::{Caller, Speaks},
        input::{self, BotBody, Ids},
        problem::Problem,
    },
};

/// A script to be run once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScriptToRun {
    /// Its source.
    script: String,
    /// The handler's first argument.
    #[serde(default)]
    #[schema(value_type = Object)]
    context: Value,
}

/// How a script ended.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScriptRan {
    /// What it gave, where it ended well.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    result: Option<Value>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ScriptError>,
    /// What it wrote on its console.
    logs: Vec<ScriptLog>,
    /// How long it took.
    took_ms: u64,
}

/// Why a script failed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ScriptError {
    /// The error's name: `TypeError`, `TimeoutError`, …
    name: String,
    /// What happened.
    message: String,
    /// Where, with the script's lines.
    stack: String,
}

/// A line on a script's console.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ScriptLog {
    /// `debug`, `info`, `log`, `warn` or `error`.
    level: String,
    /// The line.
    text: String,
}

/// A template to be rendered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TemplateToRender {
    /// Its source.
    template: String,
    /// What it sees: the context of a conversation.
    #[serde(default)]
    #[schema(value_type = Object)]
    context: Value,
    /// It stands in an HTTP node, where `SECRET` may be used; the names of secrets are shown, never their values.
    #[serde(default)]
    secrets: bool,
}

/// What became of a template: a text, or why there is none.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TemplateRendered {
    /// The text.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// What is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<TemplateMistake>,
}

/// What is wrong with a template.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TemplateMistake {
    /// What it is, with its place in words.
    message: String,
    /// Where.
    at: TemplatePlace,
}

/// A place in a template.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TemplatePlace {
    /// From 1.
    line: usize,
    /// From 1, in characters.
    column: usize,
}

/// Runs a script as the bot's script node would: in a worker process, its calls through the guard.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/script/run", operation_id = "runScript", tag = "editor",
    request_body = ScriptToRun, responses((status = 200, body = ScriptRan)))]
pub async fn run(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    BotBody(body): BotBody,
) -> Result<axum::Json<ScriptRan>, Problem> {
    let given: ScriptToRun = input::read(body.as_bytes())?;
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let _trial = hub.trial().ok_or(Problem::Busy)?;
    let begun = hub.clock.instant();
    let until = begun + Duration::from_millis(SCRIPT_MS);
    let tools = (&hub.scripts, &hub.guard);
    let reply = script::run(tools, row.id, &given.script, &given.context, until).await;
    let took_ms = (hub.clock.instant() - begun).as_millis() as u64;
    let (result, error, mut results) = match reply {
        Reply::Done(mut results) => (results.shift_remove("result"), None, results),
        Reply::Failed { name, message, mut results } => {
            let stack = results.shift_remove("stack").and_then(|stack| stack.as_str().map(str::to_owned));
            (None, Some(ScriptError { name, message, stack: stack.unwrap_or_default() }), results)
        }
    };
    let logs = results.shift_remove("logs").and_then(|logs| serde_json::from_value(logs).ok());
    Ok(axum::Json(ScriptRan { result, error, logs: logs.unwrap_or_default(), took_ms }))
}

/// Renders a template.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/template/render", operation_id = "renderTemplate",
    tag = "editor", request_body = TemplateToRender, responses((status = 200, body = TemplateRendered)))]
pub async fn render(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Ids((_, bot)): Ids<(String, String)>,
    BotBody(body): BotBody,
) -> Result<axum::Json<TemplateRendered>, Problem> {
    let given: TemplateToRender = input::read(body.as_bytes())?;
    bot_of(&hub, &caller, &bot, Life::Here).await?;
    let moment = moment(&hub);
    // Bounded, but a template that goes to its bounds takes milliseconds that turns would miss.
    let rendered = tokio::task::spawn_blocking(move || {
        let mut env = Env::new(moment.now_ms, moment.seed);
        let template = Template::parse(&given.template)?;
        let context = Context::from_value(given.context);
        let text = if given.secrets {
            template.render_for_show(&context, &mut env)?
        } else {
            template.render(&context, &mut env)?.text
        };
        Ok::<_, TemplateError>(text)
    });
    let rendered = rendered.await.map_err(|error| {
        tracing::error!(%error, "a template could not be rendered");
        Problem::Internal
    })?;
    Ok(axum::Json(match rendered {
        Ok(text) => TemplateRendered { text: Some(text), error: None },
        Err(error) => TemplateRendered {
            text: None,
            error: Some(TemplateMistake {
                message: error.message(lang),
                at: TemplatePlace { line: error.line, column: error.column },
            }),
        },
    }))
}
