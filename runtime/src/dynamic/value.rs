//! A value of a type that is known at run time.

use super::Api;
use super::api::{Kind, Record};
use crate::schema::{Flags, Schema};
use crate::value::{Active, List, Map, Slot, Structure, Union, UnknownMember, Value, View};
use crate::{Blob, Document, Timestamp};
use indexmap::IndexMap;
use std::fmt;

/// A value of one of the types of an [`Api`].
///
/// What has not been filled is absent, also where it is required: nothing is made up.
#[derive(Clone)]
pub struct Dynamic<'s> {
    api: &'s Api,
    kind: Kind,
    /// Null is a value of its own.
    nullable: bool,
    as_sent: AsSent,
    data: Data<'s>,
}

/// Whether times stay as they come, which are read for what they are otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AsSent {
    No,
    /// As text, which is what XML and headers have
    Text,
    /// As text or a number; in headers as text
    Document,
}

#[derive(Clone)]
enum Data<'s> {
    Absent,
    Null,
    Bool(bool),
    Integer(i32),
    Long(i64),
    Float(f32),
    Double(f64),
    String(String),
    Blob(Blob),
    Timestamp(Timestamp),
    Document(Document),
    List(Vec<Dynamic<'s>>),
    Map(IndexMap<String, Dynamic<'s>>),
    Structure(Vec<Dynamic<'s>>),
    /// The member that is there, by index
    Member(usize, Box<Dynamic<'s>>),
    Unknown(UnknownMember),
    /// A union without a member
    Undecided,
}

/// What a value without members answers where a schema is asked for.
static NO_SCHEMA: Schema = Schema::new("", &[]);

impl<'s> Dynamic<'s> {
    pub(super) fn structure(api: &'s Api, record: usize, as_sent: AsSent) -> Self {
        let kind = Kind::Structure(record);
        let mut value = Self { api, kind, nullable: false, as_sent, data: Data::Absent };
        value.fill();
        value
    }

    pub(super) fn of_shape(api: &'s Api, shape: usize) -> Self {
        let mut value = Self::absent(api, shape, false, AsSent::No);
        value.fill();
        value
    }

    pub(super) fn absent(api: &'s Api, kind: usize, nullable: bool, as_sent: AsSent) -> Self {
        let kind = match (api.kinds[kind], as_sent) {
            (kind, AsSent::No) => kind,
            (Kind::Timestamp, AsSent::Text) => Kind::String,
            (Kind::Timestamp, AsSent::Document) => Kind::Document,
            // A float is told with the digits that it came with.
            (Kind::Float, _) => Kind::Double,
            (kind, _) => kind,
        };
        Self { api, kind, nullable, as_sent, data: Data::Absent }
    }

    /// The tables that the value's type is in.
    pub fn api(&self) -> &'s Api {
        self.api
    }

    fn record(&self) -> Option<&'s Record> {
        match self.kind {
            Kind::Structure(index) | Kind::Union(index) => self.api.records.get(index),
            _ => None,
        }
    }

    fn empty(&self) -> Data<'s> {
        match self.kind {
            Kind::String => Data::String(String::new()),
            Kind::Integer => Data::Integer(0),
            Kind::Long => Data::Long(0),
            Kind::Float => Data::Float(0.0),
            Kind::Double => Data::Double(0.0),
            Kind::Boolean => Data::Bool(false),
            Kind::Timestamp => Data::Timestamp(Timestamp::UNIX_EPOCH),
            Kind::Blob => Data::Blob(Blob::default()),
            Kind::Document => Data::Document(Document::Null),
            Kind::List { .. } => Data::List(Vec::new()),
            Kind::Map { .. } => Data::Map(IndexMap::new()),
            Kind::Union(_) => Data::Undecided,
            Kind::Structure(_) => {
                let member = |record: &Record, index: usize| {
                    let in_header = record.schema.members[index].flags.contains(Flags::HEADER);
                    let as_sent = match self.as_sent {
                        AsSent::Document if in_header => AsSent::Text,
                        as_sent => as_sent,
                    };
                    let (target, nullable) = (record.targets[index], record.nullable[index]);
                    Self::absent(self.api, target, nullable, as_sent)
                };
                let members = self.record().map(|record| {
                    (0..record.targets.len()).map(|index| member(record, index)).collect()
                });
                Data::Structure(members.unwrap_or_default())
            }
        }
    }

    fn fill(&mut self) {
        if matches!(self.data, Data::Absent | Data::Null) {
            self.data = self.empty();
        }
    }
}

impl fmt::Debug for Dynamic<'_> {
    /// The model's form as JSON, secrets left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wire = crate::Wire::new(self).redacted();
        f.write_str(&serde_json::to_string(&wire).map_err(|_| fmt::Error)?)
    }
}

