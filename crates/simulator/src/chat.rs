//! A chat with a bot in the terminal, as a KakaoTalk user would see it.

use std::io::{BufRead, Write};

use crate::{
    kakao::{Mode, Room, Seen, Trouble},
    screen,
};

/// The language of what is said around the chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Korean.
    Ko,
    /// English.
    En,
}

const HELP_KO: &str = "번호 = 버튼 누르기 · /enter 채팅방 입장 · /photo 주소 · /mode live|dev|test · /raw 요청과 응답 보기 · /quit";
const HELP_EN: &str = "number = tap · /enter open the room · /photo URL · /mode live|dev|test · /raw request and answer · /quit";

/// Chats until the input ends or `/quit`.
pub async fn chat(
    mut room: Room,
    lang: Lang,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> std::io::Result<()> {
    let help = if lang == Lang::Ko { HELP_KO } else { HELP_EN };
    writeln!(output, "{help}\n")?;
    let mut seen = room.enter().await;
    let mut taps = show(&seen, lang, output)?;
    loop {
        write!(output, "> ")?;
        output.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let line = line.trim();
        let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
        seen = match command {
            "" => continue,
            "/quit" | "/q" => return Ok(()),
            "/help" => {
                writeln!(output, "{help}")?;
                continue;
            }
            "/raw" => {
                writeln!(output, "{}\n\n{}", seen.request, seen.answer)?;
                continue;
            }
            "/mode" => {
                let mode = match rest {
                    "dev" => Mode::Development,
                    "test" => Mode::BotTest,
                    _ => Mode::Operating,
                };
                room.change_mode(mode);
                continue;
            }
            "/enter" => room.enter().await,
            "/photo" => room.sends_photo(rest.trim()).await,
            _ => match line.parse::<usize>().ok().and_then(|number| taps.get(number.wrapping_sub(1))) {
                Some(button) => {
                    let button = button.clone();
                    if let Some(link) = &button.link {
                        writeln!(output, "  → {link}")?;
                        continue;
                    }
                    room.taps(&button.label).await
                }
                None => room.says(line).await,
            },
        };
        taps = show(&seen, lang, output)?;
        if room.with_agent {
            let said = if lang == Lang::Ko {
                "상담원과 연결됐어요. 봇은 듣지 않아요. Enter를 누르면 챗봇으로 돌아가요."
            } else {
                "An agent has the conversation; the bot hears nothing. Press Enter to return to the bot."
            };
            writeln!(output, "  {said}")?;
            input.read_line(&mut String::new())?;
            room.leaves_agent();
        }
    }
}

/// Draws what is seen and says how long it took, or why nothing is seen.
pub fn show(seen: &Seen, lang: Lang, output: &mut dyn Write) -> std::io::Result<Vec<crate::judge::Button>> {
    let (picture, taps) = screen::draw(seen);
    write!(output, "{picture}")?;
    let ko = lang == Lang::Ko;
    match &seen.trouble {
        None => writeln!(output, "  {} ms\n", seen.took.as_millis())?,
        Some(Trouble::Timeout) => writeln!(
            output,
            "  {}\n",
            if ko {
                "5초 안에 답이 없어서 아무것도 보이지 않아요 (1001 스킬 서버 타임아웃)."
            } else {
                "No answer within 5 seconds: nothing is shown (1001)."
            }
        )?,
        Some(Trouble::Connection(why)) => writeln!(
            output,
            "  {} {why}\n",
            if ko {
                "스킬 서버에 연결하지 못했어요 (1002):"
            } else {
                "No connection to the skill server (1002):"
            }
        )?,
        Some(Trouble::Status(status)) => writeln!(
            output,
            "  {} {status}\n",
            if ko {
                "스킬 서버가 200이 아닌 답을 했어요:"
            } else {
                "The skill server answered with the status"
            }
        )?,
        Some(Trouble::WithAgent) => writeln!(
            output,
            "  {}\n",
            if ko { "상담원과 대화 중이에요." } else { "An agent has the conversation." }
        )?,
        Some(Trouble::Violations(violations)) => {
            writeln!(
                output,
                "  {}",
                if ko {
                    "말풍선 가이드를 어겨서 답 전체가 보이지 않아요:"
                } else {
                    "The answer breaks the bubble guide and is not shown at all:"
                }
            )?;
            for violation in violations {
                writeln!(output, "  - {} {}: {}", violation.rule, violation.pointer, violation.found)?;
            }
            writeln!(output)?;
        }
    }
    Ok(taps)
}
