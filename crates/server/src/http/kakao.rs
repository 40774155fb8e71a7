//! The skill URL of a bot (spec product.md K1, K6).
//!
//! Takes whatever comes, within bounds of size and time, and always gives a skill response: a person in front of
//! KakaoTalk waits for it. The turn runs in a task of its own, so that a caller who hangs up does not stop it halfway,
//! a bug of ours ends as an answer, and a turn that takes longer than Kakao waits goes on after the waiting text.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::Body as HttpBody,
    extract::{Path, RawQuery, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use store::TurnId;
use tokio::sync::oneshot;

use crate::{
    Hub,
    insight::note::Note,
    problems::{Kind, Problem},
    turns::{Answer, Body, SkillRequest, run},
};

/// How much of a body is read as a request.
const MAX_BODY: usize = 1024 * 1024;
/// How much of a larger body is read and thrown away, so that the answer reaches a caller who only reads it after
/// having written everything.
const MAX_DRAIN: usize = 16 * 1024 * 1024;
/// What is left for answering when a body dawdles.
const ANSWER_TIME: Duration = Duration::from_millis(200);
/// What a request id may be at most; longer ones are no ids.
const MAX_REQUEST_ID: usize = 128;

/// The published version answers.
pub async fn published(
    State(hub): State<Arc<Hub>>,
    Path(bot): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    skill(hub, bot, query, request, false).await
}

/// The draft answers.
pub async fn draft(
    State(hub): State<Arc<Hub>>,
    Path(bot): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    skill(hub, bot, query, request, true).await
}

/// For people who open the address in a browser.
pub async fn about() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        "이 주소는 카카오톡 챗봇 관리자센터의 스킬 URL이에요. 스킬 설정의 URL 칸에 붙여 넣으세요.\n\
         This is the skill URL of a KakaoTalk chatbot. Paste it into the URL field of the skill.\n",
    )
}

async fn skill(hub: Arc<Hub>, bot: String, query: Option<String>, http: Request, draft: bool) -> Response {
    let arrived = hub.clock.instant();
    let deadline = arrived + Duration::from_millis(hub.config.kakao.deadline_ms);
    let (parts, body) = http.into_parts();
    let body = read(body, &hub, deadline.checked_sub(ANSWER_TIME).unwrap_or(deadline)).await;
    let request = Arc::new(SkillRequest {
        id: TurnId::new(hub.clock.now_ms(), hub.die.roll_wide()),
        note: Note::default(),
        bot,
        draft,
        welcome: query.is_some_and(|query| query.split('&').any(|pair| pair == "block=welcome")),
        request_id: request_id(&parts.headers),
        headers: parts.headers,
        body,
        arrived,
        waiting_at: arrived + Duration::from_millis(hub.config.kakao.waiting_after_ms),
        deadline,
    });
    let answer = serve(&hub, &request).await;
    hub.insight.log.tell(&hub, &request, &answer);
    respond(answer)
}

/// Runs the turn within its time, whatever becomes of it.
async fn serve(hub: &Arc<Hub>, request: &Arc<SkillRequest>) -> Answer {
    let trouble = |kind: Kind, detail: &str| {
        request.note.problem(kind.name(), "", detail);
        hub.problems.tell(Problem::of(request, kind, "", detail));
        hub.meters.turns_refused.increment(1);
        Answer::ok(run::last_words(hub, &request.bot))
    };
    let Some(permit) = hub.permit() else {
        return trouble(Kind::Busy, "too many turns run at once (limits.turns_at_once)");
    };
    let (tell, told) = oneshot::channel();
    let turn = tokio::spawn({
        let (hub, request) = (Arc::clone(hub), Arc::clone(request));
        async move {
            let _permit = permit;
            run::answer(&hub, &request, tell).await;
        }
    });
    match tokio::time::timeout_at(request.deadline.into(), told).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => {
            let error = turn.await.err().map_or_else(String::new, |panic| panic.to_string());
            tracing::error!(%error, bot.id = %request.bot, "a turn failed by a bug; please report it");
            trouble(Kind::Panic, "the program failed; please report it")
        }
        Err(_) => trouble(Kind::Late, "the turn did not end in time for Kakao's 5 seconds"),
    }
}

fn respond(answer: Answer) -> Response {
    let status = if answer.refused { StatusCode::UNAUTHORIZED } else { StatusCode::OK };
    (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], answer.body).into_response()
}

fn request_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("x-request-id")?.to_str().ok()?.trim();
    (!id.is_empty() && id.len() <= MAX_REQUEST_ID).then(|| id.to_owned())
}

/// Reads a body within bounds of size and time.
async fn read(mut body: HttpBody, hub: &Hub, until: Instant) -> Body {
    let mut whole = BytesMut::new();
    let mut seen = 0;
    let reading = async {
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map(|frame| frame.into_data().unwrap_or_default()) else { return Err(()) };
            seen += data.len();
            if seen <= MAX_BODY {
                whole.extend_from_slice(&data);
            } else if seen > MAX_DRAIN {
                break;
            }
        }
        Ok(())
    };
    let left = until.saturating_duration_since(hub.clock.instant());
    let read = tokio::time::timeout(left, reading).await;
    let whole: Bytes = whole.freeze();
    match read {
        Ok(Ok(())) if seen <= MAX_BODY => Body::Whole(whole),
        Ok(Ok(())) => Body::TooLarge(whole),
        Ok(Err(())) | Err(_) => Body::Broken(whole),
    }
}
