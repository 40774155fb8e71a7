//! A message in one line, for lists.

use serde_json::Value;

/// Characters of the line.
const MAX: usize = 120;

/// The line for a message as it is stored. Pictures and the like are a word in brackets.
pub fn of(data: &str) -> String {
    let message: Value = serde_json::from_str(data).unwrap_or_default();
    let text = |at: &str| message.pointer(at).and_then(Value::as_str).map(str::to_owned);
    let line = match message["type"].as_str().unwrap_or_default() {
        "media" => text("/text").filter(|text| !text.is_empty()).unwrap_or_else(|| {
            match text("/media/contentType").unwrap_or_default().as_str() {
                "image" => "[사진]",
                "video" => "[동영상]",
                "audio" => "[음성]",
                _ => "[파일]",
            }
            .to_owned()
        }),
        "cards" => text("/cards/0/title")
            .filter(|title| !title.is_empty())
            .or_else(|| text("/cards/0/description"))
            .unwrap_or_else(|| "[카드]".to_owned()),
        "location" => text("/location/title").unwrap_or_else(|| "[위치]".to_owned()),
        _ => text("/text").unwrap_or_default(),
    };
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// All words of a message as it is stored, for who looks for them.
pub fn words(data: &str) -> String {
    let message: Value = serde_json::from_str(data).unwrap_or_default();
    let mut words: Vec<&str> = ["/text", "/location/title"]
        .iter()
        .filter_map(|at| message.pointer(at).and_then(Value::as_str))
        .collect();
    let cards = message["cards"].as_array().map(Vec::as_slice).unwrap_or_default();
    for card in cards {
        words.extend(["title", "description"].iter().filter_map(|part| card[*part].as_str()));
    }
    words.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_message_has_a_line() {
        let cases = [
            (r#"{"type":"text","text":"안녕\n하세요"}"#, "안녕 하세요"),
            (r#"{"type":"media","media":{"contentType":"image","uri":"x"}}"#, "[사진]"),
            (
                r#"{"type":"media","media":{"contentType":"link","uri":"x"},"text":"계약서.pdf"}"#,
                "계약서.pdf",
            ),
            (r#"{"type":"cards","cards":[{"title":"","description":"귤 5kg"}]}"#, "귤 5kg"),
            (r#"{"type":"location","location":{"latitude":1.0,"longitude":2.0}}"#, "[위치]"),
            ("{", ""),
        ];
        for (data, line) in cases {
            assert_eq!(of(data), line);
        }
        assert_eq!(
            words(r#"{"type":"cards","cards":[{"title":"귤","description":"5kg"},{"title":"배"}]}"#),
            "귤\n5kg\n배"
        );
        let long = format!(r#"{{"type":"text","text":"{}"}}"#, "가".repeat(200));
        assert_eq!(of(&long).chars().count(), MAX + 1);
    }
}
