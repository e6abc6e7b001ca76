//! Streams, one thing after the other.

use super::{Outcome, park};
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::Pin;

/// Waits for each thing that a stream gives: pages, items, events.
pub trait WaitEach: Stream + Unpin + Sized {
    /// An iterator, which blocks the thread until the next one is there.
    fn wait_each(self) -> Each<Self> {
        Each { stream: self, refused: false }
    }
}

impl<S: Stream + Unpin> WaitEach for S {}

/// What a stream gives, one after the other.
///
/// On a thread that must not wait, one error is all it gives.
#[derive(Debug)]
#[must_use = "nothing is asked for until it is iterated"]
pub struct Each<S> {
    stream: S,
    refused: bool,
}

impl<S> Each<S> {
    /// The stream: pages and items tell where they are.
    pub fn get_ref(&self) -> &S {
        &self.stream
    }

    /// The stream, with what was not taken.
    pub fn into_inner(self) -> S {
        self.stream
    }
}

impl<S> Iterator for Each<S>
where
    S: Stream + Unpin,
    Option<S::Item>: Outcome,
{
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        if self.refused {
            return None;
        }
        let stream = &mut self.stream;
        match park::run(poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx))) {
            Ok(next) => next,
            Err(error) => {
                self.refused = true;
                Outcome::refused(error)
            }
        }
    }
}
