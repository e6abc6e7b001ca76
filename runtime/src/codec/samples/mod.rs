//! What the tests of several codecs read and write.

pub(super) mod near;

use super::{Form, Reading};
use crate::{
    Blob, Document, Map, Model, Nullable, Timestamp, TimestampFormat, UnknownMember, UnknownValue,
};

pub(super) const WIRE: Form = Form::Wire(TimestampFormat::EpochSeconds);
pub(super) const STRICT: Reading = Reading { strict: true, keep_unplaced: false, lenient: false };
pub(super) const KEEPING: Reading = Reading { strict: false, keep_unplaced: true, lenient: false };
pub(super) const LENIENT: Reading = Reading { strict: false, keep_unplaced: true, lenient: true };

/// A member of every kind.
#[derive(Model)]
pub(super) struct Every {
    pub boolean: Option<bool>,
    pub integer: Option<i32>,
    pub long: Option<i64>,
    pub float: Option<f32>,
    pub double: Option<f64>,
    pub string: Option<String>,
    pub color: Option<Color>,
    pub blob: Option<Blob>,
    #[model(name = "seconds")]
    pub seconds: Option<Timestamp>,
    #[model(format = "epoch-millis")]
    pub millis: Option<Timestamp>,
    #[model(format = "date-time")]
    pub time: Option<Timestamp>,
    #[model(name = "httpDate", format = "http-date")]
    pub http_date: Option<Timestamp>,
    pub document: Option<Document>,
    pub nullable: Nullable<i32>,
    pub list: Option<Vec<i32>>,
    #[model(name = "sparseList")]
    pub sparse_list: Option<Vec<Option<i32>>>,
    pub map: Option<Map<String, i32>>,
    #[model(name = "sparseMap")]
    pub sparse_map: Option<Map<Color, Option<i32>>>,
    pub structure: Option<Inner>,
    pub choice: Option<Choice>,
}

#[derive(Model)]
pub(super) struct Inner {
    #[model(wire = "x-on-the-wire")]
    pub x: Option<i32>,
}

#[derive(Model)]
pub(super) enum Color {
    #[model(name = "RED")]
    Red,
    #[model(unknown)]
    Unknown(UnknownValue),
}

#[derive(Model)]
pub(super) enum Choice {
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
