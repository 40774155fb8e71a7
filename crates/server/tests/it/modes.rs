//! Kakao's doors: operating, development, bot test, skill editor; draft and published; on and off.

use std::time::Duration;

use simulator::kakao::{Era, Kakao, Mode, Trouble};
use store::DraftFile;

use crate::{
    on_both,
    testbed::{Testbed, fixture},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_test_works_and_leaves_nothing() {
    let bed = Testbed::start(&fixture("fixtures/bots/back.json"), "").await;
    for era in [Era::Y2019, Era::Y2020, Era::Y2025] {
        let mut room = bed.kakao().mode(Mode::BotTest).era(era).room(&format!("{era:?}"));
        room.enter().await.sees(&["0"]);
        room.says("진행").await.sees(&["1"]);
        room.says("진행").await.sees(&["2"]);
        room.repeats().await.sees(&["2"]);
        room.says("진행").await.sees(&["3"]);
    }
    let editor = bed.kakao().mode(Mode::EditorTest).room("x").says("발화 내용").await;
    editor.sees(&["0"]);
    assert_eq!(bed.turns().await, 0);
    assert_eq!(bed.problems().await, Vec::<String>::new());
    bed.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_era_and_channel_is_a_conversation() {
    let bed = Testbed::start(&fixture("fixtures/bots/back.json"), "").await;
    let mut turns = 0;
    for era in [Era::Y2019, Era::Y2020, Era::Y2025] {
        for mode in [Mode::Operating, Mode::Development] {
            let mut room = bed.kakao().mode(mode).era(era).room(&format!("{era:?}{mode:?}"));
            room.enter().await.sees(&["0"]);
            room.taps("진행").await.sees(&["1"]);
            turns += 2;
        }
    }
    assert_eq!(bed.turns().await, turns);
    let modes: Vec<_> = bed.hub.store.turns(bed.bot.parse().expect("an id"), None, 100).await.expect("reads");
    assert_eq!(modes.iter().filter(|turn| turn.mode == "development").count(), 6);
    bed.stop().await;
}

on_both! {
    /// The draft answers at its own address, with conversations of its own.
    async fn the_draft_has_its_own_address(database: &str) {
        let bed = Testbed::start(&fixture("fixtures/bots/back.json"), database).await;
        let draft = fixture("fixtures/bots/back.json").replace("\"text\": \"0\"", "\"text\": \"초안\"");
        let bot = bed.bot.parse().expect("an id");
        bed.hub.store.save_draft(bot, 1, DraftFile { title: "t", description: "", draft: &draft }, 1).await.expect("saves");
        let trial = Kakao::new(&format!("{}/draft", bed.url())).expect("an address").mode(Mode::Development);
        trial.room("kim").enter().await.sees(&["초안"]);
        bed.kakao().room("kim").enter().await.sees(&["0"]);
        server::library::publish(&bed.hub, &bed.bot, false).await.expect("publishes");
        bed.kakao().room("lee").enter().await.sees(&["초안"]);
        bed.stop().await;
    }

    /// Off, unpublished, missing, or with a secret: each has its answer and its record.
    async fn a_bot_that_may_not_answer_says_so(database: &str) {
        let bed = Testbed::start(&fixture("fixtures/bots/back.json"), database).await;
        let bot = bed.bot.parse().expect("an id");
        let hash: [u8; 32] = sha2_of("비밀");
        bed.hub.store.set_kakao(bot, true, Some(Some(("x-secret".to_owned(), hash))), 1).await.expect("sets");
        let refused = bed.kakao().room("kim").enter().await;
        assert_eq!(refused.trouble, Some(Trouble::Status(401)));
        let mut kakao = bed.kakao();
        kakao.header = Some(("X-Secret".to_owned(), "비밀".to_owned()));
        kakao.room("kim").enter().await.sees(&["0"]);
        kakao.header = Some(("X-Secret".to_owned(), "비밀 ".repeat(3)));
        assert_eq!(kakao.room("kim").enter().await.trouble, Some(Trouble::Status(401)));
        bed.hub.store.set_kakao(bot, false, Some(None), 1).await.expect("sets");
        bed.kakao().room("kim").enter().await.sees(&["지금은 챗봇이 쉬고 있어요. 잠시 후 다시 찾아 주세요."]);
        bed.hub.store.delete_bot(bot, 1).await.expect("deletes");
        bed.kakao().room("kim").enter().await.sees(&["연결된 챗봇을 찾을 수 없어요. 채널 관리자에게 알려 주세요."]);
        let nowhere = Kakao::new(&bed.at("/webhook/kakao/nobody/i/skill")).expect("an address");
        nowhere.room("kim").enter().await.sees(&["연결된 챗봇을 찾을 수 없어요. 채널 관리자에게 알려 주세요."]);
        assert_eq!(bed.problems().await, ["header", "header", "off", "no-bot", "no-bot"]);
        bed.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_says_how_it_is() {
    let bed = Testbed::start(&fixture("fixtures/bots/back.json"), "").await;
    bed.kakao().room("kim").enter().await.sees(&["0"]);
    let get = |path: &str| simulator::kakao::get(bed.at(path));
    assert_eq!(get("/healthz").await, (200, "ok\n".to_owned()));
    assert_eq!(get("/readyz").await, (200, "ready\n".to_owned()));
    let (status, metrics) = get("/metrics").await;
    assert_eq!(status, 200);
    assert!(metrics.contains("closer_turns_total{result=\"answered\"} 1"), "{metrics}");
    assert!(metrics.contains("closer_turn_seconds_bucket{phase=\"commit\""), "{metrics}");
    assert!(get(&format!("/webhook/kakao/{}/i/skill", bed.bot)).await.1.contains("스킬 URL"));
    tokio::time::timeout(Duration::from_secs(20), bed.stop()).await.expect("stops in time");
}

fn sha2_of(text: &str) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(text.as_bytes()).into()
}
