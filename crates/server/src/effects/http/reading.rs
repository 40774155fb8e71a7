//! The body of an answer as data: JSON where it is JSON, else text in whichever letters it was written.
//!
//! Korean public APIs still answer in EUC-KR, often as XML that says so in its first line only, and JSON still comes
//! labelled as text: what the body looks like counts beside what its header says.

use encoding_rs::{EUC_KR, Encoding, UTF_8};
use serde_json::Value;

/// How far a text is searched for the letters that it says it is written in.
const LOOK: usize = 1_024;
/// Types that are no text; their bytes would become a megabyte of question marks.
const BINARY: [&str; 8] = [
    "image/",
    "audio/",
    "video/",
    "font/",
    "application/octet-stream",
    "application/pdf",
    "application/zip",
    "application/gzip",
];

/// The body as data. Null for pictures and their like.
pub(super) fn data(body: &[u8], content_type: Option<&str>) -> Value {
    let content_type = content_type.unwrap_or_default().to_ascii_lowercase();
    if BINARY.iter().any(|binary| content_type.trim_start().starts_with(binary)) {
        return Value::Null;
    }
    let text = decode(body, &content_type);
    let says_json = content_type.contains("json");
    if says_json || text.trim_start().starts_with(['{', '[']) {
        // What is nested too deep to be read stays a text.
        if let Ok(value) = serde_json::from_str(&text) {
            return value;
        }
    }
    Value::String(text)
}

fn decode(body: &[u8], content_type: &str) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(body) {
        return encoding.decode_without_bom_handling(&body[length..]).0.into_owned();
    }
    let named = label(content_type, "charset=").or_else(|| {
        // Letters of the alphabet are the same in all encodings that are found here.
        let start = String::from_utf8_lossy(&body[..body.len().min(LOOK)]).to_ascii_lowercase();
        let is_markup = start.trim_start().starts_with('<');
        is_markup.then(|| label(&start, "encoding=").or_else(|| label(&start, "charset="))).flatten()
    });
    if let Some(encoding) = named {
        return encoding.decode_without_bom_handling(body).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(body) {
        return text.to_owned();
    }
    let korean = EUC_KR.decode_without_bom_handling_and_without_replacement(body);
    korean.unwrap_or_else(|| UTF_8.decode_without_bom_handling(body).0).into_owned()
}

fn label(text: &str, key: &str) -> Option<&'static Encoding> {
    let rest = text.split(key).nth(1)?.trim_start_matches(['"', '\'']);
    let name =
        rest.split(|letter: char| !letter.is_ascii_alphanumeric() && !"-_:".contains(letter)).next()?;
    match name {
        // Names that Java and Windows use, and the web's list does not have.
        "cp949" | "ms949" | "x-windows-949" | "uhc" | "euckr" => Some(EUC_KR),
        name => Encoding::for_label(name.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// 가나 in EUC-KR.
    const GANA: &[u8] = b"\xb0\xa1\xb3\xaa";

    #[test]
    fn json_is_json_whatever_it_is_called() {
        for (content_type, body, read) in [
            (Some("application/json; charset=utf-8"), &b"{\"a\":[1,2.5]}"[..], json!({"a": [1, 2.5]})),
            (Some("application/problem+json"), b"3", json!(3)),
            (Some("text/html"), b" [1]", json!([1])),
            (None, b"{\"a\":null}", json!({"a": null})),
            (Some("application/json"), b"\xef\xbb\xbf{\"a\":1}", json!({"a": 1})),
            (Some("text/plain"), b"3", json!("3")),
            (Some("application/json"), b"{broken", json!("{broken")),
            (Some("application/json"), b"", json!("")),
            (None, b"", json!("")),
            (Some("image/png"), b"\x89PNG", json!(null)),
        ] {
            assert_eq!(data(body, content_type), read, "{content_type:?}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(data(deep.as_bytes(), Some("application/json")), json!(deep));
    }

    #[test]
    fn korean_is_read_in_all_its_letters() {
        let xml = [b"<?xml version=\"1.0\" encoding=\"EUC-KR\"?><a>", GANA, b"</a>"].concat();
        let html = [b"<html><meta charset='cp949'>", GANA].concat();
        for (content_type, body, has) in [
            (Some("text/plain; charset=EUC-KR"), GANA.to_vec(), "가나"),
            (Some("text/plain; charset=\"ks_c_5601-1987\""), GANA.to_vec(), "가나"),
            (Some("text/plain;charset=MS949"), [GANA, b"\x8c\x63"].concat(), "가나똠"),
            (Some("application/xml"), xml, "<a>가나</a>"),
            (Some("text/html"), html, "가나"),
            (None, GANA.to_vec(), "가나"),
            (Some("text/plain"), "가나".as_bytes().to_vec(), "가나"),
            (None, b"\xff\xfe\x00\xac".to_vec(), "가"),
            (Some("text/plain; charset=nonsense"), "가나".as_bytes().to_vec(), "가나"),
        ] {
            let read = data(&body, content_type);
            assert!(read.as_str().expect("is a text").contains(has), "{content_type:?}: {read}");
        }
        let euc_json = [b"{\"a\":\"", GANA, b"\"}"].concat();
        assert_eq!(data(&euc_json, Some("application/json;charset=euc-kr")), json!({"a": "가나"}));
    }
}
