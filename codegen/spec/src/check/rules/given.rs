//! What operations and members give to the parameters of the rules.

use super::known::Kind;
use crate::check::expressions::{self, Found};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::location::{At, Span};
use crate::model::{self, EndpointParam, Model, Operation, ParamValue};
use crate::words::suggest;
use typefoundry_jmespath::{Expr, Function};

pub(super) fn check(model: &Model, declared: &[(&str, Kind)], diagnostics: &mut Diagnostics) {
    for operation in &model.operations {
        for EndpointParam { name, value, at } in &operation.endpoint_params {
            let at = *at;
            let Some(kind) = find(name, declared) else {
                undeclared(name, declared, Span::key(at), diagnostics);
                continue;
            };
            match value {
                ParamValue::Bool(_) => misfit(name, kind, Kind::Bool, at, diagnostics),
                ParamValue::String(_) => misfit(name, kind, Kind::Text, at, diagnostics),
                ParamValue::Path(path) => {
                    let at = diagnostics.entry(at, "path");
                    self::path(model, operation, (path, at), (name, kind), diagnostics);
                }
            }
        }
        for member in &operation.input {
            let Some(name) = &member.endpoint_param else { continue };
            let at = diagnostics.entry(member.at, "endpointParam");
            match find(name, declared) {
                Some(kind) => {
                    let own = member_kind(model, &model.shape(member.target).kind);
                    misfit(name, kind, own, at, diagnostics);
                }
                None => undeclared(name, declared, Span::value(at), diagnostics),
            }
        }
    }
}

fn find(name: &str, declared: &[(&str, Kind)]) -> Option<Kind> {
    declared.iter().find_map(|(known, kind)| (*known == name).then_some(*kind))
}

/// The rules would never see it.
fn undeclared(name: &str, declared: &[(&str, Kind)], span: Span, diagnostics: &mut Diagnostics) {
    let names: Vec<_> = declared.iter().map(|(name, _)| *name).collect();
    let message = format!("the endpoint's rules have no parameter `{name}`");
    diagnostics.push(Diagnostic::new(&codes::ENDPOINT_PARAM, span, message).help(suggest(
        name,
        &names,
        "parameter",
    )));
}

/// What a member of that kind gives; a number where no parameter takes it.
fn member_kind(model: &Model, kind: &model::Kind) -> Kind {
    match kind {
        model::Kind::String | model::Kind::Enum(_) => Kind::Text,
        model::Kind::Boolean => Kind::Bool,
        model::Kind::Document => Kind::Any,
        model::Kind::List(list) => match model.shape(list.item.target).kind {
            model::Kind::String | model::Kind::Enum(_) | model::Kind::Document => Kind::List,
            _ => Kind::Number,
        },
        _ => Kind::Number,
    }
}

fn misfit(name: &str, kind: Kind, given: Kind, at: At, diagnostics: &mut Diagnostics) {
    if given.fits(kind) {
        return;
    }
    let message = match given {
        Kind::Number => format!("the parameter `{name}` is {}, and this is none", kind.phrase()),
        given => {
            format!("the parameter `{name}` is {}, and this is {}", kind.phrase(), given.phrase())
        }
    };
    let help = format!("give it {}, or name another parameter", kind.phrase());
    diagnostics.push(Diagnostic::new(&codes::ENDPOINT_PARAM, Span::value(at), message).help(help));
}

/// A path that leads nowhere finds no value, and the rules would take the default.
fn path(
    model: &Model,
    operation: &Operation,
    (path, at): (&str, At),
    (name, kind): (&str, Kind),
    diagnostics: &mut Diagnostics,
) {
    let mut report = |message: String, help: &str| {
        let span = Span::value(at);
        diagnostics.push(Diagnostic::new(&codes::ENDPOINT_PARAM, span, message).help(help));
    };
    let way = "write members with dots between, `[*]` behind a list, or `keys(…)` of a map";
    let expr = match typefoundry_jmespath::parse(path) {
        Ok(expr) => expr,
        Err(error) => return report(format!("the path cannot be read: {error}"), way),
    };
    if !is_simple(&expr) {
        return report(format!("`{path}` is more than a path to a parameter may be"), way);
    }
    let found =
        match expressions::find(model, &expr, &Found::Members("the input", &operation.input)) {
            Ok(found) => found,
            Err(lost) => return report(format!("the path {}", lost.what), &lost.help),
        };
    let fits = match kind {
        Kind::Text => expressions::may_be(model, &found, true),
        Kind::List => expressions::elements(model, &found)
            .is_ok_and(|element| expressions::may_be(model, &element, true)),
        Kind::Any => true,
        _ => false,
    };
    if !fits {
        let message =
            format!("the parameter `{name}` is {}, and the path finds none", kind.phrase());
        report(message, "look at another member");
    }
}

/// Whether it is of the part of `JMESPath` that the runtime follows:
/// <https://smithy.io/2.0/additional-specs/rules-engine/parameters.html>
fn is_simple(expr: &Expr) -> bool {
    match expr {
        Expr::Current | Expr::Member(_) => true,
        Expr::Then(first, then) | Expr::Each(first, then) => is_simple(first) && is_simple(then),
        Expr::Flatten(of) => is_simple(of),
        Expr::List(items) => items.iter().all(is_simple),
        Expr::Call(Function::Keys, arguments) => arguments.iter().all(is_simple),
        _ => false,
    }
}
