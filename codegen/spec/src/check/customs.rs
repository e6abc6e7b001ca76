//! Traits of services and operations: what the runtime does for them besides their protocol.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::location::{At, Span};
use crate::model::Model;
use crate::words::suggest;

/// The names of all traits that the runtime carries out, without their arguments.
pub const CUSTOMS: &[&str] = &[
    "accept-json",
    "account-from-arn",
    "api-version-header",
    "ascii-map",
    "base64-decode",
    "base64-text",
    "bucket-name",
    "default-input",
    "error-in-success",
    "escape-line-breaks",
    "expect-continue",
    "host-from-member",
    "lenient-expires",
    "location-constraint",
    "md5-of-key",
    "no-content-type-presigned",
    "no-error-wrapping",
    "no-input",
    "oauth-errors",
    "presigned-copy",
    "presigned-snapshot-copy",
    "query-compatible",
    "query-to-form",
    "quote-copy-source",
    "strip-id-prefix",
    "tree-hash",
    "url-encoded-json",
    "url-encoded-keys",
];

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    traits(model.service.at, &model.service.traits, diagnostics);
    for operation in &model.operations {
        traits(operation.at, &operation.traits, diagnostics);
    }
}

/// A trait that nobody carries out would be believed to do something.
fn traits(at: At, given: &[String], diagnostics: &mut Diagnostics) {
    for (index, name) in given.iter().enumerate() {
        let name = name.split(':').next().unwrap_or_default();
        if CUSTOMS.contains(&name) {
            continue;
        }
        let list = diagnostics.entry(at, "traits");
        let place = diagnostics.child(list, index);
        let message = format!("the runtime carries out no trait `{name}`");
        diagnostics.push(
            Diagnostic::new(&codes::UNKNOWN_TRAIT, Span::value(place), message)
                .help(suggest(name, CUSTOMS, "trait")),
        );
    }
}
