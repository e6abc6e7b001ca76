//! Which operation of which service a request calls.

use super::Served;
use crate::binding::{is_call_of, matches_uri};
use crate::codec::query;
use crate::dynamic::ApiOperation;
use crate::schema::{Flags, OperationSchema, Protocol, ServiceSchema};
use bytes::Bytes;
use http::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use percent_encoding::percent_decode_str;
use std::cmp::Reverse;
use typefoundry_spec as spec;

/// The endpoint parameter of what is a service's own part of the path, or of the host.
const BUCKET: &str = "Bucket";

/// What a request calls.
#[derive(Debug)]
pub(super) struct Route<'m> {
    pub(super) served: &'m Served,
    /// The service in the protocol that the request speaks.
    pub(super) service: &'m ServiceSchema,
    pub(super) operation: &'m ApiOperation,
    /// The path without what the endpoint's rules placed in it.
    pub(super) path: String,
    /// What the endpoint's rules placed in host or path: a member's name and its value.
    pub(super) placed: Option<(String, String)>,
}

/// What speaks against an operation, the weightiest first.
type Rank = (bool, bool, Reverse<usize>, usize, Reverse<usize>, bool, usize);

/// What a request calls, of all that is served.
pub(super) fn route<'m>(served: &'m [Served], request: &Request<Bytes>) -> Option<Route<'m>> {
    let signed_for = signing_name(request);
    let version = query_text(request, "Version");
    let mut best: Option<(Rank, Route<'m>)> = None;
    for served in served {
        let place = Place::of(served, request);
        for service in served.speaks.iter().filter(|service| may_speak(service.protocol, request)) {
            let other_name = !is_signed_as(service, signed_for.as_deref());
            let other_version = version.as_deref().is_some_and(|it| it != service.version);
            for operation in served.api.operations() {
                let Some((own, path, placed)) = place.call(served, service, operation, request)
                else {
                    continue;
                };
                let (constants, missing, given, deprecated, labels) = own;
                let rank = (
                    other_name,
                    other_version,
                    Reverse(constants),
                    missing,
                    Reverse(given),
                    deprecated,
                    labels,
                );
                if best.as_ref().is_none_or(|(known, _)| rank < *known) {
                    best = Some((rank, Route { served, service, operation, path, placed }));
                }
            }
        }
    }
    best.map(|(_, route)| route)
}

/// The service that a request which calls nothing was meant for: its protocol is the one to answer
/// in.
pub(super) fn meant<'m>(
    served: &'m [Served],
    request: &Request<Bytes>,
) -> Option<(&'m Served, &'m ServiceSchema)> {
    let signed_for = signing_name(request);
    let all = served.iter().flat_map(|it| it.speaks.iter().map(move |service| (it, service)));
    all.min_by_key(|(_, service)| {
        let other_name = !is_signed_as(service, signed_for.as_deref());
        (other_name, !may_speak(service.protocol, request))
    })
}

/// The protocol that a request speaks: the one that is thought of, if it may be.
pub(super) fn spoken(request: &Request<Bytes>, thought: Protocol) -> Protocol {
    if may_speak(thought, request) {
        return thought;
    }
    let others = [Protocol::Json10, Protocol::Json11, Protocol::Query, Protocol::RpcV2Cbor];
    let known = others.into_iter().filter(|protocol| protocol.missing_feature().is_none());
    known.into_iter().find(|protocol| may_speak(*protocol, request)).unwrap_or(thought)
}

/// The name in the scope of a signature, in a header or in the query.
pub(super) fn signing_name(request: &Request<Bytes>) -> Option<String> {
    let scope = match request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()) {
        Some(header) => header.split_once("Credential=")?.1.split(',').next()?.to_owned(),
        None => match query_text(request, "X-Amz-Credential") {
            Some(scope) => scope,
            None => return is_presigned(request).then(|| "s3".to_owned()),
        },
    };
    scope.split('/').nth(3).map(str::to_owned)
}

/// Whether a query is signed as S3 alone does it, by its Signature Version 2, which names no service.
fn is_presigned(request: &Request<Bytes>) -> bool {
    let query = request.uri().query().unwrap_or_default();
    let has = |name: &str| query.split('&').any(|pair| pair.split('=').next() == Some(name));
    ["AWSAccessKeyId", "Signature", "Expires"].into_iter().all(has) && !has("SignatureVersion")
}

/// Whether requests of a service are signed for that name, or for none if there is none.
fn is_signed_as(service: &ServiceSchema, name: Option<&str>) -> bool {
    let mut names = service.auth.iter().map(|option| option.setting("name"));
    match name {
        Some(_) => names.any(|own| own == name),
        None => names.all(|own| own.is_none()),
    }
}

/// Whether a request has what every request of a protocol has.
fn may_speak(protocol: Protocol, request: &Request<Bytes>) -> bool {
    let headers = request.headers();
    let media = headers.get(CONTENT_TYPE).map(http::HeaderValue::as_bytes).unwrap_or_default();
    let has_target = headers.contains_key("x-amz-target");
    let is_cbor = headers.contains_key("smithy-protocol");
    match protocol {
        Protocol::Json10 => has_target && !media.ends_with(b"json-1.1"),
        Protocol::Json11 => has_target && !media.ends_with(b"json-1.0"),
        Protocol::RpcV2Cbor => request.uri().path().contains("/operation/"),
        Protocol::Query | Protocol::Ec2Query => {
            !has_target && !is_cbor && query_text(request, "Action").is_some()
        }
        Protocol::RestJson | Protocol::Rest | Protocol::RestXml => !has_target && !is_cbor,
    }
}

