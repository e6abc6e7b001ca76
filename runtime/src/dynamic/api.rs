//! A spec's tables in the form that the codecs read.

use super::Dynamic;
use crate::TimestampFormat;
use crate::schema::{
    AuthOption, ErrorFormat, ErrorSchema, Flags, MemberSchema, OperationSchema, PageSchema, Paging,
    Protocol, RareTraits, Schema, ServiceSchema, Text,
};
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
#[derive(Debug)]
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
                records.push(record(&model, &operation.name, &operation.input, None));
                let name = format!("{}Output", operation.name);
                records.push(record(&model, &name, operation.output_members(), None));
                let schema = operation_schema(&model, operation);
                ApiOperation { schema, input, output: input + 1 }
            })
            .collect();
        let service = service_schema(&model);
        Self { model, service, operations, kinds, records }
    }

    /// Reads a spec's text. The error holds every mistake with its line.
    pub fn load(name: &str, text: &str) -> Result<Self, spec::Diagnostics> {
        spec::load(name, text).into_model().map(Self::new)
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
        Dynamic::structure(self, operation.input)
    }

    /// An empty output of an operation.
    pub fn output(&self, operation: &ApiOperation) -> Dynamic<'_> {
        Dynamic::structure(self, operation.output)
    }

    /// An empty value of a structure that the spec names; nothing if it is no structure.
    pub fn value(&self, shape: &str) -> Option<Dynamic<'_>> {
        match self.kinds[self.model.find_shape(shape)?.index()] {
            Kind::Structure(record) => Some(Dynamic::structure(self, record)),
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

fn record(
    model: &spec::Model,
    name: &str,
    members: &[spec::Member],
    message: Option<&str>,
) -> Record {
    let schemas: Vec<_> =
        members.iter().map(|member| member_schema(model, member, message)).collect();
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

fn member_schema(
    model: &spec::Model,
    member: &spec::Member,
    message: Option<&str>,
) -> MemberSchema {
    let mut flags = Flags::NONE;
    let mut wire = member.wire.clone();
    let (binding, name) = match &member.binding {
        spec::Binding::Body => (Flags::NONE, None),
        spec::Binding::Label => (Flags::LABEL, None),
        spec::Binding::Query(name) => (Flags::QUERY, Some(name)),
        spec::Binding::Header(name) => (Flags::HEADER, Some(name)),
        spec::Binding::HeaderPrefix(name) => (Flags::HEADER_PREFIX, Some(name)),
        spec::Binding::Payload => (Flags::PAYLOAD, None),
        spec::Binding::StatusCode => (Flags::STATUS, None),
    };
    if name.is_some() {
        wire = name.cloned();
    }
    let traits = [
        (member.required, Flags::REQUIRED),
        (model.is_sensitive(member), Flags::SENSITIVE),
        (message == Some(&member.name), Flags::MESSAGE),
        (member.idempotency_token, Flags::IDEMPOTENCY_TOKEN),
    ];
    for (_, flag) in traits.iter().filter(|(set, _)| *set) {
        flags = flags.with(*flag);
    }
    let format = timestamp_format(model, member);
    let rare = (wire.is_some() || format.is_some())
        .then(|| Cow::Owned(RareTraits { wire: wire.map(Cow::Owned), format, ..RareTraits::default() }));
    MemberSchema { name: text(&member.name), flags: flags.with(binding), rare }
}

fn timestamp_format(model: &spec::Model, member: &spec::Member) -> Option<TimestampFormat> {
    Some(match model.timestamp_format(member)? {
        spec::TimestampFormat::DateTime => TimestampFormat::DateTime,
        spec::TimestampFormat::EpochSeconds => TimestampFormat::EpochSeconds,
        spec::TimestampFormat::EpochMillis => TimestampFormat::EpochMillis,
        spec::TimestampFormat::HttpDate => TimestampFormat::HttpDate,
    })
}

fn operation_schema(model: &spec::Model, operation: &spec::Operation) -> OperationSchema {
    OperationSchema {
        name: text(&operation.name),
        method: text(&operation.http.method),
        uri: text(&operation.http.uri.text),
        status: operation.http.status.unwrap_or(0),
        idempotent: operation.idempotent || operation.readonly,
        secret: model.operation_holds_secrets(operation),
        pages: operation.pages.as_ref().map(|pages| PageSchema {
            paging: match &pages.paging {
                spec::Paging::Token { input, output } => {
                    Paging::Token { input: text(input), output: text(output) }
                }
                spec::Paging::Number { input, total } => Paging::Number {
                    input: text(input),
                    total: text(total.as_deref().unwrap_or_default()),
                },
            },
            items: text(&pages.items),
            size: text(pages.size.as_deref().unwrap_or_default()),
        }),
        traits: None,
    }
}

fn service_schema(model: &spec::Model) -> ServiceSchema {
    let service = &model.service;
    let texts = |names: &[String]| -> Cow<'static, [Text]> {
        Cow::Owned(names.iter().map(|name| text(name)).collect())
    };
    let endpoint = service.endpoint.as_ref();
    let errors = model.errors().map(|(_, shape, error)| error_schema(shape, error));
    ServiceSchema {
        id: text(&service.id),
        title: text(&service.title),
        version: text(service.version.as_deref().unwrap_or_default()),
        protocol: match service.protocol {
            Some(spec::Protocol::RestJson) => Protocol::RestJson,
            Some(spec::Protocol::Rest) | None => Protocol::Rest,
        },
        auth: service.auth.iter().map(auth_option).collect(),
        endpoint: text(endpoint.map_or("", |endpoint| &endpoint.url)),
        default_region: text(
            endpoint.and_then(|endpoint| endpoint.region.as_deref()).unwrap_or(""),
        ),
        headers: service.headers.iter().map(|(name, value)| (text(name), text(value))).collect(),
        errors: errors.collect(),
        error_format: ErrorFormat {
            envelope: text(&service.errors.envelope),
            code: texts(&service.errors.code),
            message: texts(&service.errors.message),
        },
        ..ServiceSchema::default()
    }
}

fn auth_option(scheme: &spec::Scheme) -> AuthOption {
    let settings = scheme.settings.iter();
    let settings = settings.filter_map(|(name, value)| Some((text(name), text(value.as_str()?))));
    AuthOption { scheme: text(&scheme.name), settings: settings.collect() }
}

fn error_schema(shape: &spec::Shape, error: &spec::ErrorTrait) -> ErrorSchema {
    let wire = |name: &str| {
        let member = shape.members().iter().find(|member| member.name == name);
        text(member.map_or(name, spec::Member::wire_name))
    };
    let codes = if error.codes.is_empty() {
        vec![text(&shape.name)]
    } else {
        error.codes.iter().map(|code| text(code)).collect()
    };
    ErrorSchema {
        shape: text(&shape.name),
        codes: Cow::Owned(codes),
        status: error.status.unwrap_or(0),
        has: error.has.as_deref().map_or(Cow::Borrowed(""), wire),
        message: shape.error_message().map_or(Cow::Borrowed(""), |it| text(it.wire_name())),
        retryable: error.retryable,
        throttling: error.throttling,
    }
}

fn text(text: &str) -> Text {
    Cow::Owned(text.to_owned())
}
