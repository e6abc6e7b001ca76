//! The functions of endpoint rules:
//! <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html> and
//! <https://smithy.io/2.0/aws/rules-engine/library-functions.html>.
//!
//! Where the two leave something open, botocore's `endpoint_provider.py` decides.

use super::rules::Attr;
use super::values::Val;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::rc::Rc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    IsSet,
    Not,
    BooleanEquals,
    StringEquals,
    Substring,
    ParseUrl,
    IsValidHostLabel,
    UriEncode,
    Coalesce,
    Ite,
    Split,
    Partition,
    ParseArn,
    IsVirtualHostableS3Bucket,
}

impl Function {
    /// The function of that name and the number of its arguments; `None` for any number.
    ///
    /// `getAttr` is not one of them: its path is read beforehand.
    pub(super) fn named(name: &str) -> Option<(Self, Option<usize>)> {
        Some(match name {
            "isSet" => (Self::IsSet, Some(1)),
            "not" => (Self::Not, Some(1)),
            "booleanEquals" => (Self::BooleanEquals, Some(2)),
            "stringEquals" => (Self::StringEquals, Some(2)),
            "substring" => (Self::Substring, Some(4)),
            "parseURL" => (Self::ParseUrl, Some(1)),
            "isValidHostLabel" => (Self::IsValidHostLabel, Some(2)),
            "uriEncode" => (Self::UriEncode, Some(1)),
            "coalesce" => (Self::Coalesce, None),
            "ite" => (Self::Ite, Some(3)),
            "split" => (Self::Split, Some(3)),
            "aws.partition" => (Self::Partition, Some(1)),
            "aws.parseArn" => (Self::ParseArn, Some(1)),
            "aws.isVirtualHostableS3Bucket" => (Self::IsVirtualHostableS3Bucket, Some(2)),
            _ => return None,
        })
    }
}

/// Substring by positions; from the end if `reverse`. Only texts of ASCII have parts.
pub(super) fn substring<'a>(
    text: &Cow<'a, str>,
    start: i64,
    stop: i64,
    reverse: bool,
) -> Option<Cow<'a, str>> {
    let (start, stop) = (usize::try_from(start).ok()?, usize::try_from(stop).ok()?);
    if start >= stop || text.len() < stop || !text.is_ascii() {
        return None;
    }
    let range = if reverse { text.len() - stop..text.len() - start } else { start..stop };
    match text {
        Cow::Borrowed(text) => text.get(range).map(Cow::Borrowed),
        Cow::Owned(text) => text.get(range).map(to_owned),
    }
}

/// The parts of a text between delimiters, at most `limit` of them unless that is zero.
pub(super) fn split<'a>(text: &Cow<'a, str>, delimiter: &str, limit: i64) -> Vec<Cow<'a, str>> {
    let limit = usize::try_from(limit).ok().filter(|limit| *limit > 0).unwrap_or(usize::MAX);
    match text {
        Cow::Borrowed(text) => texts(text.splitn(limit, delimiter), Cow::Borrowed),
        Cow::Owned(text) => texts(text.splitn(limit, delimiter), to_owned),
    }
}