impl Value for Dynamic<'_> {
    fn view(&self) -> View<'_> {
        match &self.data {
            Data::Absent => View::Absent,
            Data::Null => View::Null,
            Data::Bool(value) => View::Bool(*value),
            Data::Integer(value) => View::Integer(*value),
            Data::Long(value) => View::Long(*value),
            Data::Float(value) => View::Float(*value),
            Data::Double(value) => View::Double(*value),
            Data::String(text) => View::String(text),
            Data::Blob(blob) => View::Blob(blob.as_ref()),
            Data::Timestamp(timestamp) => View::Timestamp(*timestamp),
            Data::Document(document) => View::Document(document),
            Data::List(_) => View::List(self),
            Data::Map(_) => View::Map(self),
            Data::Structure(_) => View::Structure(self),
            Data::Member(..) | Data::Unknown(_) | Data::Undecided => View::Union(self),
        }
    }

    fn slot(&mut self) -> Slot<'_> {
        self.fill();
        match self.kind {
            Kind::List { .. } => return Slot::List(self),
            Kind::Map { .. } => return Slot::Map(self),
            Kind::Structure(_) => return Slot::Structure(self),
            Kind::Union(_) => return Slot::Union(self),
            _ => {}
        }
        match &mut self.data {
            Data::Bool(place) => Slot::Bool(place),
            Data::Integer(place) => Slot::Integer(place),
            Data::Long(place) => Slot::Long(place),
            Data::Float(place) => Slot::Float(place),
            Data::Double(place) => Slot::Double(place),
            Data::String(place) => Slot::String(place),
            Data::Blob(place) => Slot::Blob(place),
            Data::Timestamp(place) => Slot::Timestamp(place),
            Data::Document(place) => Slot::Document(place),
            _ => unreachable!("the kinds without a scalar have been answered"),
        }
    }

    fn set_null(&mut self) -> bool {
        if self.nullable {
            self.data = Data::Null;
        }
        self.nullable
    }

    fn clear(&mut self) {
        self.data = Data::Absent;
    }

    fn is_structure(&self) -> bool {
        matches!(self.kind, Kind::Structure(_))
    }
}

impl Structure for Dynamic<'_> {
    fn split(&self) -> (&Schema, &dyn Structure) {
        (self.record().map_or(&NO_SCHEMA, |record| &record.schema), self)
    }

    fn split_mut(&mut self) -> (&Schema, &mut dyn Structure) {
        self.fill();
        (self.record().map_or(&NO_SCHEMA, |record| &record.schema), self)
    }

    fn member(&self, index: usize) -> Option<&dyn Value> {
        match &self.data {
            Data::Structure(members) => members.get(index).map(|member| member as _),
            _ => None,
        }
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        match &mut self.data {
            Data::Structure(members) => members.get_mut(index).map(|member| member as _),
            _ => None,
        }
    }
}

impl Union for Dynamic<'_> {
    fn active(&self) -> (&Schema, Option<Active<'_>>) {
        let active = match &self.data {
            Data::Member(index, value) => Some(Active::Member(*index, &**value)),
            Data::Unknown(member) => Some(Active::Unknown(member)),
            _ => None,
        };
        (Union::schema(self), active)
    }

    fn schema(&self) -> &Schema {
        self.record().map_or(&NO_SCHEMA, |record| &record.schema)
    }

    fn activate(&mut self, index: usize) -> Option<&mut dyn Value> {
        let target = *self.record()?.targets.get(index)?;
        let value = Box::new(Self::absent(self.api, target, false, self.as_sent));
        self.data = Data::Member(index, value);
        match &mut self.data {
            Data::Member(_, value) => Some(&mut **value),
            _ => None,
        }
    }

    fn set_unknown(&mut self, member: UnknownMember) {
        self.data = Data::Unknown(member);
    }
}

impl List for Dynamic<'_> {
    fn len(&self) -> usize {
        match &self.data {
            Data::List(items) => items.len(),
            _ => 0,
        }
    }

    fn item(&self, index: usize) -> Option<&dyn Value> {
        match &self.data {
            Data::List(items) => items.get(index).map(|item| item as _),
            _ => None,
        }
    }

    fn item_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        match &mut self.data {
            Data::List(items) => items.get_mut(index).map(|item| item as _),
            _ => None,
        }
    }

    fn push(&mut self) -> &mut dyn Value {
        let (api, as_sent) = (self.api, self.as_sent);
        match (&mut self.data, self.kind) {
            (Data::List(items), Kind::List { item, sparse }) => {
                let index = items.len();
                let nullable = sparse || api.is_document(item);
                items.push(Dynamic::absent(api, item, nullable, as_sent));
                &mut items[index]
            }
            _ => unreachable!("only a list offers itself as one"),
        }
    }

    fn pop(&mut self) {
        if let Data::List(items) = &mut self.data {
            items.pop();
        }
    }

    fn is_sparse(&self) -> bool {
        matches!(self.kind, Kind::List { sparse: true, .. })
    }
}

impl Map for Dynamic<'_> {
    fn len(&self) -> usize {
        match &self.data {
            Data::Map(entries) => entries.len(),
            _ => 0,
        }
    }

    fn entry(&self, index: usize) -> Option<(&str, &dyn Value)> {
        match &self.data {
            Data::Map(entries) => {
                entries.get_index(index).map(|(key, value)| (key.as_str(), value as _))
            }
            _ => None,
        }
    }

    fn insert(&mut self, key: &str) -> &mut dyn Value {
        let (api, as_sent) = (self.api, self.as_sent);
        match (&mut self.data, self.kind) {
            (Data::Map(entries), Kind::Map { value, sparse }) => {
                let nullable = sparse || api.is_document(value);
                let empty = Dynamic::absent(api, value, nullable, as_sent);
                let (index, _) = entries.insert_full(key.to_owned(), empty);
                &mut entries[index]
            }
            _ => unreachable!("only a map offers itself as one"),
        }
    }

    fn remove(&mut self, key: &str) {
        if let Data::Map(entries) = &mut self.data {
            entries.shift_remove(key);
        }
    }

    fn is_sparse(&self) -> bool {
        matches!(self.kind, Kind::Map { sparse: true, .. })
    }
}
