//! What goes wrong with a call, as RFC 9457 `application/problem+json` in two languages. The one place for it.
//!
//! A handler returns a [`Problem`]; the language and the instance are known to [`render`], which runs outside of all
//! routes. What is our fault is logged there, once, and says nothing of the inside to the caller.

mod from;
mod thing;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use engine::{
    bot::{Complaint, Severity},
    lang::{Lang, Said},
};
use serde::Serialize;
use utoipa::ToSchema;

pub use self::thing::Thing;
use crate::http::access::Role;

/// What went wrong. Each has a stable name, a status and two sentences: see [`Problem::about`].
#[derive(Debug, Clone)]
pub enum Problem {
    /// The body is no JSON of the expected shape.
    Malformed(String),
    /// Nobody is signed in.
    NotSignedIn,
    /// Address or password are wrong.
    WrongCredentials,
    /// A one-time code is asked for.
    CodeNeeded,
    /// The one-time code is wrong.
    WrongCode,
    /// Not sent by our own page.
    Csrf,
    /// The role is too low.
    RoleTooLow(Role),
    /// Who looks around in the demo has nothing of their own.
    DemoOnly,
    /// One may not do this to oneself or to somebody who ranks as high.
    RanksTooHigh,
    /// There is no such thing: what, in Korean and English, and its name in the type.
    Missing(Thing),
    /// The path knows other methods.
    Method,
    /// The server has an owner.
    SetUpAlready,
    /// A workspace keeps an owner.
    LastOwner,
    /// The address has an account.
    EmailTaken,
    /// Somebody changed the bot meanwhile.
    BotChanged,
    /// Somebody saved the draft since it was read.
    DraftChanged,
    /// One-time codes are on already, or nothing was begun.
    CodesOn,
    /// … or nothing was begun.
    CodesNotBegun,
    /// Another agent's consultation.
    ChatTaken,
    /// The agent has as many consultations as they may.
    AgentFull(u32),
    /// There is no open consultation in this conversation.
    ChatNotOpen,
    /// Whose consultation it is cannot just leave.
    ChatOwnerStays,
    /// It is this agent's already.
    ChatSameAgent,
    /// Agents cannot answer on this channel from here.
    ChatElsewhere,
    /// Others move the conversation all the time.
    ChatMoved,
    /// The customer's session at the messenger is closed; is it because they are blocked?
    RoomClosed(bool),
    /// Someone else is signed in than who is invited.
    OtherAccount(String),
    /// Too many of something.
    TooMany(u32),
    /// The link was used or is too old.
    LinkEnded,
    /// The body is too large: how many bytes it may have.
    TooLarge(usize),
    /// The body is of another kind.
    NotJson,
    /// Values are not as they should be.
    Invalid(Vec<FieldError>),
    /// The bot file breaks the graph.
    BotFileRefused(Vec<Complaint>),
    /// The check found what keeps the bot from being published.
    BotHasErrors(Vec<Complaint>),
    /// The version answers, so it stays.
    VersionLive,
    /// The file is no picture.
    NotAPicture,
    /// The file is no picture that bots can show.
    NotMedia,
    /// The file is no document that agents can send.
    NotDocument,
    /// The file is no table.
    NotTable,
    /// Too many attempts: milliseconds to wait.
    TooManyAttempts(i64),
    /// Too much at once, or the store is away.
    Busy,
    /// The vault with the secrets cannot be opened: why, and what to do.
    Vault(Said),
    /// A bug of ours.
    Internal,
}

/// One value that is not as it should be.
#[derive(Debug, Clone)]
pub struct FieldError {
    /// Where, as a JSON pointer.
    pub pointer: String,
    /// What and why.
    pub said: Said,
}

/// A problem as it is sent (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Which kind it is: `/problems/` and a stable name (docs/api.md lists all).
    #[serde(rename = "type")]
    kind: String,
    /// The kind in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What happened here and what to do.
    detail: String,
    /// Names this one occurrence; it stands in the log where the fault is ours.
    instance: String,
    /// The role that is needed, where that is the problem.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
    /// Which values are not as they should be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ProblemField>,
}

