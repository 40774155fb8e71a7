//! The console over HTTP: what browsers send and get.

mod afterwards;
mod alerts;
mod attack;
mod bots;
mod browser;
mod channel;
mod customers;
mod document;
mod figures;
mod hostile;
mod people;
mod table;