/// What becomes of a part of a text: borrowed if the text is.
type Keep<'t, 'a> = fn(&'t str) -> Cow<'a, str>;

fn to_owned<'a>(part: &str) -> Cow<'a, str> {
    Cow::Owned(part.to_owned())
}

fn texts<'t, 'a>(parts: impl Iterator<Item = &'t str>, keep: Keep<'t, 'a>) -> Vec<Cow<'a, str>> {
    let mut texts = Vec::new();
    for part in parts {
        texts.push(keep(part));
    }
    texts
}

/// Whether a text is a label of a host name (RFC 1123), or labels with periods between them.
pub(super) fn is_valid_host_label(text: &str, allow_subdomains: bool) -> bool {
    if allow_subdomains { text.split('.').all(is_label) } else { is_label(text) }
}

fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// Whether a bucket of that name can stand in a host name.
pub(super) fn is_virtual_hostable_s3_bucket(text: &str, allow_subdomains: bool) -> bool {
    text.len() >= 3
        && !text.chars().any(char::is_uppercase)
        && !is_ipv4(text)
        && is_valid_host_label(text, allow_subdomains)
}

/// Four numbers of up to three digits: what botocore takes for an address.
fn is_ipv4(text: &str) -> bool {
    let is_number =
        |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_digit());
    text.split('.').count() == 4 && text.split('.').all(is_number)
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
pub(super) fn uri_encode(text: &str) -> String {
    percent_encode(text, "-._~")
}

fn percent_encode(text: &str, safe: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || safe.as_bytes().contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// An ARN by its parts.
#[derive(Debug)]
pub(super) struct Arn<'a> {
    partition: Cow<'a, str>,
    service: Cow<'a, str>,
    region: Cow<'a, str>,
    account: Cow<'a, str>,
    resource: Rc<Vec<Cow<'a, str>>>,
}

impl<'a> Arn<'a> {
    pub(super) fn parse(text: &Cow<'a, str>) -> Option<Self> {
        match text {
            Cow::Borrowed(text) => Self::of(text, Cow::Borrowed),
            Cow::Owned(text) => Self::of(text, to_owned),
        }
    }

    fn of<'t>(text: &'t str, keep: Keep<'t, 'a>) -> Option<Self> {
        let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
        let (partition, service) = (parts.next()?, parts.next()?);
        let (region, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
        if partition.is_empty() || service.is_empty() || resource.is_empty() {
            return None;
        }
        Some(Self {
            partition: keep(partition),
            service: keep(service),
            region: keep(region),
            account: keep(account),
            resource: Rc::new(texts(resource.split([':', '/']), keep)),
        })
    }

    pub(super) fn attr(&self, attr: Attr) -> Val<'a> {
        let text = match attr {
            Attr::Partition => &self.partition,
            Attr::Service => &self.service,
            Attr::Region => &self.region,
            Attr::AccountId => &self.account,
            Attr::ResourceId => return Val::List(self.resource.clone()),
            _ => return Val::Nothing,
        };
        Val::Text(text.clone())
    }
}

/// A URL by its parts.
#[derive(Debug)]
pub(super) struct Url<'a> {
    scheme: Cow<'a, str>,
    authority: Cow<'a, str>,
    path: Cow<'a, str>,
    normalized_path: String,
    is_ip: bool,
}

impl<'a> Url<'a> {
    pub(super) fn parse(text: &Cow<'a, str>) -> Option<Self> {
        match text {
            Cow::Borrowed(text) => Self::of(text, Cow::Borrowed),
            Cow::Owned(text) => Self::of(text, to_owned),
        }
    }

    fn of<'t>(text: &'t str, keep: Keep<'t, 'a>) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        if !matches!(scheme, "http" | "https") {
            return None;
        }
        let rest = rest.split('#').next().unwrap_or_default();
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host_and_port = authority.rsplit('@').next().unwrap_or_default();
        let (host, port) = match host_and_port.strip_prefix('[') {
            Some(rest) => {
                let (host, port) = rest.split_once(']')?;
                (host, port.strip_prefix(':').unwrap_or(port))
            }
            None => host_and_port.split_once(':').unwrap_or((host_and_port, "")),
        };
        let bad_port = !port.is_empty() && port.parse::<u16>().is_err();
        if !query.is_empty() || host.is_empty() || bad_port {
            return None;
        }
        let is_ipv6 = host_and_port.starts_with('[') && host.parse::<std::net::Ipv6Addr>().is_ok();
        Some(Self {
            scheme: keep(scheme),
            authority: keep(authority),
            path: keep(path),
            normalized_path: normalized(path),
            is_ip: is_ipv6 || is_ipv4(host),
        })
    }

    pub(super) fn attr(&self, attr: Attr) -> Val<'a> {
        let text = match attr {
            Attr::Scheme => self.scheme.clone(),
            Attr::Authority => self.authority.clone(),
            Attr::Path => self.path.clone(),
            Attr::NormalizedPath => Cow::Owned(self.normalized_path.clone()),
            Attr::IsIp => return Val::Bool(self.is_ip),
            _ => return Val::Nothing,
        };
        Val::Text(text)
    }
}

/// A path without empty, `.` and `..` segments, with a slash at either end.
fn normalized(path: &str) -> String {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    let mut normalized = String::from("/");
    for segment in segments {
        normalized.push_str(&percent_encode(segment, "-._~"));
        normalized.push('/');
    }
    normalized
}
