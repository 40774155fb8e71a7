//! Calls to a relay, as data (spec consulttalk.md 3, 5–7). Whoever makes them adds nothing but the bytes of a file.

mod bizgo;
mod dktechin;
mod happytalk;
mod native;
mod rich;

use std::fmt;

use super::{Bubble, Facts, Line, MediaKind, Relay, facts::facts};
use crate::kakao::url::encode_piece;

pub use native::PATHS as NATIVE_PATHS;

/// One call.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    /// `GET`, `POST` or `PUT`.
    pub method: &'static str,
    /// The whole address.
    pub url: String,
    /// Headers beside those that the body brings.
    pub headers: Vec<(String, String)>,
    /// What is sent.
    pub body: CallBody,
}

impl fmt::Debug for Call {
    /// Without what headers hold and what stands in the path: both may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Call")
            .field("method", &self.method)
            .field("headers", &names)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// The body of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallBody {
    /// Nothing.
    None,
    /// `application/json`.
    Json(String),
    /// `multipart/form-data` with one file.
    Form {
        /// The other fields.
        fields: Vec<(String, String)>,
        /// The name of the file's field.
        file_field: String,
        /// The file's name.
        file_name: String,
        /// What the file is.
        mime: String,
    },
}

/// Whom a call is about.
#[derive(Debug, Clone, Copy)]
pub struct Whom<'a> {
    /// The customer.
    pub user_key: &'a str,
    /// Their session, where it is known.
    pub session_id: Option<&'a str>,
}

/// What an upload is for. A picture uploaded for one is not shown in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Upload {
    /// A bubble of its own. A video that cannot be sent as one can go as a file.
    Plain(MediaKind),
    /// The picture of a bubble with text or buttons.
    InBubble,
}

/// Sends a bubble under our serial (letters and digits, thirty at most). Media must be uploaded before.
pub fn send(line: &Line, whom: Whom<'_>, serial: &str, bubble: &Bubble) -> Call {
    match line.relay {
        Relay::Native | Relay::HappytalkV1 => native::send(line, whom, serial, bubble),
        Relay::HappytalkV3 => happytalk::send(line, whom, serial, bubble),
        Relay::Dktechin => dktechin::send(line, whom, serial, bubble),
        Relay::Bizgo => bizgo::send(line, whom, serial, bubble),
    }
}

/// Ends the session.
pub fn end(line: &Line, whom: Whom<'_>) -> Call {
    match line.relay {
        Relay::Native | Relay::HappytalkV1 | Relay::HappytalkV3 => native::about(line, "end", whom),
        Relay::Dktechin => dktechin::about(line, "end", whom),
        Relay::Bizgo => bizgo::end(line, whom, None),
    }
}

/// Ends the session, and the channel's chatbot goes on with this event. Where a relay has no such call
/// ([`Facts::ends_with_bot`]) the session ends, and that is all.
pub fn end_with_bot(line: &Line, whom: Whom<'_>, event: &str) -> Call {
    // An event that the chatbot cannot have ends the session all the same; blank says so without an oddity.
    let sound = event.len() <= super::guesses::END_EVENT
        && event.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let event = if sound { event } else { "" };
    match line.relay {
        Relay::HappytalkV1 => end(line, whom),
        Relay::Native | Relay::HappytalkV3 => native::end_with_bot(line, whom, event),
        Relay::Dktechin => dktechin::end_with_bot(line, whom, event),
        Relay::Bizgo => bizgo::end(line, whom, Some(event)),
    }
}

/// Blocks the customer; the session ends with it.
pub fn block(line: &Line, whom: Whom<'_>) -> Call {
    about(line, "block", whom)
}

/// Takes the block back.
pub fn unblock(line: &Line, whom: Whom<'_>) -> Call {
    about(line, "unblock", whom)
}

fn about(line: &Line, operation: &'static str, whom: Whom<'_>) -> Call {
    match line.relay {
        Relay::Native | Relay::HappytalkV1 | Relay::HappytalkV3 => native::about(line, operation, whom),
        Relay::Dktechin => dktechin::about(line, operation, whom),
        Relay::Bizgo => bizgo::about(line, operation, whom),
    }
}

/// Opens chat on the channel: from here on customers' messages come. Only when hooks are heard, else they are lost.
pub fn activate(line: &Line) -> Call {
    switch(line, "activate")
}

