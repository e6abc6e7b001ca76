//! Waiters: `waiters-2.json`.

use super::Cx;
use crate::build::{Look, Object};
use typefoundry_jmespath::{Expr, Function};
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
        let acceptors = acceptors(cx, name, waiter);
        let succeeds = |it: &&Json| it.text_at("state") == Some("success");
        if acceptors.iter().any(succeeds) {
            made.push((name.clone(), self::waiter(cx, waiter, &acceptors)));
        } else {
            cx.note(name, "left out: nothing lets it succeed");
        }
    }
    made
}

/// What can match. An acceptor that looks at the elements of what is never a list matches nothing,
/// in botocore as here, so that leaving it out changes no waiter.
fn acceptors<'a>(cx: &mut Cx<'_>, name: &str, waiter: &'a Json) -> Vec<&'a Json> {
    let Some(Json::Array(all)) = waiter.get("acceptors") else { return Vec::new() };
    let mut kept = Vec::new();
    for acceptor in all {
        let path = acceptor.text_at("argument").unwrap_or_default();
        let each = matches!(acceptor.text_at("matcher"), Some("pathAll" | "pathAny"));
        if each && typefoundry_jmespath::parse(path).is_ok_and(|path| is_never_list(&path)) {
            cx.note(
                name,
                format!("left out an acceptor: `{path}` is never a list to look through"),
            );
        } else {
            kept.push(acceptor);
        }
    }
    kept
}

fn is_never_list(path: &Expr) -> bool {
    use Function::{Contains, EndsWith, Length, StartsWith};
    match path {
        Expr::Compare(..) | Expr::Not(_) | Expr::Literal(_) => true,
        Expr::Call(function, _) => matches!(function, Length | Contains | StartsWith | EndsWith),
        Expr::Then(_, then) => is_never_list(then),
        _ => false,
    }
}

fn waiter(cx: &Cx<'_>, waiter: &Json, acceptors: &[&Json]) -> Json {
    let mut made = Object::default();
    made.text("operation", waiter.text_at("operation"));
    let docs = waiter.text_at("description").filter(|_| cx.docs.is_wanted());
    made.text("docs", docs);
    made.some("delay", waiter.get("delay").cloned());
    made.some("attempts", waiter.get("maxAttempts").cloned());
    let acceptors = acceptors.iter().map(|it| acceptor(it)).collect();
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
