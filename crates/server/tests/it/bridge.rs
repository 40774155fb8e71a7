//! An old server of the closed auto-reply API behind a bridge (spec legacy-smartchat.md, product.md K12): every quirk of
//! those years is bridged or reported, and Kakao is always answered in time with something that it accepts.

use std::time::Duration;

use channels::smartchat::{Many, Options, Pictures};
use server::bridge::Settings;
use simulator::{
    kakao::{Mode, Room, Seen, Trouble},
    provider::old_bot::{Home, OldBot},
};
use store::{BotId, NewBot};

use crate::{
    on_both,
    testbed::{Testbed, fixture},
};

const GREETING: &str = "안녕하세요! 아래 버튼에서 원하시는 메뉴를 골라 주세요.";
const FAILURE: &str = "지금은 답변을 드리기 어려워요. 잠시 후 다시 시도해 주세요.";
const HOME: [&str; 3] = ["선택 1", "선택 2", "선택 3"];
/// Kakao waits five seconds; half a second is for the way.
const IN_TIME: Duration = Duration::from_millis(4_500);

/// A server with a bridge to this old one.
async fn bed(old: &OldBot, database: &str, change: impl FnOnce(&mut Options)) -> Testbed {
    let mut bed = Testbed::start_with(&fixture("fixtures/bots/back.json"), database, |config| {
        config.outbound.allow = vec!["127.0.0.1/32".parse().expect("a network")];
    })
    .await;
    // A second is enough where nobody is meant to be slow.
    let mut options = Options { budget_ms: 1_000, ..Options::default() };
    change(&mut options);
    let settings = Settings::new(old.url(), options).expect("an address");
    bed.bot = bridge(&bed, &settings).await;
    bed
}

async fn bridge(bed: &Testbed, settings: &Settings) -> String {
    let (hub, id) = (&bed.hub, BotId::new(bed.hub.clock.now_ms(), bed.hub.die.roll_wide()));
    let workspace = hub.store.default_workspace(1, hub.die.roll_wide()).await.expect("reads");
    let bot = NewBot {
        id,
        workspace,
        title: "예전 봇".to_owned(),
        description: String::new(),
        draft: fixture("fixtures/bots/back.json"),
        now_ms: hub.clock.now_ms(),
    };
    hub.store.create_bridge(bot, &settings.write()).await.expect("is made");
    id.to_string()
}

#[track_caller]
fn in_time(seen: &Seen) {
    assert!(seen.took < IN_TIME, "{:?}", seen.took);
    assert_eq!(seen.trouble, None, "{}", seen.answer);
}

/// The faults of the last turns, newest last.
async fn faults(bed: &Testbed) -> Vec<Option<String>> {
    let turns = bed.hub.store.turns(bed.bot.parse().expect("an id"), None, 1_000).await.expect("reads");
    turns.into_iter().map(|turn| turn.fault).collect()
}

