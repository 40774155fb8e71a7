//! A customer of ConsultationTalk in the terminal: types, presses, sends photos, and sees what the company says when it
//! says it.

use std::io::{BufRead, Write};

use tokio::sync::mpsc;

use super::{Bubble, From, HookKind, Kind, Outcome, Relay, Unheard};
use crate::{
    lang::Lang,
    screen::{cut, framed, wrap},
};

const HELP_KO: &str = "글 = 보내기 · 번호 = 버튼 누르기 · /photo [장] · /file 파일 · /start [메타] 상담 버튼 · /bot 챗봇에서 연결
/read 읽음 · /consent 전화 이름 · /end !종료 · /leave 나가기 · /block 차단 · /expire 30일 지남
/receive 주소 · /again [개] 훅 다시 · /raw 마지막 훅과 답 · /broken 어긴 규칙 · /quit";
const HELP_EN: &str = "text = send · number = press · /photo [count] · /file FILE · /start [meta] consult button · /bot from the bot
/read · /consent PHONE NAME · /end · /leave · /block · /expire after 30 days
/receive URL · /again [count] resend hooks · /raw last hook and answer · /broken rules · /quit";

/// The lines of an input, read by a thread of their own so that bubbles can come in between.
pub fn lines(input: impl BufRead + Send + 'static) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel(16);
    std::thread::spawn(move || {
        for line in input.lines().map_while(Result::ok) {
            if sender.blocking_send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Is this customer until the lines end or `/quit`.
pub async fn talk(
    relay: &Relay,
    user: &str,
    lang: Lang,
    lines: &mut mpsc::Receiver<String>,
    output: &mut (dyn Write + Send),
) -> std::io::Result<()> {
    writeln!(output, "{}\n", lang.of(HELP_KO, HELP_EN))?;
    let mut phone = Phone { relay, user, lang, seen: 0, told: 0, taps: Vec::new(), raw: String::new() };
    let mut changes = relay.changes();
    write!(output, "> ")?;
    loop {
        output.flush()?;
        let line = tokio::select! {
            line = lines.recv() => line,
            changed = changes.changed() => {
                if changed.is_ok() && phone.news(output, "\r")? {
                    write!(output, "> ")?;
                }
                continue;
            }
        };
        let Some(line) = line else { return Ok(()) };
        if matches!(line.trim(), "/quit" | "/q") {
            return Ok(());
        }
        phone.acts(line.trim(), output).await?;
        phone.news(output, "")?;
        write!(output, "> ")?;
    }
}

struct Phone<'a> {
    relay: &'a Relay,
    user: &'a str,
    lang: Lang,
    /// The last bubble that was drawn.
    seen: u64,
    /// Broken rules that were told.
    told: u64,
    /// What can be pressed, by number.
    taps: Vec<String>,
    raw: String,
}

impl Phone<'_> {
    async fn acts(&mut self, line: &str, output: &mut (dyn Write + Send)) -> std::io::Result<()> {
        let (relay, user) = (self.relay, self.user);
        let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim();
        let outcome = match command {
            "" => return Ok(()),
            "/help" => return writeln!(output, "{}", self.lang.of(HELP_KO, HELP_EN)),
            "/raw" => return writeln!(output, "{}", self.raw),
            "/broken" => {
                for violation in relay.violations() {
                    writeln!(output, "  ✗ {violation}")?;
                }
                return Ok(());
            }
            "/receive" => {
                if relay.set_receive(rest) {
                    return Ok(());
                }
                let why = self.lang.of(
                    "웹훅 주소는 https여야 해요. http는 이 컴퓨터에서만 돼요.",
                    "A webhook's address is https; http works for this machine only.",
                );
                return writeln!(output, "  {why}");
            }
            "/again" => {
                let deliveries = relay.resend_last(rest.parse().unwrap_or(1)).await;
                Outcome { deliveries, ..Outcome::default() }
            }
            "/photo" => relay.photos(user, rest.parse().unwrap_or(1).clamp(1, 30)).await,
            "/file" => match std::fs::read(rest) {
                Ok(bytes) => {
                    let name = rest.rsplit('/').next().unwrap_or(rest);
                    relay.file(user, name, &bytes).await
                }
                Err(error) => return writeln!(output, "  {rest}: {error}"),
            },
            "/start" => relay.consult(user, rest).await,
            "/bot" => relay.from_bot(user, Vec::new()).await,
            "/read" => relay.read(user).await,
            "/consent" => {
                let (phone, name) = rest.split_once(' ').unwrap_or((rest, "라이언"));
                relay.consent(user, phone, name).await
            }
            "/end" => relay.end_word(user).await,
            "/leave" => relay.leave(user).await,
            "/block" => relay.block(user).await,
            "/expire" => relay.expire(user).await,
            _ => match line.parse::<usize>().ok().and_then(|number| self.taps.get(number.wrapping_sub(1))) {
                Some(label) => relay.press(user, &label.clone()).await,
                None => relay.write(user, line).await,
            },
        };
        self.tells(&outcome, output)
    }

    /// What became of it, in a line for each hook.
    fn tells(&mut self, outcome: &Outcome, output: &mut (dyn Write + Send)) -> std::io::Result<()> {
        if let Some(url) = &outcome.opened {
            writeln!(output, "  → {url}")?;
        }
        if let Some(why) = outcome.unheard {
            writeln!(output, "  {}", unheard(why, self.lang))?;
        }
        for delivery in &outcome.deliveries {
            let sign = if delivery.taken { "✓" } else { "✗" };
            let hook = delivery.kind.path();
            let tries = if delivery.tries > 1 { format!(" ×{}", delivery.tries) } else { String::new() };
            let ms = delivery.took.as_millis();
            writeln!(output, "  {sign} /{hook}{tries} {} {ms} ms", delivery.status)?;
            if !delivery.taken {
                writeln!(output, "    {}", cut(&delivery.body))?;
            }
            if delivery.kind == HookKind::Message || self.raw.is_empty() || outcome.deliveries.len() == 1 {
                self.raw = format!("{}\n\n{} {}", delivery.sent, delivery.status, delivery.body);
            }
        }
        Ok(())
    }

    /// Draws what is new in the room, and the rules that were broken; was there anything?
    fn news(&mut self, output: &mut (dyn Write + Send), before: &str) -> std::io::Result<bool> {
        let mut drawn = String::new();
        let room = self.relay.room(self.user);
        let seen = self.seen;
        for shown in room.iter().filter(|shown| shown.number > seen) {
            self.seen = shown.number;
            match shown.from {
                // What can be pressed begins anew with each word of the customer.
                From::Customer => self.taps.clear(),
                From::Company => draw(&shown.bubble, &mut self.taps, &mut drawn),
                From::Bot => drawn += &framed(&wrap(&format!("🤖 {}", shown.bubble.text))),
                From::Kakao => drawn += &format!("  — {} —\n", shown.bubble.text),
            }
        }
        let ever = self.relay.counts().violations;
        let fresh = (ever - self.told) as usize;
        self.told = ever;
        let violations = self.relay.violations();
        for violation in violations.iter().skip(violations.len().saturating_sub(fresh)) {
            drawn += &format!("  ✗ {violation}\n");
        }
        if drawn.is_empty() {
            return Ok(false);
        }
        write!(output, "{before}{drawn}")?;
        Ok(true)
    }
}

/// A bubble of the company. What can be pressed gets a number.
fn draw(bubble: &Bubble, taps: &mut Vec<String>, out: &mut String) {
    let mut lines = Vec::new();
    if bubble.kind == Kind::Consent {
        lines.push("[개인정보 제공 동의] /consent".to_owned());
    }
    lines.extend(wrap(&bubble.header).into_iter().map(|line| format!("■ {line}")));
    for medium in &bubble.media {
        let what = match bubble.kind {
            Kind::Video => "영상",
            Kind::Audio => "소리",
            Kind::File => "파일",
            _ => "그림",
        };
        lines.push(cut(&format!("[{what}] {} {}", medium.name, medium.url)));
    }
    lines.extend(wrap(&bubble.text));
    lines.extend(bubble.items.iter().flat_map(|(what, value)| wrap(&format!("{what}  {value}"))));
    for button in &bubble.buttons {
        taps.push(button.name.clone());
        let sign = match button.kind.as_str() {
            "WL" | "AL" | "BF" => " ↗",
            "BT" => " 🤖",
            _ => "",
        };
        lines.push(format!("[{}] {}{sign}", taps.len(), button.name));
    }
    if !lines.is_empty() {
        *out += &framed(&lines);
    }
    for card in &bubble.cards {
        draw(card, taps, out);
    }
    if !bubble.quick_replies.is_empty() {
        let chips: Vec<String> = bubble
            .quick_replies
            .iter()
            .map(|reply| {
                taps.push(reply.name.clone());
                format!("({}) {}", taps.len(), reply.name)
            })
            .collect();
        *out += &format!("  {}\n", chips.join("   "));
    }
}

fn unheard(why: Unheard, lang: Lang) -> &'static str {
    match why {
        Unheard::Blocked => lang.of(
            "회사가 이 사람을 차단해서 전해지지 않아요.",
            "The company blocked this person and hears nothing.",
        ),
        Unheard::WithBot => lang.of(
            "챗봇과 대화 중이라 전해지지 않아요. /bot으로 상담에 연결해요.",
            "The bot has the conversation; /bot hands over.",
        ),
        Unheard::ChatOff => lang.of("채팅이 꺼져 있는 채널이에요.", "The channel's chat is deactivated."),
        Unheard::NoSession => lang.of("열린 상담이 없어요.", "No session is open."),
        Unheard::NoSuchButton => lang.of("그런 버튼이 없어요.", "There is no such button."),
        Unheard::LedOut => lang.of("채팅방 밖으로 나가는 버튼이에요.", "The button leads out of the room."),
        Unheard::NotAsked => lang.of("개인정보 제공을 물은 적이 없어요.", "Nobody asked for consent."),
        Unheard::NotWanted => {
            lang.of("이 채널은 읽음 정보를 신청하지 않았어요.", "This channel did not ask for read receipts.")
        }
    }
}
