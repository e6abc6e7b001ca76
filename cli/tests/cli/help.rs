//! Help and misuse of the whole command line.

use crate::run::{call, file, run, typefoundry};
use std::io::Read;
use std::process::Stdio;

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn help_texts_are_as_reviewed() {
    let help = |arguments: &[&str]| run(typefoundry(), arguments).ok();
    snapshot("typefoundry", &help(&["--help"]));
    for command in ["generate", "check", "import", "explain", "trail"] {
        snapshot(command, &help(&[command, "--help"]));
    }
    snapshot("call", &help(&["call", "--help"]));
    snapshot("call_aws", &help(&["call", "aws", "help"]));
    snapshot("call_dynamodb_wait", &help(&["call", "aws", "dynamodb", "wait", "help"]));
    let words = ["call", "aws", "dynamodb", "wait", "table-exists", "help"];
    snapshot("call_dynamodb_wait_table_exists", &help(&words));
    let words = ["call", "aws", "dynamodb", "get-item", "help"];
    snapshot("call_dynamodb_get_item", &help(&words));
    snapshot("call_s3_get_object", &help(&["call", "aws", "s3api", "get-object", "help"]));
    snapshot("call_ivs", &help(&["call", "aws", "ivs", "help"]));
    snapshot("call_ivs_create_channel", &help(&["call", "aws", "ivs", "create-channel", "--help"]));
    snapshot(
        "call_livestation_list_channels",
        &help(&["call", "ncp", "livestation", "list-channels", "--help"]),
    );
}

#[test]
fn help_is_a_word_or_an_option() {
    let listed = run(typefoundry(), ["call", "aws", "ivs", "help"]).ok();
    assert_eq!(listed, run(typefoundry(), ["call", "aws", "ivs", "--help"]).ok());
    let options = run(typefoundry(), ["call", "aws", "ivs", "list-channels", "help"]).ok();
    let words = ["call", "--debug", "aws", "ivs", "list-channels", "--help"];
    assert_eq!(options, run(typefoundry(), words).ok());
    let whole = run(typefoundry(), ["call", "--help"]).ok();
    assert_eq!(whole, run(typefoundry(), ["call", "help"]).ok());
    assert_eq!(whole, run(typefoundry(), ["call", "-h"]).ok());
}

#[test]
fn a_spec_without_operations_says_so() {
    let out = call(["aws", "cloudtrail-record", "help"]).ok();
    assert!(out.ends_with("It describes data alone and has no operations.\n"), "{out}");
    assert_eq!(
        call(["aws", "cloudtrail-record", "list-channels"]).failed(252),
        "aws/cloudtrail-record describes data alone and has no operations\n"
    );
}

#[test]
fn the_version_is_told() {
    let version = format!("typefoundry {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(run(typefoundry(), ["--version"]).ok(), version);
    for words in [&["call", "--version"][..], &["call", "aws", "ivs", "list-channels", "--vers"]] {
        assert_eq!(run(typefoundry(), words).ok(), version);
    }
}

#[test]
fn misuse_is_252_and_shows_the_usage() {
    let none: [&str; 0] = [];
    assert!(run(typefoundry(), none).failed(252).contains("Usage: typefoundry"));
    let err = run(typefoundry(), ["genrate"]).failed(252);
    assert!(err.contains("a similar subcommand exists: 'generate'"), "{err}");
    let err = run(typefoundry(), ["check"]).failed(252);
    assert!(err.contains("<FILE>"), "{err}");
    let err = run(typefoundry(), ["trail", "--output", "yaml", "x"]).failed(252);
    assert!(err.contains("[possible values: table, json]"), "{err}");
    for (arguments, message) in [
        (&["call"][..], "the following arguments are required: provider\n"),
        (&["call", "aws"], "the following arguments are required: service\n"),
        (&["call", "aws", "ivs"], "the following arguments are required: operation\n"),
        (&["call", "aws", "--region", "x"], "the following arguments are required: service\n"),
        (
            &["call", "aws", "ivss"],
            "argument service: Found invalid choice 'ivss'\n\nMaybe you meant:\n\n  * ivs\n",
        ),
        (&["call", "aws", "s3ap"], "argument service: Found invalid choice 's3ap'\n\nMaybe you"),
        (&["call", "aw"], "argument provider: Found invalid choice 'aw'\n\nMaybe you meant"),
        (
            &["call", "azure"],
            "argument provider: Found invalid choice 'azure'\n\nThe providers are: aws, ncp\n",
        ),
        (
            &["call", "aws", "ec2", "describe-instances"],
            "argument service: Found invalid choice 'ec2'\n\n`typefoundry call <provider> help` lists",
        ),
        (&["call", "--spec"], "argument --spec: expected one argument\n"),
        (&["call", "aws", "s3", "wait"], "the following arguments are required: waiter\n"),
        (
            &["call", "aws", "s3api", "wait", "bucket-exist"],
            "argument waiter: Found invalid choice 'bucket-exist'\n\nMaybe you meant:\n\n  * bucket-exists\n",
        ),
    ] {
        let err = run(typefoundry(), arguments).failed(252);
        assert!(err.starts_with(message), "{err}");
        assert!(err.contains("\nusage: typefoundry call "), "{err}");
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text_are_misuse() {
    use std::os::unix::ffi::OsStrExt;
    let word = std::ffi::OsStr::from_bytes(b"caf\xe9");
    for arguments in [[std::ffi::OsStr::new("call"), word], [std::ffi::OsStr::new("check"), word]] {
        let err = run(typefoundry(), arguments).failed(252);
        assert!(err.contains("invalid UTF-8"), "{err}");
    }
}

/// `typefoundry … | head` ends without a word.
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let arguments = [
        &["call", "aws", "ivs", "list-channels", "--mock"][..],
        &["explain", "TF0103"],
        &["--help"],
    ];
    for arguments in arguments {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = typefoundry();
        let child = command.args(arguments).stdout(writer).stderr(Stdio::piped()).spawn();
        let mut child = child.expect("the binary starts");
        let mut err = String::new();
        child.stderr.take().expect("it is piped").read_to_string(&mut err).expect("text");
        assert_eq!((child.wait().expect("it ends").code(), &*err), (Some(0), ""), "{arguments:?}");
    }
}

/// Nor is it when the error stream is closed: the exit code says it all.
#[test]
fn a_closed_error_stream_changes_no_exit_code() {
    let cases = [
        (vec!["explain".to_owned(), "TF9999".to_owned()], 1),
        (vec!["check".to_owned(), file("tests/fixtures/cloudtrail/log-file.json")], 1),
        (vec!["call".to_owned(), "aws".to_owned()], 252),
    ];
    for (arguments, code) in cases {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = typefoundry();
        let status = command.args(&arguments).stdout(Stdio::null()).stderr(writer).status();
        assert_eq!(status.expect("it ends").code(), Some(code), "{arguments:?}");
    }
}
