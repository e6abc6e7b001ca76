//! Errors that a service gives whatever its spec says, in the form of its protocol.

use super::Served;
use crate::binding::write_error;
use crate::codec::DecodeError;
use crate::dynamic::sample::{Sampler, read_model};
use crate::schema::{ErrorSchema, Flags, MemberSchema, Protocol, Schema, ServiceSchema};
use crate::value::{Slot, Structure, Value, View};
use bytes::Bytes;
use std::borrow::Cow;
use typefoundry_spec as spec;

/// Why a request is turned down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: String,
    pub(super) status: u16,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(code: &str, status: u16, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), status, message: message.into() }
    }

    /// A request that is not of the protocol's form, or that lacks something.
    pub(super) fn unreadable(protocol: Protocol, error: &DecodeError) -> Self {
        let message = error.to_string();
        let code = match (error, protocol) {
            (DecodeError::Missing { .. }, Protocol::Ec2Query) => "MissingParameter",
            (DecodeError::Missing { .. }, protocol) => return Self::invalid(protocol, message),
            (_, Protocol::Query) => "MalformedInput",
            (_, Protocol::Ec2Query) => "InvalidParameterValue",
            (_, Protocol::RestXml) => "MalformedXML",
            _ => "SerializationException",
        };
        Self::new(code, 400, message)
    }

    /// Values that the spec does not allow.
    pub(super) fn invalid(protocol: Protocol, message: impl Into<String>) -> Self {
        let code = match protocol {
            Protocol::Query => "ValidationError",
            Protocol::Ec2Query => "InvalidParameterValue",
            Protocol::RestXml => "InvalidArgument",
            _ => "ValidationException",
        };
        Self::new(code, 400, message)
    }

    /// One request too many.
    pub(super) fn throttled(service: &ServiceSchema) -> Self {
        const MESSAGE: &str = "the mock was told to throttle some requests";
        if let Some(error) = service.errors.iter().find(|error| error.throttling) {
            let code = error.codes.first().unwrap_or(&error.shape);
            return Self::new(code, if error.status == 0 { 429 } else { error.status }, MESSAGE);
        }
        let (code, status) = match service.protocol {
            Protocol::Query => ("Throttling", 400),
            Protocol::Ec2Query => ("RequestLimitExceeded", 503),
            Protocol::RestXml => ("SlowDown", 503),
            Protocol::Rest => ("Throttled", 429),
            _ => ("ThrottlingException", 400),
        };
        Self::new(code, status, MESSAGE)
    }

    /// The response, with the members of the error's structure where the spec has one of the code.
    pub(super) fn response(
        &self,
        served: &Served,
        service: &ServiceSchema,
    ) -> http::Response<Bytes> {
        match modelled(served, service, &self.code, Some(&self.message), None) {
            Some(response) => response,
            None => self.plain(service),
        }
    }

    fn plain(&self, service: &ServiceSchema) -> http::Response<Bytes> {
        let protocol = service.protocol;
        let message = name_of_message(service);
        let member = |name| MemberSchema { name, ..MemberSchema::new("", Flags::NONE) };
        let (mut members, mut texts) = (vec![member(message.clone())], vec![self.message.clone()]);
        if protocol == Protocol::Rest {
            let code = service.error_format.code.first().cloned();
            members.push(member(code.unwrap_or(Cow::Borrowed("code"))));
            texts.push(self.code.clone());
        }
        let schema = Schema { name: Cow::Borrowed("Error"), members: Cow::Owned(members) };
        let error = ErrorSchema {
            shape: Cow::Owned(self.code.clone()),
            codes: Cow::Owned(vec![Cow::Owned(self.code.clone())]),
            status: self.status,
            has: Cow::Borrowed(""),
            message,
            retryable: false,
            throttling: false,
        };
        write_error(service, &error, &Texts { schema: &schema, texts })
    }
}

