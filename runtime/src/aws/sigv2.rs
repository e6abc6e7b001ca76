//! Signature Version 2, which Amazon `SimpleDB` and AWS Import/Export still use: the signature is a
//! parameter of the form in the body.
//!
//! Source: botocore 1.43.67, `auth.py` (`SigV2Auth`).

use super::SigV4;
use super::sigv4::hmac_sha256;
use crate::Timestamp;
use crate::auth::{
    AuthScheme, BoxError, Credentials, CredentialsError, Environment, ProvideCredentials, Signing,
    Surroundings,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::borrow::Cow;
use std::sync::Arc;

#[cfg(test)]
mod tests;

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The parameters that signing sets.
const OWN: [&str; 6] = [
    "AWSAccessKeyId",
    "SignatureVersion",
    "SignatureMethod",
    "Timestamp",
    "SecurityToken",
    "Signature",
];

/// `sigv2`. Variables: those of [`SigV4`].
#[derive(Clone, Copy, Debug)]
pub struct SigV2;

impl AuthScheme for SigV2 {
    fn name(&self) -> &'static str {
        "sigv2"
    }

    fn credentials(&self, environment: &dyn Environment) -> Result<Credentials, CredentialsError> {
        SigV4::default().credentials(environment)
    }

    fn provider(
        &self,
        surroundings: &Surroundings,
        region: Option<&str>,
    ) -> Option<Arc<dyn ProvideCredentials>> {
        Some(super::credentials::provider(surroundings, region))
    }

    fn region(&self, environment: &dyn Environment) -> Option<String> {
        SigV4::default().region(environment)
    }

    fn sign(
        &self,
        request: &mut http::Request<Bytes>,
        signing: &Signing<'_>,
    ) -> Result<(), BoxError> {
        let form = std::str::from_utf8(request.body())?;
        let mut params = Vec::new();
        for pair in form.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name)?, decoded(value)?);
            if !OWN.contains(&&*name) {
                params.push((name, value));
            }
        }
        let credentials = signing.credentials;
        let time = Timestamp::from_seconds(signing.time.seconds()).unwrap_or(signing.time);
        let time = time.to_string();
        let own = [
            ("AWSAccessKeyId", Some(credentials.key())),
            ("SignatureVersion", Some("2")),
            ("SignatureMethod", Some("HmacSHA256")),
            ("Timestamp", Some(&*time)),
            ("SecurityToken", credentials.session_token()),
        ];
        for (name, value) in own {
            params.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        }
        let mut form = encoded(&mut params);
        let uri = request.uri();
        let host = uri.authority().map_or("", http::uri::Authority::as_str);
        let to_sign = (request.method().as_str(), host, uri.path());
        let signature = signature(to_sign, &form, credentials.secret());
        form.push_str("&Signature=");
        form.extend(utf8_percent_encode(&signature, &RESERVED));
        *request.body_mut() = form.into();
        Ok(())
    }
}

/// The signature of a form that goes by that method to a host and path.
pub(crate) fn signature(
    (method, host, path): (&str, &str, &str),
    form: &str,
    secret: &str,
) -> String {
    let path = if path.is_empty() { "/" } else { path };
    let to_sign = format!("{method}\n{host}\n{path}\n{form}");
    STANDARD.encode(hmac_sha256(secret.as_bytes(), to_sign.as_bytes()))
}

/// The form that is signed, with its parameters in order.
pub(crate) fn encoded(params: &mut [(String, String)]) -> String {
    params.sort();
    let mut form = String::new();
    for (name, value) in params {
        if !form.is_empty() {
            form.push('&');
        }
        form.extend(utf8_percent_encode(name, &RESERVED));
        form.push('=');
        form.extend(utf8_percent_encode(value, &RESERVED));
    }
    form
}

/// What a part of a form stands for.
fn decoded(text: &str) -> Result<String, BoxError> {
    let text = if text.contains('+') { Cow::Owned(text.replace('+', " ")) } else { text.into() };
    Ok(percent_encoding::percent_decode_str(&text).decode_utf8()?.into_owned())
}
