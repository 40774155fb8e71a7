//! Ids: 16 bytes, ordered by time, made from a given clock and die.
//!
//! 48 bits of milliseconds and 80 of chance, like a ULID. Stored as bytes; shown as 26 lower-case characters of
//! Crockford's base 32, which sort as the bytes do. An id says when it was made and is no secret.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Crockford's base 32: no i, l, o, u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters of the text form.
const LENGTH: usize = 26;

/// A text that is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no id: 26 characters of 0-9 and a-z without i, l, o and u")]
pub struct NoId;

fn encode(bytes: [u8; 16]) -> [u8; LENGTH] {
    let mut rest = u128::from_be_bytes(bytes);
    let mut out = [b'0'; LENGTH];
    for slot in out.iter_mut().rev() {
        *slot = ALPHABET[(rest & 31) as usize];
        rest >>= 5;
    }
    out
}

fn decode(text: &str) -> Result<[u8; 16], NoId> {
    if text.len() != LENGTH {
        return Err(NoId);
    }
    let mut number: u128 = 0;
    for (at, byte) in text.bytes().enumerate() {
        let digit = ALPHABET.iter().position(|letter| *letter == byte).ok_or(NoId)?;
        // 26 digits hold 130 bits: the first may only use two of its five.
        if at == 0 && digit > 7 {
            return Err(NoId);
        }
        number = number << 5 | digit as u128;
    }
    Ok(number.to_be_bytes())
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// Sorts behind all others.
            pub const MAX: Self = Self([255; 16]);

            /// An id made now, by this roll of the die.
            pub fn new(now_ms: i64, die: u128) -> Self {
                let time = (now_ms.max(0) as u128) << 80;
                Self((time | die & ((1 << 80) - 1)).to_be_bytes())
            }

            /// The id that these bytes are.
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// When it was made, in milliseconds UTC.
            pub fn made_at(&self) -> i64 {
                (u128::from_be_bytes(self.0) >> 80) as i64
            }

            /// As it is stored.
            pub fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                encode(self.0).iter().try_for_each(|letter| fmt::Write::write_char(f, char::from(*letter)))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = NoId;
            fn from_str(text: &str) -> Result<Self, NoId> {
                decode(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }

        impl From<$name> for $crate::db::Value {
            fn from(id: $name) -> Self {
                Self::Bytes(id.0.to_vec())
            }
        }
    )*};
}

ids! {
    /// A workspace (작업 공간).
    WorkspaceId,
    /// A bot (챗봇).
    BotId,
    /// A person on a channel of a bot (고객).
    EndUserId,
    /// One session of an end user (대화).
    ConversationId,
    /// One turn.
    TurnId,
    /// One message.
    MessageId,
    /// One recorded problem.
    ProblemId,
    /// A question and its answer.
    AnswerId,
    /// One run of a server: who works on what may be left behind.
    OwnerId,
    /// One call of Kakao's Event API.
    PushId,
    /// A person who works in the console (계정).
    AccountId,
    /// What a browser holds while a person works.
    SignInId,
    /// An invitation into a workspace.
    InviteId,
    /// A line of the audit log.
    AuditId,
    /// One consultation (상담).
    ConsultationId,
    /// A line of a thread that agents alone see.
    LineId,
    /// What a relay of ConsultationTalk has told.
    HookId,
    /// What goes to a customer through such a relay.
    OutId,
    /// A canned message.
    CannedId,
    /// A path test (경로 테스트).
    PathTestId,
    /// An alert.
    AlertId,
    /// A webhook.
    WebhookId,
    /// A try to deliver to a webhook.
    DeliveryId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_and_sort_by_time() {
        let early = TurnId::new(1_790_000_000_000, u128::MAX);
        let late = TurnId::new(1_790_000_000_001, 0);
        assert!(early < late && early.to_string() < late.to_string());
        assert_eq!(early.to_string().parse(), Ok(early));
        assert_eq!((early.to_string().len(), early.made_at()), (LENGTH, 1_790_000_000_000));
        for bad in [
            "",
            "i0000000000000000000000000",
            "8zzzzzzzzzzzzzzzzzzzzzzzzz",
            "0000000000000000000000000",
            "뷁",
        ] {
            assert_eq!(bad.parse::<TurnId>(), Err(NoId), "{bad}");
        }
    }
}
