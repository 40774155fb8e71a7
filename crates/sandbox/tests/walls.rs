//! What a worker process may do, seen from outside.
#![cfg(target_os = "linux")]

use std::{
    fs,
    io::Read as _,
    process::{Child, Command, Stdio},
    time::Duration,
};

use sandbox::{Call, HttpFailure, HttpRequest, HttpResponse, Options, Pool};
use serde_json::json;

const WORKER: &str = env!("CARGO_BIN_EXE_js-worker");
/// Set for the process that plays a server which is about to be killed.
const DOOMED: &str = "SANDBOX_TEST_DOOMED";

fn start() -> Child {
    let mut worker = Command::new(WORKER);
    worker
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the worker is built with the tests")
}

async fn closed(_: HttpRequest) -> Result<HttpResponse, HttpFailure> {
    Err(HttpFailure::new("ECONNREFUSED", "nobody listens"))
}

#[test]
fn it_has_given_up_its_rights_before_the_first_call() {
    let mut worker = start();
    // The frame that says "ready".
    worker.stdout.as_mut().unwrap().read_exact(&mut [0; 8]).unwrap();
    let read = |name: &str| fs::read_to_string(format!("/proc/{}/{name}", worker.id())).unwrap();
    let limits = read("limits");
    for (name, expected) in
        [("Max core file size", "0"), ("Max file size", "0"), ("Max open files", "4"), ("Max processes", "0")]
    {
        let line = limits.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        let values: Vec<&str> = line.split_whitespace().take(2).collect();
        assert_eq!(values, [expected, expected], "{name}");
    }
    let addresses = limits.lines().find_map(|line| line.strip_prefix("Max address space")).unwrap();
    let bytes: u64 = addresses.split_whitespace().next().unwrap().parse().unwrap();
    assert!(bytes < 1 << 30, "{bytes}");
    let status = read("status");
    assert!(status.contains("NoNewPrivs:\t1"), "{status}");
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let resident: u64 = resident.trim().strip_suffix(" kB").unwrap().parse().unwrap();
    assert!(resident < 24 << 10, "an idle worker holds {resident} kB");
    worker.kill().unwrap();
    worker.wait().unwrap();
}

#[test]
fn it_ends_when_its_input_ends() {
    let mut worker = start();
    drop(worker.stdin.take());
    let mut said = Vec::new();
    worker.stdout.take().unwrap().read_to_end(&mut said).unwrap();
    assert!(said.ends_with(b"\"Ready\""));
    worker.wait().unwrap();
}

#[test]
fn it_ends_when_it_hears_nonsense() {
    let mut worker = start();
    std::io::Write::write_all(worker.stdin.as_mut().unwrap(), &[0xff; 64]).unwrap();
    assert!(!worker.wait().unwrap().success());
}

#[tokio::test]
async fn a_server_that_is_killed_leaves_no_endless_loop_behind() {
    if std::env::var_os(DOOMED).is_some() {
        let mut options = Options::new(WORKER, [""; 0]);
        options.spares = 1;
        let pool = Pool::new(options);
        let call =
            Call { owner: "bot", script: "for (;;);", context: json!({}), within: Duration::from_secs(5) };
        pool.run(call, &closed).await;
        return;
    }
    let name = "a_server_that_is_killed_leaves_no_endless_loop_behind";
    let mut server = Command::new(std::env::current_exe().unwrap())
        .args([name, "--exact"])
        .env(DOOMED, "1")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut workers = Vec::new();
    let mut left = 200;
    while workers.len() != 2 || !workers.iter().any(|pid| has_computed(*pid)) {
        left -= 1;
        assert!(left > 0, "there are the workers {workers:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
        workers = children(server.id());
    }
    // The one that computes has been put last by now; the other has only stepped back.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut places: Vec<i32> = workers.iter().map(|pid| stat(*pid)[16].parse().unwrap()).collect();
    places.sort_unstable();
    let ours: i32 = stat(std::process::id())[16].parse().unwrap();
    assert_eq!(places, [(ours + 5).min(19), 19]);
    server.kill().unwrap();
    server.wait().unwrap();
    for pid in workers {
        let mut left = 100;
        while is_alive(pid) {
            left -= 1;
            assert!(left > 0, "worker {pid} goes on");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// The fields of /proc/…/stat after the name in brackets: state, parent, …
fn stat(pid: u32) -> Vec<String> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let rest = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    rest.split_whitespace().map(str::to_owned).collect()
}

fn children(parent: u32) -> Vec<u32> {
    let pids = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|pid| stat(*pid).get(1).is_some_and(|found| *found == parent.to_string())).collect()
}

/// Whether it has used a tenth of a second of processor time.
fn has_computed(pid: u32) -> bool {
    stat(pid).get(11).and_then(|ticks| ticks.parse::<u64>().ok()).is_some_and(|ticks| ticks >= 10)
}

fn is_alive(pid: u32) -> bool {
    stat(pid).first().is_some_and(|state| state != "Z")
}
