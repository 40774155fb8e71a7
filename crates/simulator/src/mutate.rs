//! Requests that are almost right: captured ones with pieces cut, doubled, swapped and retyped by chance.
//!
//! The judge looks at every answer; what is not 200, not shown or too late is reported with the request that did it.

use std::time::Duration;

use serde_json::Value;

use crate::kakao::{Kakao, Trouble};

/// How it went.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many requests were sent.
    pub requests: usize,
    /// The requests that were not answered as they must be, and why; at most a hundred.
    pub refused: Vec<(String, Trouble)>,
    /// The slowest answer.
    pub slowest: Duration,
}

/// Sends so many mutated requests to a skill, sixteen at a time.
pub async fn bombard(url: &str, seeds: &[Vec<u8>], count: usize, seed: u64) -> Outcome {
    let mut outcome = Outcome::default();
    let Ok(kakao) = Kakao::new(url) else { return outcome };
    let mut die = Die(seed);
    let mut running = tokio::task::JoinSet::new();
    for number in 0..count {
        let body = mutated(&seeds[die.roll(seeds.len())], &mut die);
        let kakao = kakao.clone();
        running.spawn(async move { kakao.sends(body, &format!("chp-m{number}")).await });
        if running.len() >= 16 {
            note(running.join_next().await, &mut outcome);
        }
    }
    while let Some(done) = running.join_next().await {
        note(Some(done), &mut outcome);
    }
    outcome
}

fn note(done: Option<Result<crate::kakao::Seen, tokio::task::JoinError>>, outcome: &mut Outcome) {
    let Some(Ok(seen)) = done else { return };
    outcome.requests += 1;
    outcome.slowest = outcome.slowest.max(seen.took);
    if let Some(trouble) = seen.trouble
        && outcome.refused.len() < 100
    {
        outcome.refused.push((seen.request, trouble));
    }
}

struct Die(u64);

impl Die {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

/// A request with one to four things wrong.
fn mutated(seed: &[u8], die: &mut Die) -> Vec<u8> {
    let mut body = match serde_json::from_slice::<Value>(seed) {
        Ok(mut value) => {
            for _ in 0..die.roll(4) {
                change(&mut value, die, 0);
            }
            value.to_string().into_bytes()
        }
        Err(_) => seed.to_vec(),
    };
    if die.roll(4) == 0 && !body.is_empty() {
        let at = die.roll(body.len());
        match die.roll(4) {
            0 => body.truncate(at),
            1 => body[at] = die.roll(256) as u8,
            2 => drop(body.splice(at..at, (0..die.roll(20)).map(|_| b'{').collect::<Vec<_>>())),
            _ => drop(body.remove(at)),
        }
    }
    body
}

/// Changes one place somewhere in the tree.
fn change(value: &mut Value, die: &mut Die, depth: usize) {
    let deeper = depth < 6 && die.roll(4) != 0;
    match value {
        Value::Object(map) if deeper && !map.is_empty() => {
            let at = die.roll(map.len());
            if let Some((_, inner)) = map.iter_mut().nth(at) {
                change(inner, die, depth + 1);
            }
        }
        Value::Array(items) if deeper && !items.is_empty() => {
            let at = die.roll(items.len());
            change(&mut items[at], die, depth + 1);
        }
        Value::Object(map) if die.roll(2) == 0 && !map.is_empty() => {
            let key = map.keys().nth(die.roll(map.len())).cloned().unwrap_or_default();
            map.shift_remove(&key);
        }
        other => *other = odd(die),
    }
}

/// Something that does not belong there.
fn odd(die: &mut Die) -> Value {
    match die.roll(14) {
        0 => Value::Null,
        1 => Value::Bool(true),
        2 => Value::from(-1),
        3 => Value::from(1e300),
        4 => Value::from(""),
        5 => Value::from("가".repeat(die.roll(5_000))),
        6 => Value::from("\u{0}\u{1}\u{202e}👨‍👩‍👧"),
        7 => Value::from("{\"a\": "),
        8 => Value::from("List(http://a, , )"),
        9 => Value::Array(vec![Value::Null; die.roll(50)]),
        10 => serde_json::json!({"closer": {"f": 999, "n": -5}}),
        11 => serde_json::json!({"closer": {"p": "{\"product\": [1, {\"x\": null}]}"}}),
        12 => serde_json::json!({"closer": {"more": 1}}),
        _ => (0..60).fold(Value::from(1), |inner, _| serde_json::json!({"deep": inner})),
    }
}
