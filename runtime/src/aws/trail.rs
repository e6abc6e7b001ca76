//! `CloudTrail`: what a record says about the call that it records.

use crate::client::Operation;
use crate::codec::{DecodeError, Form, Reading, json};
use crate::document::Document;
use crate::value::{Empty, Structure, Value, View};

/// A call that a record records, in the operation's own types.
#[derive(Clone, Debug)]
pub struct RecordedCall<I, O> {
    /// What was asked
    pub input: I,
    /// What was answered; absent where the record has no answer, as for most reads.
    pub output: Option<O>,
    /// What has no place in the types, by path: members that the API does not have, and values
    /// of another type than the API's, such as `HIDDEN_DUE_TO_SECURITY_REASONS`.
    pub unplaced: Vec<(String, Document)>,
    /// Required members that the record leaves out. They hold their empty value.
    pub missing: Vec<String>,
}

/// A `CloudTrail` record, of whatever type holds one: any structure with the members
/// `requestParameters` and `responseElements`.
pub trait Record {
    /// The call in the types of an operation.
    ///
    /// Names may differ from the model's in the case of the first letter, as `CloudTrail`
    /// writes them. Nothing is lost: what has no place is handed back.
    fn call<O: Operation>(&self) -> Result<RecordedCall<O, O::Output>, DecodeError>;
}

impl<T: Structure> Record for T {
    fn call<O: Operation>(&self) -> Result<RecordedCall<O, O::Output>, DecodeError> {
        let mut call = RecordedCall {
            input: O::empty(),
            output: None,
            unplaced: Vec::new(),
            missing: Vec::new(),
        };
        let mut read = |name: &str, document: &Document, value: &mut dyn Value| {
            let json = document.to_json();
            let reading = Reading { strict: false, keep_unplaced: true, lenient: true };
            let report = json::read(json.as_bytes(), value, Form::Audit, reading)?;
            let place = |path: &str| match path {
                "" => name.to_owned(),
                path => format!("{name}.{path}"),
            };
            let unplaced = report.unplaced.into_iter();
            call.unplaced.extend(unplaced.map(|(path, value)| (place(&path), value)));
            call.missing.extend(report.missing.iter().map(|path| place(path)));
            Ok(())
        };
        // A record without parameters leaves out whatever the operation requires.
        let name = "requestParameters";
        let nothing = Document::Object(crate::Map::new());
        read(name, document(self, name).unwrap_or(&nothing), &mut call.input)?;
        let name = "responseElements";
        if let Some(document) = document(self, name) {
            let mut output = O::Output::empty();
            read(name, document, &mut output)?;
            call.output = Some(output);
        }
        Ok(call)
    }
}

fn document<'a>(record: &'a dyn Structure, name: &str) -> Option<&'a Document> {
    match record.get(name)?.view() {
        View::Document(document) if !document.is_null() => Some(document),
        _ => None,
    }
}