/// Waits until the old server was called so often at a path.
async fn called(old: &OldBot, path: &str, times: usize) {
    for _ in 0..200 {
        if old.calls(path) >= times {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{path} was called {} times, not {times}", old.calls(path));
}

on_both! {
    /// From the welcome to a tapped button: the calls of the old platform, and nothing but its three fields.
    async fn a_conversation_goes_on_as_before_2020(database: &str) {
        let old = OldBot::start().await.expect("listens");
        old.strict();
        let bed = bed(&old, database, |_| ()).await;
        let mut kim = bed.kakao().room("kim");
        let seen = kim.enter().await;
        seen.sees(&[GREETING]);
        assert_eq!(seen.chips(), HOME);
        called(&old, "/friend", 1).await;
        let seen = kim.taps("선택 2").await;
        seen.sees(&["text: 선택 2"]);
        assert!(seen.chips().is_empty(), "the buttons are gone");
        let seen = kim.says("모두").await;
        assert_eq!(seen.chips(), ["처음으로", "다시 등록하기", "취소하기"]);
        assert_eq!(seen.card_buttons()[0].label, "주유 쿠폰받기");
        kim.taps("다시 등록하기").await.sees(&["text: 다시 등록하기"]);
        kim.sends_photo("http://dn-m.talk.kakao.com/talkm/a/b/i_0.jpg").await
            .sees(&["photo: http://dn-m.talk.kakao.com/talkm/a/b/i_0.jpg"]);
        let heard = old.heard();
        let friend = heard.iter().find(|heard| heard.path == "/friend").expect("told");
        let message = heard.iter().find(|heard| heard.path == "/message").expect("asked");
        assert_eq!(friend.json()["user_key"], message.json()["user_key"]);
        assert_eq!(message.header("content-type"), Some("application/json; charset=utf-8"));
        assert_eq!(bed.turns().await, 5);
        assert!(faults(&bed).await.iter().all(Option::is_none));
        // The thread holds what both sides said.
        let turns = bed.hub.store.turns(bed.bot.parse().expect("an id"), None, 10).await.expect("reads");
        assert_eq!(turns.iter().filter(|turn| turn.trace.contains("\"bridge\"")).count(), 5);
        bed.stop().await;
    }

    /// An old friend is told of once, and a server that does not know `/friend` works all the same.
    async fn an_old_friend_is_told_of_once(database: &str) {
        let old = OldBot::start().await.expect("listens");
        old.forgets_friends();
        let bed = bed(&old, database, |_| ()).await;
        let mut kim = bed.kakao().room("kim");
        kim.says("안녕").await.sees(&["text: 안녕"]);
        kim.says("또").await.sees(&["text: 또"]);
        called(&old, "/friend", 1).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(old.calls("/friend"), 1);
        bed.stop().await;
    }
}

/// What a word brings: it is bridged, or it is reported with the server's own answer.
#[tokio::test(flavor = "multi_thread")]
async fn every_quirk_is_bridged_or_reported() {
    let old = OldBot::start().await.expect("listens");
    let bed = bed(&old, "", |options| options.budget_ms = 700).await;
    let mut kim = bed.kakao().room("kim");
    kim.enter().await.sees(&[GREETING]);
    // Bridged.
    kim.says("BOM").await.sees(&["BOM 뒤의 답"]);
    let seen = kim.says("숫자").await;
    seen.sees(&["42"]);
    assert_eq!(seen.chips(), ["1", "true", "셋"]);
    kim.says("가만").await.sees(&["적어 주세요"]);
    let seen = kim.says("사진").await;
    in_time(&seen);
    assert!(
        seen.answer.contains("http://h.example/%EA%B7%B8%EB%A6%BC/%EB%AC%B4%20%EB%8B%B9%EC%9D%B4.png"),
        "{}",
        seen.answer
    );
    assert!(kim.says("움짤").await.answer.contains("https://h.example/a.gif"));
    kim.says("링크").await.sees(&["여기서 보세요\n\n▸ 주문페이지에서 더 자세히 보기"]);
    in_time(&kim.says("링크만").await);
    assert_eq!(kim.says("전화").await.card_buttons()[0].action, "phone");
    kim.says("카톡링크").await.sees(&["채팅방으로"]);
    assert_eq!(kim.says("긴글").await.texts().len(), 3);
    kim.says("엉뚱").await.sees(&["사진은 어디에"]);
    let before = faults(&bed).await;
    assert!(before.iter().all(Option::is_none), "{before:?}");
    // Reported: the failure is said with the home buttons, and the operator finds what the server said.
    for (word, said) in [
        ("HTML", "Internal Server Error"),
        ("HTML200", "준비 중입니다"),
        ("202", "202"),
        ("빈답", "비어"),
        ("옮김", "301"),
        ("ok", "ok"),
        ("끊김", "연결을 끊었어요"),
        ("400", "not allowed to be empty"),
    ] {
        let seen = kim.says(word).await;
        seen.sees(&[FAILURE]);
        assert_eq!(seen.chips(), HOME, "{word}");
        in_time(&seen);
        let fault = faults(&bed).await.pop().flatten().unwrap_or_default();
        assert!(fault.contains(said), "{word}: {fault}");
        // One that is well between: ten failures in a row would be a pause.
        kim.says("안녕").await.sees(&["text: 안녕"]);
    }
    kim.says("빈말").await.sees(&[FAILURE]);
    kim.says("멈춤").await.sees(&[FAILURE]);
    assert!(faults(&bed).await.pop().flatten().unwrap_or_default().contains("시간 안에"));
    assert_eq!(old.said().iter().filter(|(_, word)| word == "멈춤").count(), 1, "nothing is sent twice");
    bed.stop().await;
}

/// With the time that is usual, a server that never answers and one that answers too late are told of in time.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_hangs_is_given_up_in_time() {
    let old = OldBot::start().await.expect("listens");
    let bed = bed(&old, "", |options| *options = Options::default()).await;
    let mut rooms: Vec<Room> = ["kim", "lee", "park"].map(|name| bed.kakao().room(name)).into();
    rooms[0].enter().await.sees(&[GREETING]);
    let [kim, lee, park] = &mut rooms[..] else { panic!("three rooms") };
    let (hung, late, slow) = tokio::join!(kim.says("멈춤"), lee.says("느린오초"), park.says("느림"));
    for seen in [&hung, &late] {
        in_time(seen);
        seen.sees(&[FAILURE]);
        assert_eq!(seen.chips(), HOME);
    }
    slow.sees(&["느린 답"]);
    bed.stop().await;
}

/// How the home keyboard may come, and what is shown where it does not.
#[tokio::test(flavor = "multi_thread")]
async fn the_home_keyboard_comes_in_every_form() {
    for (home, chips, well) in [
        (Home::Plain, &HOME[..], true),
        (Home::Slash, &HOME[..], true),
        (Home::Wrapped, &HOME[..], true),
        (Home::Junk, &["선택 1", "2"][..], true),
        (Home::Text, &[][..], true),
        (Home::Elsewhere, &[][..], false),
        (Home::Circle, &[][..], false),
        (Home::Wrong, &[][..], false),
        (Home::Broken, &[][..], false),
        (Home::Hangs, &[][..], false),
    ] {
        let old = OldBot::start().await.expect("listens");
        old.home(home);
        let bed = bed(&old, "", |options| options.budget_ms = 600).await;
        let seen = bed.kakao().room("kim").enter().await;
        in_time(&seen);
        assert_eq!(seen.texts(), [if well { GREETING } else { FAILURE }], "{home:?}");
        assert_eq!(seen.chips(), chips, "{home:?}");
        assert_eq!(faults(&bed).await[0].is_none(), well, "{home:?}");
        bed.stop().await;
    }
}

/// The home keyboard is asked for once a minute, and the last good one serves where there is none.
#[tokio::test(flavor = "multi_thread")]
async fn the_home_keyboard_is_kept() {
    let old = OldBot::start().await.expect("listens");
    let bed = bed(&old, "", |options| options.home_words = vec!["홈".to_owned()]).await;
    let mut kim = bed.kakao().room("kim");
    kim.enter().await.sees(&[GREETING]);
    old.home(Home::Broken);
    let seen = bed.kakao().room("lee").enter().await;
    assert_eq!(seen.chips(), HOME);
    assert_eq!(kim.says("홈").await.chips(), HOME);
    assert_eq!(old.calls("/keyboard"), 1);
    assert!(old.said().is_empty(), "a home word is no message");
    bed.stop().await;
}

/// Eighteen buttons: nine and more, nine others, and the old server hears of the tapped one only.
#[tokio::test(flavor = "multi_thread")]
async fn many_buttons_are_paged_or_listed_without_a_call() {
    let old = OldBot::start().await.expect("listens");
    let bed = bed(&old, "", |_| ()).await;
    let mut kim = bed.kakao().room("kim");
    let seen = kim.says("열여덟").await;
    assert_eq!((seen.chips().len(), seen.chips()[8], seen.chips()[9]), (10, "버튼 9", "더보기"));
    let seen = kim.taps("더보기").await;
    in_time(&seen);
    assert_eq!((seen.chips()[0], seen.chips()[8]), ("버튼 10", "버튼 18"));
    assert_eq!(kim.says("더보기").await.chips()[0], "버튼 1", "typed, it turns as well");
    kim.taps("더보기").await;
    kim.taps("버튼 18").await.sees(&["text: 버튼 18"]);
    // Nothing is held any more: the label is not the old server's word.
    in_time(&kim.says("더보기").await);
    let said: Vec<String> = old.said().into_iter().map(|(_, word)| word).collect();
    assert_eq!(said[..2], ["열여덟", "버튼 18"]);
    bed.stop().await;

    let bed = self::bed(&old, "", |options| options.many = Many::List).await;
    let mut lee = bed.kakao().room("lee");
    let seen = lee.says("열여덟").await;
    in_time(&seen);
    assert!(seen.chips().is_empty());
    lee.taps("버튼 17").await.sees(&["text: 버튼 17"]);
    in_time(&lee.says("백이십").await);
    bed.stop().await;
}

/// What was not offered is not sent to a strict server; blanks and stickers are sent to none.
#[tokio::test(flavor = "multi_thread")]
async fn strict_buttons_and_blank_words_call_nobody() {
    let old = OldBot::start().await.expect("listens");
    let bed = bed(&old, "", |options| options.strict_buttons = true).await;
    let mut kim = bed.kakao().room("kim");
    kim.enter().await.sees(&[GREETING]);
    let seen = kim.says("아무 말이나").await;
    seen.sees(&["아래에서 골라 주세요."]);
    assert_eq!(seen.chips(), HOME);
    assert_eq!(kim.says(" ").await.chips(), HOME);
    assert!(old.said().is_empty());
    kim.taps("선택 1").await.sees(&["text: 선택 1"]);
    assert_eq!(old.said().len(), 1);
    bed.stop().await;
}

/// Ten failures in a row, and the server is left alone; people are answered at once, and it is not called.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_fails_ten_times_is_left_alone() {
    let old = OldBot::start().await.expect("listens");
    let bed = bed(&old, "", |_| ()).await;
    let mut kim = bed.kakao().room("kim");
    kim.enter().await.sees(&[GREETING]);
    old.down(true);
    for _ in 0..14 {
        let seen = kim.says("안녕").await;
        seen.sees(&[FAILURE]);
        assert_eq!(seen.chips(), HOME);
    }
    assert_eq!(old.calls("/message"), 10);
    assert!(faults(&bed).await.pop().flatten().unwrap_or_default().contains("쉬고"));
    bed.stop().await;
}

