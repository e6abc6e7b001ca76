//! `typefoundry explain CODE`

use crate::exit::Failure;
use crate::output::print;
use anyhow::anyhow;
use clap::ArgMatches;

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
