//! What the end user sees and what is kept: `MASK`.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// A rendered text, and which parts of it are to be hidden in what is stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// As the end user sees it.
    pub text: String,
    /// What is hidden, in reading order.
    pub masks: Vec<Mask>,
}

/// A part to be hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// When, in milliseconds from now; at once where absent.
    pub after_ms: Option<u64>,
}

impl Rendered {
    /// The text as it is stored: one `*` for each character that is hidden. `None` where nothing is.
    pub fn masked(&self) -> Option<String> {
        if self.masks.is_empty() {
            return None;
        }
        let mut out = String::with_capacity(self.text.len());
        let mut at = 0;
        for mask in &self.masks {
            out.push_str(&self.text[at..mask.range.start]);
            out.extend(self.text[mask.range.clone()].graphemes(true).map(|_| '*'));
            at = mask.range.end;
        }
        out.push_str(&self.text[at..]);
        Some(out)
    }
}

/// `10m`, `6h`, `7d`; anything else means at once, which hides rather too early than too late.
pub(super) fn schedule(text: &str) -> Option<u64> {
    let text = text.trim();
    let unit = text.chars().last()?;
    let number: u64 = text[..text.len() - unit.len_utf8()].trim().parse().ok()?;
    let milliseconds = match unit {
        's' => 1_000,
        'm' => 60_000,
        'h' => 3_600_000,
        'd' => 86_400_000,
        _ => return None,
    };
    number.checked_mul(milliseconds)
}
