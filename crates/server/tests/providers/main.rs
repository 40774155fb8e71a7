//! The effects against stand-ins of their providers, which speak the providers' wire formats over real sockets.

mod bed;
mod door;
mod llm;
mod mail;
mod mail_tls;
mod nlp;
mod push;
mod sheet;
