//! Values made from shapes alone: for examples, mocks and tests. The same shapes always give the
//! same values.

use super::{Api, ApiOperation, Dynamic};
use crate::codec::{Form, Reading, json};
use crate::pager::indexed;
use crate::schema::{PageSchema, Paging};
use crate::value::{Slot, Structure, View};
use crate::{Blob, Timestamp};
use typefoundry_spec as spec;

/// How deep a sample goes into shapes that contain themselves.
const DEPTH: usize = 6;

impl Api {
    /// The input of an example that ends well, or one made from the shapes.
    pub fn sample_input(&self, operation: &ApiOperation) -> Dynamic<'_> {
        let members = |operation: &spec::Operation| operation.input.clone();
        let example = |operation: &spec::Operation| {
            let good =
                |example: &&spec::Example| !matches!(example.outcome, spec::Outcome::Error { .. });
            operation.examples.iter().find(good).map(|example| example.input.clone())
        };
        self.sample(operation, self.input(operation), example, members)
    }

    /// The output of an example, or one made from the shapes. Of an operation that answers in pages
    /// it is the last page, or paging through samples would never end.
    pub fn sample_output(&self, operation: &ApiOperation) -> Dynamic<'_> {
        let members = |operation: &spec::Operation| operation.output_members().to_vec();
        let example = |operation: &spec::Operation| {
            operation.examples.iter().find_map(|example| match &example.outcome {
                spec::Outcome::Output(output) => Some(output.clone()),
                _ => None,
            })
        };
        let mut output = self.sample(operation, self.output(operation), example, members);
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

    fn sample<'s>(
        &'s self,
        operation: &ApiOperation,
        mut value: Dynamic<'s>,
        example: impl Fn(&spec::Operation) -> Option<spec::Json>,
        members: impl Fn(&spec::Operation) -> Vec<spec::Member>,
    ) -> Dynamic<'s> {
        let Some(operation) = self.model().find_operation(&operation.schema.name) else {
            return value;
        };
        let json = example(operation)
            .unwrap_or_else(|| sample_members(self.model(), &members(operation), 0));
        read_model(&json, &mut value);
        value
    }
}

/// Fills a value from JSON in the model's form. The spec's checks have seen to it that it fits.
pub(super) fn read_model(json: &spec::Json, value: &mut Dynamic<'_>) {
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

fn as_value(structure: &dyn Structure) -> &dyn crate::value::Value {
    structure
}

fn sample_members(model: &spec::Model, members: &[spec::Member], depth: usize) -> spec::Json {
    let wanted = |member: &&spec::Member| depth < DEPTH || member.required;
    let entries = members.iter().filter(wanted).map(|member| {
        // What decides on the host is often a part of it, such as a bucket: in small letters.
        let lower = member.endpoint_param.as_ref().map(|_| member.name.to_lowercase());
        let name = lower.as_ref().unwrap_or(&member.name);
        (member.name.clone(), sample_shape(model, member.target, name, depth + 1))
    });
    spec::Json::Object(entries.collect())
}

fn sample_shape(model: &spec::Model, id: spec::ShapeId, name: &str, depth: usize) -> spec::Json {
    use spec::{Json, Kind};
    let shape = model.shape(id);
    let least = usize::try_from(shape.constraints.length.0.unwrap_or(0)).unwrap_or(0);
    match &shape.kind {
        Kind::String => {
            let most = shape.constraints.length.1.unwrap_or(64);
            let most = usize::try_from(most).unwrap_or(64).max(least);
            let text =
                name.chars().chain("-".chars()).cycle().take(least.max(name.len().min(most)));
            Json::String(text.take(4096).collect())
        }
        Kind::Enum(values) => {
            Json::String(values.first().map_or_else(String::new, |value| value.value.clone()))
        }
        Kind::Integer | Kind::Long => {
            let (min, max) = shape.constraints.range;
            let value = min.map_or(1.0, f64::ceil).max(1.0).min(max.map_or(f64::MAX, f64::floor));
            #[expect(clippy::cast_possible_truncation, reason = "a whole number within limits")]
            Json::Number((value as i64).into())
        }
        Kind::Float | Kind::Double => {
            let value = shape.constraints.range.0.unwrap_or(0.5);
            serde_json::Number::from_f64(value).map_or(Json::Null, Json::Number)
        }
        Kind::Boolean => Json::Bool(true),
        Kind::Timestamp(_) => {
            // The second that every sample happens in.
            let instant = Timestamp::from_seconds(1_767_225_600).unwrap_or(Timestamp::UNIX_EPOCH);
            Json::String(instant.to_string())
        }
        Kind::Blob => Json::String(Blob::from(name.as_bytes()).to_base64()),
        Kind::List(list) if depth < DEPTH => {
            let item = sample_shape(model, list.item.target, name, depth + 1);
            Json::Array(vec![item; least.clamp(1, 16)])
        }
        Kind::List(_) => Json::Array(Vec::new()),
        Kind::Map(map) if depth < DEPTH => {
            let key = match sample_shape(model, map.key, "key", depth + 1) {
                Json::String(key) => key,
                _ => "key".to_owned(),
            };
            let value = sample_shape(model, map.value.target, name, depth + 1);
            Json::Object(vec![(key, value)])
        }
        Kind::Map(_) | Kind::Document => Json::Object(Vec::new()),
        Kind::Structure { members, .. } => sample_members(model, members, depth),
        Kind::Union { members } => {
            let first = members
                .iter()
                .find(|member| depth < DEPTH || model.shape(member.target).kind.is_scalar());
            let first = first.or(members.first());
            let entry = |member: &spec::Member| {
                (member.name.clone(), sample_shape(model, member.target, &member.name, depth + 1))
            };
            Json::Object(first.filter(|_| depth < 2 * DEPTH).map(entry).into_iter().collect())
        }
    }
}
