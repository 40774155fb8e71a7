//! Servers that misbehave: each ends in time, within bounds, with a name for what happened.

use std::{io::Write as _, time::Duration};

use server::guard::{Guard, GuardError, Names, Request};
use tokio::{io::AsyncWriteExt as _, time::Instant};

use crate::upstream::{PUBLIC, Upstream, get, guard, guard_with, ok, send};

const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\n";

/// Sends, with so much time, and checks that the end came then at the latest.
async fn within(guard: &Guard, upstream: &Upstream, millis: u64) -> GuardError {
    let begun = Instant::now();
    let time = Duration::from_millis(millis);
    let ended = guard.send(Request::new("GET", &upstream.at(PUBLIC, "/")), begun + time).await;
    assert!(begun.elapsed() < time + Duration::from_millis(500), "took {:?}", begun.elapsed());
    ended.expect_err("cannot succeed")
}

#[tokio::test]
async fn a_server_that_is_silent() {
    let silent = Upstream::does(PUBLIC, |stream, _| async move {
        tokio::time::sleep(Duration::from_secs(30)).await;
        drop(stream);
    })
    .await;
    let error = within(&guard(Names::System), &silent, 300).await;
    assert_eq!((error.name(), error.code()), ("TimeoutError", Some("ETIMEDOUT")));
}

#[tokio::test]
async fn a_server_that_drips() {
    let guard = guard(Names::System);
    // In the head, and in the body; each drop would start a clock that counts silence only.
    for head in [&b"HTTP/1.1 200 OK\r\nX-Slow: "[..], b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"] {
        let drips = Upstream::does(PUBLIC, move |mut stream, _| async move {
            let _ = stream.write_all(head).await;
            while stream.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        })
        .await;
        assert_eq!(within(&guard, &drips, 400).await.name(), "TimeoutError");
    }
}

#[tokio::test]
async fn a_body_without_end() {
    let endless = Upstream::does(PUBLIC, |mut stream, _| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        while stream.write_all(&[b'x'; 16 * 1024]).await.is_ok() {}
    })
    .await;
    let error = within(&guard(Names::System), &endless, 5_000).await;
    assert_eq!(error.name(), "TooLarge");
    assert!(error.to_string().contains("1048576"), "{error}");
}

#[tokio::test]
async fn a_body_that_says_it_is_too_large() {
    let large = Upstream::says(PUBLIC, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx").await;
    assert_eq!(within(&guard(Names::System), &large, 2_000).await.name(), "TooLarge");
    let fits = Upstream::says(PUBLIC, ok("12345")).await;
    let guard = guard(Names::System);
    let exactly = Request::new("GET", &fits.at(PUBLIC, "/")).max_bytes(5);
    assert_eq!(send(&guard, exactly).await.expect("fits").body.len(), 5);
    let short = Request::new("GET", &fits.at(PUBLIC, "/")).max_bytes(4);
    assert_eq!(send(&guard, short).await.expect_err("does not fit").name(), "TooLarge");
}

#[tokio::test]
async fn a_head_has_no_body_whatever_it_says() {
    let head = Upstream::says(PUBLIC, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n").await;
    let guard = guard(Names::System);
    let response = send(&guard, Request::new("HEAD", &head.at(PUBLIC, "/"))).await.expect("has no body");
    assert_eq!((response.status, response.body.len()), (200, 0));
    for status in ["204 No Content", "304 Not Modified"] {
        let empty = Upstream::says(PUBLIC, format!("HTTP/1.1 {status}\r\n\r\n")).await;
        assert_eq!(get(&guard, &empty.at(PUBLIC, "/")).await.expect("has no body").body.len(), 0, "{status}");
    }
}

/// Whoever comes without time is told so, and nobody is called.
#[tokio::test]
async fn time_that_is_up() {
    let quick = Upstream::says(PUBLIC, ok("quick")).await;
    let request = Request::new("GET", &quick.at(PUBLIC, "/"));
    let error = guard(Names::System).send(request, Instant::now()).await.expect_err("is late");
    assert_eq!((error.name(), quick.came()), ("TimeoutError", 0));
}

/// A connection that was checked is used again; no second one is made for the next call.
#[tokio::test]
async fn connections_are_kept() {
    let kept = Upstream::does(PUBLIC, |mut stream, _| async move {
        for _ in 0..3 {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
            let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut [0; 4096]).await;
        }
    })
    .await;
    let guard = guard(Names::System);
    for _ in 0..3 {
        assert_eq!(get(&guard, &kept.at(PUBLIC, "/")).await.expect("answers").body, "ok");
    }
    assert_eq!(kept.came(), 1);
}

fn gzip(piece: &[u8], times: usize) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..times {
        encoder.write_all(piece).expect("is packed");
    }
    encoder.finish().expect("is packed")
}

