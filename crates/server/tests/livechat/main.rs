//! Live chat over HTTP and sockets: pages of customers, consoles of agents.

mod access;
mod answers;
mod assigning;
mod bed;
#[path = "../console/browser.rs"]
#[expect(dead_code, reason = "the console's tests use more of it")]
mod browser;
mod consulttalk;
mod consulttalk_chance;
mod figures;
mod finding;
mod hours;
mod preview;
mod preview_consult;
mod road;
mod safety;
mod storm;
mod webhooks;
mod webpush;
mod widget;
