//! Calls without types whose bodies are streams.

use super::core::{Input, Overrides, Streams};
use super::operation::{StreamBody, Wants};
use super::{Core, Metadata};
use crate::ByteStream;
use crate::error::Error;
use crate::schema::OperationSchema;
use crate::value::Structure;

#[cfg(feature = "event-stream")]
use super::events::Events;

impl Core {
    /// As [`call`](Self::call), with a `body` that is sent in the place of the input's own, and with
    /// the body of the answer as a stream if it is wanted as one; else that is empty.
    pub async fn call_with_streams(
        &self,
        operation: &OperationSchema,
        input: &mut dyn Structure,
        output: &mut dyn Structure,
        body: Option<ByteStream>,
        wants_stream: bool,
    ) -> Result<(Metadata, ByteStream), Error> {
        let streams = Streams {
            input: body.map_or(Input::Whole, Input::Bytes),
            output: if wants_stream { Wants::Bytes } else { Wants::Output },
        };
        let overrides = Overrides::default();
        let called = self.call_with(operation, input, output, &overrides, streams);
        let (metadata, body) = Box::pin(called).await?;
        #[cfg_attr(
            not(feature = "event-stream"),
            expect(clippy::infallible_destructuring_match, reason = "there are events elsewhere")
        )]
        let body = match body {
            StreamBody::Bytes(body) => body,
            #[cfg(feature = "event-stream")]
            StreamBody::Events(_) => ByteStream::default(),
        };
        Ok((metadata, body))
    }

    /// As [`call`](Self::call), for an operation whose answer is a stream of events.
    #[cfg(feature = "event-stream")]
    pub async fn call_for_events(
        &self,
        operation: &OperationSchema,
        input: &mut dyn Structure,
        output: &mut dyn Structure,
    ) -> Result<(Metadata, Events), Error> {
        let streams = Streams { input: Input::Whole, output: Wants::Events };
        let overrides = Overrides::default();
        let called = self.call_with(operation, input, output, &overrides, streams);
        let (metadata, body) = Box::pin(called).await?;
        let messages = match body {
            StreamBody::Events(messages) => Some(messages),
            StreamBody::Bytes(_) => None,
        };
        Ok((metadata, Events::new(messages)))
    }
}
