//! Models as JSON text, without a client.
//!
//! The form is that of an AWS REST JSON body: names on the wire, timestamps without a format of
//! their own as seconds since the epoch.

use crate::TimestampFormat;
use crate::codec::{DecodeError, Form, Reading, json};
use crate::value::{Empty, Value};

const FORM: Form = Form::Wire(TimestampFormat::EpochSeconds);

/// Reads a model from JSON. A required member that is missing is an error.
pub fn from_slice<T: Value + Empty>(json: &[u8]) -> Result<T, DecodeError> {
    let mut value = T::empty();
    json::read(json, &mut value, FORM, Reading { strict: true, ..Reading::default() })?;
    Ok(value)
}

/// A model as JSON, secrets as they are.
pub fn to_string(value: &dyn Value) -> String {
    String::from_utf8(json::write(value, FORM)).unwrap_or_default()
}
