//! The check list of the editor: what will not work as a bot's author means, each with its place.

use std::sync::Arc;

use axum::extract::State;
use channels::{consulttalk::Facts, kakao};
use engine::{
    bot::{Complaint, Severity},
    lang::Lang,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::{Life, bot_of, uses::Uses};
use crate::{
    Hub,
    http::{
        access::{Caller, Speaks},
        input::{self, BotBody, Ids},
        problem::{self, Problem, Thing},
    },
    lint,
};

/// Complaints that are shown at most: who has more has other worries.
const MAX_SHOWN: usize = 2_000;

/// What is to be checked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FileToCheck {
    /// A bot file as it stands; the stored draft where absent.
    #[schema(value_type = Option<Object>)]
    file: Option<Box<RawValue>>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Checked {
    /// In the order of the file, one channel after the other.
    complaints: Vec<BotComplaint>,
}

/// One thing that is wrong or remarkable.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BotComplaint {
    /// How bad it is.
    severity: ComplaintSeverity,
    /// A stable name.
    code: &'static str,
    /// The flow's id.
    #[schema(required)]
    flow: Option<i64>,
    /// The node's id in its flow.
    #[schema(required)]
    node: Option<i64>,
    /// The field of the innermost of file, flow and node: `data.message.text`, `next[0].where`.
    #[schema(required)]
    field: Option<String>,
    /// The channel whose limits it is about.
    #[schema(required)]
    channel: Option<&'static str>,
    /// Where, in words.
    place: String,
    /// What it is and what to do.
    message: String,
}

/// How bad a complaint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ComplaintSeverity {
    /// The bot cannot be published so.
    Error,
    /// It runs, but not as its author means.
    Warning,
    /// Worth a look.
    Note,
}

/// Checks a bot file, or the draft.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/check", operation_id = "checkBot", tag = "editor",
    request_body = FileToCheck, responses((status = 200, body = Checked)))]
pub async fn check(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Ids((_, bot)): Ids<(String, String)>,
    BotBody(body): BotBody,
) -> Result<axum::Json<Checked>, Problem> {
    let given: FileToCheck = input::read(body.as_bytes())?;
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let text = match given.file {
        Some(file) => Box::<str>::from(file).into_string(),
        None => hub.store.draft_file(row.id).await?.ok_or(Problem::Missing(Thing::Bot))?,
    };
    let uses = Uses::of(&hub, &row).await?;
    let mut complaints = complaints(text, uses.consult.then(|| Box::new(uses.facts()))).await?;
    // A bot that is elsewhere only is not told what KakaoTalk would cut.
    if !uses.kakao {
        complaints.retain(|complaint| complaint.channel != Some(kakao::CAPABILITIES.platform));
    }
    let complaints = complaints.iter().take(MAX_SHOWN).map(|complaint| shown(complaint, lang)).collect();
    Ok(axum::Json(Checked { complaints }))
}

/// Checks a file beside the turns: a large bot takes a while. With a relay also what ConsultationTalk shows otherwise.
pub(super) async fn complaints(text: String, relay: Option<Box<Facts>>) -> Result<Vec<Complaint>, Problem> {
    tokio::task::spawn_blocking(move || lint::complaints(&text, relay.as_deref())).await.map_err(|error| {
        tracing::error!(%error, "a bot could not be checked");
        Problem::Internal
    })
}

fn shown(complaint: &Complaint, lang: Lang) -> BotComplaint {
    let spot = &complaint.spot;
    BotComplaint {
        severity: match complaint.severity {
            Severity::Error => ComplaintSeverity::Error,
            Severity::Warning => ComplaintSeverity::Warning,
            Severity::Note => ComplaintSeverity::Note,
        },
        code: complaint.code,
        flow: problem::id(spot.flow.as_deref()),
        node: problem::id(spot.node.as_deref()),
        field: spot.field.clone(),
        channel: complaint.channel,
        place: spot.describe(lang),
        message: complaint.said.get(lang).to_owned(),
    }
}
