//! The message and exit code of a call that failed.

use super::output::{self, Answers, Format};
use crate::exit::{CONFIGURATION, Failure, GENERAL, SERVICE, USAGE};
use crate::output::printable;
use crate::terminal::Color;
use std::error::Error as _;
use typefoundry::binding::read_error_members;
use typefoundry::codec::Reading;
use typefoundry::dynamic::Api;
use typefoundry::{Error, ErrorKind};
use typefoundry_jmespath::{Object, Value};
use typefoundry_spec::Kind;

mod plain;
mod s3;
#[cfg(test)]
mod tests;

/// As many elements as are shown within a line are fewer than this (`MAX_INLINE_ITEMS` of the AWS
/// CLI's `errorhandler.py`).
const INLINE: usize = 5;

/// `--cli-error-format`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A sentence
    Legacy,
    /// A sentence, and what else the error says
    Enhanced,
    /// The error as data
    Data(Format),
}

impl Form {
    /// By its name. Another one is passed over, for an error has to be told anyway.
    pub(super) fn named(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "legacy" => Self::Legacy,
            name @ ("json" | "yaml" | "text" | "table") => {
                Format::named(name).map_or(Self::Enhanced, Self::Data)
            }
            _ => Self::Enhanced,
        }
    }
}

/// A failed call of an operation of `api`, with what its error is made of where there are `answers` to
/// read it with.
pub(super) fn of(error: &Error, api: &Api, answers: Option<Answers<'_>>) -> Failure {
    let (code, name, text) = match error.kind() {
        ErrorKind::Service => {
            let message = more_to_say(error, answers);
            let message = message.as_deref().or_else(|| error.message());
            let facts = facts(error, message, answers);
            return Failure::new(SERVICE, printable(&service(error, message))).with_facts(facts);
        }
        ErrorKind::Region => (CONFIGURATION, "NoRegion", plain::region(error, api)),
        ErrorKind::Credentials => (CONFIGURATION, "NoCredentials", plain::credentials(error, api)),
        ErrorKind::Configuration => {
            (CONFIGURATION, "Configuration", plain::configuration(&with_causes(error), api))
        }
        ErrorKind::Input => (USAGE, "ParamValidation", with_causes(error)),
        // An endpoint that is no URL is among them, as it is to botocore.
        _ => {
            let text = plain::transport(error, api);
            let text = text.unwrap_or_else(|| capitalized(&with_causes(error)));
            return Failure::new(GENERAL, printable(&text));
        }
    };
    // Services and servers have a say in these texts.
    let text = printable(&text);
    let facts = named(name, &text);
    Failure::new(code, text).with_facts(facts)
}

/// What is told in place of a service's message, where that leaves out what to do.
fn more_to_say(error: &Error, answers: Option<Answers<'_>>) -> Option<String> {
    let (said, body) = (error.message()?, error.body()?);
    s3::message(answers?.api.model(), error.code()?, said, body)
}

/// A failure as it is told in a form.
pub(super) fn told(failure: Failure, form: Form, color: Color) -> Failure {
    // Only errors that have a name are data.
    let name = match failure.code() {
        USAGE => Some("ParamValidation"),
        CONFIGURATION => Some("Configuration"),
        _ => None,
    };
    let facts = failure.facts().cloned();
    let facts = facts.or_else(|| name.map(|name| named(name, failure.message())));
    let (Some(facts), code) = (facts, failure.code()) else { return failure };
    match form {
        Form::Legacy => failure,
        Form::Enhanced => {
            let more = enhanced(&facts);
            if more.is_empty() {
                return failure;
            }
            let text = format!("{}\n\n{}", failure.message().trim_end(), printable(&more));
            Failure::new(code, text)
        }
        Form::Data(format) => match output::rendered(format, "error", &Value::Object(facts), color)
        {
            Some(text) => Failure::new(code, text),
            None => failure,
        },
    }
}

fn named(name: &str, message: &str) -> Object {
    let mut facts = Object::new();
    facts.push("Code", Value::from(name));
    facts.push("Message", Value::from(message));
    facts
}

