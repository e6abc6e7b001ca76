//! Whether bytes are a zip file (`awslambda.py`).

use super::{Param, wrong};
use crate::exit::Failure;

const MESSAGE: &str = "--zip-file must be a zip file with the fileb:// prefix.\nExample usage:  \
                       --zip-file fileb://path/to/file.zip";
/// What the record at the end begins with, and how long it is without a comment (APPNOTE.TXT of the
/// zip format, 4.3.16).
const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
/// What an entry of the directory begins with (4.3.12).
const ENTRY: &[u8] = b"PK\x01\x02";
/// A comment is no longer than this.
const COMMENT: usize = 65_535;

/// Says what is wrong with a value that is no zip file.
pub(super) fn check(value: &Param) -> Result<(), Failure> {
    let bytes = match value {
        Param::Bytes(bytes) => bytes,
        Param::Text(text) => text.as_bytes(),
        _ => return Err(wrong(MESSAGE)),
    };
    if is_zip(bytes).is_some() { Ok(()) } else { Err(wrong(MESSAGE)) }
}

fn is_zip(bytes: &[u8]) -> Option<()> {
    let first = bytes.len().saturating_sub(END_LENGTH + COMMENT);
    let last = bytes.len().checked_sub(END_LENGTH)?;
    let end = (first..=last).rev().find(|at| bytes[*at..].starts_with(END))?;
    let size = u32::from_le_bytes(bytes.get(end + 12..end + 16)?.try_into().ok()?);
    if size == 0 || size == u32::MAX {
        return Some(());
    }
    let start = end.checked_sub(usize::try_from(size).ok()?)?;
    bytes.get(start..)?.starts_with(ENTRY).then_some(())
}
