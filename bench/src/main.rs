//! Measures closer beside a bare handler and beside peers, and kills it under load.
//!
//! `cargo xtask bench` and `cargo xtask soak` build the product and run this. Every figure is a ratio within one run on
//! one machine: an absolute number says more about the machine than about the program.

mod asking;
mod bare;
mod bridge;
mod chat_kills;
mod consulttalk;
mod hostile;
mod livechat;
mod measure;
mod peers;
mod product;
mod reports;
mod soak;
mod storm;
mod webchat;

use std::process::ExitCode;

/// Everything that is measured, one after the other.
async fn all(args: &[&str]) -> anyhow::Result<()> {
    measure::bench(args).await?;
    let short = !args.is_empty();
    println!("\nReports");
    reports::reports(if short { &["--messages", "20000"] } else { &[] }).await?;
    println!("\nLive chat");
    livechat::livechat(args).await?;
    println!("\nConsultationTalk");
    consulttalk::run(args).await
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    // The handler that closer is compared with runs as a process of its own, as closer does.
    if let ["bare", answer] = args[..] {
        return bare::serve(answer);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let done = runtime.map_err(anyhow::Error::from).and_then(|runtime| {
        runtime.block_on(async {
            match args.split_first() {
                Some((&"soak", rest)) => soak::soak(rest).await,
                Some((&"bench", rest)) => all(rest).await,
                Some((&"turns", rest)) => measure::bench(rest).await,
                Some((&"bridge", rest)) => bridge::run(rest).await,
                Some((&"consulttalk", rest)) => consulttalk::run(rest).await,
                Some((&"traces", rest)) => {
                    let mut targets = measure::Targets::default();
                    let done = measure::traces(tempfile::tempdir()?.path(), !rest.is_empty(), &mut targets).await;
                    targets.print();
                    done
                }
                Some((&"reports", rest)) => reports::reports(rest).await,
                Some((&"livechat", rest)) => livechat::livechat(rest).await,
                _ => Err(anyhow::anyhow!(
                    "bench (soak [--short] [PART …] | bench [--short] | turns [--short] | traces [--short] | reports [--messages N] | livechat [--short] | bridge [--short] | consulttalk [--short])"
                )),
            }
        })
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}
