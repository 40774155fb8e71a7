//! The preview: a bot is tried as a channel would show it, without a channel.

use std::{sync::Arc, time::Duration};

use axum::extract::State;
use engine::{bot::Bot, lang::Lang};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::BotRow;
use utoipa::ToSchema;

use super::{Life, bot_of};
use crate::{
    Hub,
    effects::World,
    http::{
        access::{Caller, Speaks},
        input::{self, BotBody, Ids},
        problem::{FieldError, Problem, Thing},
    },
    tryout::{
        self, Act, Channel, Mark, Moment, Person, State as Left, Tried, Try, Untried,
        consult::Setup,
        door::{Door, Entry},
    },
    turns::bots::{Edition, LoadError},
};

/// One act of a person who tries a bot.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviewAct {
    /// On which channel.
    channel: Channel,
    /// What the act before left; null where a conversation begins. To go back to an earlier answer is to send its state
    /// again.
    #[schema(value_type = Option<Object>)]
    state: Option<Value>,
    /// What is done.
    event: Act,
    /// By whom; counts where a conversation begins.
    #[serde(default)]
    person: Person,
    /// Which file of the bot answers; the draft where absent.
    source: Option<Source>,
}

/// Which file of a bot answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = BotSource)]
pub enum Source {
    /// A file by its place.
    Named(NamedSource),
    /// The version with this number.
    Version(i64),
}

/// A file of a bot by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum NamedSource {
    /// The draft.
    Draft,
    /// The version that answers now.
    Live,
}

/// What became of an act.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// For the next act; its shape is nobody's business.
    #[schema(value_type = Object)]
    state: Left,
    /// The request as the channel would have sent it.
    #[schema(value_type = Object)]
    request: Value,
    /// The answer as the channel would get it: of `kakao` a skill response 2.0, of `web` `{frames}`, those that a page gets
    /// (docs/webchat.md), of `kakaobiz` `{relay, calls: [{method, url, headers?, body}]}`, the calls that the bot's relay gets
    /// (that of Kakao's own protocol where it has none), with pictures where the bot has them: nothing is uploaded.
    #[schema(value_type = Object)]
    answer: Value,
    /// What happened: `{from?, visits: [{flow, node, kind, edge?, data?, changed?, sent?, error?, waitedMs?}], fault?}`.
    #[schema(value_type = Object)]
    trace: Value,
    /// What templates and conditions saw before the act.
    #[schema(value_type = Object)]
    context_before: Value,
    /// What they would see now.
    #[schema(value_type = Object)]
    context: Value,
    /// What the channel shows otherwise than the bot says it.
    marks: Vec<PreviewMark>,
    /// Why the scenario failed; its error message is in the answer then.
    #[schema(required)]
    fault: Option<String>,
    /// An agent was called.
    #[schema(required)]
    agent_call: Option<PreviewAgentCall>,
    /// What the world said, time and chance included: a path test keeps it to play this act again.
    #[schema(value_type = Vec<Object>)]
    replies: Vec<Entry>,
    /// How long it took.
    took_ms: u64,
}

/// One thing that the channel shows otherwise.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PreviewMark {
    /// A stable name: `text-divided`, `label-cut`, `buttons-moved`, `held`, `slow`, …
    code: &'static str,
    /// What happens, and why.
    message: String,
    /// The bubble of the whole answer, from 0; those past the answer's last wait behind "더보기".
    #[serde(skip_serializing_if = "Option::is_none")]
    bubble: Option<usize>,
}

/// An agent was called, and nobody comes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PreviewAgentCall {
    /// What the person is told.
    #[schema(value_type = Option<Object>, required)]
    message: Option<Value>,
    /// What stands on the button.
    label: String,
    /// Why it cannot be tried here.
    reason: String,
}

/// Tries one act. The bot's requests, scripts, mails and rows are real; nothing of the conversation is stored.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/preview", operation_id = "previewBot", tag = "editor",
    request_body = PreviewAct, responses((status = 200, body = Preview)))]
