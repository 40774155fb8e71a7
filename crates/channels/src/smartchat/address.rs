//! The old server's addresses (spec legacy-smartchat.md 2, 3): one base, to which Kakao appended the rest.

use crate::kakao::url::encode_piece;

/// A base address as it is used, and what is odd about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// Without slashes and white space at the end.
    pub url: String,
    /// It ends in `/keyboard` or `/message`, so that `/keyboard/keyboard` would be called: the part that is too much.
    pub surplus: Option<&'static str>,
    /// It is not encrypted.
    pub plain_http: bool,
}

/// Why an address is no base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoBase {
    /// Nothing stands there.
    #[error("there is no address")]
    Blank,
    /// Another scheme than http and https, or none.
    #[error("only http and https addresses can be called")]
    Scheme,
    /// A question mark or `#` stands in it, behind which nothing can be appended.
    #[error("nothing can be appended behind a '?' or '#'")]
    Query,
}

/// Reads a base address.
pub fn base(text: &str) -> Result<Base, NoBase> {
    let url = text.trim().trim_end_matches('/');
    if url.is_empty() {
        return Err(NoBase::Blank);
    }
    let lower = url.to_ascii_lowercase();
    let Some(rest) = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")) else {
        return Err(NoBase::Scheme);
    };
    if rest.is_empty() {
        return Err(NoBase::Blank);
    }
    if url.contains(['?', '#']) {
        return Err(NoBase::Query);
    }
    let surplus = ["/keyboard", "/message"].into_iter().find(|end| lower.ends_with(end));
    Ok(Base { url: url.to_owned(), surplus, plain_http: lower.starts_with("http://") })
}

/// `GET`: the home keyboard.
pub fn keyboard(base: &str) -> String {
    format!("{base}/keyboard")
}

/// `POST`: a message.
pub fn message(base: &str) -> String {
    format!("{base}/message")
}

/// `POST`: a new friend.
pub fn friend(base: &str) -> String {
    format!("{base}/friend")
}

/// `DELETE`: a friend has blocked the channel. No colon stands before the key (3.5).
pub fn friend_gone(base: &str, user_key: &str) -> String {
    with_key(base, "friend", user_key)
}

/// `DELETE`: somebody has left the room.
pub fn room_left(base: &str, user_key: &str) -> String {
    with_key(base, "chat_room", user_key)
}

fn with_key(base: &str, what: &str, user_key: &str) -> String {
    let mut url = format!("{base}/{what}/");
    encode_piece(user_key, &mut url);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_cleaned_and_the_classic_mistake_named() {
        let read = |text: &str| base(text).expect("is a base");
        assert_eq!(read(" https://h.example/comm/plusfriend// ").url, "https://h.example/comm/plusfriend");
        assert!(read("http://h.example").plain_http);
        assert_eq!(read("https://h.example/bot/Keyboard/").surplus, Some("/keyboard"));
        assert_eq!(read("https://h.example/message").surplus, Some("/message"));
        assert_eq!(read("https://h.example/messages").surplus, None);
        for (text, why) in [
            ("", NoBase::Blank),
            ("https://", NoBase::Scheme),
            ("h.example/bot", NoBase::Scheme),
            ("ftp://h.example", NoBase::Scheme),
            ("https://h.example/bot?x=1", NoBase::Query),
        ] {
            assert_eq!(base(text), Err(why), "{text:?}");
        }
    }

    #[test]
    fn keys_in_addresses_are_encoded_and_have_no_colon() {
        assert_eq!(friend_gone("https://h", "Qk3-x_PmT0aB"), "https://h/friend/Qk3-x_PmT0aB");
        assert_eq!(room_left("https://h", "a/b 한"), "https://h/chat_room/a%2Fb%20%ED%95%9C");
    }
}
