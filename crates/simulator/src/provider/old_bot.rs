//! A server written for the closed auto-reply API (API형 스마트채팅), with the quirks that public bots of those years
//! had: it stands on the API's own document and knows no crate of ours.
//!
//! What it answers is chosen by what is said to it, see [`QUIRKS`]; anything else is echoed. [`OldBot::home`] chooses how
//! the home keyboard comes, [`OldBot::strict`] makes it refuse what the document does not name, as one validator did.

use std::{io, time::Duration};

use serde_json::{Value, json};

use super::{Heard, Provider, Said};

/// The server.
pub type OldBot = Provider<State>;

/// What it does with a word: the word, and the quirk.
pub const QUIRKS: [(&str, &str); 26] = [
    ("멈춤", "never answers"),
    ("느림", "answers after two seconds"),
    ("느린오초", "answers after five seconds"),
    ("HTML", "500 with a page of HTML"),
    ("HTML200", "200 with a page of HTML"),
    ("202", "202 Accepted with a good body"),
    ("빈답", "200 with nothing"),
    ("옮김", "301 on POST"),
    ("ok", "the word ok"),
    ("끊김", "the connection ends in the middle"),
    ("400", "400 as a validator answers"),
    ("BOM", "a BOM before the JSON, text/plain"),
    ("열여덟", "eighteen buttons"),
    ("백이십", "a hundred and twenty buttons"),
    ("사진", "a photo with raw Hangul in its address and its width as a text"),
    ("움짤", "a GIF alone"),
    ("모두", "text, photo, link and buttons"),
    ("링크", "text and a link"),
    ("링크만", "a link alone"),
    ("전화", "a tel: link"),
    ("카톡링크", "a kakaotalk: link"),
    ("긴글", "a text of 2,600 letters"),
    ("엉뚱", "photo and link beside the message instead of in it"),
    ("빈말", "a message of white space"),
    ("숫자", "numbers where texts should be, and junk beside them"),
    ("가만", "text and the keyboard of free text"),
];

/// How the home keyboard comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Home {
    /// As the document has it.
    #[default]
    Plain,
    /// 301 to the same path with a slash, as Django does.
    Slash,
    /// 301 to another host.
    Elsewhere,
    /// Round and round.
    Circle,
    /// In `keyboard`.
    Wrapped,
    /// With a BOM and junk keys.
    Junk,
    /// Free text.
    Text,
    /// `buttons` that are no list.
    Wrong,
    /// A page of HTML with 500.
    Broken,
    /// Never.
    Hangs,
}

/// What it remembers.
#[derive(Debug, Default)]
pub struct State {
    home: Home,
    strict: bool,
    knows_friends: bool,
    down: bool,
    after: Duration,
}

impl OldBot {
    /// A server that does as the document says.
    pub async fn start() -> io::Result<Self> {
        Self::start_with(State { knows_friends: true, ..State::default() }, answer).await
    }

    /// How the home keyboard comes from now on.
    pub fn home(&self, home: Home) {
        self.state().home = home;
    }

    /// Unknown fields and kinds of messages are refused with 400.
    pub fn strict(&self) {
        self.state().strict = true;
    }

    /// `/friend` and `/chat_room` were never written: 404.
    pub fn forgets_friends(&self) {
        self.state().knows_friends = false;
    }

    /// Every message is answered with 500, or no longer.
    pub fn down(&self, down: bool) {
        self.state().down = down;
    }

    /// Every answer takes so long.
    pub fn slow(&self, after: Duration) {
        self.state().after = after;
    }

    /// What was said to it, in order: kinds and contents.
    pub fn said(&self) -> Vec<(String, String)> {
        let text = |heard: &Heard, key: &str| heard.json()[key].as_str().unwrap_or_default().to_owned();
        let messages = self.heard().into_iter().filter(|heard| heard.path.ends_with("/message"));
        messages.map(|heard| (text(&heard, "type"), text(&heard, "content"))).collect()
    }
}

fn answer(state: &mut State, heard: &Heard) -> Said {
    let path = heard.path.trim_end_matches('/');
    let mut said = match (heard.method.as_str(), path.rsplit('/').next().unwrap_or_default()) {
        ("GET", "keyboard") => home(state, heard),
        ("POST", "message") => message(state, heard),
        ("POST", "friend") if state.knows_friends => {
            Said::json(200, &json!({"message": "SUCCESS", "comment": "정상 응답"}))
        }
        ("DELETE", _) if state.knows_friends => Said::text(200, "text/html", ""),
        _ => Said::text(404, "text/html", "<html><body><h1>Not Found</h1></body></html>"),
    };
    said.after = said.after.max(state.after);
    said
}

