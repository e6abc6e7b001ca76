//! CBOR to values and back.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod near;
mod tokens;
mod values;
mod written;

use super::{read, read_document, write};
use crate::codec::samples::{Choice, Every, Inner, KEEPING, LENIENT, STRICT, WIRE};
use crate::codec::{DecodeError, Form, Reading, Report};
use crate::value::{Empty, Value};
use crate::{Blob, Document, Map, Model, Nullable, Timestamp};

fn bytes(hex: &str) -> Vec<u8> {
    let digit = |byte: u8| u8::try_from(char::from(byte).to_digit(16).unwrap()).unwrap();
    let digits: Vec<u8> = hex.bytes().filter(|byte| *byte != b' ').map(digit).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The CBOR of JSON text.
fn cbor(json: &str) -> Vec<u8> {
    write(&Document::from_json(json.as_bytes()).unwrap(), WIRE)
}

fn read_as<T: Value + Empty>(
    cbor: &[u8],
    form: Form,
    reading: Reading,
) -> Result<(T, Report), DecodeError> {
    let mut value = T::empty();
    let report = read(cbor, &mut value, form, reading)?;
    Ok((value, report))
}

/// A value on the wire, as JSON.
fn text(value: &dyn Value) -> String {
    read_document(&write(value, WIRE)).unwrap().to_json()
}
