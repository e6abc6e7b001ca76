//! Models in Smithy's JSON AST, written for these tests.

#![allow(clippy::unwrap_used, reason = "that is how tests fail")]

use std::path::{Path, PathBuf};
use typefoundry_import::{
    Docs, ImportError, Imported, Options, import, import_model, markdown, print,
};
use typefoundry_spec::Json;

const MODELS: &[&str] = &["library", "vault", "queue"];

fn model(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/models/smithy/{name}.json"))
}

fn imported(name: &str) -> Imported {
    import(&model(name), &Options { docs: Docs::Markdown(markdown::from_html) }).unwrap()
}

#[test]
fn a_model_becomes_a_spec() {
    for name in MODELS {
        let imported = imported(name);
        let notes: Vec<String> = imported.notes.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(*name, print(&imported.spec));
        insta::assert_snapshot!(format!("{name}_notes"), notes.join("\n"));
    }
}

#[test]
fn the_specs_are_good() {
    for name in MODELS {
        let loaded = typefoundry_spec::load(name, &print(&imported(name).spec));
        assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics);
    }
}

#[test]
fn documentation_is_asked_for() {
    let bare = import(&model("library"), &Options::default()).unwrap();
    let text = print(&bare.spec);
    assert!(!text.contains("\"docs\"") && !text.contains("\"examples\""), "{text}");
}

#[test]
fn a_digest_is_of_what_the_file_holds() {
    let (_, digest) =
        typefoundry_import::import_with_digest(&model("queue"), &Options::default()).unwrap();
    assert_eq!(digest.len(), 64);
    // `sha256sum queue.json | sha256sum` in the folder of the models prints it.
    let text = std::fs::read(model("queue")).unwrap();
    let folder = std::env::temp_dir().join(format!("typefoundry-digest-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let gzipped = folder.join("queue.json.gz");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut gzip, &text).unwrap();
    std::fs::write(&gzipped, gzip.finish().unwrap()).unwrap();
    let again = typefoundry_import::import_with_digest(&gzipped, &Options::default()).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(again.1, digest, "compression changes nothing");
}

/// What a model of a service with these shapes beside it, and this in the service, becomes.
fn made(service: &str, shapes: &[String]) -> Imported {
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{
            "a#S": {{"type": "service", "version": "1", {service},
                "traits": {{"aws.protocols#restJson1": {{}},
                    "aws.api#service": {{"sdkId": "S", "endpointPrefix": "s"}},
                    "aws.auth#sigv4": {{"name": "s"}}}}}},
            "a#Op": {{"type": "operation", "input": {{"target": "a#In"}},
                "traits": {{"smithy.api#http": {{"method": "POST", "uri": "/op"}}}}}},
            "a#In": {{"type": "structure", "mixins": [{{"target": "a#M0"}}]}},
            {}}}}}"#,
        shapes.join(",")
    );
    let model: Json = serde_json::from_str(&text).unwrap();
    import_model("s.json", model, &Options::default()).unwrap()
}

#[test]
fn long_chains_take_no_stack() {
    let last = r#""a#M10000": {"type": "structure", "members": {}}"#.to_owned();
    let mixin = |at: usize| {
        format!(
            r#""a#M{at}": {{"type": "structure", "mixins": [{{"target": "a#M{}"}}],
                "members": {{"m{at}": {{"target": "smithy.api#String"}}}}}}"#,
            at + 1
        )
    };
    let mut mixins: Vec<_> = (0..10_000).map(mixin).collect();
    mixins.push(last);
    let imported = made(r#""operations": [{"target": "a#Op"}]"#, &mixins);
    let text = print(&imported.spec);
    let members = ["m0", "m99", "m100"].map(|name| text.contains(&format!("\"{name}\"")));
    assert_eq!(members, [true, true, false], "{text}");
    let first = imported.notes[0].to_string();
    assert_eq!(first, "a#M99: it stands behind 100 mixins, and its own are passed over");

    let resource = |at: usize| {
        format!(
            r#""a#R{at}": {{"type": "resource", "resources": [{{"target": "a#R{}"}}]}}"#,
            at + 1
        )
    };
    let mut resources: Vec<_> = (0..10_000).map(resource).collect();
    resources
        .push(r#""a#R10000": {"type": "resource", "operations": [{"target": "a#Op"}]}"#.to_owned());
    resources.push(r#""a#M0": {"type": "structure", "members": {}}"#.to_owned());
    let imported = made(r#""resources": [{"target": "a#R0"}]"#, &resources);
    assert!(print(&imported.spec).contains("\"Op\""), "{:?}", imported.notes);
}

#[test]
fn what_is_no_service_is_refused() {
    let cases = [
        (r#"{"smithy": "2.0", "shapes": {}}"#, "it holds no service"),
        (
            r#"{"smithy": "2.0", "shapes": {"a#B": {"type": "service"}, "a#C": {"type": "service"}}}"#,
            "it holds several services: a#B, a#C",
        ),
        (
            r#"{"smithy": "2.0", "shapes": {"a#B": {"type": "service"}}}"#,
            "its service has no protocol that is known",
        ),
        (
            r#"{"smithy": "3.0", "shapes": {}}"#,
            "it is of Smithy 3.0, and versions 1 and 2 can be read",
        ),
        (r#"{"smithy": 2, "shapes": []}"#, "expected a Smithy model"),
    ];
    for (text, expected) in cases {
        let model: Json = serde_json::from_str(text).unwrap();
        let error = import_model("model.json", model, &Options::default()).unwrap_err();
        assert!(matches!(error, ImportError::Unknown { .. }), "{error}");
        assert!(error.to_string().contains(expected), "{error}");
    }
}

/// A model whose parts are of the wrong type, one after the other, is refused or imported, and
/// nothing else.
#[test]
fn no_part_of_a_model_is_trusted() {
    let text = std::fs::read_to_string(model("library")).unwrap();
    let whole: Json = serde_json::from_str(&text).unwrap();
    let mut count = 0;
    while let Some(broken) = with_broken_part(&whole, count) {
        let _ = import_model("model.json", broken, &Options::default());
        count += 1;
    }
    assert!(count > 500, "{count}");
}

/// The model with its `index`-th part exchanged for a number.
fn with_broken_part(json: &Json, index: usize) -> Option<Json> {
    fn walk(json: &mut Json, left: &mut usize) -> bool {
        if *left == 0 {
            *json = Json::Number(7.into());
            return true;
        }
        *left -= 1;
        match json {
            Json::Object(entries) => entries.iter_mut().any(|(_, value)| walk(value, left)),
            Json::Array(items) => items.iter_mut().any(|item| walk(item, left)),
            _ => false,
        }
    }
    let mut broken = json.clone();
    let mut left = index;
    walk(&mut broken, &mut left).then_some(broken)
}
