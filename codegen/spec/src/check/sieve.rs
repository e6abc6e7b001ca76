//! What is said of a spec whose form is wrong in places: all but what such a place may be the cause
//! of.
//!
//! A key that is misspelt, or a value that cannot be read, is missing in the model. Checks run
//! nevertheless, since one mistake should not hide another, and what they say is held against the
//! places of the mistakes: of the same member, the same operation or shape, or the shapes that it
//! leads to, as the code of what is said demands.

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place, Severity, codes};
use crate::json::Json;
use crate::location::{At, Locations};
use crate::model::{Kind, Model, Operation, Shape, ShapeId};
use crate::words::nearest;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Positions of entries, from the root on.
type Path = Vec<usize>;

/// Errors of form that take nothing from the model.
const HARMLESS: &[&Code] = &[
    &codes::MALFORMED_ID,
    &codes::BAD_NAME,
    &codes::BAD_LIMITS,
    &codes::BAD_STATUS,
    &codes::BAD_HEADER,
    &codes::MISPLACED_KEY,
    &codes::EVENT_FORM,
];

/// Keys whose values no check looks at.
const UNCHECKED: &[&str] = &["docs", "deprecated", "title", "version", "$schema", "typefoundry"];

/// Keys that make streams of shapes, even of those that cannot be any.
const STREAMS: &[&str] = &["streaming", "eventStream"];

/// What is said of an operation or a shape by all that its members say.
const OF_ALL: &[&Code] = &[&codes::HOST_LABEL, &codes::BODY_ON_GET, &codes::SAME_ROUTE];

/// What is said of one by its own keys.
const OF_KEYS: &[&Code] = &[
    &codes::LABEL_WITHOUT_MEMBER,
    &codes::MEMBER_WITHOUT_LABEL,
    &codes::CHECKSUM_MEMBER,
    &codes::NESTED_BINDING,
    &codes::NOT_AN_ERROR,
    &codes::UNKNOWN_ERROR_MEMBER,
    &codes::NO_PROTOCOL,
    &codes::MISPLACED_KEY,
];

/// What is said of a member by what its type is.
const OF_TARGETS: &[&Code] = &[
    &codes::BAD_BINDING_TARGET,
    &codes::BAD_DEFAULT,
    &codes::HOST_LABEL,
    &codes::MAP_KEY,
    &codes::MISPLACED_KEY,
    &codes::STREAM_PLACE,
    &codes::TOKEN_TYPE,
    &codes::XML_TRAIT,
];

/// What is said by all the shapes below.
const OF_SHAPES: &[&Code] = &[
    &codes::ENDPOINT_PARAM,
    &codes::EVENT_FORM,
    &codes::EXAMPLE_ENUM,
    &codes::EXAMPLE_ERROR,
    &codes::EXAMPLE_LIMITS,
    &codes::EXAMPLE_MEMBER,
    &codes::EXAMPLE_MISSING,
    &codes::EXAMPLE_TYPE,
    &codes::PAGE_MEMBER,
    &codes::PAGE_PATH,
    &codes::PAGE_TYPE,
    &codes::UNPAGED_TOKEN,
    &codes::WAITER,
    &codes::WAITER_ERROR,
    &codes::WAITER_PATH,
    &codes::WAITER_VALUE,
];

/// The places of a spec that could not be read.
pub(super) struct Sieve<'a> {
    tree: &'a Json,
    model: &'a Model,
    /// Members, and values of keys, of which something is missing
    regions: HashSet<Path>,
    /// The service, operations, shapes and waiters with a mistake anywhere
    touched: HashSet<Path>,
    /// Those of which more than the name of a shape is missing
    torn: HashSet<Path>,
    /// Those of which a key of their own is missing
    open: HashSet<Path>,
    operations: HashMap<Path, &'a Operation>,
    shapes: HashMap<Path, ShapeId>,
    /// The places of the shapes, by their index
    places: Vec<Path>,
    /// What the members hold, by their places
    targets: HashMap<Path, ShapeId>,
    /// Of operations, shapes and waiters whether anything below them is touched, as far as asked
    below: HashMap<Path, bool>,
}

