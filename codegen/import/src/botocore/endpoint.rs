//! Endpoint rule sets: botocore's `endpoint-rule-set-1.json`
//! (<https://smithy.io/2.0/additional-specs/rules-engine/specification.html>).
//!
//! Rule sets that say the same are written in different ways: a tree around a single rule, a
//! comparison the other way round. They are brought into one form first. Most then are the same as
//! those of many other services but for the host, and become the name of a template.

use crate::ImportError;
use crate::build::{Look, Object, text};
use typefoundry_spec::Json;

/// The templates that the runtime knows, in its words: `typefoundry::aws::endpoint::TEMPLATES`.
pub(crate) const TEMPLATES: &[(&str, &str)] = &[
    ("standard", include_str!("endpoint/templates/standard.json")),
    ("govcloud", include_str!("endpoint/templates/govcloud.json")),
    ("dual-stack", include_str!("endpoint/templates/dual-stack.json")),
    ("govcloud-regions", include_str!("endpoint/templates/govcloud-regions.json")),
    ("dual-stack-global", include_str!("endpoint/templates/dual-stack-global.json")),
    ("dual-stack-first", include_str!("endpoint/templates/dual-stack-first.json")),
];

/// What a spec says under `endpoint.rules` for a rule set: `{"template": "standard", "host": "ivs"}`
/// where there is a template, the rules in their shortest form otherwise.
///
/// `file` is the rule set's, for messages.
pub fn endpoint_rules(file: &str, rule_set: &Json) -> Result<Json, ImportError> {
    let rules = Reader { file }.rule_set(rule_set)?;
    let sorted = sorted(&rules);
    let mut hosts = Vec::new();
    find_hosts(&rules, &mut hosts);
    for (id, template) in TEMPLATES {
        for host in &hosts {
            let filled = template.replace("$host", host);
            let filled = serde_json::from_str(&filled).map_err(|error| ImportError::Json {
                file: format!("the template `{id}`"),
                reason: error.to_string(),
            })?;
            if self::sorted(&Reader { file: id }.rule_set(&filled)?) == sorted {
                let mut named = Object::default();
                named.set("template", text(id));
                named.set("host", text(host));
                return Ok(named.json());
            }
        }
    }
    Ok(rules)
}

/// The keys of every object in order, so that two rule sets can be compared.
fn sorted(json: &Json) -> Json {
    match json {
        Json::Array(items) => Json::Array(items.iter().map(sorted).collect()),
        Json::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), sorted(value)));
            let mut entries: Vec<_> = entries.collect();
            entries.sort_by(|(a, _), (b, _)| a.cmp(b));
            Json::Object(entries)
        }
        other => other.clone(),
    }
}

