//! The commands that call nothing.

pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod import;
pub(crate) mod mock;
mod parallel;
pub(crate) mod trail;

use parallel::parallel;

use crate::output::complain;
use clap::ArgMatches;
use std::io::IsTerminal;
use typefoundry_spec::{Diagnostics, Style};

/// Shows diagnostics on the error stream, and an empty line behind them.
fn show(diagnostics: &Diagnostics) {
    if !diagnostics.is_empty() {
        complain(&shown(diagnostics));
        complain("");
    }
}

/// Diagnostics as the error stream shows them.
fn shown(diagnostics: &Diagnostics) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let colored = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    diagnostics.render(if colored { Style::Colored } else { Style::Plain })
}

/// Whether the documentation of a model is asked for.
fn markdown(arguments: &ArgMatches) -> bool {
    arguments.get_one::<String>("docs").is_some_and(|form| form == "markdown")
}
