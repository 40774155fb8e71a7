//! `cargo xtask run`: from a clone to a bot that answers, in one command.
//!
//! The development profile: it builds in a fraction of the time of a release, and is quick enough for one person.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, bail, ensure};

use crate::{js, root, sh, web};

/// A shop, and every node that asks the world; the first is talked to.
const DEMOS: [&str; 2] = ["examples/shop.json", "examples/nodes.json"];

/// Builds, starts, shows.
pub fn run() -> anyhow::Result<()> {
    js::bundle()?;
    web::build()?;
    sh("cargo", &["build", "-p", "closer"], &[])?;
    let closer = program()?;
    let data = root().join("data");
    let bots = demo_bots(&closer, &data)?;
    let port = [8787, 8788, 8789]
        .into_iter()
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .unwrap_or(0);
    let mut server = Command::new(&closer)
        .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"])
        .arg(&data)
        .env("CLOSER_LOG", "warn")
        .stdout(Stdio::piped())
        .spawn()?;
    let listening = address(&mut server);
    let shown = listening.and_then(|address| show(&closer, &address, &bots));
    if let Err(error) = shown {
        let _ = server.kill();
        return Err(error);
    }
    // Ctrl-C reaches the server too, which ends by itself.
    let status = server.wait()?;
    ensure!(status.success(), "the server has failed");
    Ok(())
}

/// The binary, wherever Cargo's target folder is.
pub fn program() -> anyhow::Result<PathBuf> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(root())
        .output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let target = metadata["target_directory"].as_str().context("cargo metadata names no target folder")?;
    Ok(Path::new(target).join("debug").join(format!("closer{}", std::env::consts::EXE_SUFFIX)))
}

/// The ids of the demo bots; imported and published at the first start.
fn demo_bots(closer: &Path, data: &Path) -> anyhow::Result<Vec<String>> {
    let json = |args: &[&str]| -> anyhow::Result<serde_json::Value> {
        let output = Command::new(closer).args(args).arg("--data").arg(data).current_dir(root()).output()?;
        if !output.status.success() {
            bail!("closer {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr));
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    };
    let bots = json(&["bots", "--json"])?;
    DEMOS
        .iter()
        .map(|file| {
            let text = std::fs::read_to_string(root().join(file))?;
            let demo: serde_json::Value = serde_json::from_str(&text)?;
            let known =
                bots.as_array().and_then(|bots| bots.iter().find(|bot| bot["title"] == demo["title"]));
            let bot = match known {
                Some(bot) => bot.clone(),
                None => json(&["import", file, "--publish"])?,
            };
            Ok(bot["botId"].as_str().context("a bot without an id")?.to_owned())
        })
        .collect()
}

fn address(server: &mut Child) -> anyhow::Result<String> {
    let output = server.stdout.take().context("the server has no output")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let said: serde_json::Value = serde_json::from_str(&line).context("the server did not start")?;
    Ok(said["listening"].as_str().context("the server did not say where it listens")?.to_owned())
}

fn show(closer: &Path, address: &str, bots: &[String]) -> anyhow::Result<()> {
    let skill = |bot: &String| format!("http://{address}/webhook/kakao/{bot}/i/skill");
    let url = bots.first().map(skill).context("there is no demo bot")?;
    std::thread::sleep(Duration::from_millis(50));
    println!("\n안녕하세요");
    let said = Command::new(closer)
        .args(["simulate", "kakao", &url, "--say", "안녕하세요", "--user", "first"])
        .status()?;
    ensure!(said.success(), "the demo bot did not answer");
    println!("콘솔 · console\n  http://{address}\n");
    println!("스킬 URL · skill URL\n  {url}\n");
    println!(
        "다른 터미널에서 카카오톡 사용자처럼 대화하기 · talk to it as a KakaoTalk user, in another terminal\n  {} simulate kakao {url}\n",
        closer.display()
    );
    for url in bots[1..].iter().map(skill) {
        println!(
            "HTTP · 스크립트 · AI 노드 모음 · every node that asks the world (examples/nodes.json)\n  {url}\n"
        );
    }
    println!("Ctrl-C: 끝내기 · stop");
    Ok(())
}
