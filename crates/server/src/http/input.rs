//! What comes in with a call: bodies within bounds, and values that are looked at before they are used.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{header, request::Parts},
};
use engine::lang::Said;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::DeserializeOwned;

use super::problem::{FieldError, Problem, Thing};
use crate::people;

/// Bytes of an ordinary body.
const MAX_BODY: usize = 64 * 1024;
/// Bytes of a body that holds a bot file: the largest exported bots are some 2 MB.
pub const MAX_BOT_BODY: usize = 8 * 1024 * 1024;
/// Characters of a name or a title.
pub const MAX_NAME: usize = 60;
/// Characters of a longer text.
pub const MAX_TEXT: usize = 1_000;

/// A JSON body.
#[derive(Debug)]
pub struct Json<T>(pub T);

/// A JSON body, or none.
#[derive(Debug)]
pub struct MaybeJson<T>(pub T);

/// A JSON body that may hold a bot file, as text.
#[derive(Debug)]
pub struct BotBody(pub String);

/// A query string.
#[derive(Debug)]
pub struct Params<T>(pub T);

/// The ids in a path. What is no id names nothing.
#[derive(Debug)]
pub struct Ids<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let body = json_body(request, MAX_BODY).await?;
        read(&body).map(Self)
    }
}

impl<S: Sync, T: DeserializeOwned + Default> FromRequest<S> for MaybeJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let body = bytes(request.into_body(), MAX_BODY).await?;
        if body.is_empty() { Ok(Self(T::default())) } else { read(&body).map(Self) }
    }
}

impl<S: Sync> FromRequest<S> for BotBody {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let body = json_body(request, MAX_BOT_BODY).await?;
        String::from_utf8(body.into()).map(Self).map_err(|error| Problem::Malformed(error.to_string()))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Query::from_request_parts(parts, state).await {
            Ok(Query(params)) => Ok(Self(params)),
            Err(error) => Err(Problem::Malformed(error.body_text())),
        }
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Ids<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(ids)) => Ok(Self(ids)),
            Err(_) => Err(Problem::Missing(Thing::Page)),
        }
    }
}

/// A value from JSON text.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| Problem::Malformed(error.to_string()))
}

async fn json_body(request: Request, most: usize) -> Result<Bytes, Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let essence = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(Problem::NotJson);
    }
    bytes(request.into_body(), most).await
}

/// A whole body, if it is not larger.
pub async fn bytes(body: Body, most: usize) -> Result<Bytes, Problem> {
    match Limited::new(body, most).collect().await {
        Ok(whole) => Ok(whole.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Problem::TooLarge(most)),
        Err(error) => Err(Problem::Malformed(error.to_string())),
    }
}

/// Looks at values and remembers what is not as it should be.
#[derive(Debug, Default)]
pub struct Check(Vec<FieldError>);

impl Check {
    /// Says that a value is not as it should be.
    pub fn wrong(&mut self, pointer: &str, ko: impl Into<String>, en: impl Into<String>) {
        self.0.push(FieldError { pointer: pointer.to_owned(), said: Said::new(ko, en) });
    }

    /// A name of one line that is not empty, trimmed.
    pub fn name(&mut self, pointer: &str, text: &str) -> String {
        let text = text.trim();
        let length = text.chars().count();
        if length == 0 || length > MAX_NAME || text.contains(char::is_control) {
            self.wrong(
                pointer,
                format!("1자 이상 {MAX_NAME}자 이하로, 줄바꿈 없이 적어 주세요."),
                format!("Enter 1 to {MAX_NAME} characters in one line."),
            );
        }
        text.to_owned()
    }

    /// A text that may be empty and may have lines.
    pub fn text(&mut self, pointer: &str, text: &str) -> String {
        let strange = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
        if text.chars().count() > MAX_TEXT || text.contains(strange) {
            self.wrong(
                pointer,
                format!("{MAX_TEXT}자까지 적을 수 있어요."),
                format!("Enter at most {MAX_TEXT} characters."),
            );
        }
        text.to_owned()
    }

    /// An address, as it is stored.
    pub fn email(&mut self, pointer: &str, text: &str) -> String {
        people::clean_email(text).unwrap_or_else(|| {
            self.wrong(pointer, "이메일 주소를 확인해 주세요.", "Check the e-mail address.");
            String::new()
        })
    }

    /// A new password.
    pub fn password(&mut self, pointer: &str, password: &str, email: &str) {
        if let Some(said) = people::weakness(password, email) {
            self.0.push(FieldError { pointer: pointer.to_owned(), said });
        }
    }

    /// Was all as it should be?
    pub fn done(self) -> Result<(), Problem> {
        if self.0.is_empty() { Ok(()) } else { Err(Problem::Invalid(self.0)) }
    }
}