/// What an error of a service says: its message and code, and the other members that the spec has for
/// it.
fn facts(error: &Error, message: Option<&str>, answers: Option<Answers<'_>>) -> Object {
    let mut facts = Object::new();
    facts.push("Message", Value::from(message.unwrap_or_default()));
    let message = error.message().unwrap_or_default();
    facts.push("Code", Value::from(error.code().unwrap_or("Unknown")));
    if let Some(Value::Object(members)) = answers.and_then(|answers| members(error, answers)) {
        for (name, value) in members {
            // Some services have code and message among the members, the code with a place behind it.
            let text = value.to_string();
            let is_said = matches!(&name.to_lowercase()[..], "code" | "message")
                || !value.is_container()
                    && (text == message || text.split(':').next() == error.code());
            if !is_said {
                facts.push(name, value);
            }
        }
    }
    facts
}

fn members(error: &Error, answers: Answers<'_>) -> Option<Value> {
    let model = answers.api.model();
    let name = error.shape()?;
    let shape = model.shapes.iter().find(|shape| shape.name == name)?;
    let Kind::Structure { members, .. } = &shape.kind else { return None };
    let mut value = answers.api.value(name)?;
    let mut response = http::Response::new(error.body()?.clone());
    *response.status_mut() = http::StatusCode::from_u16(error.status()?).ok()?;
    *response.headers_mut() = error.headers()?.clone();
    let reading = Reading::default();
    read_error_members(answers.api.service(), &response, &mut value, reading).ok()?;
    Some(answers.structure(&value, members))
}

/// What an error says besides its message.
fn enhanced(facts: &Object) -> String {
    let others =
        facts.iter().filter(|(name, _)| !matches!(&name.to_lowercase()[..], "code" | "message"));
    let mut complex = false;
    let mut lines = String::new();
    for (name, value) in others {
        let shown = inline(value).unwrap_or_else(|| {
            complex = true;
            "<complex value>".to_owned()
        });
        lines.extend([name, ": ", &shown, "\n"]);
    }
    if lines.is_empty() {
        return lines;
    }
    let hint = if complex {
        "Use \"--cli-error-format json\" or another error format to see the full details.\n"
    } else {
        ""
    };
    format!("Additional error details:\n{lines}{hint}")
}

/// A value within a line, if it is small.
fn inline(value: &Value) -> Option<String> {
    match value {
        Value::List(items) => {
            let small = items.len() < INLINE && !items.iter().any(Value::is_container);
            let items: Vec<_> = items.iter().map(Value::to_string).collect();
            small.then(|| format!("[{}]", items.join(", ")))
        }
        Value::Object(members) => {
            let small = members.len() < INLINE && !members.iter().any(|(_, it)| it.is_container());
            let members: Vec<_> =
                members.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            small.then(|| format!("{{{}}}", members.join(", ")))
        }
        scalar => Some(scalar.to_string()),
    }
}

/// The AWS CLI's words, which scripts look for.
fn service(error: &Error, message: Option<&str>) -> String {
    let code = error.code().unwrap_or("Unknown");
    let operation = error.operation().unwrap_or_default();
    let message = match (message, error.status()) {
        (Some(message), _) if !message.is_empty() => message.to_owned(),
        (_, Some(status)) => format!("the answer gives no reason (HTTP {status})"),
        _ => "the answer gives no reason".to_owned(),
    };
    // As in botocore's `retryhandler.py`: of what might have been better the next time.
    let retries = match error.attempts() {
        attempts if error.is_exhausted() && error.is_retryable() => {
            format!(" (reached max retries: {})", attempts.saturating_sub(1))
        }
        _ => String::new(),
    };
    format!("An error occurred ({code}) when calling the {operation} operation{retries}: {message}")
}

/// What failed, and what lies behind it.
fn with_causes(error: &Error) -> String {
    causes(error).join(": ")
}

fn causes(error: &Error) -> Vec<String> {
    let mut parts = vec![error.message().unwrap_or_default().to_owned()];
    let mut source = error.source();
    while let Some(cause) = source {
        let part = cause.to_string();
        // A cause often repeats what stands above it, or says more of the same.
        if !parts.iter().any(|known| known.ends_with(&*part)) {
            parts.retain(|known| !part.starts_with(&**known));
            parts.push(part);
        }
        source = cause.source();
    }
    parts
}

/// With a capital to begin with, as the AWS CLI tells what went wrong.
pub(super) fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
