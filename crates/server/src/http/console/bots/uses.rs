//! The channels of one bot: which it uses, and what each shows of it. The check list and the editor's counters ask here,
//! so that both count for the same channels.

use std::sync::Arc;

use axum::extract::State;
use channels::consulttalk::{Facts, Relay, facts};
use serde::Serialize;
use store::BotRow;
use utoipa::ToSchema;

use super::{Life, bot_of};
use crate::{
    Hub,
    http::{
        access::Caller,
        console::channels::{ChannelLimits, Measure, consult_limits, limits, measure},
        input::Ids,
        problem::Problem,
    },
    tryout::{Channel, consult::Setup},
};

/// Which channels a bot uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Uses {
    /// Is it on `KakaoTalk`? A bot that is nowhere yet is meant for it.
    pub(super) kakao: bool,
    /// Is it on the web?
    pub(super) web: bool,
    /// Is it on ConsultationTalk?
    pub(super) consult: bool,
    /// Its relay there, where one was chosen.
    relay: Option<Relay>,
}

impl Uses {
    /// Those of this bot.
    pub(super) async fn of(hub: &Hub, bot: &BotRow) -> Result<Self, Problem> {
        let web = hub.store.web_channel(bot.id).await?.is_some_and(|web| web.enabled);
        let channel = hub.store.consult_channel(bot.id).await?;
        let relay = channel.as_ref().and_then(|channel| Relay::read(&channel.relay));
        let consult = relay.is_some() && channel.is_some_and(|channel| channel.enabled);
        Ok(Self { kakao: bot.kakao_enabled || !(web || consult), web, consult, relay })
    }

    /// What its relay can do; of a bot without one what Kakao's own protocol can.
    pub(super) fn facts(self) -> Facts {
        facts(self.relay.unwrap_or(Setup::default().relay))
    }
}

/// The channels of a bot.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BotChannels {
    /// All channels, in the order in which they are shown.
    channels: Vec<BotChannel>,
}

/// A channel, as this bot has it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BotChannel {
    /// Its name in files and calls.
    id: Channel,
    /// Does this bot use it? One that uses none yet is meant for `KakaoTalk`.
    used: bool,
    /// What it shows.
    limits: ChannelLimits,
    /// In what its lengths are.
    measure: Measure,
    /// Of `kakaobiz` the relay that was chosen for this bot; null elsewhere, and where none was: then the limits are those of
    /// Kakao's own protocol.
    #[schema(required)]
    relay: Option<String>,
}

/// The channels of a bot, and what each shows.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/channels", operation_id = "listBotChannels", tag = "editor",
    responses((status = 200, body = BotChannels)))]
pub async fn list(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<BotChannels>, Problem> {
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let uses = Uses::of(&hub, &row).await?;
    let channel = |id| BotChannel {
        id,
        used: match id {
            Channel::Kakao => uses.kakao,
            Channel::Kakaobiz => uses.consult,
            Channel::Web => uses.web,
        },
        limits: if id == Channel::Kakaobiz { consult_limits(&uses.facts()) } else { limits(&hub, id) },
        measure: measure(id),
        relay: uses.relay.filter(|_| id == Channel::Kakaobiz).map(|relay| relay.name().to_owned()),
    };
    Ok(axum::Json(BotChannels { channels: Channel::ALL.into_iter().map(channel).collect() }))
}
