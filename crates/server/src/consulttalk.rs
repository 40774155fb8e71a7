//! ConsultationTalk (상담톡): customers on KakaoTalk whom bots and agents can write to, through a dealer's relay.
//!
//! What a relay tells is written down, answered, and taken up afterwards ([`hooks`]), one customer's after the other, by
//! `chat::hear` like what web chat hears. What is said goes into the outbox in the same commit ([`outlet`]) and leaves from
//! there ([`outbox`]). Pictures are copied on their way in and uploaded on their way out ([`media`]). The relays' own words
//! are known to `channels::consulttalk` alone.

pub mod hooks;
pub mod media;
pub mod outbox;
pub mod outlet;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::Hash,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU16, Ordering},
    },
    time::{Duration, Instant},
};

use channels::consulttalk::{Line, Relay, facts};
use ipnet::IpNet;
use livechat::room::Room;
use serde::{Deserialize, Serialize};
use store::{BotId, ConsultChannelRow, EndUserId};
use utoipa::ToSchema;

use crate::{
    Hub,
    clock::Die,
    vault::{Kind, VaultError},
};

/// The platform of ConsultationTalk in contexts and in the store.
pub const PLATFORM: &str = "kakaobiz";
/// The param in which a conversation finds what the messenger said of its beginning: `extra`, `history`, ….
pub const PARAM: &str = "consult";
/// A billed day begins at 04:00 in Korea: so far it lies before midnight UTC (spec consulttalk.md, "Billing").
pub const BILLED_DAY_SHIFT_MS: i64 = 5 * 3_600_000;

/// How a bot's ConsultationTalk is set up, but for its secrets.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ConsultSettings {
    /// Another address of the relay; its own where empty.
    pub base_url: String,
    /// The channel's id, as `@shop`: what start links are made of.
    pub channel_id: String,
    /// Addresses from which the relay calls, as `203.0.113.7` or `203.0.113.0/24`; any where there are none.
    pub addresses: Vec<String>,
    /// Other paths of operations, by their names: for dealers who have their own.
    pub paths: BTreeMap<String, String>,
    /// What stands above buttons that find no room under a message.
    pub additional_choice: String,
    /// What is said in place of what the channel cannot show.
    pub unsupported_media: String,
    /// Files are copied from these hosts besides those that the relay is known for.
    pub media_hosts: Vec<String>,
}

impl ConsultSettings {
    /// As they are stored; the defaults where they cannot be read.
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// May this address call? Any may where none is named.
    pub fn admits(&self, from: Option<std::net::IpAddr>) -> bool {
        let from = from.map(|from| from.to_canonical());
        self.addresses.is_empty()
            || self
                .addresses
                .iter()
                .filter_map(|text| net(text))
                .any(|net| from.is_some_and(|it| net.contains(&it)))
    }
}

/// An address or a range of them.
pub fn net(text: &str) -> Option<IpNet> {
    let text = text.trim();
    text.parse().ok().or_else(|| text.parse::<std::net::IpAddr>().ok().map(IpNet::from))
}

