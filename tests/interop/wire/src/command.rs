//! Commands, read from JSON.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What is asked for.
pub(crate) enum Command<'a> {
    /// Import the model at a path.
    Load(String),
    /// Call an operation.
    Call {
        operation: String,
        /// In the model's form
        input: &'a RawValue,
        /// What the server answers; without it the call is over when the request is made.
        response: Option<http::Response<Bytes>>,
    },
    /// Make calls one after the other.
    Script(Script<'a>),
    /// Wait for something.
    Wait {
        waiter: String,
        /// In the model's form
        input: &'a RawValue,
        /// What the server answers, the last one for ever
        responses: Vec<http::Response<Bytes>>,
        /// How many calls at most, if not as many as the model says
        attempts: Option<u32>,
    },
}

/// Calls one after the other, and what is answered.
pub(crate) struct Script<'a> {
    pub(crate) calls: Vec<ScriptedCall<'a>>,
    pub(crate) settings: BTreeMap<String, serde_json::Value>,
    /// When the first call is made
    pub(crate) time: i64,
    /// What the requests are answered; nothing for a connection that breaks
    pub(crate) responses: Vec<Option<http::Response<Bytes>>>,
}

/// A call of a script.
pub(crate) struct ScriptedCall<'a> {
    /// So many seconds after the last one
    pub(crate) after: u64,
    pub(crate) operation: String,
    /// In the model's form
    pub(crate) input: &'a RawValue,
}

impl<'a> Command<'a> {
    pub(crate) fn parse(text: &'a str) -> Result<Self, String> {
        let members: BTreeMap<String, &RawValue> = parse(text)?;
        if let Some(path) = members.get("load") {
            return parse(path.get()).map(Self::Load);
        }
        let member = |name: &str| {
            let value = members.get(name).copied();
            value.ok_or_else(|| format!("a command has `load`, or `{name}`"))
        };
        if let Some(calls) = members.get("script") {
            let calls: Vec<&RawValue> = parse(calls.get())?;
            let calls: Result<_, _> =
                calls.iter().map(|it| ScriptedCall::parse(it.get())).collect();
            let responses: Vec<&RawValue> = parse(member("responses")?.get())?;
            let responses = responses.iter().map(|it| match it.get() {
                "null" => Ok(None),
                text => response(text).map(Some),
            });
            return Ok(Self::Script(Script {
                calls: calls?,
                settings: parse(member("settings")?.get())?,
                time: parse(member("time")?.get())?,
                responses: responses.collect::<Result<_, String>>()?,
            }));
        }
        if let Some(waiter) = members.get("wait") {
            let responses: Vec<&RawValue> = parse(member("responses")?.get())?;
            let responses: Result<_, _> = responses.iter().map(|it| response(it.get())).collect();
            return Ok(Self::Wait {
                waiter: parse(waiter.get())?,
                input: member("input")?,
                responses: responses?,
                attempts: members.get("attempts").map(|it| parse(it.get())).transpose()?,
            });
        }
        Ok(Self::Call {
            operation: parse(member("operation")?.get())?,
            input: member("input")?,
            response: members.get("response").map(|it| response(it.get())).transpose()?,
        })
    }
}

impl<'a> ScriptedCall<'a> {
    fn parse(text: &'a str) -> Result<Self, String> {
        let members: BTreeMap<String, &RawValue> = parse(text)?;
        let member = |name: &str| {
            let value = members.get(name).copied();
            value.ok_or_else(|| format!("a call of a script has no `{name}`"))
        };
        Ok(Self {
            after: parse(member("after")?.get())?,
            operation: parse(member("operation")?.get())?,
            input: member("input")?,
        })
    }
}

fn parse<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| format!("a command cannot be read: {error}"))
}

fn response(text: &str) -> Result<http::Response<Bytes>, String> {
    let value: serde_json::Value = parse(text)?;
    let bad = |what: &str| format!("a response has no {what}");
    let body = value["body"].as_str().ok_or_else(|| bad("body"))?;
    let body = STANDARD.decode(body).map_err(|error| format!("a response's body: {error}"))?;
    let mut response = http::Response::new(Bytes::from(body));
    let status = value["status"].as_u64().and_then(|status| u16::try_from(status).ok());
    let status = status.and_then(|status| http::StatusCode::from_u16(status).ok());
    *response.status_mut() = status.ok_or_else(|| bad("status"))?;
    for pair in value["headers"].as_array().ok_or_else(|| bad("headers"))? {
        let text = |index: usize| pair[index].as_str().ok_or_else(|| bad("pairs for headers"));
        let (name, value) = (text(0)?, text(1)?);
        let header = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value).ok());
        let (name, value) = header.ok_or_else(|| format!("{name}: {value}: it is no header"))?;
        response.headers_mut().append(name, value);
    }
    Ok(response)
}
