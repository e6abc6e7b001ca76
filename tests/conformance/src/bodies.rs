//! Bodies, compared by what they say in their protocol.

use crate::{cbor, json, xml};
use percent_encoding::percent_decode_str;
use typefoundry::schema::Protocol;
use typefoundry_spec::Json;

/// The first difference between a body and the one that was expected.
pub fn difference(protocol: Protocol, wanted: &[u8], found: &[u8]) -> Option<String> {
    if wanted == found {
        return None;
    }
    let shown = || {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Some(format!("body: expected {:?}, found {:?}", text(wanted), text(found)))
    };
    match protocol {
        Protocol::RestXml => {
            let canonical = |bytes| xml::canonical(std::str::from_utf8(bytes).unwrap_or_default());
            match (canonical(wanted), canonical(found)) {
                (Ok(wanted), Ok(found)) if wanted == found => None,
                (Ok(wanted), Ok(found)) => Some(format!("body: expected {wanted}, found {found}")),
                _ => shown(),
            }
        }
        Protocol::RpcV2Cbor => match (cbor::decode(wanted), cbor::decode(found)) {
            (Ok(wanted), Ok(found)) => json::difference("body", &wanted, &found),
            (_, Err(error)) => Some(format!("body: {error}: {found:02x?}")),
            _ => shown(),
        },
        Protocol::Query | Protocol::Ec2Query => {
            if form(wanted) == form(found) {
                return None;
            }
            shown()
        }
        _ => {
            let parse = |bytes| serde_json::from_slice::<Json>(bytes);
            match (parse(wanted), parse(found)) {
                (Ok(wanted), Ok(found)) => json::difference("body", &wanted, &found),
                _ => shown(),
            }
        }
    }
}

/// A form's names and values in order.
pub fn form(bytes: &[u8]) -> Vec<(String, String)> {
    let decode =
        |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let text = String::from_utf8_lossy(bytes);
    let pairs = text.trim().split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}
