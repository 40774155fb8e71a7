//! Questions and answers that are suggested to agents.

use store::{AnswerId, NewAnswer, Store, WorkspaceId};

use crate::{NOW, contract, die, given_bot};

fn new(question: &str, grams: &[i64]) -> NewAnswer {
    NewAnswer {
        id: AnswerId::new(NOW, die()),
        question: question.to_owned(),
        answer: "네".to_owned(),
        category: "배송".to_owned(),
        grams: grams.to_vec(),
    }
}

contract! {
    /// They are kept, changed, found by what their questions share with another, and removed.
    async fn answers_are_kept_and_found(store: Store) {
        let (workspace, _) = given_bot(&store).await;
        let many: Vec<i64> = (1000..1100).collect();
        let all = [new("배송비", &[1, 2, 3]), new("환불", &[3, 4]), new("긴 질문", &many)];
        store.add_answers(workspace, all.to_vec(), NOW).await.expect("adds");
        assert_eq!(store.answer_count(workspace).await.expect("reads"), 3);
        let list = store.answers(workspace, None, 2).await.expect("reads");
        let rest = store.answers(workspace, Some(list[1].id), 2).await.expect("reads");
        assert_eq!((list.len(), rest.len(), rest[0].question.as_str()), (2, 1, "배송비"));
        let like = async |grams: &[i64]| {
            let rows = store.answers_like(workspace, grams, 10).await.expect("reads");
            rows.into_iter().map(|row| row.question).collect::<Vec<_>>()
        };
        assert_eq!(like(&[1, 2, 3, 99]).await, ["배송비", "환불"]);
        assert_eq!(like(&[1050]).await, ["긴 질문"]);
        assert!(like(&[]).await.is_empty());
        let mut rare = store.answer_grams(workspace, &[3, 4, 99]).await.expect("reads");
        rare.sort_unstable();
        assert_eq!(rare, [(3, 2), (4, 1)]);
        let changed = NewAnswer { question: "교환".to_owned(), grams: vec![50], id: all[0].id, ..all[0].clone() };
        store.change_answer(workspace, changed, NOW + 1).await.expect("changes");
        assert!(store.use_answer(workspace, all[0].id).await.is_ok());
        let one = store.answer(workspace, all[0].id).await.expect("reads").expect("is there");
        assert_eq!((one.question.as_str(), one.uses, one.updated_at), ("교환", 1, NOW + 1));
        assert_eq!((like(&[1]).await.len(), like(&[50]).await.len()), (0, 1));
        let elsewhere = WorkspaceId::new(NOW, die());
        assert!(store.answer(elsewhere, all[0].id).await.expect("reads").is_none());
        assert!(store.remove_answer(elsewhere, all[0].id).await.is_err());
        store.remove_answer(workspace, all[0].id).await.expect("removes");
        assert!(like(&[50]).await.is_empty());
        assert!(store.use_answer(workspace, all[0].id).await.is_err());
    }
}
