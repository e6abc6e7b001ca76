//! Specs and values that nobody means well with.

use crate::run::{Folder, Ran, run, typefoundry};
use serde_json::{Map, Value as Json, json};

/// A spec of one operation, `Go`, in a folder of its own.
fn spec(name: &str, input: &Json, shapes: &Json) -> Folder {
    let folder = Folder::new(name);
    let spec = json!({
        "typefoundry": "1",
        "service": {
            "id": "acme/unkind", "title": "Unkind", "protocol": "rest", "auth": {"bearer": {}},
            "endpoint": {"url": "https://a.example"}
        },
        "operations": {"Go": {"http": "POST /go", "input": input}},
        "shapes": shapes
    });
    folder.write("unkind.json", spec.to_string());
    folder
}

fn go(folder: &Folder, arguments: &[&str]) -> Ran {
    folder.run(&[&["call", "--spec", "unkind.json", "go"], arguments].concat())
}

#[test]
fn shapes_that_all_name_each_other_are_shown_up_to_a_limit() {
    let names: Vec<String> = (0..14).map(|at| format!("S{at}")).collect();
    let members: Map<String, Json> =
        names.iter().map(|name| (format!("a{name}"), json!(name))).collect();
    let shapes: Map<String, Json> =
        names.iter().map(|name| (name.clone(), json!({"structure": members.clone()}))).collect();
    let folder = spec("dense", &json!({"a": "S0"}), &Json::Object(shapes));
    let help = go(&folder, &["help"]).ok();
    assert!(help.contains("( ... )") && help.contains("{ ... }"), "{}", help.len());
    assert!(help.len() < 4_000_000, "{}", help.len());
    for form in ["input", "yaml-input"] {
        let skeleton = go(&folder, &["--generate-cli-skeleton", form]).ok();
        assert!(skeleton.len() < 40_000_000, "{}", skeleton.len());
    }
}

#[test]
fn a_long_chain_of_shapes_is_no_matter() {
    let shape = |at: u32| (format!("S{at}"), json!({"structure": {"a": format!("S{}", at + 1)}}));
    let mut shapes: Map<String, Json> = (0..2_000).map(shape).collect();
    shapes.insert("S2000".to_owned(), json!({"structure": {"a": "string"}}));
    let folder = spec("chain", &json!({"a": "S0"}), &Json::Object(shapes));
    for arguments in [
        &["help"][..],
        &["--generate-cli-skeleton", "input"],
        &["--generate-cli-skeleton", "yaml-input"],
    ] {
        assert!(!go(&folder, arguments).ok().is_empty());
    }
}

