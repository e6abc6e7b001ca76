//! What `JMESPath` expressions lead to, by the shapes of a spec.

use crate::model::{Kind, Member, Model, ShapeId};
use crate::words::suggest;
use typefoundry_jmespath::{Expr, Function, Value};

/// What an expression is asked of, and what it finds.
#[derive(Clone, Debug)]
pub(super) enum Found<'m> {
    /// A value of a shape
    Shape(ShapeId),
    /// The members of an input or an output
    Members(&'static str, &'m [Member]),
    /// A list of these
    List(Box<Self>),
    /// An object of an input and an output
    Both(&'m [Member], &'m [Member]),
    /// True or false
    Bool,
    /// A number
    Number,
    /// Text
    Text,
    /// Anything
    Any,
}

/// Why an expression leads nowhere, and what can be done.
#[derive(Debug)]
pub(super) struct Lost {
    pub(super) what: String,
    pub(super) help: String,
}

pub(super) fn find<'m>(model: &'m Model, expr: &Expr, from: &Found<'m>) -> Result<Found<'m>, Lost> {
    let find = |expr, from: &Found<'m>| find(model, expr, from);
    Ok(match expr {
        Expr::Current => from.clone(),
        Expr::Member(name) => member(model, from, name)?,
        Expr::Index(_) => elements(model, from)?,
        Expr::Literal(literal) => match literal {
            Value::Bool(_) => Found::Bool,
            Value::Number(_) => Found::Number,
            Value::Text(_) => Found::Text,
            Value::Null | Value::List(_) | Value::Object(_) => Found::Any,
        },
        // These are not for specs, and no expression that was read for one has them.
        Expr::Slice(_) | Expr::Object(_) | Expr::Reference(_) => Found::Any,
        Expr::Then(first, then) => find(then, &find(first, from)?)?,
        Expr::Flatten(of) => {
            let element = elements(model, &find(of, from)?)?;
            // Elements that are lists themselves go up.
            let inner = if is_list(model, &element) { elements(model, &element)? } else { element };
            Found::List(Box::new(inner))
        }
        Expr::Each(of, then) => {
            let element = elements(model, &find(of, from)?)?;
            Found::List(Box::new(find(then, &element)?))
        }
        Expr::EachValue(of, then) => {
            let found = find(of, from)?;
            let value = match &found {
                Found::Shape(id) => match &model.shape(*id).kind {
                    Kind::Map(map) => Found::Shape(map.value.target),
                    Kind::Structure { .. } | Kind::Union { .. } | Kind::Document => Found::Any,
                    _ => return Err(no_object(model, &found)),
                },
                Found::Members(..) | Found::Both(..) | Found::Any => Found::Any,
                _ => return Err(no_object(model, &found)),
            };
            Found::List(Box::new(find(then, &value)?))
        }
        Expr::Filter { of, condition, then } => {
            let element = elements(model, &find(of, from)?)?;
            find(condition, &element)?;
            Found::List(Box::new(find(then, &element)?))
        }
        Expr::Compare(_, a, b) => {
            find(a, from)?;
            find(b, from)?;
            Found::Bool
        }
        Expr::And(a, b) | Expr::Or(a, b) => {
            find(a, from)?;
            find(b, from)?
        }
        Expr::Not(inner) => {
            find(inner, from)?;
            Found::Bool
        }
        Expr::List(items) => {
            for item in items {
                find(item, from)?;
            }
            Found::List(Box::new(Found::Any))
        }
        Expr::Call(function, arguments) => {
            for argument in arguments {
                find(argument, from)?;
            }
            match function {
                Function::Length => Found::Number,
                Function::Contains | Function::StartsWith | Function::EndsWith => Found::Bool,
                Function::Keys => Found::List(Box::new(Found::Text)),
                Function::Values => Found::List(Box::new(Found::Any)),
                _ => Found::Any,
            }
        }
    })
}

