//! Evaluating rules.

use super::error::EndpointError;
use super::functions::{self, Arn, Function, Url};
use super::params::{Params, Value};
use super::partitions::Partition;
use super::rules::{AuthRule, Compiled, EndpointRule, Expr, Piece, Property, Rule, Then};
use super::values::Val;
use super::{Endpoint, EndpointAuth};
use crate::Document;
use std::borrow::Cow;
use std::rc::Rc;

type Result<T> = std::result::Result<T, EndpointError>;

pub(super) fn resolve(rules: &Compiled, params: &Params<'_>) -> Result<Endpoint> {
    let mut scope = Scope { rules, places: vec![Val::Nothing; rules.places.len()] };
    scope.fill(params)?;
    let endpoint = scope.first(&rules.rules)?;
    endpoint.ok_or_else(|| EndpointError::NoMatch(params.names().collect::<Vec<_>>().join(", ")))
}

/// The values that are known. Rules only read places that were filled on the way to them, which
/// the reader of rule sets sees to; so what rules that did not fit have left behind is harmless.
struct Scope<'a> {
    rules: &'a Compiled,
    places: Vec<Val<'a>>,
}

impl<'a> Scope<'a> {
    fn fill(&mut self, params: &'a Params<'a>) -> Result<()> {
        for (param, place) in self.rules.params.iter().zip(&mut self.places) {
            let given = params.get(&param.name);
            if let Some(value) = given
                && !param.kind.takes(value)
            {
                let (name, expected) = (param.name.clone(), param.kind.expects());
                return Err(EndpointError::Type { name, expected });
            }
            *place = match given.or(param.default.as_ref()) {
                Some(Value::Bool(value)) => Val::Bool(*value),
                Some(Value::Text(text)) => Val::Text(Cow::Borrowed(text)),
                Some(Value::List(items)) => {
                    Val::List(Rc::new(items.iter().map(|item| Cow::Borrowed(&**item)).collect()))
                }
                None if param.required => return Err(EndpointError::Missing(param.name.clone())),
                None => Val::Nothing,
            };
        }
        Ok(())
    }

    /// What the first rule that fits leads to. A tree of which no rule fits does not fit.
    fn first(&mut self, rules: &'a [Rule]) -> Result<Option<Endpoint>> {
        for rule in rules {
            if !self.fits(rule)? {
                continue;
            }
            match &rule.then {
                Then::Rules(rules) => {
                    if let Some(endpoint) = self.first(rules)? {
                        return Ok(Some(endpoint));
                    }
                }
                Then::Error(message) => return Err(EndpointError::Refused(self.text(message)?)),
                Then::Endpoint(endpoint) => return self.endpoint(endpoint).map(Some),
            }
        }
        Ok(None)
    }

