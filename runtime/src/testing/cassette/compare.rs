//! How near two requests are.

use super::secrets::{Secrets, is_form};
use crate::auth::secrets::is_signature;
use crate::codec::query::parse_form;
use bytes::Bytes;
use serde_json::Value;
use std::collections::BTreeSet;

/// What a request is called in reports: method and path, and the operation where a header names it.
pub(super) fn name(request: &http::Request<Bytes>) -> String {
    let (method, path) = (request.method(), request.uri().path());
    match target(request) {
        "" => format!("{method} {path}"),
        target => format!("{method} {path} ({target})"),
    }
}

/// That two requests differ.
#[derive(Debug)]
pub(super) struct Difference {
    /// How much is the same; more is nearer.
    pub(super) same: u32,
    /// What differs first
    pub(super) first: String,
}

/// How a request differs from a recorded one; both are without secrets.
pub(super) fn difference(
    recorded: &http::Request<Bytes>,
    sent: &http::Request<Bytes>,
    ignored: &BTreeSet<String>,
) -> Option<Difference> {
    let query = |request: &http::Request<Bytes>| {
        pairs(request.uri().query().unwrap_or_default().as_bytes(), ignored)
    };
    // What tells operations apart weighs more than what tells their calls apart.
    let aspects = [
        (8, texts("the method", recorded.method().as_str(), sent.method().as_str())),
        (8, texts("the operation", target(recorded), target(sent))),
        (4, texts("the path", recorded.uri().path(), sent.uri().path())),
        (2, parameters("query", &query(recorded), &query(sent))),
        (1, bodies(recorded, sent, ignored)),
    ];
    let same = aspects.iter().filter(|(_, found)| found.is_none()).map(|(weight, _)| weight).sum();
    let first = aspects.into_iter().find_map(|(_, found)| found)?;
    Some(Difference { same, first })
}

/// What AWS JSON names the operation by.
fn target(request: &http::Request<Bytes>) -> &str {
    let header = request.headers().get("x-amz-target");
    header.and_then(|header| header.to_str().ok()).unwrap_or_default()
}

fn texts(what: &str, recorded: &str, sent: &str) -> Option<String> {
    (recorded != sent).then(|| format!("{what} was `{recorded}`, and is `{sent}`"))
}

fn bodies(
    recorded: &http::Request<Bytes>,
    sent: &http::Request<Bytes>,
    ignored: &BTreeSet<String>,
) -> Option<String> {
    let (was, is) = (recorded.body(), sent.body());
    // It was secret as a whole.
    if was == is || **was == *Secrets::TEXT.as_bytes() {
        return None;
    }
    if is_form(recorded.headers()) && is_form(sent.headers()) {
        return parameters("form", &pairs(was, ignored), &pairs(is, ignored));
    }
    if let (Ok(was), Ok(is)) = (serde_json::from_slice(was), serde_json::from_slice(is)) {
        return values("", &was, &is, ignored);
    }
    let (long, longer) = (was.len(), is.len());
    let at = was.iter().zip(is).take_while(|(was, is)| was == is).count();
    Some(format!("the body differs at byte {at} (it had {long} bytes, and has {longer})"))
}

/// Parameters in an order that says nothing, without those that change with the time.
fn pairs(form: &[u8], ignored: &BTreeSet<String>) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = parse_form(form).collect();
    let signed = pairs.iter().any(|(name, _)| name == "Signature");
    pairs.retain(|(name, _)| {
        let dated = name == "X-Amz-Date" || signed && name == "Timestamp";
        !dated && !is_signature(name) && !ignored.contains(name)
    });
    pairs.sort();
    pairs
}

fn parameters(what: &str, was: &[(String, String)], is: &[(String, String)]) -> Option<String> {
    if was == is {
        return None;
    }
    let left = was.iter().find(|pair| count(pair, was) > count(pair, is));
    let new = is.iter().find(|pair| count(pair, is) > count(pair, was));
    Some(match (left, new) {
        (Some((name, was)), Some((other, is))) if name == other => {
            format!("the {what} had {name}={was}, and has {name}={is}{}", advice(was, is))
        }
        (Some((name, value)), _) => format!("the {what} had {name}={value}, and has it no more"),
        (None, Some((name, value))) => format!("the {what} has {name}={value}, and had it not"),
        (None, None) => return None,
    })
}

fn count(pair: &(String, String), pairs: &[(String, String)]) -> usize {
    pairs.iter().filter(|other| *other == pair).count()
}

/// The first difference between two values.
fn values(path: &str, was: &Value, is: &Value, ignored: &BTreeSet<String>) -> Option<String> {
    let place =
        if path.is_empty() { "the body".to_owned() } else { format!("`{path}` in the body") };
    match (was, is) {
        (Value::Object(was), Value::Object(is)) => {
            let names: BTreeSet<_> = was.keys().chain(is.keys()).collect();
            names.into_iter().filter(|name| !ignored.contains(*name)).find_map(|name| {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                match (was.get(name), is.get(name)) {
                    (Some(was), Some(is)) => values(&path, was, is, ignored),
                    (Some(was), None) => {
                        Some(format!("`{path}` in the body was {was}, and is not there"))
                    }
                    (None, is) => {
                        let is = is.unwrap_or(&Value::Null);
                        Some(format!("`{path}` in the body is {is}, and was not there"))
                    }
                }
            })
        }
        (Value::Array(was), Value::Array(is)) => {
            let mut items = was.iter().zip(is).enumerate();
            let found = items.find_map(|(index, (was, is))| {
                values(&format!("{path}[{index}]"), was, is, ignored)
            });
            let (long, longer) = (was.len(), is.len());
            let lengths = || format!("{place} had {long} elements, and has {longer}");
            found.or_else(|| (long != longer).then(lengths))
        }
        (Value::String(old), Value::String(new)) if old != new => {
            Some(format!("{place} was {was}, and is {is}{}", advice(old, new)))
        }
        _ => (was != is).then(|| format!("{place} was {was}, and is {is}")),
    }
}

/// What to do about tokens that a client makes up.
fn advice(was: &str, is: &str) -> &'static str {
    let is_made_up = |text: &str| uuid::Uuid::try_parse(text).is_ok();
    if is_made_up(was) && is_made_up(is) {
        "; what is another each time is named to `Cassette::ignoring`"
    } else {
        ""
    }
}
