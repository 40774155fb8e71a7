//! Pictures and files that an end user sent (spec kakao-skill.md 3.3, 8.1).
//!
//! One photo has had three forms: its address as the utterance (2019), `userRequest.params.media` beside it (2021),
//! and `flow.trigger.type` `IMAGE_UPLOAD` (2025). Other kinds of file are not documented at all, so their type is
//! taken as it comes. Every address here expires; whoever wants the picture fetches it at once.

use engine::message::Media;
use serde_json::{Map, Value};

use super::{skill, url};

/// Longer addresses are not believed.
const MAX_URI: usize = 4_096;

/// All media in `userRequest.params.media`: an object, a list, an address, or any of these as JSON text.
pub(super) fn from_params(params: &Map<String, Value>) -> Vec<Media> {
    let mut found = Vec::new();
    if let Some(media) = params.get("media") {
        collect(media, 0, &mut found);
    }
    found
}

fn collect(value: &Value, depth: usize, found: &mut Vec<Media>) {
    if depth > 3 {
        return;
    }
    match value {
        Value::Object(map) => {
            let uri = ["url", "uri", "imageUrl"].iter().find_map(|key| map.get(*key)?.as_str());
            if let Some(uri) = uri.filter(|uri| is_address(uri)) {
                let said = map.get("type").and_then(Value::as_str).map(content_type);
                let content_type = said.unwrap_or_else(|| by_path(uri).unwrap_or("file").to_owned());
                found.push(Media { content_type, uri: uri.to_owned(), alt_text: None });
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, depth + 1, found)),
        Value::String(text) => {
            if let Some(value) = skill::json_text(text) {
                collect(&value, depth + 1, found);
            } else if is_address(text) {
                let content_type = by_path(text).unwrap_or("file").to_owned();
                found.push(Media { content_type, uri: text.clone(), alt_text: None });
            }
        }
        _ => {}
    }
}

/// The utterance as media: an address of Kakao's file servers, or any address when the trigger says "upload".
pub(super) fn from_utterance(utterance: &str, trigger: Option<&str>) -> Option<Media> {
    let (host, path) = url::host_and_path(utterance).filter(|_| is_address(utterance))?;
    let upload = trigger.and_then(upload);
    let known = url::is_under(host, "talk.kakao.com") || url::is_under(host, "kakaocdn.net");
    let extension = by_path(path);
    let content_type = match (upload, extension) {
        (Some(said), _) => said,
        (None, Some(kind)) if known => kind.to_owned(),
        // Kakao's talk servers hold nothing but what people sent; without an extension it is a photo.
        (None, None) if url::is_under(host, "talk.kakao.com") && !has_extension(path) => "image".to_owned(),
        _ => return None,
    };
    Some(Media { content_type, uri: utterance.to_owned(), alt_text: None })
}

/// What an upload trigger says was sent: `IMAGE_UPLOAD` → `image`.
pub(super) fn upload(trigger: &str) -> Option<String> {
    let kind = trigger.strip_suffix("_UPLOAD")?;
    Some(content_type(kind))
}

/// Kakao's word for a kind of file in the engine's words; unknown words stay.
fn content_type(word: &str) -> String {
    let word = word.trim().to_ascii_lowercase();
    match word.as_str() {
        "photo" | "picture" => "image".to_owned(),
        "movie" => "video".to_owned(),
        "voice" | "sound" => "audio".to_owned(),
        "" => "file".to_owned(),
        _ => word.chars().filter(|c| !c.is_control()).take(30).collect(),
    }
}

fn by_path(uri: &str) -> Option<&'static str> {
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    let (_, extension) = path.rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "heic" | "heif" | "bmp" => Some("image"),
        "mp4" | "mov" | "m4v" | "avi" | "webm" | "3gp" => Some("video"),
        "m4a" | "mp3" | "aac" | "wav" | "amr" | "ogg" => Some("audio"),
        "pdf" | "zip" | "hwp" | "hwpx" | "doc" | "docx" | "xls" | "xlsx" | "ppt" | "pptx" => Some("file"),
        _ => None,
    }
}

fn has_extension(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}

fn is_address(text: &str) -> bool {
    text.len() <= MAX_URI && url::host_and_path(text.trim()).is_some()
}

/// The addresses in a Scala-style `List(<url>, <url>)`; a bare address counts as a list of one.
pub(super) fn secure_urls(text: &str) -> Vec<String> {
    let text = text.trim();
    let inner = text.strip_prefix("List(").map_or(text, |inner| inner.strip_suffix(')').unwrap_or(inner));
    inner
        .split(',')
        .map(str::trim)
        .filter(|url| url.starts_with("http://") || url.starts_with("https://"))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_file_servers_are_pictures() {
        let kind = |text: &str, trigger| from_utterance(text, trigger).map(|media| media.content_type);
        assert_eq!(kind("http://dn-m.talk.kakao.com/talkm/a/b/i_0.jpg", None).as_deref(), Some("image"));
        assert_eq!(
            kind("https://talk.kakaocdn.net/dna/x/y.mp4?credential=1", None).as_deref(),
            Some("video")
        );
        assert_eq!(kind("http://dn-m.talk.kakao.com/talkm/a/b/c", None).as_deref(), Some("image"));
        assert_eq!(kind("https://files.example/a", Some("IMAGE_UPLOAD")).as_deref(), Some("image"));
        assert_eq!(kind("https://files.example/a.jpg", None), None);
        assert_eq!(kind("https://evilkakaocdn.net/a.jpg", None), None);
        assert_eq!(kind("https://t1.kakaocdn.net/page.html", None), None);
        assert_eq!(kind("사진 https://t1.kakaocdn.net/a.jpg", None), None);
    }

    #[test]
    fn a_list_of_secure_addresses_is_taken_apart() {
        assert_eq!(secure_urls("List(http://a/1?x=1, http://a/2)"), ["http://a/1?x=1", "http://a/2"]);
        assert_eq!(secure_urls("List(http://a/1,http://a/2)"), ["http://a/1", "http://a/2"]);
        assert_eq!(secure_urls("http://a/1"), ["http://a/1"]);
        assert!(secure_urls("List()").is_empty());
    }
}
