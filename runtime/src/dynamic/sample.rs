//! Values made from shapes alone: for examples, mocks and tests. The same shapes always give the
//! same values.

use super::mock::pattern::Patterns;
use super::{Api, ApiOperation, Dynamic};
use crate::codec::{Form, Reading, json};
use crate::pager::indexed;
use crate::schema::{PageSchema, Paging};
use crate::value::{Slot, Structure, Value, View};
use crate::{Blob, Timestamp};
use std::cell::Cell;
use std::rc::Rc;
use typefoundry_spec as spec;

/// How deep a sample goes into shapes that contain themselves.
const DEPTH: usize = 6;
/// How many values a sample has at most, apart from what is required of it: shapes that name each other
/// would make billions of them. With twice as many it ends.
const VALUES: usize = 20_000;
/// When credentials expire
const CREDENTIALS_END: &str = "2100-01-01T00:00:00Z";

impl Api {
    /// The input of an example that ends well, or one made from the shapes.
    pub fn sample_input(&self, operation: &ApiOperation) -> Dynamic<'_> {
        let mut input = self.input(operation);
        if let Some(operation) = self.model().find_operation(&operation.schema.name) {
            let good =
                |example: &&spec::Example| !matches!(example.outcome, spec::Outcome::Error { .. });
            let example = operation.examples.iter().find(good).map(|example| example.input.clone());
            let made = || Sampler::new(self.model()).members(&operation.input);
            read_model(&example.unwrap_or_else(made), &mut input);
        }
        input
    }

    /// The output of an example, or one made from the shapes. Of an operation that answers in pages
    /// it is the last page, or paging through samples would never end.
    pub fn sample_output(&self, operation: &ApiOperation) -> Dynamic<'_> {
        let mut output = self.output(operation);
        if let Some(operation) = self.model().find_operation(&operation.schema.name) {
            let made = || Sampler::new(self.model()).members(operation.output_members());
            let json = example_output(operation).cloned().unwrap_or_else(made);
            read_model(&json, &mut output);
        }
        if let Some(PageSchema { paging: Paging::Token { tokens, more }, .. }) =
            &operation.schema.pages
        {
            // Where the service says that there are no more, a list of which the token takes an
            // element may stay.
            let paths = tokens.iter().flat_map(|token| token.output.split("||"));
            for path in paths.filter(|path| more.is_empty() || !path.contains('[')) {
                clear(&mut output, path.trim());
            }
            clear(&mut output, more);
        }
        output
    }
}

/// The output of the first example that has one.
pub(super) fn example_output(operation: &spec::Operation) -> Option<&spec::Json> {
    operation.examples.iter().find_map(|example| match &example.outcome {
        spec::Outcome::Output(output) => Some(output),
        _ => None,
    })
}

/// Fills a value from JSON in the model's form. The spec's checks have seen to it that it fits.
pub(super) fn read_model(json: &spec::Json, value: &mut dyn Value) {
    let text = json.to_string();
    let reading = Reading { lenient: true, ..Reading::default() };
    // What does not fit is left out.
    let _ = json::read(text.as_bytes(), value, Form::Model, reading);
}

/// Whether a value was given what an example was.
pub(super) fn is_like(json: &spec::Json, value: &Dynamic<'_>, empty: Dynamic<'_>) -> bool {
    let mut example = empty;
    read_model(json, &mut example);
    let form = |value: &dyn Structure| json::write(as_value(value), Form::Model);
    form(&example) == form(value)
}

/// Takes out what a path leads to, or the list of which it takes an element.
fn clear(structure: &mut dyn Structure, path: &str) {
    let (segment, rest) = path.split_once('.').unwrap_or((path, ""));
    let (name, index) = indexed(segment);
    let Some(member) = structure.get_mut(name) else { return };
    match member.view() {
        View::Structure(_) if !rest.is_empty() && index.is_none() => {
            if let Slot::Structure(structure) = member.slot() {
                clear(structure, rest);
            }
        }
        _ => member.clear(),
    }
}

fn as_value(structure: &dyn Structure) -> &dyn Value {
    structure
}

/// Makes values in the model's form.
#[derive(Clone)]
pub(super) struct Sampler<'m> {
    model: &'m spec::Model,
    seed: u64,
    /// Which of many alike it is.
    number: u64,
    /// What tells whether texts have the form that their shapes ask for.
    patterns: Option<&'m Patterns>,
    /// How many values there are so far.
    made: Rc<Cell<usize>>,
}

