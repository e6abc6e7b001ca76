//! What Typefoundry's generated clients stand on.
//!
//! A model type carries a schema and gives access to its members by index; everything else
//! (codecs, HTTP binding, signing, transport, pages) is written once, in this crate, against that
//! access. The derives make a model of a plain annotated type:
//!
//! ```
//! use typefoundry::{Model, json};
//!
//! #[derive(Model)]
//! struct Pet {
//!     #[model(name = "petName")]
//!     name: Option<String>,
//! }
//!
//! let pet: Pet = json::from_slice(br#"{"petName": "Rex"}"#)?;
//! assert_eq!(pet.name.as_deref(), Some("Rex"));
//! assert_eq!(json::to_string(&pet), r#"{"petName":"Rex"}"#);
//! # Ok::<(), typefoundry::DecodeError>(())
//! ```
//!
//! # Which type stands for which shape
//!
//! | shape | Rust |
//! |---|---|
//! | string | `String` |
//! | integer, long | `i32`, `i64` |
//! | float, double | `f32`, `f64` |
//! | boolean | `bool` |
//! | timestamp | [`Timestamp`] |
//! | blob | [`Blob`] |
//! | document | [`Document`] |
//! | list, sparse list | `Vec<T>`, `Vec<Option<T>>` |
//! | map, sparse map | [`Map<K, T>`](Map), `Map<K, Option<T>>`; keys are `String` or an enum, in order of insertion |
//! | structure | a struct with `#[derive(Model)]` |
//! | enum | an enum with `#[derive(Model)]` and a variant for unknown values |
//! | union | an enum with `#[derive(Model)]` and a variant for unknown members |
//! | optional member | `Option<T>` |
//! | nullable member | [`Nullable<T>`] |
//!
//! # Features
//!
//! `aws` and `ncp` bring the providers' signatures, `aws-credentials` the credentials that AWS's
//! servers give (roles, single sign-on, containers, instances), `aws-login` the sessions of `aws login`, `sigv4a` AWS's for several regions at once;
//! `http-client` the default transport, with TLS by `rustls-ring` (default), `rustls-aws-lc` or
//! `native-tls`; `reqwest` one by a client of that crate; `xml` the protocols with XML bodies; `cbor` the Smithy RPC v2 protocol; `checksums` those of bodies;
//! `compression` that of bodies; `event-stream` streams of events, `http2` those that go both ways at
//! once; `blocking` calls that block the thread; `tracing` spans and events of calls; `tower` layers
//! around transports; `waiters` waiting for a state; `serde` models inside of what `serde` writes; `testing` stubs and cassettes for
//! tests; `dynamic` values described by a spec at run time; `mock` a server that answers in place of
//! services; `api` the macro that generates a client in place, with the code generator.

// So that the derives' code finds this crate in itself.
#[cfg(any(test, feature = "aws"))]
extern crate self as typefoundry;

pub mod auth;
#[cfg(feature = "aws")]
pub mod aws;
pub mod binding;
mod blob;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(all(feature = "http-client", target_arch = "wasm32", target_os = "unknown"))]
mod browser;
mod byte_stream;
#[cfg(feature = "checksums")]
pub mod checksum;
pub mod client;
pub mod codec;
mod derived;
mod document;
#[cfg(feature = "dynamic")]
pub mod dynamic;
mod error;
#[cfg(feature = "event-stream")]
pub mod event_stream;
pub mod json;
#[cfg(feature = "ncp")]
pub mod ncp;
pub mod pager;
#[cfg(test)]
mod samples;
pub mod schema;
#[cfg(feature = "serde")]
pub mod serde;
#[cfg(feature = "testing")]
pub mod testing;
mod timestamp;
pub mod transport;
pub mod value;
#[cfg(feature = "waiters")]
pub mod waiter;

