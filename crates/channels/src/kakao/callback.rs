//! The late answer (spec kakao-skill.md 6): announced within the five seconds, posted once within a minute.
//!
//! The address comes with the request, and anyone who can call the skill URL can write one: [`accepts`] decides whether
//! an answer may go there.

use serde_json::{Value, json};

use super::url;
use crate::text;

/// The answer that announces a late one. `waiting` is shown where the block's waiting message holds
/// `{{#webhook.text}}`.
pub fn announce(waiting: &str) -> String {
    json!({"version": "2.0", "useCallback": true, "data": {"text": text::clean(waiting)}}).to_string()
}

/// May a late answer go to this address? Only https, and only to these hosts and what is under them. Plain http is for a
/// simulator on this machine.
pub fn accepts(address: &str, hosts: &[String]) -> bool {
    let Some((host, _)) = url::host_and_path(address.trim()) else { return false };
    let name = host.split(':').next().unwrap_or_default();
    let local = name == "127.0.0.1";
    let https = address.trim().get(..8).is_some_and(|head| head.eq_ignore_ascii_case("https://"));
    (https || local) && hosts.iter().any(|known| url::is_under(host, known) || (local && known == name))
}

/// What Kakao says to a late answer: taken, or why not.
pub fn receipt(status: u16, body: &[u8]) -> Result<(), String> {
    let said: Value = serde_json::from_slice(body).unwrap_or_default();
    let part = |key: &str| said.get(key).and_then(Value::as_str).unwrap_or_default();
    if status < 400 && (part("status") == "SUCCESS" || said.is_null()) {
        return Ok(());
    }
    Err(format!("HTTP {status} {} {}", part("status"), part("message")).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_answers_go_to_kakao_only() {
        let hosts = ["kakao.com".to_owned()];
        for good in ["https://bot-api.kakao.com/v1/bots/a!/callback/t", "HTTPS://KAKAO.COM/x"] {
            assert!(accepts(good, &hosts), "{good}");
        }
        for bad in [
            "http://bot-api.kakao.com/v1",
            "https://kakao.com.evil.example/",
            "https://evilkakao.com/",
            "https://kakao.com@evil.example/",
            "https://evil.example/?kakao.com",
            "http://127.0.0.1/",
            "//kakao.com/",
            "",
        ] {
            assert!(!accepts(bad, &hosts), "{bad}");
        }
        assert!(accepts("http://127.0.0.1:9/v1/bots/a/callback/t", &["127.0.0.1".to_owned()]));
    }

    #[test]
    fn a_receipt_says_why_not() {
        assert_eq!(receipt(200, br#"{"status":"SUCCESS","message":""}"#), Ok(()));
        let refused = receipt(400, br#"{"status":"FAIL","message":"Invalid callback token."}"#);
        assert_eq!(refused, Err("HTTP 400 FAIL Invalid callback token.".to_owned()));
        assert!(receipt(200, br#"{"status":"ERROR","message":"Internal"}"#).is_err());
        assert!(receipt(502, b"<html>").is_err());
    }
}
