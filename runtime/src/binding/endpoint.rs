//! Where a request goes.

use super::EncodeError;
use crate::TimestampFormat;
use crate::codec::text;
use crate::schema::OperationSchema;
use crate::value::Structure;

/// Whether requests can be sent to an endpoint, whatever the region that may be in it.
pub(crate) fn check_endpoint(endpoint: &str) -> Result<(), EncodeError> {
    let with_region = endpoint.replace("{region}", "region");
    uri(&with_region, "", "/").map(drop).map_err(|error| match error {
        EncodeError::Endpoint { reason, .. } => bad_endpoint(endpoint, &reason),
        other => other,
    })
}

/// The endpoint with the operation's prefix in front of its host, and path and query behind it.
pub(super) fn uri(endpoint: &str, prefix: &str, target: &str) -> Result<http::Uri, EncodeError> {
    const INCOMPLETE: &str = "it needs a scheme and a host, such as https://localhost:4566";
    let bad = |reason: &str| Err(bad_endpoint(endpoint, reason));
    // A path behind either would be part of it.
    if endpoint.contains(['?', '#']) {
        return bad("it must have neither a query nor a fragment");
    }
    let Some((scheme, rest)) = endpoint.split_once("://") else { return bad(INCOMPLETE) };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    // Without a host the first segment of the path would be taken for one.
    if authority.is_empty() || authority.starts_with(':') {
        return bad(INCOMPLETE);
    }
    // The root of an endpoint with a path is that path, as botocore's `_urljoin` has it.
    let (path, target) = match (path, target) {
        ("" | "/", target) => ("", target),
        (path, "/") => (path, ""),
        (path, target) if target.starts_with("/?") => (path, &target[1..]),
        (path, target) => (path.strip_suffix('/').unwrap_or(path), target),
    };
    let whole = [scheme, "://", prefix, authority, path, target].concat();
    let uri = match http::Uri::try_from(whole) {
        Ok(uri) => uri,
        Err(_) if endpoint.parse::<http::Uri>().is_err() => return bad(INCOMPLETE),
        Err(error) => return bad(&error.to_string()),
    };
    match uri.authority() {
        Some(authority) if authority.as_str().contains('@') => {
            bad("it must not hold a user name or a password")
        }
        Some(authority)
            if authority.port_u16().is_none() && authority.as_str() != authority.host() =>
        {
            bad("its port is not one")
        }
        Some(authority) if uri.scheme().is_some() && !authority.host().is_empty() => Ok(uri),
        _ => bad(INCOMPLETE),
    }
}

/// The error is one line, and does not repeat a password.
pub(super) fn bad_endpoint(endpoint: &str, reason: &str) -> EncodeError {
    let shown = match (endpoint.split_once("://"), endpoint.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        (None, Some((_, host))) => format!("…@{host}"),
        _ => endpoint.to_owned(),
    };
    EncodeError::Endpoint { url: shown.escape_debug().to_string(), reason: reason.to_owned() }
}

/// What stands in front of the host, its labels filled in.
pub(super) fn host_prefix(
    operation: &OperationSchema,
    input: &dyn Structure,
) -> Result<String, EncodeError> {
    let template = operation.traits.as_deref().map_or("", |traits| &traits.host_prefix);
    let mut prefix = String::new();
    let mut rest = template;
    while let Some((text, more)) = rest.split_once('{') {
        let (name, more) = more.split_once('}').unwrap_or((more, ""));
        prefix.push_str(text);
        let label = input.get(name).and_then(|value| {
            let text = text::write(&value.view(), TimestampFormat::DateTime)?.into_owned();
            Some(text).filter(|text| is_host_text(text))
        });
        let label = label.ok_or_else(|| EncodeError::HostLabel { member: name.to_owned() })?;
        prefix.push_str(&label);
        rest = more;
    }
    prefix.push_str(rest);
    Ok(prefix)
}

/// As botocore's `HOST_PREFIX_RE`: nothing that could end the host.
fn is_host_text(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
}
