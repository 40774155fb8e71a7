//! The dealers' relays, as a company meets them (spec consulttalk.md 14): each row, in each dialect that has it.

#[path = "relay/company.rs"]
mod company;

#[path = "relay/classic.rs"]
mod classic;
#[path = "relay/life.rs"]
mod life;
#[path = "relay/modern.rs"]
mod modern;
#[path = "relay/talk.rs"]
mod talk;
#[path = "relay/trouble.rs"]
mod trouble;
