use super::{History, MOST};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("typefoundry-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn at(home: &Path) -> History {
    History::at(|name| match name {
        "HOME" | "USERPROFILE" => Some(home.into()),
        "LOCALAPPDATA" => Some(home.join(".local/state").into()),
        _ => None,
    })
}

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

#[test]
fn lines_are_kept_in_the_form_of_the_aws_cli() {
    let home = folder("history");
    let history = at(&home);
    assert_eq!(history.lines(), [""; 0]);
    history.keep(&words("aws ivs list-channels"));
    history.keep(&words("aws ivs list-channels"));
    history.keep(&words("aws s3api head-object --bucket b --key k --sse-customer-key secret"));
    history.keep(&words("aws ivs nothing --secret secret"));
    let file = home.join(".local/state/typefoundry/prompt_history.json");
    let text = std::fs::read_to_string(&file).expect("a file");
    assert_eq!(
        text,
        r#"{"version":1,"commands":["aws ivs list-channels","aws s3api head-object --bucket b --key k"]}"#
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // Those of the AWS CLI are older.
    std::fs::create_dir_all(home.join(".aws/cli/cache")).expect("a folder");
    let theirs = r#"{"version": 1, "commands": ["sqs list-queues", " "]}"#;
    std::fs::write(home.join(".aws/cli/cache/prompt_history.json"), theirs).expect("a file");
    let lines = history.lines();
    assert_eq!(lines[..2], ["aws sqs list-queues", "aws ivs list-channels"], "{lines:?}");
    std::fs::remove_dir_all(home).expect("it can be removed");
}

#[test]
fn the_oldest_lines_go() {
    let home = folder("history-long");
    let history = at(&home);
    let older: Vec<_> = (0..MOST).map(|number| format!("aws ivs get-channel {number}")).collect();
    let file = home.join(".local/state/typefoundry/prompt_history.json");
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    let text = serde_json::json!({"version": 1, "commands": older}).to_string();
    std::fs::write(&file, text).expect("a file");
    for number in 0..3 {
        history.keep(&words(&format!("aws ivs get-channel --arn arn:{number}")));
    }
    let lines = history.lines();
    assert_eq!(lines.len(), MOST);
    let ends = (&*lines[0], &*lines[MOST - 1]);
    assert_eq!(ends, ("aws ivs get-channel 3", "aws ivs get-channel --arn arn:2"));
    history.keep(&words(&format!("aws ivs get-channel --arn {}", "x".repeat(9000))));
    assert_eq!(history.lines(), lines);
    std::fs::remove_dir_all(home).expect("it can be removed");
}

#[test]
fn what_is_no_history_is_left_alone() {
    let home = folder("history-broken");
    let file = home.join(".local/state/typefoundry/prompt_history.json");
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    std::fs::write(&file, "something else").expect("a file");
    let history = at(&home);
    history.keep(&words("aws ivs list-channels"));
    assert_eq!(std::fs::read_to_string(&file).expect("a file"), "something else");
    assert_eq!(history.lines(), [""; 0]);
    std::fs::remove_dir_all(home).expect("it can be removed");
    // Without a home there is none, and no relative path is one.
    let nowhere = History::at(|name| (name == "XDG_STATE_HOME").then(|| OsString::from("me")));
    nowhere.keep(&words("aws ivs list-channels"));
    assert_eq!(nowhere.lines(), [""; 0]);
}
