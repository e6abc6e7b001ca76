//! Operations that answer in pages: which, and from one page to the next.

mod paths;
#[cfg(test)]
mod tests;
mod token;
mod walk;
mod whole;

use super::arguments::numbers;
use super::failure;
use super::names;
use super::output::Answers;
use super::settings::Paging;
use crate::exit::{Failure, GENERAL, USAGE};
use typefoundry::client::Core;
use typefoundry::codec::{Form, Reading, json};
use typefoundry::dynamic::{ApiOperation, Dynamic};
use typefoundry::value::{Structure, View};
use typefoundry::{Error, ErrorKind};
use typefoundry_jmespath::{Object, Value, parse_query};
use typefoundry_spec::Paging as Leading;
use walk::{Keys, Leads, Walk};
pub(super) use whole::Whole;

/// Why pages do not lead on.
#[derive(Debug)]
pub(super) enum Broken {
    /// The starting token is none of this operation.
    Token(String),
    /// The pages themselves
    Pages(String),
}

impl From<Broken> for Failure {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Token(message) => Self::new(GENERAL, message),
            Broken::Pages(message) => {
                Self::new(GENERAL, format!("Error during pagination: {message}"))
            }
        }
    }
}

/// The pages of a call, one after the other.
pub(super) struct Pages<'a> {
    core: &'a Core,
    answers: Answers<'a>,
    operation: &'a ApiOperation,
    input: Dynamic<'a>,
    walk: Walk,
    ended: bool,
    /// What is wrong behind the last page
    broken: Option<Broken>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(
        core: &'a Core,
        answers: Answers<'a>,
        operation: &'a ApiOperation,
        mut input: Dynamic<'a>,
        paging: &Paging,
    ) -> Result<Self, Failure> {
        let model = answers.api.model().find_operation(&operation.schema.name);
        let pages = model.and_then(|model| model.pages.as_ref());
        let pages = pages.ok_or_else(|| Failure::new(GENERAL, "the operation has no pages"))?;
        if let Some(size) = &paging.page_size {
            let Some(name) = &pages.size else {
                let message = "PageSize parameter is not supported for the pagination interface for \
                               this operation.";
                return Err(Broken::Pages(message.to_owned()).into());
            };
            let size = page_size(&input, name, size);
            set(&mut input, "page size", name, Some(&size))?;
        }
        let mut keys = keys(pages, &input)?;
        let service = &answers.api.model().service;
        keys.knows_bytes =
            service.provider() == "aws" && names::service(service.name()) == "dynamodb";
        let walk = Walk::new(keys, paging)?;
        Ok(Self { core, answers, operation, input, walk, ended: false, broken: None })
    }

    /// The next page.
    pub(super) async fn next(&mut self) -> Result<Option<Object>, Failure> {
        if let Some(broken) = self.broken.take() {
            return Err(broken.into());
        }
        if self.ended {
            return Ok(None);
        }
        for (name, token) in self.walk.asks().into_iter().flatten() {
            set(&mut self.input, "token", name, token)?;
        }
        // Tokens that the client makes up are new for each page.
        let mut input = self.input.clone();
        let mut output = self.answers.empty(self.operation);
        self.core.fill_tokens(&mut input);
        let called = self.core.call(&self.operation.schema, &mut input, &mut output).await;
        let answers = self.answers;
        called.map_err(|error| failure::of(&error, answers.api, Some(answers)))?;
        let mut page = match self.answers.value(self.operation, &output) {
            Value::Object(page) => page,
            _ => Object::new(),
        };
        // Where pages do not lead on, this one is as good as any other.
        match self.walk.take(&mut page) {
            Ok(more) => self.ended = !more,
            Err(broken) => {
                self.ended = true;
                self.broken = Some(broken);
            }
        }
        Ok(Some(page))
    }

    /// What each page has a part of, the one that is counted first.
    pub(super) fn results(&self) -> &[String] {
        &self.walk.keys().results
    }

    /// What the first page said for all.
    pub(super) fn first(&self) -> &Object {
        self.walk.first()
    }

    /// Its parts alone of a page, also where they are nothing; of the first one with what it says for
    /// all.
    pub(super) fn parts(&self, mut page: Object, is_first: bool) -> Object {
        let mut parts = if is_first { self.first().clone() } else { Object::new() };
        for path in self.results() {
            let part = paths::take(&mut page, path).unwrap_or_default();
            paths::set(&mut parts, path, part);
        }
        parts
    }

    /// The items of a page, if they are a list.
    pub(super) fn take_items(&self, page: &mut Object) -> Option<Vec<Value>> {
        let path = self.results().first()?;
        match paths::take(page, path)? {
            Value::List(items) => Some(items),
            other => {
                paths::set(page, path, other);
                None
            }
        }
    }

    /// How many items there were so far.
    pub(super) fn items(&self) -> usize {
        self.walk.items()
    }

    /// The token to go on with, if items are left.
    pub(super) fn token(&self) -> Option<&str> {
        self.walk.token()
    }
}

fn keys(pages: &typefoundry_spec::Pages, input: &Dynamic<'_>) -> Result<Keys, Failure> {
    let results = [&pages.items].into_iter().chain(&pages.others).cloned().collect();
    let (inputs, leads) = match &pages.paging {
        Leading::Token { tokens, more } => {
            let outputs = tokens.iter().map(|(_, output)| {
                parse_query(output).map_err(|error| Failure::new(GENERAL, error.to_string()))
            });
            let outputs = outputs.collect::<Result<_, _>>()?;
            let inputs = tokens.iter().map(|(input, _)| input.clone()).collect();
            (inputs, Leads::Tokens { outputs, more: more.clone() })
        }
        Leading::Number { input: name, total } => {
            let structure: &dyn Structure = input;
            let number = |name: &str| match structure.get(name).map(|value| value.view()) {
                Some(View::Integer(number)) => Some(i64::from(number)),
                Some(View::Long(number)) => Some(number),
                _ => None,
            };
            let size = pages.size.as_deref().and_then(number);
            let first = number(name).unwrap_or(1);
            (vec![name.clone()], Leads::Numbers { total: total.clone(), first, size })
        }
    };
    Ok(Keys { inputs, leads, results, first: pages.first.clone(), knows_bytes: false })
}

/// A page's size, which is text where the operation has it as text.
fn page_size(input: &Dynamic<'_>, name: &str, size: &str) -> Value {
    let mut input = input.clone();
    let structure: &mut dyn Structure = &mut input;
    let is_text = structure
        .get_mut(name)
        .is_some_and(|value| matches!(value.slot(), typefoundry::value::Slot::String(_)));
    match numbers::integer(size).and_then(|number| i64::try_from(number).ok()) {
        Some(number) if !is_text => Value::Number(number.into()),
        _ => Value::from(size),
    }
}

/// Sets a member of the input to what it is told, or takes it out.
fn set(
    input: &mut Dynamic<'_>,
    what: &str,
    name: &str,
    value: Option<&Value>,
) -> Result<(), Failure> {
    let structure: &mut dyn Structure = input;
    let Some(member) = structure.get_mut(name) else {
        return Err(Failure::new(USAGE, format!("Unknown parameter in input: \"{name}\"")));
    };
    member.clear();
    let Some(value) = value else { return Ok(()) };
    let json = value.to_json(",", ":");
    let read = json::read(json.as_bytes(), member, Form::Model, Reading::default());
    read.map(drop).map_err(|error| {
        let error = Error::new(ErrorKind::Input, format!("the {what} does not fit: {error}"));
        Failure::new(USAGE, format!("Parameter validation failed:\n{name}: {error}"))
    })
}
