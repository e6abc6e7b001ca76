//! Waiters.

use super::Cx;
use crate::format::keys;
use crate::format::object::{Field, Fields};
use crate::json::Json;
use crate::model::{Acceptor, AcceptorState, Matcher, Waiter};

/// Nothing, if the value is no object or lacks something; that has been reported.
pub(super) fn lower(cx: &mut Cx<'_>, name: &str, field: &Field<'_>) -> Option<Waiter> {
    let fields = Fields::new(field.value, &keys::WAITER, field.at)?;
    let acceptors = fields.get("acceptors", cx.diagnostics);
    let mut waiter = Waiter {
        name: name.to_owned(),
        operation: fields.text("operation").unwrap_or_default(),
        docs: fields.text("docs"),
        delay: fields.count("delay").unwrap_or_default(),
        max_delay: fields.count("maxDelay"),
        attempts: fields.count("attempts"),
        acceptors: Vec::new(),
        at: field.at,
    };
    for field in acceptors?.elements(cx.diagnostics) {
        waiter.acceptors.extend(acceptor(cx, &field));
    }
    Some(waiter)
}

fn acceptor(cx: &mut Cx<'_>, field: &Field<'_>) -> Option<Acceptor> {
    fn word<T: Copy>(text: Option<String>, all: &[(&str, T)]) -> Option<T> {
        let text = text?;
        all.iter().find(|(word, _)| *word == text).map(|(_, value)| *value)
    }
    let fields = Fields::new(field.value, &keys::ACCEPTOR, field.at)?;
    let state = word(fields.text("state"), AcceptorState::ALL);
    let matcher = word(fields.text("matcher"), Matcher::ALL);
    let path = fields.text("path");
    let both = fields.flag("inputOutput");
    let expected = fields.get("expected", cx.diagnostics);
    Some(Acceptor {
        state: state?,
        matcher: matcher?,
        path,
        both,
        expected: expected.map_or(Json::Null, |field| field.value.clone()),
        at: field.at,
    })
}
