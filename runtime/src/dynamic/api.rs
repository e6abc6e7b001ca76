//! A spec's tables in the form that the codecs read.

use super::Dynamic;
use super::tables::{self, text};
use super::value::AsSent;
use crate::schema::{OperationSchema, Protocol, Schema, ServiceSchema};
use std::borrow::Cow;
use typefoundry_spec as spec;

/// A spec, ready to call.
#[derive(Debug)]
pub struct Api {
    model: spec::Model,
    service: ServiceSchema,
    operations: Vec<ApiOperation>,
    /// What the shapes are, by their index in the model.
    pub(super) kinds: Vec<Kind>,
    /// Structures and unions, and the inputs and outputs of operations.
    pub(super) records: Vec<Record>,
}

/// An operation of a spec.
#[derive(Clone, Debug)]
pub struct ApiOperation {
    /// What the codecs and the client know about it.
    pub schema: OperationSchema,
    input: usize,
    output: usize,
}

/// What a type is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    String,
    Integer,
    Long,
    Float,
    Double,
    Boolean,
    Timestamp,
    Blob,
    Document,
    List {
        item: usize,
        sparse: bool,
    },
    Map {
        value: usize,
        sparse: bool,
    },
    /// Index into the records
    Structure(usize),
    /// Index into the records
    Union(usize),
}

/// Members with their types.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) schema: Schema,
    /// The kinds of the members, by index
    pub(super) targets: Vec<usize>,
    /// Which members tell null from absent
    pub(super) nullable: Vec<bool>,
}

impl Api {
    /// Makes the tables of a model.
    pub fn new(model: spec::Model) -> Self {
        let mut records = Vec::new();
        let mut kinds = Vec::with_capacity(model.shapes.len());
        for shape in &model.shapes {
            kinds.push(kind(&model, shape, &mut records));
        }
        let operations = model
            .operations
            .iter()
            .map(|operation| {
                let input = records.len();
                let members = beside_events(&model, &operation.input);
                records.push(record(&model, &operation.name, &members, None));
                let name = format!("{}Output", operation.name);
                let members = beside_events(&model, operation.output_members());
                records.push(record(&model, &name, &members, None));
                let schema = tables::operation(&model, operation);
                ApiOperation { schema, input, output: input + 1 }
            })
            .collect();
        let service = tables::service(&model);
        Self { model, service, operations, kinds, records }
    }

    /// Reads a spec's text. The error holds every mistake with its line.
    pub fn load(name: &str, text: &str) -> Result<Self, spec::Diagnostics> {
        spec::load(name, text).into_model().map(Self::new)
    }

    /// Reads a spec with an overlay merged onto it; each is a name and a text. The error holds every
    /// mistake with its line.
    pub fn load_with_overlay(
        base: (&str, &str),
        overlay: (&str, &str),
    ) -> Result<Self, spec::Diagnostics> {
        spec::load_with_overlay(base, overlay).into_model().map(Self::new)
    }

    /// The members of an operation's input.
    pub(super) fn schema_of_input(&self, operation: &ApiOperation) -> &Schema {
        &self.records[operation.input].schema
    }

