//! An operation's input from its options, or as a whole.

pub(super) mod base64;
mod bundle;
mod check;
mod customs;
mod encoded;
mod files;
mod json;
mod param;
mod shorthand;
mod simple;
pub(super) mod skeleton;
mod times;
mod urls;
mod words;
mod yaml;

#[cfg(test)]
mod tests;

pub(super) use customs::new_root;
pub(super) use files::{Files, reason};
pub(super) use words::ends_in_document;

use super::arguments::Arguments;
use super::arguments::numbers;
use super::arguments::table::{self, Table};
use super::settings::{Binary, Paging};
use crate::exit::{Failure, GENERAL, USAGE};
pub(super) use param::Param;
use std::path::PathBuf;
use typefoundry::codec::{DecodeError, Form, Reading, json as codec};
use typefoundry::dynamic::{Api, ApiOperation, Dynamic};
use typefoundry::value::Structure;
use typefoundry::{Map, Timestamp};
use typefoundry_jmespath::Value;
use typefoundry_spec::{Kind, Member, Model, ShapeId};
use words::Source;

/// What stands in the place of a secret.
const REDACTED: &str = "<redacted>";

/// What has no place was found before.
const READING: Reading = Reading { strict: false, keep_unplaced: false, lenient: false };

/// What the configuration says of inputs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    pub(super) binary: Binary,
    /// Whether an input is held against the limits of the spec
    pub(super) validates: bool,
}

/// What is given for an operation's input.
#[derive(Debug, Default)]
pub(super) struct Input {
    params: Map<String, Param>,
    /// The member that is a stream, and the file that it comes from
    stream: Option<(String, PathBuf)>,
    /// The member that is the size of pages, and what each page's request will have there
    page_size: Option<(String, Param)>,
}

impl Input {
    /// Reads options, and then what is given as a whole, which they go before.
    pub(super) fn read(
        table: &Table<'_>,
        arguments: &Arguments,
        files: &Files,
    ) -> Result<Self, Failure> {
        let mut input = Self::default();
        for (index, said) in &arguments.members {
            let Some(member) = table.member(*index) else { continue };
            let name = table.option_of(*index).unwrap_or_default();
            let (model, operation) = (table.model, table.operation);
            let source = Source { model, operation, member, name: &name, files };
            let param = source.read(said)?;
            input.insert(model, member, &name, param, files)?;
        }
        simple::put(&arguments.simple, files, &mut input.params)?;
        customs::put(table, arguments, files, &mut input.params)?;
        for (name, param) in whole(arguments, files)? {
            input.params.entry(name).or_insert(param);
        }
        if table.is_ec2() {
            simple::finish(&table.operation.name, &mut input.params);
        }
        Ok(input)
    }

    /// Takes a value of an option. That of a stream is the path of a file.
    fn insert(
        &mut self,
        model: &Model,
        member: &Member,
        option: &str,
        param: Param,
        files: &Files,
    ) -> Result<(), Failure> {
        match param {
            Param::Text(text) if model.shape(member.target).streaming.is_some() => {
                // A file is meant either way.
                let path = text.strip_prefix("fileb://").or_else(|| text.strip_prefix("file://"));
                let path = files.path(path.unwrap_or(&text));
                if !path.is_file() {
                    let message = format!(
                        "Error parsing parameter '{option}': Blob values must be a path to a file."
                    );
                    return Err(Failure::new(USAGE, message));
                }
                self.stream = Some((member.name.clone(), path));
                self.params.insert(member.name.clone(), Param::Bytes(Vec::new()));
            }
            param => {
                self.params.insert(member.name.clone(), param);
            }
        }
        Ok(())
    }

    /// An input of these members.
    pub(super) fn of(members: Vec<(&str, Value)>) -> Self {
        let params = members.into_iter().map(|(name, value)| (name.to_owned(), value.into()));
        Self { params: params.collect(), ..Self::default() }
    }

    /// All of it as JSON.
    pub(super) fn json(&self) -> String {
        let mut json = String::new();
        Param::Map(self.params.clone()).write_json(&mut json);
        json
    }

