//! Values to XML, escaped and closed as Python's `ElementTree` does it.

use crate::TimestampFormat;
use crate::codec::{Place, text};
use crate::schema::{Flags, MemberSchema, Text};
use crate::value::{Active, List, Map, Structure, Union, Value, View};

/// A value as the outermost element.
pub(crate) fn write(name: &str, namespace: Option<&(Text, Text)>, value: &dyn Value) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.value(name, value, Place::named(namespace));
    writer.finish()
}

/// Whether a structure has members that go into the body.
pub(crate) fn has_body(structure: &dyn Structure) -> bool {
    let (schema, members) = structure.split();
    schema.members.iter().enumerate().any(|(index, member)| {
        !member.flags.intersects(Flags::BOUND)
            && members.member(index).is_some_and(|value| is_there(&value.view()))
    })
}

fn is_there(view: &View<'_>) -> bool {
    !matches!(view, View::Absent | View::Null)
}

/// Elements, one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    out: String,
    /// The last element's tag is still open, for attributes or to end where it began.
    open: bool,
    /// The elements of flattened lists have the name that the lists have for them.
    by_elements: bool,
}

impl Writer {
    /// For answers of query, in which the elements of flattened lists go by their own name and not by that
    /// of the member (botocore's `parsers.py`, `_member_key_name`).
    pub(crate) fn by_elements() -> Self {
        Self { by_elements: true, ..Self::default() }
    }

    /// Begins an element.
    pub(crate) fn begin(&mut self, name: &str) {
        self.settle();
        self.out.push('<');
        self.out.push_str(name);
        self.open = true;
    }

    /// An attribute of the element that has just begun.
    pub(crate) fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        for c in value.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\r' => self.out.push_str("&#13;"),
                '\n' => self.out.push_str("&#10;"),
                '\t' => self.out.push_str("&#09;"),
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    /// Text in the element.
    pub(crate) fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.settle();
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                // As it is, a reader would take it for a line feed (XML 1.0, §2.11).
                '\r' => self.out.push_str("&#xD;"),
                c => self.out.push(c),
            }
        }
    }

    /// Ends the element of that name.
    pub(crate) fn end(&mut self, name: &str) {
        if self.open {
            self.open = false;
            self.out.push_str(" />");
        } else {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    /// An element with text.
    pub(crate) fn leaf(&mut self, name: &str, text: &str) {
        self.begin(name);
        self.text(text);
        self.end(name);
    }

    /// The members of a structure that go into the body.
    pub(crate) fn members(&mut self, structure: &dyn Structure) {
        let (schema, members) = structure.split();
        let members = schema.members.iter().enumerate().filter_map(|(index, member)| {
            let value = members.member(index)?;
            let in_body = !member.flags.intersects(Flags::BOUND) && is_there(&value.view());
            in_body.then_some((member, value))
        });
        let is_attribute =
            |member: &MemberSchema| member.flags.contains(Flags::XML_ATTRIBUTE) && self.open;
        let (attributes, elements): (Vec<_>, Vec<_>) =
            members.partition(|(member, _)| is_attribute(member));
        for (member, value) in attributes {
            let format = member.timestamp_format().unwrap_or(TimestampFormat::DateTime);
            if let Some(text) = text::write(&value.view(), format) {
                self.attribute(member.wire_name(), &text);
            }
        }
        for (member, value) in elements {
            self.value(member.wire_name(), value, Place::of(member));
        }
    }

    /// A namespace of the element that has just begun.
    pub(crate) fn namespace(&mut self, namespace: Option<&(Text, Text)>) {
        match namespace {
            Some((uri, prefix)) if prefix.is_empty() => self.attribute("xmlns", uri),
            Some((uri, prefix)) => self.attribute(&format!("xmlns:{prefix}"), uri),
            None => {}
        }
    }

    /// The bytes.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.out.into_bytes()
    }

    fn settle(&mut self) {
        if self.open {
            self.open = false;
            self.out.push('>');
        }
    }

    fn value(&mut self, name: &str, value: &dyn Value, place: Place<'_>) {
        match value.view() {
            View::List(list) if place.flattened => {
                let own = place.item_name().filter(|_| self.by_elements);
                self.items(own.unwrap_or(name), list, place);
            }
            View::Map(map) if place.flattened => self.entries(name, map, place),
            view => {
                self.begin(name);
                self.namespace(place.namespace);
                self.content(&view, place);
                self.end(name);
            }
        }
    }

    fn content(&mut self, view: &View<'_>, place: Place<'_>) {
        match view {
            View::Structure(structure) => self.members(*structure),
            View::Union(union) => self.union(*union),
            View::List(list) => self.items(place.item_name().unwrap_or("member"), *list, place),
            View::Map(map) => self.entries("entry", *map, place),
            View::Document(document) => self.text(&document.to_json()),
            scalar => {
                let format = place.format.unwrap_or(TimestampFormat::DateTime);
                if let Some(text) = text::write(scalar, format) {
                    self.text(&text);
                }
            }
        }
    }

    fn union(&mut self, union: &dyn Union) {
        match union.active() {
            (schema, Some(Active::Member(index, value))) => {
                if let Some(member) = schema.members.get(index) {
                    self.value(member.wire_name(), value, Place::of(member));
                }
            }
            (_, Some(Active::Unknown(member))) if member.codec() == "xml" => {
                self.settle();
                self.out.push_str(&String::from_utf8_lossy(member.raw()));
            }
            _ => {}
        }
    }

    fn items(&mut self, name: &str, list: &dyn List, place: Place<'_>) {
        for item in (0..list.len()).filter_map(|index| list.item(index)) {
            self.value(name, item, place.item());
        }
    }

    fn entries(&mut self, name: &str, map: &dyn Map, place: Place<'_>) {
        for (key, value) in (0..map.len()).filter_map(|index| map.entry(index)) {
            self.begin(name);
            self.leaf(place.key_name(), key);
            self.value(place.value_name(), value, place.item());
            self.end(name);
        }
    }
}
