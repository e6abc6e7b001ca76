//! A signature in the query: a URL that anyone may use until it expires.

use super::canonical::{QUERY, canonical_request, signed_names};
use super::hash::hex;
use super::{DATE, REGION_SET, Scope, SigningError, SigningKeys, SigningParams, TOKEN};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use http::uri::PathAndQuery;
use http::{Method, Request, Uri};
use percent_encoding::{percent_decode_str, percent_encode, utf8_percent_encode};
use std::borrow::Cow;
use std::time::Duration;

#[cfg(test)]
mod tests;

/// The longest time that a presigned URL may be valid: seven days.
///
/// Source: "Authenticating requests: using query parameters" in Amazon S3's API reference.
pub const LONGEST_EXPIRY: Duration = Duration::from_hours(7 * 24);

/// The parameter that holds the session token.
pub(in crate::aws) const TOKEN_PARAMETER: &str = "X-Amz-Security-Token";

const FORM: &str = "application/x-www-form-urlencoded";

/// Signs `request` in its query, so that its URI alone carries the signature for `expires` from the
/// time of signing.
///
/// Every header that is in the request by now is signed, and whoever uses the URL has to send it:
/// remove what should not be. `authorization`, `x-amz-date` and `x-amz-security-token` are removed,
/// since the query says what they say. The parameters have botocore's order, behind the request's
/// own.
///
/// S3 does not know the body of a presigned request beforehand: its payload is
/// [`Payload::Unsigned`](super::Payload::Unsigned). Other services sign the body that is there.
pub fn presign(
    request: &mut Request<Bytes>,
    params: &SigningParams<'_>,
    expires: Duration,
    keys: &SigningKeys,
) -> Result<(), SigningError> {
    presign_naming(request, params, expires, keys, TOKEN_PARAMETER)
}

/// The same with another name of the session token's parameter.
pub(in crate::aws) fn presign_naming(
    request: &mut Request<Bytes>,
    params: &SigningParams<'_>,
    expires: Duration,
    keys: &SigningKeys,
    token: &'static str,
) -> Result<(), SigningError> {
    let scope = Scope::of(params);
    let key = scope.key(params, keys);
    let signer = |text: &str| Ok(hex(&key.sign(text.as_bytes())));
    presign_with(request, params, expires, &scope, token, &signer)
}

/// Signs with whatever `signer` makes of the text that is to be signed.
pub(super) fn presign_with(
    request: &mut Request<Bytes>,
    params: &SigningParams<'_>,
    expires: Duration,
    scope: &Scope,
    token_name: &'static str,
    signer: &dyn Fn(&str) -> Result<String, SigningError>,
) -> Result<(), SigningError> {
    if expires.as_secs() == 0 || expires > LONGEST_EXPIRY {
        return Err(SigningError::Expiry { seconds: expires.as_secs() });
    }
    for name in [AUTHORIZATION, DATE, TOKEN, REGION_SET] {
        request.headers_mut().remove(name);
    }
    let credential = format!("{}/{}", params.access_key_id, scope.text);
    let names = signed_names(request).join(";");
    let seconds = expires.as_secs().to_string();
    let mut pairs = vec![
        ("X-Amz-Algorithm", scope.algorithm),
        ("X-Amz-Credential", &*credential),
        ("X-Amz-Date", &*scope.date_time),
        ("X-Amz-Expires", &*seconds),
        ("X-Amz-SignedHeaders", &*names),
    ];
    if let Some(regions) = &scope.region_set {
        pairs.push(("X-Amz-Region-Set", regions));
    }
    if let Some(token) = params.session_token {
        pairs.push((token_name, token));
    }
    append(request, pairs)?;

    let canonical = canonical_request(request, params.uri, params.payload.constant())?;
    let signature = signer(&scope.string_to_sign(&canonical.text))?;
    append(request, [("X-Amz-Signature", &*signature)])
}

/// Makes a request whose body is a form one whose query is that form: a URL has no body. What is no
/// such request stays as it is.
pub fn form_to_query(request: &mut Request<Bytes>) -> Result<(), SigningError> {
    let content_type = request.headers().get(CONTENT_TYPE);
    let is_form = content_type
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(';').next().is_some_and(|it| it.trim() == FORM));
    if !is_form {
        return Ok(());
    }
    let body = std::mem::take(request.body_mut());
    request.headers_mut().remove(CONTENT_TYPE);
    request.headers_mut().remove(CONTENT_LENGTH);
    *request.method_mut() = Method::GET;
    if body.is_empty() {
        return Ok(());
    }
    let form = std::str::from_utf8(&body).map_err(|_| SigningError::Uri)?;
    let mut query = request.uri().query().unwrap_or_default().to_owned();
    for pair in form.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if !query.is_empty() {
            query.push('&');
        }
        push_form_text(&mut query, name);
        query.push('=');
        push_form_text(&mut query, value);
    }
    set_query(request, &query)
}

/// A space is `+` in a form, and `%20` in a query that is signed.
fn push_form_text(query: &mut String, text: &str) {
    let text = text.replace('+', " ");
    let bytes = Cow::from(percent_decode_str(&text));
    query.extend(percent_encode(&bytes, QUERY));
}

fn append<'p>(
    request: &mut Request<Bytes>,
    pairs: impl IntoIterator<Item = (&'p str, &'p str)>,
) -> Result<(), SigningError> {
    let mut query = request.uri().query().unwrap_or_default().to_owned();
    for (name, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        query.extend(utf8_percent_encode(value, QUERY));
    }
    set_query(request, &query)
}

fn set_query(request: &mut Request<Bytes>, query: &str) -> Result<(), SigningError> {
    let mut parts = request.uri().clone().into_parts();
    let path = match request.uri().path() {
        "" => "/",
        path => path,
    };
    let target = PathAndQuery::try_from(format!("{path}?{query}"));
    parts.path_and_query = Some(target.map_err(|_| SigningError::Uri)?);
    *request.uri_mut() = Uri::from_parts(parts).map_err(|_| SigningError::Uri)?;
    Ok(())
}
