//! What leads from one page to the next, for typed and dynamic calls alike.

use crate::codec::{Form, Reading, json};
use crate::error::{Error, ErrorKind};
use crate::schema::{OperationSchema, PageSchema, Paging, Text};
use crate::value::{Structure, Value, View};
use crate::{Document, document};
use std::fmt;
use std::str::FromStr;

/// A place between pages or in the middle of one. Its text can be stored and read again.
#[derive(Clone, Debug, PartialEq)]
pub struct ResumeToken {
    /// What leads to the page; null for the first one.
    pub(super) page: Document,
    /// How many of the page's items are done with.
    pub(super) skip: usize,
}

impl fmt::Display for ResumeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.skip, self.page.to_json())
    }
}

/// Why a text is no resume token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a resume token: expected a number, a colon and JSON, as `to_string` gives it")]
pub struct ResumeTokenError;

impl FromStr for ResumeToken {
    type Err = ResumeTokenError;

    fn from_str(text: &str) -> Result<Self, ResumeTokenError> {
        let (skip, page) = text.split_once(':').ok_or(ResumeTokenError)?;
        Ok(Self {
            skip: skip.parse().map_err(|_| ResumeTokenError)?,
            page: Document::from_json(page.as_bytes()).map_err(|_| ResumeTokenError)?,
        })
    }
}

/// Where in the pages of an operation a pager is. It makes no calls of its own.
#[derive(Clone)]
pub struct Cursor {
    operation: Text,
    pages: PageSchema,
    /// What leads to the next page; null for the first one.
    next: Document,
    /// Items seen on the pages before, where pages are numbered.
    seen: u64,
    done: bool,
    /// An earlier token, to find tokens that go round in a circle.
    mark: Document,
    /// How many tokens came since the mark, and after how many it moves on.
    since_mark: (u64, u64),
}

impl Cursor {
    /// A cursor before the first page; nothing if the operation has no pages.
    pub fn new(operation: &OperationSchema) -> Option<Self> {
        let pages = operation.pages.clone()?;
        Some(Self {
            operation: operation.name.clone(),
            pages,
            next: Document::Null,
            seen: 0,
            done: false,
            mark: Document::Null,
            since_mark: (0, 1),
        })
    }

    /// Whether there are no more pages.
    pub fn is_done(&self) -> bool {
        self.done
    }

    /// What leads to the next page; null for the first one.
    pub fn position(&self) -> &Document {
        &self.next
    }

    /// Goes to a place that was stored.
    pub fn seek(&mut self, position: Document) {
        self.next = position;
        self.seen = 0;
        self.done = false;
        self.mark = Document::Null;
        self.since_mark = (0, 1);
    }

    /// The name of the output member that holds the items.
    pub fn items(&self) -> &str {
        &self.pages.items
    }

    /// Prepares an input for the next page. The first page is asked for with the input as it is.
    pub fn apply(&self, input: &mut dyn Structure) -> Result<(), Error> {
        if self.next.is_null() {
            return Ok(());
        }
        let name = match &self.pages.paging {
            Paging::Token { input, .. } | Paging::Number { input, .. } => input,
        };
        let member = input.get_mut(name).ok_or_else(|| self.no_member(name))?;
        member.clear();
        let json = self.next.to_json();
        json::read(json.as_bytes(), member, Form::Model, Reading::default())
            .map(|_| ())
            .map_err(|error| self.error(format!("the page token does not fit `{name}`: {error}")))
    }

    /// Takes note of a page that came. `input` is what it was asked for with.
    ///
    /// A token that leads back to a page that was there is an error, since following it would
    /// never end. The page that brought it is as good as any other.
    pub fn advance(&mut self, input: &dyn Structure, output: &dyn Structure) -> Result<(), Error> {
        let next = match self.pages.paging.clone() {
            Paging::Token { output: name, .. } => {
                let token = output.get(&name).ok_or_else(|| self.no_member(&name))?;
                let token = to_document(token);
                if token == Document::Null || token.as_str() == Some("") {
                    None
                } else if token == self.next || self.asked_with(input, &token) || token == self.mark
                {
                    self.done = true;
                    return Err(self.error("the service returned the same page token twice"));
                } else {
                    self.count(&token);
                    Some(token)
                }
            }
            Paging::Number { input: name, total } => self.next_number(input, output, &name, &total),
        };
        match next {
            Some(next) => self.next = next,
            None => self.done = true,
        }
        Ok(())
    }

    /// Brent's way to find a circle of any length while keeping one token: the mark moves on after
    /// one token, then two, then four, until it stands in the circle and the circle fits behind it.
    fn count(&mut self, token: &Document) {
        let (count, limit) = &mut self.since_mark;
        *count += 1;
        if *count >= *limit {
            (*count, *limit) = (0, limit.saturating_mul(2));
            self.mark = token.clone();
        }
    }

    /// Whether the caller itself asked with this token.
    fn asked_with(&self, input: &dyn Structure, token: &Document) -> bool {
        let Paging::Token { input: name, .. } = &self.pages.paging else { return false };
        input.get(name).is_some_and(|member| to_document(member) == *token)
    }

    fn next_number(
        &mut self,
        input: &dyn Structure,
        output: &dyn Structure,
        name: &str,
        total: &str,
    ) -> Option<Document> {
        let asked = input.get(name).and_then(number);
        let current = match &self.next {
            Document::Number(document::Number::Positive(number)) => i64::try_from(*number).ok()?,
            _ => asked.unwrap_or(1),
        };
        let items = output.get(&self.pages.items).map_or(0, count);
        let size = input.get(&self.pages.size).and_then(number);
        // A caller that starts in the middle has all earlier pages behind it.
        if self.seen == 0 && current > 1 {
            let size = size.and_then(|size| u64::try_from(size).ok()).unwrap_or(items);
            self.seen = u64::try_from(current - 1).unwrap_or(0).saturating_mul(size);
        }
        self.seen = self.seen.saturating_add(items);
        let total = output.get(total).and_then(number).and_then(|total| u64::try_from(total).ok());
        let more = items > 0 && total.is_none_or(|total| self.seen < total);
        more.then(|| Document::from(current.saturating_add(1)))
    }

    fn no_member(&self, name: &str) -> Error {
        self.error(format!("the operation has no member `{name}` to page by"))
    }

    fn error(&self, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Pages, message).of(&self.operation)
    }
}

/// A page token is not shown: some services take theirs for a secret.
impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cursor")
            .field("operation", &self.operation)
            .field("first", &self.next.is_null())
            .field("done", &self.done)
            .finish_non_exhaustive()
    }
}

/// A value in the form that a resume token keeps.
fn to_document(value: &dyn Value) -> Document {
    match value.view() {
        View::Absent | View::Null => Document::Null,
        View::String(text) => Document::from(text),
        _ => Document::from_json(&json::write(value, Form::Model)).unwrap_or_default(),
    }
}

fn number(value: &dyn Value) -> Option<i64> {
    match value.view() {
        View::Integer(number) => Some(number.into()),
        View::Long(number) => Some(number),
        _ => None,
    }
}

fn count(value: &dyn Value) -> u64 {
    match value.view() {
        View::List(list) => list.len() as u64,
        View::Map(map) => map.len() as u64,
        _ => 0,
    }
}
