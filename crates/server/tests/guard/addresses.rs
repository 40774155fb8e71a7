//! Addresses that lie: each must be refused before a connection is made.

use std::time::Duration;

use server::guard::{GuardError, Names, Request};
use tokio::time::Instant;

use crate::upstream::{PRIVATE, PUBLIC, Upstream, get, guard, names, ok, send};

/// Ways to write an address that is not public. `{port}` is the port of a private server that must stay alone.
const TRICKS: &[&str] = &[
    // this machine, in all the ways that URL parsers and C libraries take
    "http://127.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.1:{port}/",
    "http://0x7F.0x0.0x0.0x1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://017700000001:{port}/",
    "http://0177.0x0.0.1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://127.000.000.001:{port}/",
    "http://127.127.127.127:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://0x0:{port}/",
    "http://[::1]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[0:0:0:0:0:FFFF:7F00:0001]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[::7f00:1]:{port}/",
    // the range that plays the internet is allowed as it stands, not in other clothes
    "http://[::ffff:127.0.0.2]:{port}/",
    // letters that become digits and dots
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://１２７.０.０.１:{port}/",
    "http://127。0。0。1:{port}/",
    "http://127．0．0．1:{port}/",
    "http://127｡0｡0｡1:{port}/",
    "http://%31%32%37.0.0.1:{port}/",
    "http://127%2E0%2E0%2E1:{port}/",
    "http://127.0.0.1%2f@example.com:{port}/",
    // who stands before the @ is not the host
    "http://example.com@127.0.0.1:{port}/",
    "http://example.com:80@127.0.0.1:{port}/",
    "http://user:password@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@example.com/",
    "http://127.0.0.1:{port}#@example.com/",
    "http://127.0.0.1:{port}?@example.com/",
    // white space and slashes
    "  http://127.0.0.1:{port}/  ",
    "http:\t//127.0.0.1:{port}/",
    "http://127.0.\n0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "http:/127.0.0.1:{port}/",
    "http:////127.0.0.1:{port}/",
    "http:\\\\127.0.0.1:{port}\\",
    "HTTP://127.0.0.1:{port}/",
    "HtTpS://127.0.0.1:{port}/",
    // networks of the operator
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.254/",
    "http://192.168.0.1/",
    "http://0xc0.0xa8.0.1/",
    "http://3232235521/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://192.0.0.192/",
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.43518/",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://168.63.129.16/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[fec0::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    // examples, measuring, many, all, and what is set aside
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[100::1]/",
    "http://[4000::1]/",
    // IPv4 inside IPv6: translators would dial what is inside
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:c0a8:1::1]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:0a00:0001]/",
    // a public address inside changes nothing
    "http://[64:ff9b::8.8.8.8]/",
    "http://[2002:808:808::]/",
    "http://[::ffff:8.8.8.8]/",
    // names
    "http://localhost:{port}/",
    "http://LOCALHOST:{port}/",
    "http://localhost.:{port}/",
    "http://ｌｏｃａｌｈｏｓｔ:{port}/",
    "http://private.kr:{port}/",
    "http://PRIVATE.kr:{port}/",
    "http://mixed.kr:{port}/",
    "http://mixed-the-other-way.kr:{port}/",
    "http://metadata.kr/",
    "http://mapped.kr:{port}/",
    "http://nat64.kr:{port}/",
    "http://127.0.0.1.nip.kr:{port}/",
    "http://내부.kr:{port}/",
    // other schemes
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1:{port}/_x",
    "dict://127.0.0.1:{port}/",
    "ldap://127.0.0.1/",
    "jar:http://127.0.0.1!/",
    "data:text/plain,x",
    "ws://127.0.0.1:{port}/",
    "unix:/var/run/docker.sock",
    "//127.0.0.1:{port}/",
    "127.0.0.1:{port}",
    "/etc/passwd",
    "",
    // no hosts at all
    "http://",
    "http:///",
    "http://:80/",
    "http://[127.0.0.1]/",
    "http://[::1/",
    "http://256.256.256.256/",
    "http://127.0.0.1.5/",
    "http://0x1ffffffff/",
    "http://a b/",
    "http://127.0.0.1:99999/",
];

