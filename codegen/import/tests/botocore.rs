//! Models in botocore's language, written for these tests.

use std::path::{Path, PathBuf};
use typefoundry_import::{ImportError, Imported, Options, print};

fn import(path: &Path) -> Result<Imported, ImportError> {
    typefoundry_import::import(path, &Options::default())
}

fn model(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models").join(path)
}

#[test]
fn a_model_becomes_a_spec() {
    let imported = import(&model("notes")).unwrap();
    let notes: Vec<String> = imported.notes.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!("spec", print(&imported.spec));
    insta::assert_snapshot!("notes", notes.join("\n"));
}

#[test]
fn the_spec_is_good() {
    let imported = import(&model("notes/2021-02-03/service-2.json")).unwrap();
    let loaded = typefoundry_spec::load("notes.json", &print(&imported.spec));
    let codes: Vec<_> = loaded.diagnostics.iter().map(|diagnostic| diagnostic.code.id).collect();
    assert!(codes.is_empty(), "{}", loaded.diagnostics);
}

#[test]
fn a_gzipped_model_is_the_same() {
    use std::io::Write;
    let folder = std::env::temp_dir().join(format!("typefoundry-import-{}", std::process::id()));
    let version = folder.join("notes/2021-02-03");
    std::fs::create_dir_all(&version).unwrap();
    let plain = model("notes/2021-02-03");
    let text = std::fs::read(plain.join("service-2.json")).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&text).unwrap();
    std::fs::write(version.join("service-2.json.gz"), gzip.finish().unwrap()).unwrap();
    std::fs::copy(plain.join("paginators-1.json"), version.join("paginators-1.json")).unwrap();
    let imported = import(&version).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(imported, import(&plain).unwrap());
}

/// Some old models' waiters look through what is no list, and never find anything in it.
#[test]
fn waiters_that_look_through_nothing_are_left_out() {
    let imported = import(&model("waiters")).unwrap();
    let notes: Vec<String> = imported.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "NotesThere: left out an acceptor: `length(notes) > `9`` is never a list to look through",
            "NotesManyNever: left out an acceptor: `length(notes[].text) > `0`` is never a list to \
             look through",
            "NotesManyNever: left out: nothing lets it succeed",
        ]
    );
    let loaded = typefoundry_spec::load("notes.json", &print(&imported.spec));
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics);
    let model = loaded.into_model().unwrap();
    let waiters: Vec<_> = model.waiters.iter().map(|it| (&*it.name, it.acceptors.len())).collect();
    assert_eq!(waiters, [("NotesThere", 1)]);
}

#[test]
fn what_is_no_model_is_refused() {
    let unknown = import(&model("notes/2021-02-03/paginators-1.json")).unwrap_err();
    assert!(matches!(unknown, ImportError::Unknown { .. }), "{unknown}");
    let missing = import(&model("nowhere.json")).unwrap_err();
    assert!(matches!(missing, ImportError::Read { .. }), "{missing}");
    let source = import(&Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap_err();
    assert!(matches!(source, ImportError::Json { .. }), "{source}");
}

/// S3 says it of members, since the same blob is a part of events elsewhere.
#[test]
fn a_member_alone_may_stream() {
    let folder = std::env::temp_dir().join(format!("typefoundry-streams-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let text = std::fs::read_to_string(model("notes/2021-02-03/service-2.json")).unwrap();
    let text = text
        .replace(r#""Audio": {"type": "blob", "streaming": true}"#, r#""Audio": {"type": "blob"}"#)
        .replace(r#"{"shape": "Audio"}"#, r#"{"shape": "Audio", "streaming": true}"#);
    std::fs::write(folder.join("service-2.json"), text).unwrap();
    let imported = import(&folder.join("service-2.json"));
    std::fs::remove_dir_all(&folder).unwrap();
    let spec = print(&imported.unwrap().spec);
    assert!(spec.contains(r#""audio": {"type": "StreamingAudio", "payload": true}"#), "{spec}");
    assert!(spec.contains(r#""StreamingAudio": {"type": "blob", "streaming": true}"#), "{spec}");
    let loaded = typefoundry_spec::load("notes.json", &spec);
    assert!(!loaded.diagnostics.has_errors(), "{}", loaded.diagnostics);
}
