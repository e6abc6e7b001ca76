//! What the AWS CLI's own options make of an answer: parts of it go to files, or are put in another
//! form (v2's `customizations/{arguments,iamvirtmfa,iot}.py` and `datapipeline/translator.py`).

#[cfg(test)]
mod tests;

use super::arguments::Arguments;
use super::arguments::table::Table;
use super::customs::Part;
use super::input::{Files, base64, reason};
use crate::exit::{Failure, GENERAL, USAGE};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use typefoundry_jmespath::{Object, Value};

const DEVICE: &str = "VirtualMFADevice";
const SEEDS: [&str; 2] = ["QRCodePNG", "Base32StringSeed"];

/// What happens to an answer before it is shown.
#[derive(Debug, Default)]
pub(super) struct Saved {
    /// Members that go to files, by their paths
    members: Vec<(&'static str, PathBuf)>,
    /// Where the seed goes, and the member that it is
    seed: Option<PathBuf>,
    method: String,
    is_pipeline: bool,
}

impl Saved {
    /// What the options ask for. A file that cannot be there is an error before anything is called.
    pub(super) fn of(
        table: &Table<'_>,
        arguments: &Arguments,
        files: &Files,
    ) -> Result<Self, Failure> {
        let service = &table.model.service;
        let is_pipeline = service.provider() == "aws"
            && service.name() == "datapipeline"
            && table.operation.name == "GetPipelineDefinition";
        let mut saved = Self { is_pipeline, ..Self::default() };
        for (custom, values) in &arguments.customs {
            let word = values.first().map_or("", String::as_str);
            match custom.part {
                Part::Save(member) => saved.members.push((member, writable(files, word)?)),
                Part::SeedFile => saved.seed = Some(writable(files, word)?),
                Part::Seed => word.clone_into(&mut saved.method),
                _ => {}
            }
        }
        Ok(saved)
    }

    /// Does it, and gives what is shown.
    pub(super) fn apply(&self, answer: Value) -> Result<Value, Failure> {
        let Value::Object(mut answer) = answer else { return Ok(answer) };
        for (member, path) in &self.members {
            let mut steps = member.split('.');
            let first = steps.next().and_then(|step| answer.get(step));
            let found = steps.try_fold(first, |found, step| match found {
                Some(Value::Object(inner)) => Some(inner.get(step)),
                _ => None,
            });
            let text = match found.flatten() {
                Some(Value::Text(text)) => text.as_bytes(),
                _ => &[],
            };
            write(path, text)?;
        }
        if let Some(path) = &self.seed
            && let Some(Value::Object(device)) = answer.get_mut(DEVICE)
            && let Some(Value::Text(seed)) = device.get(&self.method)
        {
            let bytes = base64::decode(seed).ok_or_else(|| {
                Failure::new(GENERAL, format!("{DEVICE}.{} is no base64", self.method))
            })?;
            write(path, &bytes)?;
            for seed in SEEDS {
                device.remove(seed);
            }
        }
        if self.is_pipeline {
            pipeline(&mut answer);
        }
        Ok(Value::Object(answer))
    }
}

/// The password in a registry's token, which is a name, a colon and the password as base64 (`ecr.py`,
/// `ecr_public.py`).
pub(super) fn password(answer: &Value) -> Result<String, Failure> {
    let member = |value: &Value, name: &str| match value {
        Value::Object(members) => members.get(name).cloned(),
        _ => None,
    };
    let data = match member(answer, "authorizationData") {
        Some(Value::List(items)) => items.into_iter().next(),
        data => data,
    };
    let token = data.and_then(|data| member(&data, "authorizationToken"));
    let Some(Value::Text(token)) = token else {
        return Err(Failure::new(GENERAL, "the answer has no token"));
    };
    let text = base64::decode(&token).and_then(|bytes| String::from_utf8(bytes).ok());
    match text.as_deref().and_then(|text| text.split_once(':')) {
        Some((_, password)) => Ok(format!("{password}\n")),
        None => Err(Failure::new(GENERAL, "the token of the answer holds no password")),
    }
}

/// The file that is meant, if it can be written: what goes there may be had but once. None is left
/// there by this.
fn writable(files: &Files, word: &str) -> Result<PathBuf, Failure> {
    let path = files.path(word);
    let is_new = !path.try_exists().unwrap_or(true);
    match private().truncate(false).open(&path) {
        Ok(_) => {
            if is_new {
                let _ = std::fs::remove_file(&path);
            }
            Ok(path)
        }
        Err(_) => Err(Failure::new(USAGE, format!("Unable to write to file: {}", path.display()))),
    }
}

/// Opens files that nobody else may read, as they may be keys.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = private().truncate(true).open(path).and_then(|mut file| {
        // One that is there already keeps what it has otherwise.
        #[cfg(unix)]
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        file.write_all(bytes)
    });
    written.map_err(|error| Failure::new(GENERAL, reason(&error, path)))
}

/// A definition as files have it.
fn pipeline(answer: &mut Object) {
    let text = |object: &Object, name: &str| object.get(name).cloned().unwrap_or_default();
    let fields = |element: &Object, list: &str, made: &mut Object| {
        let Some(Value::List(fields)) = element.get(list) else { return };
        for field in fields {
            let Value::Object(field) = field else { continue };
            let Some(Value::Text(key)) = field.get("key") else { continue };
            let value = field.get("stringValue").cloned().unwrap_or_else(|| {
                let of = ("ref".to_owned(), text(field, "refValue"));
                Value::Object(Object::from_iter([of]))
            });
            add(made, key, value);
        }
    };
    if let Some(Value::List(objects)) = answer.remove("pipelineObjects") {
        let object = |element| {
            let Value::Object(element) = element else { return element };
            let mut made = Object::new();
            for name in ["id", "name"] {
                made.push(name, text(&element, name));
            }
            fields(&element, "fields", &mut made);
            Value::Object(made)
        };
        answer.push("objects", Value::List(objects.into_iter().map(object).collect()));
    }
    if let Some(Value::List(parameters)) = answer.remove("parameterObjects") {
        let parameter = |element| {
            let Value::Object(element) = element else { return element };
            let mut made = Object::new();
            made.push("id", text(&element, "id"));
            fields(&element, "attributes", &mut made);
            Value::Object(made)
        };
        answer.push("parameters", Value::List(parameters.into_iter().map(parameter).collect()));
    }
    if let Some(Value::List(values)) = answer.remove("parameterValues") {
        let mut made = Object::new();
        for value in &values {
            let Value::Object(value) = value else { continue };
            let Some(Value::Text(id)) = value.get("id") else { continue };
            add(&mut made, id, text(value, "stringValue"));
        }
        answer.push("values", Value::Object(made));
    }
}

/// Adds a value; of one name there may be several, which are a list then.
fn add(made: &mut Object, key: &str, value: Value) {
    match made.get_mut(key) {
        None => made.push(key, value),
        Some(Value::List(values)) => values.push(value),
        Some(first) => *first = Value::List(vec![std::mem::take(first), value]),
    }
}
