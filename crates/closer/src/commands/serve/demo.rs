//! What makes a demo look lived in: a few people talk to its bots, over the skill's own address, as KakaoTalk would.

use std::sync::Arc;

use server::Hub;
use simulator::kakao::Kakao;
use store::BotId;

/// Who talks.
const PEOPLE: [&str; 5] = ["haneul", "dohyun", "jieun", "minsu", "seoyun"];
/// Steps of the longest conversation.
const STEPS: usize = 7;
/// What is typed where there is nothing to tap, and now and then where there is.
const TYPED: [&str; 6] =
    ["안녕하세요", "영업시간 알려 주세요", "김하늘", "010-1234-5678", "주차 되나요", "로또 번호 알려 줘"];

/// The bots of the demo, oldest first; none where there is no demo.
pub async fn bots(hub: &Hub) -> anyhow::Result<Vec<(BotId, String)>> {
    let Some(demo) = server::demo::find(hub).await? else { return Ok(Vec::new()) };
    Ok(hub.store.bots(demo.workspace).await?.into_iter().map(|bot| (bot.id, bot.title)).collect())
}

/// Lets people talk to bots that nobody has talked to yet. The server must be listening at `base`.
pub async fn fill(hub: Arc<Hub>, base: String, bots: Vec<(BotId, String)>) {
    for (at, (bot, title)) in bots.into_iter().enumerate() {
        match hub.store.turns(bot, None, 1).await {
            Ok(turns) if turns.is_empty() => {}
            _ => continue,
        }
        let Ok(kakao) = Kakao::new(&format!("{base}/webhook/kakao/{bot}/i/skill")) else { continue };
        // One bot is busier than another.
        for (nth, person) in PEOPLE.iter().enumerate().take(PEOPLE.len() - at % 3) {
            talk(&kakao, person, at + nth).await;
        }
        tracing::info!(bot.id = %bot, bot.title = %title, "the demo's people have talked to this bot");
    }
}

/// One conversation: it begins with the welcome, and each step is a tap where there is something to tap.
async fn talk(kakao: &Kakao, person: &str, which: usize) {
    let mut room = kakao.room(person);
    room.enter().await;
    for step in 0..STEPS - which % 4 {
        let taps: Vec<String> = room.quick_replies.iter().map(|button| button.label.clone()).collect();
        let typed = TYPED[(which + step) % TYPED.len()];
        match taps.get((which * 3 + step) % taps.len().max(1)) {
            Some(label) if step % 3 != 2 => room.taps(label).await,
            _ => room.says(typed).await,
        };
        if room.with_agent {
            // The rest is between the person and an agent.
            break;
        }
    }
}
