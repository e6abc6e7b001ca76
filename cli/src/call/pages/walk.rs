//! From page to page, without input or output: what botocore's `PageIterator` (`paginate.py`) does
//! between its requests.

use super::Broken;
use super::paths::{find, set, take};
use super::token::Place;
use crate::call::settings::Paging;
use typefoundry_jmespath::{Expr, Object, Value};

/// What an operation's pages are made of.
#[derive(Debug)]
pub(in crate::call) struct Keys {
    /// The input's members that lead on
    pub(super) inputs: Vec<String>,
    pub(super) leads: Leads,
    /// What each page has a part of, the one that is counted first
    pub(in crate::call) results: Vec<String>,
    /// What the first page says for all
    pub(super) first: Vec<String>,
    /// Whether tokens are keys of `DynamoDB`, in which bytes are known as such
    pub(super) knows_bytes: bool,
}

/// What leads to the next page.
#[derive(Debug)]
pub(super) enum Leads {
    /// Where the answer has the tokens, and whether there is more
    Tokens { outputs: Vec<Expr>, more: Option<String> },
    /// Pages have numbers. How many items there are in all, the number of the first page that is
    /// asked for, and how many items a page has then, if that is said.
    Numbers { total: Option<String>, first: i64, size: Option<i64> },
}

/// A way through pages.
#[derive(Debug)]
pub(in crate::call) struct Walk {
    keys: Keys,
    most: Option<i128>,
    /// Whether it begins behind the first page's first item
    resumed: bool,
    next: Place,
    before: Option<Place>,
    /// Items so far
    items: i128,
    /// Items of earlier pages, where pages have numbers and somebody starts in the middle
    earlier: i64,
    /// Pages so far
    pages: u64,
    first: Object,
    token: Option<String>,
}

impl Walk {
    pub(super) fn new(keys: Keys, paging: &Paging) -> Result<Self, Broken> {
        let next = match &paging.starting_token {
            Some(token) => Place::read(token, &keys.inputs).map_err(Broken::Token)?,
            None => Place::start(&keys.inputs),
        };
        Ok(Self {
            keys,
            most: paging.max_items,
            resumed: paging.starting_token.is_some(),
            next,
            before: None,
            items: 0,
            earlier: 0,
            pages: 0,
            first: Object::new(),
            token: None,
        })
    }

    pub(in crate::call) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// What the first page said for all.
    pub(in crate::call) fn first(&self) -> &Object {
        &self.first
    }

    /// How many items there were so far.
    pub(super) fn items(&self) -> usize {
        usize::try_from(self.items).unwrap_or(usize::MAX)
    }

    /// The token to go on with, if items are left.
    pub(in crate::call) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// What the input of the next request has to have; nothing for what it must not have. The first
    /// one keeps what the caller said.
    pub(super) fn asks(&self) -> Option<Vec<(&str, Option<&Value>)>> {
        let asks = self.next.tokens.iter().map(|(name, token)| {
            (
                name,
                Some(token)
                    .filter(|token| !matches!(token, Value::Null) && **token != "None".into()),
            )
        });
        (self.pages > 0 || self.resumed).then(|| asks.collect())
    }

    /// Takes a page, which loses what is not asked for. Whether there is another one.
    pub(super) fn take(&mut self, page: &mut Object) -> Result<bool, Broken> {
        let mut skipped = 0;
        if self.pages == 0 {
            if self.resumed {
                skipped = self.next.skipped;
                self.skip(page, skipped);
            }
            for path in &self.keys.first {
                let value = find(page, path).cloned().unwrap_or_default();
                set(&mut self.first, path, value);
            }
        }
        let count = count(find(page, self.primary()));
        if self.pages == 0 {
            self.earlier = self.earlier(whole_count(count), skipped);
        }
        self.pages += 1;
        let primary = self.primary();
        if let Some(most) = self.most
            && self.items + count > most
        {
            let keep = count - (self.items + count - most);
            let kept = take(page, primary)
                .map_or_else(|| Value::List(Vec::new()), |items| slice(items, 0, Some(keep)));
            set(page, primary, kept);
            self.next.skipped = whole_count(keep).saturating_add(skipped);
            let token = self.next.write(&self.keys.inputs, true).map_err(Broken::Token)?;
            self.token = Some(token);
            return Ok(false);
        }
        self.items += count;
        self.next = self.after(page)?;
        if self.next.is_end() {
            return Ok(false);
        }
        if self.most == Some(self.items) {
            let token = self.next.write(&self.keys.inputs, false).map_err(Broken::Token)?;
            self.token = Some(token);
            return Ok(false);
        }
        if self.before.as_ref() == Some(&self.next) {
            let next = Value::Object(self.next.tokens.clone());
            return Err(Broken::Pages(format!("The same next token was received twice: {next}")));
        }
        self.before = Some(self.next.clone());
        Ok(true)
    }

