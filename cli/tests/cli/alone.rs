//! `typefoundry generate --spec`, and the other commands on models that are no specs.

use crate::run::{Folder, repository, run, typefoundry};

fn models() -> String {
    repository().join("codegen/import/tests/models").display().to_string()
}

fn notes() -> String {
    format!("{}/notes", models())
}

/// A small crate, whole.
#[test]
fn a_model_becomes_a_crate() {
    let folder = Folder::new("alone");
    let spec = notes();
    let arguments = [
        "generate",
        "--spec",
        &spec,
        "--out",
        "out",
        "--operations",
        "ListBooks",
        // The one of the checkout is as far away as the folder of builds.
        "--runtime",
        env!("CARGO_PKG_VERSION"),
    ];
    let out = folder.run(&arguments).ok();
    assert!(out.starts_with("1 crate: 1 operations, "), "{out}");
    let whole: String = folder.files().into_iter().fold(String::new(), |all, (path, text)| {
        all + &format!("==> {}\n{}\n", path.display(), String::from_utf8_lossy(&text))
    });
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("crate_of_notes", whole);
    });
    let again = folder.run(&arguments).ok();
    assert!(again.ends_with(", 0 written\n"), "{again}");
    folder.run(&[&arguments[..], &["--check"]].concat()).ok();
}

#[test]
fn the_crate_is_called_and_placed_as_asked() {
    let folder = Folder::new("alone-name");
    std::fs::create_dir_all(folder.path().join("deep/runtime")).expect("a folder");
    let spec = notes();
    let base = ["generate", "--spec", &spec, "--out", "new/out"];
    let asked = |more: &[&str]| folder.run(&[&base[..], more].concat());
    asked(&["--crate-name", "my-notes", "--runtime", "deep/runtime"]).ok();
    let manifest = folder.read("new/out/Cargo.toml");
    assert!(manifest.contains("name = \"my-notes\""), "{manifest}");
    assert!(manifest.contains("path = \"../../deep/runtime\""), "{manifest}");
    asked(&["--runtime", "0.9"]).ok();
    assert!(folder.read("new/out/Cargo.toml").contains("version = \"0.9\", default-features"));

    let said = asked(&["--runtime", "nowhere"]).failed(1);
    assert!(said.contains("--runtime nowhere is no version, and no folder"), "{said}");
    let said = asked(&["--crate-name", "a/b"]).failed(1);
    assert!(said.contains("`a/b` cannot be the name of a crate"), "{said}");
    let said = asked(&["--operations", "Nothing"]).failed(1);
    assert!(said.contains("has no operation `Nothing`"), "{said}");
}

/// A crate that is made in passing has to build, though no version is published.
#[test]
fn the_runtime_is_that_of_the_checkout_which_cargo_runs() {
    let folder = Folder::new("alone-runtime");
    let mut command = typefoundry();
    command.current_dir(folder.path()).env("CARGO_MANIFEST_DIR", env!("CARGO_MANIFEST_DIR"));
    let out = run(command, ["generate", "--spec", &notes(), "--out", "out"]).ok();
    let runtime = repository().join("runtime");
    let runtime = std::fs::canonicalize(runtime).expect("the runtime");
    let said = format!("runtime: {}, of this program's checkout\n", runtime.display());
    assert!(out.contains(&said), "{out}");
    let manifest = folder.read("out/Cargo.toml");
    let path = manifest.lines().find_map(|line| line.split_once("path = \"")?.1.split_once('"'));
    let (path, _) = path.expect("a path");
    let found = std::fs::canonicalize(folder.path().join("out").join(path)).expect("it is there");
    assert_eq!(found, runtime, "{manifest}");

    let asked = ["generate", "--spec", &notes(), "--out", "out", "--runtime", "0.9"];
    let out = folder.run(&asked).ok();
    assert!(out.contains("\nruntime: version 0.9\n"), "{out}");
}

