//! Korean particles that fit the noun before them.
//!
//! Which form fits depends on whether the noun ends in a final consonant (받침), and for 으로/로 also on whether that is
//! ㄹ. Digits and Latin letters are taken as Koreans read them: 3 is 삼, L is 엘.

/// How a noun ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Vowel,
    Rieul,
    Consonant,
}

/// Pairs: after a consonant, after a vowel.
const PAIRS: [(&str, &str); 8] = [
    ("은", "는"),
    ("이", "가"),
    ("을", "를"),
    ("과", "와"),
    ("으로", "로"),
    ("아", "야"),
    ("이랑", "랑"),
    ("이나", "나"),
];

/// The noun with the particle in the form that fits; an unknown particle stays as it is.
pub(super) fn with(noun: &str, particle: &str) -> String {
    let end = end_of(noun);
    let pair = PAIRS.iter().find(|(consonant, vowel)| *consonant == particle || *vowel == particle);
    let fitting = match pair {
        Some((after_consonant, after_vowel)) => {
            let closed = match end {
                End::Vowel => false,
                // 서울로, not 서울으로.
                End::Rieul => *after_vowel != "로",
                End::Consonant => true,
            };
            if closed { after_consonant } else { after_vowel }
        }
        None => particle,
    };
    format!("{noun}{fitting}")
}

/// The last sound of a noun; signs and closing brackets at its end are not spoken.
fn end_of(noun: &str) -> End {
    let mut spoken = noun.chars().rev().filter(|c| c.is_alphanumeric());
    let Some(last) = spoken.next() else { return End::Vowel };
    match last {
        '가'..='힣' => match (last as u32 - '가' as u32) % 28 {
            0 => End::Vowel,
            8 => End::Rieul,
            _ => End::Consonant,
        },
        'ㄱ'..='ㅎ' => {
            if last == 'ㄹ' {
                End::Rieul
            } else {
                End::Consonant
            }
        }
        '0'..='9' => match last {
            '1' | '7' | '8' => End::Rieul,
            '3' | '6' => End::Consonant,
            // 0 is 영, and a number that ends in zeros is read 십, 백, 천, 만.
            '0' => End::Consonant,
            _ => End::Vowel,
        },
        letter if letter.is_ascii_alphabetic() => {
            unit_after_digits(noun).unwrap_or_else(|| end_of_letter(letter, spoken.next()))
        }
        _ => End::Vowel,
    }
}

/// `5kg` is read 킬로그램, `3m` 미터.
fn unit_after_digits(noun: &str) -> Option<End> {
    let noun = noun.trim_end_matches(|c: char| !c.is_alphanumeric());
    let unit = noun.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let before = noun[..noun.len() - unit.len()].trim_end().chars().last()?;
    let is_unit = before.is_ascii_digit() && unit.chars().all(|c| c.is_ascii_alphabetic());
    match unit.to_ascii_lowercase().as_str() {
        "g" | "kg" | "mg" if is_unit => Some(End::Consonant),
        "m" | "cm" | "mm" | "km" | "l" | "ml" if is_unit => Some(End::Vowel),
        _ => None,
    }
}

/// The last sound of a Latin word. Written alone, or in capitals, letters are read by their names.
fn end_of_letter(last: char, before: Option<char>) -> End {
    let spelled = last.is_ascii_uppercase() || before.is_none_or(|c| !c.is_ascii_alphabetic());
    if spelled {
        return match last.to_ascii_uppercase() {
            'L' | 'R' => End::Rieul,
            'M' | 'N' => End::Consonant,
            _ => End::Vowel,
        };
    }
    match last {
        'l' => End::Rieul,
        // 애플 (apple), 테이블 (table): the e is silent and ㄹ is heard.
        'e' if before == Some('l') => End::Rieul,
        'b' | 'c' | 'k' | 'm' | 'n' | 'p' | 't' => End::Consonant,
        'g' if before == Some('n') => End::Consonant,
        _ => End::Vowel,
    }
}

#[cfg(test)]
mod tests {
    use super::with;

    #[test]
    fn the_particle_fits_the_last_sound() {
        for (noun, particle, expected) in [
            ("멍멍이", "이", "멍멍이가"),
            ("떡볶이", "을", "떡볶이를"),
            ("책", "를", "책을"),
            ("서울", "으로", "서울로"),
            ("부산", "로", "부산으로"),
            ("제주", "으로", "제주로"),
            ("서울", "은", "서울은"),
            ("3", "이", "3이"),
            ("2", "은", "2는"),
            ("10", "를", "10을"),
            ("7", "로", "7로"),
            ("URL", "을", "URL을"),
            ("PDF", "을", "PDF를"),
            ("iPhone", "을", "iPhone를"),
            ("closer", "은", "closer는"),
            ("컵(대)", "이", "컵(대)가"),
            ("친구", "이랑", "친구랑"),
            ("물", "과", "물과"),
            ("민준", "야", "민준아"),
            ("", "을", "를"),
            ("것", "만", "것만"),
            ("제주 감귤 5kg", "를", "제주 감귤 5kg을"),
            ("끈 3m", "을", "끈 3m를"),
        ] {
            assert_eq!(with(noun, particle), expected);
        }
    }
}
