//! Nothing is lost and nothing doubled: repeated requests, overlapping messages, masks.

use simulator::kakao::Room;

use crate::{
    on_both,
    testbed::{Testbed, fixture},
};

on_both! {
    /// A request that is delivered twice has one answer and is stored once, also after others came.
    async fn a_repeated_request_is_answered_alike(database: &str) {
        let bed = Testbed::start(&fixture("fixtures/bots/back.json"), database).await;
        let mut room = bed.kakao().room("kim");
        room.enter().await.sees(&["0"]);
        room.says("진행").await.sees(&["1"]);
        let mut before: Room = room.clone();
        room.says("진행").await.sees(&["2"]);
        room.repeats().await.sees(&["2"]);
        before.repeats().await.sees(&["1"]);
        assert_eq!(bed.turns().await, 3);
        room.says("진행").await.sees(&["3"]);
        bed.stop().await;
    }

    /// One person's overlapping messages are taken one after the other, each from where the last one left.
    async fn overlapping_messages_keep_their_order(database: &str) {
        let bed = Testbed::start(COUNTER, database).await;
        let mut room = bed.kakao().room("kim");
        room.enter().await;
        let messages = (0..30).map(|n| {
            let body = String::from_utf8_lossy(&request(&room, "더")).into_owned();
            let kakao = bed.kakao();
            tokio::spawn(async move { kakao.sends(body.into_bytes(), &format!("chp-{n}")).await })
        });
        let mut lengths = Vec::new();
        for message in messages.collect::<Vec<_>>() {
            let seen = message.await.expect("runs");
            assert_eq!(seen.trouble, None);
            lengths.push(seen.texts()[0].chars().count());
        }
        lengths.sort_unstable();
        assert_eq!(lengths, (1..=30).collect::<Vec<_>>(), "each turn saw the state of the one before");
        bed.stop().await;
    }

    /// What MASK hides is seen by the person and not kept.
    async fn masked_texts_are_not_stored(database: &str) {
        let file = COUNTER.replace("\"text\": \"{{params.count}}\"", "\"text\": \"카드 {{MASK(params.count)}}\"");
        let bed = Testbed::start(&file, database).await;
        let mut room = bed.kakao().room("kim");
        room.enter().await;
        room.says("더").await.sees(&["카드 I"]);
        let turns = bed.hub.store.turns(bed.bot.parse().expect("an id"), None, 10).await.expect("reads");
        let thread = bed.hub.store.thread(turns[1].end_user, None, 1).await.expect("reads");
        assert!(thread[0].data.contains("카드 *"), "{}", thread[0].data);
        let answer = bed.hub.store.turn_answer(turns[1].end_user, turns[1].id).await.expect("reads").expect("is there");
        assert!(!answer.contains("카드 I"), "{answer}");
        bed.stop().await;
    }
}

/// Counts in strokes: each message adds one.
const COUNTER: &str = r#"{"title": "세기", "preference": {"entryFlowId": 1}, "flows": [{"id": 1, "title": "시작", "nodes": [
    {"id": 1, "type": "entry", "next": [{"nodeId": 4}]},
    {"id": 2, "type": "params", "data": {"set": [{"key": "count", "value": "{{params.count}}I"}]}, "next": [{"nodeId": 3}]},
    {"id": 3, "type": "response", "data": {"message": {"type": "text", "text": "{{params.count}}"}}, "next": [{"nodeId": 4}]},
    {"id": 4, "type": "keyboard", "data": {"type": "any"}, "next": [{"nodeId": 2}]}
]}]}"#;

/// The body of a message of this room, as it would be sent.
fn request(room: &Room, text: &str) -> Vec<u8> {
    room.request(text)
}