/// Closes chat on the channel.
pub fn deactivate(line: &Line) -> Call {
    switch(line, "deactivate")
}

fn switch(line: &Line, operation: &'static str) -> Call {
    match line.relay {
        Relay::Native | Relay::HappytalkV1 | Relay::HappytalkV3 => native::switch(line, operation),
        Relay::Dktechin => dktechin::switch(line, operation),
        Relay::Bizgo => bizgo::switch(line, operation),
    }
}

/// Uploads a file. Its bytes go where [`CallBody::Form`] says.
pub fn upload(line: &Line, purpose: Upload, file_name: &str, mime: &str) -> Call {
    let form = Form { file_name: file_name.to_owned(), mime: mime.to_owned() };
    match line.relay {
        Relay::Native | Relay::HappytalkV1 | Relay::HappytalkV3 => native::upload(line, purpose, form),
        Relay::Dktechin => dktechin::upload(line, purpose, form),
        Relay::Bizgo => bizgo::upload(line, purpose, form),
    }
}

/// How far a video is. `None` where videos are ready at once.
pub fn video_state(line: &Line, uploaded: &str) -> Option<Call> {
    (line.relay == Relay::Dktechin).then(|| dktechin::video_state(line, uploaded))
}

/// Tells the relay where hooks go. `None` where the dealer's people do that.
pub fn set_receive(line: &Line, address: &str) -> Option<Call> {
    match line.relay {
        Relay::HappytalkV1 | Relay::HappytalkV3 => Some(happytalk::set_receive(line, address)),
        Relay::Dktechin => Some(dktechin::set_receive(line, address)),
        Relay::Native | Relay::Bizgo => None,
    }
}

/// Asks for the customer's session. `None` where that cannot be asked.
pub fn session(line: &Line, whom: Whom<'_>) -> Option<Call> {
    match line.relay {
        Relay::Dktechin => Some(dktechin::session(line, whom)),
        Relay::Bizgo => Some(bizgo::session(line, whom)),
        Relay::Native | Relay::HappytalkV1 | Relay::HappytalkV3 => None,
    }
}

/// What is known of a file before it is known where it goes.
struct Form {
    file_name: String,
    mime: String,
}

impl Form {
    fn in_field(self, file_field: &str, fields: &[(&str, &str)]) -> CallBody {
        CallBody::Form {
            fields: fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            file_field: file_field.to_owned(),
            file_name: self.file_name,
            mime: self.mime,
        }
    }
}

/// The address of an operation: the relay's own path, or the one that was set for this channel.
fn address(line: &Line, operation: &str, path: &str) -> String {
    let own = line.paths.get(operation).map(|path| path.trim()).filter(|path| !path.is_empty());
    let path = own.unwrap_or(path);
    let (mut partner, mut sender) = (String::new(), String::new());
    encode_piece(line.credentials.get("partner_key").map_or("", |key| key.trim()), &mut partner);
    encode_piece(&line.sender_key, &mut sender);
    let path = path.replace("{partner}", &partner).replace("{sender_key}", &sender);
    if path.starts_with("https://") || path.starts_with("http://") {
        return path;
    }
    let Facts { base_url, .. } = facts(line.relay);
    let base = line.base_url.trim().trim_end_matches('/');
    let base = if base.is_empty() { base_url } else { base };
    format!("{base}/{}", path.trim_start_matches('/'))
}

/// The headers of every call on this line.
fn headers(line: &Line) -> Vec<(String, String)> {
    let credentials =
        facts(line.relay).credentials.iter().filter(|credential| !credential.header_or_path.starts_with('{'));
    let mut headers: Vec<(String, String)> = credentials
        .filter_map(|credential| {
            let value = line.credentials.get(credential.name)?.trim();
            Some((credential.header_or_path.to_owned(), value.to_owned()))
        })
        .collect();
    headers.extend(line.headers.iter().cloned());
    headers
}

fn call(line: &Line, method: &'static str, operation: &str, path: &str, body: CallBody) -> Call {
    Call { method, url: address(line, operation, path), headers: headers(line), body }
}

/// Only the answers that Kakao knows, and only where they may stand.
fn auto_answer(bubble: &Bubble) -> Option<&str> {
    let answer = bubble.auto_answer.as_deref()?;
    (bubble.may_be_system_answer() && super::AUTO_ANSWERS.contains(&answer)).then_some(answer)
}
