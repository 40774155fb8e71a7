//! The commands as a person or a script runs them: what they print, in which language, and how they end.

use std::{
    io::{BufRead, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// An installation in a folder of its own.
struct Closer {
    folder: tempfile::TempDir,
}

impl Closer {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    fn command(&self, args: &[&str], lang: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_closer"));
        command.args(args).arg("--data").arg(self.folder.path()).current_dir(root());
        for name in [
            "CLOSER_LANG",
            "LC_ALL",
            "LC_MESSAGES",
            "CLOSER_DATA",
            "CLOSER_DATABASE",
            "CLOSER_LISTEN",
            "CLOSER_ALLOW_OUTBOUND",
            "CLOSER_SECRET_KEY",
        ] {
            command.env_remove(name);
        }
        command.env("LANG", lang);
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args, "en_US.UTF-8").output().expect("runs")
    }

    /// What a command that must succeed prints, as JSON.
    fn json(&self, args: &[&str]) -> Value {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("is JSON")
    }

    fn import(&self) -> String {
        let said = self.json(&["import", "examples/shop.json", "--publish"]);
        assert_eq!((&said["warnings"], &said["version"]), (&serde_json::json!([]), &Value::from(1)));
        let id = said["botId"].as_str().expect("an id").to_owned();
        assert!(
            said["skillUrl"].as_str().expect("an address").ends_with(&format!("/webhook/kakao/{id}/i/skill"))
        );
        id
    }
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_bot_goes_in_and_comes_out_byte_for_byte() {
    let closer = Closer::new();
    let id = closer.import();
    let file = std::fs::read(root().join("examples/shop.json")).expect("the demo bot");
    for name in [id.as_str(), "맑은마켓"] {
        let out = closer.run(&["export", name]);
        assert!(out.status.success() && out.stdout == file, "{name}");
    }
    let bots = closer.json(&["bots", "--json"]);
    assert_eq!((bots.as_array().map(Vec::len), &bots[0]["liveVersion"]), (Some(1), &Value::from(1)));
    assert_eq!(closer.json(&["publish", &id, "--json"])["version"], 2);
    let copy = closer.folder.path().join("copy.db");
    assert!(closer.run(&["backup", &copy.to_string_lossy()]).status.success() && copy.exists());
}

#[test]
fn a_bot_with_errors_is_published_only_by_force() {
    let closer = Closer::new();
    let path = closer.folder.path().join("errors.json");
    let empty = r#"{"title": "빈 말", "flows": [{"id": 1, "title": "시작", "nodes": [
        {"id": 1, "type": "entry", "next": [{"nodeId": 2}]},
        {"id": 2, "type": "flow", "data": {"flowId": 9}, "next": []}]}],
        "preference": {"entryFlowId": 1}}"#;
    std::fs::write(&path, empty).expect("writes");
    let refused = closer.run(&["import", &path.to_string_lossy(), "--publish"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stdout).contains("error ["), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--force"), "{refused:?}");
    assert_eq!(closer.json(&["bots", "--json"]), serde_json::json!([]), "none of it is left");
    let said = closer.json(&["import", &path.to_string_lossy()]);
    let id = said["botId"].as_str().expect("an id");
    let refused = closer.run(&["publish", id]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stdout).contains("error ["), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--force"), "{refused:?}");
    assert!(closer.json(&["bots", "--json"])[0]["liveVersion"].is_null());
    assert_eq!(closer.json(&["publish", id, "--force", "--json"])["version"], 1);
    let forced = closer.json(&["import", &path.to_string_lossy(), "--publish", "--force"]);
    assert_eq!(forced["version"], 1);
}

#[test]
fn what_is_wrong_is_said_in_both_languages() {
    let closer = Closer::new();
    let broken = closer.folder.path().join("broken.json");
    let file = std::fs::read_to_string(root().join("examples/shop.json")).expect("the demo bot");
    std::fs::write(&broken, file.replacen("\"nodeId\": 2", "\"nodeId\": 99", 1)).expect("is written");
    let path = broken.to_string_lossy();
    let english = closer.command(&["check", &path], "en_US.UTF-8").output().expect("runs");
    let korean = closer.command(&["check", &path], "ko_KR.UTF-8").output().expect("runs");
    assert!(!english.status.success() && !korean.status.success());
    let (english, korean) =
        (String::from_utf8_lossy(&english.stdout), String::from_utf8_lossy(&korean.stdout));
    assert!(english.contains("99") && english.contains("error"), "{english}");
    assert!(korean.contains("99") && korean.contains("오류"), "{korean}");
    let nobody = closer.run(&["export", "없는 봇"]);
    assert!(!nobody.status.success() && !nobody.stderr.is_empty() && nobody.stdout.is_empty());
    let help = Command::new(env!("CARGO_BIN_EXE_closer"))
        .arg("--help")
        .env("CLOSER_LANG", "ko")
        .output()
        .expect("runs");
    assert!(String::from_utf8_lossy(&help.stdout).contains("서버를 실행해요"));
}

