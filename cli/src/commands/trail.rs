//! `typefoundry trail FILE…`

use crate::exit::{FOUND, Failure};
use crate::output::{complain, pretty, print};
use crate::{specs, table};
use anyhow::{Context, anyhow};
use clap::ArgMatches;
use flate2::read::MultiGzDecoder;
use std::io::Read;
use typefoundry::codec::{Form, Reading, json};
use typefoundry::dynamic::{Api, Dynamic};
use typefoundry::value::{Structure, Value, View};
use typefoundry::{Document, Map, Wire};

/// A log file is a few megabytes. One that unpacks to more than this is a mistake or an attack.
const LARGEST: u64 = 1 << 30;

pub(crate) fn run(arguments: &ArgMatches) -> Result<u8, Failure> {
    let files = specs::find("aws", "cloudtrail-record");
    let files = files.context("this build has no spec of CloudTrail's records")?;
    let model = files.load().into_model().map_err(|error| anyhow!(error.to_string()))?;
    let api = Api::new(model);
    let mut records = Vec::new();
    let mut unread = 0_usize;
    for file in arguments.get_many::<String>("files").unwrap_or_default() {
        match read(&api, file) {
            Ok(more) => records.extend(more),
            // One bad file must not hide what the others say.
            Err(error) => {
                complain(&format!("error: {error:#}"));
                unread += 1;
            }
        }
    }
    let as_json = arguments.get_one::<String>("output").is_some_and(|form| form == "json");
    print(&if as_json { as_documents(&records)? } else { as_table(&records) })?;
    Ok(if unread == 0 { 0 } else { FOUND })
}

/// A record, and what of it has no place in the spec.
struct Record<'s> {
    value: Dynamic<'s>,
    unplaced: Vec<(String, Document)>,
}

fn read<'s>(api: &'s Api, file: &str) -> anyhow::Result<Vec<Record<'s>>> {
    let bytes = bytes(file)?;
    let document =
        Document::from_json(&bytes).map_err(|error| anyhow!("{file} is not JSON: {error}"))?;
    let documents = match document {
        Document::Object(mut object) => match object.shift_remove("Records") {
            Some(Document::Array(records)) => records,
            Some(_) => return Err(anyhow!("{file}: `Records` is not a list of records")),
            None => vec![Document::Object(object)],
        },
        Document::Array(records) => records,
        _ => {
            return Err(anyhow!(
                "{file} holds no records: expected {{\"Records\": […]}}, a list or one record"
            ));
        }
    };
    documents
        .iter()
        .enumerate()
        .map(|(index, document)| record(api, file, index, document))
        .collect()
}

fn record<'s>(
    api: &'s Api,
    file: &str,
    index: usize,
    document: &Document,
) -> anyhow::Result<Record<'s>> {
    let mut value = api.value("Record").context("the spec has no shape `Record`")?;
    let reading = Reading { strict: false, keep_unplaced: true, lenient: true };
    let report = json::read(document.to_json().as_bytes(), &mut value, Form::Audit, reading)
        .map_err(|error| anyhow!("{file}: record {}: {error}", index + 1))?;
    if !matches!(document, Document::Object(_)) {
        return Err(anyhow!("{file}: record {} is not an object", index + 1));
    }
    Ok(Record { value, unplaced: report.unplaced })
}

/// The file's bytes, unpacked if they are gzipped.
fn bytes(file: &str) -> anyhow::Result<Vec<u8>> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {file}"))?;
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    MultiGzDecoder::new(&bytes[..])
        .take(LARGEST + 1)
        .read_to_end(&mut unpacked)
        .with_context(|| format!("{file} is a broken gzip file"))?;
    if unpacked.len() as u64 > LARGEST {
        return Err(anyhow!("{file} unpacks to more than {LARGEST} bytes"));
    }
    Ok(unpacked)
}

fn as_table(records: &[Record<'_>]) -> String {
    let head = ["time", "event", "source", "region", "who", "error", "read-only", "id"];
    let rows: Vec<_> = records
        .iter()
        .map(|record| {
            let get = |path: &[&str]| text(&record.value, path);
            // An Insights event says inside what it is about.
            let about = |name: &str| {
                let own = get(&[name]);
                if own.is_empty() { get(&["insightDetails", name]) } else { own }
            };
            let who = [
                &["userIdentity", "arn"][..],
                &["userIdentity", "userName"],
                &["userIdentity", "invokedBy"],
                &["userIdentity", "accountId"],
                &["userIdentity", "type"],
            ];
            let who =
                who.iter().map(|path| get(path)).find(|text| !text.is_empty()).unwrap_or_default();
            vec![
                get(&["eventTime"]),
                about("eventName"),
                about("eventSource"),
                get(&["awsRegion"]),
                who,
                about("errorCode"),
                get(&["readOnly"]),
                get(&["eventID"]),
            ]
        })
        .collect();
    let plural = if records.len() == 1 { "" } else { "s" };
    format!("{}\n{} record{plural}\n", table::render(&head, &rows), records.len())
}

/// A scalar below a record as text. A log is written by strangers, so control characters go.
fn text(value: &Dynamic<'_>, path: &[&str]) -> String {
    let mut structure: &dyn Structure = value;
    for (depth, name) in path.iter().enumerate() {
        match structure.get(name).map(Value::view) {
            Some(View::Structure(inner)) => structure = inner,
            Some(view) if depth + 1 == path.len() => {
                let text = match view {
                    View::String(text) => text.to_owned(),
                    View::Timestamp(timestamp) => timestamp.to_string(),
                    View::Bool(value) => value.to_string(),
                    _ => String::new(),
                };
                return text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            }
            _ => return String::new(),
        }
    }
    String::new()
}

fn as_documents(records: &[Record<'_>]) -> anyhow::Result<String> {
    let document = |record: &Record<'_>| -> anyhow::Result<Document> {
        let mut document = Document::from_json(&serde_json::to_vec(&Wire::new(&record.value))?)?;
        if let Document::Object(object) = &mut document
            && !record.unplaced.is_empty()
        {
            let unplaced: Map<_, _> = record.unplaced.iter().cloned().collect();
            object.insert("unplaced".to_owned(), Document::Object(unplaced));
        }
        Ok(document)
    };
    let documents = records.iter().map(document).collect::<anyhow::Result<Vec<_>>>()?;
    pretty(&Document::Array(documents))
}
