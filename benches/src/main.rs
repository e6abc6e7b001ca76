//! What a generated client costs those who depend on it.
//!
//! `cargo run --release -p typefoundry-bench -- build-cost`

mod build;
mod cargo;
mod counts;
mod generate;
mod table;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: typefoundry-bench build-cost [--peer] [--runs N]
       typefoundry-bench counts [--most-packages N]
       typefoundry-bench generate-all --botocore FOLDER [--python PROGRAM]

build-cost  seconds to build the generated crate alone, for each service and all of them,
            and then what `counts` prints
  --peer    also builds aws-sdk-ivsrealtime, in the same way in the same run
  --runs N  how often each build is timed; the median counts (3)
counts      lines per operation and packages per program, which need no build
  --most-packages N  fails if a program with one client has more packages than this
generate-all  CPU seconds and memory of generating a client of each of botocore's services,
            and of Python merely loading the same models; fails at three times the seconds
  --botocore FOLDER  the package, or its folder of models
  --python PROGRAM   a Python that has botocore (python3)";

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["counts"] => counts::print(&root(), None),
        ["counts", "--most-packages", most] => match most.parse() {
            Ok(most) => counts::print(&root(), Some(most)),
            Err(_) => return usage(),
        },
        ["generate-all", "--botocore", botocore] => {
            generate::print(&root(), "python3", Path::new(botocore))
        }
        ["generate-all", "--botocore", botocore, "--python", python] => {
            generate::print(&root(), python, Path::new(botocore))
        }
        ["build-cost", options @ ..] => match Options::read(options) {
            Some(options) => build_cost(&options),
            None => return usage(),
        },
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

struct Options {
    peer: bool,
    runs: usize,
}

impl Options {
    fn read(mut words: &[&str]) -> Option<Self> {
        let mut options = Self { peer: false, runs: 3 };
        loop {
            words = match words {
                [] => return Some(options),
                ["--peer", rest @ ..] => {
                    options.peer = true;
                    rest
                }
                ["--runs", number, rest @ ..] => {
                    options.runs = number.parse().ok().filter(|runs| *runs > 0)?;
                    rest
                }
                _ => return None,
            };
        }
    }
}

fn build_cost(options: &Options) -> Result<()> {
    let root = root();
    build::print(&root, options.runs, options.peer)?;
    counts::print(&root, None)?;
    if options.peer {
        counts::print_peer(&root)?;
    }
    Ok(())
}

/// The workspace.
fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}