    fn primary(&self) -> &str {
        self.keys.results.first().map_or("", String::as_str)
    }

    /// Leaves out what was there before. Of other parts nothing is left but numbers, which were not
    /// shown as a part of the page.
    fn skip(&self, page: &mut Object, skipped: i64) {
        let primary = self.primary();
        let rest = match take(page, primary) {
            Some(items @ (Value::List(_) | Value::Text(_))) => slice(items, skipped, None),
            _ => Value::Null,
        };
        set(page, primary, rest);
        for path in self.keys.results.iter().filter(|path| *path != primary) {
            let rest = match find(page, path) {
                Some(Value::List(_)) => Value::List(Vec::new()),
                Some(Value::Text(_)) => Value::from(""),
                Some(number @ (Value::Number(_) | Value::Bool(_))) => number.clone(),
                _ => Value::Null,
            };
            set(page, path, rest);
        }
    }

    /// The number of the page that is asked for.
    fn number(&self, first: i64) -> i64 {
        match self.next.tokens.iter().next() {
            Some((_, Value::Number(number))) => whole(number.as_f64()),
            Some((_, Value::Text(number))) => number.trim().parse().unwrap_or(first),
            _ => first,
        }
    }

    /// Items before the first one of the first page that is asked for.
    fn earlier(&self, count: i64, skipped: i64) -> i64 {
        let Leads::Numbers { first, size, .. } = &self.keys.leads else { return 0 };
        let size = size.unwrap_or(count.saturating_add(skipped));
        self.number(*first).saturating_sub(1).saturating_mul(size).saturating_add(skipped)
    }

    /// The place behind a page.
    fn after(&self, page: &mut Object) -> Result<Place, Broken> {
        let nothing = Place::start(&[]);
        let mut place = Place::start(&self.keys.inputs);
        match &self.keys.leads {
            Leads::Tokens { outputs, more } => {
                if let Some(more) = more
                    && !find(page, more).is_some_and(Value::is_something)
                {
                    return Ok(nothing);
                }
                // Expressions are asked of values.
                let asked = Value::Object(std::mem::take(page));
                for (name, output) in self.keys.inputs.iter().zip(outputs) {
                    let token = output.search(&asked);
                    let token = token.map_err(|error| Broken::Pages(error.to_string()))?;
                    if token.is_something() {
                        place.tokens.insert(name.clone(), token);
                    }
                }
                if let Value::Object(asked) = asked {
                    *page = asked;
                }
                if self.keys.knows_bytes {
                    place.note_bytes();
                }
            }
            Leads::Numbers { total, first, .. } => {
                let current = self.number(*first);
                let count = count(find(page, self.primary()));
                let seen = whole_count(self.items).saturating_add(self.earlier);
                let total = total.as_ref().and_then(|path| find(page, path));
                let more = match total {
                    Some(Value::Number(total)) => seen < whole(total.as_f64()),
                    _ => true,
                };
                if count == 0 || !more {
                    return Ok(nothing);
                }
                if let Some(name) = self.keys.inputs.first() {
                    let next = current.saturating_add(1);
                    place.tokens.insert(name.clone(), Value::Number(next.into()));
                }
            }
        }
        Ok(place)
    }
}

fn count(items: Option<&Value>) -> i128 {
    let count = match items {
        Some(Value::List(items)) => items.len(),
        Some(Value::Text(text)) => text.chars().count(),
        Some(Value::Object(members)) => members.len(),
        _ => 0,
    };
    i128::try_from(count).unwrap_or(i128::MAX)
}

fn whole_count(count: i128) -> i64 {
    i64::try_from(count).unwrap_or(if count < 0 { i64::MIN } else { i64::MAX })
}

#[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
fn whole(number: f64) -> i64 {
    number as i64
}

/// A part of a list or a text, as Python's `items[start:end]`.
fn slice(items: Value, start: i64, end: Option<i128>) -> Value {
    let length = count(Some(&items));
    let place = |at: i128| if at < 0 { (at + length).max(0) } else { at.min(length) };
    let (start, end) = (place(start.into()), place(end.unwrap_or(length)));
    let skip = usize::try_from(start).unwrap_or(usize::MAX);
    let keep = usize::try_from((end - start).max(0)).unwrap_or(usize::MAX);
    match items {
        Value::List(items) => Value::List(items.into_iter().skip(skip).take(keep).collect()),
        Value::Text(text) => Value::Text(text.chars().skip(skip).take(keep).collect()),
        other => other,
    }
}
