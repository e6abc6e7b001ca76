//! Values to CBOR.

use super::document::write_document;
use crate::Timestamp;
use crate::codec::Form;
use crate::schema::Flags;
use crate::value::{Active, List, Map, Structure, Union, UnknownMember, Value, View};

/// A value as CBOR bytes. What follows a length is of that length, and numbers are as short as
/// their kind allows, as botocore writes them.
pub fn write(value: &dyn Value, form: Form) -> Vec<u8> {
    let mut out = Vec::new();
    write_value(value, form, &mut out);
    out
}

/// A structure's body as CBOR bytes; an empty map if nothing is in it.
pub fn write_structure(structure: &dyn Structure, form: Form) -> Vec<u8> {
    let mut out = Vec::new();
    write_members(structure, None, form, &mut out);
    out
}

/// A structure's body that says by a member `__type` what it is, as errors do.
pub fn write_typed(structure: &dyn Structure, name: &str, form: Form) -> Vec<u8> {
    let mut out = Vec::new();
    write_members(structure, Some(name), form, &mut out);
    out
}

fn write_value(value: &dyn Value, form: Form, out: &mut Vec<u8>) {
    match value.view() {
        View::Absent | View::Null => null(out),
        View::Bool(value) => boolean(value, out),
        View::Integer(value) => integer(value.into(), out),
        View::Long(value) => integer(value.into(), out),
        View::Float(value) => float(value, out),
        View::Double(value) => double(value, out),
        View::String(value) => text(value, out),
        View::Blob(value) => {
            head(2, value.len() as u64, out);
            out.extend_from_slice(value);
        }
        View::Timestamp(value) => timestamp(value, out),
        View::Document(document) => write_document(document, out),
        View::Structure(structure) => write_members(structure, None, form, out),
        View::Union(union) => write_union(union, form, out),
        View::List(list) => write_list(list, form, out),
        View::Map(entries) => write_map(entries, form, out),
    }
}

fn write_members(structure: &dyn Structure, typed: Option<&str>, form: Form, out: &mut Vec<u8>) {
    let (schema, members) = structure.split();
    let there = |index: usize| {
        let member = schema.members.get(index)?;
        let elsewhere = matches!(form, Form::Wire(_)) && member.flags.intersects(Flags::BOUND);
        let value = members.member(index).filter(|_| !elsewhere)?;
        let is_there = !matches!(value.view(), View::Absent);
        is_there.then(|| (name(&member.name, member.wire_name(), form), value))
    };
    let indices = 0..schema.members.len();
    let count = indices.clone().filter(|index| there(*index).is_some()).count();
    map(count + usize::from(typed.is_some()), out);
    if let Some(typed) = typed {
        text("__type", out);
        text(typed, out);
    }
    for (name, value) in indices.filter_map(there) {
        text(name, out);
        write_value(value, form, out);
    }
}

fn write_union(union: &dyn Union, form: Form, out: &mut Vec<u8>) {
    match union.active() {
        (schema, Some(Active::Member(index, value))) => {
            let Some(member) = schema.members.get(index) else { return map(0, out) };
            map(1, out);
            text(name(&member.name, member.wire_name(), form), out);
            write_value(value, form, out);
        }
        (_, Some(Active::Unknown(member))) => {
            map(1, out);
            text(member.name(), out);
            write_unknown(member, out);
        }
        (_, None) => map(0, out),
    }
}

/// As it came, or what it says if it came through another codec.
fn write_unknown(member: &UnknownMember, out: &mut Vec<u8>) {
    if member.codec() == super::NAME {
        out.extend_from_slice(member.raw());
    } else {
        write_document(&member.to_document().unwrap_or_default(), out);
    }
}

fn write_list(list: &dyn List, form: Form, out: &mut Vec<u8>) {
    array(list.len(), out);
    for index in 0..list.len() {
        match list.item(index) {
            Some(item) => write_value(item, form, out),
            None => null(out),
        }
    }
}

fn write_map(entries: &dyn Map, form: Form, out: &mut Vec<u8>) {
    let there = (0..entries.len()).filter_map(|index| entries.entry(index));
    map(there.clone().count(), out);
    for (key, value) in there {
        text(key, out);
        write_value(value, form, out);
    }
}

fn name<'a>(in_model: &'a str, on_wire: &'a str, form: Form) -> &'a str {
    match form {
        Form::Wire(_) => on_wire,
        Form::Model | Form::Audit => in_model,
    }
}

/// Tag 1: seconds since the epoch, whatever format the member has elsewhere.
fn timestamp(value: Timestamp, out: &mut Vec<u8>) {
    head(6, 1, out);
    if value.subsec_nanos() == 0 {
        integer(value.seconds().into(), out);
    } else {
        double(value.to_epoch_number(), out);
    }
}

pub(super) fn null(out: &mut Vec<u8>) {
    out.push(0xf6);
}

pub(super) fn boolean(value: bool, out: &mut Vec<u8>) {
    out.push(if value { 0xf5 } else { 0xf4 });
}

pub(super) fn integer(value: i128, out: &mut Vec<u8>) {
    let (major, argument) = if value < 0 { (1, -1 - value) } else { (0, value) };
    // No number that a model holds has more than 65 bits.
    head(major, u64::try_from(argument).unwrap_or(u64::MAX), out);
}

/// NaN and the infinities are written with 16 bits, as botocore does.
fn float(value: f32, out: &mut Vec<u8>) {
    if value.is_finite() {
        out.push(0xfa);
        out.extend_from_slice(&value.to_be_bytes());
    } else {
        double(value.into(), out);
    }
}

pub(super) fn double(value: f64, out: &mut Vec<u8>) {
    match value {
        f64::INFINITY => out.extend_from_slice(&[0xf9, 0x7c, 0x00]),
        f64::NEG_INFINITY => out.extend_from_slice(&[0xf9, 0xfc, 0x00]),
        value if value.is_nan() => out.extend_from_slice(&[0xf9, 0x7e, 0x00]),
        value => {
            out.push(0xfb);
            out.extend_from_slice(&value.to_be_bytes());
        }
    }
}

pub(super) fn text(value: &str, out: &mut Vec<u8>) {
    head(3, value.len() as u64, out);
    out.extend_from_slice(value.as_bytes());
}

pub(super) fn array(length: usize, out: &mut Vec<u8>) {
    head(4, length as u64, out);
}

pub(super) fn map(length: usize, out: &mut Vec<u8>) {
    head(5, length as u64, out);
}

/// The kind, and a number in the fewest bytes that hold it.
#[expect(clippy::cast_possible_truncation, reason = "each number is compared with its limit first")]
fn head(major: u8, argument: u64, out: &mut Vec<u8>) {
    let kind = major << 5;
    match argument {
        0..24 => out.push(kind | argument as u8),
        24..0x100 => out.extend_from_slice(&[kind | 0x18, argument as u8]),
        0x100..0x1_0000 => {
            out.push(kind | 0x19);
            out.extend_from_slice(&(argument as u16).to_be_bytes());
        }
        0x1_0000..0x1_0000_0000 => {
            out.push(kind | 0x1a);
            out.extend_from_slice(&(argument as u32).to_be_bytes());
        }
        _ => {
            out.push(kind | 0x1b);
            out.extend_from_slice(&argument.to_be_bytes());
        }
    }
}
