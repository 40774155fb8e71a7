//! ConsultationTalk (상담톡): KakaoTalk conversations that an official dealer relays (spec consulttalk.md).
//!
//! Kakao speaks to the dealer, the dealer speaks to us, and each dealer does so in a dialect of its own. [`Relay`]
//! names the dialects, [`facts`] says what each can do, and the rest is the same for all: [`read`] takes what a relay
//! posts, [`shape`] turns a message into [`Bubble`]s, [`send`] and its neighbours write calls as data, [`read_sent`] and
//! its neighbours read what was answered. Nothing here calls anybody.
//!
//! Three things surprise. A failure usually comes with HTTP 200, so only the body tells. A relay that does not know
//! our serials shows a repeated message twice, so a lost answer there stays lost ([`may_repeat`]). And a button carries
//! no payload but fifty letters, so what comes back is a [`Mark`]: which button of which message was pressed.
//!
//! What the dealers' documents leave open is decided in `guesses.rs`, and only there.

mod answer;
mod bubble;
mod button;
mod call;
mod check;
mod facts;
mod guesses;
mod inbound;
mod loose;
mod mark;
mod shape;
pub mod tried;
mod when;

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

pub use self::{
    answer::{
        Class, ClassWords, Ended, Failure, Sent, SessionState, Uploaded, VideoState, may_repeat, read_done,
        read_ended, read_sent, read_session, read_uploaded, read_video_state,
    },
    bubble::{AUTO_ANSWERS, Bubble, BubbleKind, BubbleMedia, Link, LinkKind, consent},
    call::{
        Call, CallBody, NATIVE_PATHS, Upload, Whom, activate, block, deactivate, end, end_with_bot, send,
        session, set_receive, unblock, upload, video_state,
    },
    check::{Offered, Unfit, check},
    facts::{Credential, Facts, facts, length},
    inbound::{Heard, Hook, MediaKind, Part, Reference, What, media_host_is_allowed, read},
    mark::{Mark, button_of, mark},
    shape::{Words, quick_replies, shape, shape_noted},
};

/// The dialect of a dealer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relay {
    /// Kakao's own protocol, as a dealer without a published wrapper passes it on; paths and headers can be set.
    Native,
    /// Happytalk (해피톡), the calls of the first generation.
    HappytalkV1,
    /// Happytalk, the calls of the third generation: composed bubbles.
    HappytalkV3,
    /// DKTechin (디케이테크인).
    Dktechin,
    /// Infobank Bizgo (인포뱅크 비즈고): results come later.
    Bizgo,
}

impl Relay {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Native, Self::HappytalkV1, Self::HappytalkV3, Self::Dktechin, Self::Bizgo];

    /// The name in settings, addresses and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::HappytalkV1 => "happytalk-v1",
            Self::HappytalkV3 => "happytalk-v3",
            Self::Dktechin => "dktechin",
            Self::Bizgo => "bizgo",
        }
    }

    /// The relay of this name.
    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relay| relay.name() == name)
    }
}

impl fmt::Display for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The connection of one channel: all that a call needs. It holds secrets and shows none of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    /// The dealer's dialect.
    pub relay: Relay,
    /// Where the calls go, without a slash at the end; blank takes the relay's own address.
    pub base_url: String,
    /// The sender profile's key.
    pub sender_key: String,
    /// What [`Facts::credentials`] asks for, by name.
    pub credentials: BTreeMap<String, String>,
    /// Other paths than the relay's own, by operation ([`NATIVE_PATHS`] names them all).
    pub paths: BTreeMap<String, String>,
    /// Headers that a contract asks for beside the relay's own.
    pub headers: Vec<(String, String)>,
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line")
            .field("relay", &self.relay)
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}
