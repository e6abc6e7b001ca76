//! The features of the runtime that a module needs: no service pays for another's protocol.

use super::Cx;
use std::collections::BTreeSet;
use typefoundry_spec::Protocol;

pub(super) fn of(cx: &Cx<'_>) -> BTreeSet<&'static str> {
    let service = &cx.model.service;
    let mut needs = BTreeSet::new();
    // A provider's own signature and dialect are behind a feature.
    match service.provider() {
        "aws" => needs.insert("aws"),
        "ncp" => needs.insert("ncp"),
        _ => false,
    };
    if service.auth.iter().any(|scheme| scheme.name.starts_with("sigv4")) {
        needs.insert("aws");
    }
    if cx.operations.is_empty() {
        return needs;
    }
    match service.protocol {
        Some(Protocol::RpcV2Cbor) => needs.insert("cbor"),
        Some(protocol) if protocol.is_xml() => needs.insert("xml"),
        _ => false,
    };
    if cx.operations.iter().any(|operation| operation.checksum.is_some()) {
        needs.insert("checksums");
    }
    if cx.operations.iter().any(|operation| operation.compressed) {
        needs.insert("compression");
    }
    if cx.operations.iter().any(|operation| cx.waiters(operation).next().is_some()) {
        needs.insert("waiters");
    }
    let has_events = cx.operations.iter().any(|operation| {
        [&operation.input[..], operation.output_members()]
            .iter()
            .any(|members| cx.model.event_stream_member(members).is_some())
    });
    if has_events {
        needs.insert("event-stream");
    }
    needs
}
