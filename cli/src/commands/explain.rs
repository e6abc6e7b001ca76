//! `typefoundry explain CODE`

use crate::complete::known;
use crate::exit::Failure;
use crate::output::print;
use anyhow::anyhow;
use clap::builder::{PossibleValue, StringValueParser};
use clap::{Arg, ArgMatches, Command};

pub(crate) fn command() -> Command {
    let codes = || {
        let codes = typefoundry_spec::CATALOG.iter();
        codes.map(|code| PossibleValue::new(code.id).help(code.title)).collect()
    };
    Command::new("explain").about("Says more about a diagnostic").arg(
        Arg::new("code")
            .value_name("CODE")
            .required(true)
            .value_parser(known(StringValueParser::new(), codes))
            .hide_possible_values(true)
            .help("Such as TF0103"),
    )
}

pub(crate) fn run(arguments: &ArgMatches) -> Result<u8, Failure> {
    let id = arguments.get_one::<String>("code").map_or("", String::as_str);
    let Some(code) = typefoundry_spec::explain(id) else {
        let all: Vec<_> = typefoundry_spec::CATALOG.iter().map(|code| code.id).collect();
        let first = all.first().copied().unwrap_or_default();
        let last = all.last().copied().unwrap_or_default();
        return Err(anyhow!("there is no code `{id}`; the codes are {first} to {last}, in brackets behind `error` and `warning`").into());
    };
    print(&format!("{}: {}\n\n{}\n", code.id, code.title, code.explanation))?;
    Ok(0)
}