pub use auth::{Credentials, ProvideCredentials, Surroundings};
pub use blob::Blob;
#[cfg(feature = "http-client")]
pub use byte_stream::AsyncReader;
pub use byte_stream::{ByteStream, StreamError};
pub use client::{
    Call, Client, Config, Fluent, Operation, Paged, Response, Sending, Service, Streamed,
    StreamingCall,
};
#[cfg(feature = "event-stream")]
pub use client::{EventCall, EventResponse, EventStream};
#[cfg(feature = "waiters")]
pub use client::{FluentWait, Until, Wait, Waited, Waiting};
pub use codec::DecodeError;
pub use codec::json::Wire;
pub use document::{Document, Number};
pub use error::{Error, ErrorKind, Modeled};
pub use pager::{Items, Pages, ResumeToken};
pub use timestamp::{ParseTimestampError, Timestamp, TimestampFormat, TimestampRangeError};
pub use transport::Transport;
#[cfg(feature = "api")]
pub use typefoundry_macros::api;
pub use typefoundry_macros::{Build, Model, Operation, Service, ServiceError};
pub use value::{Nullable, UnknownMember, UnknownValue};
#[cfg(feature = "waiters")]
pub use waiter::{WaitError, WaitErrorKind};

/// A map in order of insertion.
pub type Map<K, V> = indexmap::IndexMap<K, V>;

/// A boxed future that can move between threads.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What the derives' code refers to. Not for anyone else: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use crate::TimestampFormat;
    #[cfg(feature = "event-stream")]
    pub use crate::client::SendsEvents;
    pub use crate::client::{
        Build, Given, IntoItems, Missing, Operation, Paged, Part, Service, ServiceErrors,
        StreamsInput,
    };
    pub use crate::error::show_structure;
    pub use crate::schema::{
        Acceptor, AuthOption, Checksum, Discovery, ElementTraits, ErrorFormat, ErrorSchema,
        Expected, Facts, Matcher, Members, OperationFacts, OperationTraits, PageSchema, PageToken,
        ParamValue, Protocol, Rare, RareTraits, Rules, Schema, ServiceSchema, Table, WaiterSchema,
        WaiterState, Which, XmlName, number_pages, schema, token, token_pages,
    };
    pub use crate::value::{
        Active, Choice, Empty, Record, Slot, Structure, Union, UnknownMember, UnknownValue, Value,
        View, choice, copy, debug, same,
    };
    pub use crate::{
        __build as build, __enum as choice, __structure as structure, __union as union,
    };
    #[cfg(feature = "event-stream")]
    pub use futures_core::Stream;
    pub use std::borrow::Cow;
    pub use std::marker::PhantomData;
    pub use std::option::Option::{None, Some};
    pub use std::result::Result;
    pub use std::result::Result::{Err, Ok};

    /// A member of a structure.
    pub type At<'a> = &'a dyn Value;
    /// A member of a structure, to fill it.
    pub type AtMut<'a> = &'a mut dyn Value;
}

/// Checks that this build has streams of events, which the code of an operation names.
#[cfg(feature = "event-stream")]
#[macro_export]
#[doc(hidden)]
macro_rules! needs_event_stream {
    () => {};
}

/// Checks that this build has streams of events, which the code of an operation names.
#[cfg(not(feature = "event-stream"))]
#[macro_export]
#[doc(hidden)]
macro_rules! needs_event_stream {
    () => {
        compile_error!(
            "an operation sends or answers with events: turn on the feature `event-stream` of \
             `typefoundry`"
        );
    };
}

/// Checks that this build has waiters, which the code of an operation names.
#[cfg(feature = "waiters")]
#[macro_export]
#[doc(hidden)]
macro_rules! needs_waiters {
    () => {};
}

/// Checks that this build has waiters, which the code of an operation names.
#[cfg(not(feature = "waiters"))]
#[macro_export]
#[doc(hidden)]
macro_rules! needs_waiters {
    () => {
        compile_error!("an operation has a waiter: turn on the feature `waiters` of `typefoundry`");
    };
}

/// Checks that generated code and this release fit each other.
///
/// Generated code says the number of its form; a release knows the forms that it carries.
#[macro_export]
#[doc(hidden)]
macro_rules! generated_form {
    (1) => {};
    ($form:literal) => {
        compile_error!(concat!(
            "this code was generated in form ",
            $form,
            ", which this release of `typefoundry` does not carry: generate it again with the \
             generator of the same release, or use the release that it was generated for"
        ));
    };
}
