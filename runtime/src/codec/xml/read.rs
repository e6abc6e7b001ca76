//! XML to values.

use super::{Element, near};
use crate::codec::json::near::Beside;
use crate::codec::members::{Seen, check_missing, see_empty};
use crate::codec::report::shown;
use crate::codec::{DecodeError, Path, Place, Reading, Report, text};
use crate::schema::{Flags, Schema};
use crate::value::{List, Map, Slot, Structure, Union, UnknownMember, Value};
use crate::{Document, TimestampFormat};
use indexmap::IndexMap;

/// How deep values may nest, as in the JSON codec. Deeper ones could exhaust the stack.
const DEPTH: usize = 128;
/// What stands for a key that is secret.
const REDACTED: &str = "<redacted>";

/// Fills a value from an element.
pub(crate) fn read(
    element: Element<'_>,
    value: &mut dyn Value,
    reading: Reading,
) -> Result<Report, DecodeError> {
    let mut cx = Cx::new(reading);
    let read = cx.value(value, element, Place::default(), &Path::Root, 0);
    cx.end(read.map(|_| ()))
}

/// Fills the members of a structure that are in the body; from no element, none.
pub(crate) fn read_structure(
    element: Option<Element<'_>>,
    structure: &mut dyn Structure,
    reading: Reading,
) -> Result<Report, DecodeError> {
    let mut cx = Cx::new(reading);
    let read = if let Some(element) = element {
        cx.structure(structure, element, false, &Path::Root, 0)
    } else {
        let (schema, seen) = (structure.split().0, Seen::default());
        check_missing(schema, &seen, false, reading, &mut cx.report, &Path::Root)
    };
    cx.end(read)
}

struct Cx<'t> {
    reading: Reading,
    report: Report,
    /// The element that does not fit, and what may be told of those beside it
    failed: Option<Element<'t>>,
    beside: Beside,
}

impl<'t> Cx<'t> {
    fn new(reading: Reading) -> Self {
        Self { reading, report: Report::default(), failed: None, beside: Beside::Hidden }
    }

    /// The report, or the error with what stands around its element.
    fn end(self, read: Result<(), DecodeError>) -> Result<Report, DecodeError> {
        let Self { report, failed, beside, .. } = self;
        read.map(|()| report).map_err(|mut error| {
            if let (DecodeError::Mismatch { near, .. }, Some(element)) = (&mut error, failed) {
                *near = near::near(element, &beside);
            }
            error
        })
    }

    /// Gives whether something is there.
    fn value(
        &mut self,
        value: &mut dyn Value,
        element: Element<'t>,
        place: Place<'_>,
        path: &Path<'_>,
        depth: usize,
    ) -> Result<bool, DecodeError> {
        if depth > DEPTH {
            let reason = "it nests too deeply".to_owned();
            return Err(DecodeError::Syntax { format: "XML", reason });
        }
        match value.slot() {
            Slot::Structure(structure) => {
                self.structure(structure, element, place.secret, path, depth)?;
            }
            Slot::Union(union) => {
                if !self.union(union, element, place.secret, path, depth)? {
                    // Asking for the slot has made an empty union of what was absent.
                    value.clear();
                    return Ok(false);
                }
            }
            Slot::List(list) => self.items(list, element.children(), place, path, depth)?,
            Slot::Map(map) => self.entries(map, element.children(), place, path, depth)?,
            Slot::Document(document) => {
                // XML has no form for these; what is written is JSON in an element.
                let json = Document::from_json(element.text().as_bytes());
                *document = json.unwrap_or_else(|_| to_document(element));
            }
            slot => {
                let format = place.format.unwrap_or(TimestampFormat::DateTime);
                let found = element.text();
                if let Err(expected) = scalar(slot, &found, format) {
                    self.fail(element, place, path);
                    return self.mismatch(value, place, path, expected, &found);
                }
            }
        }
        Ok(true)
    }

