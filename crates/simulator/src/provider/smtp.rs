//! A mail server (RFC 5321 with AUTH PLAIN and LOGIN), which keeps what it takes instead of delivering it.
//!
//! It speaks plain SMTP only: STARTTLS would need a certificate that a client trusts, and none is made here. So it
//! never offers STARTTLS, which is how a client that insists on it is tested: it has to hang up.

pub mod mime;

use std::{
    collections::{HashSet, VecDeque},
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

use super::locked;

/// How long a caller is kept who gets no answer.
const NEVER: Duration = Duration::from_secs(600);
/// A letter that is longer is refused.
const MAX_LETTER: usize = 4 * 1024 * 1024;

/// The server.
#[derive(Debug)]
pub struct Smtp {
    port: u16,
    desk: Arc<Desk>,
}

/// A letter that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Who sends it, as the envelope says.
    pub from: String,
    /// Who receives it, as the envelope says.
    pub to: Vec<String>,
    /// Who signed in.
    pub user: Option<String>,
    /// Headers and body.
    pub data: String,
}

/// What the server does with a connection instead of taking its letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Takes it after all; for lists.
    Usual,
    /// Answers this command (`RCPT`, `DATA`, `.` for the end of the letter, …) with this line.
    Reply(&'static str, &'static str),
    /// Says nothing, from the greeting on.
    Hang,
    /// Says each line this much later.
    Slow(Duration),
    /// Hangs up at this command.
    HangUp(&'static str),
}

#[derive(Debug, Default)]
struct Desk {
    account: Option<(String, String)>,
    letters: Mutex<Vec<Letter>>,
    next: Mutex<VecDeque<Turn>>,
    unknown: Mutex<HashSet<String>>,
    connections: Mutex<usize>,
    commands: Mutex<Vec<String>>,
}

struct Talk {
    lines: BufReader<OwnedReadHalf>,
    out: OwnedWriteHalf,
    turn: Turn,
}

impl Smtp {
    /// Listens on a free port until the runtime ends. With an account it takes letters only from who signs in.
    pub async fn start(account: Option<(&str, &str)>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let account = account.map(|(user, password)| (user.to_owned(), password.to_owned()));
        let desk = Arc::new(Desk { account, ..Desk::default() });
        let serving = Arc::clone(&desk);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let desk = Arc::clone(&serving);
                *locked(&desk.connections) += 1;
                // A caller that hangs up has nobody left to tell.
                tokio::spawn(async move { drop(serve(stream, &desk).await) });
            }
        });
        Ok(Self { port, desk })
    }

    /// Its port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What it does with the next connections, one after the other.
    pub fn answers(&self, turns: impl IntoIterator<Item = Turn>) {
        locked(&self.desk.next).extend(turns);
    }

    /// There is no such mailbox.
    pub fn has_no(&self, mailbox: &str) {
        locked(&self.desk.unknown).insert(mailbox.to_owned());
    }

    /// What it took, oldest first.
    pub fn letters(&self) -> Vec<Letter> {
        locked(&self.desk.letters).clone()
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        *locked(&self.desk.connections)
    }

    /// Every line that was sent to it outside of letters.
    pub fn commands(&self) -> Vec<String> {
        locked(&self.desk.commands).clone()
    }
}

impl Talk {
    async fn say(&mut self, line: &str) -> io::Result<()> {
        match self.turn {
            Turn::Hang => tokio::time::sleep(NEVER).await,
            Turn::Slow(pause) => tokio::time::sleep(pause).await,
            _ => {}
        }
        self.out.write_all(format!("{line}\r\n").as_bytes()).await
    }

    /// The next line without its end; `None` when the other side has hung up.
    async fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        if self.lines.read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
    }

    async fn letter(&mut self) -> io::Result<Option<String>> {
        let mut data = String::new();
        while let Some(line) = self.line().await? {
            if line == "." {
                return Ok(Some(data));
            }
            // A line that begins with a dot has had one put before it (RFC 5321 4.5.2).
            data.push_str(line.strip_prefix('.').unwrap_or(&line));
            data.push_str("\r\n");
            if data.len() > MAX_LETTER {
                return Ok(None);
            }
        }
        Ok(None)
    }
}

