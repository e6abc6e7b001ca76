//! Lists and maps inside of each other: written out as a type, they have to end.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::location::Span;
use crate::model::{Kind, Model, ShapeId};

/// How many may stand inside of each other. Those of AWS are four at most.
const DEEPEST: usize = 16;

const HELP: &str = "put a structure or a union in between";

/// What is known of a shape while lists and maps are followed.
#[derive(Clone, Copy)]
enum Known {
    Nothing,
    OnTheWay,
    /// So many lists and maps, it being one of them
    Depth(usize),
}

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    let mut known = vec![Known::Nothing; model.shapes.len()];
    for (start, _) in model.defined_shapes() {
        let mut way = Vec::new();
        let mut id = start;
        let below = loop {
            let Some((_, inner)) = element(model, id) else { break Some(0) };
            match known[id.index()] {
                Known::Depth(depth) => break Some(depth),
                Known::OnTheWay => break None,
                Known::Nothing => {
                    known[id.index()] = Known::OnTheWay;
                    way.push(id);
                    id = inner;
                }
            }
        };
        if below.is_none() {
            let circle: Vec<_> = way.iter().skip_while(|it| **it != id).copied().collect();
            endless(model, &circle, diagnostics);
        }
        for (index, id) in way.iter().rev().enumerate() {
            // What leads to a circle has no mistake of its own.
            let depth = below.map_or(0, |below| below + index + 1);
            known[id.index()] = Known::Depth(depth);
            if depth == DEEPEST + 1 {
                deep(model, *id, diagnostics);
            }
        }
    }
}

/// The key that a list or map stands by, and what it holds.
fn element(model: &Model, id: ShapeId) -> Option<(&'static str, ShapeId)> {
    match &model.shape(id).kind {
        Kind::List(list) => Some(("list", list.item.target)),
        Kind::Map(map) => Some(("map", map.value.target)),
        _ => None,
    }
}

fn place(model: &Model, id: ShapeId, diagnostics: &mut Diagnostics) -> Span {
    let at = model.shape(id).at;
    let key = element(model, id).map(|(key, _)| key);
    Span::value(key.map_or(at, |key| diagnostics.entry(at, key)))
}

/// A circle is told at the first of its shapes in the file.
fn endless(model: &Model, circle: &[ShapeId], diagnostics: &mut Diagnostics) {
    let first = circle.iter().enumerate().min_by_key(|(_, id)| **id).map_or(0, |(index, _)| index);
    let (before, behind) = circle.split_at(first);
    let mut ids = behind.iter().chain(before);
    let Some(first) = ids.next() else { return };
    let message = format!("`{}` holds nothing but itself", model.shape(*first).name);
    let span = place(model, *first, diagnostics);
    let mut diagnostic = Diagnostic::new(&codes::ENDLESS_LIST, span, message).help(HELP);
    for id in ids {
        diagnostic = diagnostic.related(place(model, *id, diagnostics), "which holds this");
    }
    diagnostics.push(diagnostic);
}

fn deep(model: &Model, id: ShapeId, diagnostics: &mut Diagnostics) {
    let message = format!(
        "`{}` is more than {DEEPEST} lists and maps inside of each other",
        model.shape(id).name
    );
    let span = place(model, id, diagnostics);
    diagnostics.push(Diagnostic::new(&codes::ENDLESS_LIST, span, message).help(HELP));
}