impl<'m> Sampler<'m> {
    /// The plainest values.
    pub(super) fn new(model: &'m spec::Model) -> Self {
        Self::varied(model, 0, 0)
    }

    /// Values that differ from seed to seed, and from number to number.
    pub(super) fn varied(model: &'m spec::Model, seed: u64, number: u64) -> Self {
        Self { model, seed, number, patterns: None, made: Rc::default() }
    }

    /// With texts of the patterns of their shapes, where these are simple.
    pub(super) fn patterned(self, patterns: &'m Patterns) -> Self {
        Self { patterns: Some(patterns), ..self }
    }

    /// Others of the same kind.
    pub(super) fn number(&self, number: u64) -> Self {
        Self { number, ..self.clone() }
    }

    /// An object of members.
    pub(super) fn members(&self, members: &[spec::Member]) -> spec::Json {
        self.made.set(0);
        self.object(members, 0)
    }

    /// A value of a shape; texts are made of `name`.
    pub(super) fn value(&self, id: spec::ShapeId, name: &str) -> spec::Json {
        self.made.set(0);
        self.shape(id, name, 1)
    }

    /// Counts values, and says how deep they count to be.
    fn count(&self, values: usize, depth: usize) -> usize {
        let made = self.made.get().saturating_add(values);
        self.made.set(made);
        if made > VALUES { depth.max(DEPTH) } else { depth }
    }

    fn is_over(&self) -> bool {
        self.made.get() > 2 * VALUES
    }

    fn object(&self, members: &[spec::Member], depth: usize) -> spec::Json {
        let wanted = |member: &&spec::Member| {
            !self.is_over() && (self.count(0, depth) < DEPTH || member.required)
        };
        // Whoever is given credentials has to be able to use them.
        let are_credentials = members.iter().any(|member| member.name == "SecretAccessKey");
        let entries = members.iter().filter(wanted).map(|member| {
            if are_credentials && member.name == "Expiration" {
                return (member.name.clone(), spec::Json::String(CREDENTIALS_END.to_owned()));
            }
            // What decides on the host is often a part of it, such as a bucket: in small letters.
            let lower = member.endpoint_param.as_ref().map(|_| member.name.to_lowercase());
            let name = lower.as_ref().unwrap_or(&member.name);
            (member.name.clone(), self.shape(member.target, name, depth + 1))
        });
        spec::Json::Object(entries.collect())
    }

    fn shape(&self, id: spec::ShapeId, name: &str, depth: usize) -> spec::Json {
        use spec::{Json, Kind};
        let depth = self.count(1, depth);
        let shape = self.model.shape(id);
        let least = usize::try_from(shape.constraints.length.0.unwrap_or(0)).unwrap_or(0);
        let most = shape.constraints.length.1.map_or(3, |most| usize::try_from(most).unwrap_or(3));
        let length = (least.max(1) + self.chance(name, 3)).min(most.max(1)).clamp(1, 16);
        match &shape.kind {
            Kind::String => Json::String(self.fitting(shape, name, self.text(shape, name, least))),
            Kind::Enum(values) => {
                let value = values.get(self.chance(name, values.len()));
                Json::String(value.map_or_else(String::new, |value| value.value.clone()))
            }
            Kind::Integer | Kind::Long => {
                let (min, max) = shape.constraints.range;
                let least = min.map_or(1.0, f64::ceil).max(1.0);
                #[expect(clippy::cast_precision_loss, reason = "it is below 100")]
                let value =
                    (least + self.chance(name, 100) as f64).min(max.map_or(f64::MAX, f64::floor));
                #[expect(clippy::cast_possible_truncation, reason = "a whole number within limits")]
                Json::Number((value as i64).into())
            }
            Kind::Float | Kind::Double => {
                let value = shape.constraints.range.0.unwrap_or(0.5);
                serde_json::Number::from_f64(value).map_or(Json::Null, Json::Number)
            }
            Kind::Boolean => Json::Bool(self.chance(name, 2) == 0),
            Kind::Timestamp(_) => {
                // The second that the plainest samples happen in, and a year from there on.
                let later = i64::try_from(self.chance(name, 31_536_000)).unwrap_or(0);
                let instant = Timestamp::from_seconds(1_767_225_600 + later);
                Json::String(instant.unwrap_or(Timestamp::UNIX_EPOCH).to_string())
            }
            Kind::Blob => Json::String(Blob::from(name.as_bytes()).to_base64()),
            Kind::List(list) if depth < DEPTH => {
                let item = |index: usize| {
                    let number = self.number.wrapping_mul(31).wrapping_add(index as u64);
                    let number = if index == 0 { self.number } else { number };
                    Self { number, ..self.clone() }.shape(list.item.target, name, depth + 1)
                };
                // The plainest list has as many elements as it must, and these are alike.
                if self.is_plain() {
                    let before = self.made.get();
                    let item = item(0);
                    let each = self.made.get() - before;
                    let alike = least.clamp(1, 16);
                    self.count(each.saturating_mul(alike - 1), depth);
                    return Json::Array(vec![item; if self.is_over() { 1 } else { alike }]);
                }
                Json::Array((0..length).map(item).collect())
            }
            Kind::List(_) => Json::Array(Vec::new()),
            Kind::Map(map) if depth < DEPTH => {
                let key = match self.shape(map.key, "key", depth + 1) {
                    Json::String(key) => key,
                    _ => "key".to_owned(),
                };
                let value = self.shape(map.value.target, name, depth + 1);
                Json::Object(vec![(key, value)])
            }
            Kind::Map(_) | Kind::Document => Json::Object(Vec::new()),
            Kind::Structure { members, .. } => self.object(members, depth),
            Kind::Union { members } => {
                let ends = |member: &&spec::Member| {
                    depth < DEPTH || self.model.shape(member.target).kind.is_scalar()
                };
                let possible: Vec<_> = members.iter().filter(ends).collect();
                let member = possible.get(self.chance(name, possible.len())).copied();
                let member = member.or(members.first());
                let entry = |member: &spec::Member| {
                    (member.name.clone(), self.shape(member.target, &member.name, depth + 1))
                };
                let ends = depth >= 2 * DEPTH || self.is_over();
                Json::Object(member.filter(|_| !ends).map(entry).into_iter().collect())
            }
        }
    }

