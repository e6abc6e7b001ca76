//! The events of a request.

use super::messages::no_codec;
use crate::ByteStream;
use crate::auth::{AuthScheme, BoxError, SignEvents, Signing};
use crate::client::call::Call;
use crate::client::{Clock, SendsEvents, Service};
use crate::error::{Error, ErrorKind};
use crate::event_stream::{EventCodec, EventError, MEDIA_TYPE, Message, codec_of, write_event};
use crate::schema::ServiceSchema;
use crate::value::{Value, View};
use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_TYPE, HeaderValue};
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// A call whose request is a stream of events.
///
/// Each event is sent as it comes, and signed where the auth scheme signs events. A service that
/// answers while it is still being sent to needs HTTP/2: the feature `http2`, or a transport of
/// one's own. Over HTTP/1.1 the answer comes when all events are sent.
#[must_use = "a call does nothing until it is sent"]
pub struct EventCall<O: SendsEvents> {
    call: Call<O>,
    events: Events<O::Event>,
}

type Events<T> = Pin<Box<dyn Stream<Item = Result<T, BoxError>> + Send>>;

impl<O: SendsEvents> Call<O> {
    /// The events of the request, as a stream of them. When it ends, so does the request.
    pub fn events<S>(self, events: S) -> EventCall<O>
    where
        S: Stream<Item = O::Event> + Send + 'static,
    {
        self.try_events(Certain(Box::pin(events)))
    }

    /// As [`events`](Self::events), of events that may fail to come: an error breaks the request
    /// off.
    pub fn try_events<S, E>(self, events: S) -> EventCall<O>
    where
        S: Stream<Item = Result<O::Event, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        EventCall { call: self, events: Box::pin(Boxed(Box::pin(events))) }
    }
}

impl<O: SendsEvents> EventCall<O> {
    /// Sends the call. It is sent once: what is gone of the stream cannot be sent again.
    pub async fn send(self) -> Result<O::Response, <O::Service as Service>::Error> {
        let service = O::Service::schema();
        let codec = codec_of(service.protocol).ok_or_else(no_codec)?;
        let messages = Encoded { events: Some(self.events), codec };
        Ok(self.call.exchange_events(ByteStream::new(messages)).await?)
    }
}

impl<O: SendsEvents> fmt::Debug for EventCall<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let input: &O = self.call.input();
        f.debug_struct("EventCall").field("input", input).finish_non_exhaustive()
    }
}

/// Makes the body of a request that of one that sends events. Where the protocol has no other place
/// for it, the first message holds what was in the body.
pub(in crate::client) fn begin(
    service: &ServiceSchema,
    request: &mut http::Request<Bytes>,
    messages: ByteStream,
) -> Result<ByteStream, Error> {
    let body = std::mem::take(request.body_mut());
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    if service.protocol.is_rest() {
        return Ok(messages);
    }
    let codec = codec_of(service.protocol).ok_or_else(no_codec)?;
    let message = Message::new(body)
        .header(":message-type", "event")
        .header(":event-type", "initial-request")
        .header(":content-type", codec.media_type());
    let first = message.encode().map_err(|error| {
        Error::new(ErrorKind::Input, "the input cannot be sent").with_source(error)
    })?;
    Ok(ByteStream::new(Behind { first: Some(first), messages }))
}

/// Signs the messages of a request, which is signed itself.
pub(in crate::client) fn sign(
    scheme: &dyn AuthScheme,
    request: &http::HeaderMap,
    signing: &Signing<'_>,
    clock: &Arc<dyn Clock>,
    messages: ByteStream,
) -> Result<ByteStream, Error> {
    let signer = scheme.sign_events(request, signing).map_err(|error| {
        Error::new(ErrorKind::Configuration, format!("the events cannot be signed: {error}"))
            .with_source(error)
    })?;
    Ok(match signer {
        Some(signer) => {
            let clock = Arc::clone(clock);
            ByteStream::new(Signed { messages, signer: Some(signer), clock })
        }
        None => messages,
    })
}

/// Events that are there.
struct Certain<S>(Pin<Box<S>>);

impl<S: Stream> Stream for Certain<S> {
    type Item = Result<S::Item, std::convert::Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx).map(|event| event.map(Ok))
    }
}

/// Events whose errors are boxed.
struct Boxed<S>(Pin<Box<S>>);

impl<S, T, E> Stream for Boxed<S>
where
    S: Stream<Item = Result<T, E>>,
    E: Into<BoxError>,
{
    type Item = Result<T, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx).map(|event| event.map(|event| event.map_err(Into::into)))
    }
}

/// Events as messages, a chunk each.
struct Encoded<T> {
    events: Option<Events<T>>,
    codec: &'static dyn EventCodec,
}

impl<T: Value> Stream for Encoded<T> {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(events) = &mut self.events else { return Poll::Ready(None) };
        let event = ready!(events.as_mut().poll_next(cx));
        let message = event.map(|event| encode(&event?, self.codec));
        if !matches!(message, Some(Ok(_))) {
            self.events = None;
        }
        Poll::Ready(message)
    }
}

fn encode(event: &dyn Value, codec: &dyn EventCodec) -> Result<Bytes, BoxError> {
    let View::Union(event) = event.view() else { return Err(EventError::Nothing.into()) };
    Ok(write_event(event, codec)?.encode()?)
}

/// A message, and those behind it.
struct Behind {
    first: Option<Bytes>,
    messages: ByteStream,
}

impl Stream for Behind {
    type Item = Result<Bytes, crate::StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.first.take() {
            Some(first) => Poll::Ready(Some(Ok(first))),
            None => Pin::new(&mut self.messages).poll_next(cx),
        }
    }
}

/// Messages in signed ones, and the signed end.
struct Signed {
    messages: ByteStream,
    /// Gone at the end
    signer: Option<Box<dyn SignEvents>>,
    clock: Arc<dyn Clock>,
}

impl Stream for Signed {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.signer.is_none() {
            return Poll::Ready(None);
        }
        let message = ready!(Pin::new(&mut self.messages).poll_next(cx));
        let Some(mut signer) = self.signer.take() else { return Poll::Ready(None) };
        let now = self.clock.now();
        let sent = match message {
            Some(Ok(message)) => signer.sign(message, now),
            Some(Err(error)) => Err(error.into()),
            None => return Poll::Ready(Some(signer.sign(Bytes::new(), now))),
        };
        if sent.is_ok() {
            self.signer = Some(signer);
        }
        Poll::Ready(Some(sent))
    }
}
