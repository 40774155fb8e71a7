//! What Kakao's result of a call says about each of its users.
//!
//! Kakao counts who was sent to, lists who failed, and only counts users whom it did not know. So it may stay open who
//! exactly was not reached; then nobody is said to have been.

use serde_json::Value;
use store::{PushTargetRow, TargetState};

use super::explain::failure;

const UNKNOWN_USER: &str =
    "카카오가 이 사용자 키를 찾지 못했어요. 이 봇의 키가 맞는지, 채널 친구인지 확인해 주세요.";

/// Kakao's result.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    asked: u64,
    sent: u64,
    unknown: u64,
    failed: u64,
    list: Vec<Failed>,
}

#[derive(Debug, PartialEq, Eq)]
struct Failed {
    user: String,
    number: Option<i64>,
    said: String,
}

impl Outcome {
    /// Reads a result; `None` where it is none.
    pub(super) fn read(body: &Value) -> Option<Self> {
        let count = |value: &Value| value.as_u64().unwrap_or(0);
        let list = body["fail"]["list"].as_array().map_or(&[][..], Vec::as_slice);
        let list: Vec<Failed> = list
            .iter()
            .filter_map(|entry| {
                let error = &entry["errorMsg"];
                Some(Failed {
                    user: entry["userId"].as_str()?.to_owned(),
                    number: error["errorType"].as_i64(),
                    said: error["msg"].as_str().unwrap_or_default().to_owned(),
                })
            })
            .collect();
        Some(Self {
            asked: body["allRequestCount"].as_u64()?,
            sent: count(&body["successCount"]),
            unknown: count(&body["userKeyResolvingFailCount"]),
            failed: count(&body["fail"]["count"]).max(list.len() as u64),
            list,
        })
    }

    /// Is everybody accounted for?
    pub(super) fn is_complete(&self) -> bool {
        self.asked > 0 && self.sent + self.unknown + self.failed >= self.asked
    }

    /// What became of each of these users.
    pub(super) fn of_each(&self, targets: Vec<PushTargetRow>) -> Vec<PushTargetRow> {
        let listed = |key: &str| self.list.iter().find(|failed| failed.user == key);
        let matched = targets.iter().filter(|target| listed(&target.user_key).is_some()).count() as u64;
        let rest = targets.len() as u64 - matched;
        // Not reached, but not named by a key that was sent.
        let nameless = self.unknown + self.failed.saturating_sub(matched);
        let only_listed = self.list.first().filter(|_| self.list.len() == 1 && targets.len() == 1);
        targets
            .into_iter()
            .map(|mut target| {
                let found = listed(&target.user_key).or(only_listed);
                let (state, number, error) = match found {
                    Some(failed) => {
                        let error = failure(failed.number, &failed.said);
                        (TargetState::Failed, failed.number, Some(error))
                    }
                    None if nameless == 0 => (TargetState::Sent, None, None),
                    None if nameless >= rest => (TargetState::Failed, None, Some(UNKNOWN_USER.to_owned())),
                    None => {
                        let error = format!(
                            "이 요청의 사용자 중 {nameless}명에게 가지 않았지만 카카오가 누구인지 알려 주지 않았어요."
                        );
                        (TargetState::Unknown, None, Some(error))
                    }
                };
                (target.state, target.error_type, target.error) = (state, number, error);
                target
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(users: &[&str], body: &Value, expected: &[(&str, Option<i64>)]) {
        let target = |(seq, key): (i64, &&str)| PushTargetRow {
            seq,
            user_type: "botUserKey".to_owned(),
            user_key: (*key).to_owned(),
            state: TargetState::Accepted,
            error_type: None,
            error: None,
        };
        let outcome = Outcome::read(body).expect("is a result");
        assert!(outcome.is_complete(), "{body}");
        let each = outcome.of_each((0..).zip(users).map(target).collect());
        let found: Vec<_> = each.iter().map(|target| (target.state.name(), target.error_type)).collect();
        assert_eq!(found, expected, "{body}");
        assert!(each.iter().all(|target| target.error.is_some() == (target.state != TargetState::Sent)));
    }

    fn failed(user: &str, number: i64) -> Value {
        json!({"userId": user, "reqUserType": "botUserKey", "createdAt": 1, "errorMsg": {"errorType": number, "msg": "x"}})
    }

    #[test]
    fn each_user_is_told_what_kakao_says() {
        let all = ["a", "b", "c"];
        let body = json!({"status": "ALL SUCCESS", "allRequestCount": 3, "successCount": 3});
        check(&all, &body, &[("sent", None), ("sent", None), ("sent", None)]);
        let body = json!({"status": "1 FAIL", "allRequestCount": 3, "successCount": 2, "fail": {"count": 1, "list": [failed("b", 201)]}});
        check(&all, &body, &[("sent", None), ("failed", Some(201)), ("sent", None)]);
        // One was not known, and Kakao does not say who.
        let body = json!({"allRequestCount": 3, "successCount": 1, "userKeyResolvingFailCount": 1, "fail": {"count": 1, "list": [failed("b", 6)]}});
        check(&all, &body, &[("unknown", None), ("failed", Some(6)), ("unknown", None)]);
        // Nobody of the others was known.
        let body = json!({"allRequestCount": 3, "successCount": 0, "userKeyResolvingFailCount": 2, "fail": {"count": 1, "list": [failed("b", 6)]}});
        check(&all, &body, &[("failed", None), ("failed", Some(6)), ("failed", None)]);
        // The list names a user by another key than was sent; with one user there is no doubt.
        let body = json!({"allRequestCount": 1, "successCount": 0, "fail": {"count": 1, "list": [failed("z", 202)]}});
        check(&["a"], &body, &[("failed", Some(202))]);
    }

    #[test]
    fn a_result_that_does_not_add_up_is_not_complete() {
        let body = json!({"allRequestCount": 3, "successCount": 1, "fail": {"count": 1, "list": []}});
        assert!(!Outcome::read(&body).expect("is a result").is_complete());
        assert_eq!(Outcome::read(&json!({"status": "x"})), None);
    }
}