/// An error of the spec, by its code or the name of its structure: with the members given, or made
/// from its shape.
pub(super) fn modelled(
    served: &Served,
    service: &ServiceSchema,
    code: &str,
    message: Option<&str>,
    members: Option<&spec::Json>,
) -> Option<http::Response<Bytes>> {
    let named = service.errors.iter().find(|error| error.shape == code);
    let mut schema = named.or_else(|| service.error_by_code(code))?.clone();
    let model = served.api.model();
    let shape = model.shape(model.find_shape(&schema.shape)?);
    let mut value = served.api.value(&schema.shape)?;
    if let Some(members) = members {
        read_model(members, &mut value);
    } else {
        let sampler = Sampler::new(model).patterned(&served.patterns);
        read_model(&sampler.members(shape.members()), &mut value);
    }
    let text = message.map_or_else(|| format!("the mock's {}", schema.shape), str::to_owned);
    if let Some(member) = shape.error_message().filter(|_| members.is_none()) {
        fill(&mut value, &member.name, &text);
    }
    if schema.status == 0 && shape.error().is_some_and(|it| it.fault == Some(spec::Fault::Server)) {
        schema.status = 500;
    }
    // Of the codes that one structure stands for, the one that was asked for.
    if schema.codes.iter().any(|known| known == code) {
        schema.codes = Cow::Owned(vec![Cow::Owned(code.to_owned())]);
    }
    let code = schema.codes.first().cloned().unwrap_or_default();
    for name in service.error_format.code.iter() {
        let given = members.is_some_and(|members| members.get(name).is_some());
        if !given && shape.members().iter().any(|member| member.name == **name) {
            fill(&mut value, name, &code);
        }
    }
    if shape.error_message().is_some() {
        return Some(write_error(service, &schema, &value));
    }
    // Services say why, whether their models have a place for it or not.
    let (known, values) = value.split();
    let mut known = known.clone();
    let name = name_of_message(service);
    known.members.to_mut().push(MemberSchema { name, ..MemberSchema::new("", Flags::MESSAGE) });
    Some(write_error(service, &schema, &Told { schema: &known, values, message: text }))
}

/// What a service calls an error's message.
fn name_of_message(service: &ServiceSchema) -> crate::schema::Text {
    let usual = if service.protocol.answers_xml() { "Message" } else { "message" };
    service.error_format.message.first().cloned().unwrap_or(Cow::Borrowed(usual))
}

/// Puts a text into a member, or the number that it stands for.
fn fill(value: &mut dyn Structure, name: &str, text: &str) {
    match value.get_mut(name).map(Value::slot) {
        Some(Slot::String(place)) => text.clone_into(place),
        Some(Slot::Enum(place)) => place.set(text),
        Some(Slot::Integer(place)) => *place = text.parse().unwrap_or(*place),
        Some(Slot::Long(place)) => *place = text.parse().unwrap_or(*place),
        _ => {}
    }
}

/// A structure of texts.
#[derive(Debug)]
struct Texts<'s> {
    schema: &'s Schema,
    texts: Vec<String>,
}

impl Value for Texts<'_> {
    fn view(&self) -> View<'_> {
        View::Structure(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Structure(self)
    }

    fn clear(&mut self) {
        self.texts.iter_mut().for_each(String::clear);
    }
}

impl Structure for Texts<'_> {
    fn split(&self) -> (&Schema, &dyn Structure) {
        (self.schema, self)
    }

    fn split_mut(&mut self) -> (&Schema, &mut dyn Structure) {
        (self.schema, self)
    }

    fn member(&self, index: usize) -> Option<&dyn Value> {
        self.texts.get(index).map(|text| text as _)
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        self.texts.get_mut(index).map(|text| text as _)
    }
}

/// An error with a message that its structure has no member for. It is only written.
#[derive(Debug)]
struct Told<'v> {
    schema: &'v Schema,
    values: &'v dyn Structure,
    message: String,
}

impl Value for Told<'_> {
    fn view(&self) -> View<'_> {
        View::Structure(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Structure(self)
    }

    fn clear(&mut self) {
        self.message.clear();
    }
}

impl Structure for Told<'_> {
    fn split(&self) -> (&Schema, &dyn Structure) {
        (self.schema, self)
    }

    fn split_mut(&mut self) -> (&Schema, &mut dyn Structure) {
        (self.schema, self)
    }

    fn member(&self, index: usize) -> Option<&dyn Value> {
        if index + 1 == self.schema.members.len() {
            return Some(&self.message);
        }
        self.values.member(index)
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        (index + 1 == self.schema.members.len()).then_some(&mut self.message as _)
    }
}
