//! From what an option says to a value: files, then shorthand, then JSON or a scalar, as v2's
//! `argprocess.py` has it.

use super::files::Files;
use super::param::Param;
use super::{REDACTED, json, shorthand};
use crate::call::arguments::Said;
use crate::call::arguments::numbers;
use crate::call::names;
use crate::call::settings::is_v1;
use crate::exit::{Failure, GENERAL, USAGE};
use typefoundry::Map;
use typefoundry_spec::{Kind, Member, Model, Operation, Shape, ShapeId};

/// Lists of structures with one member that take bare values: `_uses_old_list_case`.
const BARE: &[(&str, &str, &str)] = &[
    ("firehose", "put-record-batch", "records"),
    ("workspaces", "reboot-workspaces", "reboot-workspace-requests"),
    ("workspaces", "rebuild-workspaces", "rebuild-workspace-requests"),
    ("workspaces", "terminate-workspaces", "terminate-workspace-requests"),
    ("elb", "remove-tags", "tags"),
    ("elb", "describe-instance-health", "instances"),
    ("elb", "deregister-instances-from-load-balancer", "instances"),
    ("elb", "register-instances-with-load-balancer", "instances"),
];

/// What an option says about a member.
#[derive(Debug)]
pub(in crate::call) struct Source<'a> {
    pub(in crate::call) model: &'a Model,
    pub(in crate::call) operation: &'a Operation,
    pub(in crate::call) member: &'a Member,
    /// As the user writes it
    pub(in crate::call) name: &'a str,
    pub(in crate::call) files: &'a Files,
}

