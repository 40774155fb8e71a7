//! Redirects: each one is a new call, to be judged as the first.

use server::guard::Request;

use crate::upstream::{PRIVATE, PUBLIC, Upstream, get, guard, moved, names, ok, send};

/// Where redirects lead that must not be followed.
const TARGETS: &[&str] = &[
    "http://127.0.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f.1:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "//127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://private.kr:{port}/",
    "https://private.kr:{port}/",
    "http://public.kr@127.0.0.1:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://[64:ff9b::10.0.0.1]/",
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1:{port}/_x",
    "javascript:alert(1)",
    "http://",
    "\\\\127.0.0.1:{port}\\",
    "http://user:password@public.kr/",
];

#[tokio::test]
async fn none_leads_to_what_is_private() {
    let private = Upstream::says(PRIVATE, ok("the operator's own")).await;
    let guard = guard(names(&[
        ("localhost", &[&[PRIVATE]]),
        ("private.kr", &[&[PRIVATE]]),
        ("public.kr", &[&[PUBLIC]]),
    ]));
    for target in TARGETS {
        for status in [301, 302, 303, 307, 308] {
            let to = target.replace("{port}", &private.address.port().to_string());
            let public = Upstream::says(PUBLIC, moved(status, &to)).await;
            let error = get(&guard, &public.at("public.kr", "/")).await.expect_err(&to);
            assert!(["PrivateAddress", "BadAddress"].contains(&error.name()), "{status} {to}: {error:?}");
            assert_eq!(public.came(), 1, "{to}");
        }
    }
    assert_eq!(private.came(), 0, "nobody may come");
}

/// The name was public for the first request and is private for the one that it redirects to.
#[tokio::test]
async fn a_name_that_changes_on_the_way_is_refused() {
    let private = Upstream::says(PRIVATE, ok("the operator's own")).await;
    let public = Upstream::says(PUBLIC, moved(302, &private.at("rebind.kr", "/"))).await;
    let guard = guard(names(&[("rebind.kr", &[&[PUBLIC], &[PRIVATE]])]));
    assert_eq!(get(&guard, &public.at("rebind.kr", "/")).await.expect_err("turns").name(), "PrivateAddress");
    assert_eq!((public.came(), private.came()), (1, 0));
}

#[tokio::test]
async fn they_are_followed_and_the_end_is_named() {
    let end = Upstream::says(PUBLIC, ok("the end")).await;
    let start = Upstream::says(PUBLIC, moved(307, &end.at(PUBLIC, "/end?x=1"))).await;
    let guard = guard(names(&[]));
    let request = Request::new("POST", &start.at(PUBLIC, "/"))
        .header("Authorization", "Bearer s3cret")
        .header("Cookie", "session=s3cret")
        .header("X-Api-Key", "s3cret")
        .header("Accept", "text/plain")
        .body("the body");
    let response = send(&guard, request).await.expect("arrives");
    assert_eq!((&response.body[..], response.url), (&b"the end"[..], end.at(PUBLIC, "/end?x=1")));
    let heard = end.heard();
    assert!(heard[0].starts_with("POST /end?x=1 ") && heard[0].ends_with("the body"), "{}", heard[0]);
    assert!(heard[0].contains("text/plain") && !heard[0].contains("s3cret"), "{}", heard[0]);
    assert!(start.heard()[0].matches("s3cret").count() == 3);
}

#[tokio::test]
async fn there_are_only_so_many() {
    let guard = guard(names(&[]));
    let circle = Upstream::says(PUBLIC, moved(302, "/again")).await;
    let request = Request::new("GET", &circle.at(PUBLIC, "/")).max_redirects(3);
    let error = send(&guard, request).await.expect_err("never ends");
    assert_eq!((error.name(), error.to_string().as_str()), ("TooManyRedirects", "More than 3 redirects"));
    assert_eq!(circle.came(), 4);
    let shown =
        send(&guard, Request::new("GET", &circle.at(PUBLIC, "/")).max_redirects(0)).await.expect("is shown");
    assert_eq!((shown.status, shown.header("location")), (302, Some("/again")));
    let nowhere = Upstream::says(PUBLIC, "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n").await;
    assert_eq!(get(&guard, &nowhere.at(PUBLIC, "/")).await.expect("leads nowhere").status, 302);
}
