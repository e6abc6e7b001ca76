//! The pages of a call.

use super::{Cursor, ResumeToken};
use crate::client::{Call, Operation, Paged, Response, Service};
use crate::error::Error;
use crate::{BoxFuture, Document};
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// The pages of a call, one after the other.
///
/// A page that fails is not lost: the next request asks for it again. A page whose token leads
/// back to where the pager was is given, and then an error ends the pages. It is a value: take pages
/// with [`try_next`](Self::try_next), or use it as a [`Stream`]; keep
/// [`resume_token`](Self::resume_token) to go on another day.
#[must_use = "pages are fetched when they are asked for"]
pub struct Pages<O: Operation> {
    call: Arc<Call<O>>,
    cursor: Option<Cursor>,
    flight: Option<Flight<O>>,
    /// The page before was given, but does not lead on.
    stuck: Option<Error>,
}

type Flight<O> = BoxFuture<'static, (O, Result<Response<<O as Operation>::Output>, Error>)>;

impl<O: Paged> Pages<O> {
    pub(crate) fn new(call: Call<O>) -> Self {
        Self { call: Arc::new(call), cursor: Cursor::new(O::schema()), flight: None, stuck: None }
    }

    /// Goes on where a token was taken.
    pub fn resume(mut self, token: &ResumeToken) -> Self {
        self.seek(token.page.clone());
        self
    }

    pub(super) fn seek(&mut self, position: Document) {
        self.flight = None;
        self.stuck = None;
        if let Some(cursor) = &mut self.cursor {
            cursor.seek(position);
        }
    }

    pub(super) fn position(&self) -> Option<&Document> {
        self.cursor.as_ref().filter(|cursor| !cursor.is_done()).map(Cursor::position)
    }

    /// The place in front of the next page; nothing if there is none.
    pub fn resume_token(&self) -> Option<ResumeToken> {
        self.position().map(|page| ResumeToken { page: page.clone(), skip: 0 })
    }

    /// The next page; nothing behind the last one.
    pub async fn try_next(
        &mut self,
    ) -> Result<Option<Response<O::Output>>, <O::Service as Service>::Error> {
        self.next().await.transpose()
    }

    /// The next page or its error; nothing behind the last one.
    ///
    /// Dropping the future loses nothing: the request goes on with the next one.
    pub async fn next(
        &mut self,
    ) -> Option<Result<Response<O::Output>, <O::Service as Service>::Error>> {
        poll_fn(|cx| self.poll_page(cx)).await.map(|page| page.map_err(Into::into))
    }

    pub(super) fn poll_page(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<O::Output>, Error>>> {
        if let Some(stuck) = self.stuck.take() {
            return Poll::Ready(Some(Err(stuck)));
        }
        let Some(cursor) = &mut self.cursor else { return Poll::Ready(None) };
        if self.flight.is_none() {
            if cursor.is_done() {
                return Poll::Ready(None);
            }
            let mut input = self.call.input().clone();
            if let Err(error) = cursor.apply(&mut input) {
                // It would not fit the next time either.
                self.cursor = None;
                return Poll::Ready(Some(Err(error)));
            }
            let call = Arc::clone(&self.call);
            self.flight = Some(Box::pin(async move {
                let answer = call.send_page(&mut input).await;
                (input, answer)
            }));
        }
        let Some(flight) = &mut self.flight else { return Poll::Ready(None) };
        let (input, answer) = ready!(flight.as_mut().poll(cx));
        self.flight = None;
        if let Ok(response) = &answer {
            self.stuck = cursor.advance(&input, &**response).err();
        }
        Poll::Ready(Some(answer))
    }
}

impl<O: Paged> Stream for Pages<O> {
    type Item = Result<Response<O::Output>, <O::Service as Service>::Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(self.get_mut().poll_page(cx));
        Poll::Ready(page.map(|page| page.map_err(Into::into)))
    }
}

// Nothing in it is pinned but the request under way, which is boxed.
impl<O: Operation> Unpin for Pages<O> {}

impl<O: Operation> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &O::schema().name)
            .field("cursor", &self.cursor)
            .field("in_flight", &self.flight.is_some())
            .finish_non_exhaustive()
    }
}