    fn fits(&mut self, rule: &'a Rule) -> Result<bool> {
        for condition in &rule.conditions {
            let holds = match (self.quick(&condition.test), condition.assign) {
                (Some(holds), None) => holds,
                (_, assign) => {
                    let value = self.eval(&condition.test)?;
                    let holds = value.holds();
                    if let Some(place) = assign.and_then(|place| self.places.get_mut(place)) {
                        *place = value;
                    }
                    holds
                }
            };
            if !holds {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a condition holds, for those that most conditions are: a place against a constant.
    /// Nothing where it takes more to know.
    fn quick(&self, test: &Expr) -> Option<bool> {
        let Expr::Call(function, arguments) = test else {
            return None;
        };
        match (function, &arguments[..]) {
            (Function::IsSet, [Expr::Place(place)]) => {
                Some(!matches!(self.place(*place), Val::Nothing))
            }
            (Function::Not, [test]) => self.quick(test).map(|holds| !holds),
            (Function::BooleanEquals, [Expr::Place(place), Expr::Bool(wanted)]) => {
                match self.place(*place) {
                    Val::Bool(value) => Some(value == wanted),
                    _ => None,
                }
            }
            (Function::StringEquals, [Expr::Place(place), Expr::Text(wanted)]) => {
                match self.place(*place) {
                    Val::Text(found) => Some(found == wanted),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn endpoint(&self, rule: &'a EndpointRule) -> Result<Endpoint> {
        let mut endpoint = Endpoint { url: self.text(&rule.url)?, ..Endpoint::default() };
        for (name, values) in &rule.headers {
            endpoint.headers.push((name.clone(), self.texts(values)?));
        }
        for auth in &rule.auth {
            endpoint.auth.push(self.auth(auth)?);
        }
        endpoint.properties = self.properties(&rule.properties)?;
        Ok(endpoint)
    }

    fn texts(&self, exprs: &'a [Expr]) -> Result<Vec<String>> {
        let mut texts = Vec::with_capacity(exprs.len());
        for expr in exprs {
            texts.push(self.text(expr)?);
        }
        Ok(texts)
    }

    fn auth(&self, rule: &'a AuthRule) -> Result<EndpointAuth> {
        let optional = |text: &'a Option<Expr>| match text {
            Some(text) => self.text(text).map(Some),
            None => Ok(None),
        };
        Ok(EndpointAuth {
            name: rule.name.clone(),
            signing_name: optional(&rule.signing_name)?,
            signing_region: optional(&rule.signing_region)?,
            signing_region_set: self.texts(&rule.signing_region_set)?,
            disable_double_encoding: rule.disable_double_encoding,
            others: self.properties(&rule.others)?,
        })
    }

    fn properties(&self, properties: &'a [(String, Property)]) -> Result<Vec<(String, Document)>> {
        let mut documents = Vec::with_capacity(properties.len());
        for (name, value) in properties {
            documents.push((name.clone(), self.property(value)?));
        }
        Ok(documents)
    }

    fn property(&self, property: &'a Property) -> Result<Document> {
        Ok(match property {
            Property::Fixed(document) => document.clone(),
            Property::Text(text) => Document::String(self.text(text)?),
            Property::Array(items) => {
                let mut documents = Vec::with_capacity(items.len());
                for item in items {
                    documents.push(self.property(item)?);
                }
                Document::Array(documents)
            }
            Property::Object(entries) => {
                Document::Object(self.properties(entries)?.into_iter().collect())
            }
        })
    }

    fn eval(&self, expr: &'a Expr) -> Result<Val<'a>> {
        Ok(match expr {
            Expr::Bool(value) => Val::Bool(*value),
            Expr::Int(value) => Val::Int(*value),
            Expr::Text(text) => Val::Text(Cow::Borrowed(text)),
            Expr::Template(_) => Val::Text(Cow::Owned(self.text(expr)?)),
            Expr::Place(place) => self.place(*place).clone(),
            Expr::Attr(of, path) => match &**of {
                Expr::Place(place) => self.place(*place).at(path),
                of => self.eval(of)?.at(path),
            },
            Expr::Call(function, arguments) => self.call(*function, arguments)?,
        })
    }

    fn place(&self, place: usize) -> &Val<'a> {
        self.places.get(place).unwrap_or(&Val::Nothing)
    }

    fn call(&self, function: Function, arguments: &'a [Expr]) -> Result<Val<'a>> {
        let value =
            |index: usize| arguments.get(index).map_or(Ok(Val::Nothing), |it| self.eval(it));
        let needs = |expected, found: &Val<'_>| {
            let found = found.kind();
            EndpointError::Rule(format!("{function:?} takes {expected}, and there is {found}"))
        };
        let text = |index| match value(index)? {
            Val::Text(text) => Ok(text),
            other => Err(needs("a text", &other)),
        };
        let maybe = |index| match value(index)? {
            Val::Text(text) => Ok(Some(text)),
            Val::Nothing => Ok(None),
            other => Err(needs("a text", &other)),
        };
        let flag = |index| match value(index)? {
            Val::Bool(flag) => Ok(flag),
            other => Err(needs("true or false", &other)),
        };
        let int = |index| match value(index)? {
            Val::Int(number) => Ok(number),
            other => Err(needs("a number", &other)),
        };
        Ok(match function {
            Function::IsSet => Val::Bool(!matches!(value(0)?, Val::Nothing)),
            Function::Not => Val::Bool(!value(0)?.holds()),
            Function::BooleanEquals => Val::Bool(flag(0)? == flag(1)?),
            Function::StringEquals => Val::Bool(text(0)? == text(1)?),
            Function::Substring => {
                functions::substring(&text(0)?, int(1)?, int(2)?, flag(3)?).into()
            }
            Function::ParseUrl => {
                let url = maybe(0)?.and_then(|text| Url::parse(&text));
                url.map_or(Val::Nothing, |url| Val::Url(Rc::new(url)))
            }
            Function::IsValidHostLabel => {
                let subdomains = flag(1)?;
                let valid = |text: Cow<'_, str>| functions::is_valid_host_label(&text, subdomains);
                Val::Bool(maybe(0)?.is_some_and(valid))
            }
            Function::UriEncode => {
                maybe(0)?.map(|text| Cow::Owned(functions::uri_encode(&text))).into()
            }
            Function::Coalesce => {
                let mut found = Val::Nothing;
                for argument in arguments {
                    found = self.eval(argument)?;
                    if !matches!(found, Val::Nothing) {
                        break;
                    }
                }
                found
            }
            Function::Ite => value(if flag(0)? { 1 } else { 2 })?,
            Function::Split => Val::List(Rc::new(functions::split(&text(0)?, &text(1)?, int(2)?))),
            // Without a region it is the first partition, as in botocore.
            Function::Partition => Val::Partition(Partition::of(&maybe(0)?.unwrap_or_default())),
            Function::ParseArn => {
                let arn = maybe(0)?.and_then(|text| Arn::parse(&text));
                arn.map_or(Val::Nothing, |arn| Val::Arn(Rc::new(arn)))
            }
            Function::IsVirtualHostableS3Bucket => {
                let subdomains = flag(1)?;
                let valid = |text: Cow<'_, str>| {
                    functions::is_virtual_hostable_s3_bucket(&text, subdomains)
                };
                Val::Bool(maybe(0)?.is_some_and(valid))
            }
        })
    }

    fn text(&self, expr: &'a Expr) -> Result<String> {
        let Expr::Template(pieces) = expr else {
            return match self.eval(expr)? {
                Val::Text(text) => Ok(text.into_owned()),
                other => {
                    let found = other.kind();
                    Err(EndpointError::Rule(format!("a text is needed, and there is {found}")))
                }
            };
        };
        let mut text = String::with_capacity(64);
        for piece in pieces {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Value(place, path) => match self.place(*place).at(path) {
                    Val::Text(value) => text.push_str(&value),
                    Val::Bool(value) => text.push_str(if value { "true" } else { "false" }),
                    other => {
                        let name = self.rules.places.get(*place).map_or("", |name| name);
                        let found = other.kind();
                        return Err(EndpointError::Rule(format!(
                            "`{name}` is part of a text, and it is {found}"
                        )));
                    }
                },
            }
        }
        Ok(text)
    }
}