async fn serve(stream: TcpStream, desk: &Desk) -> io::Result<()> {
    let turn = locked(&desk.next).pop_front().unwrap_or(Turn::Usual);
    let (read, out) = stream.into_split();
    let mut talk = Talk { lines: BufReader::new(read), out, turn };
    talk.say("220 simulator.invalid ESMTP").await?;
    let mut letter = Letter { from: String::new(), to: Vec::new(), user: None, data: String::new() };
    while let Some(line) = talk.line().await? {
        locked(&desk.commands).push(line.clone());
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match &talk.turn {
            Turn::HangUp(at) if *at == verb => return Ok(()),
            Turn::Reply(at, reply) if *at == verb => {
                let reply = *reply;
                talk.say(reply).await?;
                continue;
            }
            _ => {}
        }
        let argument = line.get(verb.len()..).unwrap_or_default().trim();
        match verb.as_str() {
            "EHLO" => {
                talk.say("250-simulator.invalid").await?;
                if desk.account.is_some() {
                    talk.say("250-AUTH PLAIN LOGIN").await?;
                }
                talk.say("250-8BITMIME").await?;
                talk.say("250 SMTPUTF8").await?;
            }
            "HELO" => talk.say("250 simulator.invalid").await?,
            "AUTH" => {
                let named = sign_in(&mut talk, argument).await?;
                if named.is_some() && named == desk.account {
                    letter.user = named.map(|(user, _)| user);
                    talk.say("235 2.7.0 Authentication successful").await?;
                } else {
                    talk.say("535 5.7.8 Username and password not accepted").await?;
                }
            }
            "MAIL" if desk.account.is_some() && letter.user.is_none() => {
                talk.say("530 5.7.0 Authentication required").await?;
            }
            "MAIL" => {
                letter.from = mailbox(argument);
                letter.to.clear();
                talk.say("250 2.1.0 OK").await?;
            }
            "RCPT" => {
                let to = mailbox(argument);
                if locked(&desk.unknown).contains(&to) {
                    talk.say("550 5.1.1 The email account that you tried to reach does not exist").await?;
                } else {
                    letter.to.push(to);
                    talk.say("250 2.1.5 OK").await?;
                }
            }
            "DATA" if letter.to.is_empty() => talk.say("503 5.5.1 RCPT first").await?,
            "DATA" => {
                talk.say("354 Go ahead").await?;
                let Some(data) = talk.letter().await? else { return Ok(()) };
                if let Turn::Reply(".", reply) = talk.turn {
                    talk.say(reply).await?;
                    continue;
                }
                letter.data = data;
                locked(&desk.letters).push(letter.clone());
                talk.say("250 2.0.0 OK queued").await?;
            }
            "RSET" => talk.say("250 2.0.0 OK").await?,
            "NOOP" => talk.say("250 2.0.0 OK").await?,
            "QUIT" => {
                talk.say("221 2.0.0 Bye").await?;
                return Ok(());
            }
            _ => talk.say("502 5.5.2 Command not recognized").await?,
        }
    }
    Ok(())
}

/// Who signs in with which password.
async fn sign_in(talk: &mut Talk, argument: &str) -> io::Result<Option<(String, String)>> {
    let decode =
        |text: &str| STANDARD.decode(text.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let (way, first) = argument.split_once(' ').unwrap_or((argument, ""));
    if way.eq_ignore_ascii_case("PLAIN") {
        let first = if first.is_empty() {
            talk.say("334 ").await?;
            talk.line().await?.unwrap_or_default()
        } else {
            first.to_owned()
        };
        let plain = decode(&first).unwrap_or_default();
        let mut parts = plain.split('\0').skip(1);
        return Ok(parts.next().zip(parts.next()).map(|(user, word)| (user.to_owned(), word.to_owned())));
    }
    // LOGIN asks for both in base64: "Username:" and "Password:".
    let user = if first.is_empty() {
        talk.say("334 VXNlcm5hbWU6").await?;
        talk.line().await?.unwrap_or_default()
    } else {
        first.to_owned()
    };
    talk.say("334 UGFzc3dvcmQ6").await?;
    let word = talk.line().await?.unwrap_or_default();
    Ok(decode(&user).zip(decode(&word)))
}

/// The address between angle brackets.
fn mailbox(argument: &str) -> String {
    argument
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map_or("", |(inner, _)| inner)
        .to_owned()
}
