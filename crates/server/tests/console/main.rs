//! The console over HTTP: what browsers send and get.

mod attack;
mod bots;
mod browser;
mod demo;
mod document;
mod editor;
mod hostile;
mod path_tests;
mod people;
mod table;
mod versions;
