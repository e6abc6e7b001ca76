//! CBOR to values and back.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod near;
mod tokens;
mod values;
mod written;

use super::{read, read_document, write};
use crate::codec::{DecodeError, Form, Reading, Report};
use crate::value::{Empty, Value};
use crate::{
    Blob, Document, Map, Model, Nullable, Timestamp, TimestampFormat, UnknownMember, UnknownValue,
};

const WIRE: Form = Form::Wire(TimestampFormat::EpochSeconds);
const STRICT: Reading = Reading { strict: true, keep_unplaced: false, lenient: false };
const KEEPING: Reading = Reading { strict: false, keep_unplaced: true, lenient: false };
const LENIENT: Reading = Reading { strict: false, keep_unplaced: true, lenient: true };

/// A member of every kind.
#[derive(Model)]
struct Every {
    boolean: Option<bool>,
    integer: Option<i32>,
    long: Option<i64>,
    float: Option<f32>,
    double: Option<f64>,
    string: Option<String>,
    color: Option<Color>,
    blob: Option<Blob>,
    #[model(format = "date-time")]
    time: Option<Timestamp>,
    document: Option<Document>,
    nullable: Nullable<i32>,
    list: Option<Vec<i32>>,
    #[model(name = "sparseList")]
    sparse_list: Option<Vec<Option<i32>>>,
    map: Option<Map<String, i32>>,
    #[model(name = "sparseMap")]
    sparse_map: Option<Map<Color, Option<i32>>>,
    structure: Option<Inner>,
    choice: Option<Choice>,
}

#[derive(Model)]
struct Inner {
    #[model(wire = "x-on-the-wire")]
    x: Option<i32>,
}

#[derive(Model)]
enum Color {
    #[model(name = "RED")]
    Red,
    #[model(unknown)]
    Unknown(UnknownValue),
}

#[derive(Model)]
enum Choice {
    #[model(name = "text")]
    Text(String),
    #[model(name = "secret", sensitive)]
    Secret(String),
    #[model(name = "inner")]
    Inner(Inner),
    #[model(name = "nested")]
    Nested(Box<Choice>),
    #[model(unknown)]
    Unknown(UnknownMember),
}

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
