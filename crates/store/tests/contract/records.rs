//! How records are kept, and throwing away what is older.

use std::time::Duration;

use store::{AccountId, AuditId, EndUserId, NewAudit, RecordSettings, Store, TurnFacts, TurnId};

use crate::{NOW, contract, die, given_bot, message, turn};

const SOON: Duration = Duration::from_secs(10);
const DAY: i64 = 86_400_000;

contract! {
    /// A workspace has the defaults until it says otherwise.
    async fn records_have_settings(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        assert_eq!(store.record_settings(workspace).await.expect("reads"), RecordSettings::default());
        let settings = RecordSettings { zone: "UTC".to_owned(), messages_days: Some(90), traces_days: 3, requests_days: 2 };
        store.set_record_settings(workspace, &settings, NOW).await.expect("sets");
        store.set_record_settings(workspace, &settings, NOW).await.expect("sets again");
        assert_eq!(store.record_settings(workspace).await.expect("reads"), settings);
        let all = store.workspaces_and_bots().await.expect("reads");
        assert!(all.contains(&(workspace, vec![bot])), "{all:?}");
    }

    /// A line of the audit log is written without a change beside it.
    async fn a_look_is_noted(store: Store) {
        let (workspace, _) = given_bot(&store).await;
        let line = NewAudit {
            id: AuditId::new(NOW, die()),
            workspace,
            account: AccountId::new(NOW, die()),
            name: "김소유".to_owned(),
            action: "customer.export",
            target: "가게".to_owned(),
            detail: String::new(),
        };
        store.noting(line).note_only().await.expect("writes");
        let lines = store.audit(workspace, None, 10).await.expect("reads");
        assert_eq!(lines.iter().map(|line| line.action.as_str()).collect::<Vec<_>>(), ["customer.export"]);
    }

    /// What is older goes, in pieces; what is younger and what others keep stays.
    async fn old_records_go(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        for n in 0..350_i64 {
            // Oldest first: ten a day.
            let at = NOW - (350 - n) * DAY / 10;
            let mut commit = turn(workspace, bot, &format!("user{n}"));
            commit.now_ms = at;
            commit.end_user = EndUserId::new(at, die());
            commit.turn.id = TurnId::new(at, die());
            commit.turn.started_at = at;
            commit.turn.facts = TurnFacts { unanswered: true, said: Some("말".to_owned()), ..TurnFacts::default() };
            commit.messages = vec![message("말"), message("답")];
            for message in &mut commit.messages {
                message.created_at = at;
            }
            store.commit_turn(commit, SOON).await.expect("commits");
        }
        while store.add_up(100).await.expect("adds up") > 0 {}
        // Another workspace keeps nothing for long, and has no turns.
        let other = store::WorkspaceId::new(NOW, die());
        let kept = [(workspace, NOW - 10 * DAY), (other, NOW)];
        let (mut at, mut gone) = (None, 0);
        loop {
            let swept = store.sweep_turns(at, &kept).await.expect("sweeps");
            gone += swept.gone;
            at = swept.at;
            if at.is_none() { break }
        }
        let left = store.turns(bot, None, 1_000).await.expect("reads");
        assert_eq!((gone, left.len()), (250, 100));
        assert!(left.iter().all(|turn| turn.id.made_at() >= NOW - 10 * DAY));
        let mut at = None;
        loop {
            let swept = store.sweep_messages(workspace, at, NOW - 20 * DAY).await.expect("sweeps");
            at = swept.at;
            if at.is_none() { break }
        }
        let threads = store.threads(bot, "", None, 1_000).await.expect("reads");
        let mut messages = 0;
        for thread in &threads {
            let rows = store.thread_after(thread.end_user, -1, 10).await.expect("reads");
            assert_eq!(rows.is_empty(), thread.last_at < NOW - 20 * DAY);
            assert_eq!(thread.said.is_empty(), rows.is_empty());
            messages += rows.len();
        }
        assert_eq!(messages, 400);
        while store.sweep_marks(bot, NOW - 20 * DAY).await.expect("sweeps") {}
        assert_eq!(store.marks_since(bot, "unanswered", 0).await.expect("counts"), 200);
        // The figures stay.
        let days = store.stat_days(store::Slots { bot, from: 0, to: i64::MAX, channel: "" }, 0).await.expect("reads");
        assert_eq!(days.iter().map(|(_, row)| row.turns).sum::<i64>(), 350);
    }
}