#[test]
fn commands_work_while_the_server_runs() {
    let closer = Closer::new();
    let id = closer.import();
    let mut serve = closer.command(&["serve", "--listen", "127.0.0.1:0"], "en_US.UTF-8");
    serve.env("CLOSER_LOG", "error").stdout(Stdio::piped());
    let mut server = Server(serve.spawn().expect("starts"));
    let mut line = String::new();
    BufReader::new(server.0.stdout.take().expect("an output")).read_line(&mut line).expect("says where");
    let said: Value = serde_json::from_str(&line).expect("is JSON");
    let url =
        format!("http://{}/webhook/kakao/{id}/i/skill", said["listening"].as_str().expect("an address"));
    let scene = closer.folder.path().join("scene");
    std::fs::write(&scene, "> 안녕하세요\n< 맑은마켓\n> [영업시간]\n").expect("is written");
    let simulate = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_closer"));
        command
            .args(["simulate", "kakao", &url])
            .args(args)
            .env("LANG", "ko_KR.UTF-8")
            .output()
            .expect("runs")
    };
    let played = simulate(&["--script", &scene.to_string_lossy()]);
    assert!(played.status.success(), "{}", String::from_utf8_lossy(&played.stdout));
    let turns = closer.run(&["turns", &id, "--json"]);
    assert_eq!(String::from_utf8_lossy(&turns.stdout).lines().count(), 2);
    // The switch is heard by the running server.
    assert!(closer.run(&["kakao", &id, "--off"]).status.success());
    let off = simulate(&["--say", "안녕하세요"]);
    assert!(
        !String::from_utf8_lossy(&off.stdout).contains("맑은마켓"),
        "{}",
        String::from_utf8_lossy(&off.stdout)
    );
    let doctor = closer.run(&["doctor"]);
    assert!(
        String::from_utf8_lossy(&doctor.stdout).contains("맑은마켓"),
        "{}",
        String::from_utf8_lossy(&doctor.stdout)
    );
}

