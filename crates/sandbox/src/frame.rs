//! What pool and worker say to each other, over the worker's standard input and output.
//!
//! A frame is two little-endian 32-bit lengths, a JSON head of the first length and raw bytes of the second: bodies and
//! contexts cross without being escaped. Each side bounds what it accepts; a worker that breaks the form is killed.

use serde::{Deserialize, Serialize};

use crate::call::{Failure, HttpFailure, Log};

/// Bytes before a frame's head.
const LENGTHS: usize = 8;
/// Bytes of a head: a script as JSON may be six times its size.
pub const MAX_HEAD: usize = 512 * 1024;
/// Bytes after a head: a context, an HTTP body or a result.
pub const MAX_TAIL: usize = 2 << 20;

/// To the worker.
#[derive(Debug, Serialize, Deserialize)]
pub enum Order {
    /// Run this; the tail is the context as JSON.
    Run {
        /// Its number among this worker's calls, from 1.
        call: u64,
        /// The source.
        script: String,
        /// When to give up.
        within_ms: u64,
    },
    /// An answer to [`Report::Ask`]; the tail is the body.
    Reply {
        /// The call that asked; a call that has ended since is not disturbed.
        call: u64,
        /// The question.
        id: u32,
        /// Head of the response, or why there is none.
        answer: Result<Head, HttpFailure>,
    },
}

/// A response without its body, as in [`crate::HttpResponse`].
#[derive(Debug, Serialize, Deserialize)]
pub struct Head {
    pub status: u16,
    pub reason: String,
    pub headers: Vec<(String, String)>,
    pub url: String,
}

/// From the worker.
#[derive(Debug, Serialize, Deserialize)]
pub enum Report {
    /// The process has given up its rights and waits for its first call.
    Ready,
    /// The script wants to reach the world; the tail is the body.
    Ask {
        /// Numbers the questions of one call.
        id: u32,
        /// What it wants.
        request: Asked,
    },
    /// The call is over; the tail is the result as JSON if there is no failure.
    Done {
        /// Why there is no result.
        failure: Option<Failure>,
        /// The console.
        logs: Vec<Log>,
        /// The worker ends now, because it has grown.
        leaving: bool,
    },
}

/// A request without its body, as the shims in `js/own` write it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Asked {
    pub method: String,
    pub url: String,
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    #[serde(default)]
    pub timeout_ms: Option<u64>,
    #[serde(default)]
    pub max_redirects: Option<u32>,
    #[serde(default)]
    pub has_body: bool,
}

/// Why bytes are no frame.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// One of the lengths is past its bound.
    #[error("a frame is too large")]
    TooLarge,
    /// The head is not what was agreed.
    #[error("a frame cannot be read")]
    Unreadable(#[from] serde_json::Error),
}

/// Appends a frame.
pub fn write(into: &mut Vec<u8>, head: &impl Serialize, tail: &[u8]) -> Result<(), FrameError> {
    let start = into.len();
    into.extend_from_slice(&[0; LENGTHS]);
    serde_json::to_writer(&mut *into, head)?;
    let head_len = into.len() - start - LENGTHS;
    if head_len > MAX_HEAD || tail.len() > MAX_TAIL {
        into.truncate(start);
        return Err(FrameError::TooLarge);
    }
    into[start..start + 4].copy_from_slice(&(head_len as u32).to_le_bytes());
    into[start + 4..start + LENGTHS].copy_from_slice(&(tail.len() as u32).to_le_bytes());
    into.extend_from_slice(tail);
    Ok(())
}

/// Takes a frame off the front, if all of it is there.
pub fn take<T: for<'de> Deserialize<'de>>(from: &mut Vec<u8>) -> Result<Option<(T, Vec<u8>)>, FrameError> {
    let Some((lengths, rest)) = from.split_at_checked(LENGTHS) else { return Ok(None) };
    let length = |at: usize| {
        lengths[at..at + 4].iter().rev().fold(0_usize, |length, byte| length << 8 | usize::from(*byte))
    };
    let (head_len, tail_len) = (length(0), length(4));
    if head_len > MAX_HEAD || tail_len > MAX_TAIL {
        return Err(FrameError::TooLarge);
    }
    if rest.len() < head_len + tail_len {
        return Ok(None);
    }
    let head = serde_json::from_slice(&rest[..head_len])?;
    let tail = rest[head_len..head_len + tail_len].to_vec();
    from.drain(..LENGTHS + head_len + tail_len);
    Ok(Some((head, tail)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_read_once_all_of_it_is_there() {
        let mut bytes = Vec::new();
        let order = Order::Run { call: 7, script: "한글 \" \0".to_owned(), within_ms: 5 };
        write(&mut bytes, &order, b"tail").unwrap();
        write(&mut bytes, &Report::Ready, b"").unwrap();
        let mut fed = Vec::new();
        let mut read = Vec::new();
        for byte in bytes {
            fed.push(byte);
            if read.is_empty()
                && let Some((order, tail)) = take::<Order>(&mut fed).unwrap()
            {
                read.push((format!("{order:?}"), tail));
            }
        }
        assert_eq!(read, [(format!("{order:?}"), b"tail".to_vec())]);
        assert!(matches!(take::<Report>(&mut fed).unwrap(), Some((Report::Ready, tail)) if tail.is_empty()));
        assert!(fed.is_empty());
    }

    #[test]
    fn lengths_past_their_bounds_are_refused_before_anything_is_kept() {
        let mut fed = vec![0xff; LENGTHS];
        assert!(matches!(take::<Report>(&mut fed), Err(FrameError::TooLarge)));
        let mut bytes = Vec::new();
        assert!(matches!(
            write(&mut bytes, &Report::Ready, &vec![0; MAX_TAIL + 1]),
            Err(FrameError::TooLarge)
        ));
        assert!(bytes.is_empty());
    }
}
