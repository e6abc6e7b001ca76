//! Pages: as the model's paginators declare them, or inferred where that is safe.

use super::Cx;
use crate::build::{Look, Object, text};
use crate::inferred::{SIZES, TOKENS};
use typefoundry_spec::Json;

pub(super) fn pages(
    cx: &mut Cx<'_>,
    name: &str,
    operation: &Json,
    paginator: Option<&Json>,
) -> Option<Json> {
    match paginator {
        Some(paginator) => declared(cx, name, operation, paginator),
        None => inferred(cx, operation),
    }
}

/// A text, or several in a list.
fn many<'a>(paginator: &'a Json, key: &str) -> Vec<&'a str> {
    match paginator.get(key) {
        Some(Json::String(text)) => vec![text],
        Some(_) => paginator.texts_at(key),
        None => Vec::new(),
    }
}

fn declared(cx: &mut Cx<'_>, name: &str, operation: &Json, paginator: &Json) -> Option<Json> {
    let inputs = many(paginator, "input_token");
    let outputs = many(paginator, "output_token");
    let mut results = many(paginator, "result_key");
    let output = top(cx, operation, "output")?;
    top(cx, operation, "input")?;
    // The first of several is the primary one, unless it is no list. Text is one item a page.
    let kinds: Vec<_> = results.iter().map(|path| kind(cx, output, path)).collect();
    let is =
        |wanted: &[&str]| kinds.iter().position(|it| it.is_some_and(|it| wanted.contains(&it)));
    let items = if let Some(index) = is(&["list", "map"]).or_else(|| is(&["string"])) {
        results.remove(index).to_owned()
    } else if let Some(path) = results.first().and_then(|path| inner_list(cx, output, path)) {
        results.remove(0);
        path
    } else {
        cx.note(name, "its paginator is left out: its pages have parts of no list");
        return None;
    };
    let tokens: Vec<_> = inputs.into_iter().zip(outputs).collect();
    let mut made = Object::default();
    let pair = |(input, output): &(&str, &str)| Json::Array(vec![text(input), text(output)]);
    made.set(
        "token",
        match &tokens[..] {
            [one] => pair(one),
            tokens => Json::Array(tokens.iter().map(pair).collect()),
        },
    );
    made.text("more", paginator.text_at("more_results"));
    made.text("size", paginator.text_at("limit_key"));
    made.set("items", text(&items));
    for (key, paths) in [("others", results), ("first", many(paginator, "non_aggregate_keys"))] {
        if !paths.is_empty() {
            made.set(key, Json::Array(paths.into_iter().map(text).collect()));
        }
    }
    made.set("source", text("declared"));
    Some(made.json())
}

/// What a path through structures leads to.
fn find<'a>(cx: &Cx<'a>, output: &'a Json, path: &str) -> Option<&'a Json> {
    path.split('.').try_fold(output, |shape, name| cx.target(shape.get("members")?.get(name)?))
}

fn kind<'a>(cx: &Cx<'a>, output: &'a Json, path: &str) -> Option<&'a str> {
    find(cx, output, path)?.text_at("type")
}

/// The path to the only list of a structure.
fn inner_list<'a>(cx: &Cx<'a>, output: &'a Json, path: &str) -> Option<String> {
    let structure = find(cx, output, path)?;
    let is_list = |(_, member): &&(String, Json)| {
        cx.target(member).and_then(|target| target.text_at("type")) == Some("list")
    };
    let mut lists = structure.entries_at("members").iter().filter(is_list);
    let (name, _) = lists.next()?;
    lists.next().is_none().then(|| format!("{path}.{name}"))
}

/// What nobody declares; see [`crate::inferred`].
fn inferred(cx: &Cx<'_>, operation: &Json) -> Option<Json> {
    let input = top(cx, operation, "input")?;
    let output = top(cx, operation, "output")?;
    let kind = |member: &Json| cx.target(member).and_then(|target| target.text_at("type"));
    let named = |shape: &'_ Json, names: &[&str], kinds: &[&str]| {
        shape.entries_at("members").iter().find_map(|(name, member)| {
            let known = names.contains(&name.to_ascii_lowercase().as_str());
            (known && kind(member).is_some_and(|kind| kinds.contains(&kind))).then(|| name.clone())
        })
    };
    let from = named(input, TOKENS, &["string"])?;
    let to = named(output, TOKENS, &["string"])?;
    let size = named(input, SIZES, &["integer", "long"]);
    let members = output.entries_at("members").iter();
    let mut lists = members.filter(|(_, member)| kind(member) == Some("list"));
    let (items, _) = lists.next()?;
    if lists.next().is_some() {
        return None;
    }
    let mut made = Object::default();
    made.set("token", Json::Array(vec![text(&from), text(&to)]));
    made.text("size", size.as_deref());
    made.set("items", text(items));
    made.set("source", text("inferred"));
    Some(made.json())
}

fn top<'a>(cx: &Cx<'a>, operation: &Json, side: &str) -> Option<&'a Json> {
    cx.target(operation.get(side)?)
}
