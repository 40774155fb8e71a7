//! The transcript of spec bot.md, through the skill URL, message for message.

use std::path::Path;

use simulator::kakao::Room;

use crate::{
    on_both,
    testbed::{Testbed, fixture},
};

const TRANSCRIPT: [(&str, &[&str]); 12] = [
    ("진행", &["1"]),
    ("진행", &["2"]),
    ("진행", &["3"]),
    ("뒤로", &["(뒤로가기)", "2"]),
    ("뒤로", &["(뒤로가기)", "1"]),
    ("스킵(drop)", &["2"]),
    ("뒤로", &["(뒤로가기)", "1"]),
    ("진행", &["2"]),
    ("진행", &["3"]),
    ("스택 초기화(clear)", &["4"]),
    ("뒤로", &["(뒤로가기)", "0"]),
    ("진행", &["1"]),
];

async fn plays(room: &mut Room) {
    room.enter().await.sees(&["0"]);
    for (says, sees) in TRANSCRIPT {
        // A tap where there is a button, as people do; typing where it has gone.
        let seen = if room.quick_replies.iter().any(|reply| reply.label == says) {
            room.taps(says).await
        } else {
            room.says(says).await
        };
        seen.sees(sees);
    }
}

on_both! {
    /// Our own bot with the same paths.
    async fn our_bot_goes_back_and_forth(database: &str) {
        let bed = Testbed::start(&fixture("fixtures/bots/back.json"), database).await;
        plays(&mut bed.kakao().room("kim")).await;
        assert_eq!(bed.turns().await, 13);
        bed.stop().await;
    }

    /// The bot file that the spec names, where it lies beside the checkout; it comes out byte for byte as it went in.
    async fn the_specs_bot_goes_back_and_forth(database: &str) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/closer/back-bot.json");
        let Ok(file) = std::fs::read_to_string(&path) else {
            println!("absent: {} is not on this machine; our own bot with the same paths was played", path.display());
            return;
        };
        let bed = Testbed::start(&file, database).await;
        plays(&mut bed.kakao().room("kim")).await;
        assert_eq!(server::library::export(&bed.hub, &bed.bot).await.expect("is there"), file);
        bed.stop().await;
    }

    /// The demo bot: cards whose buttons carry payloads, an agent's button, a photo.
    async fn the_demo_shop_serves(database: &str) {
        let bed = Testbed::start(&fixture("examples/shop.json"), database).await;
        let mut room = bed.kakao().room("lee");
        assert_eq!(room.enter().await.chips(), ["주문 조회", "상품 보기", "영업시간", "배송 안내", "상담원 연결"]);
        room.taps("상품 보기").await;
        room.taps("곶감 담기").await.sees(&["상주 곶감 40개를 담았어요. 합계 39,000원이에요."]);
        // A card from before still works, and so does a typed label of the last answer.
        room.says("딴소리").await;
        room.taps("더 둘러보기").await;
        room.says("배 담기").await.sees(&["나주 배 7.5kg을 담았어요. 합계 45,000원이에요."]);
        let seen = room.sends_photo("https://talk.kakaocdn.net/dna/a/b/img.jpg?credential=1").await;
        assert!(seen.card_buttons().iter().any(|button| button.action == "operator"), "{}", seen.answer);
        room.taps("상담원 연결").await;
        assert!(room.with_agent);
        bed.stop().await;
    }
}
