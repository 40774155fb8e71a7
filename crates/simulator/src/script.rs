//! Plays a scene: what a person does, and what they should see.
//!
//! ```text
//! > (enter)              opens the room
//! > 안녕하세요            types
//! > [영업시간]            taps a quick reply or button
//! > (photo https://…)    sends a photo
//! > (block 주문) 아메리카노   types something that another block catches
//! > (transformed) 안녕     types, and a transform function changes the request
//! > (unused) 안녕          types, and the block does not use the skill's data: nothing is seen
//! < 평일 10시             a text that is seen holds this
//! < [오시는 길]           this chip or button is there
//! # a comment
//! ```

use std::fmt::Write as _;

use crate::kakao::{Room, Seen};

/// What became of a scene.
#[derive(Debug, Default)]
pub struct Played {
    /// The lines that were not as written.
    pub differences: Vec<String>,
    /// How many lines were checked.
    pub checked: usize,
}

/// Plays a scene in a room. `show` is given what is seen after each step.
pub async fn play(room: &mut Room, scene: &str, mut show: impl FnMut(&str, &Seen)) -> Played {
    let mut played = Played::default();
    let mut seen = Seen::default();
    for (number, line) in scene.lines().enumerate() {
        let line = line.trim();
        if let Some(step) = line.strip_prefix('>') {
            let step = step.trim();
            seen = act(room, step).await;
            if let Some(trouble) = &seen.trouble {
                played.differences.push(format!("{}: {line}: {trouble:?}", number + 1));
            }
            show(step, &seen);
        } else if let Some(wanted) = line.strip_prefix('<') {
            played.checked += 1;
            if !holds(&seen, wanted.trim()) {
                let mut difference = format!("{}: {line}: not seen; seen were ", number + 1);
                let _ = write!(difference, "{:?} {:?}", seen.texts(), seen.chips());
                played.differences.push(difference);
            }
        } else if !line.is_empty() && !line.starts_with('#') {
            played.differences.push(format!("{}: {line}: this line cannot be read", number + 1));
        }
    }
    played
}

async fn act(room: &mut Room, step: &str) -> Seen {
    if step == "(enter)" {
        return room.enter().await;
    }
    if let Some(url) = step.strip_prefix("(photo ").and_then(|rest| rest.strip_suffix(')')) {
        return room.sends_photo(url).await;
    }
    if let Some((block, text)) = step.strip_prefix("(block ").and_then(|rest| rest.split_once(')')) {
        // A scene names few blocks, and a room keeps the name of its last one.
        let block: &'static str = block.to_owned().leak();
        return room.says_to_block(block, text.trim(), serde_json::Map::new()).await;
    }
    if let Some(text) = step.strip_prefix("(transformed)") {
        return room.says_transformed(text.trim()).await;
    }
    if let Some(text) = step.strip_prefix("(unused)") {
        return room.says_unused(text.trim()).await;
    }
    match step.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(label) => room.taps(label).await,
        None => room.says(step).await,
    }
}

fn holds(seen: &Seen, wanted: &str) -> bool {
    match wanted.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(label) => {
            seen.chips().contains(&label) || seen.card_buttons().iter().any(|button| button.label == label)
        }
        None => seen.texts().iter().any(|text| text.contains(wanted)),
    }
}
