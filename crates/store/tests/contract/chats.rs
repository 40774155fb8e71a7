//! Conversations that agents can take over: the guard, the counters, the lists, and what consoles are told.

use std::time::Duration;

use store::{
    AccountId, BotId, ChatCommit, ChatProfile, ChatQuery, ChatRow, CommitError, ConsultationId,
    ConversationId, EndUserId, LineId, Load, MessageId, NewLine, NewLive, NewMessage, NewSend, NewTurn,
    Store, TurnId, WorkspaceId,
};

use crate::{NOW, accounts::given_account, contract, die, given_bot};

const SOON: Duration = Duration::from_secs(10);

/// A conversation in which nothing was said yet.
pub fn chat(workspace: WorkspaceId, bot: BotId, user: &str) -> ChatRow {
    let ids = (EndUserId::new(NOW, die()), ConversationId::new(NOW, die()));
    ChatRow {
        last_seq: 0,
        last_sender: "user".to_owned(),
        last_text: "안녕".to_owned(),
        ..ChatRow::begun((workspace, bot), ("web", user), ids, NOW)
    }
}

fn said(text: &str) -> NewMessage {
    NewMessage {
        id: MessageId::new(NOW, die()),
        is_user: true,
        sender: "user",
        data: text.to_owned(),
        masked: None,
        mask_at: None,
        created_at: NOW,
    }
}

fn said_by_bot(text: &str) -> NewMessage {
    NewMessage { is_user: false, sender: "bot", ..said(text) }
}

fn event(kind: &'static str, chat: &ChatRow, message: Option<i64>) -> NewLive {
    NewLive { kind, end_user: Some(chat.end_user), message, data: String::new() }
}

/// The first turn of a conversation.
pub fn first(chat: &ChatRow) -> ChatCommit {
    ChatCommit {
        chat: chat.clone(),
        expected_version: None,
        state: "{}".to_owned(),
        turn: Some(NewTurn {
            id: TurnId::new(NOW, die()),
            request_id: None,
            mode: "web",
            block: None,
            bot_version: 1,
            started_at: NOW,
            took_us: 5,
            answer: "{}".to_owned(),
            late: None,
            trace: "{}".to_owned(),
            fault: None,
            facts: store::TurnFacts::default(),
        }),
        first_seq: 0,
        messages: vec![said("안녕")],
        sends: vec![NewSend { seq: 0, client_id: "c0".to_owned(), author: None }],
        outbox: Vec::new(),
        lines: Vec::new(),
        consultation_moved: false,
        score: None,
        loads: Vec::new(),
        events: vec![event("message", chat, Some(0))],
        now_ms: NOW,
    }
}

/// A change without a turn, on this version of the session.
fn then(chat: &ChatRow, version: i64) -> ChatCommit {
    ChatCommit {
        turn: None,
        expected_version: Some(version),
        first_seq: 1,
        messages: Vec::new(),
        sends: Vec::new(),
        events: vec![event("chat", chat, None)],
        ..first(chat)
    }
}

/// The same with a consultation that is this agent's.
fn owned(chat: &ChatRow, agent: AccountId, version: i64, up_to: i64) -> ChatCommit {
    let row = ChatRow {
        state: "requested".to_owned(),
        owner: Some(agent),
        consultation: Some(ConsultationId::new(NOW, die())),
        requested_at: Some(NOW),
        ..chat.clone()
    };
    ChatCommit {
        loads: vec![Load { agent, up_to: Some(up_to) }],
        consultation_moved: true,
        lines: vec![NewLine {
            id: LineId::new(NOW, die()),
            kind: "assigned",
            agent: Some(agent),
            by: None,
            data: "{}".to_owned(),
        }],
        ..then(&row, version)
    }
}

