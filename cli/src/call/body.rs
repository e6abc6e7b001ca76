//! Bodies that are streams: out of files, and into them.

use super::input::reason;
use crate::exit::{Failure, GENERAL, USAGE};
use crate::terminal::Progress;
use std::fmt;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use typefoundry::ByteStream;
use typefoundry::aws::checksum::{When, checksum_of_request, header};
use typefoundry::aws::customs::{TreeHash, tree_hash};
use typefoundry::checksum::{Algorithm, Hasher};
use typefoundry::schema::{OperationSchema, ServiceSchema};
use typefoundry::value::{Structure, Value, View};

/// Is told how many bytes have gone so far, and how many there will be, where that is known.
#[derive(Clone)]
pub(super) struct OnProgress(pub(super) Arc<dyn Fn(u64, Option<u64>) + Send + Sync>);

impl OnProgress {
    /// Draws a bar at a terminal.
    pub(super) fn bar() -> Self {
        let bar = Mutex::new(Progress::new());
        Self(Arc::new(move |so_far, whole| {
            if let Ok(mut bar) = bar.lock() {
                bar.bytes(so_far, whole);
            }
        }))
    }
}

impl fmt::Debug for OnProgress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnProgress")
    }
}

/// What is in a file, as a body. It is read as it is sent.
pub(super) fn from_file(
    path: &Path,
    on_progress: Option<OnProgress>,
) -> Result<ByteStream, Failure> {
    let body =
        ByteStream::from_path(path).map_err(|error| Failure::new(GENERAL, reason(&error, path)))?;
    Ok(watched(body, on_progress))
}

/// The headers that say what is in a file: the digest that is signed, and without TLS the checksum
/// that the operation has; Glacier's tree hash, which a caller's own goes before. It is read for them as it will be when it is sent.
pub(super) fn digests(
    path: &Path,
    service: &ServiceSchema,
    operation: &OperationSchema,
    input: &dyn Structure,
    is_plain: bool,
) -> Result<Vec<(String, String)>, Failure> {
    let none = http::HeaderMap::new();
    let plan = checksum_of_request(operation, input, &none, false, When::Supported)
        .map_err(|error| Failure::new(USAGE, error.to_string()))?
        .filter(|_| is_plain && !has_checksum(input));
    let mut digest = Hasher::new(Algorithm::Sha256);
    let mut sum = plan.as_ref().map(|plan| Hasher::new(plan.algorithm));
    let own = has_header(input, &TreeHash::HEADER);
    let mut tree = tree_hash(service, operation).filter(|_| !own);
    let failed = |error: &std::io::Error| Failure::new(GENERAL, reason(error, path));
    let mut file = File::open(path).map_err(|error| failed(&error))?;
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let length = file.read(&mut chunk).map_err(|error| failed(&error))?;
        let Some(bytes) = chunk.get(..length).filter(|bytes| !bytes.is_empty()) else { break };
        digest.update(bytes);
        if let Some(sum) = &mut sum {
            sum.update(bytes);
        }
        if let Some(tree) = &mut tree {
            tree.update(bytes);
        }
    }
    let digest = digest.finish().iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = fmt::Write::write_fmt(&mut hex, format_args!("{byte:02x}"));
        hex
    });
    let mut headers = vec![("x-amz-content-sha256".to_owned(), digest)];
    if let Some(tree) = tree {
        headers.push((TreeHash::HEADER.to_string(), tree.finish()));
    }
    if let (Some(plan), Some(sum)) = (plan, sum) {
        headers.push((header(plan.algorithm).to_string(), sum.to_base64()));
        if let Some(name) = plan.announce {
            headers.push((name.to_string(), plan.algorithm.name().to_owned()));
        }
    }
    Ok(headers)
}

/// Whether the caller has summed the body up.
fn has_checksum(input: &dyn Structure) -> bool {
    let (schema, values) = input.split();
    schema.members.iter().enumerate().any(|(index, member)| {
        let name = member.wire_name().to_ascii_lowercase();
        // The algorithm alone is no sum.
        let is_sum = ["crc", "sha"].iter().any(|kind| {
            name.strip_prefix("x-amz-checksum-").is_some_and(|rest| rest.starts_with(kind))
        });
        let is_there = |value: &dyn Value| !matches!(value.view(), View::Absent);
        is_sum && values.member(index).is_some_and(is_there)
    })
}

/// Whether the caller says a header in a member of its own.
fn has_header(input: &dyn Structure, name: &http::HeaderName) -> bool {
    let (schema, values) = input.split();
    let mut members = schema.members.iter().enumerate();
    members.any(|(index, member)| {
        let is_there = |value: &dyn Value| !matches!(value.view(), View::Absent);
        member.wire_name().eq_ignore_ascii_case(name.as_str())
            && values.member(index).is_some_and(is_there)
    })
}

/// Puts a body into a file as it comes. What was in the file before is gone.
pub(super) async fn to_file(
    body: ByteStream,
    path: &Path,
    on_progress: Option<OnProgress>,
) -> Result<(), Failure> {
    let failed = |error: &std::io::Error| Failure::new(GENERAL, reason(error, path));
    let mut file = File::create(path).map_err(|error| failed(&error))?;
    let mut body = watched(body, on_progress);
    while let Some(chunk) = body.next().await {
        let chunk = chunk
            .map_err(|error| Failure::new(GENERAL, format!("the answer broke off: {error}")))?;
        file.write_all(&chunk).map_err(|error| failed(&error))?;
    }
    file.flush().map_err(|error| failed(&error))
}

fn watched(body: ByteStream, on_progress: Option<OnProgress>) -> ByteStream {
    match on_progress {
        Some(OnProgress(tell)) => body.on_progress(move |so_far, whole| tell(so_far, whole)),
        None => body,
    }
}
