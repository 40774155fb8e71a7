//! The log of requests and what was seen of a channel.

use store::{NewRequest, NewSeen, RequestAbout, RequestFilter, SeenRow, Store, TurnId};

use crate::{NOW, contract, die, given_bot};

fn request(of: (store::WorkspaceId, store::BotId), at: i64, user: &str, problem: Option<&str>) -> NewRequest {
    NewRequest {
        bot: of.1,
        id: TurnId::new(at, die()),
        workspace: of.0,
        about: RequestAbout {
            at,
            mode: "operating".to_owned(),
            kind: "fallback".to_owned(),
            block: "폴백 블록".to_owned(),
            user_key: Some(user.to_owned()),
            took_us: 5_000,
            status: 200,
            problem: problem.map(str::to_owned),
            problems: problem.map(|code| format!("[{{\"code\":\"{code}\"}}]")),
            ..RequestAbout::default()
        },
        packed: Some(vec![1, 2, 3]),
        answer: None,
    }
}

fn seen(times: i64, at: i64) -> SeenRow {
    SeenRow {
        draft: false,
        mode: "operating".to_owned(),
        what: "sign".to_owned(),
        name: "offered".to_owned(),
        detail: String::new(),
        first_at: at,
        last_at: at,
        times,
        took_us: times,
        slowest_us: times,
    }
}

contract! {
    /// The log is listed newest first, filtered by problem and mode, and paged by id.
    async fn requests_are_listed_and_filtered(store: Store) {
        let of = given_bot(&store).await;
        let bot = of.1;
        let all: Vec<_> = (0..40)
            .map(|n| {
                let problem = match n % 10 { 3 => Some("fault"), 7 => Some("slow"), _ => None };
                request(of, NOW + n, "kim", problem)
            })
            .collect();
        let ids: Vec<_> = all.iter().map(|it| it.id).collect();
        store.log_requests(all.clone(), Vec::new()).await.expect("writes");
        // A second time is as good as once.
        store.log_requests(vec![all[0].clone()], Vec::new()).await.expect("writes");
        let any = RequestFilter::default();
        let first = store.requests(bot, any, None, 30).await.expect("reads");
        assert_eq!((first.len(), first[0].id, first[29].id), (30, ids[39], ids[10]));
        let rest = store.requests(bot, any, Some(first[29].id), 30).await.expect("reads");
        assert_eq!(rest.len(), 10);
        assert_eq!(rest[9].about, all[0].about);
        let problems = RequestFilter { problem: Some(""), mode: "" };
        assert_eq!(store.requests(bot, problems, None, 30).await.expect("reads").len(), 8);
        let slow = RequestFilter { problem: Some("slow"), mode: "operating" };
        assert_eq!(store.requests(bot, slow, None, 30).await.expect("reads").len(), 4);
        let none = RequestFilter { problem: Some("slow"), mode: "development" };
        assert_eq!(store.requests(bot, none, None, 30).await.expect("reads").len(), 0);
        let mut counts = store.request_problems(bot).await.expect("counts");
        counts.sort();
        assert_eq!(counts, [("fault".to_owned(), 4), ("slow".to_owned(), 4)]);
        let whole = store.request(bot, ids[3]).await.expect("reads").expect("is there");
        assert_eq!((whole.packed, whole.row.about.problem.as_deref()), (Some(vec![1, 2, 3]), Some("fault")));
        let other = given_bot(&store).await.1;
        assert_eq!(store.request(other, ids[3]).await.expect("reads"), None);
        assert_eq!(store.requests(other, any, None, 5).await.expect("reads"), []);
    }

    /// The log is bounded by age and number, and one person's lines can be taken out.
    async fn the_log_is_bounded(store: Store) {
        let of = given_bot(&store).await;
        let bot = of.1;
        let all: Vec<_> = (0..250).map(|n| request(of, NOW + n, if n % 5 == 0 { "lee" } else { "kim" }, None)).collect();
        store.log_requests(all, Vec::new()).await.expect("writes");
        let mine = store.requests_of(bot, "lee", None).await.expect("reads");
        assert_eq!(mine.len(), 50);
        assert_eq!(store.requests_of(bot, "lee", Some(mine[9])).await.expect("reads").len(), 40);
        store.delete_requests(bot, &mine).await.expect("deletes");
        assert_eq!(store.requests_of(bot, "lee", None).await.expect("reads"), []);
        assert_eq!(store.requests_past(bot, 500).await.expect("reads"), None);
        assert_eq!(store.requests_past(bot, 199).await.expect("reads"), Some(NOW + 1));
        let count = async || store.requests(bot, RequestFilter::default(), None, 500).await.expect("reads").len();
        assert_eq!(count().await, 200);
        assert!(!store.prune_requests(bot, NOW + 1).await.expect("prunes"));
        assert!(!store.prune_requests(bot, NOW + 51).await.expect("prunes"));
        assert_eq!(count().await, 160);
        while store.prune_requests(bot, NOW + 1_000).await.expect("prunes") {}
        assert_eq!(count().await, 0);
    }

    /// What was seen is added up, begun anew, and forgotten.
    async fn what_was_seen_is_added_up(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let see = |times, at, anew| NewSeen { bot, workspace, row: seen(times, at), anew };
        store.log_requests(Vec::new(), vec![see(3, NOW, false)]).await.expect("writes");
        store.log_requests(Vec::new(), vec![see(2, NOW + 5, false)]).await.expect("writes");
        let rows = store.kakao_seen(bot).await.expect("reads");
        assert_eq!(rows, [SeenRow { first_at: NOW, last_at: NOW + 5, took_us: 2, slowest_us: 3, ..seen(5, NOW) }]);
        store.log_requests(Vec::new(), vec![see(1, NOW + 3, true)]).await.expect("writes");
        let rows = store.kakao_seen(bot).await.expect("reads");
        assert_eq!((rows[0].times, rows[0].last_at), (1, NOW + 5));
        store.forget_kakao_seen(bot).await.expect("forgets");
        assert_eq!(store.kakao_seen(bot).await.expect("reads"), []);
    }
}
