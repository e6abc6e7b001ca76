//! The command line of Typefoundry.

mod call;
mod commands;
mod complete;
mod exit;
mod output;
mod prompt;
mod specs;
mod table;
mod terminal;

use clap::{Arg, ArgAction, Command};
use exit::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(code) => ExitCode::from(code),
        Err(failure) => failure.report(),
    }
}

fn run() -> Result<u8, Failure> {
    if let Some(words) = words_of_call() {
        return call::run(words);
    }
    let matches = match command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return exit::usage(&error),
    };
    match matches.subcommand() {
        Some(("generate", arguments)) => commands::generate::run(arguments),
        Some(("check", arguments)) => commands::check::run(arguments),
        Some(("import", arguments)) => commands::import::run(arguments),
        Some(("explain", arguments)) => commands::explain::run(arguments),
        Some(("mock", arguments)) => commands::mock::run(arguments),
        Some(("complete", arguments)) => complete::run(arguments, &command()),
        Some(("trail", arguments)) => commands::trail::run(arguments),
        Some(("call", arguments)) => {
            let words = arguments.get_many::<String>("words").unwrap_or_default();
            call::run(words.cloned().collect())
        }
        _ => Ok(0),
    }
}

/// The words behind `call`. They are passed on as they are, so that a call, which is over in
/// milliseconds, does without the other commands; what cannot be passed on is left for those to say.
fn words_of_call() -> Option<Vec<String>> {
    let mut words = std::env::args_os().skip(1);
    if words.next()? != "call" {
        return None;
    }
    let words: Option<Vec<String>> = words.map(|word| word.into_string().ok()).collect();
    words.filter(|words| !words.iter().any(|word| word == "--"))
}

fn command() -> Command {
    let files = |help: &'static str| {
        Arg::new("files").value_name("FILE").num_args(1..).required(true).help(help)
    };
    Command::new("typefoundry")
        .about("Casts API specs into Rust clients, and calls what they describe")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .after_help(exit::HELP)
        .subcommand(
            Command::new("generate")
                .about(
                    "Makes the client crate of the specs that typefoundry.toml lists, or of the \
                     spec or model that is given",
                )
                .arg(flag("check", "Write nothing; fail if a file is out of date"))
                .arg(flag("timings", "Show how long each stage took"))
                .arg(
                    Arg::new("config")
                        .long("config")
                        .value_name("FILE")
                        .default_value("typefoundry.toml")
                        .help("The list of specs"),
                )
                .args(alone()),
        )
        .subcommand(
            Command::new("check")
                .about("Checks specs, and shows every mistake at its line")
                .arg(files("Specs, botocore or Smithy models, or folders of them")),
        )
        .subcommand(import())
        .subcommand(commands::explain::command())
        .subcommand(
            Command::new("call")
                .about("Calls an operation: call PROVIDER SERVICE OPERATION, or call --spec FILE OPERATION")
                .disable_help_flag(true)
                .arg(
                    Arg::new("words")
                        .num_args(0..)
                        .trailing_var_arg(true)
                        .allow_hyphen_values(true)
                        .help("The operation and its options; `--help` behind it lists them"),
                ),
        )
        .subcommand(commands::mock::command())
        .subcommand(complete::command())
        .subcommand(
            Command::new("trail")
                .about("Shows CloudTrail log files, plain or gzipped")
                .arg(files("The log files"))
                .arg(
                    Arg::new("output")
                        .long("output")
                        .value_name("FORM")
                        .value_parser(["table", "json"])
                        .default_value("table")
                        .help("The form to show them in"),
                ),
        )
}

fn import() -> Command {
    Command::new("import")
                .about("Makes a spec of a botocore or Smithy model, and names what a spec cannot say yet")
                .arg(
                    Arg::new("path")
                        .value_name("PATH")
                        .required_unless_present("all")
                        .conflicts_with("all")
                        .help("A Smithy model in JSON, a service-2.json, either gzipped or not, or the folder of a service"),
                )
                .arg(
                    Arg::new("docs")
                        .long("docs")
                        .value_name("FORM")
                        .value_parser(["none", "markdown"])
                        .default_value("none")
                        .conflicts_with("all")
                        .help("What becomes of the model's documentation"),
                )
                .arg(flag("all", "Import all that typefoundry.toml lists, from the sources given"))
                .arg(
                    Arg::new("source")
                        .long("source")
                        .value_name("NAME[@VERSION]=FOLDER")
                        .action(ArgAction::Append)
                        .requires("all")
                        .help("Where a source of typefoundry.toml lies; once for each"),
                )
                .arg(
                    flag("update", "Take models that differ from those that are pinned")
                        .requires("all"),
                )
                .arg(
                    Arg::new("config")
                        .long("config")
                        .value_name("FILE")
                        .default_value("typefoundry.toml")
                        .help("With --all: the list of imports"),
                )
                .arg(
                    Arg::new("out")
                        .long("out")
                        .value_name("FILE")
                        .conflicts_with("all")
                        .help("The spec to write; without it, the spec is printed"),
                )
                .arg(
                    Arg::new("out-dir")
                        .long("out-dir")
                        .value_name("DIR")
                        .conflicts_with_all(["all", "out"])
                        .help("The folder to write PROVIDER/SERVICE.json in, for each service of a folder of models"),
                )
                .arg(
                    flag("install", "The same in your folder of specs, where `call` finds them; with documentation, unless --docs says otherwise")
                        .conflicts_with_all(["all", "out", "out-dir"]),
                )
}

/// What makes a crate of one spec, or one each of a folder of models.
fn alone() -> Vec<Arg> {
    let option = |name: &'static str, value: &'static str| {
        let option = Arg::new(name).long(name).value_name(value);
        if name == "spec" { option } else { option.requires("spec") }
    };
    vec![
        option("spec", "PATH").requires("out").conflicts_with("config").help(
            "A spec, a botocore or Smithy model, or a folder of models, in the place of a list",
        ),
        option("out", "DIR").help("The folder of the crate; of several models, one with theirs"),
        option("operations", "A,B")
            .value_delimiter(',')
            .help("The operations to generate; all without it"),
        option("crate-name", "NAME").help("The crate's name; PROVIDER-SERVICE without it"),
        option("runtime", "PATH|VERSION").help(
            "Where the crate finds the runtime: a folder or a version; without it, the folder of the \
             checkout that this program runs out of, or its version",
        ),
        option("docs", "FORM")
            .value_parser(["none", "markdown"])
            .default_value("none")
            .help("What becomes of a model's documentation"),
    ]
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}
