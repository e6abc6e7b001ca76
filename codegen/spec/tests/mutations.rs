//! No text makes the reader or the renderer panic, and what is said about it stays well-formed: the
//! checked-in specs are cut into small ones, and these and the cases of the golden tests are changed
//! at random, by a fixed seed.

#![allow(clippy::panic, reason = "that is how tests fail")]

#[allow(dead_code, reason = "each test binary uses a part of it")]
mod support;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use support::{files, package, read};
use typefoundry_spec::{Json, Style, load};

const CHANGED_BYTES: usize = 8_000;
const CHANGED_NODES: usize = 12_500;
const CHANGED_KEYS: usize = 4_000;

#[test]
fn changed_bytes_never_panic() {
    let texts: Vec<_> = seeds().iter().map(pretty).collect();
    let mut random = Random(0x5eed_0001);
    for _ in 0..CHANGED_BYTES {
        let mut bytes = random.pick(&texts).clone().into_bytes();
        for _ in 0..=random.below(3) {
            change_bytes(&mut bytes, &mut random);
        }
        examine(&String::from_utf8_lossy(&bytes), &mut random);
    }
}

#[test]
fn changed_nodes_never_panic() {
    let seeds = seeds();
    let mut random = Random(0x5eed_0002);
    for _ in 0..CHANGED_NODES {
        let mut tree = random.pick(&seeds).clone();
        let is_subtle = random.below(4) > 0;
        for _ in 0..=random.below(3) {
            if is_subtle {
                change_subtly(&mut tree, &mut random);
            } else {
                change_node(&mut tree, &mut random);
            }
        }
        let text = if random.below(16) == 0 { tree.to_string() } else { pretty(&tree) };
        examine(&text, &mut random);
    }
}

/// What cannot be read is missing where it is looked for, but that is not said as well.
#[test]
fn a_mistake_of_form_is_said_alone() {
    let codes = |tree: &Json| -> Vec<&str> {
        let loaded = load("spec.json", &tree.to_string());
        loaded.diagnostics.iter().map(|it| it.code.id).collect()
    };
    let is_form = |code: &&str| code.starts_with("TF01") || *code == "TF0201";
    let seeds: Vec<_> = slices().into_iter().map(|seed| (codes(&seed), seed)).collect();
    let mut random = Random(0x5eed_0003);
    let mut count = 0;
    for _ in 0..CHANGED_KEYS {
        let (before, seed) = random.pick(&seeds);
        let mut tree = seed.clone();
        let before_change = tree.to_string();
        misform(&mut tree, &mut random);
        let after = codes(&tree);
        if after.iter().any(|code| code.starts_with("TF01")) {
            count += 1;
            let other = after.iter().find(|code| !is_form(code) && !before.contains(code));
            assert_eq!(other, None, "{before_change}\n{tree}\n{after:?}");
        }
    }
    assert!(
        count > CHANGED_KEYS / 4,
        "only {count} of {CHANGED_KEYS} changes are mistakes of form"
    );
}

/// Misspells a key, or puts a value of another type in a value's place.
fn misform(tree: &mut Json, random: &mut Random) {
    let count = count(tree);
    loop {
        let mut place = random.below(count);
        let Some(Json::Object(entries)) = nth_mut(tree, &mut place) else { continue };
        if entries.is_empty() {
            continue;
        }
        let index = random.below(entries.len());
        let (key, value) = &mut entries[index];
        match random.below(3) {
            0 => key.push('x'),
            1 => *value = Json::Number(5.into()),
            _ => *value = Json::Array(vec![Json::Null]),
        }
        return;
    }
}

