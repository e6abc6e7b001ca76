//! What a person at a terminal has besides the output's text: a pager, colours and a progress bar. None
//! of it is there where the output goes into a file or a pipe.

mod color;
mod output;
mod pager;
mod progress;

pub(crate) use color::Color;
pub(crate) use output::Output;
pub(crate) use pager::Pager;
pub(crate) use progress::Progress;

use std::io::IsTerminal;

/// The columns of the terminal that the output goes to; 80 where it goes elsewhere.
pub(crate) fn columns() -> usize {
    let out = std::io::stdout();
    let size = out.is_terminal().then(|| terminal_size::terminal_size_of(&out)).flatten();
    size.map_or(80, |(width, _)| usize::from(width.0)).max(1)
}