/// Two quick messages of one person reach a state machine one after the other; those of two people do not wait.
#[tokio::test(flavor = "multi_thread")]
async fn calls_of_one_person_are_in_order() {
    let old = OldBot::start().await.expect("listens");
    old.slow(Duration::from_millis(600));
    let bed = bed(&old, "", |_| ()).await;
    let kakao = bed.kakao();
    let room = kakao.room("kim");
    let (first, second) = (room.request("하나"), room.request("둘"));
    let begun = tokio::time::Instant::now();
    let ((), a, b) = tokio::join!(
        async { kakao.room("lee").says("셋").await.sees(&["text: 셋"]) },
        kakao.sends(first, "chp-1"),
        async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            kakao.sends(second, "chp-2").await
        }
    );
    assert!(begun.elapsed() >= Duration::from_millis(1_200), "one after the other: {:?}", begun.elapsed());
    a.sees(&["text: 하나"]);
    b.sees(&["text: 둘"]);
    let said: Vec<String> =
        old.said().into_iter().map(|(_, word)| word).filter(|word| word != "셋").collect();
    assert_eq!(said, ["하나", "둘"]);
    // A repeated delivery is answered with the first answer, and the old server is not asked again.
    let calls = old.calls("/message");
    kakao.sends(room.request("하나"), "chp-1").await.sees(&["text: 하나"]);
    assert_eq!(old.calls("/message"), calls);
    bed.stop().await;
}

