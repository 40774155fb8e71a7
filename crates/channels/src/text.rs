//! Texts within limits: divided where a reader would pause, cut only where there is no other way.
//!
//! Limits count Unicode scalars (spec kakao-skill.md 11), but nothing is ever taken apart inside what a person sees as
//! one character: a family emoji is seven scalars and one character.

use unicode_segmentation::UnicodeSegmentation;

/// Without what JSON carries but a screen cannot: NUL and the other control characters, save line breaks and tabs.
pub(crate) fn clean(text: &str) -> String {
    if text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t')) {
        return text.to_owned();
    }
    text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// At most `limit` characters, the last of them "…" where something is missing.
pub(crate) fn cut(text: &str, limit: usize) -> String {
    if count(text) <= limit {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut room = limit.saturating_sub(1);
    for grapheme in text.graphemes(true) {
        let size = count(grapheme);
        if size > room {
            break;
        }
        room -= size;
        out.push_str(grapheme);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// The text in pieces of at most `limit` characters, together the whole of it save the white space at the seams.
pub(crate) fn divide(text: &str, limit: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_end();
    while count(rest) > limit {
        let at = seam(rest, limit);
        let piece = rest[..at].trim_end();
        if !piece.is_empty() {
            pieces.push(piece.to_owned());
        }
        rest = rest[at..].trim_start_matches(['\n', ' ', '\t']);
    }
    if !rest.is_empty() {
        pieces.push(rest.to_owned());
    }
    pieces
}

/// How many characters it has.
pub(crate) fn count(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// How many UTF-16 units it has, in which some count what we count in characters: never fewer.
pub(crate) fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// At most so many UTF-16 units, the last "…" where something is missing.
pub(crate) fn cut16(said: &str, limit: usize) -> String {
    let mut chars = limit;
    loop {
        let cut = cut(said, chars);
        let over = units(&cut).saturating_sub(limit);
        if over == 0 || chars == 1 {
            return cut;
        }
        // Two units a character at most, so that half of what is over has to go at least.
        chars = chars.saturating_sub(over.div_ceil(2)).max(1);
    }
}

/// The text in pieces of at most so many UTF-16 units.
pub(crate) fn divide16(said: &str, limit: usize) -> Vec<String> {
    let mut chars = limit;
    loop {
        let pieces = divide(said, chars);
        if chars <= limit / 2 || pieces.iter().all(|piece| units(piece) <= limit) {
            return pieces;
        }
        chars = (chars * 9 / 10).max(limit / 2);
    }
}

/// Where to divide: after a paragraph, else a line, a sentence, a word, a character. Never in the first third, so that
/// pieces do not become crumbs.
fn seam(text: &str, limit: usize) -> usize {
    let end = text.char_indices().nth(limit).map_or(text.len(), |(at, _)| at);
    let window = &text[..end];
    let least = window.len() / 3;
    let after = |found: Option<usize>, length: usize| found.map(|at| at + length).filter(|at| *at > least);
    let sentence = ['.', '!', '?', '。', '…'].into_iter().filter_map(|mark| {
        let at = window
            .rmatch_indices(mark)
            .map(|(at, mark)| at + mark.len())
            .find(|at| text[*at..].chars().next().is_some_and(char::is_whitespace));
        at.filter(|at| *at > least)
    });
    after(window.rfind("\n\n"), 2)
        .or_else(|| after(window.rfind('\n'), 1))
        .or_else(|| sentence.max())
        .or_else(|| after(window.rfind(' '), 1))
        .unwrap_or_else(|| {
            let whole = text
                .grapheme_indices(true)
                .map(|(at, grapheme)| at + grapheme.len())
                .take_while(|at| *at <= end)
                .last();
            // One "character" longer than the limit (a hostile pile of accents): then scalars it is.
            whole.filter(|at| *at > 0).unwrap_or(end)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting_keeps_characters_whole() {
        assert_eq!(cut("가나다라마", 5), "가나다라마");
        assert_eq!(cut("가나다라마바", 5), "가나다라…");
        assert_eq!(cut("가👨‍👩‍👧‍👦나다", 5), "가…");
        assert_eq!(cut("가 나다라마", 3), "가…");
    }

    #[test]
    fn dividing_prefers_where_a_reader_pauses() {
        assert_eq!(
            divide("첫 문단이에요.\n\n둘째 문단이에요. 더 있어요.", 14),
            ["첫 문단이에요.", "둘째 문단이에요.", "더 있어요."]
        );
        assert_eq!(divide(&"가".repeat(25), 10), ["가".repeat(10), "가".repeat(10), "가".repeat(5)]);
        assert_eq!(divide("짧아요", 10), ["짧아요"]);
        assert!(divide("  \n ", 10).is_empty());
        assert_eq!(divide(&"\u{301}".repeat(30), 10).len(), 3);
    }
}
