//! What companies upload before they send it: forms, limits, and the table of what is there (consulttalk.md 3.2, 6.4).

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use super::judge::{Judge, code};
use crate::{
    provider::listen::{Heard, Said, unescape},
    relay::options::Dialect,
};

const MB: usize = 1_000_000;
const DAY_MS: i64 = 24 * 3_600_000;
/// Bytes that are kept to be looked at; of older uploads only the facts remain.
const MAX_BYTES: usize = 64 * MB;
/// Refused by DKTechin (6.4).
const REFUSED: [&str; 18] = [
    "php", "phtml", "jsp", "jspx", "asp", "aspx", "cer", "asa", "cdx", "cfm", "exe", "com", "msi", "bat",
    "cmd", "sh", "pl", "py",
];

/// What an upload may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Use {
    /// A picture alone.
    Image,
    /// A picture of a bubble with buttons (`image_type` link or rich).
    LinkImage,
    /// A file.
    File,
    /// A film.
    Video,
    /// A sound.
    Audio,
}

/// Something that a company uploaded.
#[derive(Debug, Clone)]
pub struct Upload {
    /// For what.
    pub used: Use,
    /// Its file name.
    pub name: String,
    /// Bytes.
    pub size: usize,
    /// Itself; empty where it was forgotten.
    pub bytes: Arc<[u8]>,
    /// Until then.
    pub expires_ms: i64,
    /// Not to be sent before.
    pub ready_ms: i64,
}

/// All uploads, by address.
#[derive(Debug)]
pub(super) struct Uploads {
    by_url: HashMap<String, Upload>,
    order: VecDeque<String>,
    held: VecDeque<String>,
    size: usize,
    most: usize,
}

impl Uploads {
    pub fn new(most: usize) -> Self {
        Self {
            by_url: HashMap::new(),
            order: VecDeque::new(),
            held: VecDeque::new(),
            size: 0,
            most: most.max(1),
        }
    }

    pub fn find(&self, url: &str, now_ms: i64) -> Option<&Upload> {
        self.by_url.get(url).filter(|upload| now_ms < upload.expires_ms)
    }

    pub fn keep(&mut self, url: String, upload: Upload) {
        self.size += upload.bytes.len();
        self.held.push_back(url.clone());
        self.order.push_back(url.clone());
        self.by_url.insert(url, upload);
        while self.size > MAX_BYTES && self.held.len() > 1 {
            let Some(oldest) = self.held.pop_front() else { break };
            if let Some(upload) = self.by_url.get_mut(&oldest) {
                self.size -= upload.bytes.len();
                upload.bytes = Arc::new([]);
            }
        }
        while self.order.len() > self.most {
            let Some(oldest) = self.order.pop_front() else { break };
            if let Some(upload) = self.by_url.remove(&oldest) {
                self.size -= upload.bytes.len();
            }
        }
    }

    /// Answers whoever fetches, as a phone does.
    pub fn serve(&self, url: &str, now_ms: i64) -> Said {
        match self.find(url, now_ms) {
            Some(upload) => {
                Said { body: upload.bytes.to_vec(), ..Said::text(200, super::files::mime(&upload.name), "") }
            }
            None => Said::text(404, "text/plain", ""),
        }
    }
}

/// One part of a form.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub name: String,
    pub file: Option<String>,
    pub bytes: Vec<u8>,
}

/// The parts of `multipart/form-data`; nothing where the body is none.
pub(super) fn parts(heard: &Heard) -> Option<Vec<Part>> {
    let kind = heard.header("content-type")?;
    if !kind.starts_with("multipart/form-data") {
        return None;
    }
    let boundary = kind.split(';').find_map(|part| part.trim().strip_prefix("boundary="))?;
    let boundary = format!("--{}", boundary.trim_matches('"'));
    let mut parts = Vec::new();
    let mut rest = heard.body.as_slice();
    let start = find(rest, boundary.as_bytes())?;
    rest = &rest[start + boundary.len()..];
    loop {
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let head = find(rest, b"\r\n\r\n")?;
        let end = find(rest, format!("\r\n{boundary}").as_bytes())?;
        let mut part = Part { bytes: rest.get(head + 4..end)?.to_vec(), ..Part::default() };
        for line in String::from_utf8_lossy(&rest[..head]).lines() {
            let Some((name, value)) = line.split_once(':') else { continue };
            if name.eq_ignore_ascii_case("content-disposition") {
                part.name = parameter(value, "name")?;
                part.file = parameter(value, "filename").or_else(|| encoded(value));
            }
        }
        parts.push(part);
        rest = &rest[end + 2 + boundary.len()..];
    }
}

