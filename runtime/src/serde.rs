//! Models inside of what `serde` writes and reads (the feature `serde`).
//!
//! The form is that of the spec's examples and of [`Wire`]: every member whatever its HTTP binding,
//! the model's names, RFC 3339 times, base64 blobs. A member that is absent is left out, a required
//! one that is missing is an error that names it, and one that the model does not know is passed
//! over. The format has to say what it holds, as JSON, YAML and `MessagePack` do.
//!
//! It works for every model, and for what holds models (`Option`, `Vec`, [`Map`](crate::Map)),
//! without any code for each type: a field of one's own says `#[serde(with = "typefoundry::serde")]`,
//! or for logs `#[serde(serialize_with = "typefoundry::serde::redacted")]`, and [`Json`] stands where
//! there is no field.
//!
//! ```
//! use typefoundry::{Model, serde::Json};
//!
//! #[derive(Model)]
//! struct Pet {
//!     #[model(name = "petName")]
//!     name: Option<String>,
//!     #[model(sensitive)]
//!     chip: Option<String>,
//! }
//!
//! let Json(pet) = serde_json::from_str::<Json<Pet>>(r#"{"petName": "Rex", "chip": "7"}"#)?;
//! let pet = Json(pet);
//! assert_eq!(serde_json::to_string(&pet)?, r#"{"petName":"Rex","chip":"7"}"#);
//! assert_eq!(
//!     serde_json::to_string(&pet.redacted())?,
//!     r#"{"petName":"Rex","chip":"<redacted>"}"#,
//! );
//! # Ok::<(), serde_json::Error>(())
//! ```

use crate::Wire;
use crate::codec::json::read_from;
use crate::codec::{Form, Reading};
use crate::value::{Empty, Value};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

/// A model as it is serialized and deserialized. To serialize what is only borrowed, there is
/// [`Wire`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Json<T>(pub T);

impl<T: Value> Json<T> {
    /// The same with `<redacted>` in place of secrets, to be serialized.
    pub fn redacted(&self) -> Wire<'_> {
        Wire::new(&self.0).redacted()
    }
}

/// Secrets are written as they are: see [`Json::redacted`].
impl<T: Value> Serialize for Json<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(&self.0, serializer)
    }
}

impl<'de, T: Value + Empty> Deserialize<'de> for Json<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer).map(Self)
    }
}

/// Serializes a model, secrets as they are: what `#[serde(with = "typefoundry::serde")]` calls.
pub fn serialize<T: Value, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    Wire::new(value).serialize(serializer)
}

/// Serializes a model with `<redacted>` in place of secrets: for `#[serde(serialize_with)]`.
pub fn redacted<T: Value, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    Wire::new(value).redacted().serialize(serializer)
}

/// Deserializes a model: what `#[serde(with = "typefoundry::serde")]` calls.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Value + Empty,
    D: Deserializer<'de>,
{
    let mut value = T::empty();
    let reading = Reading { strict: true, ..Reading::default() };
    read_from(deserializer, &mut value, Form::Model, reading)?;
    Ok(value)
}

#[cfg(test)]
mod tests;
