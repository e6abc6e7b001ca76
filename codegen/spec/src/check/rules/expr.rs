//! Expressions of rules: values that are written down, names that have values, functions, and texts
//! with names in them.

use super::known::{FUNCTIONS, Function, GET_ATTR, Kind};
use super::set::Set;
use super::walker::Fields;
use crate::diagnostics::{Code, codes};
use crate::json::Json;
use crate::words::{listed, nearest, suggest};

/// So many mistakes of one text are told.
const MOST: usize = 16;

/// Among so many names one is looked for that was meant: rules with more of them are made by machines.
const LOOKED_AT: usize = 1_000;

/// What is wrong, and what to do.
struct Wrong {
    code: &'static Code,
    message: String,
    help: String,
}

impl<'j> Set<'j, '_> {
    /// An expression of a kind; any other is reported.
    pub(super) fn takes(&mut self, json: &'j Json, kind: Kind, what: &str) {
        let found = self.expr(json);
        if !found.fits(kind) {
            let message = format!("{what} is {}, and this is {}", kind.phrase(), found.phrase());
            let help = format!("put {} in its place", kind.phrase());
            self.walker.value(&codes::RULES_FORM, message, help);
        }
    }

    /// What an expression is; anything if that was reported.
    fn expr(&mut self, json: &'j Json) -> Kind {
        match json {
            Json::Bool(_) => Kind::Bool,
            Json::Number(number) if number.is_i64() => Kind::Number,
            Json::String(text) => {
                self.template(text);
                Kind::Text
            }
            Json::Object(entries) if entries.iter().any(|(name, _)| name == "ref") => {
                let fields = self.walker.object(json, "a reference", &["ref"]);
                let Some((index, json)) = fields.and_then(|fields| fields.get("ref")) else {
                    return Kind::Any;
                };
                self.inside(index, |set| {
                    let Some(name) = set.walker.text(json, "`ref`") else { return Kind::Any };
                    set.reference(name).unwrap_or_else(|wrong| {
                        set.say(wrong);
                        Kind::Any
                    })
                })
            }
            Json::Object(_) => match self.walker.object(json, "a call", &["fn", "argv"]) {
                Some(fields) => self.call(&fields),
                None => Kind::Any,
            },
            _ => {
                let message = format!("{} is no value that rules know", json.kind());
                let help = "write a text, true, false, a whole number, {\"ref\": \"…\"} or \
                            {\"fn\": \"…\", \"argv\": […]}";
                self.walker.value(&codes::RULES_FORM, message, help);
                Kind::Any
            }
        }
    }

    fn say(&mut self, wrong: Wrong) {
        self.walker.value(wrong.code, wrong.message, wrong.help);
    }

    fn reference(&self, name: &str) -> Result<Kind, Wrong> {
        if let Some((_, kind)) = self.scope.iter().find(|(known, _)| *known == name) {
            return Ok(*kind);
        }
        let names: Vec<_> = self.scope.iter().map(|(name, _)| *name).collect();
        let meant = if names.len() > LOOKED_AT { None } else { nearest(name, &names) };
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!(
                "declare it under `parameters`, or `assign` it in a condition of this rule or of \
                 one around it{}",
                if names.is_empty() {
                    String::new()
                } else {
                    format!("; here are {}", listed(&names))
                }
            ),
        };
        let message = format!("nothing is called `{name}` here");
        Err(Wrong { code: &codes::RULES_NAME, message, help })
    }

    /// What a call of a function gives.
    pub(super) fn call(&mut self, fields: &Fields<'j>) -> Kind {
        let Some((index, json)) = fields.get("fn") else {
            let message = "there is neither a `fn` nor a `ref`".to_owned();
            let help = "write {\"fn\": \"…\", \"argv\": […]} to ask a function, {\"ref\": \"…\"} \
                        for the value of a name";
            self.walker.value(&codes::RULES_FORM, message, help);
            return Kind::Any;
        };
        let name = self.inside(index, |set| set.walker.text(json, "`fn`"));
        let Some(function) = name.and_then(|name| FUNCTIONS.iter().find(|it| it.name == name))
        else {
            if let Some(name) = name {
                let names: Vec<_> = FUNCTIONS.iter().map(|function| function.name).collect();
                let message = format!("there is no function `{name}`");
                let help = suggest(name, &names, "function");
                self.inside(index, |set| {
                    set.walker.value(&codes::RULES_FUNCTION, message, help);
                });
            }
            self.arguments(fields);
            return Kind::Any;
        };
        let given = match fields.get("argv") {
            Some((_, Json::Array(items))) => items.len(),
            // It is reported below.
            Some(_) => function.takes.len(),
            None => 0,
        };
        let fits =
            given == function.takes.len() || function.repeats && given > function.takes.len();
        if !fits {
            self.wrong_count(function, given, index);
            self.arguments(fields);
            return function.gives;
        }
        if function.name == GET_ATTR {
            return self.get_attr(fields);
        }
        let kinds = self.arguments(fields);
        self.wrong_kinds(function, &kinds, fields);
        if function.name == "split" {
            self.empty_delimiter(fields);
        }
        match (function.name, &kinds[..]) {
            ("ite", [_, first, second]) if first == second => *first,
            ("coalesce", [first, others @ ..]) if others.iter().all(|it| it == first) => *first,
            _ => function.gives,
        }
    }

    /// What the arguments of a call are.
    fn arguments(&mut self, fields: &Fields<'j>) -> Vec<Kind> {
        let Some((index, json)) = fields.get("argv") else { return Vec::new() };
        self.inside(index, |set| {
            let items = set.walker.array(json, "`argv`").iter().enumerate();
            items.map(|(index, json)| set.inside(index, |set| set.expr(json))).collect()
        })
    }

    fn wrong_count(&mut self, function: &Function, given: usize, index: usize) {
        let takes: Vec<_> = function.takes.iter().map(|kind| kind.phrase()).collect();
        let (name, count) = (function.name, takes.len());
        let arguments = if count == 1 { "argument" } else { "arguments" };
        let least = if function.repeats { "at least " } else { "" };
        let message = format!("`{name}` takes {least}{count} {arguments}, not {given}");
        let help = format!("write in `argv`, in this order: {}", takes.join(", "));
        self.inside(index, |set| set.walker.value(&codes::RULES_FUNCTION, message, help));
    }

    fn wrong_kinds(&mut self, function: &Function, kinds: &[Kind], fields: &Fields<'j>) {
        let Some((index, _)) = fields.get("argv") else { return };
        for (position, (kind, taken)) in kinds.iter().zip(function.takes).enumerate() {
            if kind.fits(*taken) {
                continue;
            }
            let (name, taken, kind) = (function.name, taken.phrase(), kind.phrase());
            let message = format!("`{name}` takes {taken} here, and this is {kind}");
            let help = format!("put {taken} in its place, or ask another function");
            self.inside(index, |set| {
                set.inside(position, |set| set.walker.value(&codes::RULES_FUNCTION, message, help));
            });
        }
    }

    fn empty_delimiter(&mut self, fields: &Fields<'j>) {
        let Some((index, Json::Array(items))) = fields.get("argv") else { return };
        if items.get(1).and_then(Json::as_str) == Some("") {
            self.inside(index, |set| {
                set.inside(1, |set| {
                    let message = "`split` takes a delimiter, and this is empty".to_owned();
                    let help = "write what stands between the parts, such as \"--\"";
                    set.walker.value(&codes::RULES_FUNCTION, message, help);
                });
            });
        }
    }

    fn get_attr(&mut self, fields: &Fields<'j>) -> Kind {
        let Some((index, Json::Array(items))) = fields.get("argv") else {
            self.arguments(fields);
            return Kind::Any;
        };
        let [of, path] = &items[..] else { return Kind::Any };
        self.inside(index, |set| {
            let kind = set.inside(0, |set| set.expr(of));
            set.inside(1, |set| {
                let Some(path) = set.walker.text(path, "the path of `getAttr`") else {
                    return Kind::Any;
                };
                attribute(kind, path).unwrap_or_else(|wrong| {
                    set.say(wrong);
                    Kind::Any
                })
            })
        })
    }

    /// A text with names in braces: `https://{Bucket}.s3.{Region}.{partition#dnsSuffix}`. Doubled
    /// braces are braces.
    pub(super) fn template(&mut self, text: &str) {
        let mut said: Vec<String> = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let from = &rest[at..];
            if let Some(after) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
                rest = after;
                continue;
            }
            let inner = from.strip_prefix('{').and_then(|inner| inner.split_once('}'));
            let Some((inner, after)) = inner.filter(|(inner, _)| !inner.contains('{')) else {
                let (brace, other) = if from.starts_with('{') { ('{', '}') } else { ('}', '{') };
                let message = format!("a `{brace}` in this text has no `{other}`");
                let help = "write names like {Region}, and {{ or }} for a brace of the text itself";
                self.walker.value(&codes::RULES_TEXT, message, help);
                return;
            };
            rest = after;
            if let Err(wrong) = self.piece(inner)
                && !said.contains(&wrong.message)
            {
                said.push(wrong.message.clone());
                self.say(wrong);
                if said.len() == MOST {
                    return;
                }
            }
        }
    }

    /// A name in braces; what it finds becomes a part of the text.
    fn piece(&self, inner: &str) -> Result<(), Wrong> {
        let (name, path) = match inner.split_once('#') {
            Some((name, path)) => (name, Some(path)),
            None => (inner, None),
        };
        let kind = self.reference(name)?;
        let kind = path.map_or(Ok(kind), |path| attribute(kind, path))?;
        if kind.fits(Kind::Text) || kind == Kind::Bool {
            return Ok(());
        }
        let help = match kind.attributes() {
            [(first, _), ..] => format!("name one of its attributes, like {{{name}#{first}}}"),
            [] => format!("take one of its elements, like {{{name}#[0]}}"),
        };
        let message = format!("`{inner}` is {}, which is no part of a text", kind.phrase());
        Err(Wrong { code: &codes::RULES_TEXT, message, help })
    }
}