    /// A text, or another one if it is not what the pattern of its shape asks for.
    fn fitting(&self, shape: &spec::Shape, name: &str, text: String) -> String {
        let (Some(patterns), Some(pattern)) = (self.patterns, &shape.constraints.pattern) else {
            return text;
        };
        if patterns.fits(pattern, &text) {
            return text;
        }
        let (least, most) = shape.constraints.length;
        let limit = |limit: Option<u64>, usual| {
            limit.map_or(usual, |limit| usize::try_from(limit).unwrap_or(usual))
        };
        let start = mixed(self.seed ^ mixed(self.number));
        let seed = name.bytes().fold(start, |hash, byte| mixed(hash ^ u64::from(byte)));
        patterns.text(pattern, (limit(least, 0), limit(most, 4096)), seed).unwrap_or(text)
    }

    fn text(&self, shape: &spec::Shape, name: &str, least: usize) -> String {
        let most = shape.constraints.length.1.unwrap_or(64);
        let most = usize::try_from(most).unwrap_or(64).max(least);
        let base = name.chars().chain("-".chars()).cycle();
        let text: String = base.take(least.max(name.len().min(most))).take(4096).collect();
        if self.is_plain() {
            return text;
        }
        let (seed, number) = (self.seed, self.number);
        let ending = match (seed, number) {
            (0, number) => format!("-{number}"),
            (_, 0) => format!("-{:04x}", self.chance(name, 0x1_0000)),
            (_, number) => format!("-{:04x}-{number}", self.chance(name, 0x1_0000)),
        };
        let most = most.min(4096);
        let ending: String = ending.chars().skip(ending.len().saturating_sub(most)).collect();
        let kept = text.chars().take(text.chars().count().min(most - ending.len().min(most)));
        kept.collect::<String>() + &ending
    }

    fn is_plain(&self) -> bool {
        self.seed == 0 && self.number == 0
    }

    /// A number below a limit; zero in the plainest values.
    fn chance(&self, name: &str, limit: usize) -> usize {
        if self.seed == 0 || limit == 0 {
            return 0;
        }
        let start = mixed(self.seed.wrapping_add(self.number.wrapping_mul(0x1_0001)));
        let hash = name.bytes().fold(start, |hash, byte| mixed(hash ^ u64::from(byte)));
        usize::try_from(hash % limit as u64).unwrap_or(0)
    }
}

/// Numbers that look random and are the same every time (splitmix64).
pub(super) fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests;
