//! Placeholders of a workspace's secrets: what `{{SECRET("name")}}` leaves in an HTTP node's texts.
//!
//! The engine never holds a secret. It writes `⟦secret:NAME:NONCE⟧`; who sends the request puts the value there with
//! [`pieces`], after everything that is stored or shown has been made. The nonce comes from the turn's seed, which no
//! end user and no upstream knows: a placeholder that someone typed, or kept from another turn, stays plain text.

const OPEN: &str = "⟦secret:";
const CLOSE: char = '⟧';
/// How long a name may be.
pub const MAX_NAME: usize = 64;

/// Letters between an opening and its end, at most: a name, a colon and a nonce.
const MAX_INSIDE: usize = MAX_NAME + 18;

/// What the placeholders of a turn carry: 16 lower-case hexadecimal digits.
///
/// Mixed apart from the rolls of `RAND` ([`crate::template::Env`]), so that a bot which shows chance shows nothing of this.
pub fn secret_nonce(seed: u64) -> String {
    let mut mixed = seed ^ 0x5ec2_e7c0_ffee_d00d;
    for _ in 0..2 {
        mixed = mixed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
    }
    format!("{mixed:016x}")
}

/// May a secret be called so? ASCII letters, digits, `_ - .`, at most [`MAX_NAME`].
pub fn is_name(name: &str) -> bool {
    (1..=MAX_NAME).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

/// What stands for the secret in texts of the turn with this nonce.
pub fn placeholder(name: &str, nonce: &str) -> String {
    format!("{OPEN}{name}:{nonce}{CLOSE}")
}

/// What people are shown of a placeholder: worth nothing to whoever reads it.
pub fn shown(name: &str) -> String {
    format!("{OPEN}{name}{CLOSE}")
}

/// The text with this turn's placeholders made useless: as it may be kept and shown.
pub fn blunt(text: &str, nonce: &str) -> String {
    let pieces = pieces(text, nonce).into_iter();
    pieces
        .map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Secret(name) => shown(name),
        })
        .collect()
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// As it is; also what looks like a placeholder and is none of this turn.
    Text(&'a str),
    /// In place of the secret of this name.
    Secret(&'a str),
}

/// Cuts a text at this turn's placeholders; who sends it puts the values there.
pub fn pieces<'a>(text: &'a str, nonce: &str) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(begin) = text[at..].find(OPEN).map(|found| at + found) {
        let inner = &text[begin + OPEN.len()..];
        // What a stranger wrote; a true one may begin right behind its opening.
        at = begin + OPEN.len();
        // A text that is full of openings is not searched to its end for each of them.
        let near = inner.char_indices().take(MAX_INSIDE).find(|(_, letter)| *letter == CLOSE);
        let Some((end, _)) = near else { continue };
        if let Some((name, own)) = inner[..end].rsplit_once(':')
            && own == nonce
            && is_name(name)
        {
            pieces.push(Piece::Text(&text[from..begin]));
            pieces.push(Piece::Secret(name));
            at += end + CLOSE.len_utf8();
            from = at;
        }
    }
    pieces.push(Piece::Text(&text[from..]));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> String {
        let nonce = secret_nonce(7);
        let of = |piece: &Piece| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Secret(name) => format!("<{name}>⟧"),
        };
        pieces(text, &nonce).iter().map(of).collect()
    }

    #[test]
    fn only_placeholders_of_this_turn_are_filled() {
        let ours = placeholder("KEY", &secret_nonce(7));
        assert_eq!(filled(&format!("Bearer {ours}, {ours}.")), "Bearer <KEY>⟧, <KEY>⟧.");
        for strange in [
            placeholder("KEY", &secret_nonce(8)),
            placeholder("KEY", ""),
            "⟦secret:KEY⟧".to_owned(),
            "⟦secret:KEY:".to_owned(),
            "⟦secret:".to_owned(),
            placeholder("K:Y⟦", &secret_nonce(7)),
        ] {
            assert_eq!(filled(&strange), strange);
            assert_eq!(filled(&format!("{strange}{ours}")), format!("{strange}<KEY>⟧"));
        }
    }

    #[test]
    fn a_blunt_placeholder_is_never_filled() {
        let text = blunt(&format!("k={}", placeholder("KEY", &secret_nonce(7))), &secret_nonce(7));
        assert_eq!(text, "k=⟦secret:KEY⟧");
        assert_eq!(filled(&text), text);
    }

    #[test]
    fn names_are_short_and_plain() {
        assert!(is_name("order-api.KEY_2"));
        assert!(!is_name(""));
        assert!(!is_name("열쇠"));
        assert!(!is_name(&"a".repeat(MAX_NAME + 1)));
        assert_eq!(secret_nonce(1).len(), 16);
        assert_ne!(secret_nonce(1), secret_nonce(2));
    }
}
