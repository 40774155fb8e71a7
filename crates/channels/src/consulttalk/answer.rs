//! What a relay answered (spec consulttalk.md 3.5, 6, 7). HTTP says little: failures come with 200, and success has seven
//! spellings. So the body is asked first and the status only where the body says nothing.

mod class;

use serde_json::{Map, Value};

use super::{
    Relay,
    facts::facts,
    loose::{self, Object},
};
use crate::text;

pub use class::{Class, ClassWords};

/// Characters of what a relay said about a failure.
const MAX_SAID: usize = 500;
/// Duplicates: the message is there already, or being sent by the same call.
const ALREADY_SENT: [&str; 2] = ["-504", "-520"];

/// Bizgo's code for a session that never was.
const NOT_FOUND: &str = "A820";

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// Kakao has it.
    Done {
        /// The relay's own number of it, where the relay makes the numbers.
        serial: Option<String>,
    },
    /// The relay has it; what becomes of it comes as [`super::What::Result`].
    Pending {
        /// The relay's key of it, blank where it gave none and only our serial comes back.
        key: String,
    },
    /// Kakao had it already under this serial.
    AlreadySent,
    /// It was refused.
    Failed(Failure),
}

/// What became of an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// The session is closed by this call.
    Closed {
        /// Which one, where the relay says so.
        session_id: Option<String>,
    },
    /// There was none open.
    WasClosed,
    /// The relay has the call; what becomes of it comes as [`super::What::Result`].
    Pending {
        /// The relay's key of it.
        key: String,
    },
    /// It was refused.
    Failed(Failure),
}

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What kind of failure it is.
    pub class: Class,
    /// The relay's code, or `HTTP 503`.
    pub code: String,
    /// What the relay said about it, perhaps nothing.
    pub said: String,
}

/// A file that Kakao has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uploaded {
    /// Where.
    pub url: String,
    /// Its name, where the relay says so.
    pub name: Option<String>,
    /// Its bytes, where the relay says so.
    pub size: Option<u64>,
}

/// A session as the relay knows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SessionState {
    /// Its number, as digits; `None` where there never was one.
    pub session_id: Option<String>,
    /// How it began, in Kakao's letters.
    pub started_type: Option<String>,
    /// When it began, as the relay writes it.
    pub started_at: Option<String>,
    /// How it ended, in Kakao's letters.
    pub expired_type: Option<String>,
    /// When it ended or will end, as the relay writes it.
    pub expired_at: Option<String>,
}

impl SessionState {
    /// Whether one can write into it.
    pub const fn is_open(&self) -> bool {
        self.session_id.is_some() && self.expired_type.is_none()
    }
}

/// How far a video is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VideoState {
    /// It can be sent.
    Ready,
    /// It is being worked on.
    Working,
    /// There is no such video.
    Missing,
}

/// Whether the same call may be made again under the same serial. `None` stands for an answer that was lost: the call
/// may have done its work. Where the relay does not know our serials, only what was refused at the door may be repeated.
pub fn may_repeat(relay: Relay, sent: Option<&Sent>) -> bool {
    let dedupes = facts(relay).dedupes_by_serial;
    match sent {
        None => dedupes,
        Some(Sent::Failed(failure)) => match failure.class {
            Class::RateLimited => true,
            Class::Transient => dedupes,
            _ => false,
        },
        Some(Sent::Done { .. } | Sent::Pending { .. } | Sent::AlreadySent) => false,
    }
}

/// Reads the answer to a message.
pub fn read_sent(relay: Relay, status: u16, body: &[u8]) -> Sent {
    let answer = Answer::read(relay, status, body);
    match answer.failure() {
        Some(failure) if ALREADY_SENT.contains(&failure.code.as_str()) => Sent::AlreadySent,
        Some(failure) => Sent::Failed(failure),
        None if facts(relay).result_comes_later => {
            Sent::Pending { key: answer.said(&["msgKey", "ref"]).unwrap_or_default() }
        }
        None => Sent::Done { serial: answer.serial() },
    }
}

