//! An answer as a value to ask and to show: with members in the model's order, bytes as base64 and
//! times as they are to be shown.

use super::times::Times;
use typefoundry::dynamic::{Api, ApiOperation, Dynamic};
use typefoundry::schema::Flags;
use typefoundry::value::{Active, Structure, View};
use typefoundry::{Blob, Document, Number as DocumentNumber, TimestampFormat};
use typefoundry_jmespath::{Number, Object, Value};
use typefoundry_spec::{Kind, Member, ShapeId};

/// What is beside the body of an answer is read first (`_add_modeled_parse` in botocore's `parsers.py`).
const BESIDE: &[Flags] = &[Flags::HEADER, Flags::HEADER_PREFIX, Flags::STATUS];

/// An empty location is that of us-east-1, and no member then to our client; botocore shows it as
/// nothing (`parse_get_bucket_location` in its `handlers.py`). No other service has the operation.
const NOTHING: (&str, &str) = ("GetBucketLocation", "LocationConstraint");

/// The form of an operation's answers.
#[derive(Clone, Copy)]
pub(in crate::call) struct Answers<'a> {
    pub(in crate::call) api: &'a Api,
    pub(in crate::call) times: Times,
}

impl<'a> Answers<'a> {
    /// An answer to be filled.
    pub(in crate::call) fn empty(&self, operation: &ApiOperation) -> Dynamic<'a> {
        self.api.output_as_sent(operation)
    }

    /// An answer that is filled.
    pub(in crate::call) fn value(&self, operation: &ApiOperation, answer: &Dynamic<'_>) -> Value {
        let model = self.api.model().find_operation(&operation.schema.name);
        let members = model.map_or(&[][..], |model| model.output_members());
        let mut value = self.structure(answer, members);
        if let Value::Object(object) = &mut value
            && operation.schema.name == NOTHING.0
            && object.get(NOTHING.1).is_none()
        {
            object.push(NOTHING.1, Value::Null);
        }
        let (schema, _) = answer.split();
        let beside = |name: &str| {
            let member = schema.members.iter().find(|member| member.name == name);
            member.is_some_and(|member| BESIDE.iter().any(|place| member.flags.contains(*place)))
        };
        match value {
            Value::Object(object) if schema.members.iter().any(|it| beside(&it.name)) => {
                let (first, last): (Vec<_>, Vec<_>) =
                    object.into_iter().partition(|(name, _)| beside(name));
                let mut ordered = Object::new();
                for (name, value) in first.into_iter().chain(last) {
                    ordered.push(name, value);
                }
                Value::Object(ordered)
            }
            value => value,
        }
    }

    /// A structure with the members that the spec has for it.
    pub(in crate::call) fn structure(&self, value: &dyn Structure, members: &[Member]) -> Value {
        let (schema, values) = value.split();
        let mut object = Object::new();
        for (index, known) in schema.members.iter().enumerate() {
            let Some(value) = values.member(index) else { continue };
            // Both are in the model's order, but the schema may lack some.
            let target = members.get(index).filter(|member| member.name == known.name);
            let target = target.or_else(|| members.iter().find(|it| it.name == known.name));
            if !matches!(value.view(), View::Absent) {
                let target = target.map(|member| member.target);
                let format = known.timestamp_format();
                object.push(&*known.name, self.node(value.view(), target, format));
            }
        }
        Value::Object(object)
    }

    /// `format` is what a member says of the times in it.
    fn node(
        &self,
        view: View<'_>,
        shape: Option<ShapeId>,
        format: Option<TimestampFormat>,
    ) -> Value {
        let kind = shape.map(|shape| &self.api.model().shape(shape).kind);
        let sent = |value: Value| match kind {
            Some(Kind::Timestamp(_)) => self.times.shown(value, format),
            _ => value,
        };
        match view {
            View::Absent | View::Null => Value::Null,
            View::Bool(value) => Value::Bool(value),
            View::Integer(number) => Value::Number(i64::from(number).into()),
            View::Long(number) => Value::Number(number.into()),
            View::Float(number) => float(number.into()),
            View::Double(number) => float(number),
            View::String(text) => sent(Value::from(text)),
            View::Blob(bytes) => Value::Text(Blob::from(bytes.to_vec()).to_base64()),
            View::Timestamp(time) => Value::Text(time.to_iso_offset()),
            View::Document(document) => sent(from_document(document)),
            View::Structure(structure) => {
                let members = match kind {
                    Some(Kind::Structure { members, .. }) => &members[..],
                    _ => &[],
                };
                self.structure(structure, members)
            }
            View::Union(union) => {
                let mut object = Object::new();
                match union.active() {
                    (schema, Some(Active::Member(index, value))) => {
                        if let Some(known) = schema.members.get(index) {
                            let members = match kind {
                                Some(Kind::Union { members }) => &members[..],
                                _ => &[],
                            };
                            let target = members.iter().find(|it| it.name == known.name);
                            let target = target.map(|member| member.target);
                            object.push(&*known.name, self.node(value.view(), target, format));
                        }
                    }
                    // botocore's `parsers.py` has this name for it.
                    (_, Some(Active::Unknown(member))) => {
                        let mut unknown = Object::new();
                        unknown.push("name", Value::from(member.name()));
                        object.push("SDK_UNKNOWN_MEMBER", Value::Object(unknown));
                    }
                    (_, None) => {}
                }
                Value::Object(object)
            }
            View::List(list) => {
                let target = match kind {
                    Some(Kind::List(list)) => Some(list.item.target),
                    _ => None,
                };
                let items = (0..list.len()).filter_map(|index| list.item(index));
                Value::List(items.map(|item| self.node(item.view(), target, format)).collect())
            }
            View::Map(map) => {
                let target = match kind {
                    Some(Kind::Map(map)) => Some(map.value.target),
                    _ => None,
                };
                let mut object = Object::new();
                for (key, value) in (0..map.len()).filter_map(|index| map.entry(index)) {
                    object.push(key, self.node(value.view(), target, format));
                }
                Value::Object(object)
            }
        }
    }
}

/// JSON has names for numbers that are none, and that is how they came.
fn float(number: f64) -> Value {
    Value::Number(Number::Float(number))
}

/// Data without a shape as a value.
pub(in crate::call) fn from_document(document: &Document) -> Value {
    match document {
        Document::Null => Value::Null,
        Document::Bool(value) => Value::Bool(*value),
        Document::Number(DocumentNumber::Positive(number)) => Value::Number((*number).into()),
        Document::Number(DocumentNumber::Negative(number)) => Value::Number((*number).into()),
        Document::Number(DocumentNumber::Float(number)) => float(*number),
        Document::String(text) => Value::from(&**text),
        Document::Array(items) => Value::List(items.iter().map(from_document).collect()),
        Document::Object(entries) => {
            let mut object = Object::new();
            for (name, value) in entries {
                object.push(name, from_document(value));
            }
            Value::Object(object)
        }
    }
}