    /// One member of it alone.
    pub(super) fn part(&self, member: &str) -> Self {
        let found = self.params.get(member).map(|param| (member.to_owned(), param.clone()));
        Self { params: found.into_iter().collect(), ..Self::default() }
    }

    /// Puts what a distribution has, with a new root object, and which version of it is meant.
    pub(super) fn put_root(&mut self, root: &str, config: Value, version: Option<Value>) {
        customs::put_root(&mut self.params, root, config.into(), version.map(Param::from));
    }

    /// Encodes bytes that are given for texts which travel as base64; what is left of the operation then.
    pub(super) fn encode(&mut self, operation: &ApiOperation) -> Option<ApiOperation> {
        encoded::encode(operation, &mut self.params)
    }

    /// Whether a member of the input is given.
    pub(super) fn has(&self, member: &str) -> bool {
        self.params.contains_key(member)
    }

    /// The names of the members that are given.
    pub(super) fn members(&self) -> impl Iterator<Item = &str> {
        self.params.keys().map(String::as_str)
    }

    /// Takes note of the size that all pages will be asked for in.
    pub(super) fn will_page(&mut self, table: &Table<'_>, paging: &Paging) {
        let pages = table::paged(table.operation, paging.all);
        let name = pages.and_then(|pages| pages.size.as_ref());
        let (Some(name), Some(size)) = (name, &paging.page_size) else { return };
        let member = table.operation.input_member(name);
        let is_number = member.is_some_and(|member| {
            matches!(table.model.shape(member.target).kind, Kind::Integer | Kind::Long)
        });
        let number = numbers::integer(size).filter(|_| is_number);
        let size = number.map_or_else(|| Param::Text(size.clone()), Param::Integer);
        self.page_size = Some((name.clone(), size));
    }

    /// The file that the body of the request comes from, if it does.
    pub(super) fn file(&self) -> Option<&std::path::Path> {
        self.stream.as_ref().map(|(_, path)| &**path)
    }

    /// The input as it is sent, when it has been checked.
    pub(super) fn build<'s>(
        mut self,
        api: &'s Api,
        operation: &ApiOperation,
        table: &Table<'_>,
        rules: Rules,
    ) -> Result<Dynamic<'s>, Failure> {
        let members = &table.operation.input;
        for member in members {
            if let Some(param) = self.params.get_mut(&member.name) {
                blobs(table.model, member, false, rules.binary, param)?;
            }
        }
        if table.is_ec2() && table.operation.name == "BundleInstance" {
            bundle::finish(&mut self.params, Timestamp::now())?;
        }
        let page_size = self.page_size.take().map(|(name, size)| {
            self.params.insert(name.clone(), size);
            name
        });
        let complaints = check::check(table.model, members, &self.params, rules.validates);
        if !complaints.is_empty() {
            let message = format!("Parameter validation failed:\n{}", complaints.join("\n"));
            return Err(Failure::new(USAGE, message));
        }
        for name in self.stream.iter().map(|(name, _)| name).chain(&page_size) {
            self.params.shift_remove(name);
        }
        let mut input = api.input(operation);
        for (name, mut param) in self.params {
            let Some(index) = members.iter().position(|member| member.name == name) else {
                continue;
            };
            let structure: &mut dyn Structure = &mut input;
            let Some(value) = structure.get_mut(&name) else { continue };
            times(table.model, members[index].target, &mut param);
            let mut json = String::new();
            param.write_json(&mut json);
            codec::read(json.as_bytes(), value, Form::Model, READING).map_err(|error| {
                let option = table.option_of(index).unwrap_or_else(|| name.clone());
                unfit(&option, &name, &error)
            })?;
        }
        Ok(input)
    }
}