/// Reads the answer to an end, with or without the bot.
pub fn read_ended(relay: Relay, status: u16, body: &[u8]) -> Ended {
    let answer = Answer::read(relay, status, body);
    match answer.failure() {
        Some(failure) if failure.class == Class::Closed => Ended::WasClosed,
        Some(failure) => Ended::Failed(failure),
        None if facts(relay).result_comes_later => {
            Ended::Pending { key: answer.said(&["msgKey", "ref"]).unwrap_or_default() }
        }
        None => match answer.said(&["session_id", "sessionId"]) {
            // Success without a session means that nothing was open (3.3), where the relay names sessions at all.
            None if relay != Relay::Dktechin => Ended::WasClosed,
            session_id => Ended::Closed { session_id },
        },
    }
}

/// Reads the answer to an upload.
pub fn read_uploaded(relay: Relay, status: u16, body: &[u8]) -> Result<Uploaded, Failure> {
    let answer = Answer::read(relay, status, body);
    if let Some(failure) = answer.failure() {
        // What is wrong with an upload is wrong with the file, whatever the code is used for elsewhere.
        let about_file =
            matches!(failure.class, Class::BadBubble | Class::TooLong) || failure.code.starts_with("A2");
        let class = if about_file { Class::BadMedia } else { failure.class };
        return Err(Failure { class, ..failure });
    }
    let url = answer.said(&["image", "file", "imgUrl", "img_url", "fileUrl", "file_url", "payload"]);
    let Some(url) = url else {
        let said = "the answer names no address".to_owned();
        return Err(Failure { class: Class::Unknown, code: format!("HTTP {status}"), said });
    };
    let (mut name, mut size) = (None, None);
    for map in answer.places() {
        // DKTechin's names differ by kind: IMAGE_NAME, FILE_SIZE, ….
        for (key, value) in map {
            let key = key.to_ascii_lowercase();
            if key.ends_with("name") {
                name = name.or_else(|| loose::word(value));
            } else if key.ends_with("size") {
                size = size.or_else(|| loose::size(value));
            }
        }
    }
    Ok(Uploaded { url, name, size })
}

/// Reads the answer to any other call.
pub fn read_done(relay: Relay, status: u16, body: &[u8]) -> Result<(), Failure> {
    Answer::read(relay, status, body).failure().map_or(Ok(()), Err)
}

/// Reads the answer to the question for a session. DKTechin wraps it in a text.
pub fn read_session(relay: Relay, status: u16, body: &[u8]) -> Result<SessionState, Failure> {
    let answer = Answer::read(relay, status, body);
    let payload = answer.said(&["payload"]).unwrap_or_default();
    let inner = Answer::of(relay, status, payload.as_bytes());
    if let Some(failure) = answer.failure().or_else(|| inner.as_ref().and_then(Answer::failure)) {
        // That there is none is an answer, too.
        let none = failure.class == Class::Closed || failure.code == NOT_FOUND;
        return if none { Ok(SessionState::default()) } else { Err(failure) };
    }
    let answer = inner.unwrap_or(answer);
    let session = answer.places().into_iter().find_map(|map| loose::object(map, &["session"]));
    let said = |names: &[&str]| match session {
        Some(session) => loose::said(session, names),
        None => answer.said(names),
    };
    Ok(SessionState {
        session_id: said(&["session_id", "sessionId"]),
        started_type: said(&["started_type", "startedType"]),
        started_at: said(&["started_at", "startedAt"]),
        expired_type: said(&["expired_type", "expiredType"]),
        expired_at: said(&["expired_at", "expiredAt"]),
    })
}

/// Reads the answer to the question for a video.
pub fn read_video_state(status: u16, body: &[u8]) -> Result<VideoState, Failure> {
    let answer = Answer::read(Relay::Dktechin, status, body);
    let words = ["payload", "status", "code"].iter().filter_map(|name| answer.said(&[name]));
    for word in words {
        match word.to_ascii_uppercase().as_str() {
            "COMPLETE" => return Ok(VideoState::Ready),
            "IN_PROGRESS" => return Ok(VideoState::Working),
            "NOT_FOUND" => return Ok(VideoState::Missing),
            _ => {}
        }
    }
    Err(answer.failure().unwrap_or_else(|| Failure {
        class: Class::Unknown,
        code: format!("HTTP {status}"),
        said: "the answer names no state of the video".to_owned(),
    }))
}

/// What a hook says became of a call that was only accepted before (7.1).
pub(super) fn reported(code: &str, said: Option<String>, key: Option<&str>) -> Sent {
    if class::is_success(code) {
        return Sent::Done { serial: key.map(str::to_owned) };
    }
    let class = class::of(Relay::Bizgo, code).unwrap_or(Class::Unknown);
    Sent::Failed(Failure { class, code: code.to_owned(), said: bounded(&said.unwrap_or_default()) })
}

