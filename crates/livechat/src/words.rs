//! Words as they are looked for: parts of Korean words, whatever spaces and marks stand between them.
//!
//! A text is folded to its letters and digits, and known by its pairs of neighbours ([`grams`]): `환불되나요` has 환불, 불되,
//! 되나, 나요. A pair is one number, so both databases keep and compare it alike, without a dictionary of endings. Pairs
//! find too much and never too little: who finds by them looks at the text itself afterwards ([`Query::is_in`]).

use std::collections::BTreeSet;

/// Letters of a text that are looked at: more than a message may have.
const MAX_LETTERS: usize = 4_000;
/// Words of a query, and pairs of them, that are looked for.
const MAX_WORDS: usize = 8;
const MAX_RANGES: usize = 16;
/// Letters of an excerpt before what was found, and in all.
const BEFORE: usize = 20;
const EXCERPT: usize = 100;
/// Bits of a letter.
const LETTER: u32 = 21;

/// Pairs from the first number to the last: a pair alone, or all that begin with a letter.
pub type Range = (i64, i64);

/// What somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    words: Vec<Vec<char>>,
}

/// The letters and digits of a text, small, each with its place among the text's characters.
fn folded(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.chars()
        .enumerate()
        .filter(|(_, letter)| letter.is_alphanumeric())
        .flat_map(|(at, letter)| letter.to_lowercase().map(move |small| (at, small)))
        .filter(|(_, letter)| letter.is_alphanumeric())
        .take(MAX_LETTERS)
}

fn pair(first: char, second: Option<char>) -> i64 {
    i64::from(u32::from(first)) << LETTER | second.map_or(0, |letter| i64::from(u32::from(letter)))
}

/// The pairs of neighbours in a text, and its last letter alone.
pub fn grams(text: &str) -> BTreeSet<i64> {
    let letters: Vec<char> = folded(text).map(|(_, letter)| letter).collect();
    (0..letters.len()).map(|at| pair(letters[at], letters.get(at + 1).copied())).collect()
}

/// The pairs of neighbours in a text, as far as they tell texts apart: the last letter alone only where it is all there is.
pub fn pairs(text: &str) -> BTreeSet<i64> {
    let all = grams(text);
    if all.len() == 1 {
        all
    } else {
        all.into_iter().filter(|gram| gram & ((1 << LETTER) - 1) != 0).collect()
    }
}

/// How alike two texts are by their pairs, from 0 to 1000; each pair weighs what `weight` says.
pub fn likeness(one: &BTreeSet<i64>, other: &BTreeSet<i64>, weight: impl Fn(i64) -> f64) -> u32 {
    let sum = |pairs: &mut dyn Iterator<Item = &i64>| pairs.map(|pair| weight(*pair)).sum::<f64>();
    let (first, second) = (sum(&mut one.iter()), sum(&mut other.iter()));
    let common = sum(&mut one.intersection(other));
    if common <= 0.0 { 0 } else { (common / (first * second).sqrt() * 1_000.0) as u32 }
}

impl Query {
    /// Reads what was typed; `None` where there is no letter in it.
    pub fn read(text: &str) -> Option<Self> {
        let words: Vec<Vec<char>> = text
            .split_whitespace()
            .map(|word| folded(word).map(|(_, letter)| letter).collect::<Vec<char>>())
            .filter(|word| !word.is_empty())
            .take(MAX_WORDS)
            .collect();
        (!words.is_empty()).then_some(Self { words })
    }

    /// The pairs that a text must have.
    pub fn ranges(&self) -> Vec<Range> {
        let mut ranges: Vec<Range> = Vec::new();
        for word in &self.words {
            match word[..] {
                // Whatever stands behind it.
                [letter] => ranges.push((pair(letter, None), pair(letter, Some(char::MAX)))),
                _ => ranges.extend(word.windows(2).map(|two| {
                    let both = pair(two[0], Some(two[1]));
                    (both, both)
                })),
            }
        }
        ranges.sort_unstable();
        ranges.dedup();
        ranges.truncate(MAX_RANGES);
        ranges
    }

    /// Do all words stand in this text?
    pub fn is_in(&self, text: &str) -> bool {
        let letters: Vec<char> = folded(text).map(|(_, letter)| letter).collect();
        self.words.iter().all(|word| letters.windows(word.len()).any(|part| part == &word[..]))
    }

    /// The part of a text around the first word that is found in it.
    pub fn excerpt(&self, text: &str) -> String {
        let (places, letters): (Vec<usize>, Vec<char>) = folded(text).unzip();
        let found = |word: &Vec<char>| letters.windows(word.len()).position(|part| part == &word[..]);
        let at = self.words.iter().filter_map(found).min().map_or(0, |at| places[at]);
        let from = at.saturating_sub(BEFORE);
        let part: String = text.chars().skip(from).take(EXCERPT).collect();
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        let more = text.chars().nth(from + EXCERPT).is_some();
        format!("{}{part}{}", if from > 0 { "…" } else { "" }, if more { "…" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the pairs say, and the text itself.
    fn check(text: &str, query: &str, expected: bool) {
        let query = Query::read(query).expect("words");
        let grams = grams(text);
        let by_pairs = query.ranges().iter().all(|(from, to)| grams.range(from..=to).next().is_some());
        assert_eq!(query.is_in(text), expected, "{text} | {query:?}");
        assert!(by_pairs || !expected, "pairs miss {text} | {query:?}");
    }

    #[test]
    fn parts_of_korean_words_are_found_whatever_their_endings_and_spaces() {
        check("배송비를 환불해 주시나요?", "환불", true);
        check("배송비를 환불해 주시나요?", "환불해주", true);
        check("배송비를 환불해 주시나요?", "송비", true);
        check("배송비를 환불해 주시나요?", "주시나요", true);
        check("배송비를 환불해 주시나요?", "환불 배송", true);
        check("배송비를 환불해 주시나요?", "환급", false);
        check("배송비를 환불해 주시나요?", "환송", false);
        check("환불", "불", true);
        check("환불", "환", true);
        check("KIM@Example.com", "kim@example", true);
        check("010-1234-5678", "01012345678", true);
        check("010-1234-5678", "1234 5678", true);
        check("", "환", false);
        assert_eq!(Query::read(" !? "), None);
    }

    #[test]
    fn questions_are_alike_by_their_rare_pairs() {
        let weight = |pair: i64| if pairs("나요").contains(&pair) { 0.1 } else { 1.0 };
        let of = |one: &str, other: &str| likeness(&pairs(one), &pairs(other), weight);
        assert_eq!(of("환불되나요", "환불 되나요?"), 1_000);
        assert!(of("환불은 언제 되나요", "환불 되나요?") > of("배송은 언제 되나요", "환불 되나요?"));
        assert_eq!(of("환불", "배송"), 0);
        assert_eq!(of("", ""), 0);
    }

    #[test]
    fn an_excerpt_shows_what_was_found() {
        let text = format!("{} 어제 주문한 귤을 환불하고 싶어요 {}", "가".repeat(50), "나".repeat(200));
        let query = Query::read("환불하고싶").expect("words");
        let part = query.excerpt(&text);
        assert!(
            part.starts_with('…') && part.ends_with('…') && part.contains("귤을 환불하고 싶어요"),
            "{part}"
        );
        assert_eq!(Query::read("환불").expect("words").excerpt("환불 돼요?"), "환불 돼요?");
    }
}
