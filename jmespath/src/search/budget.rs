//! How much a search may make. A short expression can ask for more than there is room for: each
//! `[@, @][]` makes twice of what it is given.

use crate::{SearchError, Value};
use std::cell::Cell;

/// Values that any search may make; in tests fewer, which would take their time otherwise.
const MOST: usize = if cfg!(test) { 100_000 } else { 10_000_000 };
/// Values that it may make for each one it was given, where that is more.
const TIMES: usize = 64;
/// Bytes of a text that count as one value.
const TEXT: usize = 16;

pub(super) struct Budget<'v> {
    asked: &'v Value,
    made: Cell<usize>,
    most: Cell<usize>,
}

impl<'v> Budget<'v> {
    pub(super) fn new(asked: &'v Value) -> Self {
        Self { asked, made: Cell::new(0), most: Cell::new(MOST) }
    }

    /// So many values more.
    pub(super) fn spend(&self, count: usize) -> Result<(), SearchError> {
        let made = self.made.get().saturating_add(count);
        self.made.set(made);
        if made <= self.most.get() {
            return Ok(());
        }
        // Only now is it worth to count what was given.
        self.most.set(MOST.max(size(self.asked).saturating_mul(TIMES)));
        if made <= self.most.get() { Ok(()) } else { Err(SearchError::TooMuch) }
    }

    /// A text of so many bytes.
    pub(super) fn spend_text(&self, bytes: usize) -> Result<(), SearchError> {
        self.spend(bytes / TEXT)
    }
}

/// How many values a value comes to.
pub(super) fn size(value: &Value) -> usize {
    match value {
        Value::Text(text) => 1 + text.len() / TEXT,
        Value::List(items) => items.iter().fold(1, |sum, item| sum + size(item)),
        Value::Object(object) => object.iter().fold(1, |sum, (_, value)| sum + size(value)),
        _ => 1,
    }
}
