//! What S3's members have to look like before anything is sent.

use super::CustomError;
use super::inputs::Arn;
use super::values::{set_text, text};
use crate::value::{Structure, Value, View};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a copy's source keeps: unreserved characters and slashes.
const SOURCE: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A name that is none would become another path, or none: what is meant for one bucket would be
/// done to the whole account (`validate_bucket_name` in botocore's `handlers.py`).
pub(super) fn bucket_name(member: &str, input: &mut dyn Structure) -> Result<(), CustomError> {
    match text(input, member) {
        Some(bucket) if !is_bucket(bucket) => Err(CustomError::Input {
            member: member.to_owned(),
            reason: format!(
                "`{}` is no bucket's name (1 to 255 letters, digits, `.`, `-`, `_`), nor the ARN \
                 of an access point",
                bucket.escape_debug()
            ),
        }),
        _ => Ok(()),
    }
}

fn is_bucket(text: &str) -> bool {
    let part = |text: &str, length: usize, more: &str| {
        (1..=length).contains(&text.len())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    if part(text, 255, ".-_") {
        return true;
    }
    let Some(arn) = Arn::parse(text) else { return false };
    let region = arn.region.bytes().all(|c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    let account = arn.account.len() == 12 && arn.account.bytes().all(|c| c.is_ascii_digit());
    if !arn.partition.starts_with("aws") || !region || !account {
        return false;
    }
    match (arn.service, &arn.resource_parts()[..]) {
        ("s3" | "s3-object-lambda", ["accesspoint", name]) => part(name, 63, "-."),
        ("s3-outposts", ["outpost", id, "accesspoint", name]) => {
            !arn.region.is_empty() && part(id, 63, "-") && part(name, 63, "-")
        }
        _ => false,
    }
}

/// Metadata are headers, and S3 takes no other text in them (`validate_ascii_metadata`).
pub(super) fn ascii_map(member: &str, input: &mut dyn Structure) -> Result<(), CustomError> {
    let Some(View::Map(map)) = input.get(member).map(Value::view) else { return Ok(()) };
    for (key, value) in (0..map.len()).filter_map(|index| map.entry(index)) {
        let is_ascii = !matches!(value.view(), View::String(text) if !text.is_ascii());
        if !key.is_ascii() || !is_ascii {
            return Err(CustomError::Input {
                member: member.to_owned(),
                reason: format!(
                    "the entry `{}` is not ASCII, and S3 keeps nothing else; encode it",
                    key.escape_debug()
                ),
            });
        }
    }
    Ok(())
}

/// A key may hold what a header cannot; the version behind it stays as it is
/// (`handle_copy_source_param`).
pub(super) fn quote_copy_source(member: &str, input: &mut dyn Structure) {
    if let Some(source) = text(input, member) {
        let (key, version) = source.split_at(version_start(source));
        let quoted = format!("{}{version}", utf8_percent_encode(key, SOURCE));
        set_text(input, member, &quoted);
    }
}

/// Where `?versionId=…` starts, which reaches to the end and has no white space.
fn version_start(source: &str) -> usize {
    const VERSION: &str = "?versionId=";
    let is_version = |at: &usize| {
        let id = &source[at + VERSION.len()..];
        !id.is_empty() && !id.contains(char::is_whitespace)
    };
    let mut starts = source.match_indices(VERSION).map(|(at, _)| at);
    starts.find(is_version).unwrap_or(source.len())
}
