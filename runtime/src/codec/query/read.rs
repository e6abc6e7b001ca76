//! Parameters to values, as a server reads them.

use super::{Dialect, form};
use crate::codec::members::{Seen, check_missing, see_empty};
use crate::codec::{DecodeError, Path, Place, Reading, Report, text};
use crate::schema::{Flags, MemberSchema, Schema};
use crate::value::{List, Map, Slot, Structure, Union, Value};
use crate::{Document, TimestampFormat};
use indexmap::IndexMap;

/// How many parts a name may have.
const DEPTH: usize = 256;
/// What every request has beside its members.
const COMMON: &[&str] = &["Action", "Version"];

/// What Signature Version 2 adds to a form.
const SIGNATURE: &[&str] = &[
    "AWSAccessKeyId",
    "Signature",
    "SignatureVersion",
    "SignatureMethod",
    "Timestamp",
    "Expires",
    "SecurityToken",
];
/// How all that begins that Signature Version 4 adds to the form of a URL.
const PRESIGNED: &str = "X-Amz-";

/// Fills an input from a form.
pub(crate) fn read(
    body: &[u8],
    input: &mut dyn Structure,
    dialect: Dialect,
    reading: Reading,
) -> Result<Report, DecodeError> {
    let mut root = Node::default();
    for (name, value) in form::parse(body) {
        if name.split('.').count() > DEPTH {
            let reason = "a name has too many parts".to_owned();
            return Err(DecodeError::Syntax { format: "a form", reason });
        }
        if !COMMON.contains(&&*name) && !name.starts_with(PRESIGNED) {
            root.insert(&name, value);
        }
    }
    if SIGNATURE.iter().take(3).all(|name| root.parts.contains_key(*name)) {
        root.parts.retain(|name, _| !SIGNATURE.contains(&&**name));
    }
    let mut cx = Cx { dialect, reading, report: Report::default() };
    cx.structure(input, &root, false, &Path::Root)?;
    Ok(cx.report)
}

/// The parameters below a part of a name.
#[derive(Debug, Default)]
struct Node {
    value: Option<String>,
    parts: IndexMap<String, Node>,
}

impl Node {
    fn insert(&mut self, name: &str, value: String) {
        let mut node = self;
        for part in name.split('.') {
            node = node.parts.entry(part.to_owned()).or_default();
        }
        node.value.get_or_insert(value);
    }

    /// What is counted from one, in order.
    fn counted(&self) -> Vec<&Self> {
        let number = |(part, node): (&String, _)| Some((part.parse::<u64>().ok()?, node));
        let mut numbered: Vec<_> = self.parts.iter().filter_map(number).collect();
        numbered.sort_by_key(|(number, _)| *number);
        numbered.into_iter().map(|(_, node)| node).collect()
    }

    fn text(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }
}

struct Cx {
    dialect: Dialect,
    reading: Reading,
    report: Report,
}

impl Cx {
    fn structure(
        &mut self,
        structure: &mut dyn Structure,
        node: &Node,
        secret: bool,
        path: &Path<'_>,
    ) -> Result<(), DecodeError> {
        let (schema, members) = structure.split_mut();
        let mut seen = Seen::default();
        let mut taken = Vec::new();
        for (index, member) in schema.members.iter().enumerate() {
            let Some((name, found)) = self.find(node, member) else { continue };
            taken.push(name);
            let Some(value) = members.member_mut(index) else { continue };
            let here = Path::Member(path, &member.name);
            self.value(value, found, Place::of(member).within(secret), &here)?;
            seen.set(index, true);
        }
        if self.reading.keep_unplaced {
            for (name, other) in node.parts.iter().filter(|(name, _)| !taken.contains(name)) {
                let place = Path::Member(path, name).to_string();
                self.report.unplaced.push((place, Document::from(other.text())));
            }
        }
        let ec2 = self.dialect == Dialect::Ec2;
        see_empty(schema, members, &mut seen, self.reading, |_, slot| {
            ec2 || !matches!(slot, Slot::List(_))
        });
        check_missing(schema, &seen, false, self.reading, &mut self.report, path)
    }

    /// The part that belongs to a member. A flattened list goes by the name of its elements, unless
    /// it is empty.
    fn find<'n>(&self, node: &'n Node, member: &MemberSchema) -> Option<(&'n String, &'n Node)> {
        if member.flags.intersects(Flags::BOUND) {
            return None;
        }
        let place = Place::of(member);
        let flat = self.dialect == Dialect::Query && place.flattened;
        let renamed = place.item_name().filter(|_| flat);
        renamed
            .and_then(|name| node.parts.get_key_value(name))
            .or_else(|| node.parts.get_key_value(&*self.dialect.name(member)))
    }

    fn value(
        &mut self,
        value: &mut dyn Value,
        node: &Node,
        place: Place<'_>,
        path: &Path<'_>,
    ) -> Result<(), DecodeError> {
        match value.slot() {
            Slot::Structure(structure) => self.structure(structure, node, place.secret, path),
            Slot::Union(union) => self.union(union, node, place.secret, path),
            Slot::List(list) => self.list(list, node, place, path),
            Slot::Map(map) => self.map(map, node, place, path),
            slot => {
                let format = place.format.unwrap_or(TimestampFormat::DateTime);
                text::read(slot, node.text(), format).map_err(|expected| DecodeError::Mismatch {
                    path: path.to_string(),
                    expected,
                    found: "another text".to_owned(),
                    near: None,
                })
            }
        }
    }

    fn union(
        &mut self,
        union: &mut dyn Union,
        node: &Node,
        secret: bool,
        path: &Path<'_>,
    ) -> Result<(), DecodeError> {
        let schema: Schema = union.schema().clone();
        for (index, member) in schema.members.iter().enumerate() {
            if let Some((_, found)) = self.find(node, member)
                && let Some(value) = union.activate(index)
            {
                let here = Path::Member(path, &member.name);
                return self.value(value, found, Place::of(member).within(secret), &here);
            }
        }
        Ok(())
    }

    fn list(
        &mut self,
        list: &mut dyn List,
        node: &Node,
        place: Place<'_>,
        path: &Path<'_>,
    ) -> Result<(), DecodeError> {
        let flat = self.dialect == Dialect::Ec2 || place.flattened;
        let name = place.item_name().unwrap_or("member");
        let items = if flat { Some(node) } else { node.parts.get(name) };
        for (index, item) in items.map(Node::counted).unwrap_or_default().into_iter().enumerate() {
            self.value(list.push(), item, place.item(), &Path::Index(path, index))?;
        }
        Ok(())
    }

    fn map(
        &mut self,
        map: &mut dyn Map,
        node: &Node,
        place: Place<'_>,
        path: &Path<'_>,
    ) -> Result<(), DecodeError> {
        let entries = if place.flattened { Some(node) } else { node.parts.get("entry") };
        let (key_name, value_name) = self.dialect.pair(place);
        for entry in entries.map(Node::counted).unwrap_or_default() {
            let key = entry.parts.get(&*key_name).map(Node::text).unwrap_or_default();
            let value = map.insert(key);
            if let Some(found) = entry.parts.get(&*value_name) {
                self.value(value, found, place.item(), &Path::Key(path, key))?;
            }
        }
        Ok(())
    }
}
