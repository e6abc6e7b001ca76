//! A rule set: parameters, rules, and the endpoints that they lead to.

use super::known::{BUILT_INS, Kind, SCHEMES, TYPES};
use super::walker::{Fields, Walker, entries};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::json::Json;
use crate::location::{At, Span};
use crate::model::is_header_name;
use crate::words::{nearest, suggest};

/// What a rule leads to: the key that says so and the `type` that goes with it.
const LEADS: [(&str, &str); 3] = [("endpoint", "endpoint"), ("error", "error"), ("rules", "tree")];

/// Looks through a rule set.
pub(super) struct Set<'j, 'd> {
    pub(super) walker: Walker<'d>,
    /// The names that have values here, and what these are; first the parameters.
    pub(super) scope: Vec<(&'j str, Kind)>,
}

/// Reports what is wrong with a rule set, and says which parameters it declares.
pub(super) fn check<'j>(
    json: &'j Json,
    at: At,
    diagnostics: &mut Diagnostics,
) -> Vec<(&'j str, Kind)> {
    let mut set = Set { walker: Walker::new(diagnostics, at), scope: Vec::new() };
    let keys = &["version", "parameters", "rules", "documentation"];
    let Some(fields) = set.walker.object(json, "a rule set", keys) else { return Vec::new() };
    if let Some((index, json)) = fields.get("parameters") {
        set.inside(index, |set| set.parameters(json));
    }
    let params = set.scope.clone();
    match fields.get("rules") {
        Some((index, json)) => set.inside(index, |set| set.rules(json)),
        None if fields.lacks(&["rules"]) => set.walker.key(
            &codes::RULES_FORM,
            "the rule set has no `rules`".to_owned(),
            "add `rules`, or name a template: {\"template\": \"standard\", \"host\": \"…\"}",
        ),
        None => {}
    }
    params
}

