//! Examples: the trait `smithy.api#examples` of operations, in model form.

use super::ast::{Shape, local};
use super::{Cx, operations, values};
use crate::build::{Look, Object, text};
use typefoundry_spec::Json;

/// The examples of an operation, where documentation is wanted: they are part of it.
pub(super) fn of(cx: &mut Cx<'_>, name: &str, operation: &Shape) -> Option<Json> {
    let Some(Json::Array(examples)) = operation.traits.get("examples") else { return None };
    if !cx.docs.is_wanted() {
        return None;
    }
    let mut made = Vec::new();
    for example in examples {
        match self::example(cx, operation, example) {
            Ok(example) => made.push(example),
            Err(place) => {
                let title = example.text_at("title").unwrap_or_default();
                let what = format!("its example `{title}` is left out: {place} is not of its type");
                cx.note(name, what);
            }
        }
    }
    (!made.is_empty()).then_some(Json::Array(made))
}

/// An example, or the place in it that does not fit.
fn example(cx: &Cx<'_>, operation: &Shape, example: &Json) -> Result<Json, String> {
    let mut made = Object::default();
    made.set("title", text(example.text_at("title").unwrap_or("Example")));
    if let (Some(docs), crate::Docs::Markdown(convert)) =
        (example.text_at("documentation"), cx.docs)
    {
        made.text("docs", Some(convert(docs)).filter(|docs| !docs.is_empty()).as_deref());
    }
    for side in ["input", "output"] {
        let Some(given) = example.get(side) else { continue };
        let value = match operations::side(cx, operation, side) {
            Some(shape) => values::value(cx, &shape.id, given, side, false)?,
            None if given.as_object().is_some_and(<[_]>::is_empty) => continue,
            None => return Err(side.to_owned()),
        };
        made.set(side, value);
    }
    if let Some(error) = example.get("error") {
        let id = error.text_at("shapeId").unwrap_or_default();
        let known = operations::errors(cx, operation);
        let shape = known.iter().find(|it| *it == id || local(it) == id);
        let Some(shape) = shape.and_then(|id| cx.ast.get(id)) else {
            return Err(format!("the error `{id}`"));
        };
        let mut failure = Object::default();
        failure.set("shape", text(&cx.name(&shape.id)));
        if let Some(content) = error.get("content") {
            failure.set("value", values::value(cx, &shape.id, content, "error", false)?);
        }
        made.set("error", failure.json());
    }
    Ok(made.json())
}