/// OpenBuilder's tests work and leave nothing with us.
#[tokio::test(flavor = "multi_thread")]
async fn a_bot_test_works_and_is_not_stored() {
    let old = OldBot::start().await.expect("listens");
    let bed = bed(&old, "", |_| ()).await;
    let mut room = bed.kakao().mode(Mode::BotTest).room("kim");
    assert_eq!(room.enter().await.chips(), HOME);
    room.says("안녕").await.sees(&["text: 안녕"]);
    assert_eq!(
        old.said().pop(),
        Some(("text".to_owned(), "안녕".to_owned())),
        "without the panel's line break"
    );
    assert_eq!(bed.turns().await, 0);
    assert_eq!(old.calls("/friend"), 0);
    bed.stop().await;
}

/// An address that is not public is called only where an operator has opened it.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_inside_is_shut_until_an_operator_opens_it() {
    let old = OldBot::start().await.expect("listens");
    let mut bed = Testbed::start(&fixture("fixtures/bots/back.json"), "").await;
    let mut settings = Settings::new(old.url(), Options::default()).expect("an address");
    bed.bot = bridge(&bed, &settings).await;
    bed.kakao().room("kim").enter().await.sees(&[FAILURE]);
    assert!(faults(&bed).await[0].as_deref().unwrap_or_default().contains("공개되지 않은"));
    settings.open_inside();
    bed.hub.store.set_bridge(bed.bot.parse().expect("an id"), &settings.write(), 2).await.expect("is set");
    // Another person: a repeated request would be answered with the first answer.
    bed.kakao().room("lee").enter().await.sees(&[GREETING]);
    settings.url = settings.url.replace("127.0.0.1", "localhost");
    bed.hub.store.set_bridge(bed.bot.parse().expect("an id"), &settings.write(), 3).await.expect("is set");
    let seen = bed.kakao().room("park").says("안녕").await;
    assert_eq!(seen.trouble, None::<Trouble>);
    seen.sees(&[FAILURE]);
    bed.stop().await;
}