#[test]
fn secrets_go_in_and_do_not_come_out() {
    let closer = Closer::new();
    assert_eq!(closer.json(&["secret", "list", "--json"]), serde_json::json!([]));
    let mut set = closer
        .command(&["secret", "set", "apiKey"], "en_US.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    set.stdin.take().expect("an input").write_all(b"s3cret-value\n").expect("is taken");
    let said = set.wait_with_output().expect("ends");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let file = closer.folder.path().join("value");
    std::fs::write(&file, "s3cret-value\n").expect("is written");
    assert!(
        closer.run(&["secret", "set", "another", "--value-file", &file.to_string_lossy()]).status.success()
    );
    let list = closer.run(&["secret", "list"]);
    assert_eq!(String::from_utf8_lossy(&list.stdout), "another\napiKey\n");
    // Neither what was said nor the database has the value; the key lies beside it, for its owner alone.
    std::fs::remove_file(&file).expect("is removed");
    assert!(!String::from_utf8_lossy(&said.stdout).contains("s3cret"));
    for entry in std::fs::read_dir(closer.folder.path()).expect("the folder") {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("reads");
        assert!(!bytes.windows(6).any(|part| part == b"s3cret"));
    }
    assert!(closer.folder.path().join("secret.key").exists());
    // On the command line a value is refused: it would stand in the shell's history.
    assert!(!closer.run(&["secret", "set", "apiKey", "s3cret-value"]).status.success());
    let bad = closer
        .command(&["secret", "set", "두 단어"], "ko_KR.UTF-8")
        .stdin(Stdio::null())
        .output()
        .expect("runs");
    assert!(!bad.status.success() && String::from_utf8_lossy(&bad.stderr).contains("이름으로 쓸 수 없어요"));
    let wrong = closer
        .command(&["secret", "set", "third", "--value-file", "clippy.toml"], "en_US.UTF-8")
        .env("CLOSER_SECRET_KEY", "short")
        .output()
        .expect("runs");
    let wrong = (wrong.status.success(), String::from_utf8_lossy(&wrong.stderr).into_owned());
    assert!(!wrong.0 && wrong.1.contains("openssl rand -base64 32"), "{}", wrong.1);
    assert!(closer.run(&["secret", "remove", "apiKey"]).status.success());
    assert!(!closer.run(&["secret", "remove", "apiKey"]).status.success());
    assert_eq!(closer.json(&["secret", "list", "--json"])[0]["name"], "another");
    // The lost key is named, and what to do.
    std::fs::remove_file(closer.folder.path().join("secret.key")).expect("is removed");
    std::fs::write(&file, "x").expect("is written");
    let lost = closer.run(&["secret", "set", "b", "--value-file", &file.to_string_lossy()]);
    let lost = String::from_utf8_lossy(&lost.stderr).into_owned();
    assert!(lost.contains("secret.key") && lost.contains("CLOSER_SECRET_KEY"), "{lost}");
}

#[test]
fn services_are_connected_and_their_settings_checked() {
    let closer = Closer::new();
    let file = closer.folder.path().join("settings.json");
    let path = file.to_string_lossy();
    std::fs::write(&file, r#"{"host": "mail.kr", "port": 587, "security": "ssl", "hots": 1}"#)
        .expect("is written");
    let english = closer.run(&["connect", "smtp", "--file", &path]);
    let korean = closer.command(&["connect", "smtp", "--file", &path], "ko_KR.UTF-8").output().expect("runs");
    assert!(!english.status.success() && !korean.status.success());
    let (english, korean) =
        (String::from_utf8_lossy(&english.stderr), String::from_utf8_lossy(&korean.stderr));
    for name in ["security", "from", "hots"] {
        assert!(
            english.contains(&format!("{name}: ")) && korean.contains(&format!("{name}: ")),
            "{english}{korean}"
        );
    }
    assert!(
        korean.contains("보내는 사람 주소") && english.contains("the sender's address"),
        "{english}{korean}"
    );
    let settings = r#"{"host": "mail.kr", "port": 587, "security": "starttls", "user": "u", "password": "s3cret", "from": "a@mail.kr"}"#;
    std::fs::write(&file, settings).expect("is written");
    assert!(closer.run(&["connect", "smtp", "--file", &path]).status.success());
    assert!(closer.run(&["connect", "smtp", "second", "--file", &path]).status.success());
    let list = closer.json(&["connections", "--json"]);
    assert_eq!(
        (&list[0]["kind"], &list[0]["name"], &list[1]["name"]),
        (&"smtp".into(), &"default".into(), &"second".into())
    );
    assert_eq!(
        list[0]["about"],
        serde_json::json!({"host": "mail.kr", "port": 587, "security": "starttls", "user": "u", "from": "a@mail.kr"})
    );
    assert!(!list.to_string().contains("s3cret"));
    assert!(closer.run(&["connect", "smtp", "second", "--remove"]).status.success());
    assert_eq!(closer.json(&["connections", "--json"]).as_array().map(Vec::len), Some(1));
    for wrong in
        [&["connect", "smtp"][..], &["connect", "fax", "--remove"], &["connect", "secret", "--remove"]]
    {
        assert_eq!(closer.run(wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn ranges_are_checked_before_the_server_starts() {
    let closer = Closer::new();
    for bad in ["10.0.0.0/33", "localhost", "10.0.0", ""] {
        let refused = closer.run(&["serve", "--listen", "127.0.0.1:0", "--allow-outbound", bad]);
        assert_eq!(refused.status.code(), Some(2), "{bad}");
    }
    let mut serve = closer.command(
        &[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--allow-outbound",
            "10.1.2.0/24,fd00::/8",
            "--allow-outbound",
            "192.168.0.7",
        ],
        "en_US.UTF-8",
    );
    serve.env("CLOSER_LOG", "error").stdout(Stdio::piped());
    let mut server = Server(serve.spawn().expect("starts"));
    let mut line = String::new();
    BufReader::new(server.0.stdout.take().expect("an output")).read_line(&mut line).expect("says where");
    assert!(line.contains("listening"), "{line}");
}

#[test]
fn a_demo_is_lived_in_and_stays_at_home() {
    let closer = Closer::new();
    for (lang, sentence) in [("ko_KR.UTF-8", "이 컴퓨터에서만"), ("en_US.UTF-8", "without a password")]
    {
        let refused =
            closer.command(&["serve", "--demo", "--listen", "0.0.0.0:0"], lang).output().expect("runs");
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && said.contains(sentence), "{said}");
    }
    let mut serve = closer.command(&["serve", "--demo", "--listen", "127.0.0.1:0"], "en_US.UTF-8");
    serve.env("CLOSER_LOG", "error").stdout(Stdio::piped());
    let mut server = Server(serve.spawn().expect("starts"));
    let mut line = String::new();
    BufReader::new(server.0.stdout.take().expect("an output")).read_line(&mut line).expect("says where");
    let said: Value = serde_json::from_str(&line).expect("is JSON");
    let bots = said["demo"].as_array().expect("bots");
    assert_eq!(bots.len(), 6, "{line}");
    let bot = |at: usize| {
        bots[at]["skillUrl"].as_str().expect("an address").split('/').nth(5).expect("an id").to_owned()
    };
    let mut looks = 0;
    loop {
        let turns = closer.json(&["bots", "--json"]);
        assert_eq!(turns.as_array().map(Vec::len), Some(0), "the workspace of the owner-to-be is empty");
        let turns = closer.run(&["turns", &bot(5), "--json"]);
        let lines = String::from_utf8_lossy(&turns.stdout).lines().count();
        if lines > 6 {
            break;
        }
        looks += 1;
        assert!(looks < 300, "nobody talks to the last bot: {turns:?}");
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    assert!(
        closer.json(&["user", "list", "--json"])[0]["email"]
            .as_str()
            .is_some_and(|it| it.ends_with(".invalid"))
    );
}

#[test]
fn people_are_added_listed_and_given_links() {
    let closer = Closer::new();
    let add = |email: &str, password: &str| {
        let mut command = closer.command(&["user", "add", email, "--name", "김하나"], "ko_KR.UTF-8");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn().expect("starts");
        std::io::Write::write_all(&mut running.stdin.take().expect("an input"), password.as_bytes())
            .expect("is written");
        running.wait_with_output().expect("ends")
    };
    assert!(add("Kim@Example.com", "맑은 하늘 종이배 소풍\n").status.success());
    let weak = add("lee@example.com", "1234567890\n");
    assert!(String::from_utf8_lossy(&weak.stderr).contains("짐작하기 쉬운"), "{weak:?}");
    let again = add("kim@example.com", "맑은 하늘 종이배 소풍\n");
    assert!(String::from_utf8_lossy(&again.stderr).contains("이미 계정이 있는"), "{again:?}");
    let list = closer.json(&["user", "list", "--json"]);
    assert_eq!(
        (list.as_array().map(Vec::len), &list[0]["email"]),
        (Some(1), &Value::from("kim@example.com"))
    );
    let link = closer.run(&["user", "reset", "KIM@example.com"]);
    assert!(String::from_utf8_lossy(&link.stdout).contains("/reset/"), "{link:?}");
    assert!(!closer.run(&["user", "reset", "nobody@example.com"]).status.success());
    let document = closer.json(&["openapi"]);
    assert_eq!(document["openapi"], "3.1.0");
}

/// A dealer's relay of ConsultationTalk in the terminal: what to type into the channel's settings, and a customer whose words
/// reach the webhook.
#[test]
fn consulttalk_is_simulated() {
    let closer = Closer::new();
    let webhook = std::net::TcpListener::bind("127.0.0.1:0").expect("listens");
    let address = webhook.local_addr().expect("an address");
    let heard = std::thread::spawn(move || {
        // `/reference` and `/message`; each is answered and its connection closed.
        let mut bodies = Vec::new();
        for _ in 0..2 {
            let (mut stream, _) = webhook.accept().expect("is called");
            bodies.push(request(&mut stream));
            let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
            stream.write_all(answer.as_bytes()).expect("answers");
        }
        bodies
    });
    let args =
        ["simulate", "consulttalk", &format!("http://{address}"), "--relay", "happytalk-v1", "--port", "0"];
    let mut child = closer
        .command(&args, "ko_KR.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("runs");
    child
        .stdin
        .take()
        .expect("an input")
        .write_all("배송이 언제 오나요?\n/quit\n".as_bytes())
        .expect("types");
    let output = child.wait_with_output().expect("ends");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    for part in [
        "채널 설정에 넣을 값",
        "happytalk-v1",
        "http://127.0.0.1:",
        "client_secret",
        "✓ /reference",
        "✓ /message",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let bodies = heard.join().expect("ends well");
    assert!(
        bodies[0].starts_with("POST /reference ") && bodies[1].starts_with("POST /message "),
        "{bodies:?}"
    );
    assert!(bodies[1].contains("배송이 언제 오나요?"), "{bodies:?}");
    // Kakao calls no plain http but this machine's.
    let refused = closer.run(&["simulate", "consulttalk", "http://example.com/hook", "--port", "0"]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("https"), "{refused:?}");
}

/// A request with its whole body.
fn request(stream: &mut std::net::TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let from = head.len();
        reader.read_line(&mut head).expect("is read");
        let line = head[from..].trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(bytes) = line.strip_prefix("content-length:") {
            length = bytes.trim().parse().expect("a number");
        }
    }
    let mut body = vec![0; length];
    std::io::Read::read_exact(&mut reader, &mut body).expect("is read");
    head + &String::from_utf8_lossy(&body)
}