impl<'a> Sieve<'a> {
    /// Nothing, if so much is wrong that checks could only say what follows from it.
    pub(super) fn new(tree: &'a Json, model: &'a Model, diagnostics: &Diagnostics) -> Option<Self> {
        let mut sieve = Self {
            tree,
            model,
            regions: HashSet::new(),
            touched: HashSet::new(),
            torn: HashSet::new(),
            open: HashSet::new(),
            operations: HashMap::new(),
            shapes: HashMap::new(),
            places: Vec::with_capacity(model.shapes.len()),
            targets: HashMap::new(),
            below: HashMap::new(),
        };
        let locations = &diagnostics.locations;
        for diagnostic in diagnostics {
            if diagnostic.severity() == Severity::Error && !sieve.add(diagnostic, locations) {
                return None;
            }
        }
        for operation in &model.operations {
            sieve.operations.insert(sieve.path(operation.at, locations), operation);
        }
        for (index, shape) in model.shapes.iter().enumerate() {
            let path = sieve.path(shape.at, locations);
            if !shape.is_base {
                sieve.shapes.insert(path.clone(), ShapeId::new(index));
            }
            sieve.places.push(path);
        }
        let members =
            model.operations.iter().flat_map(|it| it.input.iter().chain(it.output_members()));
        for member in members.chain(model.shapes.iter().flat_map(Shape::members)) {
            sieve.targets.insert(sieve.path(member.at, locations), member.target);
        }
        Some(sieve)
    }

    fn path(&self, at: At, locations: &Locations) -> Path {
        locations.positions(self.tree, at)
    }