/// A parameter of the query or, of a form, of the body.
pub(super) fn query_text(request: &Request<Bytes>, name: &str) -> Option<String> {
    let query = request.uri().query().unwrap_or_default().as_bytes();
    let form = if is_form(request) { &request.body()[..] } else { &[] };
    query::parse_form(form)
        .chain(query::parse_form(query))
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
}

/// Forms are named so by most who send them; a body that begins as one is one as well.
fn is_form(request: &Request<Bytes>) -> bool {
    let media = request.headers().get(CONTENT_TYPE);
    let named = media.map(|media| media.as_bytes().starts_with(b"application/x-www-form"));
    named.unwrap_or_else(|| request.body().starts_with(b"Action="))
}

/// Where the requests of a service have their path and, of some, their bucket.
struct Place {
    /// The path, and the bucket in the host
    whole: (String, Option<String>),
    /// The path behind its first segment, and that
    inner: Option<(String, String)>,
}

impl Place {
    fn of(served: &Served, request: &Request<Bytes>) -> Self {
        let path = request.uri().path();
        if !served.has_buckets {
            return Self { whole: (path.to_owned(), None), inner: None };
        }
        let bucket = bucket_of_host(&host(request));
        let inner = if bucket.is_some() { None } else { path.strip_prefix('/') };
        let inner = inner.filter(|path| !path.is_empty()).map(|path| {
            let (bucket, rest) = path.split_once('/').unwrap_or((path, ""));
            (format!("/{rest}"), percent_decode_str(bucket).decode_utf8_lossy().into_owned())
        });
        Self { whole: (path.to_owned(), bucket), inner }
    }

    /// What speaks for and against an operation, its path, and the member that was in its place;
    /// nothing if the request is no call of it.
    #[expect(clippy::type_complexity, reason = "one place makes it and one takes it apart")]
    fn call(
        &self,
        served: &Served,
        service: &ServiceSchema,
        operation: &ApiOperation,
        request: &Request<Bytes>,
    ) -> Option<((usize, usize, usize, bool, usize), String, Option<(String, String)>)> {
        let schema = &operation.schema;
        if !service.protocol.is_rest() {
            let called = match service.protocol {
                // A form may be in the query of a GET, as presigned ones are.
                Protocol::Query | Protocol::Ec2Query => {
                    query_text(request, "Action").is_some_and(|it| it == schema.wire_name())
                }
                _ => is_call_of(service, schema, request),
            };
            let path = request.uri().path().to_owned();
            return called.then_some(((0, 0, 0, false, 0), path, None));
        }
        if schema.method != request.method().as_str() {
            return None;
        }
        let model = served.api.model().find_operation(&schema.name)?;
        let bucket = model.input.iter().find(|member| {
            member.binding == spec::Binding::Endpoint
                && member.endpoint_param.as_deref() == Some(BUCKET)
        });
        let (path, placed) = match (bucket, &self.whole, &self.inner) {
            (None, (path, None), _) => (path, None),
            // What stands in front of the host is the operation's own.
            (None, (path, Some(_)), _) if model.host_prefix.is_some() => (path, None),
            (Some(member), (path, Some(bucket)), _) | (Some(member), _, Some((path, bucket))) => {
                (path, Some((member.name.clone(), bucket.clone())))
            }
            _ => return None,
        };
        matches_uri(&schema.uri, path)?;
        let rank = rank(served, operation, request, model.deprecated.is_some())?;
        Some((rank, path.clone(), placed))
    }
}

/// Parameters that the operation's own URI has, members that must be somewhere and are not, those
/// that are, and labels; nothing if a parameter is not there.
fn rank(
    served: &Served,
    operation: &ApiOperation,
    request: &Request<Bytes>,
    deprecated: bool,
) -> Option<(usize, usize, usize, bool, usize)> {
    let OperationSchema { uri, .. } = &operation.schema;
    let query = request.uri().query().unwrap_or_default().as_bytes();
    let parameters: Vec<_> = query::parse_form(query).collect();
    let constants = uri.split_once('?').map_or("", |(_, query)| query);
    let constants: Vec<_> = query::parse_form(constants.as_bytes()).collect();
    if !constants.iter().all(|constant| parameters.contains(constant)) {
        return None;
    }
    let input = served.api.schema_of_input(operation);
    let (mut missing, mut given) = (0, 0);
    for member in input.members.iter().filter(|it| it.flags.contains(Flags::REQUIRED)) {
        let there = if member.flags.contains(Flags::QUERY) {
            parameters.iter().any(|(name, _)| name == member.wire_name())
        } else if member.flags.contains(Flags::HEADER) {
            request.headers().contains_key(member.wire_name())
        } else {
            continue;
        };
        *if there { &mut given } else { &mut missing } += 1;
    }
    Some((constants.len(), missing, given, deprecated, uri.matches('{').count()))
}

/// The host that a request names, without its port.
pub(super) fn host(request: &Request<Bytes>) -> String {
    let header = request.headers().get(HOST).and_then(|value| value.to_str().ok());
    let host = header.or(request.uri().authority().map(http::uri::Authority::as_str));
    let host = host.unwrap_or_default();
    let end = host.rfind(':').filter(|_| !host.ends_with(']')).unwrap_or(host.len());
    host[..end].to_ascii_lowercase()
}

/// The bucket in front of a host: of `localhost`, or of one of S3's.
pub(super) fn bucket_of_host(host: &str) -> Option<String> {
    let ends = [".s3.", ".s3-", ".s3express-"];
    let s3 = ends.iter().filter_map(|end| host.find(end)).min().map(|end| &host[..end]);
    let local = || host.strip_suffix(".localhost").filter(|bucket| *bucket != "s3");
    s3.or_else(local).filter(|bucket| !bucket.is_empty()).map(str::to_owned)
}
