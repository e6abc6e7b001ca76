//! JSON to values and back, for every kind of either.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod depth;
mod forms;
mod near;
mod slots;
mod structures;

use super::{read, write};
use crate::codec::{DecodeError, Form, Reading, Report};
use crate::value::Empty;
use crate::{
    Blob, Document, Map, Model, Nullable, Timestamp, TimestampFormat, UnknownMember, UnknownValue,
};

const WIRE: Form = Form::Wire(TimestampFormat::EpochSeconds);
const STRICT: Reading = Reading { strict: true, keep_unplaced: false, lenient: false };
const KEEPING: Reading = Reading { strict: false, keep_unplaced: true, lenient: false };
const LENIENT: Reading = Reading { strict: false, keep_unplaced: true, lenient: true };
const LOOSE: Reading = Reading { strict: false, keep_unplaced: false, lenient: false };

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
    #[model(name = "seconds")]
    seconds: Option<Timestamp>,
    #[model(format = "epoch-millis")]
    millis: Option<Timestamp>,
    #[model(name = "dateTime", format = "date-time")]
    date_time: Option<Timestamp>,
    #[model(name = "httpDate", format = "http-date")]
    http_date: Option<Timestamp>,
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
