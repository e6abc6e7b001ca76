//! Many pages as one answer, as botocore's `PageIterator.build_full_result` makes it.

#[cfg(test)]
mod tests;

use typefoundry::{Document, Map, Number};

type Entries = Map<String, Document>;

/// What the pages so far come to.
#[derive(Debug)]
pub(super) struct Whole<'p> {
    /// Of what each page has a part
    paths: Vec<&'p str>,
    parts: Entries,
    /// What is the same on all pages
    same: Vec<&'p str>,
    /// As the first page says it
    first: Option<Entries>,
}

impl<'p> Whole<'p> {
    pub(super) fn new(paths: Vec<&'p str>, same: Vec<&'p str>) -> Self {
        Self { paths, parts: Entries::new(), same, first: None }
    }

    /// Adds a page.
    pub(super) fn add(&mut self, mut page: Entries) {
        if self.first.is_none() {
            let mut first = Entries::new();
            for path in &self.same {
                *place(&mut first, path) = find(&page, path).cloned().unwrap_or_default();
            }
            self.first = Some(first);
        }
        for path in &self.paths {
            match take(&mut page, path) {
                Some(part) if !part.is_null() => append(place(&mut self.parts, path), part),
                _ => {}
            }
        }
    }

    /// The answer.
    pub(super) fn finish(self) -> Document {
        let mut whole = self.parts;
        merge(&mut whole, self.first.unwrap_or_default());
        Document::Object(whole)
    }
}

/// The value at a path of names, which is there from now on.
fn place<'e>(entries: &'e mut Entries, path: &str) -> &'e mut Document {
    let Some((name, rest)) = path.split_once('.') else {
        return entries.entry(path.to_owned()).or_default();
    };
    let value = entries.entry(name.to_owned()).or_default();
    if !matches!(value, Document::Object(_)) {
        *value = Document::Object(Entries::new());
    }
    match value {
        Document::Object(entries) => place(entries, rest),
        value => value,
    }
}

fn find<'e>(entries: &'e Entries, path: &str) -> Option<&'e Document> {
    match path.split_once('.') {
        None => entries.get(path),
        Some((name, rest)) => match entries.get(name)? {
            Document::Object(entries) => find(entries, rest),
            _ => None,
        },
    }
}

fn take(entries: &mut Entries, path: &str) -> Option<Document> {
    match path.split_once('.') {
        None => entries.shift_remove(path),
        Some((name, rest)) => match entries.get_mut(name)? {
            Document::Object(entries) => take(entries, rest),
            _ => None,
        },
    }
}

/// Adds a page's part: lists and maps grow, numbers are summed, texts follow each other. An entry
/// of a map that is on several pages has a part of its list on each.
fn append(whole: &mut Document, part: Document) {
    match (whole, part) {
        (whole @ Document::Null, part) => *whole = part,
        (Document::Array(items), Document::Array(part)) => items.extend(part),
        (Document::String(text), Document::String(part)) => text.push_str(&part),
        (Document::Number(number), Document::Number(part)) => *number = sum(*number, part),
        (Document::Object(entries), Document::Object(part)) => {
            for (key, part) in part {
                match (entries.entry(key).or_default(), part) {
                    (Document::Array(items), Document::Array(part)) => items.extend(part),
                    (entry, part) => *entry = part,
                }
            }
        }
        // A page of another kind than the one before: what is there stays.
        _ => {}
    }
}

#[expect(clippy::cast_precision_loss, reason = "a sum with a float is a float")]
fn sum(a: Number, b: Number) -> Number {
    let whole = |number| match number {
        Number::Positive(number) => Some(i128::from(number)),
        Number::Negative(number) => Some(i128::from(number)),
        Number::Float(_) => None,
    };
    let float = |number| match number {
        Number::Positive(number) => number as f64,
        Number::Negative(number) => number as f64,
        Number::Float(number) => number,
    };
    if let (Some(a), Some(b)) = (whole(a), whole(b)) {
        if let Ok(sum) = u64::try_from(a + b) {
            return Number::Positive(sum);
        }
        if let Ok(sum) = i64::try_from(a + b) {
            return Number::Negative(sum);
        }
    }
    Number::Float(float(a) + float(b))
}

/// Puts entries among others, objects into objects of the same name.
fn merge(entries: &mut Entries, others: Entries) {
    for (name, other) in others {
        match (entries.get_mut(&name), other) {
            (Some(Document::Object(inner)), Document::Object(other)) => merge(inner, other),
            (_, other) => {
                entries.insert(name, other);
            }
        }
    }
}