    /// Fills a member from the elements of its name: a flattened one from all, others from the
    /// first.
    fn member(
        &mut self,
        value: &mut dyn Value,
        mut elements: impl Iterator<Item = Element<'t>>,
        place: Place<'_>,
        path: &Path<'_>,
        depth: usize,
    ) -> Result<bool, DecodeError> {
        if place.flattened {
            match value.slot() {
                Slot::List(list) => {
                    return self.items(list, elements, place, path, depth).map(|()| true);
                }
                Slot::Map(map) => {
                    return self.entries(map, elements, place, path, depth).map(|()| true);
                }
                _ => {}
            }
        }
        match elements.next() {
            Some(element) => self.value(value, element, place, path, depth),
            None => Ok(false),
        }
    }

    fn structure(
        &mut self,
        structure: &mut dyn Structure,
        element: Element<'t>,
        secret: bool,
        path: &Path<'_>,
        depth: usize,
    ) -> Result<(), DecodeError> {
        let (schema, members) = structure.split_mut();
        let mut seen = Seen::default();
        let mut hint = 0;
        for child in element.children() {
            let name = child.name();
            let Some(index) = index_of(schema, name, hint) else {
                if self.reading.keep_unplaced {
                    let place = Path::Member(path, name).to_string();
                    self.report.unplaced.push((place, to_document(child)));
                }
                continue;
            };
            hint = index + 1;
            let member = &schema.members[index];
            if seen.contains(index) {
                continue;
            }
            let Some(value) = members.member_mut(index) else { continue };
            let place = Path::Member(path, &member.name);
            let alike = element.children().filter(|other| other.name() == name);
            let traits = Place::of(member).within(secret);
            let read = self.member(value, alike, traits, &place, depth + 1);
            seen.set(index, read.inspect_err(|_| self.beside.decide(schema))?);
        }
        for (index, member) in schema.members.iter().enumerate() {
            if !member.flags.contains(Flags::XML_ATTRIBUTE) || seen.contains(index) {
                continue;
            }
            let Some(found) = element.attribute(member.wire_name()) else { continue };
            let Some(value) = members.member_mut(index) else { continue };
            let traits = Place::of(member).within(secret);
            let format = traits.format.unwrap_or(TimestampFormat::DateTime);
            let there = match scalar(value.slot(), found, format) {
                Ok(()) => true,
                Err(expected) => {
                    let place = Path::Member(path, &member.name);
                    self.mismatch(value, traits, &place, expected, found)?
                }
            };
            seen.set(index, there);
        }
        see_empty(schema, members, &mut seen, self.reading, |member, _| {
            member.flags.contains(Flags::FLATTENED)
        });
        check_missing(schema, &seen, false, self.reading, &mut self.report, path)
    }

    /// Of a union exactly one member is there.
    fn union(
        &mut self,
        union: &mut dyn Union,
        element: Element<'t>,
        secret: bool,
        path: &Path<'_>,
        depth: usize,
    ) -> Result<bool, DecodeError> {
        let Some(first) = element.children().next() else { return Ok(false) };
        let name = first.name();
        if element.children().any(|other| other.name() != name) {
            return Err(DecodeError::Mismatch {
                path: path.to_string(),
                expected: "an element with exactly one member".to_owned(),
                found: "an element with several members".to_owned(),
                near: None,
            });
        }
        let schema = union.schema();
        let Some(index) = index_of(schema, name, 0) else {
            union.set_unknown(UnknownMember::new(name, "xml", first.raw().as_bytes()));
            return Ok(true);
        };
        let member = schema.members[index].clone();
        let Some(value) = union.activate(index) else { return Ok(false) };
        let place = Path::Member(path, &member.name);
        let traits = Place::of(&member).within(secret);
        let read = self.member(value, element.children(), traits, &place, depth + 1);
        read.inspect_err(|_| self.beside.hide())
    }

    /// The elements of a list may have any name.
    fn items(
        &mut self,
        list: &mut dyn List,
        elements: impl Iterator<Item = Element<'t>>,
        place: Place<'_>,
        path: &Path<'_>,
        depth: usize,
    ) -> Result<(), DecodeError> {
        for (index, element) in elements.enumerate() {
            let here = Path::Index(path, index);
            let read = self.value(list.push(), element, place.item(), &here, depth + 1);
            if !read.inspect_err(|_| self.leave(place))? {
                list.pop();
            }
        }
        Ok(())
    }

