//! `typefoundry trail`

use crate::run::{Folder, file, run, typefoundry};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

fn log() -> String {
    file("tests/fixtures/cloudtrail/log-file.json")
}

fn record() -> String {
    file("tests/fixtures/cloudtrail/create-channel.json")
}

fn trail(arguments: &[&str]) -> crate::run::Ran {
    run(typefoundry(), ["trail"].iter().chain(arguments))
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn a_table_of_records() {
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("trail_table", trail(&[&log(), &record()]).ok());
    });
}

#[test]
fn records_as_json() {
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("trail_json", trail(&[&log(), "--output", "json"]).ok());
    });
}

#[test]
fn gzipped_files_are_read_as_they_are() {
    let folder = Folder::new("trail-gz");
    let bytes = std::fs::read(log()).expect("a fixture");
    folder.write("log.json.gz", gzipped(&bytes));
    // CloudTrail's files may be several gzip members, one behind the other.
    let (head, tail) = bytes.split_at(100);
    folder.write("parts", [gzipped(head), gzipped(tail)].concat());
    let plain = trail(&[&log(), "--output", "json"]).ok();
    assert_eq!(folder.run(&["trail", "log.json.gz", "--output", "json"]).ok(), plain);
    assert_eq!(folder.run(&["trail", "parts", "--output", "json"]).ok(), plain);
}

#[test]
fn what_the_spec_does_not_know_is_handed_on() {
    let folder = Folder::new("trail-unknown");
    folder.write(
        "log.json",
        r#"{"Records": [{
            "eventName": "Dance", "newThing": {"a": 1}, "userIdentity": "HIDDEN", "readOnly": "yes"
        }]}"#,
    );
    let answer = folder.run(&["trail", "log.json", "--output", "json"]).json();
    assert_eq!(
        answer,
        serde_json::json!([{
            "eventName": "Dance",
            "unplaced": {"newThing": {"a": 1}, "userIdentity": "HIDDEN", "readOnly": "yes"},
        }])
    );
}

#[test]
fn bare_records_and_lists_are_read_too() {
    let folder = Folder::new("trail-forms");
    folder.write("list.json", r#"[{"eventName": "A"}, {"eventName": "B"}]"#);
    folder.write("empty.json", r#"{"Records": []}"#);
    let out = folder.run(&["trail", "list.json", "empty.json"]).ok();
    assert!(out.ends_with("\n2 records\n"), "{out}");
    let out = folder.run(&["trail", "empty.json"]).ok();
    assert!(out.ends_with("\n0 records\n"), "{out}");
    assert_eq!(folder.run(&["trail", "empty.json", "--output", "json"]).ok(), "[]\n");
}

/// A log is written by strangers, and its texts must not move the terminal's cursor.
#[test]
fn control_characters_do_not_reach_the_terminal() {
    let folder = Folder::new("trail-control");
    folder
        .write("log.json", r#"[{"eventName": "\u001b[2Jboo\u0007\n\r", "awsRegion": "a\u009bb"}]"#);
    let out = folder.run(&["trail", "log.json"]).ok();
    assert!(out.contains(" [2Jboo"), "{out}");
    assert!(!out.replace('\n', "").contains(char::is_control), "{out:?}");
    assert_eq!(out.lines().count(), 4, "a record is a line: {out}");
}

#[test]
fn broken_files_are_named_and_the_others_shown() {
    let folder = Folder::new("trail-broken");
    folder.write("good.json", r#"[{"eventName": "Good"}]"#);
    folder.write("cut.json", r#"{"Records": [{"#);
    folder.write("text.json", "\"hello\"");
    folder.write("odd.json", r#"{"Records": {"eventName": "A"}}"#);
    folder.write("number.json", r#"{"Records": [{"eventName": "A"}, 7]}"#);
    let gz = gzipped(br#"[{"eventName": "Packed"}]"#);
    folder.write("cut.gz", &gz[..gz.len() - 6]);
    let names =
        ["gone.json", "cut.json", "text.json", "good.json", "odd.json", "number.json", "cut.gz"];
    let ran = folder.run(&[&["trail"], &names[..]].concat());
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("Good") && ran.out.ends_with("\n1 record\n"), "{}", ran.out);
    let lines: Vec<_> = ran.err.lines().collect();
    assert_eq!(
        lines[..5],
        [
            "error: cannot read gone.json: No such file or directory (os error 2)",
            "error: cut.json is not JSON: EOF while parsing an object at line 1 column 14",
            "error: text.json holds no records: expected {\"Records\": […]}, a list or one record",
            "error: odd.json: `Records` is not a list of records",
            "error: number.json: record 2 is not an object",
        ]
    );
    assert!(lines[5].starts_with("error: cut.gz is a broken gzip file: "), "{}", lines[5]);
}