#[test]
fn numbers_that_json_has_not_are_sent_by_their_names() {
    let input = json!({"a": "double", "b": "float", "c": "Many", "d": "document"});
    let folder = spec("special", &input, &json!({"Many": {"list": "double"}}));
    let shown = |arguments: &[&str]| {
        let ran = go(&folder, &[arguments, &["--mock", "--debug"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.err.lines().find(|line| line.starts_with("> {")).unwrap_or_default().to_owned()
    };
    let whole = r#"> {"a":"NaN","b":"Infinity","c":[1.5,"-Infinity"]}"#;
    assert_eq!(shown(&["--a", "NaN", "--b", "inf", "--c", "[1.5, -Infinity]"]), whole);
    let input = r#"{"a": NaN, "b": Infinity, "c": [1.5, -Infinity]}"#;
    assert_eq!(shown(&["--cli-input-json", input]), whole);
    assert_eq!(shown(&["--cli-input-yaml", "{a: .nan, b: .inf, c: [1.5, -.inf]}"]), whole);
    assert_eq!(
        go(&folder, &["--cli-input-json", r#"{"d": {"x": [NaN]}}"#]).failed(252),
        "Parameter validation failed:\nInvalid value for parameter d: JSON has neither NaN nor \
         infinities\n"
    );
}

#[test]
fn what_is_said_about_a_secret_does_not_show_it() {
    let secret = json!({"type": "string", "sensitive": true});
    let input = json!({
        "pass": secret, "blob": {"type": "blob", "sensitive": true}, "in": "Inner",
        "all": {"type": "Labels", "sensitive": true}, "n": {"type": "integer", "sensitive": true},
        "many": "Inners", "blobs": {"type": "Blobs", "sensitive": true}
    });
    let shapes = json!({
        "Inner": {"structure": {"pass": secret, "open": "string", "n": "integer"}},
        "Inners": {"list": "Inner"},
        "Blobs": {"list": "blob"},
        "Labels": {"map": "string"}
    });
    let folder = spec("secrets", &input, &shapes);
    for arguments in [
        &["--cli-input-json", r#"{"pass": {"x": "hunter2"}}"#][..],
        &["--cli-input-json", r#"{"all": {"hunter2": ["hunter2"]}}"#],
        &["--cli-input-json", r#"{"in": {"pass": ["hunter2"]}}"#],
        &["--cli-input-json", r#"{"n": "hunter2"}"#],
        &["--blob", "hunter2!"],
        &["--blobs", "hunter2!"],
        &["--n", "hunter2"],
        &["--in", "pass=hunter2,x"],
        &["--in", "{\"pass\": hunter2}"],
        &["--in", "hunter2"],
        &["--many", "pass=hunter2,"],
        &["--many", "[{\"pass\": hunter2}]"],
        &["--many", "n=hunter2"],
    ] {
        let ran = go(&folder, arguments);
        assert_ne!(ran.code, 0, "{arguments:?}");
        assert!(!ran.err.contains("hunter2"), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains("<redacted>"), "{arguments:?}: {}", ran.err);
    }
    let said = go(&folder, &["--cli-input-json", r#"{"in": {"open": ["seen"]}}"#]).failed(252);
    assert!(said.contains("value: ['seen'], type"), "{said}");
}

/// Values that a shell would take for something else, by the shell itself.
#[cfg(unix)]
#[test]
fn bash_completes_with_words_that_it_does_not_read_again() {
    const VALUES: [&str; 6] = [
        "$(touch made)",
        "Red Hat",
        "a\"b!c\\d",
        "it's; `touch made`",
        "~&|<>*?[]{}#",
        "동해 바다",
    ];
    let values: Map<String, Json> =
        VALUES.map(|it| (it.to_owned(), json!(""))).into_iter().collect();
    let folder = spec("quoting", &json!({"kind": "Kind"}), &json!({"Kind": {"enum": values}}));
    let ask = |line: &str| {
        let ran = folder.run(&["complete", "bash", "--line", line]).ok();
        ran.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    // What bash makes of a line
    let words = |line: &str| {
        let mut command = std::process::Command::new("bash");
        command.args([
            "--noprofile",
            "--norc",
            "-c",
            "eval \"set -- $1\"; printf '%s\\n' \"$@\"",
            "x",
        ]);
        let output = command.arg(line).current_dir(folder.path()).output().expect("bash");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let line = "typefoundry call --spec unkind.json go --kind ";
    for (open, close) in [("", ""), ("'", "'"), ("\"", "\"")] {
        let told = ask(&format!("{line}{open}"));
        let found: Vec<String> =
            told.iter().map(|it| words(&format!("{open}{it}{close}"))).collect();
        // No quote of this kind keeps `!` as it is.
        let expected = VALUES.iter().filter(|it| open != "\"" || !it.contains('!'));
        assert_eq!(found, expected.map(|it| format!("{it}\n")).collect::<Vec<_>>(), "{open}");
    }
    assert_eq!(ask("typefoundry call --spec unkind.json go --kind=Red"), ["Red\\ Hat"]);
    assert!(!folder.has("made"));
}

/// The region is the one that a call would go to.
#[test]
fn without_a_network_the_region_is_still_the_callers() {
    let folder = Folder::new("region");
    folder.write("config", "[default]\nregion = ap-northeast-2\n");
    let config = folder.path().join("config").display().to_string();
    let none = ("AWS_X", String::new());
    for (variable, expected) in [
        (("AWS_REGION", "eu-west-1".to_owned()), "https://ivs.eu-west-1.amazonaws.com/"),
        (("AWS_DEFAULT_REGION", "eu-west-2".to_owned()), "https://ivs.eu-west-2.amazonaws.com/"),
        (("AWS_CONFIG_FILE", config), "https://ivs.ap-northeast-2.amazonaws.com/"),
        (none, "https://ivs.mock-region-1.amazonaws.com/"),
    ] {
        let mut command = typefoundry();
        command.env(variable.0, variable.1);
        let ran = run(command, ["call", "aws", "ivs", "list-channels", "--mock", "--debug"]);
        assert!(ran.err.contains(expected), "{expected}: {}", ran.err);
    }
}
