//! Inputs made of JSON: as much of a value as endpoint rules look at.

use serde_json::Value as Json;
use typefoundry::schema::{MemberSchema, Schema};
use typefoundry::value::{List, Map, Slot, Structure, Value, View};

/// A JSON value in an input.
#[derive(Debug)]
pub(crate) enum Any {
    Absent,
    Bool(bool),
    Text(String),
    List(Vec<Any>),
    Map(Vec<(String, Any)>),
}

impl From<&Json> for Any {
    fn from(json: &Json) -> Self {
        match json {
            Json::Null | Json::Number(_) => Self::Absent,
            Json::Bool(value) => Self::Bool(*value),
            Json::String(text) => Self::Text(text.clone()),
            Json::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Json::Object(entries) => {
                Self::Map(entries.iter().map(|(key, value)| (key.clone(), value.into())).collect())
            }
        }
    }
}

/// An input: a schema, and the values of its members.
#[derive(Debug)]
pub(crate) struct Input {
    schema: Schema,
    values: Vec<Any>,
}

impl Input {
    pub(crate) fn new(members: Vec<MemberSchema>, values: &Json) -> Self {
        let value =
            |member: &MemberSchema| values.get(&*member.name).map_or(Any::Absent, Any::from);
        let values = members.iter().map(value).collect();
        Self { schema: Schema { name: "Input".into(), members: members.into() }, values }
    }
}

impl Value for Any {
    fn view(&self) -> View<'_> {
        match self {
            Self::Absent => View::Absent,
            Self::Bool(value) => View::Bool(*value),
            Self::Text(text) => View::String(text),
            Self::List(_) => View::List(self),
            Self::Map(_) => View::Map(self),
        }
    }

    fn slot(&mut self) -> Slot<'_> {
        unreachable!("an input is only read")
    }

    fn clear(&mut self) {
        *self = Self::Absent;
    }
}

impl List for Any {
    fn len(&self) -> usize {
        if let Self::List(items) = self { items.len() } else { 0 }
    }

    fn item(&self, index: usize) -> Option<&dyn Value> {
        let Self::List(items) = self else { return None };
        items.get(index).map(|item| item as _)
    }

    fn item_mut(&mut self, _: usize) -> Option<&mut dyn Value> {
        unreachable!("an input is only read")
    }

    fn push(&mut self) -> &mut dyn Value {
        unreachable!("an input is only read")
    }

    fn pop(&mut self) {}

    fn is_sparse(&self) -> bool {
        false
    }
}

impl Map for Any {
    fn len(&self) -> usize {
        if let Self::Map(entries) = self { entries.len() } else { 0 }
    }

    fn entry(&self, index: usize) -> Option<(&str, &dyn Value)> {
        let Self::Map(entries) = self else { return None };
        entries.get(index).map(|(key, value)| (key.as_str(), value as _))
    }

    fn insert(&mut self, _: &str) -> &mut dyn Value {
        unreachable!("an input is only read")
    }

    fn remove(&mut self, _: &str) {}

    fn is_sparse(&self) -> bool {
        false
    }
}

impl Value for Input {
    fn view(&self) -> View<'_> {
        View::Structure(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Structure(self)
    }

    fn clear(&mut self) {
        self.values.clear();
    }
}

impl Structure for Input {
    fn split(&self) -> (&Schema, &dyn Structure) {
        (&self.schema, self)
    }

    fn split_mut(&mut self) -> (&Schema, &mut dyn Structure) {
        unreachable!("an input is only read")
    }

    fn member(&self, index: usize) -> Option<&dyn Value> {
        self.values.get(index).map(|value| value as _)
    }

    fn member_mut(&mut self, _: usize) -> Option<&mut dyn Value> {
        unreachable!("an input is only read")
    }
}
