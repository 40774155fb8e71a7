//! The log of KakaoTalk's requests to a bot, with the raw pair of each.

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use store::{RequestFilter, RequestRow, TurnId};
use utoipa::{IntoParams, ToSchema};

use super::{List, insight};
use crate::{
    Hub,
    http::{
        access::Caller,
        input::{Ids, Params},
        problem::{Problem, Thing},
    },
    insight::packed,
};

/// Which lines of the log.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LogPiece {
    /// Only those with this problem; `any` for all that have one.
    problem: Option<String>,
    /// Only those of this mode: `operating`, `development`, `botTest`, `editorTest`, `unknown`.
    mode: Option<String>,
    /// `next` of the piece before.
    cursor: Option<String>,
    /// How many items, 100 at most.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// A request of KakaoTalk and how it was answered.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestLine {
    /// Its id; the turn that it began has the same.
    #[schema(value_type = String)]
    id: TurnId,
    /// When it came.
    at: i64,
    /// Did the draft answer?
    draft: bool,
    /// `operating`, `development`, `botTest`, `editorTest` or `unknown`.
    mode: String,
    /// The kind of block: `welcome`, `fallback`, `other`, or empty.
    kind: String,
    /// The block's name.
    block: String,
    /// What KakaoTalk calls the person.
    #[schema(required)]
    user_key: Option<String>,
    /// Kakao's id of the request.
    #[schema(required)]
    request_id: Option<String>,
    /// How long the answer took, in milliseconds.
    took_ms: f64,
    /// The HTTP status of the answer.
    status: i64,
    /// Is there a turn to look at?
    has_turn: bool,
    /// Bytes of the request.
    size: i64,
    /// What went wrong, first things first.
    problems: Vec<RequestProblem>,
}

/// What went wrong with a request.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RequestProblem {
    /// A stable name: that of a finding or of a problem with requests, `fault`, `cut` or `slow`.
    code: String,
    /// Where in the request, as a JSON pointer.
    #[serde(default)]
    place: String,
    /// What happened.
    #[serde(default)]
    detail: String,
}

/// A request with its raw pair.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestPair {
    /// The line of the log.
    #[serde(flatten)]
    line: RequestLine,
    /// What came, as text; null where it is not kept: bot tests are remembered for a short while only.
    #[schema(required)]
    request: Option<String>,
    /// What was answered, as text, after masking.
    #[schema(required)]
    answer: Option<String>,
    /// The answer that came after it.
    #[schema(required)]
    late: Option<String>,
}

/// How many lines have a problem.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProblemCount {
    /// The problem's stable name.
    code: String,
    /// How many requests have it first.
    count: i64,
}

/// The requests of KakaoTalk to a bot, newest first.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/requests", operation_id = "listRequests", tag = "kakao",
    params(LogPiece), responses((status = 200, body = List<RequestLine>)))]
pub async fn list(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Params(which): Params<LogPiece>,
) -> Result<axum::Json<List<RequestLine>>, Problem> {
    let row = insight::bot_of(&hub, &caller, &bot).await?;
    let limit = insight::piece(which.limit);
    let before = insight::cursor(which.cursor.as_deref())?;
    let problem = which.problem.as_deref().filter(|it| !it.is_empty());
    let filter = RequestFilter {
        problem: problem.map(|code| if code == "any" { "" } else { code }),
        mode: which.mode.as_deref().unwrap_or_default(),
    };
    let mut rows = hub.store.requests(row.id, filter, before, limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    Ok(axum::Json(List { items: rows.into_iter().map(RequestLine::from).collect(), next }))
}

/// Which problems the log holds, and how many of each.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/requests/problems", operation_id = "countRequestProblems",
    tag = "kakao", responses((status = 200, body = List<ProblemCount>)))]
pub async fn problems(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<List<ProblemCount>>, Problem> {
    let row = insight::bot_of(&hub, &caller, &bot).await?;
    let mut counts = hub.store.request_problems(row.id).await?;
    counts.sort_by(|(a, many), (b, more)| more.cmp(many).then(a.cmp(b)));
    let items = counts.into_iter().map(|(code, count)| ProblemCount { code, count }).collect();
    Ok(axum::Json(List { items, next: None }))
}

/// One request with its raw pair.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/requests/{request}", operation_id = "getRequest", tag = "kakao",
    responses((status = 200, body = RequestPair)))]
pub async fn show(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, request)): Ids<(String, String, String)>,
) -> Result<axum::Json<RequestPair>, Problem> {
    let row = insight::bot_of(&hub, &caller, &bot).await?;
    let missing = || Problem::Missing(Thing::Request);
    let id: TurnId = request.parse().map_err(|_| missing())?;
    let whole = hub.store.request(row.id, id).await?.ok_or_else(missing)?;
    let turn = if whole.row.about.stored { hub.store.turn(row.id, id).await? } else { None };
    let test = hub.insight.log.test(id);
    let line = RequestLine { has_turn: turn.is_some(), ..RequestLine::from(whole.row) };
    let (from_turn, late) = turn.map_or((None, None), |turn| (Some(turn.answer), turn.late));
    Ok(axum::Json(RequestPair {
        line,
        request: whole
            .packed
            .as_deref()
            .and_then(packed::unpack)
            .or_else(|| test.as_ref().map(|pair| pair.request.clone())),
        answer: from_turn.or(whole.answer).or_else(|| test.map(|pair| pair.answer)),
        late,
    }))
}

impl From<RequestRow> for RequestLine {
    fn from(row: RequestRow) -> Self {
        let about = row.about;
        Self {
            id: row.id,
            at: about.at,
            draft: about.draft,
            mode: about.mode,
            kind: about.kind,
            block: about.block,
            user_key: about.user_key,
            request_id: about.request_id,
            took_ms: insight::ms(about.took_us),
            status: about.status,
            has_turn: about.stored,
            size: about.size,
            problems: about.problems.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
        }
    }
}

/// A text as the JSON that it is, or null.
pub(super) fn raw(text: &str) -> Box<RawValue> {
    serde_json::from_str(text).unwrap_or_else(|_| RawValue::NULL.to_owned())
}
