//! The console over HTTP: what browsers send and get.

mod afterwards;
mod alerts;
mod attack;
mod bots;
mod bridge;
mod browser;
mod channel;
mod customers;
mod demo;
mod document;
mod editor;
mod figures;
mod hostile;
mod path_tests;
mod people;
mod table;
mod versions;
