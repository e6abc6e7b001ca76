//! Events of an answer: as lines of JSON, and into a file.

use super::body::OnProgress;
use super::input::reason;
use super::output;
use crate::exit::{Failure, GENERAL};
use crate::output::print;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use typefoundry::client::Events;
use typefoundry::dynamic::Dynamic;
use typefoundry::value::{Active, Value as _, View};
use typefoundry::{Error, Wire};
use typefoundry_spec::{Model, Operation};

/// Whether the AWS CLI puts the events of an operation into a file (v2's
/// `customizations/s3events.py`). It has most others not at all.
pub(super) fn go_to_file(model: &Model, operation: &Operation) -> bool {
    let service = &model.service;
    (service.provider(), service.name()) == ("aws", "s3") && operation.name == "SelectObjectContent"
}

/// Puts out each event as it comes, as JSON on a line of its own, or what a query picks of it.
pub(super) async fn put_out(
    mut events: Events,
    event: &mut Dynamic<'_>,
    settings: &output::Settings,
    failed: impl Fn(Error) -> Failure,
) -> Result<(), Failure> {
    loop {
        event.clear();
        if !events.next(event).await.map_err(&failed)? {
            return Ok(());
        }
        // Writing to memory fails for no value.
        let json = serde_json::to_string(&Wire::new(event)).unwrap_or_default();
        print(&settings.event(json)?)?;
    }
}

/// Puts the records of an answer into a file as they come. What was in the file before is gone.
pub(super) async fn to_file(
    mut events: Events,
    event: &mut Dynamic<'_>,
    path: &Path,
    OnProgress(tell): OnProgress,
    failed: impl Fn(Error) -> Failure,
) -> Result<(), Failure> {
    let unwritten = |error: io::Error| Failure::new(GENERAL, reason(&error, path));
    let mut file = BufWriter::new(File::create(path).map_err(unwritten)?);
    let mut so_far = 0_u64;
    loop {
        event.clear();
        if !events.next(event).await.map_err(&failed)? {
            return file.flush().map_err(unwritten);
        }
        if let Some(bytes) = records(event) {
            file.write_all(bytes).map_err(unwritten)?;
            so_far = so_far.saturating_add(bytes.len() as u64);
            tell(so_far, None);
        }
    }
}

/// What is to be kept of an event.
fn records<'e>(event: &'e Dynamic<'_>) -> Option<&'e [u8]> {
    let View::Union(union) = event.view() else { return None };
    let (schema, Some(Active::Member(index, value))) = union.active() else { return None };
    if schema.members.get(index)?.name != "Records" {
        return None;
    }
    let View::Structure(records) = value.view() else { return None };
    match records.get("Payload")?.view() {
        View::Blob(bytes) => Some(bytes),
        _ => None,
    }
}
