//! Taking secrets out of what is kept.

use crate::auth::secrets::{
    has_signed_url, is_credential, is_secret_header, is_signature, may_be_in,
};
use crate::binding::with_labels;
use crate::codec::json::REDACTED;
use crate::codec::query::{parse_form, push_form};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::Value;
use std::collections::BTreeMap;

/// What is secret, beside what always is.
#[derive(Clone, Default)]
pub(super) struct Secrets {
    /// Names, and what stands in place of a text
    pub(super) names: BTreeMap<String, String>,
    /// What names of headers begin with
    pub(super) prefixes: Vec<String>,
    pub(super) wholes: Vec<Whole>,
    pub(super) paths: Vec<SecretPath>,
}

/// Paths with something secret in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SecretPath {
    pub(super) method: String,
    /// The path with its labels
    pub(super) uri: String,
    /// The labels, and what stands in place of each
    pub(super) labels: BTreeMap<String, String>,
}

/// An operation whose body is secret.
#[derive(Clone, Copy)]
pub(super) struct Whole {
    pub(super) is_call: fn(&http::Request<Bytes>) -> bool,
    pub(super) request: bool,
    pub(super) response: bool,
}

impl Secrets {
    pub(super) const TEXT: &str = REDACTED;
    /// [`TEXT`](Self::TEXT) as base64
    pub(super) const BLOB: &str = "PHJlZGFjdGVkPg==";
    pub(super) const TIME: &str = "1970-01-01T00:00:00Z";
    pub(super) const NUMBER: &str = "0";
    pub(super) const BOOL: &str = "false";

    /// What a member, wherever it is, has in place of a text.
    pub(super) fn add(&mut self, name: impl Into<String>, stand_in: impl Into<String>) {
        self.names.insert(name.into(), stand_in.into());
    }

    /// What stands in place of the texts of a name, if it is that of something secret.
    fn stand_in(&self, name: &str) -> Option<&str> {
        let named = self.names.get(name).map(String::as_str);
        named.or_else(|| is_credential(name).then_some(Self::TEXT))
    }

    /// A request without its secrets.
    pub(super) fn request(&self, request: &http::Request<Bytes>) -> http::Request<Bytes> {
        let whole = self.wholes.iter().any(|it| it.request && (it.is_call)(request));
        let mut kept = request.clone();
        *kept.body_mut() = self.body(request.headers(), request.body(), whole);
        self.headers(kept.headers_mut());
        let path = self.path(request);
        let query = request.uri().query();
        let changed = query.and_then(|query| self.form(query.as_bytes()));
        if path.is_some() || changed.is_some() {
            let path = path.as_deref().unwrap_or(request.uri().path());
            if let Ok(uri) = with(request.uri(), path, changed.as_deref().or(query)) {
                *kept.uri_mut() = uri;
            }
        }
        kept
    }

    /// The path, if something in it is secret.
    fn path(&self, request: &http::Request<Bytes>) -> Option<String> {
        let paths = self.paths.iter().filter(|it| it.method == request.method().as_str());
        let mut changed = paths.filter_map(|it| {
            let stand_in = |label: &str| it.labels.get(label).cloned();
            with_labels(&it.uri, request.uri().path(), stand_in)
        });
        changed.next()
    }

    /// An answer without its secrets.
    pub(super) fn response(
        &self,
        request: &http::Request<Bytes>,
        response: &http::Response<Bytes>,
    ) -> http::Response<Bytes> {
        let whole = self.wholes.iter().any(|it| it.response && (it.is_call)(request));
        let mut kept = response.clone();
        *kept.body_mut() = self.body(response.headers(), response.body(), whole);
        self.headers(kept.headers_mut());
        if kept.body() != response.body() {
            // They are true of the other body only.
            for name in ["content-length", "content-md5", "x-amz-crc32"] {
                kept.headers_mut().remove(name);
            }
            let sums = |name: &&http::HeaderName| name.as_str().starts_with("x-amz-checksum-");
            let sums: Vec<_> = kept.headers().keys().filter(sums).cloned().collect();
            for name in sums {
                kept.headers_mut().remove(name);
            }
        }
        kept
    }

    fn headers(&self, headers: &mut HeaderMap) {
        for (name, value) in headers.iter_mut() {
            let name = name.as_str();
            let named = self.names.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            let secret = value.is_sensitive()
                || is_secret_header(name)
                || value.to_str().is_ok_and(has_signed_url)
                || named.is_some()
                || self.prefixes.iter().any(|prefix| name.starts_with(prefix));
            if secret {
                let stand_in = named.and_then(|(_, text)| HeaderValue::try_from(text).ok());
                *value = stand_in.unwrap_or(HeaderValue::from_static(Self::TEXT));
            }
        }
    }

