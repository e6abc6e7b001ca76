//! What botocore takes as an input, told once more than the binary tells it: what is required is there,
//! nothing is shorter or less than it may be, and a union has a member.

use typefoundry::value::{Active, Structure, Value, View};
use typefoundry_spec::{Kind, Member, Model, Operation, Shape, ShapeId};

/// Whether an input can be sent.
pub(crate) fn is_valid(model: &Model, operation: &Operation, input: &dyn Structure) -> bool {
    members(model, &operation.input, input.split().1)
}

fn members(model: &Model, members: &[Member], values: &dyn Structure) -> bool {
    members.iter().enumerate().all(|(index, member)| match values.member(index).map(Value::view) {
        Some(View::Absent) | None => !member.required,
        Some(view) => value(model, member.target, view),
    })
}

fn value(model: &Model, target: ShapeId, view: View<'_>) -> bool {
    let shape = model.shape(target);
    match (&shape.kind, view) {
        (_, View::String(text)) => is_long(shape, text.chars().count()),
        (_, View::Blob(bytes)) => is_long(shape, bytes.len()),
        (_, View::Integer(number)) => is_much(shape, f64::from(number)),
        #[expect(clippy::cast_precision_loss, reason = "limits are floats")]
        (_, View::Long(number)) => is_much(shape, number as f64),
        (_, View::Float(number)) => is_much(shape, f64::from(number)),
        (_, View::Double(number)) => is_much(shape, number),
        (Kind::Structure { members: inner, .. }, View::Structure(structure)) => {
            members(model, inner, structure.split().1)
        }
        (Kind::List(list), View::List(items)) => {
            let mut all = (0..items.len()).filter_map(|index| items.item(index));
            is_long(shape, items.len()) && all.all(|it| value(model, list.item.target, it.view()))
        }
        (Kind::Map(map), View::Map(entries)) => {
            let mut all = (0..entries.len()).filter_map(|index| entries.entry(index));
            is_long(shape, entries.len())
                && all.all(|(key, it)| {
                    is_long(model.shape(map.key), key.chars().count())
                        && value(model, map.value.target, it.view())
                })
        }
        (Kind::Union { members }, View::Union(union)) => match union.active().1 {
            Some(Active::Member(index, inner)) => {
                members.get(index).is_some_and(|it| value(model, it.target, inner.view()))
            }
            Some(Active::Unknown(_)) => true,
            None => false,
        },
        _ => true,
    }
}

fn is_long(shape: &Shape, length: usize) -> bool {
    shape.constraints.length.0.is_none_or(|least| length as u64 >= least)
}

fn is_much(shape: &Shape, number: f64) -> bool {
    shape.constraints.range.0.is_none_or(|least| number >= least)
}