fn parameter(value: &str, wanted: &str) -> Option<String> {
    let at = value.find(&format!(" {wanted}=\""))? + wanted.len() + 3;
    let rest = &value[at..];
    Some(rest[..rest.find('"')?].to_owned())
}

/// A file name that is no plain text, as RFC 5987 writes it.
fn encoded(value: &str) -> Option<String> {
    let (_, rest) = value.split_once(" filename*=")?;
    let name = rest.split(';').next()?.trim();
    let name = name.strip_prefix("utf-8''").or_else(|| name.strip_prefix("UTF-8''"))?;
    Some(unescape(name))
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// The first that is wrong with an upload is what it is refused for.
pub(super) fn judge(judge: &mut Judge<'_>, used: Use, name: &str, bytes: &[u8], rich: bool) {
    let extension = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let most = match used {
        Use::LinkImage if !rich => MB / 2,
        Use::Image | Use::LinkImage => 5 * MB,
        Use::Audio => 10 * MB,
        Use::File | Use::Video => 300 * MB,
    };
    if bytes.is_empty() {
        judge.broken(code::MEDIA, "upload-empty", "file", name);
    }
    if bytes.len() > most {
        judge.broken(code::MEDIA, "upload-too-large", "file", format!("{} > {most}", bytes.len()));
    }
    if judge.dialect == Dialect::Dktechin && REFUSED.contains(&extension.as_str()) {
        judge.broken(code::MEDIA, "upload-refused", "file", name);
    }
    if !matches!(used, Use::Image | Use::LinkImage) {
        return;
    }
    let picture = picture(bytes);
    let formats: &[&str] =
        if used == Use::LinkImage && !rich { &["jpg", "png"] } else { &["jpg", "png", "gif"] };
    match picture {
        Some((format, width, height)) if formats.contains(&format) => {
            let ratio = f64::from(width) / f64::from(height.max(1));
            if used == Use::LinkImage && (!(0.75..=2.0).contains(&ratio) || (!rich && width < 500)) {
                judge.broken(code::MEDIA, "image-size", "file", format!("{width}x{height}"));
            }
        }
        Some((format, ..)) => judge.broken(code::MEDIA, "image-format", "file", format),
        None => judge.broken(code::MEDIA, "no-image", "file", name),
    }
}

/// How long an upload is kept: 21 days, files 15.
pub(super) fn kept_ms(used: Use) -> i64 {
    match used {
        Use::File | Use::Audio => 15 * DAY_MS,
        _ => 21 * DAY_MS,
    }
}

/// Format, width and height, from the first bytes.
fn picture(bytes: &[u8]) -> Option<(&'static str, u32, u32)> {
    let short = |at: usize| Some(u32::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])));
    let little = |at: usize| Some(u32::from(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])));
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        let long = |at: usize| Some((short(at)? << 16) | short(at + 2)?);
        return Some(("png", long(16)?, long(20)?));
    }
    if bytes.starts_with(b"GIF8") {
        return Some(("gif", little(6)?, little(8)?));
    }
    if !bytes.starts_with(b"\xff\xd8") {
        return None;
    }
    let mut at = 2;
    loop {
        let (sign, marker) = (*bytes.get(at)?, *bytes.get(at + 1)?);
        if sign != 0xff {
            return None;
        }
        match marker {
            0xff => at += 1,
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                return Some(("jpg", short(at + 7)?, short(at + 5)?));
            }
            0xd0..=0xd9 => at += 2,
            _ => at += 2 + short(at + 2)? as usize,
        }
    }
}
