//! Names become addresses here, and nowhere else: what was checked is what is dialled.
//!
//! The client's connector asks this resolver and dials exactly what it answers. One refused address among the answers
//! refuses the name: a server that has a public and a private address is how rebinding begins.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr, ToSocketAddrs as _},
    sync::{Arc, Mutex, PoisonError},
};

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::Semaphore;

use super::{address, error::GuardError};

/// Look-ups at the same time. Each holds a thread until the system's resolver gives up, long after its caller has.
const LOOKUPS_AT_ONCE: usize = 64;
/// Addresses of one name that are looked at; more than this is no honest answer.
const MAX_ADDRESSES: usize = 64;

/// Who knows names.
#[derive(Debug, Clone, Default)]
pub enum Names {
    /// The machine's own resolver.
    #[default]
    System,
    /// Fixed answers: for each name the answers of its first, second, … look-up; the last one stays. How tests play
    /// the internet, and rebinding.
    Fixed(HashMap<String, Vec<Vec<IpAddr>>>),
}

/// Resolves and checks. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Resolver {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    allow: Vec<IpNet>,
    names: Names,
    lookups: Arc<Semaphore>,
    asked: Mutex<HashMap<String, usize>>,
}

impl Resolver {
    pub(super) fn new(allow: Vec<IpNet>, names: Names) -> Self {
        let lookups = Arc::new(Semaphore::new(LOOKUPS_AT_ONCE));
        Self { inner: Arc::new(Inner { allow, names, lookups, asked: Mutex::default() }) }
    }

    /// May this address be dialled?
    pub(super) fn check(&self, address: IpAddr) -> Result<(), GuardError> {
        match address::refused(address) {
            Some(kind) if !self.inner.allow.iter().any(|range| range.contains(&address)) => {
                Err(GuardError::Private { address, kind })
            }
            _ => Ok(()),
        }
    }

    /// The addresses of a name, all of them checked.
    pub(super) async fn look_up(&self, host: &str) -> Result<Vec<IpAddr>, GuardError> {
        let found = match &self.inner.names {
            Names::System => self.ask_system(host).await,
            Names::Fixed(names) => self.inner.answer_in_turn(names, host),
        };
        if found.is_empty() || found.len() > MAX_ADDRESSES {
            return Err(GuardError::NoHost { host: host.to_owned() });
        }
        found.iter().try_for_each(|address| self.check(*address))?;
        Ok(found)
    }

    async fn ask_system(&self, host: &str) -> Vec<IpAddr> {
        let Ok(permit) = Arc::clone(&self.inner.lookups).acquire_owned().await else { return Vec::new() };
        let host = host.to_owned();
        let asking = tokio::task::spawn_blocking(move || {
            // The permit goes with the thread, not with the caller, who may have gone.
            let _permit = permit;
            let mut found: Vec<IpAddr> = Vec::new();
            for address in (host.as_str(), 0).to_socket_addrs().into_iter().flatten() {
                if !found.contains(&address.ip()) {
                    found.push(address.ip());
                }
            }
            found
        });
        asking.await.unwrap_or_default()
    }
}

impl Inner {
    fn answer_in_turn(&self, names: &HashMap<String, Vec<Vec<IpAddr>>>, host: &str) -> Vec<IpAddr> {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = asked.entry(host.to_owned()).or_default();
        let answers = names.get(host).map_or(&[][..], Vec::as_slice);
        let answer = answers.get(*turn).or(answers.last()).cloned().unwrap_or_default();
        *turn += 1;
        answer
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let found = resolver.look_up(name.as_str()).await?;
            // The port 0 is replaced by the one of the address that is called.
            Ok(Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}
