//! What services do besides their protocol, by the names that specs give it.
//!
//! A trait of a service or an operation is a name, or `name:argument`. Whoever calls an operation
//! calls the hooks in this order; those for which a call has no trait do nothing.
//!
//! | hook | what it may change |
//! |---|---|
//! | [`before_write`] | the input, once for each call |
//! | [`after_write`] | the request, before its checksum is made |
//! | [`before_sign`], or [`before_presign`] | the request of one attempt, just before it is signed |
//! | [`before_read`] | the answer, before it is judged by its status |
//! | [`after_read`] | the output |
//!
//! | trait | what it does |
//! |---|---|
//! | `strip-id-prefix:M` | `/hostedzone/Z1` in `M` is sent as `Z1` |
//! | `default-input:M=V` | `M` is `V` where it is left out |
//! | `account-from-arn:M` | `AccountId` is that of the Outposts ARN in `M` |
//! | `bucket-name:M` | `M` has to be a bucket's name or an access point's ARN |
//! | `ascii-map:M` | the map `M` has to be ASCII |
//! | `quote-copy-source:M` | `M` is percent-encoded, but for its version |
//! | `base64-text:M` | the text of `M` is sent as base64 |
//! | `base64-decode:P` | base64 at the output's path `P` becomes text |
//! | `md5-of-key:M` | the key `M` is sent as base64, and its MD5 in `MMD5` |
//! | `url-encoded-keys:P,…` | asks for URL-encoded keys, and decodes those at the paths |
//! | `url-encoded-json:P` | URL-encoded JSON at the output's path `P` is decoded |
//! | `accept-json` | `accept: application/json` |
//! | `api-version-header:H` | the header `H` is the version of the API |
//! | `expect-continue` | `expect: 100-continue` where there is a body |
//! | `escape-line-breaks` | line breaks in an XML body are character references |
//! | `query-to-form` | a `GET` with a query is a `POST` with a form |
//! | `host-from-member:M` | scheme and host are those of the JSON body's `M` |
//! | `tree-hash` | the headers of a Glacier upload's digests |
//! | `presigned-copy` | a copy from `SourceRegion` takes a URL presigned there along (RDS) |
//! | `presigned-snapshot-copy` | the same for EC2, which wants both regions |
//! | `no-content-type-presigned` | a presigned URL needs no `content-type` |
//! | `error-in-success` | an answer of 200 that holds an error is one of 500 |
//! | `location-constraint` | the answer's root element is its one member |
//! | `lenient-expires` | an `Expires` that is no date is no mistake |
//! | `oauth-errors` | the message of an error is in `error_description` |
//!
//! `P` is a path: `Contents[].Key` is the `Key` of each element of `Contents`.

mod answers;
mod base64;
mod bodies;
mod buckets;
mod encoded;
mod headers;
mod inputs;
mod presigned;
mod requests;
#[cfg(test)]
mod tests;
mod tree;
mod values;

pub(super) use bodies::wants_digest;
pub(super) use headers::is_function;
pub use headers::trace_id;
pub use tree::TreeHash;

use super::sigv4::SigningError;
use crate::auth::Signing;
use crate::schema::{OperationSchema, ServiceSchema};
use crate::value::Structure;
use bytes::Bytes;
use http::{Request, Response};

/// Why a call cannot be made as its service wants it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CustomError {
    /// A member's value is none that the service takes.
    #[error("{member}: {reason}")]
    Input {
        /// The member's name
        member: String,
        /// What is wrong with it, and what it should be
        reason: String,
    },
    /// A signature needs the digest of a body that can be read only once.
    #[error(
        "the body is a stream that can be had only once, and its digest is to be signed: give bytes, \
         a file, or a stream that can be had again, or say the digest in the header \
         `x-amz-content-sha256` (SHA-256 in hexadecimal digits, or `UNSIGNED-PAYLOAD` where the \
         service takes that)"
    )]
    UnknownDigest,
    /// A URL that goes along cannot be signed.
    #[error("the URL that goes along cannot be signed: {0}")]
    Signing(#[from] SigningError),
}