    /// An entry may have any name; a key and a value are in it.
    fn entries(
        &mut self,
        map: &mut dyn Map,
        elements: impl Iterator<Item = Element<'t>>,
        place: Place<'_>,
        path: &Path<'_>,
        depth: usize,
    ) -> Result<(), DecodeError> {
        for (index, entry) in elements.enumerate() {
            let Some(key) = entry.child(place.key_name()) else {
                return Err(DecodeError::Mismatch {
                    path: Path::Index(path, index).to_string(),
                    expected: format!("an entry with a `{}`", place.key_name()),
                    found: "an entry without one".to_owned(),
                    near: None,
                });
            };
            let key = key.text();
            let here = Path::Key(path, if place.secret { REDACTED } else { &key });
            let value = map.insert(&key);
            let there = match entry.child(place.value_name()) {
                Some(element) => self.value(value, element, place.item(), &here, depth + 1)?,
                None => false,
            };
            if !there && !map.is_sparse() {
                map.remove(&key);
            }
        }
        Ok(())
    }

    /// Notes the element that does not fit, where that is an error.
    fn fail(&mut self, element: Element<'t>, place: Place<'_>, path: &Path<'_>) {
        if self.reading.lenient {
            return;
        }
        self.failed = Some(element);
        self.beside = match path {
            _ if place.secret => Beside::Hidden,
            Path::Root => Beside::Hidden,
            Path::Member(..) => Beside::Undecided,
            Path::Index(..) | Path::Key(..) => Beside::All,
        };
    }

    /// The elements of a flattened list stand among the members of a structure, which decides.
    fn leave(&mut self, place: Place<'_>) {
        if place.flattened && self.beside == Beside::All {
            self.beside = Beside::Undecided;
        }
    }

    /// A text that does not fit: an error, or put aside where reading is lenient.
    fn mismatch(
        &mut self,
        value: &mut dyn Value,
        place: Place<'_>,
        path: &Path<'_>,
        expected: String,
        found: &str,
    ) -> Result<bool, DecodeError> {
        let found = Document::from(found);
        if self.reading.lenient {
            value.clear();
            if self.reading.keep_unplaced {
                self.report.unplaced.push((path.to_string(), found));
            }
            return Ok(false);
        }
        Err(DecodeError::Mismatch {
            path: path.to_string(),
            expected,
            found: if place.secret { found.kind().to_owned() } else { shown(&found) },
            near: None,
        })
    }
}

/// The member that an element of that name belongs to. A flattened list is found by the name of
/// its elements as well, where they have one: servers send that one.
fn index_of(schema: &Schema, name: &str, hint: usize) -> Option<usize> {
    schema.index_on_wire(name, hint).or_else(|| {
        schema.members.iter().position(|member| {
            let in_body = !member.flags.intersects(Flags::BOUND);
            let place = Place::of(member);
            in_body && place.flattened && place.item_name() == Some(name)
        })
    })
}

/// An empty element is false, as other clients read it.
fn scalar(slot: Slot<'_>, text: &str, format: TimestampFormat) -> Result<(), String> {
    match slot {
        Slot::Bool(place) if text.trim_ascii().is_empty() => {
            *place = false;
            Ok(())
        }
        slot @ Slot::Bool(_) => text::read(slot, text.trim_ascii(), format),
        slot => text::read(slot, text, format),
    }
}

/// An element without a shape: its text, or an object of the elements in it.
pub(crate) fn to_document(element: Element<'_>) -> Document {
    document(element, 0)
}

fn document(element: Element<'_>, depth: usize) -> Document {
    if depth > DEPTH || element.children().next().is_none() {
        return Document::from(&*element.text());
    }
    let mut entries: IndexMap<String, Document> = IndexMap::new();
    for child in element.children() {
        let value = document(child, depth + 1);
        let known = entries.get_mut(child.name());
        match known {
            None => {
                entries.insert(child.name().to_owned(), value);
            }
            Some(Document::Array(items)) => items.push(value),
            Some(first) => {
                let both = vec![std::mem::take(first), value];
                *first = Document::Array(both);
            }
        }
    }
    Document::Object(entries)
}
