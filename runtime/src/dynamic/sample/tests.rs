//! How much is made of shapes that have no end.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{Sampler, VALUES};
use crate::dynamic::Api;
use serde_json::{Map, Value, json};
use typefoundry_spec::Json;

/// `count` structures whose members `member` says, by the structure's number and the member's.
fn api(count: usize, members: usize, member: impl Fn(usize, usize) -> Value) -> Api {
    let shapes = (0..count).map(|shape| {
        let members: Map<_, _> =
            (0..members).map(|index| (format!("m{index}"), member(shape, index))).collect();
        (format!("S{shape}"), json!({ "structure": members }))
    });
    let mut shapes: Map<_, _> = shapes.collect();
    shapes.insert("L".to_owned(), json!({"list": "S0", "length": {"min": 16}}));
    let spec = json!({
        "typefoundry": "1",
        "service": {
            "id": "test/dense", "title": "Dense", "protocol": "rest", "auth": {"none": {}},
            "endpoint": {"url": "https://dense.example"}
        },
        "operations": {"Go": {"http": "POST /go", "output": {"a": "S0"}}},
        "shapes": shapes,
    });
    Api::load("dense.json", &spec.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

fn values(json: &Json) -> usize {
    match json {
        Json::Object(entries) => 1 + entries.iter().map(|(_, it)| values(it)).sum::<usize>(),
        Json::Array(items) => 1 + items.iter().map(values).sum::<usize>(),
        _ => 1,
    }
}

#[test]
fn a_sample_has_an_end_whatever_its_shapes() {
    let every = |_, index: usize| json!({ "type": format!("S{index}") });
    // Two members that must be there, each of the next structure: 2^40 values.
    let next = |shape: usize, _| {
        let target = if shape < 39 { format!("S{}", shape + 1) } else { "string".to_owned() };
        json!({"type": target, "required": true})
    };
    let lists = |_, _| json!({"type": "L"});
    let cases = [
        ("every one in every one", api(30, 30, every), VALUES),
        ("two that are required", api(40, 2, next), VALUES),
        ("lists that must be long", api(1, 3, lists), 300),
        ("a few", api(2, 2, every), 10),
    ];
    for (name, api, least) in cases {
        for seed in [0, 1] {
            let output = api.model().find_operation("Go").unwrap().output_members();
            let sample = Sampler::varied(api.model(), seed, 0).members(output);
            let found = values(&sample);
            assert!(found > least && found < 4 * VALUES, "{name}: {found} values");
        }
    }
}