/// What codecs and bindings carry out, and nothing here.
const OF_CODECS: [&str; 3] = ["no-error-wrapping", "no-input", "query-compatible"];

/// Whether the runtime carries out the trait of that name, with or without its argument.
pub fn is_known(name: &str) -> bool {
    let (name, _) = split(name);
    OF_CODECS.contains(&name) || CUSTOMS.iter().any(|(known, _)| *known == name)
}

/// Changes an input, once for each request and before anything else is made of it. What it changes
/// is not to be changed again: use a copy of what the caller keeps.
pub fn before_write(
    service: &ServiceSchema,
    operation: &OperationSchema,
    input: &mut dyn Structure,
) -> Result<(), CustomError> {
    customs(service, operation).try_for_each(|(custom, argument)| match custom {
        Custom::Check(check) => check(argument, input),
        Custom::BeforeWrite(change) => {
            change(argument, input);
            Ok(())
        }
        _ => Ok(()),
    })
}

/// Changes a request that is complete but for checksum and signature. `streams` is whether its body
/// is a stream, which is not in it then.
pub fn after_write(
    service: &ServiceSchema,
    operation: &OperationSchema,
    request: &mut Request<Bytes>,
    streams: bool,
) -> Result<(), CustomError> {
    customs(service, operation).try_for_each(|(custom, argument)| match custom {
        Custom::Redirect(change) => change(argument, request),
        Custom::Body(change) => {
            change(request, streams);
            Ok(())
        }
        Custom::AfterWrite(change) => {
            change(service, argument, request);
            Ok(())
        }
        _ => Ok(()),
    })
}

/// Changes the request of one attempt that is about to be signed with `signing`: adds what needs a
/// signature of its own, and says with `x-amz-content-sha256` if the body is not signed. `streams` is
/// whether its body is a stream, which is not in it then.
pub fn before_sign(
    service: &ServiceSchema,
    operation: &OperationSchema,
    request: &mut Request<Bytes>,
    signing: &Signing<'_>,
    streams: bool,
) -> Result<(), CustomError> {
    customs(service, operation).try_for_each(|(custom, _)| match custom {
        Custom::BeforeSign(change) => change(request, signing),
        _ => Ok(()),
    })?;
    bodies::say_what_is_signed(operation, request, signing.option, streams)
}

/// Changes a request that is about to become a presigned URL.
pub fn before_presign(
    service: &ServiceSchema,
    operation: &OperationSchema,
    request: &mut Request<Bytes>,
) {
    for (custom, _) in customs(service, operation) {
        if let Custom::BeforePresign(change) = custom {
            change(request);
        }
    }
}

/// Changes an answer, before it is success or failure by its status.
pub fn before_read(
    service: &ServiceSchema,
    operation: &OperationSchema,
    response: &mut Response<Bytes>,
) {
    for (custom, _) in customs(service, operation) {
        if let Custom::BeforeRead(change) = custom {
            change(response);
        }
    }
}

/// Changes the output of a call that was made with `input`, as the caller gave it.
pub fn after_read(
    service: &ServiceSchema,
    operation: &OperationSchema,
    input: &dyn Structure,
    output: &mut dyn Structure,
) {
    for (custom, argument) in customs(service, operation) {
        if let Custom::AfterRead(change) = custom {
            change(argument, input, output);
        }
    }
}

