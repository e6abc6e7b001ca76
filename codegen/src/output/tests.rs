#![allow(clippy::unwrap_used, reason = "that is how tests fail")]

use super::manifest::quoted;
use super::{Generated, Origin, Plan};
use crate::config::{Config, Output, Runtime};
use crate::{Options, generate};
use typefoundry_spec::SpecFiles;

#[test]
fn strings_of_toml_are_read_as_they_were() {
    let long_accent = "../cafe\u{301}";
    for text in ["", "plain", "a\"b\\c", long_accent, "가", "a\nb\t\0\u{7f}\u{202e}\u{e0041}🎈"]
    {
        let table: toml::Table = format!("text = {}", quoted(text)).parse().unwrap();
        assert_eq!(table["text"].as_str(), Some(text));
    }
    assert_eq!(quoted(long_accent), format!("\"{long_accent}\""), "what is seen stays");
}

/// Cargo and the compiler find each module's file, and take none of them for something else.
#[test]
fn a_module_lies_where_its_name_says() {
    let cases = [
        ("acme/pet-shop", "acme/pet_shop", "pub mod pet_shop;"),
        ("type/match", "type/match", "pub mod r#match;"),
        ("self/crate", "self_/crate_", "pub mod crate_;"),
        ("lib/mod", "lib_/mod_", "pub mod mod_;"),
        ("bin/main", "bin_/main_", "pub mod main_;"),
    ];
    for (id, folder, declaration) in cases {
        let text = format!(
            r#"{{"typefoundry": "1", "service": {{"id": "{id}", "title": "Pets"}},
            "shapes": {{"Pet": {{"structure": {{"name": "string"}}}}}}}}"#
        );
        let files = SpecFiles::new("pets.json", text);
        let origin = Origin::from(&files);
        let (model, mut diagnostics) = files.load().into_parts().unwrap();
        let module = generate(&model, &Options::default(), &mut diagnostics).unwrap().unwrap();
        let config = Config::parse(
            "[output]\npath = \"out\"\ncrate = \"pets\"\nversion = \"0.1.0\"\nruntime = \"0.1\"\n[[spec]]\npath = \"pets.json\"\n",
        );
        let plan = Plan::new(&config.unwrap(), &[Generated::new(&module, origin)]);
        let provider = folder.split('/').next().unwrap_or_default();
        assert!(plan.files.contains_key(&format!("src/{folder}/mod.rs")), "{id}");
        assert!(plan.files[&format!("src/{provider}/mod.rs")].contains(declaration), "{id}");
    }
}

/// A folder of models may come from anywhere.
#[test]
fn a_file_name_stays_in_its_comment() {
    let name = "pets\n[dependencies.evil]\r\npath = \"evil\"\u{2028}\u{202e}.json";
    let text = r#"{"typefoundry": "1", "service": {"id": "acme/pets", "title": "Pets"},
        "shapes": {"Pet": {"structure": {"name": "string"}}}}"#;
    let mut files = SpecFiles::new(name, text);
    files.overlay = Some((
        name.to_owned(),
        r#"{"typefoundry": "1", "service": {"title": "Our Pets"}}"#.to_owned(),
    ));
    let (model, mut diagnostics) = files.load().into_parts().unwrap();
    let module = generate(&model, &Options::default(), &mut diagnostics).unwrap().unwrap();
    let generated = Generated::alone(&module, Origin::from(&files));
    let output = Output {
        path: "pets".into(),
        name: "pets".to_owned(),
        version: "0.1.0".to_owned(),
        runtime: Runtime::Version("1".to_owned()),
    };
    for (path, text) in Plan::alone(&output, generated).files {
        if path == "Cargo.toml" {
            let manifest: toml::Table = text.parse().unwrap();
            let names: Vec<_> = manifest["dependencies"].as_table().unwrap().keys().collect();
            assert_eq!(names, ["typefoundry"]);
        } else {
            let named = text.lines().filter(|line| line.contains("pets"));
            assert!(named.clone().count() > 1, "{path}: {text}");
            for line in named {
                assert!(line.starts_with("// ") && line.contains("evil"), "{path}: {line}");
            }
            assert!(text.contains(r"pets\u{a}[dependencies.evil]\u{d}\u{a}path"), "{path}: {text}");
        }
    }
}