/// A picture at an http address is handed on by its signed address and no other.
#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_handed_on_by_signed_addresses_only() {
    let old = OldBot::start().await.expect("listens");
    let bed = bed(&old, "", |options| options.pictures = Pictures::Proxy).await;
    let seen = bed.kakao().room("kim").says("사진").await;
    in_time(&seen);
    let address = seen.answer.split("\"imageUrl\":\"").nth(1).and_then(|rest| rest.split('"').next());
    let address = address.expect("a picture").to_owned();
    let path = &address[address.find("/bridge/").expect("ours")..];
    let (status, _) = simulator::kakao::get(bed.at(path)).await;
    assert_eq!(status, 404, "the address is well, but no picture is there");
    let forged = path.replacen("/picture/", "/picture/0", 1);
    assert_eq!(simulator::kakao::get(bed.at(&forged)).await.0, 404);
    bed.stop().await;
}

/// What the old server answered becomes a bot with flows.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_becomes_a_bot_with_flows() {
    let old = OldBot::start().await.expect("listens");
    let bed = bed(&old, "", |_| ()).await;
    for name in ["kim", "lee"] {
        let mut room = bed.kakao().room(name);
        room.enter().await.sees(&[GREETING]);
        room.taps("선택 1").await.sees(&["text: 선택 1"]);
        room.says("모두").await;
        room.taps("취소하기").await.sees(&["text: 취소하기"]);
    }
    let bot = bed.bot.parse().expect("an id");
    let found =
        server::bridge::recorded::read(&bed.hub, bot).await.expect("reads").propose("새 봇", GREETING);
    assert_eq!((found.turns, found.people), (8, 2));
    assert!(found.unpressed.iter().any(|(_, button)| button == "선택 2"), "{found:?}");
    let played = Testbed::start(&found.file, "").await;
    let mut room = played.kakao().room("kim");
    let seen = room.enter().await;
    seen.sees(&[GREETING]);
    assert_eq!(seen.chips(), HOME);
    room.taps("선택 1").await.sees(&["text: 선택 1"]);
    let seen = room.says("모두").await;
    assert_eq!(seen.chips(), ["처음으로", "다시 등록하기", "취소하기"]);
    room.taps("취소하기").await.sees(&["text: 취소하기"]);
    played.stop().await;
    bed.stop().await;
}

/// The calls of Kakao's own test, in its order.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_checked_in_the_order_of_kakao() {
    let old = OldBot::start().await.expect("listens");
    let bed = bed(&old, "", |_| ()).await;
    let settings = Settings::new(&format!("{}/", old.url()), Options::default()).expect("an address");
    let report = server::bridge::check::run(&bed.hub, &settings, Some("안녕하세요")).await;
    assert!(report.ok, "{report:?}");
    let heard: Vec<String> =
        old.heard().into_iter().map(|heard| format!("{} {}", heard.method, heard.path)).collect();
    assert_eq!(
        heard,
        ["DELETE /friend/test", "POST /friend", "DELETE /chat_room/test", "GET /keyboard", "POST /message"]
    );
    assert_eq!(report.calls[3].buttons, HOME);
    assert_eq!(report.calls[4].answer, "text: 안녕하세요");
    assert_eq!(report.warnings, ["plain-http"]);
    old.home(Home::Wrong);
    old.forgets_friends();
    let report = server::bridge::check::run(&bed.hub, &settings, None).await;
    assert!(!report.ok && report.calls.iter().all(|call| !call.ok), "{report:?}");
    assert!(report.calls[3].ko.contains("wrong keyboard initialization"), "{report:?}");
    let wrong = Settings::new(&format!("{}/keyboard", old.url()), Options::default()).expect("an address");
    let report = server::bridge::check::run(&bed.hub, &wrong, None).await;
    assert!(report.warnings.contains(&"ends-in-keyboard"));
    bed.stop().await;
}
