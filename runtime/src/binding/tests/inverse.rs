//! What is written is read again as the same value: over random values of a spec that binds in
//! every way there is.

use crate::binding::{read_request, read_response, write_request, write_response};
use crate::codec::{Form, Reading, json};
use crate::dynamic::{Api, Dynamic};
use crate::{Blob, Timestamp, Wire};
use serde_json::{Map, Value, json};
use typefoundry_spec as spec;

const SPEC: &str = include_str!("inverse.json");
const ROUNDS: u64 = 400;

/// Numbers that look random and are the same every time (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u32) -> u32 {
        u32::try_from(self.next() % u64::from(limit)).unwrap()
    }

    fn index(&mut self, length: usize) -> usize {
        self.below(u32::try_from(length).unwrap()) as usize
    }

    fn small(&mut self) -> i32 {
        self.below(1 << 20).cast_signed() - (1 << 19)
    }

    fn text(&mut self, alphabet: &str, least: u32) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        let length = least + self.below(8);
        (0..length).map(|_| letters[self.index(letters.len())]).collect()
    }
}

/// Values of the model's form, for a place that may not take everything.
struct Maker<'m> {
    model: &'m spec::Model,
    random: Random,
}

/// What a place in a message cannot hold.
#[derive(Clone, Copy)]
struct Place {
    /// Nothing is not told from an empty text, list or map
    something: bool,
    /// A header: no control characters, and no space around it
    header: bool,
    whole_seconds: bool,
}

const BODY: Place = Place { something: false, header: false, whole_seconds: false };

impl Maker<'_> {
    fn members(&mut self, members: &[spec::Member], depth: u32) -> Value {
        let mut object = Map::new();
        for member in members {
            let place = match &member.binding {
                spec::Binding::Body => BODY,
                spec::Binding::Endpoint => continue,
                spec::Binding::Label | spec::Binding::Query(_) | spec::Binding::Payload => {
                    Place { something: true, ..BODY }
                }
                spec::Binding::Header(_) | spec::Binding::HeaderPrefix(_) => {
                    Place { something: true, header: true, whole_seconds: true }
                }
                spec::Binding::StatusCode => {
                    // Of these 204 is none, which has no body.
                    object.insert(member.name.clone(), json!(200 + 5 * self.random.below(20)));
                    continue;
                }
            };
            if member.required || self.random.below(3) > 0 {
                let value = self.value(member.target, place, depth);
                object.insert(member.name.clone(), value);
            }
        }
        Value::Object(object)
    }

    fn value(&mut self, id: spec::ShapeId, place: Place, depth: u32) -> Value {
        let model = self.model;
        let least = u32::from(place.something);
        match &model.shape(id).kind {
            spec::Kind::String => Value::String(self.text(place)),
            spec::Kind::Enum(values) => match values.get(self.random.index(3)) {
                Some(value) => json!(value.value),
                None => json!("NEW"),
            },
            spec::Kind::Integer => json!(self.random.small() * 4096),
            spec::Kind::Long => json!(self.random.next().cast_signed()),
            spec::Kind::Float => match self.random.below(5) {
                0 => json!("NaN"),
                1 => json!("-Infinity"),
                _ => json!(f64::from(self.random.small()) / 8.0),
            },
            spec::Kind::Double => match self.random.below(5) {
                0 => json!("Infinity"),
                1 => json!(f64::MIN_POSITIVE),
                _ => json!(f64::from(self.random.small()) / 1e9),
            },
            spec::Kind::Boolean => json!(self.random.below(2) == 0),
            spec::Kind::Timestamp(_) => {
                let seconds = i64::from(self.random.below(4_000_000_000)) - 1_000_000_000;
                let millis =
                    if place.whole_seconds { 0 } else { i64::from(self.random.below(1000)) };
                json!(Timestamp::from_millis(seconds * 1000 + millis).unwrap().to_string())
            }
            spec::Kind::Blob => {
                let bytes: Vec<u8> = (0..least + self.random.below(5))
                    .map(|_| self.random.next().to_le_bytes()[0])
                    .collect();
                json!(Blob::from(bytes).to_base64())
            }
            spec::Kind::Document => json!({"a": [self.random.next(), null, {"b": "c"}]}),
            spec::Kind::List(list) => {
                let inner = Place { something: false, ..place };
                let length = least + self.random.below(4);
                let make = |maker: &mut Self| {
                    if list.sparse && maker.random.below(4) == 0 {
                        return Value::Null;
                    }
                    maker.value(list.item.target, inner, depth + 1)
                };
                Value::Array((0..length).map(|_| make(self)).collect())
            }
            spec::Kind::Map(map) => {
                let length = least + self.random.below(4);
                let entries = (0..length).map(|index| {
                    let value = self.value(map.value.target, place, depth + 1);
                    (format!("key-{index}"), value)
                });
                Value::Object(entries.collect())
            }
            spec::Kind::Structure { members, .. } if depth < 3 => self.members(members, depth + 1),
            spec::Kind::Structure { .. } => json!({}),
            spec::Kind::Union { members } => {
                let member = &members[if depth < 3 { self.random.index(members.len()) } else { 0 }];
                json!({ member.name.clone(): self.value(member.target, BODY, depth + 1) })
            }
        }
    }

    fn text(&mut self, place: Place) -> String {
        let least = u32::from(place.something);
        if place.header {
            let text = self.random.text("ab ,\"\\;=é한", least);
            // What HTTP takes from the ends of a header is no part of a value.
            return if text.trim() == text { text } else { format!("<{text}>") };
        }
        let text = self.random.text("ab /?#%&=+.~é한\n\"\\", least);
        if text.split('/').any(|part| matches!(part, "." | "..")) {
            "dots".to_owned()
        } else {
            text
        }
    }
}