/// A code, and what was said about it.
struct Code {
    word: String,
    said: String,
    /// It is about who calls, not about what was called.
    about_caller: bool,
}

/// An answer with its relay and status.
struct Answer<'a> {
    relay: Relay,
    status: u16,
    object: Option<Object<'a>>,
}

impl<'a> Answer<'a> {
    fn read(relay: Relay, status: u16, body: &'a [u8]) -> Self {
        Self { relay, status, object: Object::read(body) }
    }

    /// Only where the bytes are an object.
    fn of(relay: Relay, status: u16, body: &'a [u8]) -> Option<Self> {
        Some(Self { relay, status, object: Some(Object::read(body)?) })
    }

    /// Where things may stand: at the top, in Bizgo's envelope once or twice, in what DKTechin wraps.
    fn places(&self) -> Vec<&Map<String, Value>> {
        let Some(object) = &self.object else { return Vec::new() };
        let mut places = vec![&object.map];
        for name in ["data", "payload", "extra"] {
            if let Some(inner) = loose::object(&object.map, &[name]) {
                places.push(inner);
                places.extend(loose::object(inner, &["data"]));
            }
        }
        places
    }

    fn said(&self, names: &[&str]) -> Option<String> {
        self.places().into_iter().find_map(|map| loose::said(map, names))
    }

    /// What the relay says of the bubbles of one call (DKTechin).
    fn bubbles(&self) -> impl Iterator<Item = &Map<String, Value>> {
        let infos = self.places().into_iter().find_map(|map| map.get("message_info")?.as_array());
        infos.into_iter().flatten().filter_map(Value::as_object)
    }

    fn serial(&self) -> Option<String> {
        self.bubbles().find_map(|bubble| loose::said(bubble, &["serial_number", "serialNumber"]))
    }

    /// Every code with what was said about it, the closest to the message first.
    fn codes(&self) -> Vec<Code> {
        let read = |map: &Map<String, Value>, codes: &[&str], about_caller: bool| {
            let said = loose::said(map, &["authResult", "message", "result", "description", "error"]);
            Some(Code { word: loose::said(map, codes)?, said: said.unwrap_or_default(), about_caller })
        };
        let mut codes: Vec<Code> =
            self.bubbles().filter_map(|bubble| read(bubble, &["code"], false)).collect();
        let Some(object) = &self.object else { return codes };
        // What is wrong with the caller goes before what is wrong with the message.
        if let Some(common) = loose::object(&object.map, &["common"]) {
            codes.extend(read(common, &["authCode", "code"], true));
        }
        codes.extend(self.places().into_iter().filter_map(|map| read(map, &["code"], false)));
        codes
    }

    /// The kind of a code. The same number means other things where Bizgo speaks of the caller (7).
    fn class(&self, code: &Code) -> Option<Class> {
        let class = class::of(self.relay, &code.word);
        match class {
            Some(Class::RateLimited | Class::Transient) => class,
            _ if code.about_caller => Class::of_status(self.status)
                .filter(|class| *class == Class::Transient)
                .or(Some(Class::Config)),
            _ => class,
        }
    }

    /// Why it failed; `None` where it did not.
    fn failure(&self) -> Option<Failure> {
        let codes = self.codes();
        let by_status = Class::of_status(self.status);
        if let Some(code) = codes.iter().find(|code| !class::is_success(&code.word)) {
            // 429 says more than any code beside it; other statuses less.
            let class = match by_status {
                Some(Class::RateLimited) => Class::RateLimited,
                _ => self.class(code).or(by_status).unwrap_or(Class::Unknown),
            };
            return Some(Failure { class, code: bounded(&code.word), said: bounded(&code.said) });
        }
        if let Some(class) = by_status {
            let said = codes.into_iter().map(|code| code.said).find(|said| !said.is_empty());
            return Some(Failure {
                class,
                code: format!("HTTP {}", self.status),
                said: bounded(&said.unwrap_or_default()),
            });
        }
        // A success says so. An empty 200 is what stands in front of the relay, not the relay.
        codes.is_empty().then(|| Failure {
            class: Class::Unknown,
            code: format!("HTTP {}", self.status),
            said: "the answer has no code".to_owned(),
        })
    }
}

fn bounded(said: &str) -> String {
    text::cut(text::clean(said).trim(), MAX_SAID)
}