/// What other parsers take for a private host, and ours for this one: a parser that differs from the dialler is a hole.
const NOT_THE_HOST: &[&str] = &[
    "http://example.com\\@127.0.0.1:{port}/",
    "http://example.com#@127.0.0.1:{port}/",
    "http://example.com?@127.0.0.1:{port}/",
    "http://example.com/@127.0.0.1:{port}/",
    "http://example.com/http://127.0.0.1:{port}/",
];

fn lying_names() -> Names {
    names(&[
        ("localhost", &[&[PRIVATE, "::1"]]),
        ("localhost.", &[&[PRIVATE]]),
        ("private.kr", &[&[PRIVATE]]),
        ("mixed.kr", &[&[PUBLIC, PRIVATE]]),
        ("mixed-the-other-way.kr", &[&[PRIVATE, PUBLIC]]),
        ("metadata.kr", &[&["169.254.169.254"]]),
        ("mapped.kr", &[&["::ffff:127.0.0.1"]]),
        ("nat64.kr", &[&["64:ff9b::7f00:1"]]),
        ("127.0.0.1.nip.kr", &[&[PRIVATE]]),
        ("xn--220bs6v.kr", &[&[PRIVATE]]),
        ("public.kr", &[&[PUBLIC]]),
    ])
}

#[tokio::test]
async fn no_trick_reaches_what_is_private() {
    assert!(TRICKS.len() >= 60, "the promise is sixty");
    let private = Upstream::says(PRIVATE, ok("the operator's own")).await;
    let guard = guard(lying_names());
    for trick in TRICKS {
        let url = trick.replace("{port}", &private.address.port().to_string());
        let error = get(&guard, &url).await.expect_err(&url);
        assert!(matches!(error, GuardError::Private { .. } | GuardError::BadAddress(_)), "{url}: {error:?}");
    }
    for trick in NOT_THE_HOST {
        let url = trick.replace("{port}", &private.address.port().to_string());
        let error = get(&guard, &url).await.expect_err(&url);
        assert_eq!(error, GuardError::NoHost { host: "example.com".to_owned() }, "{url}");
    }
    assert_eq!(private.came(), 0, "nobody may come");
}

#[tokio::test]
async fn a_public_name_is_reached() {
    let public = Upstream::says(PUBLIC, ok("hello")).await;
    let guard = guard(lying_names());
    for host in ["public.kr", "PUBLIC.KR", PUBLIC, "0x7f.2"] {
        let response = get(&guard, &public.at(host, "/path?q=1")).await.expect(host);
        assert_eq!((response.status, &response.body[..]), (200, &b"hello"[..]));
    }
    assert!(public.heard()[0].starts_with("GET /path?q=1 HTTP/1.1\r\n"));
}

#[tokio::test]
async fn the_words_are_those_of_the_problem() {
    let guard = guard(lying_names());
    let error = get(&guard, "http://10.0.0.1/").await.expect_err("is refused");
    assert_eq!(error.to_string(), "Cannot use private IP address 10.0.0.1 (private network)");
    assert_eq!((error.name(), error.code()), ("PrivateAddress", None));
    assert!(error.ko().contains("10.0.0.1") && error.ko().contains("--allow-outbound"), "{}", error.ko());
    let nobody = get(&guard, "http://nobody.kr/").await.expect_err("is not there");
    assert_eq!((nobody.name(), nobody.code()), ("DnsError", Some("ENOTFOUND")));
}

/// A name that answers a public address first and a private one afterwards: each connection dials what was checked
/// for it, so the private server never hears anything.
#[tokio::test]
async fn rebinding_between_two_calls_is_refused() {
    let public = Upstream::says(PUBLIC, ok("first")).await;
    let private = Upstream::does(PRIVATE, |_, _| async {}).await;
    let guard = guard(names(&[("rebind.kr", &[&[PUBLIC], &[PRIVATE]])]));
    let first = get(&guard, &public.at("rebind.kr", "/")).await.expect("is public");
    assert_eq!(&first.body[..], b"first");
    let second = get(&guard, &private.at("rebind.kr", "/")).await.expect_err("is private now");
    assert_eq!(second.name(), "PrivateAddress");
    assert_eq!(private.came(), 0);
}

