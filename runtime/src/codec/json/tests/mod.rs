//! JSON to values and back, for every kind of either.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod depth;
mod forms;
mod near;
mod slots;
mod structures;

use super::{read, write};
use crate::codec::samples::{Choice, Every, KEEPING, LENIENT, STRICT, WIRE};
use crate::codec::{DecodeError, Form, Reading, Report};
use crate::value::Empty;
use crate::{Blob, Document, Map, Model, Timestamp};

const LOOSE: Reading = Reading { strict: false, keep_unplaced: false, lenient: false };

fn read_as<T: crate::value::Value + Empty>(
    json: &str,
    form: Form,
    reading: Reading,
) -> Result<(T, Report), DecodeError> {
    let mut value = T::empty();
    let report = read(json.as_bytes(), &mut value, form, reading)?;
    Ok((value, report))
}

fn text(value: &dyn crate::value::Value, form: Form) -> String {
    String::from_utf8(write(value, form)).unwrap_or_default()
}