/// One hook of one trait. A trait may have several.
enum Custom {
    /// Before writing, and may find the input wrong
    Check(fn(&str, &mut dyn Structure) -> Result<(), CustomError>),
    BeforeWrite(fn(&str, &mut dyn Structure)),
    /// After writing, and sends the request elsewhere
    Redirect(fn(&str, &mut Request<Bytes>) -> Result<(), CustomError>),
    AfterWrite(fn(&ServiceSchema, &str, &mut Request<Bytes>)),
    /// After writing; looks at the body, or is told that it is a stream
    Body(fn(&mut Request<Bytes>, bool)),
    BeforeSign(fn(&mut Request<Bytes>, &Signing<'_>) -> Result<(), CustomError>),
    BeforePresign(fn(&mut Request<Bytes>)),
    BeforeRead(fn(&mut Response<Bytes>)),
    AfterRead(fn(&str, &dyn Structure, &mut dyn Structure)),
}

static CUSTOMS: &[(&str, Custom)] = &[
    ("strip-id-prefix", Custom::BeforeWrite(inputs::strip_id_prefix)),
    ("default-input", Custom::BeforeWrite(inputs::default_input)),
    ("account-from-arn", Custom::Check(inputs::account_from_arn)),
    ("bucket-name", Custom::Check(buckets::bucket_name)),
    ("ascii-map", Custom::Check(buckets::ascii_map)),
    ("quote-copy-source", Custom::BeforeWrite(buckets::quote_copy_source)),
    ("base64-text", Custom::BeforeWrite(base64::base64_text)),
    ("base64-decode", Custom::AfterRead(base64::base64_decode)),
    ("md5-of-key", Custom::Check(base64::md5_of_key)),
    ("url-encoded-keys", Custom::AfterWrite(encoded::ask_for_encoded_keys)),
    ("url-encoded-keys", Custom::AfterRead(encoded::url_encoded_keys)),
    ("url-encoded-json", Custom::AfterRead(encoded::url_encoded_json)),
    ("accept-json", Custom::AfterWrite(requests::accept_json)),
    ("api-version-header", Custom::AfterWrite(requests::api_version_header)),
    ("expect-continue", Custom::Body(requests::expect_continue)),
    ("escape-line-breaks", Custom::AfterWrite(requests::escape_line_breaks)),
    ("query-to-form", Custom::AfterWrite(requests::query_to_form)),
    ("host-from-member", Custom::Redirect(requests::host_from_member)),
    ("tree-hash", Custom::Body(bodies::tree_hash)),
    ("presigned-copy", Custom::BeforeSign(presigned::presigned_copy)),
    ("presigned-snapshot-copy", Custom::BeforeSign(presigned::presigned_snapshot_copy)),
    ("no-content-type-presigned", Custom::BeforePresign(requests::no_content_type)),
    ("error-in-success", Custom::BeforeRead(answers::error_in_success)),
    ("location-constraint", Custom::BeforeRead(answers::location_constraint)),
    ("lenient-expires", Custom::BeforeRead(answers::lenient_expires)),
    ("oauth-errors", Custom::BeforeRead(answers::oauth_errors)),
];

/// The hooks of a call with their arguments: the service's, then the operation's.
fn customs<'t>(
    service: &'t ServiceSchema,
    operation: &'t OperationSchema,
) -> impl Iterator<Item = (&'static Custom, &'t str)> {
    let named = operation.traits.as_deref().map_or(&[][..], |traits| &traits.named);
    service.traits.iter().chain(named).flat_map(|text| {
        let (name, argument) = split(text);
        let hooks = CUSTOMS.iter().filter(move |(known, _)| *known == name);
        hooks.map(move |(_, custom)| (custom, argument))
    })
}

/// What sums up the body of an operation that wants a [`TreeHash`]; nothing for any other.
pub fn tree_hash(service: &ServiceSchema, operation: &OperationSchema) -> Option<TreeHash> {
    let named = operation.traits.as_deref().map_or(&[][..], |traits| &traits.named);
    let mut named = service.traits.iter().chain(named);
    named.any(|text| split(text).0 == "tree-hash").then(TreeHash::default)
}

fn split(text: &str) -> (&str, &str) {
    text.split_once(':').unwrap_or((text, ""))
}