/// Whether it is a list, or may be one.
pub(super) fn is_list(model: &Model, found: &Found<'_>) -> bool {
    match found {
        Found::List(_) => true,
        Found::Shape(id) => matches!(model.shape(*id).kind, Kind::List(_)),
        _ => false,
    }
}

/// Whether it may be a text, or true or false.
pub(super) fn may_be(model: &Model, found: &Found<'_>, text: bool) -> bool {
    match found {
        Found::Any => true,
        Found::Text => text,
        Found::Bool => !text,
        Found::Shape(id) => match model.shape(*id).kind {
            Kind::Document => true,
            Kind::String | Kind::Enum(_) => text,
            Kind::Boolean => !text,
            _ => false,
        },
        _ => false,
    }
}

/// What the elements of a list are; nothing if it is surely none.
pub(super) fn elements<'m>(model: &Model, found: &Found<'m>) -> Result<Found<'m>, Lost> {
    match found {
        Found::Any => Ok(Found::Any),
        Found::List(element) => Ok((**element).clone()),
        Found::Shape(id) => match &model.shape(*id).kind {
            Kind::List(list) => Ok(Found::Shape(list.item.target)),
            Kind::Document => Ok(Found::Any),
            kind => Err(Lost {
                what: format!("takes elements of {}", with_article(kind.word())),
                help: "take brackets away, or name a list in front of them".to_owned(),
            }),
        },
        other => Err(Lost {
            what: format!("takes elements of {}", name(model, other)),
            help: "take brackets away, or name a list in front of them".to_owned(),
        }),
    }
}

fn member<'m>(model: &'m Model, from: &Found<'m>, name: &str) -> Result<Found<'m>, Lost> {
    let (owner, members) = match from {
        Found::Any => return Ok(Found::Any),
        Found::Members(owner, members) => ((*owner).to_owned(), *members),
        Found::Both(input, output) => {
            return match name {
                "input" => Ok(Found::Members("the input", input)),
                "output" => Ok(Found::Members("the output", output)),
                _ => Err(Lost {
                    what: format!("names `{name}`, where there are `input` and `output`"),
                    help: "begin with one of them".to_owned(),
                }),
            };
        }
        Found::Shape(id) => {
            let shape = model.shape(*id);
            match &shape.kind {
                Kind::Document => return Ok(Found::Any),
                Kind::Map(map) => return Ok(Found::Shape(map.value.target)),
                Kind::Structure { members, .. } | Kind::Union { members } => {
                    (format!("`{}`", shape.name), &members[..])
                }
                _ => return Err(no_owner(model, from, name)),
            }
        }
        _ => return Err(no_owner(model, from, name)),
    };
    let Some(member) = members.iter().find(|member| member.name == name) else {
        let known: Vec<_> = members.iter().map(|member| member.name.as_str()).collect();
        let what = format!("names `{name}`, which is no member of {owner}");
        return Err(Lost { what, help: suggest(name, &known, "member") });
    };
    Ok(Found::Shape(member.target))
}

fn no_owner(model: &Model, from: &Found<'_>, member: &str) -> Lost {
    let help = if is_list(model, from) {
        "put `[]` behind the list, for a member of each element"
    } else {
        "end the path before it"
    };
    let what = format!("asks {} for a member `{member}`", name(model, from));
    Lost { what, help: help.to_owned() }
}

fn no_object(model: &Model, found: &Found<'_>) -> Lost {
    let help = if is_list(model, found) { "write `[]` in place of `.*`" } else { "end it before" };
    let what = format!("asks {} for the values of its members", name(model, found));
    Lost { what, help: help.to_owned() }
}

fn name(model: &Model, found: &Found<'_>) -> String {
    match found {
        Found::Shape(id) => with_article(model.shape(*id).kind.word()),
        Found::Members(owner, _) => (*owner).to_owned(),
        Found::List(_) => "a list".to_owned(),
        Found::Both(..) => "input and output".to_owned(),
        Found::Bool => "true or false".to_owned(),
        Found::Number => "a number".to_owned(),
        Found::Text => "a text".to_owned(),
        Found::Any => "a value".to_owned(),
    }
}

fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {word}")
}