pub async fn preview(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Ids((_, bot)): Ids<(String, String)>,
    BotBody(body): BotBody,
) -> Result<axum::Json<Preview>, Problem> {
    let PreviewAct { channel, state, event, person, source } = input::read(body.as_bytes())?;
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let state = state.map(serde_json::from_value::<Left>).transpose().map_err(|error| {
        tracing::debug!(%error, "a state of the preview cannot be read");
        Problem::Malformed(format!("/state: {error}"))
    })?;
    let compiled = load(&hub, &row, source.unwrap_or(Source::Named(NamedSource::Draft))).await?;
    let _trial = hub.trial().ok_or(Problem::Busy)?;
    let begun = hub.clock.instant();
    let moment = moment(&hub);
    let bot_id = row.id.to_string();
    let mut door = Door::world(World {
        hub: &hub,
        workspace: row.workspace,
        bot: row.id,
        seed: moment.seed,
        session: format!("preview-{}", caller.account.id),
        until: begun + Duration::from_millis(hub.config.kakao.late_within_ms),
    });
    let consult = match channel {
        Channel::Kakaobiz => Setup::of(hub.store.consult_channel(row.id).await?.as_ref()),
        Channel::Kakao | Channel::Web => Setup::default(),
    };
    let attempt = Try {
        bot: &compiled,
        bot_id: &bot_id,
        channel,
        state,
        act: &event,
        person: &person,
        moment,
        consult: &consult,
    };
    let mut tried = tryout::run(attempt, &mut door).await.map_err(untried)?;
    let took_ms = (hub.clock.instant() - begun).as_millis() as u64;
    if channel == Channel::Kakao && took_ms > hub.config.kakao.waiting_after_ms {
        tried.marks.push(Mark::slow(took_ms));
    }
    Ok(axum::Json(shown(tried, took_ms, lang)))
}

/// Now, and a roll of the die that JavaScript can keep.
pub(super) fn moment(hub: &Hub) -> Moment {
    Moment { now_ms: hub.clock.now_ms(), seed: hub.die.roll() >> 11 }
}

pub(super) fn untried(untried: Untried) -> Problem {
    let Untried::NotOnChannel(pointer, said) = untried;
    Problem::Invalid(vec![FieldError { pointer: pointer.to_owned(), said }])
}

/// The file of a bot that answers.
pub(super) async fn load(hub: &Hub, row: &BotRow, source: Source) -> Result<Arc<Bot>, Problem> {
    let missing = || Problem::Missing(Thing::Version);
    let edition = match source {
        Source::Named(NamedSource::Draft) => Edition::Draft(row.draft_revision),
        Source::Named(NamedSource::Live) => Edition::Version(row.live_version.ok_or_else(missing)?),
        Source::Version(number) => Edition::Version(number),
    };
    hub.bots.get(&hub.store, row.id, edition).await.map_err(|error| match error {
        LoadError::Missing => missing(),
        LoadError::Broken(error) => {
            tracing::error!(bot.id = %row.id, error, "a stored bot file cannot be read");
            Problem::Internal
        }
        LoadError::Store(error) => error.into(),
    })
}

fn shown(tried: Tried, took_ms: u64, lang: Lang) -> Preview {
    let said = |said: engine::lang::Said| said.get(lang).to_owned();
    Preview {
        state: tried.state,
        request: tried.request,
        answer: tried.answer,
        trace: tried.trace,
        context_before: tried.context.0,
        context: tried.context.1,
        marks: tried
            .marks
            .into_iter()
            .map(|mark| PreviewMark { code: mark.code, message: said(mark.said), bubble: mark.bubble })
            .collect(),
        fault: tried.fault.map(said),
        agent_call: tried.agent_call.map(|(message, label, reason)| PreviewAgentCall {
            message,
            label,
            reason: said(reason),
        }),
        replies: tried.replies,
        took_ms,
    }
}