/// The room that a chat's row holds.
pub fn room_of(text: Option<&str>) -> Room {
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// Why a channel cannot be spoken with.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// Its secrets cannot be read.
    #[error("the keys of this channel cannot be read: {0}")]
    Vault(#[from] VaultError),
    /// It has no relay that this program knows.
    #[error("there is no relay of the name {0}")]
    Relay(String),
}

/// All that a call needs.
pub async fn line(hub: &Hub, channel: &ConsultChannelRow) -> Result<Line, LineError> {
    let relay = Relay::read(&channel.relay).ok_or_else(|| LineError::Relay(channel.relay.clone()))?;
    let settings = ConsultSettings::read(&channel.settings);
    let name = channel.bot.to_string();
    let kept = hub.vault.connection(channel.workspace, Kind::Consulttalk, Some(&name)).await?;
    let credentials = kept
        .and_then(|kept| kept.get("credentials").cloned())
        .and_then(|map| serde_json::from_value::<BTreeMap<String, String>>(map).ok())
        .unwrap_or_default();
    let base_url = match settings.base_url.trim() {
        "" => facts(relay).base_url.to_owned(),
        own => own.trim_end_matches('/').to_owned(),
    };
    Ok(Line {
        relay,
        base_url,
        sender_key: channel.sender_key.clone(),
        credentials,
        paths: settings.paths,
        headers: Vec::new(),
    })
}

/// The part by chance of an id: of two that are made within a millisecond the later sorts behind the earlier.
pub fn in_turn(die: &Die) -> u128 {
    static TURN: AtomicU16 = AtomicU16::new(0);
    u128::from(TURN.fetch_add(1, Ordering::Relaxed)) << 64 | u128::from(die.roll())
}

/// What is remembered between calls.
#[derive(Debug, Default)]
pub struct Memory {
    /// Customers whose hooks are being taken up.
    pub hearing: Busy<(BotId, String)>,
    /// Customers to whom is being sent.
    pub sending: Busy<EndUserId>,
    /// When each bot's sign of life was last written down: in, and out.
    signs: Mutex<HashMap<(BotId, bool), Instant>>,
}

/// A sign of life is written down so often.
const SIGN_EVERY: Duration = Duration::from_secs(5);
/// Bots of whose signs is known when they were written down.
const MAX_SIGNS: usize = 10_000;

impl Memory {
    /// Is it time to write a sign of life down?
    pub fn signs(&self, bot: BotId, inbound: bool, now: Instant) -> bool {
        let mut signs = self.signs.lock().unwrap_or_else(PoisonError::into_inner);
        let known = signs.get(&(bot, inbound));
        if known.is_some_and(|at| now.saturating_duration_since(*at) < SIGN_EVERY) {
            return false;
        }
        if signs.len() >= MAX_SIGNS {
            signs.clear();
        }
        signs.insert((bot, inbound), now);
        true
    }
}

/// Who is being worked for: one at a time for each, and whoever comes meanwhile is not forgotten.
#[derive(Debug)]
pub struct Busy<K> {
    running: Mutex<Working<K>>,
}

#[derive(Debug)]
struct Working<K> {
    now: HashSet<K>,
    again: HashSet<K>,
}

impl<K> Default for Busy<K> {
    fn default() -> Self {
        Self { running: Mutex::new(Working { now: HashSet::new(), again: HashSet::new() }) }
    }
}

impl<K: Hash + Eq + Clone> Busy<K> {
    /// Begins to work for this one. `false` where somebody does: they will look once more.
    pub fn begin(&self, key: &K) -> bool {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.now.contains(key) {
            running.again.insert(key.clone());
            return false;
        }
        running.now.insert(key.clone());
        true
    }

    /// Has done all there was. `false` where something came meanwhile: it goes on.
    pub fn end(&self, key: &K) -> bool {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.again.remove(key) {
            return false;
        }
        running.now.remove(key);
        true
    }

    /// Stops whatever came meanwhile.
    pub fn stop(&self, key: &K) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.again.remove(key);
        running.now.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_works_and_looks_once_more() {
        let busy = Busy::default();
        assert!(busy.begin(&1));
        assert!(!busy.begin(&1));
        assert!(busy.begin(&2));
        assert!(!busy.end(&1), "something came meanwhile");
        assert!(busy.end(&1));
        assert!(busy.begin(&1));
    }

    #[test]
    fn addresses_are_single_or_ranges() {
        let settings = ConsultSettings {
            addresses: vec!["203.0.113.0/24".into(), "198.51.100.7".into()],
            ..Default::default()
        };
        let may = |text: &str| settings.admits(text.parse().ok());
        assert!(may("203.0.113.9") && may("198.51.100.7") && may("::ffff:198.51.100.7"));
        assert!(!may("198.51.100.8") && !settings.admits(None));
        assert!(ConsultSettings::default().admits(None));
    }
}
