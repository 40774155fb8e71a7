//! The rules of live chat (상담): who may do what with a consultation, who gets it, when agents work, what closes by
//! itself.
//!
//! Pure: no clock, no die, no store. What happens is an [`Act`] on a [`Consultation`], and gives what it is then, whose
//! load changes, and which lines stand in the thread. The server writes that down in one commit, guarded, so that two
//! acts at once are one after the other.
//!
//! To add an act: a variant of [`Act`], its row in [`Consultation::act`], a case in `tests/consultation.rs`; the property
//! test beside it takes it up once its generator knows it.

pub mod assign;
pub mod close;
pub mod consultation;
pub mod holidays;
pub mod hours;
pub mod room;
pub mod settings;
pub mod stats;
pub mod words;

use serde::{Deserialize, Serialize};

pub use consultation::{Act, Consultation, Done, Line, Origin, Refused, Resume, State};
pub use settings::{Overrides, Settings};

/// An agent: 16 bytes of whoever keeps the accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AgentId(pub [u8; 16]);