/// Where a client checks with one look-up and dials with another, the second one is the attack. Here there is one.
#[tokio::test]
async fn one_call_looks_a_name_up_once() {
    let public = Upstream::says(PUBLIC, ok("one")).await;
    let answers: &[&[&str]] = &[&[PUBLIC], &[PRIVATE], &[PUBLIC], &[PRIVATE]];
    let guard = guard(names(&[("flip.kr", answers)]));
    let url = public.at("flip.kr", "/");
    assert!(get(&guard, &url).await.is_ok(), "the first answer is public, and it is the one that is dialled");
    assert_eq!(get(&guard, &url).await.expect_err("the second is private").name(), "PrivateAddress");
    assert!(get(&guard, &url).await.is_ok(), "the third is public again");
    assert_eq!(public.came(), 2);
}

/// Mail is sent by another client, which dials the addresses that it is given.
#[tokio::test]
async fn other_protocols_get_checked_addresses() {
    let guard = guard(names(&[("mail.kr", &[&[PUBLIC]]), ("inside.kr", &[&[PUBLIC, "10.0.0.7"]])]));
    let until = Instant::now() + Duration::from_secs(1);
    let found = guard.resolve("mail.kr", 587, until).await.expect("is public");
    assert_eq!(found, [format!("{PUBLIC}:587").parse().expect("an address")]);
    for bad in ["inside.kr", "127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:10.0.0.1]", "１０.0.0.1"]
    {
        let error = guard.resolve(bad, 25, until).await.expect_err(bad);
        assert_eq!(error.name(), "PrivateAddress", "{bad}");
    }
    for bad in ["", "a b", "::1", "nobody.kr"] {
        assert!(guard.resolve(bad, 25, until).await.is_err(), "{bad}");
    }
}

/// The machine's own resolver is asked where no answers are fixed; it knows this name everywhere.
#[tokio::test]
async fn the_systems_names_are_checked_too() {
    let private = Upstream::says(PRIVATE, ok("the operator's own")).await;
    let error = get(&guard(Names::System), &private.at("localhost", "/")).await.expect_err("is private");
    assert_eq!(error.name(), "PrivateAddress");
    assert_eq!(private.came(), 0);
}

#[tokio::test]
async fn headers_of_the_connection_are_ours() {
    let public = Upstream::says(PUBLIC, ok("x")).await;
    let guard = guard(Names::System);
    let request = Request::new("POST", &public.at(PUBLIC, "/"))
        .header("Host", "internal.service")
        .header("Content-Length", "3")
        .header("Transfer-Encoding", "chunked")
        .header("X-Own", "yes")
        .body("four");
    send(&guard, request).await.expect("is sent");
    let heard = public.heard()[0].to_ascii_lowercase();
    assert!(heard.contains(&format!("host: {}\r\n", public.address)), "{heard}");
    assert!(heard.contains("content-length: 4\r\n") && heard.contains("x-own: yes\r\n"), "{heard}");
    assert!(!heard.contains("internal.service") && !heard.contains("transfer-encoding"), "{heard}");
    for bad in [("x-a", "b\r\nx-evil: 1"), ("x a", "b"), ("x-a\r\nx-evil", "1")] {
        let error = send(&guard, Request::new("GET", &public.at(PUBLIC, "/")).header(bad.0, bad.1))
            .await
            .expect_err(bad.0);
        assert_eq!(error.name(), "BadHeader");
    }
    for bad in ["", "GET /x HTTP/1.1", "CONNECT"] {
        let error = send(&guard, Request::new(bad, &public.at(PUBLIC, "/"))).await.expect_err(bad);
        assert_eq!(error.name(), "BadMethod");
    }
}
