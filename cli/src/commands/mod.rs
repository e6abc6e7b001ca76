//! The commands that call nothing.

pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod import;
pub(crate) mod trail;

use crate::output::complain;
use std::io::IsTerminal;
use typefoundry_spec::{Diagnostics, Style};

/// Shows diagnostics on the error stream, and an empty line behind them.
fn show(diagnostics: &Diagnostics) {
    if !diagnostics.is_empty() {
        let colored = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let style = if colored { Style::Colored } else { Style::Plain };
        complain(&diagnostics.render(style));
        complain("");
    }
}