    /// The keys on the way to a place; an element of an array has none.
    fn keys(&self, path: &[usize]) -> Vec<&'a str> {
        let mut value = Some(self.tree);
        let mut keys = Vec::with_capacity(path.len());
        for index in path {
            let (key, inner) = match value {
                Some(Json::Object(entries)) => {
                    entries.get(*index).map_or(("", None), |(key, value)| (&**key, Some(value)))
                }
                Some(Json::Array(items)) => ("", items.get(*index)),
                _ => ("", None),
            };
            keys.push(key);
            value = inner;
        }
        keys
    }

    /// Adds the place of a mistake, or says that there is nothing to go on with.
    fn add(&mut self, mistake: &Diagnostic, locations: &Locations) -> bool {
        let Place::Span(span) = &mistake.place else { return false };
        // What an overlay was to mend is still wrong.
        if mistake.code.id.starts_with("TF06") {
            return false;
        }
        let path = self.path(span.at, locations);
        let keys = self.keys(&path);
        let is_stream = keys.last().is_some_and(|key| STREAMS.contains(key));
        if HARMLESS.contains(&mistake.code) && !is_stream {
            return true;
        }
        let unit = match keys[..] {
            // The root lacks a key, and so does the service, for all that is known.
            [] => Path::new(),
            ["service", ..] => path[..1].to_vec(),
            ["operations" | "shapes" | "waiters", _, ..] => path[..2].to_vec(),
            [key] => {
                let parts = ["service", "operations", "shapes", "waiters"];
                return nearest(key, &parts).is_none();
            }
            _ => return true,
        };
        let is_key = keys.len() != unit.len() && !is_member(&keys);
        if is_key && keys.last().is_some_and(|key| UNCHECKED.contains(key)) {
            return true;
        }
        let is_name = mistake.code == &codes::DANGLING_SHAPE;
        if !is_name {
            self.torn.insert(unit.clone());
            if path.len() <= unit.len() + 1 {
                self.open.insert(unit.clone());
            }
        }
        let length = match keys[..] {
            ["service", "endpoint", ..] => 3,
            ["service", ..] => 2,
            [_, _, "errors", ..] if is_name => 4,
            [_, _, "examples", ..] => 4,
            _ if holds_members(&keys) => 4,
            _ => 3,
        };
        if path.len() > unit.len() {
            self.regions.insert(path[..length.min(path.len())].to_vec());
        }
        self.touched.insert(unit);
        true
    }

    /// Whether nothing that is known to be wrong can be the cause of what is said.
    pub(super) fn keeps(&mut self, said: &Diagnostic, locations: &Locations) -> bool {
        let Place::Span(span) = &said.place else { return true };
        let has = |codes: &[&Code]| codes.contains(&said.code);
        if said.code == &codes::UNUSED_SHAPE {
            return false;
        }
        let path = self.path(span.at, locations);
        let related = said.related.iter().map(|(span, _)| self.path(span.at, locations));
        let is_lost = |path: &Path| {
            let unit = self.unit(path);
            (1..=path.len()).any(|length| self.regions.contains(&path[..length]))
                || has(OF_ALL) && self.torn.contains(unit)
                || has(OF_KEYS) && self.open.contains(unit)
        };
        if is_lost(&path) || related.into_iter().any(|path| is_lost(&path)) {
            return false;
        }
        let mut regions = self.regions.iter();
        if said.code == &codes::BAD_ENDPOINT && regions.any(|region| region.starts_with(&path)) {
            return false;
        }
        if has(OF_TARGETS) && self.target_is_lost(&path) {
            return false;
        }
        if said.code == &codes::ENDPOINT_PARAM && self.touched.iter().any(|unit| unit.len() == 1) {
            return false;
        }
        if !has(OF_SHAPES) {
            return true;
        }
        let unit = self.unit(&path).to_vec();
        let known = self.below.get(&unit).copied();
        let is_touched = known.unwrap_or_else(|| self.is_touched_below(&unit, locations));
        self.below.insert(unit, is_touched);
        !is_touched
    }

    /// The service, operation, shape or waiter that a place is in.
    fn unit<'p>(&self, path: &'p [usize]) -> &'p [usize] {
        let length = if self.keys(path).first() == Some(&"service") { 1 } else { 2 };
        &path[..length.min(path.len())]
    }

    /// Whether it is not known what the member or the shape of that place holds.
    fn target_is_lost(&self, path: &[usize]) -> bool {
        let member = path.get(..4).and_then(|place| self.targets.get(place));
        let mut open: Vec<ShapeId> = member.copied().into_iter().collect();
        if open.is_empty()
            && let Some(id) = self.shapes.get(self.unit(path))
        {
            open = self.model.shape(*id).targets();
        }
        let mut seen = HashSet::new();
        while let Some(id) = open.pop() {
            let (shape, place) = (self.model.shape(id), &self.places[id.index()]);
            if shape.is_base || !seen.insert(id) {
                continue;
            }
            let is_made_of = matches!(shape.kind, Kind::List(_) | Kind::Map(_));
            if self.open.contains(place) || is_made_of && self.touched.contains(place) {
                return true;
            }
            if is_made_of {
                open.extend(shape.targets());
            }
        }
        false
    }

    /// Whether anything is missing of an operation, shape or waiter, or of the shapes that it leads
    /// to.
    fn is_touched_below(&self, unit: &[usize], locations: &Locations) -> bool {
        if self.touched.contains(unit) {
            return true;
        }
        let mut below = BTreeSet::new();
        match self.keys(unit)[..] {
            ["operations", _] => {
                let operation = self.operations.get(unit).copied();
                below.extend(operation.into_iter().flat_map(|it| self.reach(it)));
            }
            ["waiters", name] => {
                let waiter = self.model.waiters.iter().find(|waiter| waiter.name == name);
                let operation = waiter.and_then(|it| self.model.find_operation(&it.operation));
                let Some(operation) = operation else {
                    // It may be one of those that cannot be read.
                    let is_operation = |path: &Path| self.keys(path).first() == Some(&"operations");
                    return self.open.iter().any(is_operation);
                };
                if self.touched.contains(&self.path(operation.at, locations)) {
                    return true;
                }
                below = self.reach(operation);
            }
            _ => {
                let shape = self.shapes.get(unit);
                below.extend(shape.into_iter().flat_map(|id| self.model.reach(*id)));
            }
        }
        let mut below = below.into_iter().filter(|id| !self.model.shape(*id).is_base);
        below.any(|id| self.touched.contains(&self.places[id.index()]))
    }

    /// The shapes that an operation leads to.
    fn reach(&self, operation: &Operation) -> BTreeSet<ShapeId> {
        let mut below = BTreeSet::new();
        let members = operation.input.iter().chain(operation.output_members());
        for id in members.map(|member| member.target).chain(operation.errors.iter().copied()) {
            if !below.contains(&id) {
                below.extend(self.model.reach(id));
            }
        }
        below
    }
}

/// Whether the keys lead into a map of members.
fn holds_members(keys: &[&str]) -> bool {
    matches!(
        keys,
        ["operations", _, "input" | "output", ..] | ["shapes", _, "structure" | "union", ..]
    )
}

/// Whether they lead to a member, the name of which is no key of the format.
fn is_member(keys: &[&str]) -> bool {
    keys.len() == 4 && holds_members(keys)
}