#[test]
fn a_folder_of_models_becomes_a_crate_each() {
    let folder = Folder::new("alone-folder");
    for (file, id) in [("pens.json", "acme/pens"), ("inks.json", "acme/inks")] {
        let spec = r#"{"typefoundry": "1", "service": {"id": "ID", "title": "T"}}"#;
        folder.write(&format!("specs/{file}"), spec.replace("ID", id));
    }
    let arguments = ["generate", "--spec", "specs", "--out", "out"];
    let out = folder.run(&arguments).ok();
    assert!(out.starts_with("2 crates: "), "{out}");
    assert!(folder.read("out/acme-pens/src/lib.rs").contains("from pens.json\n"));
    let said = folder.run(&[&arguments[..], &["--operations", "A"]].concat()).failed(1);
    assert!(said.contains("--crate-name and --operations are about one"), "{said}");

    // One that is broken does not keep the others from being made, and is a failure.
    folder.write("specs/worse.json", r#"{"typefoundry": "1"}"#);
    folder.write(
        "specs/inks.json",
        r#"{"typefoundry": "1", "service": {"id": "acme/quills", "title": "Q"}}"#,
    );
    let said = folder.run(&arguments).failed(1);
    assert!(said.ends_with("error: 1 model failed, and nothing was written for them\n"), "{said}");
    assert!(folder.has("out/acme-quills/src/lib.rs"));

    folder.write(
        "specs/worse.json",
        r#"{"typefoundry": "1", "service": {"id": "acme/pens", "title": "P"}}"#,
    );
    let said = folder.run(&arguments).failed(1);
    assert!(said.contains("both are the service `acme/pens`"), "{said}");
}

#[test]
fn what_is_in_the_way_is_spared() {
    let folder = Folder::new("alone-in-the-way");
    folder.write("out/Cargo.toml", "[package]\nname = \"mine\"\n");
    let said = folder.run(&["generate", "--spec", &notes(), "--out", "out"]).failed(1);
    assert!(said.contains("or choose another folder with --out"), "{said}");
    assert!(!folder.has("out/src"));
}

#[test]
fn options_of_one_way_do_not_go_with_the_other() {
    let folder = Folder::new("alone-usage");
    for arguments in [
        &["generate", "--spec", "x"][..],
        &["generate", "--out", "x"],
        &["generate", "--spec", "x", "--out", "y", "--config", "z"],
    ] {
        folder.run(arguments).failed(252);
    }
}

#[test]
fn every_format_checks_and_can_be_called() {
    let smithy = format!("{}/smithy/library.json", models());
    for model in [notes(), smithy] {
        let checked = run(typefoundry(), ["check", &model]);
        assert!(checked.out.starts_with("1 file: 0 errors"), "{checked:?}");
        // What importing has to note comes beside.
        let help = run(typefoundry(), ["call", "--spec", &model, "help"]);
        assert_eq!(help.code, 0, "{}", help.err);
        assert!(help.err.lines().all(|line| line.starts_with("note: ")), "{}", help.err);
        assert!(help.out.contains("\nOPERATIONS\n"), "{}", help.out);
    }
    let called = run(typefoundry(), ["call", "--spec", &notes(), "list-books", "--mock"]).json();
    assert!(called["books"].is_array(), "{called}");
}

#[test]
fn a_list_may_name_a_model() {
    let folder = Folder::new("alone-list");
    let list = "[output]\npath = \"out\"\ncrate = \"made\"\nversion = \"0.1.0\"\nruntime = \"0.1\"\n\n[[spec]]\npath = \"NOTES\"\n";
    folder.write("typefoundry.toml", list.replace("NOTES", &notes()));
    folder.run(&["generate"]).ok();
    assert!(folder.read("out/Cargo.toml").contains("\"typefoundry/aws\""));
}

/// Where a checkout lies, and whether a spec is packed, is nothing that generated files say.
#[test]
fn the_overlay_of_a_spec_is_found_and_named_beside_it() {
    let folder = Folder::new("alone-overlay");
    let spec = r#"{"typefoundry": "1", "service": {"id": "acme/pets", "title": "Pets"},
        "shapes": {"Pet": {"structure": {"name": "string"}}}}"#;
    let overlay = r#"{"typefoundry": "1", "shapes": {"Pet": {"docs": "A pet of ours."}}}"#;
    let packed = |text: &str| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, text.as_bytes()).expect("memory takes it");
        packed.finish().expect("memory takes it")
    };
    folder.write("a/pets.json", spec);
    folder.write("a/pets.overlay.json", overlay);
    folder.write("b/pets.json.gz", packed(spec));
    folder.write("b/pets.overlay.json", overlay);
    folder.write("c/pets.json.gz", packed(spec));
    folder.write("c/pets.overlay.json.gz", packed(overlay));
    let generated = |spec: &str| {
        let spec = folder.path().join(spec).display().to_string();
        folder.run(&["generate", "--spec", &spec, "--out", "out"]).ok();
        let files = folder.files().into_iter().filter(|(path, _)| path.starts_with("out/src"));
        files.map(|(_, text)| String::from_utf8_lossy(&text).into_owned()).collect::<String>()
    };
    let plain = generated("a/pets.json");
    assert!(plain.contains("A pet of ours."), "{plain}");
    let whole = folder.path().display().to_string();
    assert!(plain.contains("\n// and pets.overlay.json\n") && !plain.contains(&whole), "{plain}");
    for (name, named) in [("b/pets.json.gz", ""), ("c/pets.json.gz", ".gz")] {
        let other = generated(name).replace("from pets.json.gz\n", "from pets.json\n");
        let other = other.replace(&format!("overlay.json{named}\n"), "overlay.json\n");
        assert_eq!(other, plain, "{name}");
    }
    for overlay in ["b/pets.overlay.json", "c/pets.overlay.json.gz"] {
        assert_eq!(folder.run(&["check", overlay]).ok(), "1 file: 0 errors, 0 warnings\n");
    }
}

