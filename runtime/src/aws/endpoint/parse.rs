//! Reading a rule set: JSON as in botocore's `endpoint-rule-set-1.json`, where empty `conditions`
//! and the `type` of a rule may be left out.
//!
//! Names are looked up here, so that a rule set that refers to what is not there is found when it
//! is read and not in a call.

use super::error::RuleSetError;
use super::functions::Function;
use super::params::{Kind, Param, Value};
use super::rules::{
    Attr, AuthRule, Compiled, Condition, EndpointRule, Expr, Piece, Property, Rule, Step, Then,
};
use super::tree::Tree;
use crate::document::{Document, Number};
use std::borrow::Cow;
use std::fmt::Write as _;

type Result<T> = std::result::Result<T, RuleSetError>;

pub(super) fn parse(text: &str) -> Result<Compiled> {
    let json: Tree<'_> = serde_json::from_str(text).map_err(|error| RuleSetError {
        place: format!("line {}, column {}", error.line(), error.column()),
        reason: "it is not JSON".to_owned(),
    })?;
    Reader::default().rule_set(&json)
}

/// How deep rules and expressions may be nested; the deepest known are 18.
const DEPTH: usize = 64;

#[derive(Default)]
struct Reader<'d> {
    /// Where it is, for messages.
    place: Vec<Part<'d>>,
    /// All names that were ever seen; the index is the place of the value.
    places: Vec<String>,
    /// The places that have a value here.
    scope: Vec<usize>,
    params: Vec<Param>,
}

enum Part<'d> {
    Key(&'d str),
    Index(usize),
}

/// What reads a part. A plain function, so that there is one reader of lists for each type in them.
type Read<'d, T> = fn(&mut Reader<'d>, &'d Tree<'d>) -> Result<T>;

impl<'d> Reader<'d> {
    fn wrong<T>(&self, reason: &str) -> Result<T> {
        Err(self.error(reason))
    }

    fn error(&self, reason: &str) -> RuleSetError {
        let mut place = String::new();
        for part in &self.place {
            // Writing to a string does not fail.
            let _ = match part {
                Part::Key(key) if place.is_empty() => place.write_str(key),
                Part::Key(key) => write!(place, ".{key}"),
                Part::Index(index) => write!(place, "[{index}]"),
            };
        }
        if place.is_empty() {
            place.push_str("the top");
        }
        RuleSetError { place, reason: reason.to_owned() }
    }

    fn enter(&mut self, part: Part<'d>) -> Result<()> {
        self.place.push(part);
        if self.place.len() > DEPTH * 3 {
            return self.wrong("it is nested too deeply");
        }
        Ok(())
    }

    fn leave(&mut self) {
        self.place.pop();
    }

    fn key<T>(&mut self, key: &'d str, json: &'d Tree<'d>, read: Read<'d, T>) -> Result<T> {
        self.enter(Part::Key(key))?;
        let value = read(self, json)?;
        self.leave();
        Ok(value)
    }

