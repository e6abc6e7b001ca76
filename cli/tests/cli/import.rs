//! `typefoundry import`

use crate::run::{Folder, run, typefoundry};
use std::path::Path;
use std::process::Command;

fn model() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    folder.join("../codegen/import/tests/models/notes").display().to_string()
}

#[test]
fn an_imported_spec_checks_and_can_be_called() {
    let folder = Folder::new("import");
    let spec = folder.path().join("specs/notes.json").display().to_string();
    let ran = run(typefoundry(), ["import", &model(), "--out", &spec]);
    assert_eq!((ran.code, &*ran.out), (0, &*format!("{spec}: 7 operations, 17 shapes, 0 notes\n")));
    assert_eq!(ran.err, "");

    let checked = run(typefoundry(), ["check", &spec]);
    assert_eq!((checked.code, &*checked.out), (0, "1 file: 0 errors, 0 warnings\n"));

    let called = run(typefoundry(), ["call", "--spec", &spec, "list-books", "--mock"]).json();
    assert!(called["books"].is_array(), "{called}");
}

#[test]
fn without_a_file_the_spec_is_printed() {
    let ran = run(typefoundry(), ["import", &model()]);
    assert_eq!(ran.code, 0);
    assert!(typefoundry_spec::load("notes.json", &ran.out).into_model().is_ok());
}

#[test]
fn documentation_is_asked_for() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../codegen/import/tests/models/smithy/library.json");
    let model = model.display().to_string();
    for (form, has_docs) in [("none", false), ("markdown", true)] {
        let ran = run(typefoundry(), ["import", &model, "--docs", form]);
        assert_eq!(ran.out.contains("\"docs\""), has_docs, "{form}: {}", ran.out);
    }
}

