//! `cargo xtask api`: every route of `openapi.json`, called with what schemathesis makes up, against the real program.
//!
//! It must answer no 5xx, and nothing that the document does not say: no other status, type or shape. The program runs on
//! a temporary folder with an owner and a bot; what is made up runs as that owner, into that workspace and bot, so that
//! it gets past the gate.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context as _, bail, ensure};
use serde_json::{Value, json};

use crate::{root, run, sh, web};

/// What makes the calls up, from PyPI.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";
/// Cases per operation, beside those that follow from the schema by themselves.
const EXAMPLES: &str = "25";
/// Would end the session or the bot that everything else needs, or never end.
const LEFT_OUT: [&str; 5] = ["signOut", "endSession", "deleteBot", "watchDraft", "watchWorkspace"];
/// What an answer is held to.
const CHECKS: &str =
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";

/// Runs it. Further arguments go to schemathesis (`--include-operation-id getBot`, `--seed 1`).
pub fn api(args: &[String]) -> anyhow::Result<()> {
    let schemathesis = install()?;
    web::build()?;
    // The selection with which the tests are built, so that nothing is built twice.
    sh("cargo", &["build", "--quiet", "--workspace", "--bin", "closer"], &[])?;
    let folder = std::env::temp_dir().join(format!("closer-api-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let done = serve(&run::program()?, &folder).and_then(|server| ask(&schemathesis, &server, &folder, args));
    let _ = fs::remove_dir_all(&folder);
    done
}

/// The program on a folder of its own; ended when this is dropped.
struct Server {
    child: Child,
    /// `host:port`.
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(program: &Path, folder: &Path) -> anyhow::Result<Server> {
    let mut child = Command::new(program)
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.join("data"))
        .env("CLOSER_LOG", "error")
        .stdout(Stdio::piped())
        .spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
    let said: Value = serde_json::from_str(&line).context("the server did not start")?;
    let address = said["listening"].as_str().context("the server did not say where it listens")?.to_owned();
    Ok(Server { child, address })
}

fn ask(schemathesis: &Path, server: &Server, folder: &Path, args: &[String]) -> anyhow::Result<()> {
    let owner = json!({
        "email": "owner@example.com", "password": "correct horse battery", "name": "주인",
        "workspace": "모락", "language": "ko",
    });
    let (head, me) = post(&server.address, "/api/setup", "", &owner)?;
    let cookie = head
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .and_then(|line| line.split(';').next())
        .context("setting up gave no cookie")?
        .to_owned();
    let ws = me["workspaces"][0]["id"].as_str().context("the owner has no workspace")?;
    let (_, bot) = post(
        &server.address,
        &format!("/api/workspaces/{ws}/bots"),
        &cookie,
        &json!({"template": "tutorial"}),
    )?;
    let bot = bot["id"].as_str().or(bot["bot"]["id"].as_str()).context("no bot was made")?;
    let config = folder.join("schemathesis.toml");
    fs::write(
        &config,
        format!(
            "[parameters]\n\"path.ws\" = \"{ws}\"\n\"path.bot\" = \"{bot}\"\n\"header.x-closer\" = \"1\"\n"
        ),
    )?;
    let mut command = Command::new(schemathesis);
    command.current_dir(root()).arg("--config-file").arg(&config).args(["run", "openapi.json", "--url"]);
    command.arg(format!("http://{}", server.address)).args(["--header", &format!("Cookie: {cookie}")]);
    command.args(["--checks", CHECKS, "--max-examples", EXAMPLES, "--phases", "examples,coverage,fuzzing"]);
    command.args([
        "--continue-on-failure",
        "--suppress-health-check",
        "all",
        "--generation-database",
        "none",
    ]);
    for id in LEFT_OUT {
        command.args(["--exclude-operation-id", id]);
    }
    ensure!(command.args(args).status()?.success(), "an answer was not as openapi.json says; see above");
    // Otherwise most calls only came as far as the gate.
    let left = ask_for(&server.address, "GET", "/api/me", &cookie, None)?.0;
    ensure!(
        left.starts_with("HTTP/1.1 200"),
        "the session was ended by one of the calls; leave it out: {left}"
    );
    Ok(())
}

/// Posts JSON; the head of the answer and its body.
fn post(address: &str, path: &str, cookie: &str, body: &Value) -> anyhow::Result<(String, Value)> {
    ask_for(address, "POST", path, cookie, Some(body))
}

/// The head of an answer, and its JSON.
fn ask_for(
    address: &str,
    method: &str,
    path: &str,
    cookie: &str,
    body: Option<&Value>,
) -> anyhow::Result<(String, Value)> {
    let body = body.map(ToString::to_string).unwrap_or_default();
    let mut stream = TcpStream::connect(address)?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nx-closer: 1\r\ncookie: {cookie}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, rest) = answer.split_once("\r\n\r\n").context("no answer")?;
    let status = head.split(' ').nth(1).unwrap_or_default();
    if !status.starts_with('2') {
        bail!("{method} {path}: {status} {rest}");
    }
    let start = rest.find('{').context("no JSON")?;
    let end = rest.rfind('}').context("no JSON")?;
    let json = rest.get(start..=end).context("no JSON")?;
    Ok((head.to_owned(), serde_json::from_str(json)?))
}

/// Schemathesis in a Python environment of its own, in the target folder.
fn install() -> anyhow::Result<PathBuf> {
    let folder = root().join("target/schemathesis");
    let mark = folder.join("installed");
    let program = folder.join("bin/schemathesis");
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == SCHEMATHESIS) {
        return Ok(program);
    }
    let path = folder.to_str().context("the target folder's name is not UTF-8")?;
    sh("python3", &["-m", "venv", path], &[])
        .context("schemathesis needs Python with venv (Debian: python3-venv)")?;
    let pip = folder.join("bin/pip");
    let pip = pip.to_str().context("the target folder's name is not UTF-8")?;
    sh(pip, &["install", "--quiet", "--disable-pip-version-check", SCHEMATHESIS], &[])?;
    fs::write(mark, SCHEMATHESIS)?;
    Ok(program)
}
