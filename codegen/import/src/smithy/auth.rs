//! Auth: schemes of the service, and what an operation chooses of them.

use super::Cx;
use super::ast::Traits;
use crate::build::{Look, text};
use typefoundry_spec::Json;

/// The auth traits of Smithy, in the order of their ids, which is that of preference where the
/// service says nothing else.
const TRAITS: &[&str] = &[
    "aws.auth#sigv4",
    "aws.auth#sigv4a",
    "httpApiKeyAuth",
    "httpBasicAuth",
    "httpBearerAuth",
    "httpDigestAuth",
    "optionalAuth",
];

/// The service's schemes with their settings.
pub(super) fn of_service(cx: &mut Cx<'_>) -> Json {
    let traits = &cx.service.traits;
    let named = match traits.get("auth") {
        Some(Json::Array(items)) => items.iter().filter_map(Json::as_str).collect(),
        _ => TRAITS.iter().copied().filter(|it| traits.has(it)).collect::<Vec<_>>(),
    };
    let mut schemes: Vec<(String, Json)> = Vec::new();
    for id in named {
        let id = id.strip_prefix("smithy.api#").unwrap_or(id);
        let settings = traits.get(id).unwrap_or(&Json::Null);
        match scheme(id, settings) {
            Ok((scheme, settings)) => schemes.push((scheme.to_owned(), Json::Object(settings))),
            Err(what) => cx.note(cx.service.local(), what),
        }
    }
    if schemes.is_empty() {
        schemes.push(("none".to_owned(), Json::Object(Vec::new())));
    }
    Json::Object(schemes)
}

type Scheme = (&'static str, Vec<(String, Json)>);

fn scheme(id: &str, settings: &Json) -> Result<Scheme, String> {
    let setting = |key: &str, value: &str| vec![(key.to_owned(), text(value))];
    Ok(match id {
        "aws.auth#sigv4" | "aws.auth#sigv4a" => {
            let name = settings.text_at("name").unwrap_or_default();
            let word = if id.ends_with('a') { "sigv4a" } else { "sigv4" };
            (word, setting("name", name))
        }
        "httpBearerAuth" => ("bearer", Vec::new()),
        "httpApiKeyAuth" if settings.text_at("in") == Some("header") => {
            ("api-key", setting("header", settings.text_at("name").unwrap_or_default()))
        }
        "httpApiKeyAuth" => {
            return Err("an API key in the query cannot be said yet, and is left out".to_owned());
        }
        "noAuth" | "optionalAuth" => ("none", Vec::new()),
        other => return Err(format!("the auth scheme `{other}` is not known, and left out")),
    })
}

/// What an operation says, where it is not what the service says. AWS's own exports turn optional
/// auth into none.
pub(super) fn of_operation(cx: &mut Cx<'_>, name: &str, traits: &Traits) -> Option<Json> {
    let named: Option<Vec<&str>> = match traits.get("auth") {
        Some(Json::Array(items)) => Some(items.iter().filter_map(Json::as_str).collect()),
        _ => None,
    };
    if traits.has("optionalAuth") || named.as_ref().is_some_and(Vec::is_empty) {
        return Some(Json::Array(vec![text("none")]));
    }
    let mut schemes = Vec::new();
    for id in named? {
        let id = id.strip_prefix("smithy.api#").unwrap_or(id);
        let settings = cx.service.traits.get(id).unwrap_or(&Json::Null);
        match scheme(id, settings) {
            Ok((scheme, _)) => schemes.push(text(scheme)),
            Err(what) => cx.note(name, what),
        }
    }
    Some(Json::Array(schemes))
}
