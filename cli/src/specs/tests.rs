//! Specs that are read in part, and those in the user's folder.

use super::folder::{find_in, place, services_in};
use super::{Lazy, SPECS};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use typefoundry_spec::{Model, PageSource, SpecFiles};

/// The shapes that an operation reaches.
fn reached<'m>(model: &'m Model, operation: &str) -> BTreeSet<&'m str> {
    let operation = model.find_operation(operation).expect("the operation is there");
    let roles = model.roles([operation]);
    let used = roles.iter().zip(&model.shapes).filter(|(role, _)| role.is_used());
    used.map(|(_, shape)| &*shape.name).collect()
}

#[test]
fn a_part_of_a_built_in_spec_has_what_its_operation_needs() {
    for spec in SPECS.iter().filter(|spec| spec.callable) {
        let whole = spec.files().load().into_model().expect("built-in specs are right");
        let names: Vec<&str> = whole.operations.iter().map(|it| &*it.name).collect();
        let lazy = spec.lazy();
        assert_eq!(lazy.operations(), names, "{}", spec.id);
        // A few of each do: one of s3's takes as long as ten of others'.
        for name in names.iter().step_by(7) {
            let part = spec.lazy().load(&[name], &[]).expect("so are parts");
            // What says where it goes comes along.
            let found: Vec<_> = part.operations.iter().map(|it| &*it.name).collect();
            let asked = part.discovers().filter(|_| *name != "DescribeEndpoints");
            let expected: Vec<_> = [Some(*name), asked].into_iter().flatten().collect();
            assert_eq!(found, expected, "{} {name}", spec.id);
            assert_eq!(reached(&part, name), reached(&whole, name), "{} {name}", spec.id);
            let errors = |model: &Model| model.errors().count();
            assert_eq!(errors(&part), errors(&whole), "{} {name}", spec.id);
        }
        for waiter in &whole.waiters {
            let part = spec.lazy().load(&[&waiter.operation], &[&waiter.name]);
            assert_eq!(part.expect("so are parts").waiters.len(), 1, "{} {}", spec.id, waiter.name);
        }
    }
}

/// Calls follow written pages unasked, and the AWS CLI knows those of AWS's data alone.
#[test]
fn no_pages_of_aws_are_written_by_a_person() {
    for spec in SPECS.iter().filter(|spec| spec.id.starts_with("aws/")) {
        let model = spec.files().load().into_model().expect("built-in specs are right");
        let sources = model.operations.iter().filter_map(|it| Some(it.pages.as_ref()?.source));
        assert_eq!(sources.filter(|it| *it == PageSource::Written).count(), 0, "{}", spec.id);
    }
}

#[test]
fn a_mistake_is_shown_where_it_is_needed() {
    let spec = r#"{
  "typefoundry": "1",
  "service": {"id": "acme/pets", "title": "Pets", "protocol": "json-1.1"},
  "operations": {
    "Good": {"input": {"id": "Id"}},
    "Bad": {"input": {"id": "Od"}}
  },
  "shapes": {"Id": {"string": {}}, "Other": {"lisst": 1}},
  "waiters": {}
}"#;
    let lazy = || Lazy::new(SpecFiles::new("pets.json", spec));
    assert_eq!(lazy().operations(), ["Good", "Bad"]);
    // However a name is written.
    let escaped = spec.replace("\"Good\"", r#""\u0047ood""#).replace("Od", "Id");
    let escaped =
        Lazy::new(SpecFiles::new("pets.json", escaped.replace("lisst\": 1", "string\": {}")));
    assert_eq!(escaped.operations(), ["Good", "Bad"]);
    let part = lazy().load(&["Bad"], &[]);
    let said = part.expect_err("it has no target").to_string();
    assert!(said.contains("pets.json:6") && said.contains("there is no shape `Od`"), "{said}");
    assert!(lazy().load_all().is_err());
}

#[test]
fn the_folder_is_where_it_is_said_to_be() {
    type Case = (&'static [(&'static str, &'static str)], Option<&'static str>);
    const HOME: (&str, &str) = ("HOME", "/people/me");
    let cases: [Case; 6] = [
        (&[("TYPEFOUNDRY_SPECS", "here"), HOME], Some("here")),
        (&[("TYPEFOUNDRY_SPECS", ""), HOME], Some("/people/me/.config/typefoundry/specs")),
        (&[("XDG_CONFIG_HOME", "/etc/me"), HOME], Some("/etc/me/typefoundry/specs")),
        (&[("XDG_CONFIG_HOME", "me"), HOME], Some("/people/me/.config/typefoundry/specs")),
        (&[HOME], Some("/people/me/.config/typefoundry/specs")),
        (&[], None),
    ];
    for (variables, expected) in cases {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        };
        if cfg!(not(windows)) {
            assert_eq!(place(variable).as_deref(), expected.map(Path::new), "{variables:?}");
        }
    }
}

#[test]
fn files_of_a_folder_are_found_by_their_names() {
    let root = std::env::temp_dir().join(format!("typefoundry-specs-{}", std::process::id()));
    let aws = root.join("aws");
    std::fs::create_dir_all(aws.join("model/2020-01-01")).expect("a folder can be made");
    for file in ["plain.json", "plain.overlay.json", "zipped.json.gz", "notes.txt", ".hidden.json"]
    {
        std::fs::write(aws.join(file), "").expect("a file can be written");
    }
    let services: Vec<String> = services_in(&root, "aws").into_iter().collect();
    assert_eq!(services, ["model", "plain", "zipped"]);
    for (name, expected) in [
        ("plain", Some("plain.json")),
        ("zipped", Some("zipped.json.gz")),
        ("model", Some("model")),
        ("notes", None),
        ("../aws/plain", None),
        ("..", None),
        ("", None),
    ] {
        assert_eq!(find_in(&root, "aws", name), expected.map(|it| aws.join(it)), "{name}");
    }
    assert_eq!(find_in(&root, "../aws", "plain"), None);
    std::fs::remove_dir_all(&root).expect("it can be removed");
}