#[tokio::test]
async fn a_bomb_of_gzip() {
    let respond = |packed: Vec<u8>| {
        let head = format!("Content-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", packed.len());
        [HEAD, head.as_bytes(), &packed].concat()
    };
    let packed = gzip(&vec![0; 1024 * 1024], 200);
    assert!(packed.len() < 1024 * 1024, "200 MiB come as {} bytes", packed.len());
    let bomb = Upstream::says(PUBLIC, respond(packed)).await;
    let guard = guard(Names::System);
    assert_eq!(within(&guard, &bomb, 5_000).await.name(), "TooLarge");
    let good = Upstream::says(PUBLIC, respond(gzip("안녕".as_bytes(), 3))).await;
    let response = get(&guard, &good.at(PUBLIC, "/")).await.expect("is unpacked");
    assert_eq!(response.body, "안녕안녕안녕");
    let broken = Upstream::says(PUBLIC, respond(b"this is no gzip at all".to_vec())).await;
    assert_eq!(get(&guard, &broken.at(PUBLIC, "/")).await.expect_err("is broken").name(), "BadResponse");
}

#[tokio::test]
async fn heads_that_are_too_large() {
    let guard = guard(Names::System);
    let many: String = (0..2_000).map(|number| format!("x-{number}: y\r\n")).collect();
    let long = format!("x-long: {}\r\n", "y".repeat(8 * 1024 * 1024));
    for lines in [many, long] {
        let huge = Upstream::says(PUBLIC, [HEAD, lines.as_bytes(), b"\r\n"].concat()).await;
        let error = within(&guard, &huge, 5_000).await;
        assert!(["BadResponse", "ConnectionReset"].contains(&error.name()), "{error:?}");
    }
}

#[tokio::test]
async fn connections_that_break() {
    let guard = guard(Names::System);
    for part in [&b""[..], b"HTTP/1.1 2", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it"] {
        let cut = Upstream::says(PUBLIC, part).await;
        let error = within(&guard, &cut, 2_000).await;
        assert_eq!(
            (error.name(), error.code()),
            ("ConnectionReset", Some("ECONNRESET")),
            "{part:?}: {error:?}"
        );
    }
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    let cut = Upstream::says(PUBLIC, &chunked[..]).await;
    assert_eq!(within(&guard, &cut, 2_000).await.name(), "ConnectionReset");
}

#[tokio::test]
async fn what_is_not_http() {
    let guard = guard(Names::System);
    for garbage in [
        &b"SSH-2.0-OpenSSH_9.2\r\n"[..],
        b"220 mail.kr ESMTP\r\n",
        b"\x00\x01\x02\x03\xff\xfe\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"<html>hello</html>\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\nhello",
    ] {
        let odd = Upstream::says(PUBLIC, garbage).await;
        let error = within(&guard, &odd, 2_000).await;
        assert_eq!(error.name(), "BadResponse", "{}: {error:?}", String::from_utf8_lossy(garbage));
    }
    // A server that speaks first, as mail servers do: what it says is no TLS.
    let listener = tokio::net::TcpListener::bind((PUBLIC, 0)).await.expect("a port");
    let url = format!("https://{}/", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"220 mail.kr ESMTP, no TLS here\r\n").await;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    });
    assert_eq!(get(&guard, &url).await.expect_err("is not TLS").name(), "TlsError");
}

#[tokio::test]
async fn nobody_is_at_home() {
    let gone =
        tokio::net::TcpListener::bind((PUBLIC, 0)).await.expect("a port").local_addr().expect("an address");
    let error =
        get(&guard(Names::System), &format!("http://{gone}/secret?key=s3cret")).await.expect_err("is gone");
    assert_eq!((error.name(), error.code()), ("ConnectionRefused", Some("ECONNREFUSED")));
    assert!(!format!("{error} {error:?} {}", error.ko()).contains("secret"), "an error names the host only");
}

/// A slow server takes its own connections, not those of others.
#[tokio::test]
async fn a_slow_host_holds_up_nobody_else() {
    let slow = Upstream::does(PUBLIC, |stream, _| async move {
        tokio::time::sleep(Duration::from_secs(30)).await;
        drop(stream);
    })
    .await;
    let quick = Upstream::says(PUBLIC, ok("quick")).await;
    let guard = guard_with(Names::System, |options| {
        options.max_calls = 4;
        options.max_per_host = 2;
    });
    let until = Instant::now() + Duration::from_millis(600);
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let (guard, url) = (guard.clone(), slow.at(PUBLIC, "/"));
            tokio::spawn(async move { guard.send(Request::new("GET", &url), until).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let begun = Instant::now();
    assert!(get(&guard, &quick.at(PUBLIC, "/")).await.is_ok());
    assert!(begun.elapsed() < Duration::from_millis(300), "{:?}", begun.elapsed());
    let mut ends: Vec<&str> = Vec::new();
    for call in calls {
        ends.push(call.await.expect("ends").expect_err("is silent").name());
    }
    assert_eq!(ends.iter().filter(|name| **name == "TimeoutError").count(), 2, "{ends:?}");
    assert_eq!(ends.iter().filter(|name| **name == "TooManyCalls").count(), 18, "{ends:?}");
    assert_eq!(slow.came(), 2);
    // … and gives them back.
    assert!(get(&guard, &quick.at(PUBLIC, "/")).await.is_ok());
}
