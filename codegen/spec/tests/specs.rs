//! The specs that are checked in, and the schema that editors hold them against.

#![allow(clippy::panic, reason = "that is how tests fail")]

mod support;

use std::convert::Infallible;
use std::path::Path;
use support::{Golden, files, package, read};
use typefoundry_spec::{Model, Severity, SpecFiles, Style, json_schema, overlay_json_schema};

const SPECS: &str = "../../specs";
const SCHEMA: &str = "../../specs/typefoundry.schema.json";
const OVERLAY_SCHEMA: &str = "../../specs/typefoundry.overlay.schema.json";

/// A spec with the overlay beside it.
fn spec_files(path: &Path) -> SpecFiles {
    let read = |path: &Path| Ok::<_, Infallible>(read(path));
    let Ok(files) = SpecFiles::read(&path.to_string_lossy(), path, read);
    files
}

/// Every spec, by its provider and name: `specs/<provider>/<name>.json`.
fn specs() -> Vec<(String, SpecFiles)> {
    let folder = package(SPECS);
    let mut specs = Vec::new();
    for path in files(&folder, "json") {
        let name = path.strip_prefix(&folder).unwrap_or(&path).with_extension("");
        if name.components().count() == 2 && name.extension().is_none() {
            let name = name.to_string_lossy().replace('\\', "/");
            let files = spec_files(&path);
            specs.push((name, files));
        }
    }
    assert!(specs.len() >= 5, "there are only {} specs in {SPECS}", specs.len());
    specs
}

fn model(name: &str) -> Model {
    let path = package(SPECS).join(name).with_extension("json");
    let files = spec_files(&path);
    files.load().into_model().unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// What cannot be mended: S3 has operations that only a header tells apart, such as `PutObject` and
/// `CopyObject`, and the pages of `ListInsightsMetricData` hold two lists side by side.
const KNOWN_WARNINGS: &[(&str, &str)] = &[("aws/s3", "TF0315"), ("aws/cloudtrail", "TF0403")];

#[test]
fn checked_in_specs_have_neither_errors_nor_warnings() {
    for (name, files) in specs() {
        let loaded = files.load();
        let rendered = loaded.diagnostics.render(Style::Plain);
        assert_eq!(loaded.diagnostics.count(Severity::Error), 0, "{rendered}");
        let known = |code| KNOWN_WARNINGS.contains(&(&*name, code));
        let mut warnings = loaded.diagnostics.iter();
        let unknown = warnings.any(|it| it.severity() == Severity::Warning && !known(it.code.id));
        assert!(!unknown, "{rendered}");
    }
}

/// The generator finds a spec by its id.
#[test]
fn a_spec_lies_where_its_id_says() {
    for (name, _) in specs() {
        assert_eq!(model(&name).service.id, name);
    }
}

#[test]
fn every_spec_names_the_schema_for_editors() {
    for (name, files) in specs() {
        assert!(files.text.contains("\"$schema\": \"../typefoundry.schema.json\""), "{name}");
        if let Some((name, text)) = files.overlay {
            let schema = "\"$schema\": \"../typefoundry.overlay.schema.json\"";
            assert!(text.contains(schema), "{name}");
        }
    }
}

#[test]
fn the_schemas_are_fresh() {
    let mut golden = Golden::default();
    golden.check(&package(SCHEMA), &json_schema());
    golden.check(&package(OVERLAY_SCHEMA), &overlay_json_schema());
    golden.finish();
}

/// A record without `responseElements` and one where they are null say different things.
#[test]
fn absent_and_null_differ_in_a_cloudtrail_record() {
    let model = model("aws/cloudtrail-record");
    let record = model.find_shape("Record").map(|id| model.shape(id).members()).unwrap_or_default();
    for name in ["requestParameters", "responseElements"] {
        assert!(record.iter().any(|member| member.name == name && member.nullable), "{name}");
    }
}