/// Loads and renders, and looks at what came out.
fn examine(text: &str, random: &mut Random) {
    let style = if random.below(8) == 0 { Style::Colored } else { Style::Plain };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let loaded = load("spec.json", text);
        let count = loaded.diagnostics.iter().len();
        let rendered = loaded.diagnostics.render(style);
        if let Ok(model) = loaded.into_model() {
            let _ = model.roles(&model.operations);
            for operation in &model.operations {
                assert!(
                    !operation
                        .input
                        .iter()
                        .any(|it| model.is_sensitive(it) && !model.holds_secrets(it))
                );
            }
        }
        (count, rendered)
    }));
    let Ok((count, rendered)) = outcome else { panic!("this text panics:\n{text}") };
    if style == Style::Plain {
        let places = rendered.lines().filter(|line| is_place(line)).count();
        assert_eq!(places, count, "not every message has a place:\n{text}\n{rendered}");
        let control = rendered.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(control, None, "a control character is left:\n{text}\n{rendered}");
        let mut seen = HashSet::new();
        let twice = rendered.split("\n\n").find(|it| !it.trim().is_empty() && !seen.insert(*it));
        assert_eq!(twice, None, "this is said twice:\n{text}");
    }
}

/// Whether the line is like ` --> spec.json:3:7`.
fn is_place(line: &str) -> bool {
    let place = line.trim_start().strip_prefix("--> spec.json:");
    place.and_then(|place| place.split_once(':')).is_some_and(|(line, column)| {
        line.parse::<usize>().is_ok() && column.parse::<usize>().is_ok()
    })
}

fn pretty(tree: &Json) -> String {
    serde_json::to_string_pretty(tree).unwrap_or_default()
}

/// What is changed.
fn seeds() -> Vec<Json> {
    let mut seeds = slices();
    for path in files(&package("tests/diagnostics"), "json") {
        seeds.extend(serde_json::from_str::<Json>(&read(&path)));
    }
    seeds
}

/// A spec for each operation, or each shape where there are none, with what it needs alone: the
/// same mistakes can be made in them as in whole ones, in a fraction of the time.
fn slices() -> Vec<Json> {
    let mut slices = Vec::new();
    for path in files(&package("../../specs"), "json") {
        let text = read(&path);
        let whole: Json = serde_json::from_str(&text).unwrap_or(Json::Null);
        let named = |key: &str| whole.get(key).and_then(Json::as_object).unwrap_or_default();
        if whole.get("typefoundry").is_none() {
            continue;
        }
        let (operations, shapes) = (named("operations"), named("shapes"));
        for root in if operations.is_empty() { shapes } else { operations } {
            let mut kept = Vec::new();
            keep(&root.1, shapes, &mut kept);
            let mut slice = vec![
                ("typefoundry".to_owned(), Json::String("1".to_owned())),
                ("service".to_owned(), whole.get("service").cloned().unwrap_or(Json::Null)),
            ];
            if operations.is_empty() {
                kept.push(root.clone());
            } else {
                slice.push(("operations".to_owned(), Json::Object(vec![root.clone()])));
            }
            slice.push(("shapes".to_owned(), Json::Object(kept)));
            let slice = without_docs(Json::Object(slice));
            // A few shapes reach nearly everything.
            if slice.to_string().len() < 2_500 {
                slices.push(slice);
            }
        }
    }
    assert!(slices.len() > 20, "there are only {} slices", slices.len());
    slices
}

