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
    ("typefoundry mock a", &["aws"]),
    ("typefoundry mock aws ivs", &["ivs", "ivs-realtime", "ivschat"]),
    ("typefoundry mock aws ivs aws ivs", &["ivs-realtime", "ivschat"]),
    ("typefoundry mock --port 0 aws ivs n", &["ncp"]),
    ("typefoundry mock aws ivs --qu", &["--quiet"]),
    ("typefoundry explain TF010", &EXPLAINED),
    ("typefoundry explain tf0101", &["TF0101"]),
    ("typefoundry generate --sp", &["--spec"]),
    ("typefoundry help trai", &["trail"]),
    ("typefoundry trail --output t", &["table"]),
    ("typefoundry check --he", &["--help"]),
    ("typefoundry --vers", &["--version"]),
];

/// The first codes of the catalogue.
const EXPLAINED: [&str; 9] =
    ["TF0101", "TF0102", "TF0103", "TF0104", "TF0105", "TF0106", "TF0107", "TF0108", "TF0109"];

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
        compset() { }
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

/// What is told of these words, and what is said about each.
#[track_caller]
fn told(words: &[&str]) -> String {
    run(typefoundry(), [&["complete", "fish", "--"], words].concat()).ok()
}

#[test]
fn every_command_and_all_of_its_options_are_completed_as_its_help_has_them() {
    let listed = |help: &str| -> Vec<String> {
        let lines = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
        let word = |line: &str| line.split(' ').find(|it| it.starts_with("--")).map(str::to_owned);
        lines.filter_map(word).collect()
    };
    let names = |told: &str| -> Vec<String> {
        told.lines().filter_map(|it| Some(it.split_once('\t')?.0.to_owned())).collect()
    };
    let commands = names(&told(&[""]));
    assert_eq!(commands.len(), 9, "{commands:?}");
    for command in commands.iter().filter(|it| !["call", "help"].contains(&&***it)) {
        let help = run(typefoundry(), [command, "--help"]).ok();
        let mut options = listed(&help);
        let mut found = names(&told(&[command, "--"]));
        options.sort_unstable();
        found.sort_unstable();
        assert!(!options.is_empty(), "{help}");
        assert_eq!(found, options, "{command}");
    }
}

#[test]
fn what_may_be_given_hangs_on_what_is_there() {
    let titled = told(&["explain", "TF0101"]);
    assert_eq!(titled, "TF0101\tthe file is not JSON\n");
    assert_eq!(told(&["mock", "aws", "ivsc"]), "ivschat\tAmazon IVS Chat\n");
    let names = |words: &[&str]| -> Vec<String> {
        told(words).lines().filter_map(|it| Some(it.split_once('\t')?.0.to_owned())).collect()
    };
    // One that may stand once is not told again, one that may be repeated is.
    assert_eq!(names(&["mock", "--fault", "throttle", "--fau"]), ["--fault"]);
    assert_eq!(names(&["mock", "--port", "1", "--po"]), [""; 0]);
    assert_eq!(names(&["mock", "-q", "--qui"]), [""; 0]);
    assert_eq!(names(&["generate", "--config", "a", "--sp"]), [""; 0]);
    assert_eq!(names(&["import", "--all", "--do"]), [""; 0]);
    assert_eq!(names(&["import", "--docs", "none", "--al"]), [""; 0]);
    assert_eq!(names(&["explain", "TF0101", "TF"]), [""; 0]);
    assert_eq!(names(&["import", "--docs=m"]), ["--docs=markdown"]);
    let kinds = ["throttle:0.1", "error:", "500:0.1", "reset:0.1", "slow:1000:0.1"];
    assert_eq!(names(&["mock", "--fault", ""]), kinds);
    let codes = names(&["mock", "aws", "ivs", "--fault", "error:Thr"]);
    assert_eq!(codes, ["error:ThrottlingException"]);
    assert_eq!(names(&["mock", "--fault", "error:Thr"]), [""; 0]);
    let line = "typefoundry mock aws ivs --fault error:Con";
    let asked = run(typefoundry(), ["complete", "bash", "--line", line]).ok();
    assert_eq!(asked, "ConflictException\n");
}

#[test]
fn operations_to_generate_are_those_of_the_spec_on_the_line() {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/aws/ivschat.json");
    let names = |word: &str| -> Vec<String> {
        let told = told(&["generate", "--spec", spec, "--operations", word]);
        told.lines().filter_map(|it| Some(it.split_once('\t')?.0.to_owned())).collect()
    };
    assert_eq!(names("ListR"), ["ListRooms"]);
    assert_eq!(
        names("ListRooms,List"),
        ["ListRooms,ListLoggingConfigurations", "ListRooms,ListTagsForResource"]
    );
    assert_eq!(told(&["generate", "--spec", "/nowhere", "--operations", ""]), "");
}