fn filled<'a>(mut value: Dynamic<'a>, json: &Value) -> Dynamic<'a> {
    let text = json.to_string();
    json::read(text.as_bytes(), &mut value, Form::Model, Reading::default()).unwrap();
    value
}

/// Maps of headers come back in another order, so values are compared and not their text.
fn form(value: &Dynamic<'_>) -> Value {
    let mut form = serde_json::to_value(Wire::new(value)).unwrap();
    // A map of headers is there in every answer.
    let members = form.as_object_mut().unwrap();
    members
        .retain(|name, value| name != "meta" || value.as_object().is_some_and(|it| !it.is_empty()));
    form
}

#[test]
fn requests_and_responses_are_read_as_they_were_written() {
    for protocol in ["rest-json", "rest", "rest-xml"] {
        let mut spec = SPEC.replace("PROTOCOL", protocol);
        if protocol == "rest-xml" {
            // XML has no null.
            spec = spec.replace("\"sparse\": true", "\"sparse\": false");
        }
        let api = Api::load("inverse.json", &spec).unwrap();
        let service = api.service();
        for operation in api.operations() {
            let model = api.model().find_operation(&operation.schema.name).unwrap();
            for seed in 0..ROUNDS {
                let mut maker = Maker { model: api.model(), random: Random(seed) };
                let name = &operation.schema.name;

                let json = maker.members(&model.input, 0);
                let input = filled(api.input(operation), &json);
                let endpoint = "https://inverse.example";
                let request =
                    write_request(service, &operation.schema, &input, endpoint, "").unwrap();
                let mut again = api.input(operation);
                let read = read_request(service, &operation.schema, &request, &mut again);
                assert!(read.is_ok(), "{name} {seed}: {read:?} {json}");
                assert_eq!(form(&again), form(&input), "{name} {seed}: {json} {request:?}");

                let json = maker.members(model.output_members(), 0);
                let output = filled(api.output(operation), &json);
                let response = write_response(service, &operation.schema, &output);
                let mut again = api.output(operation);
                let reading = Reading { strict: true, ..Reading::default() };
                let read =
                    read_response(service, &operation.schema, &response, &mut again, reading);
                assert!(read.is_ok(), "{name} {seed}: {read:?} {json}");
                assert_eq!(form(&again), form(&output), "{name} {seed}: {json} {response:?}");
            }
        }
    }
}
