//! A chat with a bot in the terminal, as a KakaoTalk user would see it.

use std::io::{BufRead, Write};

use crate::{
    kakao::{Mode, Room, Seen, Trouble},
    lang::Lang,
    screen,
};

const HELP_KO: &str = "번호 = 버튼 누르기 · /enter 채팅방 입장 · /photo 주소 · /mode live|dev|test · /raw 요청과 응답 보기 · /quit";
const HELP_EN: &str = "number = tap · /enter open the room · /photo URL · /mode live|dev|test · /raw request and answer · /quit";

/// Chats until the input ends or `/quit`.
pub async fn chat(
    mut room: Room,
    lang: Lang,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> std::io::Result<()> {
    let help = lang.of(HELP_KO, HELP_EN);
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
            let said = lang.of(
                "상담원과 연결됐어요. 봇은 듣지 않아요. Enter를 누르면 챗봇으로 돌아가요.",
                "An agent has the conversation; the bot hears nothing. Press Enter to return to the bot.",
            );
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
    match &seen.trouble {
        None => writeln!(output, "  {} ms\n", seen.took.as_millis())?,
        Some(trouble) => writeln!(output, "{}", explain(trouble, lang))?,
    }
    Ok(taps)
}

/// Why nothing is seen, in words: one line, and one for each broken rule.
pub fn explain(trouble: &Trouble, lang: Lang) -> String {
    let line = match trouble {
        Trouble::Timeout => lang
            .of(
                "5초 안에 답이 없어서 아무것도 보이지 않아요 (1001).",
                "No answer within 5 seconds: nothing is shown (1001).",
            )
            .to_owned(),
        Trouble::Connection(why) => {
            format!(
                "{} {why}",
                lang.of("스킬 서버에 연결하지 못했어요 (1002):", "No connection to the skill server (1002):")
            )
        }
        Trouble::Status(status) => {
            format!(
                "{} {status}",
                lang.of("스킬 서버가 200이 아닌 답을 했어요:", "The skill server answered with the status")
            )
        }
        Trouble::WithAgent => lang.of("상담원과 대화 중이에요.", "An agent has the conversation.").to_owned(),
        Trouble::Violations(_) => lang
            .of(
                "말풍선 가이드를 어겨서 답 전체가 보이지 않아요:",
                "The answer breaks the bubble guide and is not shown at all:",
            )
            .to_owned(),
    };
    let mut out = format!("  {line}\n");
    if let Trouble::Violations(violations) = trouble {
        for violation in violations {
            out += &format!("  - {}\n", violation.sentence(lang));
        }
    }
    out
}
