//! Finds the connection of a workspace that a question is for.
//!
//! A node names a connection; empty means the only one of its kind, or the one that is called `default`. A node that
//! understands texts may name the kind of service instead, as exported bots do.

use serde_json::Value;

use super::{World, nlp::Service, provider::Told};
use crate::vault::{Kind, VaultError};

/// The kinds that understand texts, in the order in which they are looked through, with the names that nodes use.
const UNDERSTANDING: [(Kind, Service, &[&str]); 4] = [
    (Kind::Dialogflow, Service::Dialogflow, &["dialogflow"]),
    (Kind::Watson, Service::Watson, &["watson"]),
    (Kind::NlpHttp, Service::Http, &["http", "nlp_http"]),
    (Kind::Openai, Service::Classify, &["openai", "llm"]),
];

/// Why there is nobody to ask.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The workspace has no such connection.
    #[error(
        "There is no {kind} connection{}; make one with: closer connect {kind} {}",
        named_en(name),
        name_or(name)
    )]
    Missing {
        /// The kind.
        kind: &'static str,
        /// Its name; empty for any.
        name: String,
    },
    /// The vault does not open.
    #[error("The connection cannot be read: {0}")]
    Vault(#[from] VaultError),
}

/// The connection of this name, or the default one.
pub async fn connection(world: &World<'_>, kind: Kind, name: &str) -> Result<Value, ConnectError> {
    let name = name.trim();
    let found = world.hub.vault.connection(world.workspace, kind, Some(name).filter(|name| !name.is_empty()));
    found.await?.ok_or_else(|| ConnectError::Missing { kind: kind.name(), name: name.to_owned() })
}

/// The connection that understands texts: by its name, by its kind, or whichever there is.
pub async fn understanding(world: &World<'_>, provider: &str) -> Result<(Service, Value), ConnectError> {
    let (vault, provider) = (&world.hub.vault, provider.trim());
    for (kind, service, names) in UNDERSTANDING {
        let name = Some(provider).filter(|name| !name.is_empty());
        if let Some(found) = vault.connection(world.workspace, kind, name).await? {
            return Ok((service, found));
        }
        if names.contains(&provider)
            && let Some(found) = vault.connection(world.workspace, kind, None).await?
        {
            return Ok((service, found));
        }
    }
    Err(ConnectError::Missing { kind: "dialogflow", name: provider.to_owned() })
}

fn named_en(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" named '{name}'") }
}

fn name_or(name: &str) -> &str {
    if name.is_empty() { "default" } else { name }
}

impl Told for ConnectError {
    fn name(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "NotConnected",
            Self::Vault(_) => "ConnectionUnreadable",
        }
    }

    fn ko(&self) -> String {
        match self {
            Self::Missing { kind, name } => {
                let named = if name.is_empty() { String::new() } else { format!("'{name}' ") };
                format!(
                    "{named}{kind} 연결이 없어요. closer connect {kind} {} 으로 연결해 주세요.",
                    name_or(name)
                )
            }
            Self::Vault(error) => error.ko(),
        }
    }
}
