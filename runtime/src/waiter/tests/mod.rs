//! Waiters, in a time of their own: nothing here waits or leaves the process.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod calls;
mod expressions;
mod pauses;
mod states;

use crate::schema::{
    Acceptor, ErrorFormat, Expected, Matcher, Protocol, ServiceSchema, WaiterSchema, WaiterState,
    Which,
};
use crate::{Document, Map, Model};
use std::borrow::Cow;

#[derive(Model)]
struct Input {
    size: Option<i32>,
}

#[derive(Model)]
struct Output {
    state: Option<String>,
    ready: Option<bool>,
    size: Option<i64>,
    share: Option<f64>,
    #[model(sensitive)]
    secret: Option<String>,
    parts: Option<Vec<Part>>,
    by_name: Option<Map<String, Part>>,
    any: Option<Document>,
}

#[derive(Model)]
struct Part {
    state: Option<String>,
}

fn service() -> ServiceSchema {
    ServiceSchema {
        id: "acme/things".into(),
        protocol: Protocol::Json11,
        endpoint: "https://things.example.com".into(),
        error_format: ErrorFormat::PROTOCOL,
        ..ServiceSchema::default()
    }
}

fn part(state: &str) -> Part {
    Part { state: Some(state.to_owned()) }
}

fn in_state(state: &str) -> Output {
    Output { state: Some(state.to_owned()), ..Output::default() }
}

fn with_parts(states: &[&str]) -> Output {
    Output { parts: Some(states.iter().map(|state| part(state)).collect()), ..Output::default() }
}

fn waiter(acceptors: Vec<(WaiterState, Matcher)>) -> WaiterSchema {
    let acceptors = acceptors.into_iter().map(|(state, matcher)| Acceptor { state, matcher });
    WaiterSchema {
        name: Cow::Borrowed("ThingDone"),
        delay: 5,
        max_delay: 0,
        attempts: 4,
        acceptors: acceptors.collect(),
    }
}

fn path(path: &'static str, which: Which, expected: &'static str) -> Matcher {
    let expected = match expected {
        "true" => Expected::Bool(true),
        "false" => Expected::Bool(false),
        text => Expected::Text(Cow::Borrowed(text)),
    };
    Matcher::Path { path: Cow::Borrowed(path), both: false, which, expected }
}
