//! Tokens to go on with: those that botocore's `TokenEncoder` writes, to the byte, and what else its
//! pages begin with.

use typefoundry::Blob;
use typefoundry_jmespath::{Number, Object, Value};

/// How many items of a page were there before.
const TRUNCATED: &str = "boto_truncate_amount";
/// The paths of what is base64 in a token because it was bytes. It stays base64 here, which is how
/// input is written, and the paths are kept.
const ENCODED: &str = "boto_encoded_keys";

/// The member of `DynamoDB`'s attributes that is bytes.
const BINARY: &str = "B";

/// A place in the pages.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// The input's members that lead there; nothing where there is no such token
    pub(super) tokens: Object,
    /// How many items of the page come before
    pub(super) skipped: i64,
    /// The paths of what are bytes in the tokens, in their order
    pub(super) bytes: Vec<Value>,
}

impl Place {
    /// Before the first page.
    pub(super) fn start(inputs: &[String]) -> Self {
        let tokens = inputs.iter().map(|name| (name.clone(), Value::Null));
        Self { tokens: tokens.collect(), skipped: 0, bytes: Vec::new() }
    }

    /// Whether nothing leads on from there.
    pub(super) fn is_end(&self) -> bool {
        self.tokens.iter().all(|(_, token)| token.is_null())
    }

    /// The place of a token: one of ours, one of the form `token___skipped` that there was once, or
    /// the service's own.
    pub(super) fn read(text: &str, inputs: &[String]) -> Result<Self, String> {
        decoded(text).map_or_else(|| deprecated(text, inputs), Ok)
    }

    /// Notes what are bytes in a key of `DynamoDB`, which the AWS CLI reads as such to go on with
    /// (`customizations/dynamodb.py`, `parse_last_evaluated_key_binary`).
    pub(super) fn note_bytes(&mut self) {
        for (name, token) in self.tokens.iter() {
            let Value::Object(key) = token else { continue };
            for (attribute, value) in key.iter() {
                if matches!(value, Value::Object(value) if value.get(BINARY).is_some()) {
                    let path = [name, attribute, BINARY].map(Value::from);
                    self.bytes.push(Value::List(path.into()));
                }
            }
        }
    }

    /// The token, of the names that lead on in this operation.
    pub(super) fn write(&self, inputs: &[String], truncated: bool) -> Result<String, String> {
        let mut token = self.tokens.clone();
        if truncated {
            token.insert(TRUNCATED, Value::Number(self.skipped.into()));
        }
        let mut known: Vec<&str> = inputs.iter().map(String::as_str).collect();
        let mut names: Vec<&str> = self.tokens.iter().map(|(name, _)| name).collect();
        known.sort_unstable();
        names.sort_unstable();
        if known != names {
            return Err(bad(&Value::Object(token).to_string()));
        }
        if !self.bytes.is_empty() {
            token.insert(ENCODED, Value::List(self.bytes.clone()));
        }
        let token = Value::Object(token);
        Ok(Blob::from(token.to_json(", ", ": ").into_bytes()).to_base64())
    }
}

fn bad(token: &str) -> String {
    format!("Bad starting token: {token}")
}

fn decoded(text: &str) -> Option<Place> {
    let bytes = Blob::from_base64(text)?.into_vec();
    let Value::Object(mut tokens) = Value::from_json(std::str::from_utf8(&bytes).ok()?)? else {
        return None;
    };
    let bytes = match tokens.remove(ENCODED) {
        Some(Value::List(paths)) => paths,
        _ => Vec::new(),
    };
    let skipped = match tokens.remove(TRUNCATED) {
        Some(Value::Number(Number::Whole(skipped))) => skipped,
        _ => 0,
    };
    Some(Place { tokens, skipped, bytes })
}

fn deprecated(text: &str, inputs: &[String]) -> Result<Place, String> {
    let mut parts: Vec<&str> = text.split("___").collect();
    let mut skipped = 0;
    if parts.len() == inputs.len() + 1 {
        match parts.pop().and_then(|last| last.trim().parse().ok()) {
            Some(number) => skipped = number,
            None => parts = vec![text],
        }
    }
    if parts.len() > inputs.len() {
        return Err(bad(text));
    }
    let mut place = Place::start(inputs);
    for (name, part) in inputs.iter().zip(parts) {
        let token = if part == "None" { Value::Null } else { Value::from(part) };
        place.tokens.insert(name.clone(), token);
    }
    place.skipped = skipped;
    Ok(place)
}
