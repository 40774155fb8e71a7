//! What the guide says about what was seen.

use super::*;

const NOW: i64 = 1_795_000_000_000;

fn seen(what: &str, name: &str, mode: &str, times: i64) -> SeenRow {
    SeenRow {
        draft: false,
        mode: mode.to_owned(),
        what: what.to_owned(),
        name: name.to_owned(),
        detail: String::new(),
        first_at: NOW - 1_000,
        last_at: NOW - 1_000,
        times,
        took_us: 20_000,
        slowest_us: 30_000,
    }
}

#[track_caller]
fn state_of(rows: &[SeenRow], id: &str) -> State {
    let facts = Facts { enabled: true, published: true, secret: true, now_ms: NOW };
    let all = checks(rows, facts);
    let found = all.iter().find(|check| check.id == id).expect("a check");
    assert!(!found.detail.ko.is_empty() && !found.detail.en.is_empty());
    found.state
}

#[test]
fn nothing_was_seen_and_everything_waits() {
    let facts = Facts { enabled: true, published: true, secret: true, now_ms: NOW };
    for check in checks(&[], facts) {
        assert_eq!(check.state == State::Waiting, check.id != "ready", "{}", check.id);
    }
}

#[test]
fn a_connected_channel_is_green() {
    let rows = [
        seen("welcome", "웰컴 블록", "operating", 1),
        seen("fallback", "폴백 블록", "operating", 5),
        seen("bot", "64aa", "operating", 6),
        seen("sign", "accepted", "operating", 6),
        seen("sign", "pressed", "operating", 1),
    ];
    let facts = Facts { enabled: true, published: true, secret: true, now_ms: NOW };
    for check in checks(&rows, facts) {
        assert_eq!(check.state, State::Ok, "{}: {}", check.id, check.detail.en);
    }
}

#[test]
fn each_mistake_is_told() {
    let welcome = seen("welcome", "웰컴 블록", "operating", 2);
    let accepted = seen("sign", "accepted", "operating", 2);
    let rows = [welcome.clone(), accepted.clone()];
    assert_eq!(state_of(&rows, "fallback-block"), State::Problem);
    assert_eq!(
        state_of(&[seen("other", "주문", "operating", 1), accepted.clone()], "other-blocks"),
        State::Problem
    );
    assert_eq!(state_of(&[seen("sign", "offered", "operating", 3)], "skill-data"), State::Problem);
    assert_eq!(state_of(&[seen("sign", "offered", "operating", 2)], "skill-data"), State::Waiting);
    assert_eq!(
        state_of(&[seen("sign", "no-user-request", "unknown", 1)], "transform-function"),
        State::Problem
    );
    assert_eq!(state_of(&[seen("sign", "header", "unknown", 1)], "secret-header"), State::Problem);
    assert_eq!(state_of(&[seen("sign", "accepted", "botTest", 1)], "deployed"), State::Problem);
    assert_eq!(state_of(&[seen("sign", "accepted", "development", 1)], "deployed"), State::Problem);
    let two = [seen("bot", "a", "operating", 1), seen("bot", "b", "operating", 1)];
    assert_eq!(state_of(&two, "bot-id"), State::Problem);
    assert_eq!(state_of(&[seen("sign", "slow", "operating", 1)], "answer-time"), State::Problem);
    assert_eq!(state_of(&[seen("sign", "cut", "operating", 1)], "violations"), State::Problem);
    assert_eq!(state_of(&[seen("sign", "fault", "operating", 1)], "errors"), State::Problem);
    // The skill editor invents a block; it is none.
    assert_eq!(state_of(&[seen("other", "블록 이름", "editorTest", 1), accepted], "other-blocks"), State::Ok);
}

#[test]
fn what_was_corrected_is_green_again() {
    let mut strange = seen("sign", "wrapped", "operating", 1);
    strange.last_at = NOW - 5_000;
    let rows =
        [strange, seen("fallback", "폴백 블록", "operating", 1), seen("sign", "accepted", "operating", 1)];
    assert_eq!(state_of(&rows, "transform-function"), State::Ok);
    let mut refused = seen("sign", "header", "unknown", 1);
    refused.last_at = NOW - 5_000;
    assert_eq!(state_of(&[refused, seen("sign", "accepted", "operating", 1)], "secret-header"), State::Ok);
}
