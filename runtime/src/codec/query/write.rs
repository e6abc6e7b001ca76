//! Values to parameters.

use super::{Dialect, form};
use crate::TimestampFormat;
use crate::codec::{Place, text};
use crate::schema::{Flags, MemberSchema};
use crate::value::{Active, List, Map, Structure, Value, View};
use std::fmt::Write;

/// The parameters of an operation and its input.
pub(crate) fn write(
    action: &str,
    version: &str,
    input: &dyn Structure,
    dialect: Dialect,
) -> Vec<u8> {
    let mut writer = Writer { form: String::new(), name: String::new(), dialect };
    form::push(&mut writer.form, "Action", action);
    form::push(&mut writer.form, "Version", version);
    writer.structure(input);
    writer.form.into_bytes()
}

struct Writer {
    form: String,
    /// The name so far: `Foo.member.1`.
    name: String,
    dialect: Dialect,
}

impl Writer {
    fn structure(&mut self, structure: &dyn Structure) {
        let (schema, members) = structure.split();
        for (index, member) in schema.members.iter().enumerate() {
            if let Some(value) = members.member(index)
                && !member.flags.intersects(Flags::BOUND)
            {
                self.member(member, value);
            }
        }
    }

    fn member(&mut self, member: &MemberSchema, value: &dyn Value) {
        let name = self.dialect.name(member);
        let mark = self.descend(&name);
        self.value(value, Place::of(member), mark);
        self.name.truncate(mark);
    }

    /// `parent` is where the last part of the name begins.
    fn value(&mut self, value: &dyn Value, place: Place<'_>, parent: usize) {
        match value.view() {
            View::Absent | View::Null => {}
            View::Structure(structure) => self.structure(structure),
            View::Union(union) => match union.active() {
                (schema, Some(Active::Member(index, value))) => {
                    if let Some(member) = schema.members.get(index) {
                        self.member(member, value);
                    }
                }
                // What came in another form has no parameters.
                (_, Some(Active::Unknown(_)) | None) => {}
            },
            View::List(list) => self.list(list, place, parent),
            View::Map(map) => self.map(map, place),
            View::Document(document) => self.push(&document.to_json()),
            scalar => {
                let format = place.format.unwrap_or(TimestampFormat::DateTime);
                if let Some(text) = text::write(&scalar, format) {
                    self.push(&text);
                }
            }
        }
    }

    fn list(&mut self, list: &dyn List, place: Place<'_>, parent: usize) {
        let whole = self.name.len();
        match (self.dialect, place.item_name()) {
            (Dialect::Ec2, _) => {}
            (Dialect::Query, _) if list.is_empty() => self.push(""),
            (Dialect::Query, Some(name)) if place.flattened => {
                // The elements' name stands in place of the list's.
                let own = self.name.split_off(parent);
                self.descend(name);
                self.items(list, place);
                self.name.truncate(parent);
                self.name.push_str(&own);
                return;
            }
            (Dialect::Query, None) if place.flattened => {}
            (Dialect::Query, name) => {
                self.descend(name.unwrap_or("member"));
            }
        }
        self.items(list, place);
        self.name.truncate(whole);
    }

    fn items(&mut self, list: &dyn List, place: Place<'_>) {
        for (index, item) in (0..list.len()).filter_map(|index| list.item(index)).enumerate() {
            let mark = self.descend_to(index);
            self.value(item, place.item(), mark);
            self.name.truncate(mark);
        }
    }

    fn map(&mut self, map: &dyn Map, place: Place<'_>) {
        let whole = self.name.len();
        if !place.flattened {
            self.descend("entry");
        }
        let (key_name, value_name) = self.dialect.pair(place);
        for (index, (key, value)) in (0..map.len()).filter_map(|it| map.entry(it)).enumerate() {
            let entry = self.descend_to(index);
            let mark = self.descend(&key_name);
            self.push(key);
            self.name.truncate(mark);
            let mark = self.descend(&value_name);
            self.value(value, place.item(), mark);
            self.name.truncate(entry);
        }
        self.name.truncate(whole);
    }

    /// Adds a part to the name; gives where the name ended.
    fn descend(&mut self, part: &str) -> usize {
        let mark = self.name.len();
        if mark > 0 {
            self.name.push('.');
        }
        self.name.push_str(part);
        mark
    }

    /// Elements and entries are counted from one.
    fn descend_to(&mut self, index: usize) -> usize {
        let mark = self.name.len();
        // Writing to a string cannot fail.
        let _ = write!(self.name, ".{}", index + 1);
        mark
    }

    fn push(&mut self, value: &str) {
        form::push(&mut self.form, &self.name, value);
    }
}