    /// An empty value of any shape.
    #[cfg(feature = "event-stream")]
    pub(super) fn value_of(&self, shape: spec::ShapeId) -> Dynamic<'_> {
        Dynamic::absent(self, shape.index(), false, super::value::AsSent::No)
    }

    pub(super) fn is_document(&self, kind: usize) -> bool {
        matches!(self.kinds[kind], Kind::Document)
    }

    /// The spec
    pub fn model(&self) -> &spec::Model {
        &self.model
    }

    /// What a client knows about the service.
    pub fn service(&self) -> &ServiceSchema {
        &self.service
    }

    /// The operations, in the order of the spec.
    pub fn operations(&self) -> &[ApiOperation] {
        &self.operations
    }

    /// An operation by name.
    pub fn operation(&self, name: &str) -> Option<&ApiOperation> {
        self.operations.iter().find(|operation| operation.schema.name == name)
    }

    /// An empty input of an operation.
    pub fn input(&self, operation: &ApiOperation) -> Dynamic<'_> {
        Dynamic::structure(self, operation.input, AsSent::No)
    }

    /// An empty output of an operation.
    pub fn output(&self, operation: &ApiOperation) -> Dynamic<'_> {
        Dynamic::structure(self, operation.output, AsSent::No)
    }

    /// An empty output of an operation whose times stay as the service sends them, for those who
    /// show answers: a member of the type `timestamp` is text in it, or of a protocol with numbers
    /// a document.
    pub fn output_as_sent(&self, operation: &ApiOperation) -> Dynamic<'_> {
        let as_sent = match self.service.protocol {
            Protocol::Query | Protocol::Ec2Query | Protocol::RestXml => AsSent::Text,
            _ => AsSent::Document,
        };
        Dynamic::structure(self, operation.output, as_sent)
    }

    /// An empty value of the events that answer an operation; nothing if none do.
    pub fn event(&self, operation: &ApiOperation) -> Option<Dynamic<'_>> {
        let operation = self.model.find_operation(&operation.schema.name)?;
        let member = self.model.event_stream_member(operation.output_members())?;
        Some(Dynamic::of_shape(self, member.target.index()))
    }

    /// An empty value of a structure that the spec names; nothing if it is no structure.
    pub fn value(&self, shape: &str) -> Option<Dynamic<'_>> {
        match self.kinds[self.model.find_shape(shape)?.index()] {
            Kind::Structure(record) => Some(Dynamic::structure(self, record, AsSent::No)),
            _ => None,
        }
    }
}

fn kind(model: &spec::Model, shape: &spec::Shape, records: &mut Vec<Record>) -> Kind {
    match &shape.kind {
        spec::Kind::String | spec::Kind::Enum(_) => Kind::String,
        spec::Kind::Integer => Kind::Integer,
        spec::Kind::Long => Kind::Long,
        spec::Kind::Float => Kind::Float,
        spec::Kind::Double => Kind::Double,
        spec::Kind::Boolean => Kind::Boolean,
        spec::Kind::Timestamp(_) => Kind::Timestamp,
        spec::Kind::Blob => Kind::Blob,
        spec::Kind::Document => Kind::Document,
        spec::Kind::List(list) => {
            Kind::List { item: list.item.target.index(), sparse: list.sparse }
        }
        spec::Kind::Map(map) => Kind::Map { value: map.value.target.index(), sparse: map.sparse },
        spec::Kind::Structure { members, .. } => {
            let message = shape.error_message().map(|member| &*member.name);
            records.push(record(model, &shape.name, members, message));
            Kind::Structure(records.len() - 1)
        }
        spec::Kind::Union { members } => {
            records.push(record(model, &shape.name, members, None));
            Kind::Union(records.len() - 1)
        }
    }
}

/// The members of an input or output that are no stream of events, which is no part of a body.
fn beside_events(model: &spec::Model, members: &[spec::Member]) -> Vec<spec::Member> {
    let is_field = |member: &&spec::Member| !model.shape(member.target).event_stream;
    members.iter().filter(is_field).cloned().collect()
}

fn record(
    model: &spec::Model,
    name: &str,
    members: &[spec::Member],
    message: Option<&str>,
) -> Record {
    let schemas: Vec<_> =
        members.iter().map(|member| tables::member(model, member, message)).collect();
    Record {
        schema: Schema { name: text(name), members: Cow::Owned(schemas) },
        targets: members.iter().map(|member| member.target.index()).collect(),
        nullable: members.iter().map(|member| takes_null(model, member)).collect(),
    }
}

/// Null is one of a document's own values, but of an optional one it says that it is not there, as
/// of any other member.
fn takes_null(model: &spec::Model, member: &spec::Member) -> bool {
    let document = matches!(model.shape(member.target).kind, spec::Kind::Document);
    member.nullable || member.required && document
}
