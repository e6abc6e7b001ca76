//! Arguments made up from the specs: those that are right must be taken, and whatever is wrong with
//! the others ends with a message and an exit code, never with a panic.

use crate::run::{Folder, Ran, file, run, typefoundry};
use crate::valid::is_valid;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;
use std::sync::Mutex;
use typefoundry::Wire;
use typefoundry::dynamic::Api;

/// Services with every protocol that the mock answers, and the other provider's.
const SERVICES: &[&str] = &[
    "aws ivs",
    "aws ivschat",
    "aws ivs-realtime",
    "aws cloudtrail",
    "aws customer-profiles",
    "aws dynamodb",
    "aws s3",
    "aws sqs",
    "aws sts",
    "ncp livestation",
];

/// An operation, with an input that is right.
#[derive(Clone, Debug)]
struct Operation {
    service: &'static str,
    name: String,
    input: Map<String, Json>,
    required: Vec<String>,
    /// The body of its answer goes to a file, which has to be named.
    streams: bool,
    /// What of its input comes from a file.
    body: Option<String>,
}

fn operations() -> Vec<Operation> {
    let mut operations = Vec::new();
    for service in SERVICES {
        let path = file(&format!("specs/{}.json", service.replace(' ', "/")));
        let overlay = path.replace(".json", ".overlay.json");
        let text = std::fs::read_to_string(&path).expect("a spec");
        let api = match std::fs::read_to_string(&overlay) {
            Ok(over) => Api::load_with_overlay((&path, &text), (&overlay, &over)),
            Err(_) => Api::load(&path, &text),
        };
        let api = api.expect("a good spec");
        for operation in api.operations() {
            let name = operation.schema.name.to_string();
            let model = api.model().find_operation(&name).expect("the same operation");
            let sample = api.sample_input(operation);
            // What lies too deep is cut off, and may be wrong then.
            if !is_valid(api.model(), model, &sample) {
                continue;
            }
            let input = serde_json::to_value(Wire::new(&sample));
            let Ok(Json::Object(input)) = input else { panic!("{name} has an input") };
            let required = model.input.iter().filter(|member| member.required);
            let required = required.map(|member| member.name.clone()).collect();
            let streams = api.model().streaming_member(model.output_members()).is_some();
            let body = api.model().streaming_member(&model.input).map(|it| it.name.clone());
            operations.push(Operation { service, name, input, required, streams, body });
        }
    }
    assert!(operations.len() > 200, "most operations take part");
    operations
}

/// Choices about a case, a bit each.
#[derive(Clone, Copy, Debug)]
struct Bits(u64);

impl Bits {
    fn next(&mut self) -> bool {
        let bit = self.0 & 1 == 1;
        self.0 = self.0.rotate_right(1);
        bit
    }
}

/// An option by rule, where that is simple.
fn option(member: &str) -> String {
    let mut option = String::from("--");
    for (index, c) in member.char_indices() {
        if c.is_ascii_uppercase() && index > 0 {
            option.push('-');
        }
        option.push(c.to_ascii_lowercase());
    }
    option
}

