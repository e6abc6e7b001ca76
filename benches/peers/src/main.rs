//! Codecs and calls beside those of others, in one run.
//!
//! `cargo run --release --manifest-path benches/peers/Cargo.toml -- codec`
//!
//! `call` and `before` say something only where nothing moves from core to core: put `taskset -c 1` in
//! front of the program that was built. Elsewhere the same call takes 20 to 130 µs.
//!
//! It is CPU time that is told, and of several rounds in which all take turns the median, so that
//! what else the machine does falls on all of them alike. Compare the ratios, not the times.

mod before;
mod by_hand;
mod call;
mod codec;
mod derived;
mod events;
mod load;
mod measure;
#[cfg(feature = "aws-sdk")]
mod sdk;
mod server;
mod sign;

use std::error::Error;
use std::process::ExitCode;

const USAGE: &str = "\
usage: typefoundry-peers before|codec|call|sign [--rounds N] [--only NAME]
       typefoundry-peers load [CALLS]

before a small call up to its transport, ours alone: it fails beyond 15 µs
codec  1,000 participant events from and to JSON: typefoundry, serde_json with derives, and the
       AWS SDK's client
call   a small call to a server in a process of its own: typefoundry, a client written by hand
       with reqwest, serde_json and a cached signing key, and the AWS SDK's client; user and
       system time of the calling process alone
sign   a small call with a transport that answers at once, and the signature alone
load   100,000 calls, or as many as it says, by 64 tasks of one process: none may fail, memory has to
       stay as it is, and throughput has to be 0.8 of that of the client written by hand
  --rounds N   how often each takes its turn (21)
  --only NAME  measures what has NAME in its name, for a profiler";

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What a run is asked for.
struct Options {
    rounds: usize,
    only: Option<String>,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["serve"] => server::serve(),
        ["load"] => load::run(100_000),
        ["load", calls] => match calls.parse() {
            Ok(calls) => load::run(calls),
            Err(_) => return usage(),
        },
        [what @ ("before" | "codec" | "call" | "sign"), options @ ..] => {
            match Options::read(options) {
                Some(options) => match *what {
                    "before" => before::run(&options),
                    "codec" => codec::run(&options),
                    "call" => call::run(&options),
                    _ => sign::run(&options),
                },
                None => return usage(),
            }
        }
        _ => return usage(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

impl Options {
    fn read(mut words: &[&str]) -> Option<Self> {
        let mut options = Self { rounds: 21, only: None };
        loop {
            words = match words {
                [] => return Some(options),
                ["--rounds", number, rest @ ..] => {
                    options.rounds = number.parse().ok().filter(|rounds| *rounds > 0)?;
                    rest
                }
                ["--only", name, rest @ ..] => {
                    options.only = Some((*name).to_owned());
                    rest
                }
                _ => return None,
            };
        }
    }
}

/// Waits for a future on this thread, where all of its work is done.
fn block_on<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(future)
}
