//! The connection guide's live checks: from what was seen of a channel to what is well, what is wrong and what to do.
//!
//! A pure function of the rows that the log keeps. The words are those of Kakao's 챗봇 관리자센터. What cannot be seen from
//! a skill server is said as such: whether a block uses the skill's data shows only when a button of an answer is pressed,
//! and a fallback block that is not connected only by its silence.

use engine::lang::Said;
use store::SeenRow;

/// Answers with buttons, none of which was pressed, before the guide doubts that they are shown.
const DOUBT_AFTER: i64 = 3;
/// How long a violation or a slow answer is remembered.
const REMEMBER_MS: i64 = 24 * 3_600_000;
/// What a transform function does to requests (spec product.md K7).
const TRANSFORMED: [&str; 9] = [
    "not-json",
    "not-an-object",
    "empty-body",
    "no-user-request",
    "user-request-type",
    "no-utterance",
    "no-user",
    "wrapped",
    "no-bot",
];
/// What went wrong on our side of a request.
const FAILED: [&str; 9] =
    ["fault", "bot-broken", "store", "late", "busy", "conflict", "state", "panic", "lost"];

/// How a check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing was seen yet that would tell.
    Waiting,
    /// Well.
    Ok,
    /// Wrong, and the detail says what to do.
    Problem,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// A stable name.
    pub id: &'static str,
    /// How it stands.
    pub state: State,
    /// Since when, where something was seen.
    pub since: Option<i64>,
    /// What is checked.
    pub title: Said,
    /// What was seen and what to do.
    pub detail: Said,
}

/// What is known besides what was seen.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// Is the channel switched on?
    pub enabled: bool,
    /// Is a version published?
    pub published: bool,
    /// Is a secret header asked for?
    pub secret: bool,
    /// Now.
    pub now_ms: i64,
}

/// All checks, in the order of the guide.
pub fn checks(seen: &[SeenRow], facts: Facts) -> Vec<Check> {
    let guide = Guide { seen, facts };
    vec![
        guide.request(),
        guide.switch(),
        guide.secret(),
        guide.fallback(),
        guide.welcome(),
        guide.others(),
        guide.skill_data(),
        guide.transform(),
        guide.deployed(),
        guide.bot_ids(),
        guide.answer_time(),
        guide.violations(),
        guide.errors(),
    ]
}

struct Guide<'a> {
    seen: &'a [SeenRow],
    facts: Facts,
}

fn check(
    id: &'static str,
    title: (&str, &str),
    state: State,
    since: Option<i64>,
    detail: (impl Into<String>, impl Into<String>),
) -> Check {
    let (ko, en) = detail;
    Check { id, state, since, title: Said::new(title.0, title.1), detail: Said::new(ko, en) }
}

