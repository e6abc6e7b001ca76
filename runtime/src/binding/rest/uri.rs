//! Paths with labels, and queries.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986, §2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// A greedy label keeps its slashes.
const GREEDY: &AsciiSet = &RESERVED.remove(b'/');

/// Text inside one path segment, or a name or value of a query.
pub(in crate::binding) fn encode(text: &str) -> impl std::fmt::Display + '_ {
    utf8_percent_encode(text, RESERVED)
}

/// Text of a label that may span path segments.
pub(in crate::binding) fn encode_greedy(text: &str) -> impl std::fmt::Display + '_ {
    utf8_percent_encode(text, GREEDY)
}

/// The parts of a template's path: constant text and labels.
pub(in crate::binding) enum Part<'a> {
    Text(&'a str),
    Label { name: &'a str, greedy: bool },
}

/// The parts of a template's path, each segment on its own.
pub(in crate::binding) fn parts(template: &str) -> impl Iterator<Item = Part<'_>> {
    let path = template.split('?').next().unwrap_or_default();
    path.split('/').skip(1).map(|segment| {
        match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(label) => match label.strip_suffix('+') {
                Some(name) => Part::Label { name, greedy: true },
                None => Part::Label { name: label, greedy: false },
            },
            None => Part::Text(segment),
        }
    })
}

/// The labels of a path, if it is of the template's form: what routes a request to its operation.
pub fn matches_uri<'t>(template: &'t str, path: &str) -> Option<Vec<(&'t str, String)>> {
    let parts: Vec<_> = parts(template).collect();
    let segments: Vec<_> = path.split('/').skip(1).collect();
    let mut labels = Vec::new();
    let mut next = 0;
    for (index, part) in parts.iter().enumerate() {
        let segment = segments.get(next)?;
        match part {
            Part::Text(text) if text == segment => next += 1,
            Part::Label { name, greedy: false } if !segment.is_empty() => {
                labels.push((*name, decode(segment)));
                next += 1;
            }
            Part::Text(_) | Part::Label { greedy: false, .. } => return None,
            Part::Label { name, greedy: true } => {
                let end = segments.len().checked_sub(parts.len() - index - 1)?;
                let label = segments.get(next..end)?.join("/");
                if label.is_empty() {
                    return None;
                }
                labels.push((*name, decode(&label)));
                next = end;
            }
        }
    }
    (next == segments.len()).then_some(labels)
}

/// A path of the template's form with other texts in place of some labels.
#[cfg(feature = "testing")]
pub(crate) fn with_labels(
    template: &str,
    path: &str,
    text: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let mut labels = matches_uri(template, path)?.into_iter();
    let mut changed = String::new();
    for part in parts(template) {
        changed.push('/');
        match part {
            Part::Text(text) => changed.push_str(text),
            Part::Label { name, greedy } => {
                let (_, label) = labels.next()?;
                let label = text(name).unwrap_or(label);
                let encoded = if greedy {
                    encode_greedy(&label).to_string()
                } else {
                    encode(&label).to_string()
                };
                changed.push_str(&encoded);
            }
        }
    }
    Some(changed)
}

/// The names and values of a query.
pub(in crate::binding) fn query(text: &str) -> Vec<(String, String)> {
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (decode(name), decode(value))
    };
    text.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