/// A value in one of the ways to write it.
fn words(option: &str, value: &Json, bits: &mut Bits) -> Vec<String> {
    let is_plain = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
    };
    let plain = |value: &Json| match value {
        Json::String(text) if is_plain(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match value {
        Json::Bool(true) => vec![option.to_owned()],
        Json::Bool(false) => vec![option.replacen("--", "--no-", 1)],
        Json::String(text) => vec![format!("{option}={text}")],
        Json::Array(items) if bits.next() && items.iter().all(|item| plain(item).is_some()) => {
            let items = items.iter().filter_map(plain);
            [option.to_owned()].into_iter().chain(items).collect()
        }
        Json::Object(entries) if bits.next() && !entries.is_empty() => {
            let entry = |(key, value): (&String, &Json)| Some(format!("{key}={}", plain(value)?));
            let entries: Option<Vec<_>> = entries.iter().map(entry).collect();
            let shorthand = entries.map(|entries| entries.join(","));
            vec![option.to_owned(), shorthand.unwrap_or_else(|| value.to_string())]
        }
        value => vec![option.to_owned(), value.to_string()],
    }
}

/// Words that say an input, or the necessary part of it.
fn valid(operation: &Operation, known: &[String], file: &str, mut bits: Bits) -> Vec<String> {
    let mut said: Vec<_> = operation.streams.then(|| file.to_owned()).into_iter().collect();
    let mut whole = Map::new();
    for (name, value) in &operation.input {
        if !operation.required.contains(name) && bits.next() {
            continue;
        }
        let option = option(name);
        // What has no option of that name goes with the whole, as does every other one.
        // Nor does an operation whose body goes to a file take its input as a whole.
        if operation.body.as_ref() == Some(name) {
            said.push(format!("{option}={file}"));
        } else if known.contains(&option) && (operation.streams || bits.next()) {
            said.extend(words(&option, value, &mut bits));
        } else {
            whole.insert(name.clone(), value.clone());
        }
    }
    if !operation.streams && (!whole.is_empty() || bits.next()) {
        said.push(format!("--cli-input-json={}", Json::Object(whole)));
    }
    let globals: [&[&str]; 5] = [
        &["--region", "eu-west-1"],
        &["--no-paginate"],
        &["--cli-read-timeout=5"],
        &["--color", "off"],
        &["--output=json"],
    ];
    for global in globals {
        if bits.next() && bits.next() {
            said.extend(global.iter().map(|word| (*word).to_owned()));
        }
    }
    said
}

fn call(operation: &Operation, said: &[String]) -> Ran {
    let mut command = typefoundry();
    command.arg("call").args(operation.service.split(' ')).arg(&operation.name);
    run(command, said.iter().map(String::as_str).chain(["--mock"]))
}

/// The options of an operation, as its help has them.
fn known(operation: &Operation, cache: &Mutex<HashMap<String, Vec<String>>>) -> Vec<String> {
    let key = format!("{} {}", operation.service, operation.name);
    let mut cache = cache.lock().expect("no panic");
    let options = cache.entry(key).or_insert_with(|| {
        let mut command = typefoundry();
        command.arg("call").args(operation.service.split(' '));
        let help = run(command, [&operation.name, "help"]).ok();
        let lines = help.lines().filter_map(|line| line.strip_prefix("    --"));
        let options = lines.map(|line| format!("--{}", line.split(' ').next().unwrap_or_default()));
        let options: Vec<_> = options.collect();
        assert!(operation.input.is_empty() || !options.is_empty(), "{}", operation.name);
        options
    });
    options.clone()
}

/// What may be wrong with words.
fn mutation() -> impl Strategy<Value = String> {
    prop_oneof![
        "[^\0]{0,12}",
        "--[a-z-]{0,8}(=[^\0]{0,8})?",
        "-{0,3}[a-zA-Z=]{0,4}",
        Just("--".to_owned()),
        Just("--cli-input-json".to_owned()),
        Just("--cli-input-yaml=a: [b, *c]".to_owned()),
        Just("--generate-cli-skeleton".to_owned()),
        Just("--max-items=0".to_owned()),
        Just("--output".to_owned()),
        Just("file://".to_owned()),
        "(\\[|\\{|[a-c]|=|,|'|\"|@|\\\\){0,10}",
        r#"--(tags|name|filter|items|keys)=(\[|\{|"|:|,|1|true|null|a){0,12}"#,
    ]
}

#[test]
fn whatever_is_said_ends_with_a_code_and_a_message() {
    let operations = operations();
    let folder = Folder::new("fuzz");
    folder.write("file", "a body");
    let file = folder.path().join("file").display().to_string();
    let (cache, counts) = (Mutex::new(HashMap::new()), Mutex::new((0_u32, 0_u32)));
    let config = ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").map_or(160, |n| n.parse().expect("a number")),
        failure_persistence: None,
        max_shrink_iters: 50,
        // The same cases each time; PROPTEST_RNG_SEED makes others.
        rng_seed: match std::env::var("PROPTEST_RNG_SEED") {
            Ok(seed) => RngSeed::Fixed(seed.parse().expect("a number")),
            Err(_) => RngSeed::Fixed(20_260_314),
        },
        ..ProptestConfig::default()
    };
    let places = prop::collection::vec((any::<prop::sample::Index>(), mutation()), 0..4);
    let wrong = prop_oneof![2 => Just(Vec::new()), 3 => places];
    let cases = (any::<prop::sample::Index>(), any::<u64>(), wrong);
    let checked = TestRunner::new(config).run(&cases, |(which, bits, wrong)| {
        let operation = which.get(&operations);
        let mut said = valid(operation, &known(operation, &cache), &file, Bits(bits));
        for (place, word) in &wrong {
            said.insert(place.index(said.len() + 1), word.clone());
        }
        let ran = call(operation, &said);
        let shown = format!("{} {} {said:?}: {ran:?}", operation.service, operation.name);
        let mut counts = counts.lock().expect("no panic");
        counts.0 += 1;
        if wrong.is_empty() {
            counts.1 += 1;
            prop_assert_eq!(ran.code, 0, "{}", shown);
        } else {
            prop_assert!(matches!(ran.code, 0 | 252..=255), "{}", shown);
            prop_assert!(ran.code == 0 || !ran.err.trim().is_empty(), "{}", shown);
        }
        Ok(())
    });
    if let Err(error) = checked {
        panic!("{error}");
    }
    let (all, valid) = *counts.lock().expect("no panic");
    assert!(valid * 10 >= all * 3, "{valid} of {all} are valid");
}
