//! The one client for outgoing calls, attacked: addresses that lie, names that change, servers that misbehave. And
//! what stands beside it: the HTTP node, and the vault of secrets that it sends.
//!
//! No network is needed: 127.0.0.2 plays the internet (it alone is allowed), 127.0.0.1 the operator's own network.

mod addresses;
mod bounds;
mod fetch;
mod redirects;
mod secure;
mod upstream;
mod vault;
