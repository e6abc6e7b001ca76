//! Waiters: `waiters-2.json`.

use super::Cx;
use crate::build::{Look, Object};
use typefoundry_spec::Json;

pub(super) fn waiters(cx: &mut Cx<'_>, file: &Json) -> Vec<(String, Json)> {
    let mut made = Vec::new();
    for (name, waiter) in file.entries_at("waiters") {
        let operation = waiter.text_at("operation").unwrap_or_default();
        let known = cx.model.get("operations").is_some_and(|it| it.get(operation).is_some());
        if !known {
            cx.note(name, format!("left out: the model has no operation `{operation}`"));
            continue;
        }
        made.push((name.clone(), self::waiter(cx, waiter)));
    }
    made
}

fn waiter(cx: &Cx<'_>, waiter: &Json) -> Json {
    let mut made = Object::default();
    made.text("operation", waiter.text_at("operation"));
    let docs = waiter.text_at("description").filter(|_| cx.docs.is_wanted());
    made.text("docs", docs);
    made.some("delay", waiter.get("delay").cloned());
    made.some("attempts", waiter.get("maxAttempts").cloned());
    let acceptors = match waiter.get("acceptors") {
        Some(Json::Array(acceptors)) => acceptors.iter().map(acceptor).collect(),
        _ => Vec::new(),
    };
    made.set("acceptors", Json::Array(acceptors));
    made.json()
}

fn acceptor(acceptor: &Json) -> Json {
    let mut made = Object::default();
    made.text("state", acceptor.text_at("state"));
    made.text("matcher", acceptor.text_at("matcher"));
    made.text("path", acceptor.text_at("argument"));
    made.some("expected", acceptor.get("expected").cloned());
    made.json()
}
