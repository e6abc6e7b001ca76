//! What comes back from a call that succeeded.

use crate::ByteStream;
use http::HeaderMap;
use std::ops::{Deref, DerefMut};

/// The output of a call, and what came with it.
#[derive(Clone, Debug)]
pub struct Response<T> {
    output: T,
    metadata: Metadata,
}

impl<T> Response<T> {
    pub(crate) fn new(output: T, metadata: Metadata) -> Self {
        Self { output, metadata }
    }

    /// The output.
    pub fn into_output(self) -> T {
        self.output
    }

    /// What came with the output.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Both.
    pub fn into_parts(self) -> (T, Metadata) {
        (self.output, self.metadata)
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.output
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.output
    }
}

/// The output of a call whose body is a stream: what came in the headers, and the stream.
#[derive(Debug)]
pub struct Streamed<T> {
    response: Response<T>,
    body: ByteStream,
}

impl<T> Streamed<T> {
    pub(crate) fn new(response: Response<T>, body: ByteStream) -> Self {
        Self { response, body }
    }

    /// The body, to read some of it.
    pub fn body_mut(&mut self) -> &mut ByteStream {
        &mut self.body
    }

    /// The body.
    pub fn into_body(self) -> ByteStream {
        self.body
    }

    /// What came with the output.
    pub fn metadata(&self) -> &Metadata {
        self.response.metadata()
    }

    /// The output with what came with it, and the body.
    pub fn into_parts(self) -> (Response<T>, ByteStream) {
        (self.response, self.body)
    }
}

impl<T> Deref for Streamed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.response
    }
}

impl<T> DerefMut for Streamed<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.response
    }
}

/// What came with an output.
#[derive(Clone, Debug)]
pub struct Metadata {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) attempts: u32,
    pub(crate) missing: Vec<String>,
}

impl Metadata {
    /// The HTTP status
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The id under which the provider knows the request.
    pub fn request_id(&self) -> Option<String> {
        crate::error::request_id(&self.headers)
    }

    /// How many attempts it took, from one.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The paths of required members that the service left out. They hold their empty value.
    pub fn missing(&self) -> &[String] {
        &self.missing
    }
}
