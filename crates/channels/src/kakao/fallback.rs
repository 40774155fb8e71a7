//! A valid answer that needs nothing: one text, whatever it is.

use super::{limits, reply, wire};
use crate::text;

/// A skill response with this text, cut to what a bubble holds; a stand-in where it is blank.
pub fn plain(said: &str) -> String {
    let said = text::clean(said);
    let said =
        if said.trim().is_empty() { reply::NOTHING.to_owned() } else { text::cut(&said, limits::TEXT) };
    wire::response(&[wire::simple_text(&said)], &[])
}