/// One value that is not as it should be.
#[derive(Debug, Serialize, ToSchema)]
struct ProblemField {
    /// Where, as a JSON pointer; empty for the whole.
    pointer: String,
    /// What and why.
    detail: String,
    /// The flow's id, where the value stands in a bot file.
    #[serde(skip_serializing_if = "Option::is_none")]
    flow: Option<i64>,
    /// The node's id in its flow.
    #[serde(skip_serializing_if = "Option::is_none")]
    node: Option<i64>,
    /// The field of the node, flow or file: `next[0].nodeId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// A stable name of what is wrong there.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
}

/// Status, name, title and detail.
struct About(StatusCode, &'static str, Said, Said);

fn about(status: StatusCode, name: &'static str, title: (&str, &str), detail: (&str, &str)) -> About {
    About(status, name, Said::new(title.0, title.1), Said::new(detail.0, detail.1))
}

impl Problem {
    fn about(&self) -> About {
        match self {
            Self::Malformed(what) => About(
                StatusCode::BAD_REQUEST,
                "malformed",
                Said::new("읽을 수 없는 요청이에요", "The request cannot be read"),
                Said::new(
                    format!("요청의 내용이 약속한 모양과 달라요. ({what})"),
                    format!("The request is not as agreed: {what}."),
                ),
            ),
            Self::NotSignedIn => about(
                StatusCode::UNAUTHORIZED,
                "not-signed-in",
                ("로그인이 필요해요", "Please sign in"),
                (
                    "로그인하지 않았거나 로그인이 끝났어요. 다시 로그인해 주세요.",
                    "You are not signed in, or not any more. Sign in again.",
                ),
            ),
            Self::WrongCredentials => about(
                StatusCode::UNAUTHORIZED,
                "wrong-credentials",
                ("이메일이나 비밀번호가 맞지 않아요", "The e-mail address or the password is wrong"),
                ("이메일과 비밀번호를 확인하고 다시 로그인해 주세요.", "Check both and sign in again."),
            ),
            Self::CodeNeeded => about(
                StatusCode::UNAUTHORIZED,
                "code-needed",
                ("인증 코드가 필요해요", "A code is needed"),
                (
                    "인증 앱에 보이는 6자리 코드나 복구 코드를 입력해 주세요.",
                    "Enter the six digits that your authenticator shows, or a recovery code.",
                ),
            ),
            Self::WrongCode => about(
                StatusCode::UNAUTHORIZED,
                "wrong-code",
                ("인증 코드가 맞지 않아요", "The code is wrong"),
                (
                    "코드는 한 번만 쓸 수 있고 30초마다 바뀌어요. 새 코드를 입력해 주세요.",
                    "A code works once and changes every 30 seconds. Enter a new one.",
                ),
            ),
            Self::Csrf => about(
                StatusCode::FORBIDDEN,
                "csrf",
                ("이 화면에서 보낸 요청이 아니에요", "The request did not come from the console"),
                (
                    "콘솔 화면을 새로 고친 뒤 다시 시도해 주세요. 프로그램이라면 x-closer: 1 헤더를 보내 주세요.",
                    "Reload the console and try again. Programs send the header x-closer: 1.",
                ),
            ),
            Self::RoleTooLow(needed) => About(
                StatusCode::FORBIDDEN,
                "role-too-low",
                Said::new("권한이 부족해요", "Your role is too low"),
                Said::new(
                    format!("{} 이상의 권한이 필요해요. 작업 공간의 소유자에게 요청해 주세요.", needed.ko()),
                    format!("The role {} is needed. Ask an owner of the workspace.", needed.name()),
                ),
            ),
            Self::RanksTooHigh => about(
                StatusCode::FORBIDDEN,
                "ranks-too-high",
                ("이 구성원은 바꿀 수 없어요", "You cannot change this member"),
                (
                    "관리자는 편집자와 보기 전용 구성원만 바꾸거나 내보낼 수 있어요. 소유자에게 요청해 주세요.",
                    "Admins change and remove editors and readers only. Ask an owner.",
                ),
            ),
            Self::DemoOnly => about(
                StatusCode::FORBIDDEN,
                "demo-only",
                ("데모에서는 할 수 없어요", "The demo cannot do this"),
                (
                    "둘러보기용 계정이에요. ‘내 작업 공간 만들기’로 내 계정을 만들면 할 수 있어요.",
                    "This account only looks around. Create a workspace of your own to do this.",
                ),
            ),
            Self::Missing(thing) => thing.about(),
            Self::Method => about(
                StatusCode::METHOD_NOT_ALLOWED,
                "method",
                ("이 주소에서는 할 수 없는 일이에요", "This address knows other methods"),
                ("주소와 메서드를 확인해 주세요.", "Check address and method."),
            ),
            Self::SetUpAlready => about(
                StatusCode::CONFLICT,
                "set-up-already",
                ("이미 시작한 서버예요", "This server has an owner already"),
                (
                    "로그인하거나 소유자에게 초대를 받아 주세요.",
                    "Sign in, or ask the owner for an invitation.",
                ),
            ),
            Self::LastOwner => about(
                StatusCode::CONFLICT,
                "last-owner",
                ("소유자가 한 명은 있어야 해요", "A workspace keeps an owner"),
                ("먼저 다른 구성원을 소유자로 정해 주세요.", "Make somebody else an owner first."),
            ),
            Self::EmailTaken => about(
                StatusCode::CONFLICT,
                "email-taken",
                ("이미 계정이 있는 이메일이에요", "This address has an account"),
                ("그 계정으로 로그인해 주세요.", "Sign in with that account."),
            ),
            Self::BotChanged => about(
                StatusCode::CONFLICT,
                "bot-changed",
                ("그사이 봇이 바뀌었어요", "The bot has changed meanwhile"),
                (
                    "새로 고침해서 바뀐 내용을 확인한 뒤 다시 시도해 주세요.",
                    "Reload, look at what changed, and try again.",
                ),
            ),
            Self::DraftChanged => about(
                StatusCode::CONFLICT,
                "draft-changed",
                ("그사이 초안이 바뀌었어요", "The draft has changed meanwhile"),
                (
                    "초안을 다시 읽어 바뀐 내용을 합친 뒤 저장해 주세요. 저장한 것은 아직 없어요.",
                    "Read the draft again, merge what changed and save; nothing was stored.",
                ),
            ),
            Self::CodesOn => about(
                StatusCode::CONFLICT,
                "codes-on",
                ("인증 코드를 이미 쓰고 있어요", "One-time codes are on already"),
                ("새로 정하려면 먼저 꺼 주세요.", "Switch them off first to begin anew."),
            ),
            Self::CodesNotBegun => about(
                StatusCode::CONFLICT,
                "codes-not-begun",
                ("아직 시작하지 않았어요", "Nothing was begun"),
                (
                    "먼저 QR 코드를 받아 인증 앱에 등록해 주세요.",
                    "Ask for a QR code first and read it with your authenticator.",
                ),
            ),
            Self::ChatTaken => about(
                StatusCode::CONFLICT,
                "chat-taken",
                ("다른 상담원의 상담이에요", "This is another agent's consultation"),
                (
                    "함께 상담하려면 입장하고, 맡으려면 위임을 받아 주세요.",
                    "Join it to help, or have it transferred to you.",
                ),
            ),
            Self::AgentFull(max) => About(
                StatusCode::CONFLICT,
                "agent-full",
                Said::new("더 맡을 수 없어요", "The agent cannot take more"),
                Said::new(
                    format!(
                        "한 사람이 동시에 {max}개까지 상담할 수 있어요. 끝난 상담을 완료한 뒤 다시 시도해 주세요."
                    ),
                    format!("An agent holds {max} consultations at most. Complete one and try again."),
                ),
            ),
            Self::ChatNotOpen => about(
                StatusCode::CONFLICT,
                "chat-not-open",
                ("진행 중인 상담이 아니에요", "There is no open consultation"),
                (
                    "이미 끝났거나 시작하지 않은 상담이에요. 먼저 내 상담에 추가해 주세요.",
                    "It has ended or has not begun. Take the conversation first.",
                ),
            ),
            Self::ChatOwnerStays => about(
                StatusCode::CONFLICT,
                "chat-owner-stays",
                ("담당 상담원은 나갈 수 없어요", "Its own agent cannot leave it"),
                (
                    "다른 상담원에게 위임하거나 상담을 완료해 주세요.",
                    "Transfer the consultation or complete it.",
                ),
            ),
            Self::ChatSameAgent => about(
                StatusCode::CONFLICT,
                "chat-same-agent",
                ("이미 그렇게 되어 있어요", "It is so already"),
                ("다른 상담원을 골라 주세요.", "Choose another agent."),
            ),
            Self::ChatElsewhere => about(
                StatusCode::CONFLICT,
                "chat-elsewhere",
                ("해당 메신저는 상담을 진행할 수 없습니다", "This conversation cannot be answered here"),
                (
                    "카카오톡 챗봇의 상담은 카카오톡 채널 1:1 채팅에서 이어져요. 여기서 답하려면 상담톡을 연결해 주세요.",
                    "It goes on in Kakao's own 1:1 chat. Connect ConsultationTalk to answer from here.",
                ),
            ),
            Self::RoomClosed(true) => about(
                StatusCode::CONFLICT,
                "room-closed",
                ("차단한 고객이에요", "This customer is blocked"),
                (
                    "차단을 풀고, 고객이 다시 말을 걸면 답할 수 있어요.",
                    "Unblock them; they can be answered when they write again.",
                ),
            ),
            Self::RoomClosed(false) => about(
                StatusCode::CONFLICT,
                "room-closed",
                ("상담톡 세션이 끝난 고객이에요", "This customer's ConsultationTalk session has ended"),
                (
                    "고객이 다시 말을 걸면 답할 수 있어요. 먼저 알리려면 상담톡 전환 버튼이 있는 알림톡을 보내 주세요.",
                    "They can be answered when they write again. To reach them first, send an AlimTalk with a consult button.",
                ),
            ),
            Self::ChatMoved => about(
                StatusCode::CONFLICT,
                "chat-moved",
                ("그사이 대화가 바뀌었어요", "The conversation has moved meanwhile"),
                ("잠시 뒤에 다시 시도해 주세요.", "Try again in a moment."),
            ),
            Self::OtherAccount(invited) => About(
                StatusCode::CONFLICT,
                "other-account",
                Said::new("다른 사람에게 보낸 초대예요", "This invitation is for somebody else"),
                Said::new(
                    format!("{invited} 계정으로 로그인한 뒤 초대를 받아 주세요."),
                    format!("Sign in as {invited} and accept it then."),
                ),
            ),
            Self::TooMany(most) => About(
                StatusCode::CONFLICT,
                "too-many",
                Said::new("더 만들 수 없어요", "There are too many"),
                Said::new(
                    format!("{most}개까지 만들 수 있어요. 쓰지 않는 것을 먼저 정리해 주세요."),
                    format!("There may be {most}. Remove what is not used first."),
                ),
            ),
            Self::LinkEnded => about(
                StatusCode::GONE,
                "link-ended",
                ("쓸 수 없는 링크예요", "This link has ended"),
                (
                    "링크는 30분 동안 한 번만 쓸 수 있어요. 새 링크를 요청해 주세요.",
                    "A link works once within 30 minutes. Ask for a new one.",
                ),
            ),
            Self::TooLarge(most) => About(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too-large",
                Said::new("너무 커요", "This is too large"),
                Said::new(
                    format!("{} KB까지 보낼 수 있어요.", most / 1024),
                    format!("At most {} KB can be sent.", most / 1024),
                ),
            ),
            Self::NotJson => about(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not-json",
                ("JSON이 아니에요", "This is no JSON"),
                (
                    "content-type: application/json으로 보내 주세요.",
                    "Send it as content-type: application/json.",
                ),
            ),
            Self::Invalid(_) => about(
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid",
                ("입력한 내용을 확인해 주세요", "Please check what you entered"),
                ("표시된 항목을 고친 뒤 다시 시도해 주세요.", "Correct what is marked and try again."),
            ),
            Self::BotFileRefused(_) => about(
                StatusCode::UNPROCESSABLE_ENTITY,
                "bot-file-refused",
                ("가져올 수 없는 봇 파일이에요", "This bot file cannot be taken in"),
                (
                    "파일을 고친 뒤 다시 가져와 주세요. 무엇이 잘못되었는지는 errors에 있어요.",
                    "Correct the file and import it again; errors says what is wrong.",
                ),
            ),
            Self::BotHasErrors(_) => about(
                StatusCode::UNPROCESSABLE_ENTITY,
                "bot-has-errors",
                ("고칠 것이 남아서 배포할 수 없어요", "The bot has errors and cannot be published"),
                (
                    "errors에 있는 곳을 고친 뒤 다시 배포해 주세요. 경고는 배포를 막지 않아요.",
                    "Correct what stands in errors and publish again. Warnings do not stop it.",
                ),
            ),
            Self::VersionLive => about(
                StatusCode::CONFLICT,
                "version-live",
                ("지금 답하고 있는 버전이에요", "This version answers now"),
                (
                    "다른 버전을 먼저 배포한 뒤 지워 주세요.",
                    "Publish another version first; then this one can be deleted.",
                ),
            ),
            Self::NotAPicture => about(
                StatusCode::UNPROCESSABLE_ENTITY,
                "not-a-picture",
                ("사진을 읽을 수 없어요", "The picture cannot be read"),
                (
                    "가로세로 6,000픽셀 이하의 PNG, JPEG, WebP, GIF 파일을 올려 주세요.",
                    "Send a PNG, JPEG, WebP or GIF of at most 6,000 pixels a side.",
                ),
            ),
            Self::NotMedia => about(
                StatusCode::UNPROCESSABLE_ENTITY,
                "not-media",
                ("이미지를 읽을 수 없어요", "The picture cannot be read"),
                (
                    "가로세로 9,000픽셀 이하의 JPG, PNG, GIF, BMP 파일을 올려 주세요.",
                    "Send a JPEG, PNG, GIF or BMP of at most 9,000 pixels a side.",
                ),
            ),
            Self::NotDocument => about(
                StatusCode::UNPROCESSABLE_ENTITY,
                "not-a-document",
                ("보낼 수 없는 파일이에요", "This file cannot be sent"),
                (
                    "매크로가 없는 PDF, DOC, DOCX, XLS, XLSX, PPT, PPTX 파일을 올려 주세요. 이름과 내용이 같은 형식이어야 해요.",
                    "Send a PDF, DOC, DOCX, XLS, XLSX, PPT or PPTX without macros, which is what its name says.",
                ),
            ),
            Self::NotTable => about(
                StatusCode::UNPROCESSABLE_ENTITY,
                "not-a-table",
                ("표를 읽을 수 없어요", "The table cannot be read"),
                (
                    "XLSX나 CSV 파일을 올려 주세요. 암호가 걸렸거나 너무 크면 읽지 못해요.",
                    "Send an XLSX or CSV file. One with a password, or a very large one, cannot be read.",
                ),
            ),
            Self::TooManyAttempts(wait) => About(
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-attempts",
                Said::new("너무 여러 번 시도했어요", "Too many attempts"),
                Said::new(
                    format!("{}초 뒤에 다시 시도해 주세요.", seconds(*wait)),
                    format!("Try again in {} seconds.", seconds(*wait)),
                ),
            ),
            Self::Busy => about(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                ("잠시 쉬고 있어요", "The server is busy"),
                ("잠시 뒤에 다시 시도해 주세요.", "Try again in a moment."),
            ),
            Self::Vault(said) => About(
                StatusCode::INTERNAL_SERVER_ERROR,
                "vault",
                Said::new("비밀값을 열 수 없어요", "The secrets cannot be opened"),
                said.clone(),
            ),
            Self::Internal => about(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                ("서버에 문제가 생겼어요", "The server has failed"),
                (
                    "다시 시도해 주세요. 계속되면 instance 값과 함께 서버 관리자에게 알려 주세요.",
                    "Try again. If it goes on, tell the operator and quote the instance.",
                ),
            ),
        }
    }
}

/// An id of a bot file, where it is a number there.
pub fn id(text: Option<&str>) -> Option<i64> {
    text?.parse().ok()
}

fn seconds(ms: i64) -> i64 {
    (ms + 999) / 1_000
}

/// The problem goes along with an empty answer until [`render`] writes it.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.about().0.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The language in which a caller wants to be spoken to.
pub fn language(headers: &HeaderMap) -> Lang {
    let said = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    said.map_or(Lang::Ko, Lang::from_tag)
}

/// Writes the problem of an answer, if it is one. `instance` names the occurrence.
pub fn render(mut response: Response, lang: Lang, instance: &str) -> Response {
    let problem = match (response.extensions_mut().remove::<Problem>(), response.status()) {
        (Some(problem), _) => problem,
        (None, StatusCode::METHOD_NOT_ALLOWED) => Problem::Method,
        _ => return response,
    };
    let About(status, name, title, detail) = problem.about();
    if status.is_server_error() {
        tracing::error!(problem.kind = name, problem.instance = instance, "a call could not be answered");
    }
    let body = ProblemBody {
        kind: format!("/problems/{name}"),
        title: title.get(lang).to_owned(),
        status: status.as_u16(),
        detail: detail.get(lang).to_owned(),
        instance: instance.to_owned(),
        role: match problem {
            Problem::RoleTooLow(needed) => Some(needed),
            _ => None,
        },
        errors: match &problem {
            Problem::Invalid(errors) => errors
                .iter()
                .map(|error| ProblemField {
                    pointer: error.pointer.clone(),
                    detail: error.said.get(lang).to_owned(),
                    flow: None,
                    node: None,
                    field: None,
                    code: None,
                })
                .collect(),
            Problem::BotFileRefused(complaints) | Problem::BotHasErrors(complaints) => complaints
                .iter()
                .filter(|complaint| complaint.severity == Severity::Error)
                .map(|complaint| ProblemField {
                    pointer: complaint.spot.describe(lang),
                    detail: complaint.describe(lang),
                    flow: id(complaint.spot.flow.as_deref()),
                    node: id(complaint.spot.node.as_deref()),
                    field: complaint.spot.field.clone(),
                    code: Some(complaint.code),
                })
                .collect(),
            _ => Vec::new(),
        },
    };
    *response.body_mut() = Body::from(serde_json::to_vec(&body).unwrap_or_default());
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(
        header::CONTENT_LANGUAGE,
        HeaderValue::from_static(if lang == Lang::Ko { "ko" } else { "en" }),
    );
    let retry = match problem {
        Problem::TooManyAttempts(wait) => Some(seconds(wait)),
        Problem::Busy => Some(1),
        _ => None,
    };
    if let Some(retry) = retry {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(retry));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of each kind.
    fn all() -> Vec<Problem> {
        let mut all = vec![
            Problem::Malformed("a".to_owned()),
            Problem::NotSignedIn,
            Problem::WrongCredentials,
            Problem::CodeNeeded,
            Problem::WrongCode,
            Problem::Csrf,
            Problem::RoleTooLow(Role::Admin),
            Problem::RanksTooHigh,
            Problem::DemoOnly,
            Problem::Method,
            Problem::SetUpAlready,
            Problem::LastOwner,
            Problem::EmailTaken,
            Problem::BotChanged,
            Problem::DraftChanged,
            Problem::CodesOn,
            Problem::CodesNotBegun,
            Problem::ChatTaken,
            Problem::AgentFull(10),
            Problem::ChatNotOpen,
            Problem::ChatOwnerStays,
            Problem::ChatSameAgent,
            Problem::ChatElsewhere,
            Problem::ChatMoved,
            Problem::RoomClosed(false),
            Problem::OtherAccount("kim@example.com".to_owned()),
            Problem::TooMany(3),
            Problem::LinkEnded,
            Problem::TooLarge(2_048),
            Problem::NotJson,
            Problem::Invalid(Vec::new()),
            Problem::BotFileRefused(Vec::new()),
            Problem::BotHasErrors(Vec::new()),
            Problem::VersionLive,
            Problem::NotAPicture,
            Problem::NotMedia,
            Problem::NotDocument,
            Problem::NotTable,
            Problem::TooManyAttempts(1_500),
            Problem::Busy,
            Problem::Vault(Said::new("열쇠가 없어요.", "There is no key.")),
            Problem::Internal,
        ];
        let things = [
            Thing::Page,
            Thing::Workspace,
            Thing::Bot,
            Thing::Member,
            Thing::Invite,
            Thing::Session,
            Thing::Picture,
            Thing::Template,
            Thing::Chat,
            Thing::Flow,
            Thing::Canned,
            Thing::Answer,
            Thing::WebChannel,
            Thing::Webhook,
            Thing::Demo,
            Thing::Version,
            Thing::PathTest,
            Thing::Request,
            Thing::Turn,
            Thing::Conversation,
        ];
        all.extend(things.map(Problem::Missing));
        all
    }

    #[test]
    fn every_problem_has_its_words_and_stands_in_the_manual() {
        let manual = include_str!("../../../../docs/api.md");
        let mut names = std::collections::BTreeSet::new();
        for problem in all() {
            let About(status, name, title, detail) = problem.about();
            assert!(names.insert(name), "{name} stands twice");
            let hangul = |text: &str| text.chars().any(|letter| ('가'..='힣').contains(&letter));
            assert!(hangul(&title.ko) && hangul(&detail.ko), "{name}: {} {}", title.ko, detail.ko);
            assert!(!hangul(&title.en) && !hangul(&detail.en), "{name}: {} {}", title.en, detail.en);
            let short = name.strip_prefix("no-such").filter(|rest| *rest != "-page").unwrap_or(name);
            let line = manual.lines().find(|line| {
                line.contains(&format!("`/problems/{name}`")) || line.contains(&format!("`{short}`"))
            });
            assert!(line.is_some_and(|line| line.contains(status.as_str())), "{name} is not in docs/api.md");
        }
    }

    #[test]
    fn a_problem_is_told_in_the_language_that_was_asked_for() {
        for (lang, title) in [(Lang::Ko, "로그인이 필요해요"), (Lang::En, "Please sign in")] {
            let response = render(Problem::NotSignedIn.into_response(), lang, "urn:closer:problem:1");
            assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
            let body =
                futures_util::FutureExt::now_or_never(axum::body::to_bytes(response.into_body(), 10_000));
            let body: serde_json::Value =
                serde_json::from_slice(&body.expect("is there").expect("is read")).expect("is JSON");
            assert_eq!((&body["title"], &body["status"]), (&title.into(), &401.into()));
            assert_eq!(
                (&body["type"], &body["instance"]),
                (&"/problems/not-signed-in".into(), &"urn:closer:problem:1".into())
            );
        }
        let waits = render(Problem::TooManyAttempts(1_500).into_response(), Lang::Ko, "");
        assert_eq!(waits.headers()[header::RETRY_AFTER], "2");
    }
}