impl Source<'_> {
    pub(in crate::call) fn read(&self, said: &Said) -> Result<Param, Failure> {
        match said {
            Said::Bool(value) => Ok(Param::Bool(*value)),
            Said::Pulled(value) => {
                Ok(Param::Map(Map::from_iter([("Value".to_owned(), Param::Bool(*value))])))
            }
            Said::Word(word) => {
                let loaded = self.load(word)?;
                self.one(self.member.target, loaded)
            }
            Said::Words(words) => match &words[..] {
                // A file holds the whole list.
                [word] => match self.load(word)? {
                    Param::Text(text) if text == *word => self.many(words),
                    Param::Text(text) => self.many(&[text]),
                    loaded => Ok(loaded),
                },
                words => self.many(words),
            },
        }
    }

    fn shape(&self, id: ShapeId) -> &Shape {
        self.model.shape(id)
    }

    fn load(&self, word: &str) -> Result<Param, Failure> {
        // Of a stream, a file is all there can be.
        if self.shape(self.member.target).streaming.is_some() {
            return Ok(Param::Text(word.to_owned()));
        }
        let service = names::service(self.model.service.name());
        let operation = names::kebab(&self.operation.name);
        if is_v1() && names::is_url(service, &operation, self.name.trim_start_matches("--")) {
            return Ok(Param::Text(word.to_owned()));
        }
        let loaded = self.files.load_of(self.name, word)?;
        Ok(loaded.unwrap_or_else(|| Param::Text(word.to_owned())))
    }

    /// The values of a list.
    fn many(&self, words: &[String]) -> Result<Param, Failure> {
        let Kind::List(list) = &self.shape(self.member.target).kind else {
            return Ok(Param::List(words.iter().cloned().map(Param::Text).collect()));
        };
        let item = list.item.target;
        let looks_like_json =
            words.first().is_some_and(|word| word.trim_start().starts_with(['[', '{']));
        if !looks_like_json && is_complex(self.model, item) && !self.is_json() {
            if let Some(bare) = self.bare(item, words) {
                return Ok(bare);
            }
            let mut items = Vec::new();
            for word in words {
                let mut value = self.shorthand(word)?;
                self.coerce(item, &mut value)?;
                items.push(value);
            }
            return Ok(Param::List(items));
        }
        match words {
            [word] if word.trim().starts_with('[') => self.json(word),
            words => {
                let items = words.iter().map(|word| {
                    self.unpack(item, Param::Text(word.clone()))
                        // Whoever wrote the list sees which of its values it is.
                        .map_err(|wrong| match wrong {
                            Unpacked::Number(_) => {
                                self.unparsed(self.told(words.first().unwrap_or(word)))
                            }
                            Unpacked::Failure(failure) => failure,
                        })
                });
                Ok(Param::List(items.collect::<Result<_, _>>()?))
            }
        }
    }

    /// A value that is no list of words.
    fn one(&self, target: ShapeId, value: Param) -> Result<Param, Failure> {
        if let Param::Text(text) = &value
            && !text.trim_start().starts_with(['[', '{'])
            && is_complex(self.model, target)
            && !self.is_json()
        {
            if let Some(value) = self.value_alone(target, text) {
                return Ok(value);
            }
            let mut value = self.shorthand(text)?;
            self.coerce(target, &mut value)?;
            return Ok(value);
        }
        self.unpack(target, value).map_err(|wrong| match wrong {
            Unpacked::Number(message) => Failure::new(GENERAL, message),
            Unpacked::Failure(failure) => failure,
        })
    }

    fn unpack(&self, target: ShapeId, value: Param) -> Result<Param, Unpacked> {
        let shape = self.shape(target);
        let Param::Text(text) = &value else { return Ok(value) };
        Ok(match &shape.kind {
            Kind::Document => self.json(text)?,
            Kind::List(_) if text.trim_start().starts_with('[') => self.json(text)?,
            Kind::Structure { .. } | Kind::Union { .. } | Kind::Map(_) => {
                if !text.trim_start().starts_with('{') {
                    return Err(self
                        .unparsed(&format!("Invalid JSON:\n{}", self.told(text)))
                        .into());
                }
                self.json(text)?
            }
            Kind::Integer | Kind::Long => match numbers::integer(text) {
                Some(number) => Param::Integer(number),
                None => return Err(Unpacked::Number(numbers::no_integer(self.told(text)))),
            },
            Kind::Float | Kind::Double => match numbers::float(text) {
                Some(number) => Param::Float(number),
                None => return Err(Unpacked::Number(numbers::no_float(self.told(text)))),
            },
            Kind::Boolean => Param::Bool(!text.is_empty() && !text.eq_ignore_ascii_case("false")),
            _ => value,
        })
    }

    fn json(&self, text: &str) -> Result<Param, Failure> {
        json::parse(text).map_err(|error| {
            self.unparsed(&format!("Invalid JSON: {error}\nJSON received: {}", self.told(text)))
        })
    }

    fn shorthand(&self, text: &str) -> Result<Param, Failure> {
        shorthand::parse(text, self.files).map_err(|message| match self.told(text) {
            REDACTED => self.unparsed(&format!("Invalid shorthand: {REDACTED}")),
            _ => self.unparsed(&message),
        })
    }

    /// What was given, as messages show it.
    fn told<'t>(&self, text: &'t str) -> &'t str {
        if self.model.holds_secrets(self.member) { REDACTED } else { text }
    }

    fn unparsed(&self, reason: &str) -> Failure {
        Failure::new(USAGE, format!("Error parsing parameter '{}': {reason}", self.name))
    }

    fn is_json(&self) -> bool {
        ends_in_document(self.model, self.member.target)
    }

    fn bare(&self, item: ShapeId, words: &[String]) -> Option<Param> {
        let Kind::Structure { members, .. } = &self.shape(item).kind else { return None };
        let [member] = &members[..] else { return None };
        if self.model.service.provider() != "aws" {
            return None;
        }
        let service = names::service(self.model.service.name());
        let (operation, name) =
            (names::kebab(&self.operation.name), self.name.trim_start_matches('-'));
        BARE.contains(&(service, &*operation, name)).then(|| {
            let item = |word: &String| {
                Param::Map(Map::from_iter([(member.name.clone(), Param::Text(word.clone()))]))
            };
            Param::List(words.iter().map(item).collect())
        })
    }

    /// A structure of one text that is called `Value`.
    fn value_alone(&self, target: ShapeId, text: &str) -> Option<Param> {
        let Kind::Structure { members, .. } = &self.shape(target).kind else { return None };
        let [member] = &members[..] else { return None };
        let is_text = matches!(self.shape(member.target).kind, Kind::String | Kind::Enum(_));
        (member.name == "Value" && is_text && !text.contains('=')).then(|| {
            Param::Map(Map::from_iter([("Value".to_owned(), Param::Text(text.to_owned()))]))
        })
    }

    /// Gives the texts of shorthand their types: `BackCompatVisitor`.
    fn coerce(&self, target: ShapeId, value: &mut Param) -> Result<(), Failure> {
        let shape = self.shape(target);
        match (&shape.kind, &mut *value) {
            (Kind::Structure { members, .. } | Kind::Union { members }, Param::Map(entries)) => {
                for member in members {
                    let Some(entry) = entries.get_mut(&member.name) else { continue };
                    if let Kind::Document = self.shape(member.target).kind {
                        return Err(self.unparsed(&format!(
                            "Shorthand syntax does not support document types. Use JSON input for \
                             top-level argument to specify nested parameter: {}",
                            member.name
                        )));
                    }
                    self.coerce(member.target, entry)?;
                }
            }
            (Kind::Map(map), Param::Map(entries)) => {
                for entry in entries.values_mut() {
                    self.coerce(map.value.target, entry)?;
                }
            }
            (Kind::List(list), Param::List(items)) => {
                for item in items {
                    self.coerce(list.item.target, item)?;
                }
            }
            // One value stands for a list of it. v2 leaves it a text, which is no use.
            (Kind::List(list), single) => {
                let mut item = std::mem::replace(single, Param::Null);
                self.coerce(list.item.target, &mut item)?;
                *single = Param::List(vec![item]);
            }
            (Kind::Integer | Kind::Long, Param::Text(text)) => {
                let number = numbers::integer(text);
                *value =
                    Param::Integer(number.ok_or_else(|| {
                        Failure::new(GENERAL, numbers::no_integer(self.told(text)))
                    })?);
            }
            (Kind::Float | Kind::Double, Param::Text(text)) => {
                let number = numbers::float(text);
                *value =
                    Param::Float(number.ok_or_else(|| {
                        Failure::new(GENERAL, numbers::no_float(self.told(text)))
                    })?);
            }
            (Kind::Boolean, Param::Text(text)) if text.eq_ignore_ascii_case("true") => {
                *value = Param::Bool(true);
            }
            (Kind::Boolean, Param::Text(text)) if text.eq_ignore_ascii_case("false") => {
                *value = Param::Bool(false);
            }
            _ => {}
        }
        Ok(())
    }
}

/// Why a word is no value.
enum Unpacked {
    /// Python's message
    Number(String),
    Failure(Failure),
}

impl From<Failure> for Unpacked {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// A document, and lists and maps that come to one in the end, have no shorthand.
pub(in crate::call) fn ends_in_document(model: &Model, target: ShapeId) -> bool {
    let mut target = target;
    // A list that holds itself ends nowhere.
    for _ in 0..model.shapes.len() {
        target = match &model.shape(target).kind {
            Kind::Document => return true,
            Kind::List(list) => list.item.target,
            Kind::Map(map) => map.value.target,
            _ => return false,
        };
    }
    false
}

/// Whether values have a shorthand.
fn is_complex(model: &Model, target: ShapeId) -> bool {
    match &model.shape(target).kind {
        Kind::Structure { .. } | Kind::Union { .. } | Kind::Map(_) => true,
        Kind::List(list) => matches!(
            model.shape(list.item.target).kind,
            Kind::Structure { .. } | Kind::Union { .. } | Kind::Map(_) | Kind::List(_)
        ),
        _ => false,
    }
}
