//! The messages of an answer, before they are anyone's events.

use crate::ByteStream;
use crate::codec::Reading;
use crate::error::{Error, ErrorKind};
use crate::event_stream::{Decoder, EventCodec, EventError, FrameError, Kind, Message, codec_of};
use crate::schema::{ServiceSchema, Text};
use bytes::Bytes;
use http::HeaderMap;
use std::borrow::Cow;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

/// Where messages come from: what reading them, and an error in them, depends on.
#[derive(Debug)]
pub(in crate::client) struct Origin {
    pub(in crate::client) service: Cow<'static, ServiceSchema>,
    pub(in crate::client) operation: Text,
    /// The headers of the answer
    pub(in crate::client) headers: HeaderMap,
    pub(in crate::client) reading: Reading,
}

/// The messages of an answer as they come.
#[derive(Debug)]
pub struct Messages {
    pub(super) origin: Origin,
    pub(super) codec: &'static dyn EventCodec,
    body: ByteStream,
    decoder: Decoder,
    /// A message that was looked at and is still to be given.
    first: Option<Message>,
    ended: bool,
}

impl Messages {
    pub(in crate::client) fn new(origin: Origin, body: ByteStream) -> Result<Self, Error> {
        let codec = codec_of(origin.service.protocol).ok_or_else(no_codec)?;
        let decoder = Decoder::new();
        Ok(Self { origin, codec, body, decoder, first: None, ended: false })
    }

    /// What stands in the output beside the events, where the protocol has no other place for it:
    /// the payload of the first message. A first message that is something else stays.
    pub(in crate::client) async fn initial(&mut self) -> Result<Option<Bytes>, Error> {
        let Some(first) = self.next().await.transpose()? else {
            self.end();
            let message = "the event stream ended before its first message";
            return Err(Error::new(ErrorKind::Decode, message).of(&self.origin.operation));
        };
        if first.kind() == Ok(Kind::InitialResponse) {
            return Ok(Some(first.payload));
        }
        self.first = Some(first);
        Ok(None)
    }

    async fn next(&mut self) -> Option<Result<Message, Error>> {
        std::future::poll_fn(|cx| self.poll_next(cx)).await
    }

    /// The next message. Nothing comes behind an error.
    pub(super) fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Message, Error>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(first)));
        }
        while !self.ended {
            match self.decoder.next() {
                Ok(Some(message)) => return Poll::Ready(Some(Ok(message))),
                Ok(None) => {}
                Err(error) => return Poll::Ready(Some(Err(self.damaged(error)))),
            }
            match ready!(Pin::new(&mut self.body).poll_next(cx)) {
                Some(Ok(bytes)) => self.decoder.push(bytes),
                Some(Err(error)) => {
                    self.end();
                    let error = Error::new(ErrorKind::Transport, error.to_string())
                        .with_source(error)
                        .of(&self.origin.operation);
                    return Poll::Ready(Some(Err(error)));
                }
                None => match self.decoder.finish() {
                    Ok(()) => self.end(),
                    Err(error) => return Poll::Ready(Some(Err(self.damaged(error)))),
                },
            }
        }
        Poll::Ready(None)
    }

    /// Lets the connection go.
    pub(super) fn end(&mut self) {
        self.ended = true;
        self.body = ByteStream::default();
        self.decoder = Decoder::new();
    }

    fn damaged(&mut self, error: FrameError) -> Error {
        self.end();
        Error::from(error).of(&self.origin.operation)
    }
}

pub(super) fn no_codec() -> Error {
    let message = "the protocol of the service has no streams of events that this build knows";
    Error::new(ErrorKind::Configuration, message)
}

impl From<FrameError> for Error {
    fn from(error: FrameError) -> Self {
        Self::new(ErrorKind::Decode, "the event stream cannot be read").with_source(error)
    }
}

impl From<EventError> for Error {
    fn from(error: EventError) -> Self {
        Self::new(ErrorKind::Decode, "the event stream cannot be read").with_source(error)
    }
}
