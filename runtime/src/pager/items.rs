//! The items of all pages of a call.

use super::{Pages, ResumeToken};
use crate::Document;
use crate::client::{Operation, Paged, Service};
use crate::error::Error;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The items of all pages, one after the other, each exactly once.
///
/// As [`Pages`], it can be asked, streamed, and resumed, also in the middle of a page.
#[must_use = "items are fetched when they are asked for"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    /// The items of the present page that are left.
    left: std::vec::IntoIter<O::Item>,
    /// What led to the present page.
    page: Document,
    /// How many items of the present page are done with, or are to be passed over.
    done: usize,
}

impl<O: Paged> Items<O> {
    pub(crate) fn new(pages: Pages<O>) -> Self {
        Self { pages, left: Vec::new().into_iter(), page: Document::Null, done: 0 }
    }

    /// Goes on where a token was taken.
    pub fn resume(mut self, token: &ResumeToken) -> Self {
        self.pages.seek(token.page.clone());
        self.left = Vec::new().into_iter();
        self.page = token.page.clone();
        self.done = token.skip;
        self
    }

    /// The place behind the last item that was given; nothing if there are no more.
    pub fn resume_token(&self) -> Option<ResumeToken> {
        if self.left.len() > 0 {
            return Some(ResumeToken { page: self.page.clone(), skip: self.done });
        }
        let page = self.pages.position()?.clone();
        // A page that is still to be asked for may have been begun before a resume.
        let skip = if page == self.page { self.done } else { 0 };
        Some(ResumeToken { page, skip })
    }

    /// The next item; nothing behind the last one.
    pub async fn try_next(&mut self) -> Result<Option<O::Item>, <O::Service as Service>::Error> {
        self.next().await.transpose()
    }

    /// The next item or an error; nothing behind the last one. After an error the page is asked
    /// for again.
    pub async fn next(&mut self) -> Option<Result<O::Item, <O::Service as Service>::Error>> {
        poll_fn(|cx| self.poll_item(cx)).await.map(|item| item.map_err(Into::into))
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<O::Item, Error>>> {
        loop {
            if let Some(item) = self.left.next() {
                self.done += 1;
                return Poll::Ready(Some(Ok(item)));
            }
            if let Some(position) = self.pages.position()
                && *position != self.page
            {
                self.page = position.clone();
                self.done = 0;
            }
            let page = match ready!(self.pages.poll_page(cx)) {
                Some(Ok(page)) => page,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            };
            let mut items = O::items(page.into_output());
            items.drain(..self.done.min(items.len()));
            self.left = items.into_iter();
        }
    }
}

impl<O: Paged> Stream for Items<O> {
    type Item = Result<O::Item, <O::Service as Service>::Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(self.get_mut().poll_item(cx));
        Poll::Ready(item.map(|item| item.map_err(Into::into)))
    }
}

// Nothing in it is pinned but the request under way, which is boxed.
impl<O: Paged> Unpin for Items<O> {}

impl<O: Paged> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("operation", &<O as Operation>::schema().name)
            .field("pages", &self.pages)
            .field("left", &self.left.len())
            .finish_non_exhaustive()
    }
}
