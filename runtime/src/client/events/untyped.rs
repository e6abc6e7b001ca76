//! The events of an answer, for whoever has no type for them.

use super::messages::Messages;
use crate::error::Error;
use crate::value::Value;

/// The events of an answer, one after another as they come. Dropping it lets the connection go.
#[derive(Debug)]
pub struct Events(Option<Box<Messages>>);

impl Events {
    pub(in crate::client) fn new(messages: Option<Box<Messages>>) -> Self {
        Self(messages)
    }

    /// Fills `event`, which is an empty union of the events, with the next one. False at the end.
    ///
    /// Errors: those that the service sends among its events, and what cannot be read. Nothing
    /// comes behind one.
    pub async fn next(&mut self, event: &mut dyn Value) -> Result<bool, Error> {
        let Some(messages) = &mut self.0 else { return Ok(false) };
        let read = loop {
            match std::future::poll_fn(|cx| messages.poll_next(cx)).await {
                None => break Ok(false),
                Some(message) => {
                    match message.and_then(|message| messages.read(&message, &mut *event)) {
                        Ok(false) => {}
                        read => break read,
                    }
                }
            }
        };
        if !matches!(read, Ok(true)) {
            self.0 = None;
        }
        read
    }
}
