//! What botocore's `validate.py` checks, with its messages: types, what is required, what is unknown,
//! lower limits, and that a union has one member.

use super::param::Param;
use super::{REDACTED, times};
use typefoundry::Map;
use typefoundry_spec::{Kind, Member, Model, ShapeId};

/// Every complaint about an input; nothing if it can be sent. Whoever wants no validation hears of what
/// there is no place for, and of no value that only the service would refuse.
pub(in crate::call) fn check(
    model: &Model,
    members: &[Member],
    input: &Map<String, Param>,
    validates: bool,
) -> Vec<String> {
    let mut cx = Cx { model, complaints: Vec::new(), is_secret: false, validates };
    cx.members(members, input, "", false);
    cx.complaints
}

struct Cx<'m> {
    model: &'m Model,
    complaints: Vec<String>,
    /// Whether the value is secret, or in one that is
    is_secret: bool,
    validates: bool,
}

/// The place as messages name it.
fn shown(place: &str) -> &str {
    if place.is_empty() { "input" } else { place.strip_prefix('.').unwrap_or(place) }
}

impl Cx<'_> {
    fn members(
        &mut self,
        members: &[Member],
        values: &Map<String, Param>,
        place: &str,
        is_union: bool,
    ) {
        let names = || members.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
        if is_union && values.is_empty() {
            let (place, names) = (shown(place), names());
            self.complaints.push(format!(
                "Must set one of the following keys for tagged unionstructure {place}: {names}."
            ));
        }
        if is_union && values.len() > 1 {
            let (place, names) = (shown(place), names());
            self.complaints.push(format!(
                "Invalid number of parameters set for tagged union structure {place}. Can only set \
                 one of the following keys: {names}."
            ));
        }
        for member in members {
            // Tokens are made up where they are left out.
            let made_up = member.idempotency_token && place.is_empty();
            let is_due = self.validates && member.required && !made_up;
            if is_due && !values.contains_key(&member.name) {
                self.complaints.push(format!(
                    "Missing required parameter in {}: \"{}\"",
                    shown(place),
                    member.name
                ));
            }
        }
        let find = |name: &String| members.iter().find(|member| member.name == *name);
        for name in values.keys().filter(|name| find(name).is_none()) {
            self.complaints.push(format!(
                "Unknown parameter in {}: \"{name}\", must be one of: {}",
                shown(place),
                names()
            ));
        }
        for (name, value) in values {
            if let Some(member) = find(name) {
                self.below(member, value, &format!("{place}.{name}"));
            }
        }
    }

    fn below(&mut self, member: &Member, value: &Param, place: &str) {
        let outer = self.is_secret;
        self.is_secret |= self.model.is_sensitive(member);
        self.value(member.target, value, place, member.host_label);
        self.is_secret = outer;
    }

    /// A value as messages show it.
    fn told(&self, value: &Param) -> String {
        if self.is_secret { REDACTED.to_owned() } else { value.to_string() }
    }

    fn value(&mut self, target: ShapeId, value: &Param, place: &str, is_label: bool) {
        let shape = self.model.shape(target);
        let (least_length, least) = (shape.constraints.length.0, shape.constraints.range.0);
        match (&shape.kind, value) {
            // To Python, true is 1.
            (Kind::Document, value) if value.holds_special() => self.complaints.push(format!(
                "Invalid value for parameter {}: JSON has neither NaN nor infinities",
                shown(place)
            )),
            (Kind::Document, _)
            | (Kind::Blob, Param::Text(_) | Param::Bytes(_))
            | (
                Kind::Integer | Kind::Long | Kind::Float | Kind::Double | Kind::Boolean,
                Param::Bool(_),
            ) => {}
            (Kind::String | Kind::Enum(_), Param::Text(text)) => {
                // What is part of a host name cannot be empty.
                let least = least_length.or_else(|| is_label.then_some(1));
                self.length(least, text.chars().count(), place);
            }
            (Kind::Integer | Kind::Long, Param::Integer(_))
            | (Kind::Float | Kind::Double, Param::Integer(_) | Param::Float(_)) => {
                self.range(least, value, place);
            }
            (Kind::Timestamp(_), value) if times::read(value).is_some() => {}
            (Kind::List(list), Param::List(items)) => {
                self.length(least_length, items.len(), place);
                for (index, item) in items.iter().enumerate() {
                    self.below(&list.item, item, &format!("{place}[{index}]"));
                }
            }
            (Kind::Map(map), Param::Map(entries)) => {
                for (key, value) in entries {
                    let text = Param::Text(key.clone());
                    let key = self.told(&text);
                    self.value(map.key, &text, &format!("{place} (key: {key})"), false);
                    self.below(&map.value, value, &format!("{place}.{key}"));
                }
            }
            (Kind::Structure { members, .. }, Param::Map(values)) => {
                self.members(members, values, place, false);
            }
            (Kind::Union { members }, Param::Map(values)) => {
                self.members(members, values, place, !shape.event_stream);
            }
            (kind, value) => self.complaints.push(format!(
                "Invalid type for parameter {}, value: {}, type: {}, valid types: {}",
                shown(place),
                self.told(value),
                value.class(),
                classes(kind)
            )),
        }
    }

    fn length(&mut self, least: Option<u64>, length: usize, place: &str) {
        if self.validates
            && let Some(least) = least
            && u64::try_from(length).is_ok_and(|length| length < least)
        {
            self.complaints.push(format!(
                "Invalid length for parameter {}, value: {length}, valid min length: {least}",
                shown(place)
            ));
        }
    }

    fn range(&mut self, least: Option<f64>, value: &Param, place: &str) {
        if self.validates
            && let (Some(least), Some(number)) = (least, value.number())
            && number < least
        {
            self.complaints.push(format!(
                "Invalid value for parameter {}, value: {}, valid min value: {least}",
                shown(place),
                self.told(value)
            ));
        }
    }
}

/// The classes of Python that a value may have.
fn classes(kind: &Kind) -> &'static str {
    match kind {
        Kind::String | Kind::Enum(_) => "<class 'str'>",
        Kind::Integer | Kind::Long => "<class 'int'>",
        Kind::Float | Kind::Double => "<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>",
        Kind::Boolean => "<class 'bool'>",
        Kind::Timestamp(_) => "<class 'datetime.datetime'>, timestamp-string",
        Kind::Blob => "<class 'bytes'>, <class 'bytearray'>, file-like object",
        Kind::List(_) => "<class 'list'>, <class 'tuple'>",
        Kind::Document | Kind::Map(_) | Kind::Structure { .. } | Kind::Union { .. } => {
            "<class 'dict'>"
        }
    }
}