fn home(state: &State, heard: &Heard) -> Said {
    let keyboard = json!({"type": "buttons", "buttons": ["선택 1", "선택 2", "선택 3"]});
    match state.home {
        Home::Plain => Said::json(200, &keyboard),
        Home::Slash if heard.path.ends_with('/') => Said::json(200, &keyboard),
        Home::Slash => Said::text(301, "text/html", "").header("location", &format!("{}/", heard.path)),
        Home::Elsewhere => {
            Said::text(301, "text/html", "").header("location", "http://elsewhere.example/keyboard")
        }
        Home::Circle => Said::text(302, "text/html", "").header("location", &heard.path),
        Home::Wrapped => Said::json(200, &json!({"keyboard": keyboard})),
        Home::Junk => {
            let body = "\u{feff}{\"text\": true, \"type\": \"buttons\", \"buttons\": [\"선택 1\", 2, \"\", \"선택 1\", null]}\r\n";
            Said::text(200, "text/plain", body)
        }
        Home::Text => Said::json(200, &json!({"text": true, "type": "text"})),
        Home::Wrong => Said::json(200, &json!({"type": "buttons", "buttons": "선택 1,선택 2"})),
        Home::Broken => Said::text(500, "text/html", "<!DOCTYPE html><html><body>Server Error</body></html>"),
        Home::Hangs => Said::never(),
    }
}

fn message(state: &State, heard: &Heard) -> Said {
    let body = heard.json();
    let refused =
        |why: &str| Said::json(400, &json!({"statusCode": 400, "error": "Bad Request", "message": why}));
    if state.down {
        return Said::text(500, "text/html", "<html><body>Fatal error</body></html>");
    }
    if state.strict {
        let known = ["user_key", "type", "content"];
        let strange = body.as_object().is_none_or(|map| map.keys().any(|key| !known.contains(&key.as_str())));
        if strange || known.iter().any(|key| !body[*key].is_string()) {
            return refused("child is not allowed");
        }
        if !matches!(body["type"].as_str(), Some("text" | "photo")) {
            return refused("type must be one of [text, photo]");
        }
    }
    let content = body["content"].as_str().unwrap_or_default();
    let text = |text: &str| json!({"message": {"text": text}});
    let numbered = |count: usize| (1..=count).map(|n| format!("버튼 {n}")).collect::<Vec<_>>();
    let with = |text: &str, buttons: Value| json!({"message": {"text": text}, "keyboard": {"type": "buttons", "buttons": buttons}});
    let link = json!({"label": "주문페이지에서 더 자세히 보기", "url": "https://shop.example/주문?a=1 2"});
    Said::json(
        200,
        &match content {
            "멈춤" => return Said::never(),
            "느림" => {
                return Said { after: Duration::from_secs(2), ..Said::json(200, &text("느린 답")) };
            }
            "느린오초" => {
                return Said { after: Duration::from_secs(5), ..Said::json(200, &text("너무 느린 답")) };
            }
            "HTML" => return Said::text(500, "text/html", "<html><body>Internal Server Error</body></html>"),
            "HTML200" => return Said::text(200, "text/html", "<!doctype html><p>준비 중입니다"),
            "202" => return Said::json(202, &text("받았어요")),
            "빈답" => return Said::text(200, "text/html", ""),
            "옮김" => return Said::text(301, "text/html", "").header("location", "/moved/message"),
            "ok" => return Said::text(200, "text/html", "ok"),
            "끊김" => return Said { cut: true, ..Said::json(200, &text("끝까지 못 가는 답")) },
            "400" => return refused("\"content\" is not allowed to be empty"),
            "BOM" => return Said::text(200, "text/plain", &format!("\u{feff}{}", text("BOM 뒤의 답"))),
            "열여덟" => with("고르세요", json!(numbered(18))),
            "백이십" => with("고르세요", json!(numbered(120))),
            "사진" => {
                json!({"message": {"photo": {"url": "http://h.example/그림/무 당이.png", "width": "640", "height": 480}}})
            }
            "움짤" => {
                json!({"message": {"photo": {"url": "https://h.example/a.gif", "width": 720, "height": 360}}})
            }
            "모두" => json!({
                "message": {"text": "귀하의 차량이 성공적으로 등록되었습니다.",
                    "photo": {"url": "https://h.example/car.jpg", "width": 720, "height": 630},
                    "message_button": {"label": "주유 쿠폰받기", "url": "https://coupon.example/1"}},
                "keyboard": {"type": "buttons", "buttons": ["처음으로", "다시 등록하기", "취소하기"]}}),
            "링크" => json!({"message": {"text": "여기서 보세요", "message_button": link}}),
            "링크만" => json!({"message": {"message_button": link}}),
            "전화" => {
                json!({"message": {"text": "전화하세요", "message_button": {"label": "전화", "url": "tel:02-123-4567"}}})
            }
            "카톡링크" => {
                json!({"message": {"text": "채팅방으로", "message_button": {"label": "열기", "url": "kakaotalk://open"}}})
            }
            "긴글" => text(&"가나다라마바사아자차\n카타파".repeat(186)),
            "엉뚱" => {
                json!({"message": {"text": "사진은 어디에"}, "photo": {"url": "https://h.example/a.png"}, "message_button": link})
            }
            "빈말" => text(" \n "),
            "숫자" => json!({"debug": [1], "message": {"text": 42, "x": null},
                "keyboard": {"type": "buttons", "buttons": [1, true, "셋"], "y": {}}}),
            "가만" => json!({"message": {"text": "적어 주세요"}, "keyboard": {"type": "text"}}),
            other => text(&format!("{}: {other}", body["type"].as_str().unwrap_or_default())),
        },
    )
}