impl Guide<'_> {
    fn of<'a>(&'a self, what: &'a str) -> impl Iterator<Item = &'a SeenRow> + 'a {
        self.seen.iter().filter(move |row| row.what == what)
    }

    fn sign<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a SeenRow> + 'a {
        self.of("sign").filter(move |row| row.name == name)
    }

    /// When one of these signs was last seen.
    fn last(&self, names: &[&str]) -> Option<&SeenRow> {
        self.of("sign").filter(|row| names.contains(&row.name.as_str())).max_by_key(|row| row.last_at)
    }

    fn since(&self, name: &str) -> Option<i64> {
        self.sign(name).map(|row| row.first_at).min()
    }

    fn last_accepted(&self) -> Option<i64> {
        self.sign("accepted").map(|row| row.last_at).max()
    }

    /// Rows of blocks, without the skill editor, which invents them.
    fn blocks<'a>(&'a self, what: &'a str) -> impl Iterator<Item = &'a SeenRow> + 'a {
        self.of(what).filter(|row| row.mode != "editorTest")
    }

    fn request(&self) -> Check {
        let title = ("카카오톡의 요청", "Requests of KakaoTalk");
        match (self.since("accepted"), self.last_accepted()) {
            (Some(first), Some(last)) => {
                let minutes = (self.facts.now_ms - last).max(0) / 60_000;
                let ago = if minutes == 0 { "방금".to_owned() } else { format!("{minutes}분 전") };
                let en = if minutes == 0 { "just now".to_owned() } else { format!("{minutes} min ago") };
                let detail = (format!("마지막 요청: {ago}"), format!("Last request: {en}."));
                check("request", title, State::Ok, Some(first), detail)
            }
            _ => check(
                "request",
                title,
                State::Waiting,
                None,
                (
                    "카카오톡에서 첫 요청을 기다리고 있어요. 스킬 URL을 저장하고 봇테스트에서 말을 걸어 보세요.",
                    "Waiting for the first request of KakaoTalk. Save the skill URL and say something in the bot test.",
                ),
            ),
        }
    }

    fn switch(&self) -> Check {
        let title = ("답할 준비", "Ready to answer");
        if !self.facts.enabled {
            return check(
                "ready",
                title,
                State::Problem,
                self.last(&["off"]).map(|row| row.last_at),
                (
                    "카카오톡 채널이 꺼져 있어요. 켜야 봇이 답해요.",
                    "KakaoTalk is switched off for this bot; switch it on so that it answers.",
                ),
            );
        }
        if !self.facts.published {
            return check(
                "ready",
                title,
                State::Problem,
                self.last(&["unpublished"]).map(|row| row.last_at),
                (
                    "배포한 버전이 없어요. 봇을 배포해야 라이브 URL이 답해요.",
                    "No version is published; publish the bot so that its live URL answers.",
                ),
            );
        }
        check(
            "ready",
            title,
            State::Ok,
            None,
            ("채널이 켜져 있고 배포한 버전이 있어요.", "The channel is on and a version is published."),
        )
    }

    fn secret(&self) -> Check {
        let title = ("헤더값", "Secret header");
        let refused = self.last(&["header"]).map(|row| row.last_at);
        let accepted = self.last_accepted();
        if !self.facts.secret {
            return check(
                "secret-header",
                title,
                State::Ok,
                None,
                ("헤더값을 쓰지 않아요.", "No secret header is asked for."),
            );
        }
        match (refused, accepted) {
            (Some(refused), accepted) if accepted.is_none_or(|accepted| accepted < refused) => check(
                "secret-header",
                title,
                State::Problem,
                Some(refused),
                (
                    "헤더값이 없거나 다른 요청을 거절했어요. 스킬의 ‘헤더값 입력’과 ‘테스트 헤더값 입력’에 같은 이름과 값을 넣고 저장해 주세요. 운영 채널에는 배포한 뒤에 적용돼요.",
                    "Requests without the header, or with another value, were refused. Enter the same name and value under 헤더값 입력 and 테스트 헤더값 입력 of the skill and save; the operating channel takes it after deploying (배포).",
                ),
            ),
            (_, Some(accepted)) => check(
                "secret-header",
                title,
                State::Ok,
                Some(accepted),
                ("헤더값이 맞는 요청이 오고 있어요.", "Requests come with the right header."),
            ),
            _ => check(
                "secret-header",
                title,
                State::Waiting,
                None,
                (
                    "헤더값이 들어 있는 첫 요청을 기다리고 있어요.",
                    "Waiting for the first request with the header.",
                ),
            ),
        }
    }

    fn fallback(&self) -> Check {
        let title = ("폴백 블록", "Fallback block (폴백 블록)");
        let row = self.blocks("fallback").max_by_key(|row| row.last_at);
        if let Some(row) = row {
            let since = self.blocks("fallback").map(|row| row.first_at).min();
            let detail = (
                format!("폴백 블록의 요청이 오고 있어요 ({}).", door_ko(&row.mode)),
                format!("Requests of the fallback block arrive ({}).", door_en(&row.mode)),
            );
            return check("fallback-block", title, State::Ok, since, detail);
        }
        let others: i64 = self.blocks("welcome").chain(self.blocks("other")).map(|row| row.times).sum();
        let renamed = self.blocks("other").max_by_key(|row| row.times);
        let since = self.blocks("welcome").chain(self.blocks("other")).map(|row| row.last_at).max();
        match (others, renamed) {
            (0, _) => check(
                "fallback-block",
                title,
                State::Waiting,
                None,
                (
                    "폴백 블록에 스킬을 연결하고, 아무 말이나 보내 보세요.",
                    "Connect the skill to the fallback block (폴백 블록) and say anything.",
                ),
            ),
            (1, None) => check(
                "fallback-block",
                title,
                State::Waiting,
                since,
                (
                    "웰컴 블록의 요청만 왔어요. 이제 아무 말이나 보내 보세요.",
                    "Only the welcome block has called so far. Now say anything.",
                ),
            ),
            (_, renamed) => {
                let name = renamed.map(|row| row.name.as_str()).filter(|name| !name.is_empty());
                let ko = name.map_or_else(String::new, |name| {
                    format!(" 폴백 블록의 이름을 ‘{name}’으로 바꾼 거라면 그대로 두어도 돼요.")
                });
                let en = name.map_or_else(String::new, |name| {
                    format!(" If ‘{name}’ is the fallback block under another name, all is well.")
                });
                check(
                    "fallback-block",
                    title,
                    State::Problem,
                    since,
                    (
                        format!(
                            "다른 블록의 요청은 오는데 폴백 블록의 요청이 없어요. 폴백 블록의 ‘파라미터 설정’에서 스킬을 선택하고 저장한 뒤 배포해 주세요.{ko}"
                        ),
                        format!(
                            "Other blocks call but the fallback block never did. Select the skill in 폴백 블록 › 파라미터 설정, save and deploy (배포).{en}"
                        ),
                    ),
                )
            }
        }
    }

    fn welcome(&self) -> Check {
        let title = ("웰컴 블록", "Welcome block (웰컴 블록)");
        let since = self.blocks("welcome").map(|row| row.first_at).min();
        match since {
            Some(since) => check(
                "welcome-block",
                title,
                State::Ok,
                Some(since),
                ("웰컴 블록의 요청이 왔어요.", "The welcome block has called."),
            ),
            None => check(
                "welcome-block",
                title,
                State::Waiting,
                None,
                (
                    "웰컴 블록은 계정과 채널마다 한 번만 실행돼요. 웰컴 블록을 켜고 스킬을 연결한 뒤, 처음 들어오는 계정으로 채팅방에 들어와 보세요.",
                    "Kakao runs the welcome block once per account and channel. Switch it on, connect the skill, and enter the chat room with an account that was never there.",
                ),
            ),
        }
    }

    fn others(&self) -> Check {
        let title = ("다른 블록", "Other blocks");
        let mut rows: Vec<&SeenRow> = self.blocks("other").collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.last_at));
        let Some(last) = rows.first() else {
            return if self.last_accepted().is_some() {
                check(
                    "other-blocks",
                    title,
                    State::Ok,
                    None,
                    (
                        "웰컴 블록과 폴백 블록만 이 스킬을 불러요.",
                        "Only welcome and fallback block call this skill.",
                    ),
                )
            } else {
                check(
                    "other-blocks",
                    title,
                    State::Waiting,
                    None,
                    ("요청이 오면 확인할게요.", "Checked when requests arrive."),
                )
            };
        };
        let mut names: Vec<&str> = Vec::new();
        for row in &rows {
            if !names.contains(&row.name.as_str()) && names.len() < 5 {
                names.push(&row.name);
            }
        }
        let (since, names) = (last.last_at, names.join("’, ‘"));
        check(
            "other-blocks",
            title,
            State::Problem,
            Some(since),
            (
                format!(
                    "‘{names}’ 블록에서도 이 스킬을 불러요. 스킬의 ‘기본 스킬로 설정’이 켜져 있으면 끄고, 그 블록에서 스킬을 빼 주세요. 일부러 연결했다면 그대로 두어도 대화는 이어져요."
                ),
                format!(
                    "The block ‘{names}’ calls this skill too. Switch 기본 스킬로 설정 of the skill off, or take the skill out of that block. If it is meant to call, leave it: the conversation goes on."
                ),
            ),
        )
    }

    fn skill_data(&self) -> Check {
        let title = ("스킬데이터로 사용", "Use skill data (스킬데이터로 사용)");
        let channel = |row: &&SeenRow| matches!(row.mode.as_str(), "operating" | "development" | "botTest");
        let pressed = self.sign("pressed").filter(channel).max_by_key(|row| row.last_at);
        let offered: i64 = self.sign("offered").filter(channel).map(|row| row.times).sum();
        let offered_at = self.sign("offered").filter(channel).map(|row| row.last_at).max();
        let recent = pressed.filter(|row| {
            // After many unanswered offers an old press proves nothing any more.
            offered < 10 * DOUBT_AFTER || row.last_at > self.facts.now_ms - REMEMBER_MS
        });
        match (recent, offered) {
            (Some(row), _) => check(
                "skill-data",
                title,
                State::Ok,
                Some(row.first_at),
                (
                    "답변의 버튼을 누른 요청이 왔어요. 답변이 화면에 보이고 있어요.",
                    "Somebody has pressed a button of an answer: answers are shown.",
                ),
            ),
            (None, offered) if offered >= DOUBT_AFTER => check(
                "skill-data",
                title,
                State::Problem,
                offered_at,
                (
                    format!(
                        "버튼이 있는 답변을 {offered}번 보냈지만 아무도 누르지 않았어요. 채팅방에 봇의 답변이 보이지 않는다면 블록의 봇 응답에서 ‘스킬데이터로 사용’을 선택하고 저장한 뒤 배포해 주세요. 답변이 보인다면 버튼을 한 번 눌러 확인해 주세요."
                    ),
                    format!(
                        "{offered} answers with buttons were sent and none was pressed. If the chat room does not show the bot's answers, choose 스킬데이터로 사용 in the block's answer, save and deploy (배포). If it does, press a button to make sure."
                    ),
                ),
            ),
            _ => check(
                "skill-data",
                title,
                State::Waiting,
                offered_at,
                (
                    "채팅방에서 봇의 답변에 있는 버튼을 눌러 보세요. 버튼을 누른 요청이 와야 답변이 보이는지 알 수 있어요.",
                    "Press a button of the bot's answer in the chat room: only that tells a skill server that its answers are shown.",
                ),
            ),
        }
    }

    fn transform(&self) -> Check {
        let title = ("변환함수", "Transform function (변환함수)");
        let strange = self.last(&TRANSFORMED);
        let (accepted, clean) = (self.last_accepted(), self.clean_since(strange));
        match (strange, accepted) {
            (Some(row), _) if !clean => check(
                "transform-function",
                title,
                State::Problem,
                Some(row.last_at),
                (
                    format!(
                        "모양이 다른 요청이 왔어요. {} 스킬에 변환함수가 설정되어 있다면 빼고 저장한 뒤 배포해 주세요.",
                        row.detail
                    ),
                    format!(
                        "A request of another shape has come ({}). If a transform function (변환함수) is set on the skill, remove it, save and deploy (배포).",
                        row.name
                    ),
                ),
            ),
            (_, Some(accepted)) => check(
                "transform-function",
                title,
                State::Ok,
                Some(accepted),
                ("요청이 카카오가 보낸 그대로 와요.", "Requests arrive as Kakao sends them."),
            ),
            _ => check(
                "transform-function",
                title,
                State::Waiting,
                None,
                ("요청이 오면 확인할게요.", "Checked when requests arrive."),
            ),
        }
    }

    /// Was a whole conversation request seen after the last strange one?
    fn clean_since(&self, strange: Option<&SeenRow>) -> bool {
        let Some(strange) = strange else { return true };
        let blocks = self.blocks("fallback").chain(self.blocks("welcome")).chain(self.blocks("other"));
        blocks.map(|row| row.last_at).max().is_some_and(|last| last > strange.last_at)
    }

    fn deployed(&self) -> Check {
        let title = ("운영 채널", "Operating channel (운영 채널)");
        let of = |mode: &'static str| {
            self.sign("accepted").filter(move |row| row.mode == mode && (mode != "operating" || !row.draft))
        };
        if let Some(since) = of("operating").map(|row| row.first_at).min() {
            return check(
                "deployed",
                title,
                State::Ok,
                Some(since),
                (
                    "운영 채널의 고객에게서 요청이 왔어요.",
                    "Requests of customers in the operating channel have come.",
                ),
            );
        }
        let draft = self.sign("accepted").find(|row| row.mode == "operating" && row.draft);
        if let Some(row) = draft {
            return check(
                "deployed",
                title,
                State::Problem,
                Some(row.last_at),
                (
                    "운영 채널이 초안 URL을 부르고 있어요. 스킬의 ‘URL’ 칸에는 라이브 URL을, ‘테스트 URL’ 칸에 초안 URL을 넣어 주세요.",
                    "The operating channel calls the draft's URL. Put the live URL into URL and the draft's into 테스트 URL.",
                ),
            );
        }
        let development = of("development").map(|row| row.last_at).max();
        let tests = of("botTest").chain(of("editorTest")).map(|row| row.last_at).max();
        match (development, tests) {
            (Some(at), _) => check(
                "deployed",
                title,
                State::Problem,
                Some(at),
                (
                    "개발 채널의 요청만 왔어요. 봇을 운영 채널에 연결하고 ‘배포’를 눌러 주세요.",
                    "Only the development channel (개발 채널) has called. Connect the operating channel and press 배포 (deploy).",
                ),
            ),
            (None, Some(at)) => check(
                "deployed",
                title,
                State::Problem,
                Some(at),
                (
                    "봇테스트의 요청만 왔어요. 스킬과 블록을 저장하고 ‘배포’를 누른 뒤, 카카오톡 채팅방에서 말을 걸어 보세요.",
                    "Only the bot test (봇테스트) has called. Save skill and blocks, press 배포 (deploy), and talk to the channel in KakaoTalk.",
                ),
            ),
            _ => check(
                "deployed",
                title,
                State::Waiting,
                None,
                (
                    "배포한 뒤 카카오톡 채팅방에서 말을 걸어 보세요.",
                    "Deploy (배포) and talk to the channel in KakaoTalk.",
                ),
            ),
        }
    }

    fn bot_ids(&self) -> Check {
        let title = ("카카오 봇", "Bot at Kakao");
        let week = self.facts.now_ms - 7 * REMEMBER_MS;
        let mut ids: Vec<&SeenRow> = Vec::new();
        for row in self.blocks("bot").filter(|row| row.last_at > week) {
            if ids.iter().all(|known| known.name != row.name) {
                ids.push(row);
            }
        }
        match ids[..] {
            [] => check(
                "bot-id",
                title,
                State::Waiting,
                None,
                ("요청이 오면 확인할게요.", "Checked when requests arrive."),
            ),
            [row] => check(
                "bot-id",
                title,
                State::Ok,
                Some(row.first_at),
                (format!("봇 ID {}", row.name), format!("Bot id {}", row.name)),
            ),
            _ => {
                let names = ids.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join(", ");
                check(
                    "bot-id",
                    title,
                    State::Problem,
                    ids.iter().map(|row| row.first_at).max(),
                    (
                        format!(
                            "카카오 봇 {}개가 이 주소를 쓰고 있어요: {names}. 봇마다 다른 챗봇을 만들어 연결하는 것이 좋아요.",
                            ids.len()
                        ),
                        format!(
                            "{} bots at Kakao call this address: {names}. Better make a bot here for each.",
                            ids.len()
                        ),
                    ),
                )
            }
        }
    }

    fn answer_time(&self) -> Check {
        let title = ("응답 시간", "Answer time");
        let day = self.facts.now_ms - REMEMBER_MS;
        let last = self.sign("accepted").max_by_key(|row| row.last_at);
        let slow = self.sign("slow").chain(self.sign("late")).max_by_key(|row| row.last_at);
        match (last, slow.filter(|row| row.last_at > day)) {
            (_, Some(slow)) => check(
                "answer-time",
                title,
                State::Problem,
                Some(slow.last_at),
                (
                    format!(
                        "{}초 걸린 답변이 있어요. 카카오는 5초까지만 기다려요. HTTP 요청과 스크립트 노드를 확인하고, 오래 걸리는 블록에는 콜백을 켜 주세요.",
                        seconds(slow.slowest_us)
                    ),
                    format!(
                        "An answer took {} s; Kakao waits 5. Look at HTTP and script nodes, and switch callbacks on for blocks that need longer.",
                        seconds(slow.slowest_us)
                    ),
                ),
            ),
            (Some(last), None) => check(
                "answer-time",
                title,
                State::Ok,
                Some(last.last_at),
                (
                    format!("마지막 답변은 {}초 걸렸어요.", seconds(last.took_us)),
                    format!("The last answer took {} s.", seconds(last.took_us)),
                ),
            ),
            (None, None) => check(
                "answer-time",
                title,
                State::Waiting,
                None,
                ("요청이 오면 확인할게요.", "Checked when requests arrive."),
            ),
        }
    }

    fn violations(&self) -> Check {
        let title = ("말풍선 가이드", "Bubble rules");
        let day = self.facts.now_ms - REMEMBER_MS;
        match self.last(&["cut", "callback"]).filter(|row| row.last_at > day) {
            Some(row) if row.name == "callback" && !row.detail.is_empty() => check(
                "violations",
                title,
                State::Problem,
                Some(row.last_at),
                (
                    format!("카카오가 콜백 답변을 받지 않았어요. {}", row.detail),
                    format!("Kakao refused a late answer. {}", row.detail),
                ),
            ),
            Some(row) if row.name == "cut" => check(
                "violations",
                title,
                State::Problem,
                Some(row.last_at),
                (
                    format!("카카오톡 한도에 맞추느라 답변의 일부를 줄이거나 뺐어요 ({}).", row.detail),
                    format!(
                        "Parts of an answer were cut or left out for KakaoTalk's limits ({}).",
                        row.detail
                    ),
                ),
            ),
            _ if self.last_accepted().is_some() => check(
                "violations",
                title,
                State::Ok,
                self.last_accepted(),
                ("잘리거나 빠진 말풍선이 없어요.", "No bubble was cut or left out."),
            ),
            _ => check(
                "violations",
                title,
                State::Waiting,
                None,
                ("요청이 오면 확인할게요.", "Checked when requests arrive."),
            ),
        }
    }

    fn errors(&self) -> Check {
        let title = ("오류", "Errors");
        let day = self.facts.now_ms - REMEMBER_MS;
        match (self.last(&FAILED).filter(|row| row.last_at > day), self.last_accepted()) {
            (Some(row), _) => check(
                "errors",
                title,
                State::Problem,
                Some(row.last_at),
                (
                    format!("최근 하루 사이에 오류로 끝난 답변이 있어요. {}", row.detail),
                    format!("An answer of the last day ended with an error. {}", row.detail),
                ),
            ),
            (None, Some(accepted)) => check(
                "errors",
                title,
                State::Ok,
                Some(accepted),
                ("최근 하루 동안 오류가 없어요.", "No errors in the last day."),
            ),
            (None, None) => check(
                "errors",
                title,
                State::Waiting,
                None,
                ("요청이 오면 확인할게요.", "Checked when requests arrive."),
            ),
        }
    }
}

fn seconds(us: i64) -> String {
    format!("{:.1}", us as f64 / 1_000_000.0)
}

fn door_ko(mode: &str) -> &'static str {
    match mode {
        "operating" => "운영 채널",
        "development" => "개발 채널",
        "botTest" => "봇테스트",
        _ => "알 수 없음",
    }
}

fn door_en(mode: &str) -> &'static str {
    match mode {
        "operating" => "operating channel",
        "development" => "development channel",
        "botTest" => "bot test",
        _ => "unknown",
    }
}

#[cfg(test)]
mod tests;
