//! What a generated client costs those who depend on it.
//!
//! `cargo run --release -p typefoundry-bench -- build-cost`

mod alone;
mod build;
mod cargo;
mod counts;
mod floor;
mod generate;
mod measure;
mod output;
mod table;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: typefoundry-bench build-cost [--peer] [--runs N]
       typefoundry-bench counts [--most-packages N]
       typefoundry-bench whole-services --botocore FOLDER [--peers] [--only NAME]… [--runs N]
       typefoundry-bench generate-all --botocore FOLDER [--python PROGRAM]
       typefoundry-bench floor [--peers] [--only NAME]…
       typefoundry-bench call-output [--items N]

build-cost  seconds to build the generated crate alone, for each service and all of them,
            and then what `counts` prints
  --peer    also builds aws-sdk-ivsrealtime, in the same way in the same run
  --runs N  how often each build is timed; the median counts (3)
counts      lines per operation and packages per program, which need no build
  --most-packages N  fails if a program with one client has more packages than this
whole-services  seconds and memory to build crates of whole services of AWS, alone; fails at a
            warning, or at a lint turned off that is not on the list
  --botocore FOLDER  the package, or its folder of models
  --peers   also builds the AWS SDK's crates, where there is a goal to compare with
  --only NAME  this service, by botocore's name
  --runs N  how often each build is timed; the median counts (1)
generate-all  CPU seconds and memory of generating a client of each of botocore's services,
            and of Python merely loading the same models; fails at three times the seconds
  --botocore FOLDER  the package, or its folder of models
  --python PROGRAM   a Python that has botocore (python3)
floor       seconds to build a program with one client from nothing, its packages and its size,
            beside a program that is written by hand; fails beyond 1.2 times the seconds of that,
            and beyond 5.5 MB
  --peers   also builds one with the AWS SDK, which has to take 2.7 times as long
  --only NAME  this program: typefoundry, by-hand, aws-sdk
call-output  seconds and memory of `typefoundry call` for many items in pages, in each form of output
  --items N  how many items there are (100000)";

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
        ["call-output"] => output::print(&root(), 100_000),
        ["call-output", "--items", items] => match items.parse() {
            Ok(items) => output::print(&root(), items),
            Err(_) => return usage(),
        },
        ["generate-all", "--botocore", botocore] => {
            generate::print(&root(), "python3", Path::new(botocore))
        }
        ["generate-all", "--botocore", botocore, "--python", python] => {
            generate::print(&root(), python, Path::new(botocore))
        }
        ["whole-services", "--botocore", botocore, options @ ..] => {
            match whole_services(botocore, options) {
                Some(options) => alone::print(&root(), &options),
                None => return usage(),
            }
        }
        ["floor", options @ ..] => match floor_options(options) {
            Some(options) => floor::print(&root(), &options),
            None => return usage(),
        },
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

fn whole_services(botocore: &str, mut words: &[&str]) -> Option<alone::Options> {
    let (only, peers) = (Vec::new(), false);
    let mut options = alone::Options { botocore: botocore.into(), peers, only, runs: 1 };
    loop {
        words = match words {
            [] => return Some(options),
            ["--peers", rest @ ..] => {
                options.peers = true;
                rest
            }
            ["--only", name, rest @ ..] => {
                options.only.push((*name).to_owned());
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

fn floor_options(mut words: &[&str]) -> Option<floor::Options> {
    let mut options = floor::Options::default();
    loop {
        words = match words {
            [] => return Some(options),
            ["--peers", rest @ ..] => {
                options.peers = true;
                rest
            }
            ["--only", name, rest @ ..] => {
                options.only.push((*name).to_owned());
                rest
            }
            _ => return None,
        };
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
