//! Placeholders of a workspace's secrets: what `{{SECRET("name")}}` leaves in an HTTP node's texts.
//!
//! The engine never holds a secret. It writes `⟦secret:NAME:NONCE⟧`; who sends the request puts the value there with
//! [`fill`], after everything that is stored or shown has been made. The nonce comes from the turn's seed, which no
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

/// Puts the values where this turn's placeholders stand. What `value` does not know makes an error that names it.
pub fn fill(
    text: &str,
    nonce: &str,
    value: &mut dyn FnMut(&str) -> Option<String>,
) -> Result<String, MissingSecret> {
    replace(text, nonce, &mut |name| value(name).ok_or_else(|| MissingSecret(name.to_owned())))
}

/// The text with this turn's placeholders made useless: as it may be kept and shown.
pub fn blunt(text: &str, nonce: &str) -> String {
    let Ok(text) =
        replace(text, nonce, &mut |name| Ok::<_, std::convert::Infallible>(format!("{OPEN}{name}{CLOSE}")));
    text
}

/// A secret that the workspace does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no secret '{0}' in this workspace")]
pub struct MissingSecret(pub String);

fn replace<E>(
    text: &str,
    nonce: &str,
    value: &mut dyn FnMut(&str) -> Result<String, E>,
) -> Result<String, E> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(OPEN) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let inner = &from[OPEN.len()..];
        // A text that is full of openings is not searched to its end for each of them.
        let near = inner.char_indices().take(MAX_INSIDE).find(|(_, letter)| *letter == CLOSE);
        let found = near.and_then(|(at, _)| {
            let (inside, after) = (&inner[..at], &inner[at + CLOSE.len_utf8()..]);
            let (name, found) = inside.rsplit_once(':')?;
            (found == nonce && is_name(name)).then_some((name, after))
        });
        if let Some((name, after)) = found {
            out.push_str(&value(name)?);
            rest = after;
        } else {
            // What a stranger wrote; a true one may begin right behind its opening.
            out.push_str(OPEN);
            rest = inner;
        }
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> Result<String, MissingSecret> {
        fill(text, &secret_nonce(7), &mut |name| (name == "KEY").then(|| "s3cret⟧".to_owned()))
    }

    #[test]
    fn only_placeholders_of_this_turn_are_filled() {
        let ours = placeholder("KEY", &secret_nonce(7));
        assert_eq!(filled(&format!("Bearer {ours}, {ours}.")), Ok("Bearer s3cret⟧, s3cret⟧.".to_owned()));
        for strange in [
            placeholder("KEY", &secret_nonce(8)),
            placeholder("KEY", ""),
            "⟦secret:KEY⟧".to_owned(),
            "⟦secret:KEY:".to_owned(),
            "⟦secret:".to_owned(),
            placeholder("K:Y⟦", &secret_nonce(7)),
        ] {
            assert_eq!(filled(&strange), Ok(strange.clone()));
            assert_eq!(filled(&format!("{strange}{ours}")), Ok(format!("{strange}s3cret⟧")));
        }
        let missing = placeholder("OTHER", &secret_nonce(7));
        assert_eq!(filled(&missing), Err(MissingSecret("OTHER".to_owned())));
    }

    #[test]
    fn a_blunt_placeholder_is_never_filled() {
        let text = blunt(&format!("k={}", placeholder("KEY", &secret_nonce(7))), &secret_nonce(7));
        assert_eq!(text, "k=⟦secret:KEY⟧");
        assert_eq!(filled(&text), Ok(text.clone()));
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
