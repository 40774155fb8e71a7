//! KakaoTalk's side of an OpenBuilder skill: sends what Kakao sends, waits as long, judges as strictly, shows what a
//! phone would show.
//!
//! It knows no crate of ours on purpose. If it read Kakao's JSON through the structs of the channel, both would misread
//! it alike and every test would be green; so it has only the captured requests and Kakao's written rules.
//!
//! [`kakao::Kakao`] is a bot at Kakao, [`kakao::Room`] one person in its chat room; [`judge`] decides about answers;
//! [`callback`] takes late ones; [`provider`] holds the other services that a bot asks; [`relay`] is a dealer's relay of
//! ConsultationTalk with its customers;
//! [`screen`] draws them; [`chat`] is the terminal, [`script`] plays scenes, [`crowd`] is many people at once.

pub mod callback;
pub mod chat;
pub mod crowd;
pub mod judge;
pub mod kakao;
pub mod lang;
pub mod mutate;
pub mod provider;
pub mod relay;
pub mod screen;
pub mod script;
pub mod upstream;
