//! Requests as the log keeps them: packed against a request as Kakao sends it, since they are all alike.
//!
//! The first byte says how. The dictionary of a way that was ever used stays as it is: rows that were packed with it are
//! read with it.

/// LZ4 against [`DICTIONARY`].
const LZ4: u8 = 1;
/// Bytes of a request that are kept; what is longer is cut.
pub const MAX_KEPT: usize = 32 * 1024;

/// A request of the operating channel (spec kakao-skill.md 1.2), with the keys in Kakao's order.
const DICTIONARY: &str = r#"{"bot":{"id":"0123456789abcdef01234567!","name":""},"intent":{"id":"","name":"웰컴 블록","extra":{"reason":{"code":1,"message":"OK"}}},"action":{"id":"","name":"","params":{},"detailParams":{"":{"origin":"","value":"","groupName":""}},"clientExtra":{"closer":{"p":"","f":1,"n":2,"more":1}}},"userRequest":{"block":{"id":"","name":"폴백 블록"},"user":{"id":"0123456789abcdef","type":"botUserKey","properties":{"botUserKey":"","isFriend":true,"plusfriendUserKey":"","bot_user_key":"","plusfriend_user_key":""}},"utterance":"","params":{"media":{"type":"image","url":"https://"},"surface":"Kakaotalk.plusfriend","ignoreMe":"true"},"callbackUrl":"https://bot-api.kakao.com/v1/bots/","lang":"ko","timezone":"Asia/Seoul"},"contexts":[],"flow":{"lastBlock":{"id":"","name":"폴백 블록"},"trigger":{"type":"QUICKREPLY_BUTTON_MESSAGE","type":"CARD_BUTTON_MESSAGE","type":"TEXT_INPUT","referrerBlock":{"id":"","name":"폴백 블록"}}}}"#;

/// Packs a request.
pub fn pack(request: &[u8]) -> Vec<u8> {
    let kept = &request[..request.len().min(MAX_KEPT)];
    let packed = lz4_flex::block::compress_prepend_size_with_dict(kept, DICTIONARY.as_bytes());
    let mut out = Vec::with_capacity(packed.len() + 1);
    out.push(LZ4);
    out.extend(packed);
    out
}

/// The request again, as text. `None` where this program does not know how it was packed.
pub fn unpack(packed: &[u8]) -> Option<String> {
    let (how, rest) = packed.split_first()?;
    // The length stands in the bytes; nothing of ours is longer.
    let length = u32::from_le_bytes(rest.get(..4)?.try_into().ok()?) as usize;
    if *how != LZ4 || length > MAX_KEPT {
        return None;
    }
    let bytes = lz4_flex::block::decompress_size_prepended_with_dict(rest, DICTIONARY.as_bytes()).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_come_back_and_are_small() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/kakao");
        let (mut before, mut after) = (0, 0);
        for entry in std::fs::read_dir(folder).expect("captures") {
            let text = std::fs::read_to_string(entry.expect("a file").path()).expect("text");
            let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let text = value.to_string();
            let packed = pack(text.as_bytes());
            assert_eq!(unpack(&packed).as_deref(), Some(text.as_str()));
            before += text.len();
            after += packed.len();
        }
        assert!(after * 10 < before * 8, "{before} bytes became {after}");
        let long = "가".repeat(MAX_KEPT);
        assert!(unpack(&pack(long.as_bytes())).is_some_and(|kept| kept.len() <= MAX_KEPT + 3));
        for broken in [&[][..], &[1], &[9, 0, 0, 0, 0], &[1, 255, 255, 255, 255, 3], &[1, 9, 0, 0, 0, 250]] {
            assert_eq!(unpack(broken), None, "{broken:?}");
        }
    }
}
