//! Pages: as the model declares them, or inferred where that is safe.

use super::ast::{self, Shape};
use super::{Cx, operations};
use crate::build::{Look, Object, text};
use crate::inferred::{SIZES, TOKENS};
use typefoundry_spec::Json;

pub(super) fn pages(cx: &mut Cx<'_>, name: &str, shape: &Shape) -> Option<Json> {
    let input = operations::side(cx, shape, "input")?;
    let output = operations::side(cx, shape, "output")?;
    let Some(own) = shape.traits.get("paginated") else { return inferred(cx, input, output) };
    // What the operation leaves out, the service may say.
    let common = cx.service.traits.get("paginated").unwrap_or(&Json::Null);
    let said = |key: &str| own.text_at(key).or(common.text_at(key));
    let (Some(from), Some(to)) = (said("inputToken"), said("outputToken")) else {
        cx.note(
            name,
            "its pages are left out: the model does not say which members hold the token",
        );
        return None;
    };
    let (items, source) = match (said("items"), only_list(cx, output)) {
        (Some(items), _) => (items, "declared"),
        (None, Some(items)) => (items, "inferred"),
        (None, None) => {
            cx.note(name, "its pages are left out: nothing says which list holds the items");
            return None;
        }
    };
    Some(made(from, to, said("pageSize"), items, source))
}

fn made(from: &str, to: &str, size: Option<&str>, items: &str, source: &str) -> Json {
    let mut made = Object::default();
    made.set("token", Json::Array(vec![text(from), text(to)]));
    made.text("size", size);
    made.set("items", text(items));
    made.set("source", text(source));
    made.json()
}

/// What nobody declares; see [`crate::inferred`].
fn inferred(cx: &Cx<'_>, input: &Shape, output: &Shape) -> Option<Json> {
    let from = named(cx, input, TOKENS, &["string"])?;
    let to = named(cx, output, TOKENS, &["string"])?;
    let size = named(cx, input, SIZES, &["integer", "long"]);
    Some(made(from, to, size, only_list(cx, output)?, "inferred"))
}

fn kind<'a>(cx: &Cx<'a>, target: &str) -> &'a str {
    let own = cx.ast.get(target).map(|shape| shape.kind.as_str());
    own.map(|kind| ast::simple(kind).unwrap_or(kind)).or(ast::base_type(target)).unwrap_or_default()
}

fn named<'s>(cx: &Cx<'_>, shape: &'s Shape, names: &[&str], kinds: &[&str]) -> Option<&'s str> {
    let fits = |it: &&'s ast::Member| {
        names.contains(&it.name.to_ascii_lowercase().as_str())
            && kinds.contains(&kind(cx, &it.target))
    };
    shape.members.iter().find(fits).map(|member| member.name.as_str())
}

fn only_list<'s>(cx: &Cx<'_>, output: &'s Shape) -> Option<&'s str> {
    let mut lists = output.members.iter().filter(|member| kind(cx, &member.target) == "list");
    let list = lists.next()?;
    lists.next().is_none().then_some(list.name.as_str())
}