contract! {
    /// What is committed is read back by either key, with its thread, its lines and its events, in order.
    async fn a_conversation_reads_back(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let agent = given_account(&store, "kim@example.com").await;
        store.ensure_agent(workspace, agent).await.expect("is an agent");
        let row = chat(workspace, bot, "anon:1");
        store.commit_chat(first(&row), SOON).await.expect("commits");
        let by_key = store.chat_by_key(bot, "web", "anon:1").await.expect("reads").expect("a bot");
        assert_eq!((by_key.chat.as_ref(), by_key.live_version, by_key.web), (Some(&row), Some(1), None));
        assert_eq!(by_key.session.expect("a session").messages, 1);
        let stranger = store.chat_by_key(bot, "web", "anon:2").await.expect("reads").expect("a bot");
        assert!(stranger.chat.is_none() && stranger.session.is_none());
        assert!(store.chat_by_key(BotId::new(NOW, die()), "web", "anon:1").await.expect("reads").is_none());
        let mut next = owned(&row, agent, 1, 10);
        next.chat.last_seq = 1;
        next.messages = vec![said("여보세요")];
        next.sends = vec![NewSend { seq: 1, client_id: "c1".to_owned(), author: Some(agent) }];
        next.events.insert(0, event("message", &row, Some(1)));
        let after = next.chat.clone();
        store.commit_chat(next, SOON).await.expect("commits");
        let by_id = store.chat_by_id(workspace, row.end_user).await.expect("reads").expect("a chat");
        assert_eq!(by_id.chat, Some(after));
        assert!(store.chat_by_id(WorkspaceId::new(NOW, die()), row.end_user).await.expect("reads").is_none());
        let thread = store.chat_after(row.end_user, -1, 10).await.expect("reads");
        let seen: Vec<_> = thread.iter().map(|it| (it.seq, it.data.as_str(), it.client_id.as_deref(), it.author)).collect();
        assert_eq!(seen, [(0, "안녕", Some("c0"), None), (1, "여보세요", Some("c1"), Some(agent))]);
        let newest = store.chat_before(row.end_user, None, 1).await.expect("reads");
        assert_eq!(newest, thread[1..]);
        assert_eq!(store.chat_before(row.end_user, Some(1), 10).await.expect("reads"), thread[..1]);
        let lines = store.chat_lines(row.end_user, NOW, 10).await.expect("reads");
        assert_eq!((lines.len(), lines[0].kind.as_str(), lines[0].agent, lines[0].after_seq), (1, "assigned", Some(agent), 1));
        let events = store.live_after(workspace, 0, 10).await.expect("reads");
        let told: Vec<_> = events.iter().map(|it| (it.seq, it.kind.as_str(), it.message.as_ref().map(|it| it.data.as_str()))).collect();
        assert_eq!(told, [(1, "message", Some("안녕")), (2, "message", Some("여보세요")), (3, "chat", None)]);
        assert_eq!(store.live_after(workspace, 2, 10).await.expect("reads").len(), 1);
        assert_eq!(store.last_live(workspace).await.expect("reads"), 3);
    }

    /// Whatever happens at once in one conversation has one order; what is sent twice is there once.
    async fn a_conversation_has_one_order(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let row = chat(workspace, bot, "anon:1");
        store.commit_chat(first(&row), SOON).await.expect("commits");
        let (a, b) = tokio::join!(store.commit_chat(then(&row, 1), SOON), store.commit_chat(then(&row, 1), SOON));
        assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
        let stale = a.and(b);
        assert!(matches!(stale, Err(CommitError::Stale { table: "sessions" })), "{stale:?}");
        let mut twice = then(&row, 2);
        twice.messages = vec![said("안녕")];
        twice.sends = vec![NewSend { seq: 1, client_id: "c0".to_owned(), author: None }];
        let duplicate = store.commit_chat(twice, SOON).await;
        assert!(matches!(duplicate, Err(CommitError::Duplicate { .. })), "{duplicate:?}");
        assert_eq!(store.sent(row.end_user, "c0").await.expect("reads"), Some(0));
        assert_eq!(store.sent(row.end_user, "c9").await.expect("reads"), None);
        assert_eq!(store.last_live(workspace).await.expect("reads"), 2, "what was refused was not told");
    }

    /// However many requests come at once, an agent gets no more than they may; the refused ones change nothing.
    async fn an_agent_is_never_overfilled(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let kim = given_account(&store, "kim@example.com").await;
        store.add_member(workspace, kim, "readonly", NOW).await.expect("is a member");
        store.see_agent(workspace, kim, NOW + 1).await.expect("is there");
        let mut rows = Vec::new();
        for n in 0..8 {
            let row = chat(workspace, bot, &format!("anon:{n}"));
            store.commit_chat(first(&row), SOON).await.expect("commits");
            rows.push(row);
        }
        let tries = rows.iter().map(|row| {
            let (store, commit) = (store.clone(), owned(row, kim, 1, 3));
            tokio::spawn(async move { store.commit_chat(commit, SOON).await })
        });
        let tries: Vec<_> = tries.collect();
        let mut taken = 0;
        for one in tries {
            match one.await.expect("runs") {
                Ok(()) => taken += 1,
                Err(CommitError::Stale { table: "agents" }) => {}
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!(taken, 3);
        let agents = store.agents(workspace).await.expect("reads");
        assert_eq!((agents[0].open, agents[0].name.as_str()), (3, "김하나"));
        let mine = ChatQuery { owner: Some(kim), limit: 10, ..ChatQuery::default() };
        let mine = store.chats(workspace, mine).await.expect("reads");
        assert_eq!(mine.len(), 3);
        // Who has given one away has room for one.
        let mut ended = then(&ChatRow { owner: None, state: "completed".to_owned(), ..mine[0].clone() }, 2);
        ended.loads = vec![Load { agent: kim, up_to: None }];
        store.commit_chat(ended, SOON).await.expect("commits");
        assert_eq!(store.agents(workspace).await.expect("reads")[0].open, 2);
        assert_eq!(store.last_live(workspace).await.expect("reads"), 8 + 3 + 1);
    }

    /// Lists are those of their workspace, newest first, by state, bot, owner and what is searched for.
    async fn lists_are_filtered_and_come_in_pieces(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        for n in 0..5i64 {
            let row = ChatRow {
                last_at: NOW + n / 2,
                state: if n == 4 { "bot" } else { "requested" }.to_owned(),
                requested_at: Some(NOW - n),
                ..chat(workspace, bot, &format!("anon:{n}"))
            };
            store.commit_chat(first(&row), SOON).await.expect("commits");
        }
        let list = async |query: ChatQuery| store.chats(workspace, ChatQuery { limit: 2, ..query }).await.expect("reads");
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let piece = list(ChatQuery { after, ..ChatQuery::default() }).await;
            let Some(last) = piece.last() else { break };
            after = Some((last.last_at, last.end_user));
            seen.extend(piece.into_iter().map(|row| (row.last_at, row.end_user)));
        }
        assert_eq!(seen.len(), 5);
        assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "{seen:?}");
        let with = async |query: ChatQuery| store.chats(workspace, ChatQuery { limit: 10, ..query }).await.expect("reads").len();
        assert_eq!(with(ChatQuery { state: Some("requested".to_owned()), ..ChatQuery::default() }).await, 4);
        assert_eq!(with(ChatQuery { without_bot: true, ..ChatQuery::default() }).await, 4);
        assert_eq!(with(ChatQuery { bot: Some(bot), ..ChatQuery::default() }).await, 5);
        assert_eq!(with(ChatQuery { bot: Some(BotId::new(NOW, die())), ..ChatQuery::default() }).await, 0);
        let queue = store.chat_queue(workspace, 10).await.expect("reads");
        assert_eq!(queue.iter().map(|row| row.user_key.as_str()).collect::<Vec<_>>(), ["anon:3", "anon:2", "anon:1", "anon:0"]);
        assert_eq!(store.queued_workspaces().await.expect("reads"), [workspace]);
        let counts = store.chat_counts(workspace, None).await.expect("reads");
        assert_eq!((counts.len(), counts[0].count, counts[0].owned), (1, 4, 0));
        let silent = store.silent_chats(NOW + 1, None, 10).await.expect("reads");
        assert_eq!(silent.len(), 2);
        let rest = store.silent_chats(NOW + 1, Some((silent[0].last_at, silent[0].end_user)), 10).await.expect("reads");
        assert_eq!(rest, silent[1..]);
        let (named, id) = ((workspace, queue[0].end_user), queue[0].end_user);
        let profile = ChatProfile {
            name: Some("김손님".to_owned()), tags: Some("[\"단골\",\"VIP\"]".to_owned()),
            category: Some("[\"주문\",\"취소\"]".to_owned()), ..ChatProfile::default()
        };
        store.set_chat_profile(named, profile, &[11, 12], NOW).await.expect("is written down");
        let phone = ChatProfile { phone: Some("010-1234-5678".to_owned()), ..ChatProfile::default() };
        store.set_chat_profile(named, phone, &[], NOW).await.expect("is written down");
        let tagged = |tag: &str| ChatQuery { tag: Some(tag.to_owned()), ..ChatQuery::default() };
        assert_eq!((with(tagged("단골")).await, with(tagged("단")).await, with(tagged("V%P")).await), (1, 0, 0));
        let of = |levels: &[&str]| ChatQuery { category: levels.iter().map(|it| (*it).to_owned()).collect(), ..ChatQuery::default() };
        assert_eq!((with(of(&["주문"])).await, with(of(&["주문", "취소"])).await, with(of(&["취소"])).await), (1, 1, 0));
        let elsewhere = (WorkspaceId::new(NOW, die()), id);
        assert!(store.set_chat_profile(elsewhere, ChatProfile::default(), &[], NOW).await.is_err());
        let waiting = ChatQuery { state: Some("requested".to_owned()), limit: 2, ..ChatQuery::default() };
        let longest = store.chats_waiting(workspace, waiting).await.expect("reads");
        assert_eq!(longest.iter().map(|row| row.last_at).collect::<Vec<_>>(), [NOW, NOW]);
        // A later change of the conversation keeps what was written down.
        store.commit_chat(then(&queue[0], 1), SOON).await.expect("commits");
        let kept = store.chat_by_id(workspace, id).await.expect("reads").and_then(|read| read.chat).expect("a chat");
        assert_eq!((kept.name.as_str(), kept.phone.as_str(), kept.tags.as_str()), ("김손님", "010-1234-5678", "[\"단골\",\"VIP\"]"));
    }

    /// Where agents see only what is theirs, a list has what they own or are in, and a bot may do otherwise than its team.
    async fn an_agent_sees_what_is_theirs(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let (kim, lee) = (given_account(&store, "kim@example.com").await, given_account(&store, "lee@example.com").await);
        store.ensure_agent(workspace, kim).await.expect("is an agent");
        let (row, other) = (chat(workspace, bot, "anon:1"), chat(workspace, bot, "anon:2"));
        for one in [&row, &other] {
            store.commit_chat(first(one), SOON).await.expect("commits");
        }
        let mut taken = owned(&row, kim, 1, 10);
        taken.chat.present = format!("[\"{kim}\",\"{lee}\"]");
        store.commit_chat(taken, SOON).await.expect("commits");
        let seen = async |agent: Option<AccountId>| {
            let query = ChatQuery { seen_by: agent, limit: 10, ..ChatQuery::default() };
            let counts = store.chat_counts(workspace, agent).await.expect("reads");
            (store.chats(workspace, query).await.expect("reads").len(), counts.len())
        };
        let stranger = given_account(&store, "choi@example.com").await;
        assert_eq!(seen(Some(stranger)).await, (2, 1), "nobody said otherwise");
        store.set_chat_settings(workspace, None, ("{}".to_owned(), Some(true)), NOW).await.expect("sets");
        assert_eq!((seen(None).await, seen(Some(kim)).await, seen(Some(lee)).await), ((2, 1), (1, 1), (1, 1)));
        assert_eq!(seen(Some(stranger)).await, (0, 0));
        store.set_chat_settings(workspace, Some(bot), ("{}".to_owned(), Some(false)), NOW).await.expect("sets");
        assert_eq!(seen(Some(stranger)).await, (2, 1));
        store.set_chat_settings(workspace, None, ("{}".to_owned(), Some(false)), NOW).await.expect("sets");
        store.set_chat_settings(workspace, Some(bot), ("{}".to_owned(), Some(true)), NOW).await.expect("sets");
        assert_eq!(seen(Some(stranger)).await, (0, 0));
    }

    /// What the bots do now comes with the state of the session; what agents do is no part of it.
    async fn running_conversations_are_the_bots(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let row = chat(workspace, bot, "anon:1");
        store.commit_chat(first(&row), SOON).await.expect("commits");
        let waiting = ChatRow { state: "requested".to_owned(), ..chat(workspace, bot, "anon:2") };
        store.commit_chat(first(&waiting), SOON).await.expect("commits");
        let running = async |since| {
            let query = ChatQuery { limit: 10, ..ChatQuery::default() };
            store.chats_running(workspace, query, since).await.expect("reads")
        };
        assert_eq!(running(NOW).await, [(row, "{}".to_owned())]);
        assert!(running(NOW + 1).await.is_empty());
    }

    /// Words are indexed as far as was read, once; who is erased is not found any more, nor indexed by who was late.
    async fn words_are_indexed_and_found(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let (row, other) = (chat(workspace, bot, "anon:1"), chat(workspace, bot, "anon:2"));
        for one in [&row, &other] {
            store.commit_chat(first(one), SOON).await.expect("commits");
        }
        let waiting = store.unindexed_chats(10).await.expect("reads");
        assert_eq!(waiting.len(), 2);
        let mine = waiting.iter().find(|it| it.end_user == row.end_user).expect("is there");
        assert_eq!((mine.workspace, mine.indexed, mine.last_seq, mine.names[3].as_str()), (workspace, -2, 0, "anon:1"));
        let said = store.said_after(row.end_user, -1, 10).await.expect("reads");
        assert_eq!((said.len(), said[0].seq, said[0].data.as_str()), (1, 0, "안녕"));
        assert_eq!(store.said_before(row.end_user, i64::MAX, 10).await.expect("reads"), said);
        assert!(store.said_before(row.end_user, 0, 10).await.expect("reads").is_empty());
        let whose = (workspace, row.end_user);
        let many: Vec<i64> = (0..100).map(|n| n * 10).collect();
        assert!(store.index_chat(whose, (-2, 0), &many).await.expect("is asked"));
        assert!(!store.index_chat(whose, (-2, 0), &[5]).await.expect("is asked"), "it was indexed by now");
        assert!(store.index_chat((workspace, other.end_user), (-2, 0), &[10, 15]).await.expect("is asked"));
        assert!(store.unindexed_chats(10).await.expect("reads").is_empty());
        let found = async |pairs: &[(i64, i64)]| {
            let query = ChatQuery { limit: 10, ..ChatQuery::default() };
            let rows = store.chats_with(workspace, query, pairs).await.expect("reads");
            rows.into_iter().map(|row| row.user_key).collect::<Vec<_>>()
        };
        assert_eq!(found(&[(10, 10)]).await.len(), 2);
        assert_eq!(found(&[(10, 10), (20, 20)]).await, ["anon:1"]);
        assert_eq!(found(&[(11, 19)]).await, ["anon:2"], "all that begin with a letter");
        assert!(found(&[(15, 15), (20, 20)]).await.is_empty());
        assert!(found(&[]).await.is_empty());
        assert_eq!(store.count_grams(workspace, (10, 10)).await.expect("reads"), 2);
        assert_eq!(store.count_grams(workspace, (5, 5)).await.expect("reads"), 0);
        let mut more = then(&ChatRow { last_seq: 1, ..row.clone() }, 1);
        more.messages = vec![said_by_bot("어서 오세요")];
        store.commit_chat(more, SOON).await.expect("commits");
        assert_eq!(store.unindexed_chats(10).await.expect("reads").len(), 1);
        assert!(store.said_after(row.end_user, 0, 10).await.expect("reads").is_empty(), "what bots say is no customer's word");
        store.add_up(10).await.expect("adds up");
        store.erase_customer(bot, row.end_user).await.expect("erases");
        assert!(!store.index_chat(whose, (0, 1), &[7]).await.expect("is asked"), "they are gone");
        assert_eq!(store.count_grams(workspace, (20, 20)).await.expect("reads"), 0);
    }

    /// Customers of KakaoTalk come into the agents' list with what they said last, and stay as agents wrote them down.
    async fn customers_of_kakaotalk_stand_in_the_list(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let mut commit = crate::turn(workspace, bot, "kakao-user");
        commit.turn.facts.said = Some("배송 언제 와요".to_owned());
        let end_user = commit.end_user;
        store.commit_turn(commit, SOON).await.expect("commits");
        assert_eq!(store.add_up(10).await.expect("adds up"), 1);
        let list = store.chats(workspace, ChatQuery { limit: 10, ..ChatQuery::default() }).await.expect("reads");
        let [row] = &list[..] else { panic!("one chat: {list:?}") };
        assert_eq!((row.end_user, row.platform.as_str(), row.state.as_str()), (end_user, "kakao", "bot"));
        assert_eq!((row.last_text.as_str(), row.last_seq), ("배송 언제 와요", 0));
        let name = ChatProfile { name: Some("김손님".to_owned()), ..ChatProfile::default() };
        store.set_chat_profile((workspace, end_user), name, &[], NOW).await.expect("is written down");
        let mut commit = crate::turn(workspace, bot, "kakao-user");
        (commit.end_user, commit.expected_version, commit.first_seq, commit.now_ms) = (end_user, Some(1), 1, NOW + 5);
        store.commit_turn(commit, SOON).await.expect("commits");
        assert_eq!(store.add_up(10).await.expect("adds up"), 1);
        let read = store.chat_by_id(workspace, end_user).await.expect("reads").and_then(|it| it.chat).expect("a chat");
        assert_eq!((read.name.as_str(), read.last_seq, read.last_at), ("김손님", 1, NOW + 5));
        assert_eq!(read.last_text, "배송 언제 와요", "who presses a button says nothing new");
        assert_eq!(store.live_after(workspace, 0, 10).await.expect("reads").len(), 3, "consoles are told");
    }

    /// Who is mentioned finds the notes until they have looked, and nobody else does.
    async fn mentions_wait_until_they_are_seen(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let (kim, lee) = (given_account(&store, "kim@example.com").await, given_account(&store, "lee@example.com").await);
        let row = chat(workspace, bot, "anon:1");
        store.commit_chat(first(&row), SOON).await.expect("commits");
        let whose = (workspace, row.end_user);
        let note = |at: i64| NewLine { id: LineId::new(NOW + at, die()), kind: "note", agent: None, by: Some(lee), data: format!("{{\"text\":\"{at}\"}}") };
        let notes = [note(1), note(2), note(3)];
        for (at, line) in notes.iter().enumerate() {
            let mentioned: &[AccountId] = if at == 1 { &[kim, lee] } else { &[kim] };
            store.note_chat(whose, (line.clone(), mentioned), Vec::new(), NOW + at as i64).await.expect("is noted");
        }
        let all = store.mentions((workspace, kim), None, 2).await.expect("reads");
        assert_eq!(all.iter().map(|it| (it.line, it.seen, it.by)).collect::<Vec<_>>(), [(notes[2].id, false, Some(lee)), (notes[1].id, false, Some(lee))]);
        assert_eq!((all[0].end_user, all[0].data.as_str(), all[0].at), (row.end_user, "{\"text\":\"3\"}", NOW + 2));
        let rest = store.mentions((workspace, kim), Some(notes[1].id), 9).await.expect("reads");
        assert_eq!(rest.iter().map(|it| it.line).collect::<Vec<_>>(), [notes[0].id]);
        assert_eq!(store.unseen_mentions(workspace, kim).await.expect("reads"), 3);
        store.see_mentions((workspace, kim), notes[1].id).await.expect("is seen");
        assert_eq!((store.unseen_mentions(workspace, kim).await.expect("reads"), store.unseen_mentions(workspace, lee).await.expect("reads")), (1, 1));
        assert!(store.mentions((WorkspaceId::new(NOW, die()), kim), None, 9).await.expect("reads").is_empty());
        // With the customer goes what was noted of them, and nobody is called to a conversation that is no more.
        while store.add_up(100).await.expect("adds up") > 0 {}
        store.erase_customer(bot, row.end_user).await.expect("erases");
        assert!(store.mentions((workspace, kim), None, 9).await.expect("reads").is_empty());
        assert_eq!(store.unseen_mentions(workspace, kim).await.expect("reads"), 0);
    }

    /// A note moves nothing; what is seen is seen once.
    async fn notes_and_what_was_seen(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let kim = given_account(&store, "kim@example.com").await;
        let row = ChatRow { unread: 2, ..chat(workspace, bot, "anon:1") };
        store.commit_chat(first(&row), SOON).await.expect("commits");
        let whose = (workspace, row.end_user);
        let note = || NewLine { id: LineId::new(NOW, die()), kind: "note", agent: None, by: Some(kim), data: "{}".to_owned() };
        store.note_chat(whose, (note(), &[]), vec![event("line", &row, None)], NOW).await.expect("is noted");
        let elsewhere = (WorkspaceId::new(NOW, die()), row.end_user);
        assert!(store.note_chat(elsewhere, (note(), &[kim]), Vec::new(), NOW).await.is_err());
        let lines = store.chat_lines(row.end_user, NOW, 10).await.expect("reads");
        assert_eq!((lines.len(), lines[0].by, lines[0].after_seq), (1, Some(kim), 0));
        assert!(store.see_chat(whose, 0, vec![event("seen", &row, None)], NOW).await.expect("is asked"));
        assert!(!store.see_chat(whose, 0, vec![event("seen", &row, None)], NOW).await.expect("is asked"));
        assert_eq!(store.last_live(workspace).await.expect("reads"), 3);
        store.tell_live(workspace, vec![event("agents", &row, None)], NOW + 5).await.expect("tells");
        assert_eq!(store.last_live(workspace).await.expect("reads"), 4);
        store.prune_live(NOW + 5).await.expect("prunes");
        let left = store.live_after(workspace, 0, 10).await.expect("reads");
        assert_eq!(left.iter().map(|it| it.seq).collect::<Vec<_>>(), [4]);
        assert_eq!(store.last_live(workspace).await.expect("reads"), 4, "numbers go on");
    }

    /// Consultations that nobody can serve any more are found, and figures are made of what was stored.
    async fn what_is_left_behind_is_found(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let kim = given_account(&store, "kim@example.com").await;
        store.add_member(workspace, kim, "readonly", NOW).await.expect("is a member");
        store.ensure_agent(workspace, kim).await.expect("is an agent");
        let row = chat(workspace, bot, "anon:1");
        store.commit_chat(first(&row), SOON).await.expect("commits");
        let mut taken = owned(&row, kim, 1, 10);
        taken.chat.connected_at = Some(NOW + 60_000);
        let asked = taken.chat.clone();
        store.commit_chat(taken, SOON).await.expect("commits");
        assert!(store.chats_of_gone_agents(10).await.expect("reads").is_empty());
        assert_eq!(store.queue_ahead(workspace, NOW).await.expect("reads"), (1, Some(60_000)));
        assert_eq!(store.queue_ahead(workspace, NOW + 1).await.expect("reads"), (1, None));
        let cases = store.consultations(workspace, (NOW, NOW + 1), Some(bot), 10).await.expect("reads");
        assert_eq!((cases.len(), cases[0].owner, cases[0].connected_at, cases[0].score), (1, Some(kim), asked.connected_at, None));
        store.commit_chat(ChatCommit { score: Some(4), ..then(&asked, 2) }, SOON).await.expect("commits");
        let cases = store.consultations(workspace, (NOW, NOW + 1), None, 10).await.expect("reads");
        assert_eq!(cases[0].score, Some(4));
        assert!(store.consultations(workspace, (NOW + 1, NOW + 2), None, 10).await.expect("reads").is_empty());
        assert!(store.consultations(workspace, (NOW, NOW + 1), Some(BotId::new(NOW, die())), 10).await.expect("reads").is_empty());
        assert!(store.remove_member(workspace, kim).await.expect("is asked"));
        assert_eq!(store.chats_of_gone_agents(10).await.expect("reads"), [(workspace, row.end_user)]);
        assert!(store.chats_of_gone_bots(10).await.expect("reads").is_empty());
        store.delete_bot(bot, NOW).await.expect("deletes");
        assert_eq!(store.chats_of_gone_bots(10).await.expect("reads"), [(workspace, row.end_user)]);
        assert!(store.chat_by_id(workspace, row.end_user).await.expect("reads").is_some());
        assert_eq!(store.purge_bots(NOW + 1).await.expect("purges"), 1);
        assert!(store.chats(workspace, ChatQuery { limit: 1, ..ChatQuery::default() }).await.expect("reads").is_empty());
        assert!(store.consultations(workspace, (NOW, NOW + 1), None, 10).await.expect("reads").is_empty());
    }

    /// Many at once in one workspace: numbers without gaps, and a reader that goes by numbers misses nothing.
    async fn events_are_numbered_without_gaps(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let row = chat(workspace, bot, "anon:1");
        let told: Vec<_> = (0..40).map(|n| {
            let (store, row) = (store.clone(), row.clone());
            tokio::spawn(async move {
                let events = (0..=n % 3).map(|_| event("chat", &row, None)).collect();
                store.tell_live(workspace, events, NOW).await
            })
        }).collect();
        let all: i64 = (0..40).map(|n| n % 3 + 1).sum();
        let mut last = 0;
        while last < all {
            let read = store.live_after(workspace, last, 7).await.expect("reads");
            for event in read {
                assert_eq!(event.seq, last + 1);
                last = event.seq;
            }
        }
        for one in told {
            one.await.expect("runs").expect("tells");
        }
        assert_eq!(store.last_live(workspace).await.expect("reads"), all);
    }
}