#[test]
fn what_is_no_model_is_named() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml").display().to_string();
    let said = run(typefoundry(), ["import", &manifest]).failed(1);
    assert!(said.starts_with(&format!("error: {manifest} is not JSON: ")), "{said}");
    let said = run(typefoundry(), ["import", "nowhere"]).failed(1);
    assert!(said.starts_with("error: cannot read nowhere: "), "{said}");
    let folder = Folder::new("import-no-models");
    let cases = [
        ("spec.json", r#"{"typefoundry": "1"}"#, "it is a spec already: `check`, `call --spec`"),
        ("open.json", r#"{"openapi": "3.1.0"}"#, "OpenAPI is not read; expected a Smithy model"),
        ("new.json", r#"{"smithy": "9.0", "shapes": {}}"#, "it is of Smithy 9.0, and versions 1"),
        ("main.smithy", "$version: \"2\"", "is in Smithy's own language: import the JSON that"),
    ];
    for (name, text, expected) in cases {
        folder.write(name, text);
        let said = folder.run(&["import", name]).failed(1);
        assert!(said.contains(expected), "{said}");
    }
    let text = std::fs::read_to_string(Path::new(&model()).join("2021-02-03/service-2.json"));
    folder.write("many/notes/2021-02-03/service-2.json", text.unwrap());
    let said = folder.run(&["import", "many"]).failed(1);
    assert!(said.contains("is a folder of many models: import one of the folders in it"), "{said}");
}

const CONFIG: &str = "# Reviewed.\n[[import]]\nspec = \"specs/notes.json\"\nsource = \"ours\"\nversion = \"1.0\"\npath = \"notes\"\n\n[output]\npath = \"out\"\ncrate = \"made\"\nversion = \"0.1.0\"\nruntime = \"0.1\"\n\n[[spec]]\npath = \"specs/notes.json\"\n";

/// A folder with a list of imports and the model that it names.
fn pinned(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("typefoundry.toml", CONFIG);
    let text = |file: &str| std::fs::read(Path::new(&model()).join("2021-02-03").join(file));
    for file in ["service-2.json", "paginators-1.json"] {
        folder.write(&format!("models/notes/{file}"), text(file).expect("a file of the model"));
    }
    folder
}

#[test]
fn an_import_is_pinned_and_repeated() {
    let folder = pinned("import-pins");
    let all = ["import", "--all", "--source", "ours=models"];
    let said = folder.run(&all).failed(1);
    assert!(said.contains("specs/notes.json: not pinned yet, found "), "{said}");
    assert!(!folder.has("specs/notes.json"));

    let ran = folder.run(&["import", "--all", "--source", "ours@1.1=models", "--update"]);
    assert!(ran.out.starts_with("specs/notes.json: written, "), "{ran:?}");
    let config = folder.read("typefoundry.toml");
    assert!(config.starts_with("# Reviewed.\n"), "{config}");
    assert!(config.contains("version = \"1.1\"\n") && config.contains("sha256 = \""), "{config}");

    let ran = folder.run(&all);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("specs/notes.json: unchanged, "), "{ran:?}");

    let model = folder.read("models/notes/service-2.json");
    folder.write("models/notes/service-2.json", format!("{model}\n"));
    let said = folder.run(&all).failed(1);
    assert!(said.contains("specs/notes.json: pinned to "), "{said}");
    assert!(said.ends_with("--update takes them, and pins them in typefoundry.toml\n"), "{said}");
}

#[test]
fn an_overlay_that_no_longer_fits_is_shown() {
    let folder = pinned("import-overlay");
    folder.write(
        "specs/notes.overlay.json",
        r#"{"typefoundry": "1", "operations": {"ListPens": {"docs": "Gone."}}}"#,
    );
    let ran = folder.run(&["import", "--all", "--source", "ours=models", "--update"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error[TF0601]") && ran.err.contains("specs/notes.overlay.json:1:"));
}

#[test]
fn sources_and_imports_must_meet() {
    let folder = pinned("import-sources");
    let cases: &[(&[&str], &str)] = &[
        (&[], "say where that lies, with --source ours=FOLDER"),
        (&["--source", "ours"], "`ours` names no folder"),
        (&["--source", "ours=models", "--source", "hers=x"], "no import of the source `hers`"),
        (&["--source", "ours=elsewhere"], "the import of specs/notes.json: cannot read elsewhere"),
    ];
    for (arguments, expected) in cases {
        let said = folder.run(&[&["import", "--all"], *arguments].concat()).failed(1);
        assert!(said.contains(expected), "{said}");
    }
}

/// The binary with a folder of specs of its own.
fn with_specs(folder: &Folder) -> Command {
    let mut command = typefoundry();
    command.env("TYPEFOUNDRY_SPECS", folder.path().join("installed"));
    command
}

#[test]
fn a_folder_of_models_is_installed_and_called() {
    let folder = Folder::new("import-install");
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/import/tests/models");
    let text = |file: &str| std::fs::read(ours.join("notes/2021-02-03").join(file));
    for file in ["service-2.json", "paginators-1.json"] {
        folder.write(&format!("models/notes/1/{file}"), text(file).expect("a file of the model"));
    }
    let library = std::fs::read(ours.join("smithy/library.json")).expect("a model");
    folder.write("models/library.json", library);
    folder.write("models/broken/1/service-2.json", "{\"metadata\": {}, \"shapes\": []");
    let models = folder.path().join("models").display().to_string();

    let ran = run(with_specs(&folder), ["import", &models, "--install"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("broken") && ran.err.ends_with("error: 1 model failed\n"), "{ran:?}");
    assert!(ran.out.contains("installed: 2 services, 13 operations, "), "{ran:?}");
    // All of them are named: the service, the place, and what is the matter.
    let notes = ran.err.lines().filter(|line| line.starts_with("note: aws/book-library: ")).count();
    assert!(notes > 1 && ran.out.ends_with(&format!(" {notes} notes\n")), "{ran:?}");
    assert!(ran.err.contains("note: aws/book-library: Stars: its values have names"), "{ran:?}");
    assert!(folder.read("installed/aws/book-library.json").contains("\"docs\""));

    let called = run(with_specs(&folder), ["call", "aws", "notes", "list-books", "--mock"]).json();
    assert!(called["books"].is_array(), "{called}");
    let out = run(typefoundry(), ["import", &models, "--out-dir", &models]);
    assert!(out.code == 1 && folder.has("models/aws/notes.json"), "{out:?}");
    assert!(!folder.read("models/aws/book-library.json").contains("\"docs\""));
}

/// Broken specs and models are in nobody's way, and say what is wrong when they are called.
#[test]
fn what_lies_in_the_folder_of_specs_is_found_by_its_name() {
    let folder = Folder::new("specs-folder");
    let spec = r#"{"typefoundry": "1",
  "service": {"id": "acme/pets", "title": "Pets", "protocol": "json-1.1",
    "endpoint": {"url": "https://pets.acme.example"}},
  "operations": {"List": {"http": "POST /", "output": {"names": "Names"}}},
  "shapes": {"Names": {"list": "string"}}}"#;
    folder.write("installed/acme/pets.json", spec);
    folder.write("installed/acme/typo.json", spec.replace("\"Names\"}", "\"Nmaes\"}"));
    folder.write("installed/acme/torn.json", "{");
    let mut zipped = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut zipped, spec.as_bytes()).expect("memory takes it");
    folder.write("installed/acme/zipped.json.gz", zipped.finish().expect("memory takes it"));
    let model = std::fs::read(Path::new(&model()).join("2021-02-03/service-2.json"));
    folder.write("installed/acme/model.json", model.expect("the model is there"));

    let call = |service: &str, operation: &str| {
        run(with_specs(&folder), ["call", "acme", service, operation, "--mock"])
    };
    for service in ["pets", "zipped"] {
        assert!(call(service, "list").json()["names"].is_array());
    }
    assert!(call("model", "list-books").json()["books"].is_array());
    let said = call("typo", "list").failed(252);
    assert!(said.contains("typo.json:4") && said.contains("there is no shape `Nmaes`"), "{said}");
    let said = call("torn", "list").failed(252);
    assert!(said.contains("torn.json"), "{said}");
    let said = call("none", "list").failed(252);
    assert!(said.contains("argument service"), "{said}");
    // What is built in goes before.
    folder.write("installed/aws/ivs.json", "{");
    let ran = run(with_specs(&folder), ["call", "aws", "ivs", "list-channels", "--mock"]);
    assert!(ran.json()["channels"].is_array());
}