    fn body(&self, headers: &HeaderMap, body: &Bytes, whole: bool) -> Bytes {
        if body.is_empty() {
            return body.clone();
        }
        let is_secret = || !self.names.is_empty() || may_be_in(body);
        if whole || is_opaque(headers) && is_secret() {
            return Bytes::from_static(Self::TEXT.as_bytes());
        }
        let changed = if is_form(headers) {
            self.form(body).map(String::into_bytes)
        } else if let Ok(mut json) = serde_json::from_slice::<Value>(body) {
            self.json(&mut json, None).then(|| json.to_string().into_bytes())
        } else if body.trim_ascii_start().starts_with(b"<") {
            std::str::from_utf8(body).ok().map(|text| self.xml(text).into_bytes())
        } else {
            let signed = std::str::from_utf8(body).is_ok_and(has_signed_url);
            signed.then(|| Self::TEXT.as_bytes().to_vec())
        };
        changed.map_or_else(|| body.clone(), Bytes::from)
    }

    /// Whether something was changed. `secret` is what stands in place of a text that is inside of
    /// something secret.
    fn json(&self, value: &mut Value, secret: Option<&str>) -> bool {
        match (value, secret) {
            (Value::Object(members), _) => {
                let mut changed = false;
                // What containers and instances call a session's token.
                let has_key = members.contains_key("SecretAccessKey");
                for (name, value) in members {
                    let token = (has_key && name == "Token").then_some(Self::TEXT);
                    let secret = self.stand_in(name).or(token).or(secret);
                    changed |= self.json(value, secret);
                }
                changed
            }
            (Value::Array(items), _) => {
                let mut changed = false;
                for item in items {
                    changed |= self.json(item, secret);
                }
                changed
            }
            (Value::String(text), None) if has_signed_url(text) => {
                Self::TEXT.clone_into(text);
                true
            }
            (Value::Null, _) | (_, None) => false,
            (value, Some(secret)) => {
                *value = match value {
                    Value::Bool(_) => Value::Bool(false),
                    Value::Number(_) => Value::from(0),
                    _ => Value::from(secret),
                };
                true
            }
        }
    }

    /// The parameters, if something was changed.
    fn form(&self, form: &[u8]) -> Option<String> {
        let mut changed = false;
        let mut kept = String::new();
        for (name, value) in parse_form(form) {
            let signs = is_signature(&name) || has_signed_url(&value);
            // `Member.1.Name` in the forms of AWS query
            let named = || name.split('.').find_map(|part| self.stand_in(part));
            let stand_in = signs.then_some(Self::TEXT).or_else(named);
            changed |= stand_in.is_some();
            push_form(&mut kept, &name, stand_in.unwrap_or(&value));
        }
        changed.then_some(kept)
    }

    /// What is inside of secret elements becomes one text.
    fn xml(&self, text: &str) -> String {
        #[cfg(feature = "xml")]
        if let Ok(tree) = crate::codec::xml::Tree::parse(text.as_bytes()) {
            let name = |name: &str| self.stand_in(name);
            let value = |value: &str| has_signed_url(value).then_some(Self::TEXT);
            return tree.with(&name, &value);
        }
        self.broken_xml(text)
    }

    /// As [`xml`](Self::xml), of what breaks off, or is HTML: whatever the beginning of a secret element
    /// looks like, nothing is kept behind it.
    fn broken_xml(&self, text: &str) -> String {
        let tags = text.match_indices('<').filter_map(|(at, _)| {
            let tag = &text[at + 1..];
            let name = tag.split(['>', '/', ' ', '\t', '\r', '\n']).next()?;
            let local = name.rsplit(':').next()?;
            Some((at, tag, self.stand_in(local)?))
        });
        let mut begins = tags.filter_map(|(at, tag, stand_in)| {
            let end = tag.find('>')?;
            (!tag[..end].ends_with('/')).then_some((at + 1 + end + 1, stand_in))
        });
        let first = begins.next();
        if first.is_none() && may_be_in(text.as_bytes()) {
            return Self::TEXT.to_owned();
        }
        first.map_or_else(
            || text.to_owned(),
            |(end, stand_in)| {
                let stand_in = stand_in.replace('<', "&lt;").replace('>', "&gt;");
                format!("{}{stand_in}", &text[..end])
            },
        )
    }
}

/// Whether a body has names that cannot be looked for.
fn is_opaque(headers: &HeaderMap) -> bool {
    let media = headers.get(CONTENT_TYPE).and_then(|media| media.to_str().ok());
    media.is_some_and(|media| media.contains("cbor") || media.contains("eventstream"))
}

pub(super) fn is_form(headers: &HeaderMap) -> bool {
    let media = headers.get(CONTENT_TYPE).and_then(|media| media.to_str().ok());
    media.is_some_and(|media| media.starts_with("application/x-www-form-urlencoded"))
}

fn with(uri: &http::Uri, path: &str, query: Option<&str>) -> Result<http::Uri, http::Error> {
    let path = query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(http::uri::PathAndQuery::try_from(path)?);
    Ok(http::Uri::from_parts(parts)?)
}
