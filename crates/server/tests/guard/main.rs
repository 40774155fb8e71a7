//! The one client for outgoing calls, attacked: addresses that lie, names that change, servers that misbehave.
//!
//! No network is needed: 127.0.0.2 plays the internet (it alone is allowed), 127.0.0.1 the operator's own network.

mod addresses;
mod bounds;
mod redirects;
mod upstream;
