//! The model's shapes, with what mixins and `apply` add to them.

use crate::Note;
use crate::build::Look;
use std::collections::HashMap;
use typefoundry_spec::Json;

/// All shapes, in the order of the model.
#[derive(Debug)]
pub(super) struct Ast {
    pub(super) shapes: Vec<Shape>,
    index: HashMap<String, usize>,
}

/// A shape.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    /// Its namespace and name: `com.example#Note`
    pub(super) id: String,
    /// `structure`, `list`, `string` and so on; a set is a list
    pub(super) kind: String,
    pub(super) traits: Traits,
    /// The members; a list has `member`, a map `key` and `value`
    pub(super) members: Vec<Member>,
    /// Everything else, as the model has it
    pub(super) raw: JsonOrNull,
}

/// JSON, null where there is none.
#[derive(Clone, Debug)]
pub(super) struct JsonOrNull(pub(super) Json);

impl Default for JsonOrNull {
    fn default() -> Self {
        Self(Json::Null)
    }
}

impl std::ops::Deref for JsonOrNull {
    type Target = Json;

    fn deref(&self) -> &Json {
        &self.0
    }
}

/// A member of a shape.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) name: String,
    /// The id of the shape of its value
    pub(super) target: String,
    pub(super) traits: Traits,
}

/// Traits by their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Traits(Vec<(String, Json)>);

impl Traits {
    /// A trait: by its name alone if it is one of `smithy.api`, or else by its id.
    pub(super) fn get(&self, name: &str) -> Option<&Json> {
        let is_it = |id: &str| match id.strip_prefix("smithy.api#") {
            Some(local) => local == name,
            None => id == name,
        };
        self.0.iter().find_map(|(id, value)| is_it(id).then_some(value))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(id, value)| (id.as_str(), value))
    }

    /// One trait, if it has a value.
    pub(super) fn one(id: &str, value: Option<&Json>) -> Self {
        Self(value.map(|value| (id.to_owned(), value.clone())).into_iter().collect())
    }

    fn read(json: Option<&Json>) -> Self {
        let entries = json.and_then(Json::as_object).unwrap_or_default();
        Self(entries.to_vec())
    }

    /// Those of `above` win.
    fn under(&mut self, above: &Self) {
        for (id, value) in &above.0 {
            match self.0.iter_mut().find(|(known, _)| known == id) {
                Some((_, there)) => there.clone_from(value),
                None => self.0.push((id.clone(), value.clone())),
            }
        }
    }
}

impl Ast {
    pub(super) fn read(model: &Json, notes: &mut Vec<Note>) -> Self {
        let entries = model.entries_at("shapes");
        let is_apply = |shape: &Json| shape.text_at("type") == Some("apply");
        let mut shapes: Vec<Shape> = entries
            .iter()
            .filter(|(_, shape)| !is_apply(shape))
            .map(|(id, shape)| Shape::read(id, shape))
            .collect();
        let index: HashMap<String, usize> =
            shapes.iter().enumerate().map(|(at, shape)| (shape.id.clone(), at)).collect();
        let mut done = vec![Progress::Open; shapes.len()];
        for at in 0..shapes.len() {
            mix(at, 0, &mut shapes, &index, &mut done, notes);
        }
        // What is applied comes last, since it speaks of members that a mixin brought.
        for (id, shape) in entries.iter().filter(|(_, shape)| is_apply(shape)) {
            let traits = Traits::read(shape.get("traits"));
            let (owner, member) = match id.split_once('$') {
                Some((owner, member)) => (owner, Some(member)),
                None => (id.as_str(), None),
            };
            let Some(at) = index.get(owner) else {
                notes.push(unresolved(id, "traits are applied to it, and it is not there"));
                continue;
            };
            let shape = &mut shapes[*at];
            match member {
                None => shape.traits.under(&traits),
                Some(name) => match shape.members.iter_mut().find(|it| it.name == name) {
                    Some(member) => member.traits.under(&traits),
                    None => {
                        notes.push(unresolved(id, "traits are applied to it, and it is not there"));
                    }
                },
            }
        }
        Self { shapes, index }
    }

    pub(super) fn get(&self, id: &str) -> Option<&Shape> {
        self.index.get(id).map(|at| &self.shapes[*at])
    }
}

fn unresolved(place: &str, what: &str) -> Note {
    Note { place: place.to_owned(), what: what.to_owned() }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Open,
    Started,
    Done,
}

/// How many mixins may be mixed into each other. It limits the stack, and how much a small model
/// can become: everything stands in all that it is mixed into.
const DEEPEST: usize = 100;

