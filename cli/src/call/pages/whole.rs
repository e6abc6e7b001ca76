//! Many pages as one answer, as botocore's `PageIterator.build_full_result` makes it.

use super::paths::{merge, place, take};
use typefoundry_jmespath::{Object, Value};

/// What the pages so far come to.
#[derive(Debug)]
pub(in crate::call) struct Whole {
    /// Of what each page has a part
    paths: Vec<String>,
    parts: Object,
    /// botocore keeps the first page's part of a map.
    loses_maps: bool,
}

impl Whole {
    pub(in crate::call) fn new(paths: &[String], loses_maps: bool) -> Self {
        Self { paths: paths.to_vec(), parts: Object::new(), loses_maps }
    }

    /// Whether no page had a part.
    pub(in crate::call) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Puts an empty list at the place of one whose elements are written elsewhere, and before all
    /// else.
    pub(in crate::call) fn stand_in(&mut self, path: &str) {
        if let Some(place) = place(&mut self.parts, path) {
            *place = Value::List(Vec::new());
        }
    }

    /// Adds a page.
    pub(in crate::call) fn add(&mut self, page: &mut Object) {
        for path in &self.paths {
            match take(page, path) {
                Some(part) if !part.is_null() => {
                    if let Some(whole) = place(&mut self.parts, path) {
                        append(whole, part, self.loses_maps);
                    }
                }
                _ => {}
            }
        }
    }

    /// The answer: with what the first page says for all, and with what leads on.
    pub(in crate::call) fn finish(mut self, first: Object, token: Option<&str>) -> Object {
        merge(&mut self.parts, first);
        if let Some(token) = token {
            self.parts.insert("NextToken", Value::from(token));
        }
        self.parts
    }
}

/// Adds a page's part: lists grow, numbers are summed, texts follow each other. An entry of a map
/// that is on several pages has a part of its list on each.
fn append(whole: &mut Value, part: Value, loses_maps: bool) {
    match (whole, part) {
        (whole @ Value::Null, part) => *whole = part,
        (Value::List(items), Value::List(part)) => items.extend(part),
        (Value::Text(text), Value::Text(part)) => text.push_str(&part),
        (Value::Number(number), Value::Number(part)) => *number = number.plus(part),
        (Value::Object(members), Value::Object(part)) if !loses_maps => {
            for (name, part) in part {
                match (members.get_mut(&name), part) {
                    (Some(Value::List(items)), Value::List(part)) => items.extend(part),
                    (_, part) => members.insert(name, part),
                }
            }
        }
        // A page of another kind than the one before: what is there stays.
        _ => {}
    }
}
