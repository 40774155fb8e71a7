//! ConsultationTalk: what relays told, what goes to customers, and who works on either.

use std::time::Duration;

use store::{
    BotId, ChatCommit, ChatRow, ConsultChannelRow, EndUserId, HookId, HookRow, NewLive, NewOut, OutId,
    OutMove, OutRow, OwnerId, Store, WorkspaceId,
};

use crate::{NOW, chats, contract, die, given_bot};

const SOON: Duration = Duration::from_secs(10);

fn channel((workspace, bot): (WorkspaceId, BotId), door: &str) -> ConsultChannelRow {
    ConsultChannelRow {
        bot,
        workspace,
        bot_title: "가게".to_owned(),
        enabled: true,
        relay: "native".to_owned(),
        sender_key: "1111222233334444".to_owned(),
        settings: "{}".to_owned(),
        door: door.to_owned(),
        heard_at: None,
        heard: String::new(),
        called_at: None,
        trouble: None,
        updated_at: NOW,
    }
}

fn hook(bot: BotId, user: &str, at: i64, owner: OwnerId) -> HookRow {
    HookRow {
        id: HookId::new(NOW + at, die()),
        bot,
        user_key: user.to_owned(),
        hook: "message".to_owned(),
        headers: "{}".to_owned(),
        body: vec![0xff, b'{', 0],
        owner,
        tries: 0,
        next_at: NOW + 60_000,
    }
}

fn out(at: i64, seq: i64, part: i64) -> NewOut {
    NewOut { id: OutId::new(NOW + at, die()), work: "send", seq, part, data: "{}".to_owned(), system: false }
}

