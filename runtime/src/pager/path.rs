//! Where an answer holds what pages go by: `nextToken`, `DistributionList.NextMarker`,
//! `NextMarker || Contents[-1].Key`.
//!
//! It is the part of `JMESPath` that botocore's paginators use.

use crate::Document;
use crate::value::{List, Structure, Value, View};

/// The first of the alternatives that finds something. What is absent on the way leads to nothing;
/// the error is the name of a member that no answer has.
pub(super) fn find<'v>(
    output: &'v dyn Structure,
    path: &str,
) -> Result<Option<&'v dyn Value>, String> {
    for alternative in path.split("||") {
        if let Some(found) = follow(output, alternative.trim())?
            && !is_nothing(found)
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// What a path without alternatives leads to.
pub(super) fn follow<'v>(
    output: &'v dyn Structure,
    path: &str,
) -> Result<Option<&'v dyn Value>, String> {
    let mut found: Option<&dyn Value> = None;
    for segment in path.split('.') {
        let structure = match found.map(Value::view) {
            None => output,
            Some(View::Structure(structure)) => structure,
            Some(View::Absent | View::Null) => return Ok(None),
            Some(_) => return Err(segment.to_owned()),
        };
        let (name, index) = indexed(segment);
        let value = structure.get(name).ok_or_else(|| name.to_owned())?;
        found = match (index, value.view()) {
            (None, _) => Some(value),
            (Some(index), View::List(list)) => at(list, index),
            (Some(_), View::Absent | View::Null) => None,
            (Some(_), _) => return Err(segment.to_owned()),
        };
        if found.is_none() {
            return Ok(None);
        }
    }
    Ok(found)
}

/// `Contents[-1]` is a name and an index. What cannot be read so is the name of no member.
pub(crate) fn indexed(segment: &str) -> (&str, Option<i64>) {
    let parts = segment.strip_suffix(']').and_then(|segment| segment.split_once('['));
    match parts.map(|(name, index)| (name, index.parse())) {
        Some((name, Ok(index))) => (name, Some(index)),
        _ => (segment, None),
    }
}

/// An element; counted from the end if the index is below zero.
fn at(list: &dyn List, index: i64) -> Option<&dyn Value> {
    let distance = usize::try_from(index.unsigned_abs()).ok()?;
    let index = if index < 0 { list.len().checked_sub(distance)? } else { distance };
    list.item(index)
}

/// What neither leads on nor says that there is more: what Python takes for false, as botocore
/// does (`PageIterator._get_next_token`).
pub(super) fn is_nothing(value: &dyn Value) -> bool {
    match value.view() {
        View::Absent | View::Null => true,
        View::Bool(value) => !value,
        View::Integer(number) => number == 0,
        View::Long(number) => number == 0,
        View::Float(number) => number == 0.0,
        View::Double(number) => number == 0.0,
        View::String(text) => text.is_empty(),
        View::Blob(bytes) => bytes.is_empty(),
        View::List(list) => list.is_empty(),
        View::Map(map) => map.is_empty(),
        View::Union(union) => union.active().1.is_none(),
        View::Document(document) => match document {
            Document::Null => true,
            Document::Bool(value) => !value,
            Document::Number(_) => matches!(&*document.to_json(), "0" | "0.0" | "-0.0"),
            Document::String(text) => text.is_empty(),
            Document::Array(items) => items.is_empty(),
            Document::Object(entries) => entries.is_empty(),
        },
        View::Timestamp(_) | View::Structure(_) => false,
    }
}
