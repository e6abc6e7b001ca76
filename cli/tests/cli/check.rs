//! `typefoundry check`

use crate::run::{Folder, file, repository, run, typefoundry};

const GOOD: &str = r#"{
  "typefoundry": "1",
  "service": {"id": "acme/pets", "title": "Pets"},
  "shapes": {"Pet": {"structure": {"name": "string"}}}
}"#;

const BROKEN: &str = r#"{
  "typefoundry": "1",
  "service": {"id": "acme/pets", "titel": "Pets"},
  "shapes": {"Pet": {"structure": {"name": "strnig"}}}
}"#;

#[test]
fn the_checked_in_specs_are_in_order() {
    // 6 operations of S3 have the method and path of another, and one page of CloudTrail's holds two
    // lists.
    const WARNINGS: usize = 7;
    // An overlay is checked with its spec.
    let is_spec = |name: &str| !name.ends_with(".overlay.json");
    let specs = |provider| {
        let entries = std::fs::read_dir(repository().join("specs").join(provider)).expect("specs");
        let names = entries.map(|entry| entry.expect("a spec").file_name());
        names.filter(|name| is_spec(&name.to_string_lossy())).count()
    };
    let count = specs("aws") + specs("ncp");
    let ran = run(typefoundry(), ["check".into(), repository().join("specs")]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.err.matches("warning[").count(), WARNINGS, "{}", ran.err);
    let out = ran.out;
    assert_eq!(out, format!("{count} files: 0 errors, {WARNINGS} warnings\n"));
}

#[test]
fn every_mistake_of_every_file_is_shown() {
    let folder = Folder::new("check-mistakes");
    folder.write("good.json", GOOD);
    folder.write("broken.json", BROKEN);
    folder.write("latin.json", b"{\"typefoundry\": \"caf\xe9\"}");
    let ran = folder.run(&["check", "good.json", "broken.json", "gone.json", "latin.json"]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.out, "4 files: 4 errors, 0 warnings\n");
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("check_mistakes", ran.err);
    });
}

#[test]
fn one_good_file() {
    let folder = Folder::new("check-good");
    folder.write("good.json", GOOD);
    assert_eq!(folder.run(&["check", "good.json"]).ok(), "1 file: 0 errors, 0 warnings\n");
}

#[test]
fn a_folder_is_no_spec() {
    let ran = run(typefoundry(), ["check", &file("cli/src")]);
    assert_eq!((ran.code, &*ran.out), (1, "1 file: 1 error, 0 warnings\n"));
    assert!(ran.err.contains("is no model that can be imported"), "{}", ran.err);
}

/// Names that Rust cannot tell apart are found by the generator, and `check` finds them too.
#[test]
fn names_that_collide_are_found() {
    let folder = Folder::new("check-collision");
    let spec = GOOD.replace(r#""name": "string""#, r#""petName": "string", "PetName": "string""#);
    folder.write("twice.json", spec);
    let ran = folder.run(&["check", "twice.json"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("twice.json:4:"), "the line is named: {}", ran.err);
}

const OVERLAY: &str = r#"{
  "typefoundry": "1",
  "shapes": {"Pet": {"structure": {"name": {"requird": true}}}}
}"#;

/// What people add lies beside the spec, and a mistake in it is shown there.
#[test]
fn an_overlay_is_checked_with_its_spec() {
    let folder = Folder::new("check-overlay");
    folder.write("pets.json", GOOD);
    folder.write("pets.overlay.json", OVERLAY);
    for file in ["pets.json", "pets.overlay.json"] {
        let ran = folder.run(&["check", file]);
        assert_eq!((ran.code, &*ran.out), (1, "1 file: 1 error, 0 warnings\n"));
        assert!(ran.err.contains("--> pets.overlay.json:3:45"), "{}", ran.err);
    }
    folder.write("pets.overlay.json", OVERLAY.replace("requird", "required"));
    assert_eq!(folder.run(&["check", "pets.json"]).ok(), "1 file: 0 errors, 0 warnings\n");
}

#[test]
fn an_overlay_of_nothing() {
    let folder = Folder::new("check-overlay-alone");
    folder.write("pets.overlay.json", OVERLAY);
    let ran = folder.run(&["check", "pets.overlay.json"]);
    assert_eq!((ran.code, &*ran.out), (1, "1 file: 1 error, 0 warnings\n"));
    assert!(ran.err.contains("an overlay lies beside the spec that it belongs to"), "{}", ran.err);
}