/// A customer to whom this goes.
async fn given_customer(
    store: &Store,
    whose: (WorkspaceId, BotId),
    user: &str,
    outs: Vec<NewOut>,
) -> ChatRow {
    let row = ChatRow {
        platform: "kakaobiz".to_owned(),
        room: Some(r#"{"open":true}"#.to_owned()),
        ..chats::chat(whose.0, whose.1, user)
    };
    let commit = ChatCommit { outbox: outs, ..chats::first(&row) };
    store.commit_chat(commit, SOON).await.expect("commits");
    row
}

fn moved(state: &'static str) -> OutMove {
    OutMove { state, relay_key: None, next_at: NOW, why: None, sent_at: None }
}

contract! {
    /// A channel is found by its bot and by its secret address; signs of life do not change it, and a change does not end them.
    async fn a_channel_is_known_by_its_door(store: Store) {
        let whose = given_bot(&store).await;
        assert_eq!(store.consult_channel(whose.1).await.expect("reads"), None);
        store.set_consult_channel(channel(whose, "d00r")).await.expect("is set");
        let known = store.consult_channel_behind("d00r").await.expect("reads").expect("is there");
        assert_eq!((known.bot, known.enabled, known.heard_at), (whose.1, true, None));
        assert_eq!(store.consult_channel_behind("d00").await.expect("reads"), None);
        store.consult_heard(whose.1, "message", NOW + 1).await.expect("is noted");
        store.consult_called(whose.1, NOW + 2, Some("{}".to_owned())).await.expect("is noted");
        store.set_consult_channel(ConsultChannelRow { enabled: false, ..channel(whose, "d00r") }).await.expect("is set");
        let known = store.consult_channel(whose.1).await.expect("reads").expect("is there");
        assert_eq!((known.enabled, known.heard_at, known.heard.as_str()), (false, Some(NOW + 1), "message"));
        assert_eq!((known.called_at, known.trouble.as_deref()), (None, Some("{}")));
        store.consult_called(whose.1, NOW + 3, None).await.expect("is noted");
        let known = store.consult_channel(whose.1).await.expect("reads").expect("is there");
        assert_eq!((known.called_at, known.trouble), (Some(NOW + 3), None));
        store.remove_consult_channel(whose.1).await.expect("is removed");
        assert!(store.remove_consult_channel(whose.1).await.is_err());
        assert_eq!(store.consult_channel(whose.1).await.expect("reads"), None);
    }

    /// What a relay told stands until it is taken up, in its order, and one of two who find it left behind takes it.
    async fn what_a_relay_told_waits_in_its_order(store: Store) {
        let whose = given_bot(&store).await;
        let (ours, others) = (OwnerId::new(NOW, die()), OwnerId::new(NOW, die()));
        let rows = [hook(whose.1, "가", 1, ours), hook(whose.1, "가", 2, ours), hook(whose.1, "나", 3, ours)];
        for row in rows.iter().rev() {
            store.add_consult_hook(row.clone()).await.expect("is kept");
        }
        assert_eq!(store.consult_hooks_of(whose.1, "가", 9).await.expect("reads"), rows[..2]);
        assert_eq!(store.consult_hooks_waiting(whose.1).await.expect("reads"), (3, Some(NOW + 1)));
        assert!(store.consult_hooks_due(NOW, 9).await.expect("reads").is_empty(), "somebody works on them");
        let mut due = store.consult_hooks_due(NOW + 60_000, 9).await.expect("reads");
        due.sort();
        assert_eq!(due, [(whose.1, "가".to_owned()), (whose.1, "나".to_owned())]);
        let (a, b) = tokio::join!(
            store.claim_consult_hook(&rows[0], ours, NOW + 90_000),
            store.claim_consult_hook(&rows[0], others, NOW + 90_001)
        );
        assert_eq!([a.expect("asks"), b.expect("asks")].iter().filter(|won| **won).count(), 1);
        store.consult_hook_failed(rows[0].id, NOW + 500, "busy").await.expect("is noted");
        let known = store.consult_hooks_of(whose.1, "가", 1).await.expect("reads").remove(0);
        assert_eq!((known.tries, known.next_at), (1, NOW + 500));
        store.consult_hook_done(rows[0].id).await.expect("is done");
        assert_eq!(store.consult_hooks_of(whose.1, "가", 9).await.expect("reads"), rows[1..2]);
        assert_eq!(store.consult_hooks_waiting(BotId::new(NOW, die())).await.expect("reads"), (0, None));
    }

    /// What is said goes out with the commit that says it, in its order, and each step is taken once.
    async fn what_is_said_goes_out_once(store: Store) {
        let whose = given_bot(&store).await;
        let outs = vec![out(1, 0, 0), out(2, 0, 1), NewOut { work: "end", seq: -1, ..out(3, 0, 0) }];
        let chat = given_customer(&store, whose, "가", outs.clone()).await;
        let owner = OwnerId::new(NOW, die());
        let rows = store.outbox_of(chat.end_user, 9).await.expect("reads");
        assert_eq!(rows.iter().map(|row| (row.id, row.work.as_str(), row.part)).collect::<Vec<_>>(),
            [(outs[0].id, "send", 0), (outs[1].id, "send", 1), (outs[2].id, "end", 0)]);
        assert_eq!(store.outbox_due(NOW, 9).await.expect("reads"), [chat.end_user]);
        let whom = store.outbox_address(chat.end_user).await.expect("reads");
        assert_eq!(whom, Some(("가".to_owned(), Some(r#"{"open":true}"#.to_owned()))));
        let (a, b) = tokio::join!(store.claim_out(&rows[0], owner, NOW + 60), store.claim_out(&rows[0], owner, NOW + 61));
        assert_eq!([a.expect("asks"), b.expect("asks")].iter().filter(|won| **won).count(), 1);
        let event = || vec![NewLive { kind: "delivery", end_user: Some(chat.end_user), message: None, data: "{}".to_owned() }];
        let before = store.last_live(whose.0).await.expect("reads");
        let pending = OutMove { relay_key: Some("k1".to_owned()), ..moved("pending") };
        assert!(store.move_out(&rows[0], pending, event(), NOW).await.expect("is moved"));
        assert_eq!(store.last_live(whose.0).await.expect("reads"), before + 1);
        let known = store.out_by_key(whose.1, "k1").await.expect("reads").expect("is there");
        assert_eq!((known.state.as_str(), known.tries, known.owner), ("pending", 1, Some(owner)));
        // Its own id names it, too, to its own bot; and it is found when the relay ought to have told.
        assert_eq!(store.out_by_id(whose.1, outs[0].id).await.expect("reads").as_ref(), Some(&known));
        assert_eq!(store.out_by_id(BotId::new(NOW, die()), outs[0].id).await.expect("reads"), None);
        let mine = |rows: Vec<OutRow>| rows.iter().any(|row| row.id == known.id);
        assert!(!mine(store.outs_untold(known.next_at - 1, 1_000).await.expect("reads")));
        assert!(mine(store.outs_untold(known.next_at, 1_000).await.expect("reads")));
        let sent = OutMove { sent_at: Some(NOW + 5), ..moved("sent") };
        assert!(store.move_out(&known, sent, event(), NOW).await.expect("is moved"));
        // What is sent stays sent, whatever is told of it later.
        assert!(!store.move_out(&known, moved("failed"), event(), NOW).await.expect("is asked"));
        assert_eq!(store.last_live(whose.0).await.expect("reads"), before + 2);
        let states = store.outs_between(chat.end_user, 0, 0).await.expect("reads");
        assert_eq!(states.iter().map(|row| row.state.as_str()).collect::<Vec<_>>(), ["sent", "waiting"]);
        assert_eq!(states[0].relay_key.as_deref(), Some("k1"), "what the relay calls it is not forgotten");
        // A server that begins finds nobody at work, unless others share the database.
        assert!(store.claim_out(&rows[1], owner, NOW + 120_000).await.expect("asks"));
        store.free_consult_work(NOW + 1).await.expect("is free");
        let free = store.outs_between(chat.end_user, 0, 0).await.expect("reads").remove(1);
        assert!(free.state == "sending" && [NOW + 1, NOW + 120_000].contains(&free.next_at), "{free:?}");
        // Nothing of it stays of a customer who is erased.
        store.add_consult_hook(hook(whose.1, "가", 1, owner)).await.expect("is kept");
        let read = store.chat_by_key(whose.1, "kakaobiz", "가").await.expect("reads").expect("is there");
        assert_eq!(read.chat.and_then(|chat| chat.room).as_deref(), Some(r#"{"open":true}"#));
    }

    /// A room is counted once a day from 04:00 in Korea, and not where the system alone has spoken.
    async fn rooms_are_counted_by_days_that_begin_at_four(store: Store) {
        let whose = given_bot(&store).await;
        let four = NOW - (NOW + 5 * 3_600_000).rem_euclid(86_400_000);
        let system = NewOut { system: true, ..out(9, 0, 0) };
        let people: [(&str, Vec<(NewOut, i64)>); 3] = [
            ("가", vec![(out(1, 0, 0), four), (out(2, 0, 1), four + 10), (out(3, 0, 2), four - 1)]),
            ("나", vec![(out(4, 0, 0), four + 86_399_999)]),
            ("다", vec![(system, four + 5)]),
        ];
        for (name, outs) in people {
            let said = outs.iter().map(|(out, _)| out.clone()).collect();
            let chat: EndUserId = given_customer(&store, whose, name, said).await.end_user;
            let rows = store.outbox_of(chat, 9).await.expect("reads");
            for (row, (_, at)) in rows.iter().zip(&outs) {
                let sent = OutMove { sent_at: Some(*at), ..moved("sent") };
                assert!(store.move_out(row, sent, Vec::new(), NOW).await.expect("is moved"));
            }
        }
        let days = store.room_days(whose.1, (four - 86_400_000, four + 86_400_000), 5 * 3_600_000).await.expect("reads");
        let today = (four + 5 * 3_600_000) / 86_400_000;
        assert_eq!(days, [(today - 1, 1), (today, 2)]);
        assert!(store.room_days(whose.1, (four + 86_400_000, four + 2 * 86_400_000), 0).await.expect("reads").is_empty());
    }
}
