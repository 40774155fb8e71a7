//! What customers send, to be fetched by signed addresses that run out (consulttalk.md 2.1).

use std::{collections::VecDeque, sync::Arc};

use super::state::mixed;
use crate::provider::listen::{Heard, Said};

/// A photograph: 640 × 480, JPEG.
pub const PHOTO_JPEG: &[u8] = include_bytes!("photo.jpg");
/// A picture: 320 × 240, PNG.
pub const PHOTO_PNG: &[u8] = include_bytes!("photo.png");

/// How long an address is good: DKTechin's samples run for about 180 days.
const GOOD_MS: i64 = 180 * 24 * 3_600_000;
/// Bytes that are kept altogether; the oldest files go first.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Bytes of somebody, perhaps shared.
#[derive(Debug, Clone)]
pub(super) enum Bytes {
    Sample(&'static [u8]),
    Own(Arc<[u8]>),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Sample(bytes) => bytes,
            Self::Own(bytes) => bytes,
        }
    }
}

#[derive(Debug)]
struct File {
    number: u64,
    mime: &'static str,
    expires: i64,
    bytes: Bytes,
}

/// The files of all customers, the newest last.
#[derive(Debug)]
pub(super) struct Files {
    kept: VecDeque<File>,
    most: usize,
    size: usize,
}

impl Files {
    pub fn new(most: usize) -> Self {
        Self { kept: VecDeque::new(), most: most.max(1), size: 0 }
    }

    /// Keeps a file; the address under which it can be fetched.
    pub fn keep(&mut self, base: &str, number: u64, name: &str, bytes: Bytes, now_ms: i64) -> String {
        let expires = (now_ms + GOOD_MS) / 1_000;
        if let Bytes::Own(own) = &bytes {
            self.size += own.len();
        }
        self.kept.push_back(File { number, mime: mime(name), expires, bytes });
        while self.kept.len() > self.most || (self.size > MAX_BYTES && self.kept.len() > 1) {
            if let Some(File { bytes: Bytes::Own(own), .. }) = self.kept.pop_front() {
                self.size -= own.len();
            }
        }
        let (credential, signature) = signature(number, expires);
        let name: String = name
            .chars()
            .map(|letter| if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '_' })
            .collect();
        format!("{base}/dna/{number}/{name}?credential={credential}&expires={expires}&signature={signature}")
    }

    /// Answers whoever fetches.
    pub fn serve(&self, heard: &Heard, now_ms: i64) -> Said {
        let number = heard.path.split('/').nth(2).and_then(|number| number.parse().ok()).unwrap_or(0_u64);
        let Ok(at) = self.kept.binary_search_by_key(&number, |file| file.number) else {
            return Said::text(404, "text/plain", "");
        };
        let file = &self.kept[at];
        let (credential, signature) = signature(number, file.expires);
        let expires = file.expires.to_string();
        let given = [("credential", credential), ("expires", expires), ("signature", signature)];
        if given.iter().any(|(name, value)| heard.parameter(name) != Some(value))
            || file.expires * 1_000 < now_ms
        {
            return Said::text(403, "text/plain", "");
        }
        Said { body: file.bytes.as_ref().to_vec(), ..Said::text(200, file.mime, "") }
    }
}

fn signature(number: u64, expires: i64) -> (String, String) {
    (format!("{:016x}", mixed(number)), format!("{:016x}", mixed(number ^ expires as u64)))
}

/// The type by which a file is served.
pub(super) fn mime(name: &str) -> &'static str {
    let extension = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "bmp" => "image/bmp",
        "tif" | "tiff" => "image/tiff",
        "mp4" | "m4v" => "video/mp4",
        "avi" | "asf" | "wmv" | "mkv" | "ts" | "mpg" | "mpeg" | "mov" | "flv" | "ogv" => "video/x-unknown",
        "mp3" => "audio/mpeg",
        "wav" | "flac" | "tta" | "tak" | "aac" | "wma" | "ogg" | "m4a" => "audio/x-unknown",
        "txt" => "text/plain; charset=utf-8",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
