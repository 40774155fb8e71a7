//! Webhooks: who is due, who tells, what came of it.

use store::{
    AfterFailure, BotId, ConversationId, DeliveryId, DeliveryRow, EndUserId, NewLive, Store, WebhookId,
    WebhookRow, WorkspaceId,
};

use crate::{NOW, chats, contract, die, given_bot};

fn hook((workspace, bot): (WorkspaceId, BotId), name: &str) -> WebhookRow {
    WebhookRow {
        id: WebhookId::new(NOW, die()),
        workspace,
        bot,
        name: name.to_owned(),
        url: "https://shop.example/hook".to_owned(),
        enabled: true,
        events: "[]".to_owned(),
        signing: "{}".to_owned(),
        after_seq: 0,
        tries: 0,
        due_at: 0,
        why: None,
        created_at: NOW,
    }
}

fn delivery(at: i64, error: Option<&str>) -> DeliveryRow {
    let id = DeliveryId::new(NOW + at, die());
    DeliveryRow { id, events: 2, first_seq: 1, last_seq: 2, error: error.map(str::to_owned), took_ms: 7 }
}

/// Something happens in the workspace: so many events.
async fn happens(store: &Store, (workspace, bot): (WorkspaceId, BotId)) {
    let ids = (EndUserId::new(NOW, die()), ConversationId::new(NOW, die()));
    let row = chats::chat(workspace, bot, &format!("anon:{}", ids.0));
    let mut commit = chats::first(&row);
    commit.events =
        vec![NewLive { kind: "chat", end_user: Some(row.end_user), message: None, data: "{}".to_owned() }];
    store.commit_chat(commit, std::time::Duration::from_secs(10)).await.expect("commits");
}

contract! {
    /// A new webhook is told what happens from then on, by one of two who try at the same moment.
    async fn a_webhook_is_told_once(store: Store) {
        let whose = given_bot(&store).await;
        happens(&store, whose).await;
        store.add_webhook(hook(whose, "주문")).await.expect("is added");
        assert!(store.webhooks_due(NOW, 10).await.expect("reads").is_empty(), "what was before is not told");
        happens(&store, whose).await;
        let [due] = &store.webhooks_due(NOW, 10).await.expect("reads")[..] else { panic!("one is due") };
        assert_eq!((due.after_seq, due.name.as_str()), (1, "주문"));
        let (a, b) = tokio::join!(store.claim_webhook(due, NOW + 60), store.claim_webhook(due, NOW + 61));
        assert_eq!([a.expect("asks"), b.expect("asks")].iter().filter(|won| **won).count(), 1);
        assert!(store.webhooks_due(NOW, 10).await.expect("reads").is_empty());
        store.webhook_told(due.id, 2, Some(delivery(1, None)), NOW).await.expect("is told");
        assert!(store.webhooks_due(NOW + 100, 10).await.expect("reads").is_empty());
        let [known] = &store.webhooks(whose.1).await.expect("reads")[..] else { panic!("one") };
        assert_eq!((known.after_seq, known.due_at, known.tries), (2, 0, 0));
        assert_eq!(store.deliveries(due.id, 9).await.expect("reads").len(), 1);
        // Old tries go with a newer one.
        store.webhook_told(due.id, 3, Some(delivery(9, None)), NOW + 5).await.expect("is told");
        assert_eq!(store.deliveries(due.id, 9).await.expect("reads").len(), 1);
        store.webhook_told(due.id, 4, None, 0).await.expect("nothing was wanted");
    }

    /// What failed waits, is switched off at last, and goes on where it was.
    async fn a_webhook_that_fails_goes_on_where_it_was(store: Store) {
        let whose = given_bot(&store).await;
        let row = hook(whose, "주문");
        store.add_webhook(row.clone()).await.expect("is added");
        happens(&store, whose).await;
        let again = AfterFailure::Again(NOW + 500);
        store.webhook_failed(row.id, 1, again, delivery(1, Some("HTTP 500"))).await.expect("is noted");
        assert!(store.webhooks_due(NOW + 499, 10).await.expect("reads").is_empty());
        assert_eq!(store.webhooks_due(NOW + 500, 10).await.expect("reads")[0].tries, 1);
        let off = AfterFailure::Off("HTTP 500".to_owned());
        store.webhook_failed(row.id, 3, off, delivery(2, Some("HTTP 500"))).await.expect("is noted");
        assert!(store.webhooks_due(NOW + 9_999, 10).await.expect("reads").is_empty());
        let known = store.webhooks(whose.1).await.expect("reads").remove(0);
        assert_eq!((known.enabled, known.why.as_deref(), known.after_seq), (false, Some("HTTP 500"), 0));
        let errors: Vec<_> = store.deliveries(row.id, 9).await.expect("reads").into_iter().map(|it| it.error).collect();
        assert_eq!(errors, [Some("HTTP 500".to_owned()), Some("HTTP 500".to_owned())]);
        store.change_webhook(WebhookRow { enabled: true, name: "새 주문".to_owned(), ..known }).await.expect("is changed");
        let due = store.webhooks_due(NOW, 10).await.expect("reads").remove(0);
        assert_eq!((due.name.as_str(), due.why, due.tries, due.after_seq), ("새 주문", None, 0, 0));
        assert!(store.remove_webhook(WorkspaceId::new(NOW, die()), row.id).await.is_err());
        store.remove_webhook(whose.0, row.id).await.expect("is removed");
        assert!(store.webhooks(whose.1).await.expect("reads").is_empty());
        assert!(store.deliveries(row.id, 9).await.expect("reads").is_empty());
    }
}
