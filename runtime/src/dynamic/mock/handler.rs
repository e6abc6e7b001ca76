//! What users have to say about answers, and what they get to see of requests.

use crate::Document;
use bytes::Bytes;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// A request that a mock has understood.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MockRequest {
    /// The service's id, `aws/ivs`.
    pub service: String,
    /// The operation's name, `CreateChannel`.
    pub operation: String,
    /// The input in the spec's form: every member by its name, whatever its place in the request.
    pub input: Document,
    /// The request as it came.
    pub http: http::Request<Bytes>,
}

/// What a mock is to answer.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum MockAnswer {
    /// What it would have answered anyway.
    Usual,
    /// An output, in the spec's form.
    Output(Document),
    /// An error of the spec, by its code or the name of its structure; without members these are
    /// made from the shape.
    Error {
        /// Its code, or the name of its structure
        code: String,
        /// Its members, in the spec's form
        members: Option<Document>,
    },
    /// Anything.
    Http(http::Response<Bytes>),
}

impl MockAnswer {
    /// An output, in the spec's form: `serde_json::json!({…})`, a [`Wire`](crate::Wire) of a value
    /// of a generated type, or anything else that is an object once it is JSON.
    ///
    /// What is no JSON is an empty output.
    pub fn output(output: impl serde_core::Serialize) -> Self {
        Self::Output(document(&output).unwrap_or_else(|| Document::Object(<_>::default())))
    }

    /// An error of the spec with members that are made from its shape.
    pub fn error(code: impl Into<String>) -> Self {
        Self::Error { code: code.into(), members: None }
    }

    /// An error of the spec with its members, in the spec's form.
    pub fn error_with(code: impl Into<String>, members: impl serde_core::Serialize) -> Self {
        Self::Error { code: code.into(), members: document(&members) }
    }
}

fn document(value: &impl serde_core::Serialize) -> Option<Document> {
    Document::from_json(&serde_json::to_vec(value).ok()?).ok()
}

type Handler = dyn Fn(&MockRequest) -> MockAnswer + Send + Sync;

/// Functions by operation.
#[derive(Clone, Default)]
pub(super) struct Handlers(HashMap<String, Arc<Handler>>);

impl Handlers {
    pub(super) fn insert(
        &mut self,
        operation: &str,
        answer: impl Fn(&MockRequest) -> MockAnswer + Send + Sync + 'static,
    ) {
        self.0.insert(operation.to_owned(), Arc::new(answer));
    }

    /// Whether there is one for an operation.
    pub(super) fn have(&self, operation: &str) -> bool {
        self.0.contains_key(operation)
    }

    pub(super) fn answer(&self, request: &MockRequest) -> MockAnswer {
        match self.0.get(&request.operation) {
            Some(answer) => answer(request),
            None => MockAnswer::Usual,
        }
    }
}

impl fmt::Debug for Handlers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
