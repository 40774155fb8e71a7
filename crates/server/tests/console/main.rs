//! The console over HTTP: what browsers send and get.

mod attack;
mod bots;
mod browser;
mod demo;
mod document;
mod hostile;
mod people;
mod table;
