//! What the derives say about operations.

use super::{Client, Metadata, Response, Streamed};
use crate::ByteStream;
use crate::error::Error;
use crate::schema::{
    self, ErrorSchema, OperationFacts, OperationSchema, OperationTraits, PageSchema, PageToken,
    ServiceSchema,
};
use crate::value::{Empty, Nullable, Structure, Value};

/// A service: what all its operations share.
pub trait Service: Sized + 'static {
    /// What can go wrong in a call.
    type Error: std::error::Error + From<Error> + Send + Sync + 'static;

    /// What is known about the service.
    fn schema() -> &'static ServiceSchema;
}

/// An operation, which is its input: a value that a client can send.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an operation of this client's service",
    note = "an operation has `#[derive(typefoundry::Operation)]` and names its service there"
)]
pub trait Operation: Structure + Empty + Clone + 'static {
    /// The service that it belongs to.
    type Service: Service;
    /// What it returns.
    type Output: Structure + Empty + 'static;
    /// What a call of it gives: a [`Response`] with the output, or a [`Streamed`] one.
    type Response: Answer<Self::Output>;

    /// What the derive says of it.
    #[doc(hidden)]
    const FACTS: OperationFacts;
    /// The status of success; 0 for any 2xx.
    #[doc(hidden)]
    const STATUS: u16 = 0;
    /// Doing it twice is doing it once.
    #[doc(hidden)]
    const IDEMPOTENT: bool = false;
    /// Its input or output holds something secret.
    #[doc(hidden)]
    const SECRET: bool = false;
    /// What leads from one of its pages to the next.
    #[doc(hidden)]
    const TOKENS: &'static [PageToken] = &[];
    /// How its pages follow each other.
    #[doc(hidden)]
    const PAGES: Option<PageSchema> = None;
    /// The traits that few operations have.
    #[doc(hidden)]
    const TRAITS: Option<&'static OperationTraits> = None;

    /// What is known about the operation.
    fn schema() -> &'static OperationSchema {
        const { &schema::operation::<Self>() }
    }
}

/// An operation that answers in pages.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not answer in pages",
    note = "an operation has pages if its spec says `pages`"
)]
pub trait Paged: Operation {
    /// One of the things that the pages hold.
    type Item;

    /// The items of a page.
    fn items(output: Self::Output) -> Vec<Self::Item>;
}

/// An operation whose request has a stream of bytes as its body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no body that is a stream",
    note = "an operation has one if its spec says that the payload of its input is `streaming`"
)]
pub trait StreamsInput: Operation {}

/// An operation whose request is a stream of events.
#[cfg(feature = "event-stream")]
#[diagnostic::on_unimplemented(
    message = "`{Self}` sends no events",
    note = "an operation sends some if its spec says that a member of its input is an `eventStream`"
)]
pub trait SendsEvents: Operation {
    /// What it sends.
    type Event: Value + Send + 'static;
}

/// What a call gives: an output, what came with it, and perhaps a stream.
pub trait Answer<T>: Sized + Send {
    /// How it has the body.
    const WANTS: Wants;

    /// Puts the parts together.
    fn of(output: T, metadata: Metadata, body: StreamBody) -> Result<Self, Error>;
}

/// How a call has the body of its answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wants {
    /// Read into the output
    #[default]
    Output,
    /// As bytes that come one after another
    Bytes,
    /// As events that come one after another
    #[cfg(feature = "event-stream")]
    Events,
}

/// The body of an answer, where it is a stream.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamBody {
    /// Bytes; none of them where the body is no stream.
    Bytes(ByteStream),
    /// The messages that events are in
    #[cfg(feature = "event-stream")]
    #[doc(hidden)]
    Events(Box<super::events::Messages>),
}

impl<T: Send> Answer<T> for Response<T> {
    const WANTS: Wants = Wants::Output;

    fn of(output: T, metadata: Metadata, _: StreamBody) -> Result<Self, Error> {
        Ok(Self::new(output, metadata))
    }
}

impl<T: Send> Answer<T> for Streamed<T> {
    const WANTS: Wants = Wants::Bytes;

    #[cfg_attr(
        not(feature = "event-stream"),
        expect(clippy::infallible_destructuring_match, reason = "the other form has two")
    )]
    fn of(output: T, metadata: Metadata, body: StreamBody) -> Result<Self, Error> {
        let body = match body {
            StreamBody::Bytes(body) => body,
            #[cfg(feature = "event-stream")]
            StreamBody::Events(_) => ByteStream::default(),
        };
        Ok(Self::new(Response::new(output, metadata), body))
    }
}

/// A value that is built step by step.
pub trait Build: Sized {
    /// The builder at its start. `C` is what the value is for: `()`, or a client to send it.
    type Builder<C>;

    /// A builder with nothing set.
    fn start<C>(purpose: C) -> Self::Builder<C>;
}

/// A call that is being put together: the operation's setters, and then `send`.
pub type Fluent<O> = <O as Build>::Builder<Client<<O as Operation>::Service>>;

/// A required member that has not been set.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Missing;

/// A required member that has been set: what its own trait, made by the derive, asks for.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Given;

/// The errors that a service names, in a table.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the error type of a service",
    label = "this type does not say which errors there are",
    note = "a service's error type is an enum with `#[derive(typefoundry::ServiceError)]`"
)]
pub trait ServiceErrors {
    const ERRORS: &'static [ErrorSchema];

    /// Shows an empty one of each error's structure, to learn of its members.
    fn structures(visit: &mut dyn FnMut(&mut dyn Value)) {
        let _ = visit;
    }
}

/// The items of a page, whether or not the member is required.
#[doc(hidden)]
pub trait IntoItems<T> {
    fn into_items(self) -> Vec<T>;
}

impl<T> IntoItems<T> for Vec<T> {
    fn into_items(self) -> Vec<T> {
        self
    }
}

impl<K, V> IntoItems<(K, V)> for crate::Map<K, V> {
    fn into_items(self) -> Vec<(K, V)> {
        self.into_iter().collect()
    }
}

/// A page of text is one item.
impl IntoItems<String> for String {
    fn into_items(self) -> Vec<String> {
        if self.is_empty() { Vec::new() } else { vec![self] }
    }
}

impl<T, C: IntoItems<T>> IntoItems<T> for Option<C> {
    fn into_items(self) -> Vec<T> {
        self.map_or_else(Vec::new, C::into_items)
    }
}

impl<T, C: IntoItems<T>> IntoItems<T> for Nullable<C> {
    fn into_items(self) -> Vec<T> {
        self.into_option().into_items()
    }
}

/// A structure on the way to the items of a page, which may be absent.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a page always has this member",
    label = "take the `?` behind it away"
)]
pub trait Part {
    type Whole;

    fn part(self) -> Option<Self::Whole>;
}

impl<T> Part for Option<T> {
    type Whole = T;

    fn part(self) -> Option<T> {
        self
    }
}

impl<T> Part for Nullable<T> {
    type Whole = T;

    fn part(self) -> Option<T> {
        self.into_option()
    }
}