/// Folds the mixins of a shape into it: their members come first, and its own traits win.
fn mix(
    at: usize,
    depth: usize,
    shapes: &mut [Shape],
    index: &HashMap<String, usize>,
    done: &mut [Progress],
    notes: &mut Vec<Note>,
) {
    match done[at] {
        Progress::Done => return,
        Progress::Started => {
            notes.push(unresolved(&shapes[at].id, "it is mixed into itself, which is passed over"));
            return;
        }
        Progress::Open => done[at] = Progress::Started,
    }
    let mixins = targets(shapes[at].raw.get("mixins"));
    if depth >= DEEPEST && !mixins.is_empty() {
        let what = format!("it stands behind {DEEPEST} mixins, and its own are passed over");
        notes.push(unresolved(&shapes[at].id, &what));
    } else if !mixins.is_empty() {
        let mut mixed = Shape::default();
        for id in &mixins {
            let Some(from) = index.get(id) else {
                notes.push(unresolved(&shapes[at].id, &format!("it has no mixin `{id}`")));
                continue;
            };
            mix(*from, depth + 1, shapes, index, done, notes);
            mixed.add(&shapes[*from], true);
        }
        let own = std::mem::take(&mut shapes[at]);
        mixed.add(&own, false);
        (mixed.id, mixed.kind) = (own.id, own.kind);
        shapes[at] = mixed;
    }
    done[at] = Progress::Done;
}

impl Shape {
    fn read(id: &str, json: &Json) -> Self {
        let kind = match json.text_at("type").unwrap_or_default() {
            "set" => "list",
            other => other,
        };
        let mut members: Vec<Member> =
            json.entries_at("members").iter().map(|(name, it)| Member::read(name, it)).collect();
        for name in ["member", "key", "value"] {
            members.extend(json.get(name).map(|it| Member::read(name, it)));
        }
        Self {
            id: id.to_owned(),
            kind: kind.to_owned(),
            traits: Traits::read(json.get("traits")),
            members,
            raw: JsonOrNull(json.clone()),
        }
    }

    pub(super) fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }

    /// Its name without the namespace.
    pub(super) fn local(&self) -> &str {
        local(&self.id)
    }

    /// Adds what another shape says, which wins; of a mixin, without what it keeps to itself.
    fn add(&mut self, from: &Self, is_mixin: bool) {
        let mut traits = from.traits.clone();
        if is_mixin {
            let kept = from.traits.get("mixin").map(|mixin| mixin.texts_at("localTraits"));
            let kept: Vec<String> =
                kept.unwrap_or_default().into_iter().map(str::to_owned).collect();
            traits.0.retain(|(id, _)| id != "smithy.api#mixin" && !kept.contains(id));
        }
        self.traits.under(&traits);
        for member in &from.members {
            match self.members.iter_mut().find(|known| known.name == member.name) {
                Some(known) => {
                    known.target.clone_from(&member.target);
                    known.traits.under(&member.traits);
                }
                None => self.members.push(member.clone()),
            }
        }
        // Lists of ids add up, anything else is replaced.
        let mut raw = self.raw.as_object().unwrap_or_default().to_vec();
        for (key, value) in from.raw.as_object().unwrap_or_default() {
            match (raw.iter_mut().find(|(known, _)| known == key), value) {
                (Some((_, Json::Array(there))), Json::Array(more)) => {
                    there.extend(
                        more.iter().filter(|it| !there.contains(it)).cloned().collect::<Vec<_>>(),
                    );
                }
                (Some((_, there)), value) => there.clone_from(value),
                (None, value) => raw.push((key.clone(), value.clone())),
            }
        }
        self.raw = JsonOrNull(Json::Object(raw));
    }
}

impl Member {
    fn read(name: &str, json: &Json) -> Self {
        Self {
            name: name.to_owned(),
            target: json.text_at("target").unwrap_or_default().to_owned(),
            traits: Traits::read(json.get("traits")),
        }
    }
}

/// The ids that a list of references names.
pub(super) fn targets(list: Option<&Json>) -> Vec<String> {
    match list {
        Some(Json::Array(items)) => {
            items.iter().filter_map(|it| it.text_at("target")).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// A shape's name without its namespace.
pub(super) fn local(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}

/// The format's word for a shape of the prelude.
pub(super) fn base_type(id: &str) -> Option<&'static str> {
    let name = id.strip_prefix("smithy.api#")?;
    simple(&name.strip_prefix("Primitive").unwrap_or(name).to_ascii_lowercase())
}

/// The format's word for a simple type.
pub(super) fn simple(kind: &str) -> Option<&'static str> {
    Some(match kind.to_ascii_lowercase().as_str() {
        "string" | "enum" => "string",
        "byte" | "short" | "integer" | "intenum" => "integer",
        "long" | "biginteger" => "long",
        "float" => "float",
        "double" | "bigdecimal" => "double",
        "boolean" => "boolean",
        "timestamp" => "timestamp",
        "blob" => "blob",
        "document" => "document",
        _ => return None,
    })
}

/// The prelude's structure without members.
pub(super) const UNIT: &str = "smithy.api#Unit";
