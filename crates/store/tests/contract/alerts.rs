//! Alerts: opened once, told once, read by each.

use store::{AccountId, AlertId, NewAlert, RulesRow, Store};

use crate::{NOW, contract, die, given_bot};

contract! {
    /// A bot has one open alert of a kind; it is raised, ended, and may come again.
    async fn an_alert_is_open_once(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let new = |at| NewAlert { id: AlertId::new(at, die()), workspace, bot, kind: "errors", amount: 5, threshold: 5, minutes: 10, tell_at: at };
        let (a, b) = tokio::join!(store.open_alert(new(NOW)), store.open_alert(new(NOW)));
        assert_eq!(usize::from(a.expect("opens")) + usize::from(b.expect("opens")), 1);
        assert!(store.open_alert(NewAlert { kind: "slow", tell_at: 0, ..new(NOW + 1) }).await.expect("opens"));
        assert_eq!(store.bots_with_open_alerts().await.expect("reads"), [bot]);
        let open = store.open_alerts(bot).await.expect("reads");
        assert_eq!(open.len(), 2);
        let errors = open.iter().find(|alert| alert.kind == "errors").expect("is open");
        store.raise_alert(workspace, errors.id, 9).await.expect("raises");
        store.raise_alert(workspace, errors.id, 7).await.expect("does not lower");
        let due = store.alerts_to_tell(NOW).await.expect("reads");
        assert_eq!((due.len(), due[0].amount), (1, 9));
        let claim = || store.claim_alert(workspace, errors.id, NOW, NOW + 300);
        let (a, b) = tokio::join!(claim(), claim());
        assert_eq!(usize::from(a.expect("claims")) + usize::from(b.expect("claims")), 1);
        assert!(store.alerts_to_tell(NOW + 299).await.expect("reads").is_empty());
        assert_eq!(store.alerts_to_tell(NOW + 300).await.expect("reads").len(), 1, "whoever claimed it may have died");
        store.alert_told(workspace, errors.id, 0, "{\"mailed\":1}").await.expect("writes");
        assert!(store.alerts_to_tell(NOW + 300).await.expect("reads").is_empty());
        store.end_alert(workspace, errors.id, NOW + 10).await.expect("ends");
        assert!(store.open_alert(new(NOW + 20)).await.expect("opens again"));
        let list = store.alerts(workspace, None, None, 10).await.expect("reads");
        assert_eq!(list.iter().map(|alert| (alert.kind.as_str(), alert.ended_at)).collect::<Vec<_>>(), [("errors", None), ("slow", None), ("errors", Some(NOW + 10))]);
        assert_eq!(store.alerts(workspace, Some(bot), Some(list[1].id), 10).await.expect("reads").len(), 1);
        let other = given_bot(&store).await.1;
        assert!(store.alerts(workspace, Some(other), None, 10).await.expect("reads").is_empty());
        let (kim, lee) = (AccountId::new(NOW, die()), AccountId::new(NOW, die()));
        store.read_alerts(workspace, kim, list[1].id).await.expect("reads");
        store.read_alerts(workspace, kim, list[2].id).await.expect("never goes back");
        assert_eq!(store.alerts_read_up_to(workspace, kim).await.expect("reads"), Some(list[1].id));
        assert_eq!(store.unread_alerts(workspace, kim).await.expect("counts"), 1);
        assert_eq!(store.unread_alerts(workspace, lee).await.expect("counts"), 3);
        store.prune_alerts(NOW + 15).await.expect("prunes");
        assert_eq!(store.alerts(workspace, None, None, 10).await.expect("reads").len(), 1);
    }

    /// Rules are one text per bot, and are listed for all.
    async fn rules_are_kept(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        assert_eq!(store.alert_rules(bot).await.expect("reads"), None);
        let row = |rules: &str| RulesRow { bot, workspace, rules: rules.to_owned() };
        store.set_alert_rules(row("{}"), NOW).await.expect("sets");
        store.set_alert_rules(row("{\"a\":1}"), NOW).await.expect("sets");
        assert_eq!(store.alert_rules(bot).await.expect("reads"), Some(row("{\"a\":1}")));
        assert_eq!(store.all_alert_rules(None, 10).await.expect("reads"), [row("{\"a\":1}")]);
        assert!(store.all_alert_rules(Some(bot), 10).await.expect("reads").is_empty());
    }
}
