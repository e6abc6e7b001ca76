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
    assert_eq!((ran.code, &*ran.out), (0, &*format!("{spec}: 5 operations, 16 shapes, 3 notes\n")));
    assert!(
        ran.err.contains("note: PlayNote: left out: a spec cannot say `streaming`"),
        "{}",
        ran.err
    );

    let checked = run(typefoundry(), ["check", &spec]);
    assert_eq!((checked.code, &*checked.out), (0, "1 file: 0 errors, 1 warning\n"));

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
fn what_is_no_model_is_named() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml").display().to_string();
    let said = run(typefoundry(), ["import", &manifest]).failed(1);
    assert!(said.starts_with(&format!("error: {manifest} is not JSON: ")), "{said}");
    let said = run(typefoundry(), ["import", "nowhere"]).failed(1);
    assert!(said.starts_with("error: cannot read nowhere: "), "{said}");
}