impl<'j> Set<'j, '_> {
    pub(super) fn inside<T>(&mut self, index: usize, look: impl FnOnce(&mut Self) -> T) -> T {
        self.walker.enter(index);
        let found = look(self);
        self.walker.leave();
        found
    }

    fn parameters(&mut self, json: &'j Json) {
        if json.as_object().is_none() {
            let message = format!("`parameters` is an object, not {}", json.kind());
            let help = "write {\"Region\": {\"type\": \"string\", \"builtIn\": \"AWS::Region\"}}";
            self.walker.value(&codes::RULES_FORM, message, help);
        }
        for (index, name, json) in entries(json) {
            let kind = self.inside(index, |set| set.parameter(name, json));
            self.scope.push((name, kind));
        }
    }

    fn parameter(&mut self, name: &str, json: &'j Json) -> Kind {
        let keys = &["type", "required", "default", "builtIn", "documentation", "deprecated"];
        let Some(fields) = self.walker.object(json, "a parameter", keys) else {
            return Kind::Any;
        };
        let mut kind = Kind::Any;
        if let Some((index, json)) = fields.get("type") {
            kind = self.inside(index, |set| set.parameter_type(json));
        } else if fields.lacks(&["type"]) {
            let message = format!("the parameter `{name}` has no `type`");
            let help = "add `type`: `string`, `boolean` or `stringArray`";
            self.walker.key(&codes::RULES_PARAMETER, message, help);
        }
        if let Some((index, json)) = fields.get("required") {
            self.inside(index, |set| set.walker.flag(json, "`required`"));
        }
        if let Some((index, json)) = fields.get("default") {
            self.inside(index, |set| set.default(name, kind, json));
        }
        if let Some((index, json)) = fields.get("builtIn") {
            self.inside(index, |set| set.built_in(name, kind, json));
        }
        kind
    }

    fn parameter_type(&mut self, json: &Json) -> Kind {
        let Some(word) = self.walker.text(json, "`type`") else { return Kind::Any };
        if let Some((_, kind)) = TYPES.iter().find(|(name, _)| *name == word) {
            return *kind;
        }
        let message = format!("a parameter is of no type `{word}`");
        let help = suggest(word, &["string", "boolean", "stringArray"], "type");
        self.walker.value(&codes::RULES_PARAMETER, message, help);
        Kind::Any
    }

    /// The runtime takes a default for a value that was given.
    fn default(&mut self, name: &str, kind: Kind, json: &Json) {
        let is_text = |json: &Json| matches!(json, Json::String(_));
        let fits = match (kind, json) {
            (Kind::Any, _) | (Kind::Text, Json::String(_)) | (Kind::Bool, Json::Bool(_)) => true,
            (Kind::List, Json::Array(items)) => items.iter().all(is_text),
            _ => false,
        };
        if !fits {
            let message =
                format!("`{name}` is {}, and its default is {}", kind.phrase(), json.kind());
            let help = match kind {
                Kind::Bool => "write true or false, without quotes",
                Kind::List => "write it in brackets, like [\"…\"]",
                _ => "write it in double quotes",
            };
            self.walker.value(&codes::RULES_PARAMETER, message, help);
        }
    }

    fn built_in(&mut self, name: &str, kind: Kind, json: &Json) {
        let Some(word) = self.walker.text(json, "`builtIn`") else { return };
        let names: Vec<_> = BUILT_INS.iter().map(|(name, _)| *name).collect();
        let Some((_, own)) = BUILT_INS.iter().find(|(name, _)| *name == word) else {
            let message = format!("clients have no setting `{word}`");
            let help = suggest(word, &names, "setting");
            self.walker.value(&codes::RULES_PARAMETER, message, help);
            return;
        };
        if !kind.fits(*own) {
            let message = format!("`{word}` is {}, and `{name}` is another type", own.phrase());
            let word = TYPES.iter().find(|(_, kind)| kind == own).map_or("", |(word, _)| word);
            let help = format!("make the parameter's `type` `{word}`, or name another setting");
            self.walker.value(&codes::RULES_PARAMETER, message, help);
        }
    }

    fn rules(&mut self, json: &'j Json) {
        let rules = self.walker.array(json, "`rules`");
        if matches!(json, Json::Array(_)) && rules.is_empty() {
            let message = "there is no rule, so no call has an endpoint".to_owned();
            let help = "add a rule, such as {\"endpoint\": {\"url\": \"https://…\"}}";
            self.walker.value(&codes::RULES_FORM, message, help);
        }
        let mut ending = None;
        for (index, rule) in rules.iter().enumerate() {
            if let Some(ending) = ending {
                self.unreached(ending, index);
            }
            // Of what follows, the first is enough to say.
            ending = is_always(rule).then_some(index);
            self.inside(index, |set| set.rule(rule));
        }
    }

    fn unreached(&mut self, ending: usize, index: usize) {
        let there = self.inside(ending, |set| set.walker.at());
        let here = self.inside(index, |set| set.walker.at());
        let message = "the rule before this one has no conditions, so this one is never reached";
        self.walker.push(
            Diagnostic::new(&codes::RULES_UNREACHED, Span::value(here), message)
                .related(Span::value(there), "this one always leads somewhere")
                .help("give the rule before it conditions, or remove this one"),
        );
    }

    fn rule(&mut self, json: &'j Json) {
        let keys = &["conditions", "type", "rules", "error", "endpoint", "documentation"];
        let Some(fields) = self.walker.object(json, "a rule", keys) else { return };
        let outer = self.scope.len();
        if let Some((index, json)) = fields.get("conditions") {
            self.inside(index, |set| {
                for (index, json) in set.walker.array(json, "`conditions`").iter().enumerate() {
                    set.inside(index, |set| set.condition(json));
                }
            });
        }
        self.leads(&fields);
        if let Some((index, json)) = fields.get("endpoint") {
            self.inside(index, |set| set.endpoint(json));
        }
        if let Some((index, json)) = fields.get("error") {
            self.inside(index, |set| set.takes(json, Kind::Text, "an error"));
        }
        if let Some((index, json)) = fields.get("rules") {
            self.inside(index, |set| set.rules(json));
        }
        self.scope.truncate(outer);
    }

    /// A rule leads to one thing, and its `type` says which.
    fn leads(&mut self, fields: &Fields<'_>) {
        let there: Vec<_> = LEADS
            .iter()
            .filter_map(|(key, word)| fields.get(key).map(|(index, _)| (*key, *word, index)))
            .collect();
        match there[..] {
            [(key, word, _)] => {
                let Some((index, json)) = fields.get("type") else { return };
                self.inside(index, |set| {
                    let given = set.walker.text(json, "`type`");
                    if given.is_some_and(|given| given != word) {
                        let message = format!("`type` is {json}, and the rule has `{key}`");
                        let help = format!("write \"{word}\", or leave `type` out");
                        set.walker.value(&codes::RULES_FORM, message, help);
                    }
                });
            }
            [] => {
                if fields.lacks(&LEADS.map(|(key, _)| key)) {
                    let message = "the rule leads nowhere".to_owned();
                    let help = "give it an `endpoint`, an `error` or `rules`";
                    self.walker.value(&codes::RULES_FORM, message, help);
                }
            }
            [(first, ..), (second, _, index), ..] => self.inside(index, |set| {
                let message = format!("the rule leads to `{first}` and to `{second}`");
                let help = "keep one of them: make two rules where both are meant";
                set.walker.key(&codes::RULES_FORM, message, help);
            }),
        }
    }

    fn condition(&mut self, json: &'j Json) {
        let keys = &["fn", "argv", "assign", "documentation"];
        if json.get("ref").is_some() && json.get("fn").is_none() {
            let message = "a condition asks a function, and this is a value".to_owned();
            let help = "write {\"fn\": \"isSet\", \"argv\": […]} or {\"fn\": \"booleanEquals\", \
                        \"argv\": […, true]} around it";
            self.walker.value(&codes::RULES_FORM, message, help);
            return;
        }
        let Some(fields) = self.walker.object(json, "a condition", keys) else { return };
        let kind = self.call(&fields);
        let Some((index, json)) = fields.get("assign") else { return };
        self.inside(index, |set| {
            let Some(name) = set.walker.text(json, "`assign`") else { return };
            if set.scope.iter().any(|(known, _)| *known == name) {
                let message = format!("`{name}` has a value already");
                set.walker.value(&codes::RULES_NAME, message, "assign it to another name");
            } else {
                set.scope.push((name, kind));
            }
        });
    }

    fn endpoint(&mut self, json: &'j Json) {
        let keys = &["url", "headers", "properties", "documentation"];
        let Some(fields) = self.walker.object(json, "an endpoint", keys) else { return };
        match fields.get("url") {
            Some((index, json)) => self.inside(index, |set| set.url(json)),
            None if fields.lacks(&["url"]) => {
                let message = "the endpoint has no `url`".to_owned();
                let help = "add `url`, such as \"https://ivs.{Region}.amazonaws.com\"";
                self.walker.key(&codes::RULES_FORM, message, help);
            }
            None => {}
        }
        if let Some((index, json)) = fields.get("headers") {
            self.inside(index, |set| set.headers(json));
        }
        if let Some((index, json)) = fields.get("properties") {
            self.inside(index, |set| set.properties(json));
        }
    }

    fn url(&mut self, json: &'j Json) {
        self.takes(json, Kind::Text, "`url`");
        // What begins with a value may be anything.
        let Some(url) = json.as_str().filter(|url| !url.starts_with('{')) else { return };
        if !url.starts_with("https://") && !url.starts_with("http://") {
            let message = format!("`{url}` does not start with https:// or http://");
            let help = "write it like https://ivs.{Region}.amazonaws.com";
            self.walker.value(&codes::RULES_FORM, message, help);
        }
    }

    fn headers(&mut self, json: &'j Json) {
        if json.as_object().is_none() {
            let message = format!("`headers` is an object, not {}", json.kind());
            let help = "write it like {\"x-name\": [\"value\"]}";
            self.walker.value(&codes::RULES_FORM, message, help);
        }
        for (index, name, json) in entries(json) {
            self.inside(index, |set| {
                if !is_header_name(name) {
                    let message = format!("`{name}` is not a header name");
                    let help = "write it in letters, digits and hyphens";
                    set.walker.key(&codes::RULES_FORM, message, help);
                }
                set.texts(json, &format!("the header `{name}`"));
            });
        }
    }

    /// An array of texts.
    fn texts(&mut self, json: &'j Json, what: &str) {
        for (index, json) in self.walker.array(json, what).iter().enumerate() {
            self.inside(index, |set| set.takes(json, Kind::Text, what));
        }
    }

    fn properties(&mut self, json: &'j Json) {
        const KNOWN: &[&str] = &["authSchemes", "backend", "metricValues"];
        if json.as_object().is_none() {
            let message = format!("`properties` is an object, not {}", json.kind());
            let help = "write it in braces, like {\"authSchemes\": […]}";
            self.walker.value(&codes::RULES_FORM, message, help);
        }
        for (index, name, json) in entries(json) {
            self.inside(index, |set| {
                if name == "authSchemes" {
                    for (index, json) in set.walker.array(json, "`authSchemes`").iter().enumerate()
                    {
                        set.inside(index, |set| set.auth(json));
                    }
                    return;
                }
                // Endpoints may have any property, but hardly one that is called almost so.
                if let Some(meant) = nearest(name, KNOWN).filter(|meant| *meant != name) {
                    let message = format!("an endpoint has no property `{name}`");
                    let help = format!("did you mean `{meant}`?");
                    set.walker.key(&codes::RULES_FORM, message, help);
                }
                set.property(json);
            });
        }
    }

    /// JSON with templates for texts.
    fn property(&mut self, json: &'j Json) {
        match json {
            Json::String(text) => self.template(text),
            Json::Array(items) => {
                for (index, json) in items.iter().enumerate() {
                    self.inside(index, |set| set.property(json));
                }
            }
            Json::Object(_) => {
                for (index, _, json) in entries(json) {
                    self.inside(index, |set| set.property(json));
                }
            }
            _ => {}
        }
    }

    fn auth(&mut self, json: &'j Json) {
        const KEYS: &[&str] = &[
            "name",
            "signingName",
            "signingRegion",
            "signingRegionSet",
            "disableDoubleEncoding",
            "disableNormalizePath",
        ];
        let Some(fields) = self.walker.object(json, "an auth scheme", KEYS) else { return };
        match fields.get("name") {
            Some((index, json)) => self.inside(index, |set| {
                let Some(name) = set.walker.text(json, "`name`") else { return };
                if !SCHEMES.contains(&name) {
                    let message = format!("there is no auth scheme `{name}`");
                    let help = suggest(name, SCHEMES, "scheme");
                    set.walker.value(&codes::UNKNOWN_AUTH, message, help);
                }
            }),
            None if fields.lacks(&["name"]) => {
                let message = "the auth scheme has no `name`".to_owned();
                self.walker.value(&codes::RULES_FORM, message, "add `name`, such as \"sigv4\"");
            }
            None => {}
        }
        for key in ["signingName", "signingRegion"] {
            if let Some((index, json)) = fields.get(key) {
                self.inside(index, |set| set.takes(json, Kind::Text, &format!("`{key}`")));
            }
        }
        if let Some((index, json)) = fields.get("signingRegionSet") {
            self.inside(index, |set| set.texts(json, "`signingRegionSet`"));
        }
        for key in ["disableDoubleEncoding", "disableNormalizePath"] {
            if let Some((index, json)) = fields.get(key) {
                self.inside(index, |set| set.walker.flag(json, &format!("`{key}`")));
            }
        }
    }
}

/// Whether a rule leads somewhere whatever the parameters are.
fn is_always(rule: &Json) -> bool {
    let is_free = match rule.get("conditions") {
        None => true,
        Some(Json::Array(conditions)) => conditions.is_empty(),
        Some(_) => false,
    };
    let leads = match rule.get("rules") {
        Some(Json::Array(rules)) => rules.iter().any(is_always),
        Some(_) => false,
        None => rule.get("endpoint").is_some() || rule.get("error").is_some(),
    };
    is_free && leads
}
