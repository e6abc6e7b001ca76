//! How the payloads of a service's events are written.

use crate::codec::{DecodeError, Form, Reading, Report, json, xml};
use crate::schema::Protocol;
use crate::value::{Slot, Value, View};
use std::fmt;

/// How the payloads of events are written: by the codec of the service.
pub trait EventCodec: fmt::Debug + Send + Sync {
    /// The codec's name, as members carry it that the spec does not know: `json`.
    fn name(&self) -> &'static str;

    /// The media type of a payload that the codec has written.
    fn media_type(&self) -> &'static str;

    /// Fills a value from a payload. A structure's may be empty, and then nothing is there.
    fn read(
        &self,
        payload: &[u8],
        value: &mut dyn Value,
        reading: Reading,
    ) -> Result<Report, DecodeError>;

    /// The payload that holds a value.
    fn write(&self, value: &dyn Value) -> Vec<u8>;
}

/// The codec of a protocol's events; nothing where there is none.
pub fn codec_of(protocol: Protocol) -> Option<&'static dyn EventCodec> {
    Some(match protocol {
        Protocol::RestJson | Protocol::Rest | Protocol::Json10 | Protocol::Json11 => {
            &JsonEvents { protocol: Protocol::RestJson }
        }
        #[cfg(feature = "cbor")]
        Protocol::RpcV2Cbor => &CborEvents,
        Protocol::RestXml => &XmlEvents,
        _ => return None,
    })
}

/// Payloads of JSON.
#[derive(Clone, Copy, Debug)]
pub struct JsonEvents {
    /// The protocol, which says how times are written.
    pub protocol: Protocol,
}

impl EventCodec for JsonEvents {
    fn name(&self) -> &'static str {
        "json"
    }

    fn media_type(&self) -> &'static str {
        "application/json"
    }

    fn read(
        &self,
        payload: &[u8],
        value: &mut dyn Value,
        reading: Reading,
    ) -> Result<Report, DecodeError> {
        let payload = if payload.is_empty() && value.is_structure() { b"{}" } else { payload };
        json::read(payload, value, self.form(), reading)
    }

    fn write(&self, value: &dyn Value) -> Vec<u8> {
        json::write(value, self.form())
    }
}

impl JsonEvents {
    fn form(self) -> Form {
        self.protocol.body_form()
    }
}

/// Payloads of CBOR.
#[cfg(feature = "cbor")]
#[derive(Clone, Copy, Debug)]
pub struct CborEvents;

#[cfg(feature = "cbor")]
impl EventCodec for CborEvents {
    fn name(&self) -> &'static str {
        crate::codec::cbor::NAME
    }

    fn media_type(&self) -> &'static str {
        "application/cbor"
    }

    fn read(
        &self,
        payload: &[u8],
        value: &mut dyn Value,
        reading: Reading,
    ) -> Result<Report, DecodeError> {
        let payload = if payload.is_empty() && value.is_structure() { &[0xa0] } else { payload };
        crate::codec::cbor::read(payload, value, Protocol::RpcV2Cbor.body_form(), reading)
    }

    fn write(&self, value: &dyn Value) -> Vec<u8> {
        crate::codec::cbor::write(value, Protocol::RpcV2Cbor.body_form())
    }
}

/// Payloads of XML.
#[derive(Clone, Copy, Debug)]
pub struct XmlEvents;

impl EventCodec for XmlEvents {
    fn name(&self) -> &'static str {
        "xml"
    }

    fn media_type(&self) -> &'static str {
        "application/xml"
    }

    fn read(
        &self,
        payload: &[u8],
        value: &mut dyn Value,
        reading: Reading,
    ) -> Result<Report, DecodeError> {
        if payload.is_empty()
            && let Slot::Structure(structure) = value.slot()
        {
            return xml::read_structure(None, structure, reading);
        }
        xml::read(xml::Tree::parse(payload)?.root(), value, reading)
    }

    fn write(&self, value: &dyn Value) -> Vec<u8> {
        let name = match value.view() {
            View::Structure(structure) => &structure.split().0.name,
            _ => "Event",
        };
        xml::write(name, None, value)
    }
}