/// What a path finds in a value: `resourceId[2]`, `name`, `[0]`
fn attribute(from: Kind, path: &str) -> Result<Kind, Wrong> {
    let wrong = |message: String, help: String| Wrong { code: &codes::RULES_NAME, message, help };
    let parts = "name an attribute, or an element: `dnsSuffix`, `resourceId[0]`";
    if path.is_empty() {
        return Err(wrong("the path is empty".to_owned(), parts.to_owned()));
    }
    let mut kind = from;
    for part in path.split('.') {
        let (name, index) = match part.split_once('[') {
            Some((name, index)) => (name, Some(index)),
            None => (part, None),
        };
        if name.is_empty() && index.is_none() {
            return Err(wrong(format!("the path `{path}` has an empty part"), parts.to_owned()));
        }
        if !name.is_empty() {
            kind = step(kind, name).map_err(|(message, help)| wrong(message, help))?;
        }
        let Some(index) = index else { continue };
        if index.strip_suffix(']').and_then(|index| index.parse::<i32>().ok()).is_none() {
            let message = format!("`[{index}` is no element of a list");
            return Err(wrong(message, "write its number, counted from zero: `[0]`".to_owned()));
        }
        if !kind.fits(Kind::List) {
            let message = format!("{} has no elements", kind.phrase());
            return Err(wrong(message, "take the brackets away".to_owned()));
        }
        kind = Kind::Text;
    }
    Ok(kind)
}

fn step(kind: Kind, name: &str) -> Result<Kind, (String, String)> {
    if kind == Kind::Any {
        return Ok(Kind::Any);
    }
    let attributes = kind.attributes();
    if let Some((_, kind)) = attributes.iter().find(|(known, _)| *known == name) {
        return Ok(*kind);
    }
    let names: Vec<_> = attributes.iter().map(|(name, _)| *name).collect();
    let message = format!("{} has no attribute `{name}`", kind.phrase());
    let help = match kind {
        Kind::List => "take an element of it, like `[0]`".to_owned(),
        Kind::Text => {
            "read it first, with `parseURL`, `aws.parseArn` or `aws.partition`".to_owned()
        }
        _ => suggest(name, &names, "attribute"),
    };
    Err((message, help))
}