    fn each<T>(&mut self, items: &'d [Tree<'d>], read: Read<'d, T>) -> Result<Vec<T>> {
        let mut values = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            self.enter(Part::Index(index))?;
            values.push(read(self, item)?);
            self.leave();
        }
        Ok(values)
    }

    /// Each item of an array that stands under a key
    fn each_of<T>(
        &mut self,
        key: &'d str,
        items: &'d [Tree<'d>],
        read: Read<'d, T>,
    ) -> Result<Vec<T>> {
        self.enter(Part::Key(key))?;
        let values = self.each(items, read)?;
        self.leave();
        Ok(values)
    }

    /// The items of an array that stands under a key; none if the key is not there.
    fn array(&mut self, of: &'d Tree<'d>, key: &'static str) -> Result<&'d [Tree<'d>]> {
        match of.get(key) {
            None => Ok(&[]),
            Some(Tree::Array(items)) => Ok(items),
            Some(_) => {
                self.enter(Part::Key(key))?;
                self.wrong("it is not an array")
            }
        }
    }

    fn rule_set(mut self, json: &'d Tree<'d>) -> Result<Compiled> {
        if let Some(Tree::Object(params)) = json.get("parameters") {
            self.enter(Part::Key("parameters"))?;
            for (name, param) in params {
                self.enter(Part::Key(name))?;
                self.param(name, param)?;
                self.leave();
            }
            self.leave();
        }
        let Some(Tree::Array(rules)) = json.get("rules") else {
            return self.wrong("it has no array `rules`");
        };
        let rules = self.each_of("rules", rules, Self::rule)?;
        Ok(Compiled { params: self.params, places: self.places, rules })
    }

    fn param(&mut self, name: &str, json: &Tree<'_>) -> Result<()> {
        let kind = json.text("type").unwrap_or_default();
        let kind = match kind {
            "string" | "String" => Kind::Text,
            "boolean" | "Boolean" => Kind::Bool,
            "stringArray" | "StringArray" => Kind::List,
            _ => return self.wrong("its type is none of `string`, `boolean`, `stringArray`"),
        };
        let default = match json.get("default") {
            None => None,
            Some(Tree::Bool(value)) => Some(Value::Bool(*value)),
            Some(Tree::Text(text)) => Some(Value::Text(Cow::Owned(text.to_string()))),
            Some(Tree::Array(items)) => {
                let mut texts = Vec::new();
                for text in items.iter().filter_map(Tree::as_str) {
                    texts.push(Cow::Owned(text.to_owned()));
                }
                Some(Value::List(texts))
            }
            Some(_) => return self.wrong("its default is no value of a parameter"),
        };
        if default.as_ref().is_some_and(|value| !kind.takes(value)) {
            return self.wrong(&format!("its default is not {}", kind.expects()));
        }
        let built_in = json.text("builtIn").unwrap_or_default();
        self.scope.push(self.places.len());
        self.places.push(name.to_owned());
        self.params.push(Param {
            name: name.to_owned(),
            kind,
            required: matches!(json.get("required"), Some(Tree::Bool(true))),
            default,
            built_in: built_in.to_owned(),
            used: false,
        });
        Ok(())
    }

    fn rule(&mut self, json: &'d Tree<'d>) -> Result<Rule> {
        let outer = self.scope.len();
        let conditions = self.array(json, "conditions")?;
        let conditions = self.each_of("conditions", conditions, Self::condition)?;
        let kind = json.text("type");
        let then = match (json.get("rules"), json.get("error"), json.get("endpoint")) {
            (Some(Tree::Array(rules)), None, None) if matches!(kind, None | Some("tree")) => {
                Then::Rules(self.each_of("rules", rules, Self::rule)?)
            }
            (None, Some(error), None) if matches!(kind, None | Some("error")) => {
                Then::Error(self.key("error", error, Self::expr)?)
            }
            (None, None, Some(endpoint)) if matches!(kind, None | Some("endpoint")) => {
                Then::Endpoint(Box::new(self.key("endpoint", endpoint, Self::endpoint)?))
            }
            _ => return self.wrong("it is no tree of `rules`, no `error` and no `endpoint`"),
        };
        self.scope.truncate(outer);
        Ok(Rule { conditions, then })
    }

    fn condition(&mut self, json: &'d Tree<'d>) -> Result<Condition> {
        let test = self.expr(json)?;
        let assign = match json.get("assign") {
            None => None,
            Some(Tree::Text(name)) => Some(self.assign(name)?),
            Some(_) => return self.wrong("`assign` is not a name"),
        };
        Ok(Condition { test, assign })
    }

    fn assign(&mut self, name: &str) -> Result<usize> {
        if self.find(name).is_some() {
            return self.wrong(&format!("`{name}` has a value already"));
        }
        let known = self.places.iter().position(|known| known == name);
        let place = known.unwrap_or_else(|| {
            self.places.push(name.to_owned());
            self.places.len() - 1
        });
        self.scope.push(place);
        Ok(place)
    }

    fn find(&self, name: &str) -> Option<usize> {
        let is_it = |place: &&usize| self.places.get(**place).is_some_and(|known| known == name);
        self.scope.iter().find(is_it).copied()
    }

    fn reference(&mut self, name: &str) -> Result<usize> {
        let Some(place) = self.find(name) else {
            return self.wrong(&format!("nothing is called `{name}` here"));
        };
        if let Some(param) = self.params.get_mut(place) {
            param.used = true;
        }
        Ok(place)
    }

    fn endpoint(&mut self, json: &'d Tree<'d>) -> Result<EndpointRule> {
        let Some(url) = json.get("url") else {
            return self.wrong("it has no `url`");
        };
        let url = self.key("url", url, Self::expr)?;
        let mut headers = Vec::new();
        if let Some(Tree::Object(entries)) = json.get("headers") {
            for (name, values) in entries {
                let Tree::Array(values) = values else {
                    return self.wrong(&format!("the header `{name}` has no array of values"));
                };
                self.enter(Part::Key("headers"))?;
                let values = self.each_of(name, values, Self::expr)?;
                self.leave();
                headers.push((name.to_string(), values));
            }
        }
        let (mut auth, mut properties) = (Vec::new(), Vec::new());
        if let Some(Tree::Object(entries)) = json.get("properties") {
            for (name, value) in entries {
                match value {
                    Tree::Array(schemes) if name == "authSchemes" => {
                        auth = self.each_of(name, schemes, Self::auth)?;
                    }
                    value => {
                        properties.push((name.to_string(), self.key(name, value, Self::property)?));
                    }
                }
            }
        }
        Ok(EndpointRule { url, headers, auth, properties })
    }

    fn auth(&mut self, json: &'d Tree<'d>) -> Result<AuthRule> {
        let Tree::Object(entries) = json else {
            return self.wrong("an auth scheme is not an object");
        };
        let mut auth = AuthRule::default();
        for (name, value) in entries {
            match (&**name, value) {
                ("name", Tree::Text(name)) => auth.name = name.to_string(),
                ("signingName", value) => auth.signing_name = Some(self.expr(value)?),
                ("signingRegion", value) => auth.signing_region = Some(self.expr(value)?),
                ("signingRegionSet", Tree::Array(set)) => {
                    auth.signing_region_set = self.each(set, Self::expr)?;
                }
                ("disableDoubleEncoding", Tree::Bool(disable)) => {
                    auth.disable_double_encoding = *disable;
                }
                _ => auth.others.push((name.to_string(), self.property(value)?)),
            }
        }
        if auth.name.is_empty() {
            return self.wrong("an auth scheme has no name");
        }
        Ok(auth)
    }

    fn property(&mut self, json: &'d Tree<'d>) -> Result<Property> {
        Ok(match json {
            Tree::Text(text) => match self.template(text)? {
                Expr::Text(text) => Property::Fixed(Document::String(text)),
                template => Property::Text(template),
            },
            Tree::Array(items) => Property::Array(self.each(items, Self::property)?),
            Tree::Object(entries) => {
                let mut properties = Vec::new();
                for (name, value) in entries {
                    properties.push((name.to_string(), self.key(name, value, Self::property)?));
                }
                Property::Object(properties)
            }
            other => Property::Fixed(other.document()),
        })
    }

    fn expr(&mut self, json: &'d Tree<'d>) -> Result<Expr> {
        match json {
            Tree::Bool(value) => Ok(Expr::Bool(*value)),
            Tree::Number(Number::Positive(number)) => match i64::try_from(*number) {
                Ok(number) => Ok(Expr::Int(number)),
                Err(_) => self.wrong("the number is too large"),
            },
            Tree::Number(Number::Negative(number)) => Ok(Expr::Int(*number)),
            Tree::Text(text) => self.template(text),
            Tree::Object(_) => match (json.get("ref"), json.get("fn")) {
                (Some(Tree::Text(name)), None) => Ok(Expr::Place(self.reference(name)?)),
                (None, Some(Tree::Text(name))) => self.call(name, json),
                _ => self.wrong("an object is neither a `ref` nor a `fn`"),
            },
            _ => self.wrong("it is no expression"),
        }
    }

    fn call(&mut self, name: &str, json: &'d Tree<'d>) -> Result<Expr> {
        let arguments = self.array(json, "argv")?;
        if name == "getAttr" {
            let [of, Tree::Text(path)] = arguments else {
                return self.wrong("`getAttr` takes a value and a path");
            };
            self.enter(Part::Key("argv"))?;
            self.enter(Part::Index(0))?;
            let of = self.expr(of)?;
            self.leave();
            self.leave();
            return Ok(Expr::Attr(Box::new(of), self.path(path)?));
        }
        let Some((function, arity)) = Function::named(name) else {
            return self.wrong(&format!("there is no function `{name}`"));
        };
        if arity.is_some_and(|arity| arity != arguments.len()) {
            let count = arguments.len();
            return self.wrong(&format!("`{name}` does not take {count} arguments"));
        }
        if function == Function::Split && arguments.get(1).and_then(Tree::as_str) == Some("") {
            return self.wrong("`split` takes a delimiter that is not empty");
        }
        let arguments = self.each_of("argv", arguments, Self::expr)?;
        Ok(Expr::Call(function, arguments))
    }

    /// `resourceId[2]`, `a.b`, `[0]`
    fn path(&self, path: &str) -> Result<Vec<Step>> {
        let mut steps = Vec::new();
        for part in path.split('.') {
            let (name, index) = match part.split_once('[') {
                Some((name, index)) => (name, Some(index)),
                None => (part, None),
            };
            if !name.is_empty() {
                let Some(attr) = Attr::named(name) else {
                    return self.wrong(&format!("no value has an attribute `{name}`"));
                };
                steps.push(Step::Attr(attr));
            }
            if let Some(index) = index {
                let Some(index) = index.strip_suffix(']').and_then(|index| index.parse().ok())
                else {
                    return self.wrong(&format!("the index in the path `{path}` is no number"));
                };
                steps.push(Step::Index(index));
            }
        }
        if steps.is_empty() {
            return self.wrong("the path is empty");
        }
        Ok(steps)
    }

    /// `https://{Bucket}.s3.{Region}.{partition#dnsSuffix}`; doubled braces are braces.
    fn template(&mut self, text: &str) -> Result<Expr> {
        if !text.contains(['{', '}']) {
            return Ok(Expr::Text(text.to_owned()));
        }
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            literal.push_str(before);
            if let Some(after) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
                literal.push_str(from.get(..1).unwrap_or_default());
                rest = after;
                continue;
            }
            let inner = from.strip_prefix('{').and_then(|inner| inner.split_once('}'));
            let Some((inner, after)) = inner else {
                return self.wrong("a brace in a template has no other");
            };
            if !literal.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut literal)));
            }
            let (name, path) = match inner.split_once('#') {
                Some((name, path)) => (name, self.path(path)?),
                None => (inner, Vec::new()),
            };
            pieces.push(Piece::Value(self.reference(name)?, path));
            rest = after;
        }
        literal.push_str(rest);
        if pieces.is_empty() {
            return Ok(Expr::Text(literal));
        }
        if !literal.is_empty() {
            pieces.push(Piece::Text(literal));
        }
        Ok(Expr::Template(pieces))
    }
}