/// Adds the shapes that are named anywhere in the value.
fn keep(value: &Json, shapes: &[(String, Json)], kept: &mut Vec<(String, Json)>) {
    match value {
        Json::String(name) => {
            let is_new = !kept.iter().any(|(known, _)| known == name);
            if let Some(shape) = shapes.iter().find(|(known, _)| is_new && known == name) {
                kept.push(shape.clone());
                keep(&shape.1, shapes, kept);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| keep(item, shapes, kept)),
        Json::Object(entries) => entries.iter().for_each(|(_, value)| keep(value, shapes, kept)),
        _ => {}
    }
}

fn without_docs(value: Json) -> Json {
    match value {
        Json::Object(entries) => Json::Object(
            entries
                .into_iter()
                .filter(|(key, value)| key != "docs" || value.as_str().is_none())
                .map(|(key, value)| (key, without_docs(value)))
                .collect(),
        ),
        Json::Array(items) => Json::Array(items.into_iter().map(without_docs).collect()),
        value => value,
    }
}

const SNIPPETS: &[&str] = &[
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\\",
    "\\u0000",
    "\\ud83d",
    "\n",
    "\r\n",
    "\t",
    " ",
    "0",
    "-1",
    "1e999",
    "null",
    "true",
    "//",
    "'",
    "\u{202e}",
    "\u{feff}",
    "\u{9b}31m",
    "🎈",
    "é",
    "\u{0}",
    "`",
    "[[[[[[[[[[",
    "{\"a\":",
    "\"type\":",
    "{id}",
    "}{",
];

fn change_bytes(bytes: &mut Vec<u8>, random: &mut Random) {
    let start = random.below(bytes.len() + 1);
    let end = (start + random.below(12)).min(bytes.len());
    match random.below(8) {
        0 => bytes.truncate(start),
        1 => drop(bytes.drain(start..end)),
        2 => {
            let copy = bytes[start..end].to_vec();
            bytes.splice(start..start, copy);
        }
        3 if start < bytes.len() => bytes[start] = random.below(256).to_le_bytes()[0],
        _ => {
            let snippet = random.pick(SNIPPETS);
            bytes.splice(start..start, snippet.bytes());
        }
    }
}

const KEYS: &[&str] = &[
    "type",
    "enum",
    "structure",
    "union",
    "list",
    "map",
    "key",
    "sparse",
    "length",
    "range",
    "min",
    "max",
    "pattern",
    "format",
    "error",
    "status",
    "code",
    "codes",
    "has",
    "required",
    "nullable",
    "sensitive",
    "label",
    "query",
    "header",
    "headerPrefix",
    "payload",
    "statusCode",
    "wire",
    "default",
    "http",
    "input",
    "output",
    "errors",
    "pages",
    "token",
    "number",
    "total",
    "size",
    "items",
    "source",
    "examples",
    "title",
    "value",
    "shape",
    "docs",
    "id",
    "auth",
    "endpoint",
    "url",
    "headers",
    "envelope",
    "",
    "a`b",
    "\u{1b}[31m",
    "\u{9b}",
    "na\u{200b}me",
    "🎈",
    "nextToken",
    "typ",
    "Errors",
];

const TEXTS: &[&str] = &[
    "",
    "string",
    "integer",
    "long",
    "double",
    "boolean",
    "timestamp",
    "blob",
    "document",
    "structure",
    "GET /",
    "GET /{a}/{b+}",
    "POST /{a}{b}",
    "HEAD /?x",
    "get",
    "rest",
    "rest-json",
    "date-time",
    "epoch-millis",
    "2026-01-31T09:30:00Z",
    "2026-13-31T09:30:00Z",
    "aGVsbG8=",
    "=",
    "====",
    "T",
    "TZ",
    "2026-01-31TZ",
    "2026-01-31T09:30:00+é9:00",
    "\u{0}",
    "\u{202e}",
    "a\nb",
    "é",
    "https://",
    "{region}",
    "https://{region}",
    "/",
    "~",
    "/~2",
    "declared",
    "client",
    "x-a",
    "Host",
    "nextToken",
    "-",
];

fn change_node(tree: &mut Json, random: &mut Random) {
    let count = count(tree);
    let other = nth(tree, &mut random.below(count)).cloned().unwrap_or(Json::Null);
    let fresh = match random.below(6) {
        0 => other,
        _ => value(random, 2),
    };
    let mut place = random.below(count);
    let Some(node) = nth_mut(tree, &mut place) else { return };
    let key = (*random.pick(KEYS)).to_owned();
    match (random.below(10), node) {
        (0..=2, node) => *node = fresh,
        (3, Json::Object(entries)) if !entries.is_empty() => {
            entries.remove(random.below(entries.len()));
        }
        (4, Json::Object(entries)) if !entries.is_empty() => {
            let copy = random.pick(entries).clone();
            entries.insert(random.below(entries.len() + 1), copy);
        }
        (5 | 6, Json::Object(entries)) if !entries.is_empty() => {
            let index = random.below(entries.len());
            entries[index].0 = key;
        }
        (_, Json::Object(entries)) => {
            entries.insert(random.below(entries.len() + 1), (key, fresh));
        }
        (3, Json::Array(items)) if !items.is_empty() => {
            items.remove(random.below(items.len()));
        }
        (_, Json::Array(items)) => items.insert(random.below(items.len() + 1), fresh),
        (_, node) => *node = fresh,
    }
}

/// Changes a value into another of its type, so that the form stays right and the meaning does not.
fn change_subtly(tree: &mut Json, random: &mut Random) {
    let mut words = vec![String::new()];
    gather(tree, &mut words);
    let count = count(tree);
    let other = nth(tree, &mut random.below(count)).cloned().unwrap_or(Json::Null);
    let word = random.pick(&words).clone();
    match nth_mut(tree, &mut random.below(count)) {
        Some(Json::String(text)) => *text = word,
        Some(Json::Bool(flag)) => *flag = !*flag,
        Some(Json::Number(number)) => *number = random.below(600).into(),
        Some(Json::Array(items)) if !items.is_empty() => {
            let copy = random.pick(items).clone();
            items.push(copy);
        }
        Some(Json::Object(entries)) if !entries.is_empty() => {
            let index = random.below(entries.len());
            match (random.below(4), other) {
                (0, _) => drop(entries.remove(index)),
                (1, _) => entries[index].0 = word,
                (2, Json::Object(others)) if !others.is_empty() => {
                    entries.push(random.pick(&others).clone());
                }
                _ => {
                    let copy = entries[index].1.clone();
                    entries.insert(index, (word, copy));
                }
            }
        }
        _ => {}
    }
}

/// All keys and strings of a tree.
fn gather(value: &Json, words: &mut Vec<String>) {
    match value {
        Json::String(text) => words.push(text.clone()),
        Json::Array(items) => items.iter().for_each(|item| gather(item, words)),
        Json::Object(entries) => {
            for (key, value) in entries {
                words.push(key.clone());
                gather(value, words);
            }
        }
        _ => {}
    }
}

fn value(random: &mut Random, depth: usize) -> Json {
    match random.below(if depth == 0 { 8 } else { 10 }) {
        0 => Json::Null,
        1 => Json::Bool(random.below(2) == 0),
        2 => Json::Number(random.next().into()),
        3 => Json::Number((-5_i64).into()),
        4 => serde_json::Number::from_f64(-1.5e300).map_or(Json::Null, Json::Number),
        5..=7 => Json::String((*random.pick(TEXTS)).to_owned()),
        8 => Json::Array((0..random.below(4)).map(|_| value(random, depth - 1)).collect()),
        _ => Json::Object(
            (0..random.below(4))
                .map(|_| ((*random.pick(KEYS)).to_owned(), value(random, depth - 1)))
                .collect(),
        ),
    }
}

fn count(value: &Json) -> usize {
    1 + match value {
        Json::Array(items) => items.iter().map(count).sum(),
        Json::Object(entries) => entries.iter().map(|(_, value)| count(value)).sum::<usize>(),
        _ => 0,
    }
}

/// The node that many nodes further on, in the order of the file.
fn nth<'a>(value: &'a Json, left: &mut usize) -> Option<&'a Json> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Json::Array(items) => items.iter().find_map(|item| nth(item, left)),
        Json::Object(entries) => entries.iter().find_map(|(_, value)| nth(value, left)),
        _ => None,
    }
}

fn nth_mut<'a>(value: &'a mut Json, left: &mut usize) -> Option<&'a mut Json> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Json::Array(items) => items.iter_mut().find_map(|item| nth_mut(item, left)),
        Json::Object(entries) => entries.iter_mut().find_map(|(_, value)| nth_mut(value, left)),
        _ => None,
    }
}

/// Marsaglia's xorshift64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or_default() % limit.max(1)
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}
