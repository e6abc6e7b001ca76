//! Where a request goes.

use super::EncodeError;
use crate::TimestampFormat;
use crate::codec::text;
use crate::schema::OperationSchema;
use crate::value::Structure;

/// The endpoint with the operation's prefix in front of its host, and path and query behind it.
pub(super) fn uri(endpoint: &str, prefix: &str, target: &str) -> Result<http::Uri, EncodeError> {
    let bad = |reason: &str| Err(bad_endpoint(endpoint, reason));
    // A path behind either would be part of it.
    if endpoint.contains(['?', '#']) {
        return bad("it must have neither a query nor a fragment");
    }
    // On its own, for without a host the first segment of the path would be taken for one.
    let Ok(base) = endpoint.parse::<http::Uri>() else {
        return bad("it needs a scheme and a host, such as https://localhost:4566");
    };
    match (base.scheme(), base.authority()) {
        (Some(_), Some(authority)) if authority.as_str().contains('@') => {
            return bad("it must not hold a user name or a password");
        }
        (Some(_), Some(authority))
            if authority.port_u16().is_none() && authority.as_str() != authority.host() =>
        {
            return bad("its port is not one");
        }
        (Some(_), Some(authority)) if !authority.host().is_empty() => {}
        _ => return bad("it needs a scheme and a host, such as https://localhost:4566"),
    }
    // The root of an endpoint with a path is that path, as botocore's `_urljoin` has it.
    let (base, target) = match target {
        "/" if base.path() != "/" => (endpoint, ""),
        target if base.path() != "/" && target.starts_with("/?") => (endpoint, &target[1..]),
        _ => (endpoint.strip_suffix('/').unwrap_or(endpoint), target),
    };
    let (scheme, rest) = base.split_once("://").unwrap_or(("https", base));
    format!("{scheme}://{prefix}{rest}{target}")
        .parse()
        .or_else(|error: http::uri::InvalidUri| bad(&error.to_string()))
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
