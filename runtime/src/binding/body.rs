//! Bodies: payload members, and the members that are in no other place. One arm for each codec.

use crate::Blob;
use crate::codec::{DecodeError, Place, Reading, Report, json, xml};
use crate::schema::{MemberSchema, Protocol, XmlName};
use crate::value::{Slot, Structure, Value, View};
use bytes::Bytes;
use serde_core::de::IgnoredAny;
use std::borrow::Cow;

/// A body and what it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    pub(super) body: Bytes,
    /// The content type, where there is something to say.
    pub(super) media: Option<&'static str>,
}

/// Where in a body the members of a structure are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Find<'a> {
    /// The body is the structure.
    Root,
    /// In the element of that name, of a response of AWS query.
    Result(&'a str),
    /// Where the protocol has the members of an error.
    Error,
}

/// How the bodies of a protocol are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codec {
    Json,
    Xml,
    Cbor,
}

impl Protocol {
    /// How its bodies are written; of the query protocols, those of responses.
    pub(super) const fn codec(self) -> Codec {
        match self {
            Self::RestJson | Self::Rest | Self::Json10 | Self::Json11 => Codec::Json,
            Self::RestXml | Self::Query | Self::Ec2Query => Codec::Xml,
            Self::RpcV2Cbor => Codec::Cbor,
        }
    }

    /// The format that a body should have, if it has not.
    pub(crate) fn foreign_body(self, body: &[u8]) -> Option<&'static str> {
        let (format, readable) = match self.codec() {
            Codec::Json => ("JSON", serde_json::from_slice::<IgnoredAny>(body).is_ok()),
            Codec::Xml => ("XML", xml::Tree::parse(body).is_ok()),
            Codec::Cbor => ("CBOR", true),
        };
        (!readable).then_some(format)
    }

    /// The content type of its bodies.
    pub(super) const fn media(self) -> &'static str {
        match self {
            Self::RestJson | Self::Rest => "application/json",
            Self::Json10 => "application/x-amz-json-1.0",
            Self::Json11 => "application/x-amz-json-1.1",
            Self::RestXml => "application/xml",
            Self::Query | Self::Ec2Query => "text/xml",
            Self::RpcV2Cbor => "application/cbor",
        }
    }
}

/// A payload member is the body: bytes and text as they are, anything else in the codec's form.
pub(super) fn write_payload(
    member: &MemberSchema,
    value: &dyn Value,
    protocol: Protocol,
) -> Content {
    let content = |body, media| Content { body, media: Some(media) };
    match value.view() {
        View::Absent => Content::default(),
        View::Blob(bytes) => content(Bytes::copy_from_slice(bytes), "application/octet-stream"),
        View::String(text) => content(Bytes::copy_from_slice(text.as_bytes()), "text/plain"),
        view => {
            let body = match (protocol.codec(), view) {
                (Codec::Json, View::Structure(structure)) => {
                    json::write_structure(structure, protocol.body_form())
                }
                (Codec::Json, _) => json::write(value, protocol.body_form()),
                (Codec::Xml, _) => {
                    xml::write(member.wire_name(), Place::of(member).namespace, value)
                }
                (Codec::Cbor, _) => Vec::new(),
            };
            content(body.into(), protocol.media())
        }
    }
}

pub(super) fn read_payload(
    body: &Bytes,
    value: &mut dyn Value,
    protocol: Protocol,
    reading: Reading,
) -> Result<Report, DecodeError> {
    match value.slot() {
        Slot::Blob(place) => *place = Blob::from(body.to_vec()),
        Slot::String(place) => String::from_utf8_lossy(body).as_ref().clone_into(place),
        Slot::Enum(place) => place.set(&String::from_utf8_lossy(body)),
        _ => {
            // Asking for the slot has made something of what may be absent.
            value.clear();
            return match protocol.codec() {
                Codec::Json => json::read(body, value, protocol.body_form(), reading),
                Codec::Xml => xml::read(xml::Tree::parse(body)?.root(), value, reading),
                Codec::Cbor => Err(no_cbor()),
            };
        }
    }
    Ok(Report::default())
}

/// The members of an input that are in the body.
pub(super) fn write_members(
    protocol: Protocol,
    structure: &dyn Structure,
    root: Option<&XmlName>,
) -> Content {
    let body = match protocol.codec() {
        Codec::Json => json::write_structure(structure, protocol.body_form()),
        // Where there is nothing to say there is no body, as botocore has it.
        Codec::Xml if !xml::has_body(structure) => return Content::default(),
        Codec::Xml => {
            let named = root.map_or(&structure.split().0.name, |root| &root.name);
            let namespace = root.map(|root| &root.namespace).filter(|it| !it.is_empty());
            let namespace = namespace.map(|uri| (uri.clone(), Cow::Borrowed("")));
            xml::write(named, namespace.as_ref(), structure)
        }
        Codec::Cbor => Vec::new(),
    };
    Content { body: body.into(), media: Some(protocol.media()) }
}

/// An empty body is an empty structure: nothing is there, and what is required is missing.
pub(super) fn read_members(
    body: &Bytes,
    structure: &mut dyn Structure,
    protocol: Protocol,
    reading: Reading,
    find: Find<'_>,
) -> Result<Report, DecodeError> {
    match protocol.codec() {
        Codec::Json => {
            let body = if body.is_empty() { &b"{}"[..] } else { body };
            json::read(body, structure, protocol.body_form(), reading)
        }
        Codec::Xml if body.is_empty() => xml::read_structure(None, structure, reading),
        Codec::Xml => {
            let tree = xml::Tree::parse(body)?;
            xml::read_structure(Some(find.element(tree.root())), structure, reading)
        }
        #[cfg(feature = "cbor")]
        Codec::Cbor => super::cbor::read_body(body, structure, reading),
        #[cfg(not(feature = "cbor"))]
        Codec::Cbor => Err(no_cbor()),
    }
}

impl Find<'_> {
    /// A wrapper that is not there is not missed.
    fn element(self, root: xml::Element<'_>) -> xml::Element<'_> {
        match self {
            Self::Root | Self::Result("") => root,
            Self::Result(name) => root.child(name).unwrap_or(root),
            Self::Error => error_element(root),
        }
    }
}

/// The element that holds an error's code, message and members: the root itself, or what its
/// wrappers lead to (`ErrorResponse/Error`, and `Response/Errors/Error` of Amazon EC2).
pub(super) fn error_element(root: xml::Element<'_>) -> xml::Element<'_> {
    let errors = root.child("Errors").unwrap_or(root);
    errors.child("Error").unwrap_or(root)
}

fn no_cbor() -> DecodeError {
    DecodeError::Feature { format: "CBOR", feature: "cbor" }
}