/// A folder of specs and models, one broken among them, and one in a folder of its provider.
fn mixed(name: &str) -> Folder {
    let folder = Folder::new(name);
    let spec = r#"{"typefoundry": "1",
  "service": {"id": "acme/ID", "title": "T", "protocol": "json-1.1",
    "endpoint": {"url": "https://acme.example"}},
  "operations": {"List": {"http": "POST /", "output": {"names": "Names"}}},
  "shapes": {"Names": {"list": "string"}}}"#;
    let model = std::fs::read(format!("{}/2021-02-03/service-2.json", notes())).expect("a model");
    folder.write("all/pens.json", spec.replace("ID", "pens"));
    folder.write("all/old.notes/2021-02-03/service-2.json", model);
    folder.write("all/torn.json", "{");
    folder.write("provided/acme/inks.json", spec.replace("ID", "inks"));
    folder
}

#[test]
fn a_folder_is_checked_as_its_files_are() {
    let folder = mixed("alone-check");
    let ran = folder.run(&["check", "all"]);
    assert_eq!((ran.code, &*ran.out), (1, "3 files: 1 error, 1 warning\n"), "{}", ran.err);
    assert!(ran.err.contains("all/torn.json"), "{}", ran.err);
    std::fs::remove_file(folder.path().join("all/torn.json")).expect("it is there");
    let ran = folder.run(&["check", "all"]);
    assert_eq!((ran.code, &*ran.out), (0, "2 files: 0 errors, 1 warning\n"), "{}", ran.err);
    assert_eq!(folder.run(&["check", "provided"]).ok(), "1 file: 0 errors, 0 warnings\n");
}

#[test]
fn a_service_of_a_folder_is_called() {
    let folder = mixed("alone-call");
    for words in [
        &["all", "pens", "list"][..],
        &["all", "old.notes", "list-books"],
        &["all", "old-notes", "list-books"],
        &["provided", "acme/inks", "list"],
        &["provided", "inks", "list"],
    ] {
        let called = folder.run(&[&["call", "--mock", "--spec"], words].concat());
        assert_eq!((called.code, &*called.err), (0, ""), "{words:?}");
    }
    let help = folder.run(&["call", "--spec", "all", "help"]).ok();
    assert!(help.contains("call --spec all SERVICE OPERATION") && help.contains("pens"), "{help}");
    let said = folder.run(&["call", "--spec", "all", "pen", "list"]).failed(252);
    assert!(said.contains("argument service") && said.contains("pens"), "{said}");
    let said = folder.run(&["call", "--spec", "all"]).failed(252);
    assert!(said.contains("service"), "{said}");
    let broken = folder.run(&["call", "--spec", "all", "torn", "list"]).failed(252);
    assert!(broken.contains("all/torn.json"), "{broken}");
}
