//! What leads from one page to the next, for typed and dynamic calls alike.

use super::path;
use crate::codec::{Form, Reading, json};
use crate::error::{Error, ErrorKind};
use crate::schema::{OperationSchema, PageSchema, PageToken, Paging, Text};
use crate::value::{Active, Structure, Value, View};
use crate::{Document, Map, document};
use std::fmt;

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

    /// The name of the output member that holds the items, or the path to it.
    pub fn items(&self) -> &str {
        &self.pages.items
    }

    /// Prepares an input for the next page. The first page is asked for with the input as it is.
    pub fn apply(&self, input: &mut dyn Structure) -> Result<(), Error> {
        if self.next.is_null() {
            return Ok(());
        }
        let tokens = match &self.pages.paging {
            Paging::Number { input: name, .. } => return self.fill(input, name, &self.next),
            Paging::Token { tokens, .. } => tokens,
        };
        if let [token] = &**tokens {
            return self.fill(input, &token.input, &self.next);
        }
        let is_token = |name: &String| tokens.iter().any(|token| token.input == *name);
        let entries = match &self.next {
            Document::Object(entries) if entries.keys().all(is_token) => entries,
            _ => {
                let message = format!("the page token is no object of {}", listed(tokens));
                return Err(self.error(message));
            }
        };
        // A token that a page does not have is taken out: it belongs to a page before.
        let nothing = Document::Null;
        tokens.iter().try_for_each(|token| {
            self.fill(input, &token.input, entries.get(&*token.input).unwrap_or(&nothing))
        })
    }

    fn fill(&self, input: &mut dyn Structure, name: &str, token: &Document) -> Result<(), Error> {
        let member = input.get_mut(name).ok_or_else(|| self.no_member(name))?;
        member.clear();
        if token.is_null() {
            return Ok(());
        }
        let json = token.to_json();
        json::read(json.as_bytes(), member, Form::Model, Reading::default())
            .map(|_| ())
            .map_err(|error| self.error(format!("the page token does not fit `{name}`: {error}")))
    }

    /// Takes note of a page that came. `input` is what it was asked for with.
    ///
    /// A token that leads back to a page that was there is an error, since following it would
    /// never end. The page that brought it is as good as any other.
    pub fn advance(&mut self, input: &dyn Structure, output: &dyn Structure) -> Result<(), Error> {
        let next = match &self.pages.paging {
            Paging::Token { tokens, more } => self.next_token(tokens, more, input, output),
            Paging::Number { input: name, total } => {
                let (next, seen) = self.next_number(input, output, name, total);
                self.seen = seen;
                Ok(next)
            }
        };
        match next {
            Ok(Some(next)) => {
                self.count(&next);
                self.next = next;
                Ok(())
            }
            Ok(None) => {
                self.done = true;
                Ok(())
            }
            Err(error) => {
                self.done = true;
                Err(error)
            }
        }
    }

    fn next_token(
        &self,
        tokens: &[PageToken],
        more: &str,
        input: &dyn Structure,
        output: &dyn Structure,
    ) -> Result<Option<Document>, Error> {
        if !more.is_empty() && self.find(output, more)?.is_none() {
            return Ok(None);
        }
        let next = self.place(tokens, |token| self.find(output, &token.output))?;
        if next.is_null() {
            return Ok(None);
        }
        // Whether the caller itself asked with it. A caller's token that cannot be kept is no
        // obstacle: it need not be sent again.
        let asked = self.place(tokens, |token| self.find(input, &token.input));
        if next == self.next || next == self.mark || asked.is_ok_and(|asked| next == asked) {
            return Err(self.error("the service returned the same page token twice"));
        }
        Ok(Some(next))
    }

    /// The place that tokens lead to: the only token itself, or several of them by the names of
    /// the input's members; null where there are none.
    fn place<'v>(
        &self,
        tokens: &[PageToken],
        find: impl Fn(&PageToken) -> Result<Option<&'v dyn Value>, Error>,
    ) -> Result<Document, Error> {
        let mut entries = Map::new();
        for token in tokens {
            if let Some(value) = find(token)? {
                let document = to_document(value);
                let document = document.ok_or_else(|| {
                    self.error(format!("the page token for `{}` cannot be sent back", token.input))
                })?;
                if tokens.len() == 1 {
                    return Ok(document);
                }
                entries.insert(token.input.to_string(), document);
            }
        }
        Ok(if entries.is_empty() { Document::Null } else { Document::Object(entries) })
    }

    fn find<'v>(
        &self,
        structure: &'v dyn Structure,
        path: &str,
    ) -> Result<Option<&'v dyn Value>, Error> {
        path::find(structure, path).map_err(|name| self.no_member(&name))
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

    /// The number of the next page, and how many items were seen then.
    fn next_number(
        &self,
        input: &dyn Structure,
        output: &dyn Structure,
        name: &str,
        total: &str,
    ) -> (Option<Document>, u64) {
        let find = |path| path::follow(output, path).ok().flatten();
        let asked = input.get(name).and_then(number);
        let current = match &self.next {
            Document::Number(document::Number::Positive(number)) => {
                i64::try_from(*number).unwrap_or(i64::MAX)
            }
            _ => asked.unwrap_or(1),
        };
        let items = find(&self.pages.items).map_or(0, count);
        let size = input.get(&self.pages.size).and_then(number);
        let mut seen = self.seen;
        // A caller that starts in the middle has all earlier pages behind it.
        if seen == 0 && current > 1 {
            let size = size.and_then(|size| u64::try_from(size).ok()).unwrap_or(items);
            seen = u64::try_from(current - 1).unwrap_or(0).saturating_mul(size);
        }
        seen = seen.saturating_add(items);
        let total = find(total).and_then(number).and_then(|total| u64::try_from(total).ok());
        let more = items > 0 && total.is_none_or(|total| seen < total);
        let next = current.checked_add(1).filter(|_| more);
        (next.map(Document::from), seen)
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

/// A value in the form that a resume token keeps; nothing if it has none.
fn to_document(value: &dyn Value) -> Option<Document> {
    match value.view() {
        View::String(text) => Some(Document::from(text)),
        View::Document(document) => Some(document.clone()),
        // The model's form is that of examples, where a time is told in microseconds.
        View::Timestamp(timestamp) => Some(Document::from(timestamp.to_string())),
        _ if is_known(value) => Document::from_json(&json::write(value, Form::Model)).ok(),
        _ => None,
    }
}

/// Whether it can be told in JSON exactly. An unknown member of a union may have come in another
/// form, and a token that lost a part would lead elsewhere.
fn is_known(value: &dyn Value) -> bool {
    match value.view() {
        View::Union(union) => match union.active().1 {
            Some(Active::Unknown(member)) => member.codec() == "json",
            Some(Active::Member(_, value)) => is_known(value),
            None => true,
        },
        View::List(list) => (0..list.len()).filter_map(|index| list.item(index)).all(is_known),
        View::Map(map) => {
            let mut entries = (0..map.len()).filter_map(|index| map.entry(index));
            entries.all(|(_, value)| is_known(value))
        }
        View::Structure(structure) => {
            let (schema, members) = structure.split();
            let mut indices = 0..schema.members.len();
            indices.all(|index| members.member(index).is_none_or(is_known))
        }
        _ => true,
    }
}

fn listed(tokens: &[PageToken]) -> String {
    let names: Vec<_> = tokens.iter().map(|token| format!("`{}`", token.input)).collect();
    names.join(" and ")
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
        View::String(text) => u64::from(!text.is_empty()),
        _ => 0,
    }
}
