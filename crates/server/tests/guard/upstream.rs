//! A server that says exactly what a test wants, byte for byte, and counts who came.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use server::guard::{Guard, GuardError, Names, Options, Request, Response};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::Instant,
};

/// Plays the internet.
pub const PUBLIC: &str = "127.0.0.2";
/// Plays the operator's own network.
pub const PRIVATE: &str = "127.0.0.1";

/// A server.
pub struct Upstream {
    /// Where it listens.
    pub address: SocketAddr,
    came: Arc<AtomicUsize>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Upstream {
    /// A server that answers each connection's first request with these bytes and closes.
    pub async fn says(host: &str, answer: impl Into<Vec<u8>>) -> Self {
        let answer = Arc::new(answer.into());
        Self::does(host, move |mut stream, _| {
            let answer = Arc::clone(&answer);
            async move {
                let _ = stream.write_all(&answer).await;
                let _ = stream.shutdown().await;
            }
        })
        .await
    }

    /// A server that does this with each connection, once the request's head was read.
    pub async fn does<F, W>(host: &str, work: F) -> Self
    where
        F: Fn(TcpStream, String) -> W + Send + Sync + 'static,
        W: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind((host, 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let came = Arc::new(AtomicUsize::new(0));
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (count, ears, work) = (Arc::clone(&came), Arc::clone(&heard), Arc::new(work));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                let (ears, work) = (Arc::clone(&ears), Arc::clone(&work));
                tokio::spawn(async move {
                    let head = read_request(&mut stream).await;
                    ears.lock().expect("no test panics while it hears").push(head.clone());
                    work(stream, head).await;
                });
            }
        });
        Self { address, came, heard }
    }

    /// How many connections came.
    pub fn came(&self) -> usize {
        self.came.load(Ordering::SeqCst)
    }

    /// The requests that came, heads and bodies.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("no test panics while it hears").clone()
    }

    /// An address of it under this host.
    pub fn at(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.address.port())
    }
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&read).into_owned();
        if let Some(end) = text.find("\r\n\r\n") {
            let length = text.lines().find_map(|line| {
                line.to_ascii_lowercase()
                    .strip_prefix("content-length:")
                    .and_then(|rest| rest.trim().parse().ok())
            });
            if read.len() >= end + 4 + length.unwrap_or(0usize) {
                return text;
            }
        }
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return text,
            Ok(count) => read.extend_from_slice(&piece[..count]),
        }
    }
}

/// A whole response.
pub fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

/// A redirect.
pub fn moved(status: u16, to: &str) -> String {
    format!("HTTP/1.1 {status} Moved\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

/// Names with the answers of their look-ups, in turn.
pub fn names(list: &[(&str, &[&[&str]])]) -> Names {
    let address = |text: &&str| text.parse::<IpAddr>().expect("an address");
    let of =
        |answers: &[&[&str]]| answers.iter().map(|answer| answer.iter().map(address).collect()).collect();
    Names::Fixed(
        list.iter().map(|(name, answers)| ((*name).to_owned(), of(answers))).collect::<HashMap<_, _>>(),
    )
}

/// A guard for whom [`PUBLIC`] is the internet.
pub fn guard(names: Names) -> Guard {
    guard_with(names, |_| {})
}

/// The same with other bounds.
pub fn guard_with(names: Names, change: impl FnOnce(&mut Options)) -> Guard {
    let allow = vec![format!("{PUBLIC}/32").parse().expect("a range")];
    let mut options = Options { allow, names, ..Options::default() };
    change(&mut options);
    Guard::new(options).expect("is made")
}

/// Sends, with two seconds of time.
pub async fn send(guard: &Guard, request: Request) -> Result<Response, GuardError> {
    guard.send(request, Instant::now() + Duration::from_secs(2)).await
}

/// Fetches, with two seconds of time.
pub async fn get(guard: &Guard, url: &str) -> Result<Response, GuardError> {
    send(guard, Request::new("GET", url)).await
}
