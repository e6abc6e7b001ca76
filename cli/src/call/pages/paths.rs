//! Paths of names in values, as `Shelf.Books`.

use typefoundry_jmespath::{Object, Value};

/// The value at a path.
pub(super) fn find<'v>(object: &'v Object, path: &str) -> Option<&'v Value> {
    match path.split_once('.') {
        None => object.get(path),
        Some((name, rest)) => match object.get(name)? {
            Value::Object(inner) => find(inner, rest),
            _ => None,
        },
    }
}

/// Takes the value at a path out.
pub(super) fn take(object: &mut Object, path: &str) -> Option<Value> {
    match path.split_once('.') {
        None => object.get_mut(path).map(std::mem::take),
        Some((name, rest)) => match object.get_mut(name)? {
            Value::Object(inner) => take(inner, rest),
            _ => None,
        },
    }
}

/// The place of a path, which is there from now on.
pub(super) fn place<'v>(object: &'v mut Object, path: &str) -> Option<&'v mut Value> {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    if object.get(name).is_none() {
        object.insert(name, Value::Null);
    }
    let value = object.get_mut(name)?;
    let Some(rest) = rest else { return Some(value) };
    if !matches!(value, Value::Object(_)) {
        *value = Value::Object(Object::new());
    }
    match value {
        Value::Object(inner) => place(inner, rest),
        _ => None,
    }
}

/// Sets the value at a path.
pub(super) fn set(object: &mut Object, path: &str, value: Value) {
    if let Some(place) = place(object, path) {
        *place = value;
    }
}

/// Puts members among others, objects into objects of the same name.
pub(super) fn merge(object: &mut Object, others: Object) {
    for (name, other) in others {
        match (object.get_mut(&name), other) {
            (Some(Value::Object(inner)), Value::Object(other)) => merge(inner, other),
            (_, other) => object.insert(name, other),
        }
    }
}
