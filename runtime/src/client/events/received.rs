//! The events of an answer.

use super::messages::Messages;
use crate::client::operation::{Answer, StreamBody, Wants};
use crate::client::{Metadata, Response};
use crate::error::{Error, ErrorKind};
use crate::event_stream::{Kind, Message, read_event};
use crate::schema::Flags;
use crate::value::{Empty, Slot, Structure, Value, View};
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The events of an answer, one after another as they come.
///
/// It is a [`Stream`]; [`next`](Self::next) and [`try_next`](Self::try_next) do without any other
/// crate. An error that the service sends is the service's own, `E`. Nothing comes behind an error.
/// Dropping it lets the connection go.
pub struct EventStream<T, E = Error> {
    messages: Messages,
    events: PhantomData<fn() -> (T, E)>,
}

impl<T: Value + Empty, E: From<Error>> EventStream<T, E> {
    /// The next event; nothing at the end.
    pub async fn next(&mut self) -> Option<Result<T, E>> {
        std::future::poll_fn(|cx| self.poll_event(cx)).await
    }

    /// The next event; nothing at the end, and an error in front.
    pub async fn try_next(&mut self) -> Result<Option<T>, E> {
        self.next().await.transpose()
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, E>>> {
        loop {
            let Some(message) = ready!(self.messages.poll_next(cx)) else {
                return Poll::Ready(None);
            };
            let mut event = T::empty();
            let read = message.and_then(|message| self.messages.read(&message, &mut event));
            match read {
                Ok(true) => return Poll::Ready(Some(Ok(event))),
                Ok(false) => {}
                Err(error) => {
                    self.messages.end();
                    return Poll::Ready(Some(Err(error.into())));
                }
            }
        }
    }
}

impl Messages {
    /// Fills an event with a message; tells whether it holds one.
    pub(super) fn read(&self, message: &Message, event: &mut dyn Value) -> Result<bool, Error> {
        let read = match message.kind() {
            Ok(Kind::Event(name)) => self.fill(message, name, event).map(|()| true),
            // It is told in headers, or was taken at the start.
            Ok(Kind::InitialRequest | Kind::InitialResponse) => Ok(false),
            Ok(Kind::Exception(name)) => Err(self.exception(message, name, event)),
            Ok(Kind::Error { code, message }) => {
                let text = Some(message).filter(|text| !text.is_empty()).map(str::to_owned);
                Err(self.failure(code, None, text, Bytes::new()))
            }
            Err(error) => Err(error.into()),
        };
        read.map_err(|error| error.of(&self.origin.operation))
    }

    fn fill(&self, message: &Message, name: &str, event: &mut dyn Value) -> Result<(), Error> {
        let Slot::Union(events) = event.slot() else {
            let message = "the type of the events is not a union";
            return Err(Error::new(ErrorKind::Configuration, message));
        };
        let read = read_event(message, name, events, self.codec, self.origin.reading);
        read.map(|_| ()).map_err(|error| {
            Error::new(ErrorKind::Decode, "an event cannot be read").with_source(error)
        })
    }

    /// The error of an exception, which is a member of the union of events as events are.
    fn exception(&self, message: &Message, name: &str, event: &mut dyn Value) -> Error {
        // What cannot be read is still an error of that name.
        let read = self.fill(message, name, event);
        let mut shape = None;
        let mut text = None;
        if let (Ok(()), View::Union(union)) = (read, event.view())
            && let (_, Some(crate::value::Active::Member(_, value))) = union.active()
            && let View::Structure(structure) = value.view()
        {
            shape = Some(structure.split().0.name.clone().into_owned());
            text = message_of(structure);
        }
        self.failure(name, shape, text, message.payload.clone())
    }

    fn failure(
        &self,
        code: &str,
        shape: Option<String>,
        message: Option<String>,
        payload: Bytes,
    ) -> Error {
        let mut response = http::Response::new(payload);
        response.headers_mut().clone_from(&self.origin.headers);
        Error::in_stream(&self.origin.service, code, shape, message, response)
    }
}

/// What an error's structure says to people.
fn message_of(structure: &dyn Structure) -> Option<String> {
    let (schema, members) = structure.split();
    let marked = schema.members.iter().position(|member| member.flags.contains(Flags::MESSAGE));
    let named = |name: &str| schema.index_of(name);
    let index = marked.or_else(|| named("message")).or_else(|| named("Message"))?;
    match members.member(index)?.view() {
        View::String(text) if !text.is_empty() => Some(text.to_owned()),
        _ => None,
    }
}

impl<T: Value + Empty, E: From<Error>> Stream for EventStream<T, E> {
    type Item = Result<T, E>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(cx)
    }
}

impl<T, E> fmt::Debug for EventStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream(..)")
    }
}

/// The output of a call that answers with events: what came beside them, and the events.
///
/// It is the stream of its events as well.
pub struct EventResponse<O, T, E = Error> {
    response: Response<O>,
    events: EventStream<T, E>,
}

impl<O, T, E> EventResponse<O, T, E> {
    /// The events, to take some of them.
    pub fn events(&mut self) -> &mut EventStream<T, E> {
        &mut self.events
    }

    /// The events.
    pub fn into_events(self) -> EventStream<T, E> {
        self.events
    }

    /// What came with the output.
    pub fn metadata(&self) -> &Metadata {
        self.response.metadata()
    }

    /// The output with what came with it, and the events.
    pub fn into_parts(self) -> (Response<O>, EventStream<T, E>) {
        (self.response, self.events)
    }
}

impl<O, T: Value + Empty, E: From<Error>> EventResponse<O, T, E> {
    /// The next event; nothing at the end.
    pub async fn next(&mut self) -> Option<Result<T, E>> {
        self.events.next().await
    }

    /// The next event; nothing at the end, and an error in front.
    pub async fn try_next(&mut self) -> Result<Option<T>, E> {
        self.events.try_next().await
    }
}

impl<O: Unpin, T: Value + Empty, E: From<Error>> Stream for EventResponse<O, T, E> {
    type Item = Result<T, E>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.events.poll_event(cx)
    }
}

impl<O, T, E> Deref for EventResponse<O, T, E> {
    type Target = O;

    fn deref(&self) -> &O {
        &self.response
    }
}

impl<O, T, E> DerefMut for EventResponse<O, T, E> {
    fn deref_mut(&mut self) -> &mut O {
        &mut self.response
    }
}

impl<O: fmt::Debug, T, E> fmt::Debug for EventResponse<O, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { response, events } = self;
        let response: &dyn fmt::Debug = response;
        f.debug_struct("EventResponse").field("response", response).field("events", events).finish()
    }
}

impl<O, T, E> Answer<O> for EventResponse<O, T, E>
where
    O: Send,
    T: Value + Empty,
    E: From<Error>,
{
    const WANTS: Wants = Wants::Events;

    fn of(output: O, metadata: Metadata, body: StreamBody) -> Result<Self, Error> {
        let StreamBody::Events(messages) = body else {
            let message = "the answer has no stream of events";
            return Err(Error::new(ErrorKind::Decode, message));
        };
        let events = EventStream { messages: *messages, events: PhantomData };
        Ok(Self { response: Response::new(output, metadata), events })
    }
}
