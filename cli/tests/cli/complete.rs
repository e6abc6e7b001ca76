//! `typefoundry complete`, asked by the shells themselves.

use crate::run::{run, typefoundry};
use std::path::Path;
use std::process::Command;

/// The line so far, and what may stand in the place of its last word.
const CASES: &[(&str, &[&str])] = &[
    ("typefoundry ca", &["call"]),
    ("typefoundry call a", &["aws"]),
    ("typefoundry call aws ivs", &["ivs", "ivs-realtime", "ivschat"]),
    ("typefoundry call aws ivschat list-r", &["list-rooms"]),
    ("typefoundry call aws ivs create-channel --la", &["--latency-mode"]),
    ("typefoundry call aws ivs create-channel --latency-mode L", &["LOW"]),
    ("typefoundry call aws dynamodb wait table-e", &["table-exists"]),
    ("typefoundry call --output te", &["text"]),
    ("typefoundry call aws ivs list-channels --cli-b", &["--cli-binary-format"]),
    ("typefoundry import --ins", &["--install"]),
    ("typefoundry import --docs m", &["markdown"]),
    ("typefoundry complete z", &["zsh"]),
];

/// What a shell's own words show for each case; nothing if there is no such shell here, which is told,
/// and fails where `TYPEFOUNDRY_SHELLS` is `required`.
fn asked(shell: &str, options: &[&str], script: &str) -> Option<Vec<Vec<String>>> {
    let folder = Path::new(env!("CARGO_BIN_EXE_typefoundry")).parent().expect("a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    let ask = |line: &str| {
        let mut command = Command::new(shell);
        command.args(options).args(["-c", script]).args(shell.ends_with("sh").then_some("shell"));
        command.env_clear().env("PATH", format!("{}:{path}", folder.display()));
        command.env("LINE", line).env("HOME", env!("CARGO_TARGET_TMPDIR"));
        let output = match command.output() {
            Ok(output) => output,
            Err(error) => {
                let is_required =
                    std::env::var("TYPEFOUNDRY_SHELLS").is_ok_and(|it| it == "required");
                assert!(!is_required, "{shell}: {error}");
                eprintln!("{shell} is not tried: {error}");
                return None;
            }
        };
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{shell}: {line}");
        let out = String::from_utf8(output.stdout).expect("UTF-8");
        // What is said about a word stands behind it.
        let words = out.lines().filter_map(|line| line.split(['\t', ':']).next());
        Some(words.map(str::to_owned).collect())
    };
    CASES.iter().map(|(line, _)| ask(line)).collect()
}

#[test]
fn bash_completes() {
    let script = r#"source <(typefoundry complete bash)
        COMP_LINE=$LINE COMP_POINT=${#LINE} COMP_WORDS=($LINE) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _typefoundry
        printf '%s\n' "${COMPREPLY[@]}""#;
    let found = asked("bash", &["--noprofile", "--norc"], script).expect("bash is everywhere");
    for ((line, expected), found) in CASES.iter().zip(found) {
        assert_eq!(found, *expected, "{line}");
    }
}

/// What zsh does with the found words is its own affair.
#[test]
fn zsh_completes() {
    let script = r#"compdef() { }
        _files() { }
        _describe() { print -l -- "${found[@]}" }
        source <(typefoundry complete zsh)
        words=(${=LINE}) CURRENT=${#words}
        _typefoundry"#;
    for ((line, expected), found) in
        CASES.iter().zip(asked("zsh", &["-f"], script).unwrap_or_default())
    {
        assert_eq!(found, *expected, "{line}");
    }
}

#[test]
fn fish_completes() {
    let script = "typefoundry complete fish | source; complete -C \"$LINE\"";
    for ((line, expected), found) in
        CASES.iter().zip(asked("fish", &["--no-config"], script).unwrap_or_default())
    {
        assert_eq!(found, *expected, "{line}");
    }
}

#[test]
fn a_word_that_bash_takes_apart_is_completed_behind_the_sign() {
    let ask = |line: &str| run(typefoundry(), ["complete", "bash", "--line", line]).ok();
    assert_eq!(ask("typefoundry call --output=te"), "text\n");
    let line = "typefoundry call aws s3api create-multipart-upload --server-side-encryption aws:k";
    assert_eq!(ask(line), "kms\nkms:dsse\n");
    assert_eq!(ask("typefoundry call aws ivs nothing --"), "");
    let told = run(typefoundry(), ["complete", "fish", "--", "call", "aws", "iv"]).ok();
    assert!(told.starts_with("ivs\tAmazon IVS\n"), "{told}");
    let told = run(typefoundry(), ["complete", "zsh", "--", "call", "aws", "iv"]).ok();
    assert!(told.starts_with("ivs:Amazon IVS\n"), "{told}");
    run(typefoundry(), ["complete", "csh"]).failed(252);
}
