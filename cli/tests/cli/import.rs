//! `typefoundry import`

use crate::run::{Folder, run, typefoundry};
use std::path::Path;

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
