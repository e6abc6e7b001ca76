//! `--output yaml` and `yaml-stream`: in blocks, with names in their order, as the AWS CLI's library for
//! it (ruamel.yaml in its safe mode, on libyaml's emitter) writes it.

mod emit;
mod scalar;

use super::json;
use emit::Emitter;
use std::io::{self, Write};
use typefoundry_jmespath::Value;

/// A value; nothing for an object without members. A scalar is written as JSON, so that no mark has to
/// end it.
pub(super) fn write(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    match value {
        Value::Object(members) if members.is_empty() => Ok(()),
        scalar if !scalar.is_container() => json::write(out, scalar),
        value => out.write_all(Emitter::default().root(value).as_bytes()),
    }
}

/// A value as the only item of a list, to which others are added by writing them behind it.
pub(super) fn write_item(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    let list = Emitter::default().item(value);
    out.write_all(list.as_bytes())
}
