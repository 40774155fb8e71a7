//! What the numbers mean that Kakao gives for users whom a push did not reach (kakao-skill.md 1.4).

use engine::lang::Lang;

/// Kakao's number in words: what happened and where to look. `None` for a number that is not known.
pub fn error_type(number: i64, lang: Lang) -> Option<&'static str> {
    let (ko, en) = match number {
        6 => (
            "봇의 응답이 올바른 JSON이 아니거나 말풍선 규칙에 맞지 않아요. 블록의 응답을 확인해 주세요.",
            "The bot's answer is no valid JSON or breaks a rule for bubbles; look at the block's answer",
        ),
        99 => (
            "파라미터 형식이 잘못됐어요. data와 params를 확인해 주세요.",
            "A parameter has a wrong form; look at data and params",
        ),
        101 => (
            "카카오 내부의 봇 연동 오류예요. 잠시 뒤에 다시 보내 주세요.",
            "An error between bots within Kakao; send it again later",
        ),
        104 => (
            "스킬 서버가 오류로 답했어요. 그때의 턴과 오류 기록을 확인해 주세요.",
            "The skill server answered with an error; look at the turns and problems of that moment",
        ),
        201 => (
            "스킬 서버가 HTTP 오류로 답했어요. 블록의 스킬 주소와 헤더를 확인해 주세요.",
            "The skill server answered with an HTTP error; look at the address and header of the block's skill",
        ),
        202 => (
            "스킬 서버에 제때 연결하지 못했어요. 서버가 밖에서 열리는지 확인해 주세요.",
            "The skill server was not reached in time; see whether it can be reached from outside",
        ),
        204 => (
            "블록의 파라미터 검증 API가 HTTP 오류로 답했어요.",
            "The validation API of a parameter of the block answered with an HTTP error",
        ),
        _ => return None,
    };
    Some(if lang == Lang::Ko { ko } else { en })
}

/// A user's failure as it is stored: Kakao's words, and what they mean.
pub(super) fn failure(number: Option<i64>, said: &str) -> String {
    let meaning = number.and_then(|number| error_type(number, Lang::Ko));
    match (meaning, said.trim()) {
        (Some(meaning), "") => meaning.to_owned(),
        (Some(meaning), said) => format!("{meaning} ({said})"),
        (None, "") => "카카오가 이유를 알려 주지 않았어요.".to_owned(),
        (None, said) => said.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_numbers_are_explained_in_both_languages() {
        for number in [6, 99, 101, 104, 201, 202, 204] {
            assert!(error_type(number, Lang::Ko).is_some_and(|text| text.ends_with("요.")), "{number}");
            assert!(error_type(number, Lang::En).is_some_and(str::is_ascii), "{number}");
        }
        assert_eq!(failure(Some(7), "?"), "?");
        assert!(failure(Some(201), "HTTP 500").ends_with("(HTTP 500)"));
    }
}
