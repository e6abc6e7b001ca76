//! What is written to the output and to the error stream.

use crate::exit::{Failure, GENERAL};
use serde_json::ser::{PrettyFormatter, Serializer};
use std::io::{ErrorKind, Write};

/// Writes to the output. A reader that has gone away is no failure.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(GENERAL, format!("cannot write the output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes a line to the error stream. Where nobody reads it, there is nobody to tell either.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", line.trim_end());
}

/// JSON with an indent of four.
pub(crate) fn pretty(value: &impl serde::Serialize) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(
        &mut bytes,
        PrettyFormatter::with_indent(b"    "),
    ))?;
    bytes.push(b'\n');
    Ok(String::from_utf8(bytes)?)
}

/// Text from elsewhere, which must not move the terminal's cursor.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

/// The same for text that stays on one line.
pub(crate) fn printable_line(text: &str) -> String {
    let shown = |c: char| match c {
        c if !c.is_control() => c,
        c if c.is_whitespace() => ' ',
        _ => '\u{fffd}',
    };
    text.chars().map(shown).collect()
}
