//! From a question of the engine to the service that a workspace has connected: finds the connection and asks.

use engine::ask::{Ask, Reply};
use serde_json::{Map, Value};
use tokio::time::timeout_at;

use super::{Call, Told, failed};
use crate::{
    Hub,
    effects::{
        World, chitchat, llm,
        mail::{self, Mail},
        nlp::{self, Question, Service},
        sheet::{self, Row},
    },
    push,
    vault::{Kind, VaultError},
};

/// Services that understand texts, in the order in which they are tried where a node names none.
const SERVICES: [(Kind, Service); 4] = [
    (Kind::Dialogflow, Service::Dialogflow),
    (Kind::Watson, Service::Watson),
    (Kind::NlpHttp, Service::Http),
    (Kind::Openai, Service::Classify),
];

/// Why a service could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// The workspace has connected none.
    #[error("This workspace has no connection of kind {kind}{}", named(name.as_ref()))]
    NotConnected {
        /// The kind, or several.
        kind: String,
        /// The name, where one was given.
        name: Option<String>,
    },
    /// The question is not for a service.
    #[error("This question is not for a connected service")]
    NoService,
    /// The database took longer than there is time.
    #[error("The connection was not read in time")]
    TimedOut,
    /// The vault does not open.
    #[error("The connection cannot be read: {0}")]
    Vault(#[from] VaultError),
}

fn named(name: Option<&String>) -> String {
    name.map_or_else(String::new, |name| format!(" with the name {name}"))
}

/// Answers questions to connected services. HTTP and scripts are nobody's service: they are answered elsewhere.
pub async fn answer(world: &World<'_>, ask: &Ask) -> Reply {
    let hub = world.hub;
    let call = Call {
        guard: &hub.guard,
        memory: &hub.memory,
        clock: hub.clock,
        die: &hub.die,
        workspace: world.workspace,
        session: &world.session,
        until: world.until.into(),
    };
    let asked = async {
        Ok::<_, DoorError>(match ask {
            Ask::Mail { to, reply_to, subject, body } => {
                let settings = connection(&call, hub, Kind::Smtp, "").await?;
                mail::send(&call, &settings, &Mail { to, reply_to, subject, body }).await
            }
            Ask::Sheet { token, spreadsheet_id, sheet_name, columns, values } => {
                let settings = account(&call, hub, token).await?;
                let row = Row { spreadsheet: spreadsheet_id, sheet: sheet_name, columns, values };
                sheet::append(&call, &settings, &row).await
            }
            Ask::Nlp { provider, agent, data, text } => {
                let (service, settings) = service(&call, hub, provider).await?;
                nlp::understand(&call, service, &settings, &Question { agent, data, text }).await
            }
            Ask::Chitchat { provider, text, history, .. } => {
                let settings = connection(&call, hub, Kind::Openai, provider).await?;
                chitchat::answer(&call, &settings, text, history).await
            }
            Ask::Llm(ask) => {
                let settings = connection(&call, hub, Kind::Openai, &ask.provider).await?;
                llm::answer(&call, &settings, ask).await
            }
            Ask::Push(ask) => push::answer(hub, (world.workspace, world.bot), ask, call.until).await,
            Ask::Fetch(_) | Ask::Script { .. } => return Err(DoorError::NoService),
        })
    };
    asked.await.unwrap_or_else(|error| failed(&error, &[], Map::new()))
}

async fn connection(call: &Call<'_>, hub: &Hub, kind: Kind, name: &str) -> Result<Value, DoorError> {
    let name = Some(name.trim()).filter(|name| !name.is_empty() && *name != kind.name());
    let found = settings(call, hub, kind, name).await?;
    found.ok_or_else(|| DoorError::NotConnected { kind: kind.to_string(), name: name.map(str::to_owned) })
}

/// What the vault holds, read within the call's time.
async fn settings(
    call: &Call<'_>,
    hub: &Hub,
    kind: Kind,
    name: Option<&str>,
) -> Result<Option<Value>, DoorError> {
    let reading = hub.vault.connection(call.workspace, kind, name);
    Ok(timeout_at(call.until, reading).await.map_err(|_| DoorError::TimedOut)??)
}

/// The account of a spreadsheet. Bots from elsewhere name accounts that this server never had; with one account
/// connected, it is meant.
async fn account(call: &Call<'_>, hub: &Hub, token: &str) -> Result<Value, DoorError> {
    match connection(call, hub, Kind::Google, token).await {
        Err(DoorError::NotConnected { name: Some(_), .. } | DoorError::Vault(VaultError::Name(_))) => {
            connection(call, hub, Kind::Google, "").await
        }
        found => found,
    }
}

/// The service that a node names: by the connection's name, by its kind, or the first that is there.
async fn service(call: &Call<'_>, hub: &Hub, provider: &str) -> Result<(Service, Value), DoorError> {
    let provider = provider.trim();
    let of_kind = SERVICES.iter().filter(|(kind, _)| provider == kind.name() || provider.is_empty());
    for (kind, service) in of_kind {
        if let Some(settings) = settings(call, hub, *kind, None).await? {
            return Ok((*service, settings));
        }
    }
    if !provider.is_empty() {
        for (kind, service) in SERVICES {
            if let Some(settings) = settings(call, hub, kind, Some(provider)).await? {
                return Ok((service, settings));
            }
        }
    }
    let kind = SERVICES.map(|(kind, _)| kind.name()).join(", ");
    Err(DoorError::NotConnected { kind, name: Some(provider.to_owned()).filter(|name| !name.is_empty()) })
}

impl Told for DoorError {
    fn name(&self) -> &'static str {
        match self {
            Self::NotConnected { .. } => "NotConnected",
            Self::NoService => "NoService",
            Self::TimedOut => "TimeoutError",
            Self::Vault(_) => "VaultError",
        }
    }

    fn ko(&self) -> String {
        match self {
            Self::NotConnected { kind, name: None } => {
                format!("이 작업 공간에 {kind} 연결이 없어요. closer connect로 먼저 연결해 주세요.")
            }
            Self::NotConnected { kind, name: Some(name) } => format!(
                "이 작업 공간에 이름이 '{name}'인 {kind} 연결이 없어요. closer connections로 이름을 확인해 주세요."
            ),
            Self::NoService => "연결된 서비스에 묻는 노드가 아니에요.".to_owned(),
            Self::TimedOut => "연결 정보를 제때 읽지 못했어요. 잠시 뒤에 다시 시도해 주세요.".to_owned(),
            Self::Vault(error) => format!("연결 정보를 읽지 못했어요: {}", error.ko()),
        }
    }
}