/// What `--cli-input-json` or `--cli-input-yaml` says (v2's `customizations/cliinput.py`).
fn whole(arguments: &Arguments, files: &Files) -> Result<Map<String, Param>, Failure> {
    let (option, text, parsed): (_, _, fn(&str) -> Option<Param>) =
        match (&arguments.json, &arguments.yaml) {
            (None, None) => return Ok(Map::new()),
            (Some(_), Some(_)) => {
                let message = "Only one --cli-input- parameter may be specified.";
                return Err(Failure::new(USAGE, message));
            }
            (Some(text), None) => ("cli-input-json", text, |text| json::parse(text).ok()),
            (None, Some(text)) => ("cli-input-yaml", text, |text| yaml::parse(text).ok()),
        };
    let unparsed =
        |reason: &str| Failure::new(USAGE, format!("Error parsing parameter '{option}': {reason}"));
    let text = match files.load(text).map_err(|message| unparsed(&message))? {
        None => text.clone(),
        Some(Param::Bytes(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
        Some(loaded) => loaded.to_string(),
    };
    match parsed(&text) {
        Some(Param::Map(entries)) => Ok(entries),
        Some(other) => Err(Failure::new(
            USAGE,
            format!(
                "Error parsing parameter '--{option}': Invalid type: expecting map, received {}",
                other.class()
            ),
        )),
        None => {
            let (form, why) = match option {
                "cli-input-json" => ("JSON", json::parse(&text).err()),
                _ => ("YAML", yaml::parse(&text).err()),
            };
            let why = why.map(|why| format!("\n{why}")).unwrap_or_default();
            Err(unparsed(&format!("Invalid {form} received.{why}")))
        }
    }
}

/// Makes bytes of the texts of blobs (v2's `customizations/binaryformat.py`).
fn blobs(
    model: &Model,
    of: &Member,
    is_secret: bool,
    binary: Binary,
    param: &mut Param,
) -> Result<(), Failure> {
    let is_secret = is_secret || model.is_sensitive(of);
    match (&model.shape(of.target).kind, &mut *param) {
        (Kind::Blob, Param::Text(text)) => {
            let bytes = match binary {
                Binary::Raw => text.as_bytes().to_vec(),
                Binary::Base64 => base64::decode(text).ok_or_else(|| {
                    let message = if is_secret {
                        format!("Invalid base64: {REDACTED}")
                    } else {
                        format!("Invalid base64: \"{text}\"")
                    };
                    Failure::new(GENERAL, message)
                })?,
            };
            *param = Param::Bytes(bytes);
        }
        (Kind::List(list), Param::List(items)) => {
            for item in items {
                blobs(model, &list.item, is_secret, binary, item)?;
            }
        }
        (Kind::Map(map), Param::Map(entries)) => {
            for entry in entries.values_mut() {
                blobs(model, &map.value, is_secret, binary, entry)?;
            }
        }
        (Kind::Structure { members, .. } | Kind::Union { members }, Param::Map(entries)) => {
            for member in members {
                if let Some(entry) = entries.get_mut(&member.name) {
                    blobs(model, member, is_secret, binary, entry)?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// Writes times in the one form that is read everywhere.
fn times(model: &Model, target: ShapeId, param: &mut Param) {
    match (&model.shape(target).kind, &mut *param) {
        (Kind::Timestamp(_), value) => {
            if let Some(time) = times::read(value) {
                *value = Param::Text(time.format(typefoundry::TimestampFormat::DateTime));
            }
        }
        (Kind::List(list), Param::List(items)) => {
            for item in items {
                times(model, list.item.target, item);
            }
        }
        (Kind::Map(map), Param::Map(entries)) => {
            for entry in entries.values_mut() {
                times(model, map.value.target, entry);
            }
        }
        (Kind::Structure { members, .. } | Kind::Union { members }, Param::Map(entries)) => {
            for member in members {
                if let Some(entry) = entries.get_mut(&member.name) {
                    times(model, member.target, entry);
                }
            }
        }
        _ => {}
    }
}

/// What botocore would send and our types have no place for, such as a number that is too large.
fn unfit(option: &str, member: &str, error: &DecodeError) -> Failure {
    let reason = match error {
        DecodeError::Mismatch { path, expected, found, .. } => {
            let dot = if path.is_empty() || path.starts_with('[') { "" } else { "." };
            format!("{member}{dot}{path}: expected {expected}, found {found}")
        }
        error => error.to_string(),
    };
    Failure::new(USAGE, format!("Error parsing parameter '{option}': {reason}"))
}