/// What stands before the region in the URLs, without `-fips`.
fn find_hosts(json: &Json, hosts: &mut Vec<String>) {
    match json {
        Json::String(url) => {
            let rest = url.strip_prefix("https://").and_then(|rest| rest.split_once(".{"));
            if let Some((host, _)) = rest {
                let host = host.strip_suffix("-fips").unwrap_or(host);
                if !hosts.iter().any(|known| known == host) {
                    hosts.push(host.to_owned());
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| find_hosts(item, hosts)),
        Json::Object(entries) => entries.iter().for_each(|(_, value)| find_hosts(value, hosts)),
        _ => {}
    }
}

struct Reader<'a> {
    file: &'a str,
}

impl Reader<'_> {
    fn broken(&self, place: &str, reason: impl Into<String>) -> ImportError {
        ImportError::Broken {
            file: self.file.to_owned(),
            place: place.to_owned(),
            reason: reason.into(),
        }
    }

    fn only(&self, place: &str, json: &Json, keys: &[&str]) -> Result<(), ImportError> {
        let Some(entries) = json.as_object() else {
            return Err(self.broken(place, format!("it is {} and not an object", json.kind())));
        };
        match entries.iter().find(|(key, _)| !keys.contains(&key.as_str())) {
            Some((key, _)) => Err(self.broken(place, format!("nobody knows a key `{key}` here"))),
            None => Ok(()),
        }
    }

    fn items<'j>(&self, place: &str, json: &'j Json, key: &str) -> Result<&'j [Json], ImportError> {
        match json.get(key) {
            None => Ok(&[]),
            Some(Json::Array(items)) => Ok(items),
            Some(_) => Err(self.broken(place, format!("`{key}` is not an array"))),
        }
    }

    fn rule_set(&self, json: &Json) -> Result<Json, ImportError> {
        self.only("the top", json, &["version", "parameters", "rules", "documentation"])?;
        let mut parameters = Object::default();
        for (name, parameter) in json.entries_at("parameters") {
            parameters.set(name, self.parameter(&format!("parameters.{name}"), parameter)?);
        }
        let rules = self.rules("rules", self.items("the top", json, "rules")?)?;
        let mut rule_set = Object::default();
        rule_set.set("parameters", parameters.json());
        rule_set.set("rules", Json::Array(rules.into_iter().map(Rule::json).collect()));
        Ok(rule_set.json())
    }

    fn parameter(&self, place: &str, json: &Json) -> Result<Json, ImportError> {
        const KEYS: &[&str] =
            &["type", "required", "documentation", "builtIn", "default", "deprecated"];
        self.only(place, json, KEYS)?;
        let mut parameter = Object::default();
        let Some(kind) = json.text_at("type") else {
            return Err(self.broken(place, "it has no type"));
        };
        let kind = if kind == "stringArray" { kind.to_owned() } else { kind.to_lowercase() };
        parameter.set("type", text(&kind));
        parameter.text("builtIn", json.text_at("builtIn"));
        parameter.flag("required", json.flag_at("required"));
        parameter.some("default", json.get("default").cloned());
        Ok(parameter.json())
    }

    fn rules(&self, place: &str, rules: &[Json]) -> Result<Vec<Rule>, ImportError> {
        let mut all = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            let found = self.rule(&format!("{place}[{index}]"), rule)?;
            // Rules behind one that always leads somewhere are never reached.
            let end = found.iter().position(Rule::always).map_or(found.len(), |at| at + 1);
            let ends = found.iter().any(Rule::always);
            all.extend(found.into_iter().take(end));
            if ends {
                break;
            }
        }
        Ok(all)
    }

    /// A rule; the rules of a tree without conditions stand in its place.
    fn rule(&self, place: &str, json: &Json) -> Result<Vec<Rule>, ImportError> {
        const KEYS: &[&str] =
            &["conditions", "type", "rules", "error", "endpoint", "documentation"];
        self.only(place, json, KEYS)?;
        let conditions = self.items(place, json, "conditions")?.iter().enumerate();
        let conditions = conditions
            .map(|(index, it)| self.expression(&format!("{place}.conditions[{index}]"), it));
        let mut conditions = conditions.collect::<Result<Vec<_>, _>>()?;
        if let Some(error) = json.get("error") {
            let then = ("error", self.expression(&format!("{place}.error"), error)?);
            return Ok(vec![Rule { conditions, then }]);
        }
        if let Some(endpoint) = json.get("endpoint") {
            let then = ("endpoint", self.endpoint(&format!("{place}.endpoint"), endpoint)?);
            return Ok(vec![Rule { conditions, then }]);
        }
        if json.get("rules").is_none() {
            return Err(self.broken(place, "it has no `rules`, no `error` and no `endpoint`"));
        }
        let inner = self.items(place, json, "rules")?;
        let mut inner = self.rules(&format!("{place}.rules"), inner)?;
        if conditions.is_empty() {
            return Ok(inner);
        }
        if inner.len() == 1
            && let Some(only) = inner.pop()
        {
            conditions.extend(only.conditions);
            return Ok(vec![Rule { conditions, then: only.then }]);
        }
        let inner = inner.into_iter().map(Rule::json).collect();
        Ok(vec![Rule { conditions, then: ("rules", Json::Array(inner)) }])
    }

    fn endpoint(&self, place: &str, json: &Json) -> Result<Json, ImportError> {
        self.only(place, json, &["url", "properties", "headers", "documentation"])?;
        let Some(url) = json.get("url") else {
            return Err(self.broken(place, "it has no `url`"));
        };
        let mut endpoint = Object::default();
        endpoint.set("url", self.expression(place, url)?);
        for key in ["properties", "headers"] {
            let given = json.get(key).filter(|it| it.as_object() != Some(&[]));
            endpoint.some(key, given.cloned());
        }
        Ok(endpoint.json())
    }

    fn expression(&self, place: &str, json: &Json) -> Result<Json, ImportError> {
        if json.as_object().is_none() || json.get("ref").is_some() {
            return Ok(json.clone());
        }
        self.only(place, json, &["fn", "argv", "assign", "documentation"])?;
        let Some(function) = json.text_at("fn") else {
            return Err(self.broken(place, "it is neither a `ref` nor a `fn`"));
        };
        let arguments = self.items(place, json, "argv")?.iter();
        let arguments = arguments.map(|argument| self.expression(place, argument));
        let mut arguments = arguments.collect::<Result<Vec<_>, _>>()?;
        if function == "booleanEquals" && matches!(arguments.first(), Some(Json::Bool(_))) {
            arguments.reverse();
        }
        let mut call = Object::default();
        call.set("fn", text(function));
        call.set("argv", Json::Array(arguments));
        call.text("assign", json.text_at("assign"));
        Ok(call.json())
    }
}

struct Rule {
    conditions: Vec<Json>,
    then: (&'static str, Json),
}

impl Rule {
    /// Whether it leads somewhere whatever the parameters.
    fn always(&self) -> bool {
        self.conditions.is_empty() && self.then.0 != "rules"
    }

    fn json(self) -> Json {
        let mut rule = Object::default();
        if !self.conditions.is_empty() {
            rule.set("conditions", Json::Array(self.conditions));
        }
        rule.set(self.then.0, self.then.1);
        rule.json()
    }
}

#[cfg(test)]
mod tests;
