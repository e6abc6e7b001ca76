//! Which section is what, and how command lines fall into words.

use super::*;
use crate::auth::MemoryFiles;

const CONFIG: &str = "/h/.aws/config";
const CREDENTIALS: &str = "/h/.aws/credentials";

fn load(variables: &[(&str, &str)], files: &[(&str, &str)]) -> Result<Profiles, String> {
    Profiles::load(&surroundings(variables, files)).map_err(|error| error.to_string())
}

fn surroundings(variables: &[(&str, &str)], files: &[(&str, &str)]) -> Surroundings {
    let mut all = std::collections::BTreeMap::from([("HOME".to_owned(), "/h".to_owned())]);
    all.extend(variables.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())));
    let memory = files.iter().fold(MemoryFiles::new(), |it, &(path, text)| it.with(path, text));
    Surroundings::empty().with_environment(all).with_files(memory)
}

/// The names and values of profiles.
fn shown(profiles: &Profiles) -> String {
    let sections = profiles.merged.iter().map(|(name, section)| {
        let values = section.iter().map(|(key, entry)| match &entry.value {
            Value::Text(text) => format!("{key}={text}"),
            Value::Nested(values) => format!("{key}={values:?}"),
        });
        format!("{name}: {}", values.collect::<Vec<_>>().join(", "))
    });
    sections.collect::<Vec<_>>().join("; ")
}

#[test]
fn sections_are_told_apart() {
    let cases = [
        ("[default]\nx=1", "default: x=1"),
        ("[profile a]\nx=1", "a: x=1"),
        ("[profile  a\t]\nx=1", "a: x=1"),
        ("[profile \"a b\"]\nx=1", "a b: x=1"),
        ("[profile 'a b']\nx=1", "a b: x=1"),
        ("[profile default]\nx=1", "default: x=1"),
        ("[default]\nx=1\n[profile default]\ny=2", "default: y=2"),
        ("[profile default]\nx=1\n[default]\ny=2", "default: y=2"),
        ("[DEFAULT]\nx=1\n[profile a]\ny=2", "a: x=1, y=2"),
        // What is no profile
        ("[a]\nx=1", ""),
        ("[profile]\nx=1", ""),
        ("[profile a b]\nx=1", ""),
        ("[profile 'a]\nx=1", ""),
        ("[preview]\nx=1", ""),
        ("[sso-session a]\nx=1\n[services a]\ny=\n z=1", ""),
        ("[default]\ns3 =\n  a = 1\n  b=2\nx=1", "default: s3={\"a\": \"1\", \"b\": \"2\"}, x=1"),
    ];
    for (config, expected) in cases {
        let profiles = load(&[], &[(CONFIG, config)]).expect("profiles");
        assert_eq!(shown(&profiles), expected, "{config:?}");
    }
}

#[test]
fn the_credentials_file_goes_over_the_config_file() {
    let config = "[default]\nx=1\ny=2\n[profile a]\nx=3";
    let credentials = "[default]\ny=4\n[b]\nx=5\n[profile c]\nx=6";
    let profiles = load(&[], &[(CONFIG, config), (CREDENTIALS, credentials)]).expect("profiles");
    assert_eq!(shown(&profiles), "default: x=1, y=4; a: x=3; b: x=5; profile c: x=6");
    assert_eq!(
        profiles.at("default", "y"),
        "`y` of the profile `default` in \"~/.aws/credentials\""
    );
    assert_eq!(profiles.at("default", "x"), "`x` of the profile `default` in \"~/.aws/config\"");
}

#[test]
fn files_and_the_profile_are_named_by_variables() {
    let files = [("/x/c", "[profile a]\nx=1"), ("/h/k", "[b]\nx=2")];
    let variables =
        [("D", "x"), ("AWS_CONFIG_FILE", "/$D/c"), ("AWS_SHARED_CREDENTIALS_FILE", "~/k")];
    let with = |more: &[(&'static str, &'static str)]| {
        load(&[&variables, more].concat(), &files).map(|it| it.name().to_owned())
    };
    assert_eq!(with(&[]).as_deref(), Ok("default"));
    assert_eq!(with(&[("AWS_PROFILE", "a")]).as_deref(), Ok("a"));
    assert_eq!(with(&[("AWS_PROFILE", "a"), ("AWS_DEFAULT_PROFILE", "b")]).as_deref(), Ok("b"));
    assert_eq!(
        with(&[("AWS_PROFILE", "z")]).expect_err("no such profile"),
        "there is no profile `z` in \"/$D/c\" or \"~/k\", which AWS_PROFILE names"
    );
    let chosen = surroundings(&variables, &files).with_profile("y");
    assert_eq!(
        Profiles::load(&chosen).expect_err("no such profile").to_string(),
        "there is no profile `y` in \"/$D/c\" or \"~/k\", which was chosen in code"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_not_shown() {
    let cases: [(&str, &[u8], &str); 4] = [
        (
            CONFIG,
            b"hunter2",
            "the file \"~/.aws/config\" cannot be read: line 1: it is in no section",
        ),
        (
            CREDENTIALS,
            b"[a]\nhunter2",
            "the file \"~/.aws/credentials\" cannot be read: line 2: it is neither a section nor a \
             name with `=` and a value",
        ),
        (
            CONFIG,
            b"[default]\ns3=\n  hunter2",
            "the file \"~/.aws/config\" cannot be read: [default]: a line below `s3` has no `=`",
        ),
        (CREDENTIALS, b"\xff", "the file \"~/.aws/credentials\" cannot be read: it is not UTF-8"),
    ];
    for (path, content, expected) in cases {
        let files = MemoryFiles::new().with(path, content);
        let surroundings = surroundings(&[], &[]).with_files(files);
        let error = Profiles::load(&surroundings).expect_err("a mistake");
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn values_are_not_shown() {
    let profiles = load(&[], &[(CREDENTIALS, "[default]\naws_secret_access_key=hunter2")]);
    let shown = format!("{:?}", profiles.expect("profiles"));
    assert!(shown.contains("aws_secret_access_key") && !shown.contains("hunter2"), "{shown}");
}

/// As Python's `shlex.split` does it.
#[test]
fn commands_fall_into_words() {
    let cases: [(&str, Result<&[&str], WordsError>); 16] = [
        ("", Ok(&[])),
        (" \t\r\n", Ok(&[])),
        ("a b", Ok(&["a", "b"])),
        (" a  b\tc\nd ", Ok(&["a", "b", "c", "d"])),
        ("a 'b c' \"d e\"", Ok(&["a", "b c", "d e"])),
        ("a\\ b\\\\", Ok(&["a b\\"])),
        (r#""a\"b\\c\d""#, Ok(&[r#"a"b\c\d"#])),
        (r"'a\'", Ok(&[r"a\"])),
        ("''", Ok(&[""])),
        ("a''b\"\"c", Ok(&["abc"])),
        ("#a b#c", Ok(&["#a", "b#c"])),
        ("$HOME `x` *", Ok(&["$HOME", "`x`", "*"])),
        ("\u{a0}a b", Ok(&["\u{a0}a", "b"])),
        ("\"a", Err(WordsError::Open)),
        ("'a", Err(WordsError::Open)),
        ("a\\", Err(WordsError::Escape)),
    ];
    for (text, expected) in cases {
        let expected = expected.map(|it| it.iter().map(|&word| word.to_owned()).collect());
        assert_eq!(words(text), expected, "{text:?}");
    }
}

/// The cases are botocore's for Windows (`tests/unit/test_compat.py`), and some more.
#[test]
fn commands_fall_into_words_on_windows() {
    let cases: [(&str, Result<&[&str], WordsError>); 14] = [
        ("", Ok(&[])),
        ("spam \\", Ok(&["spam", "\\"])),
        ("spam ", Ok(&["spam"])),
        (" spam", Ok(&["spam"])),
        ("spam eggs", Ok(&["spam", "eggs"])),
        ("spam\teggs", Ok(&["spam", "eggs"])),
        ("spam\neggs", Ok(&["spam\neggs"])),
        ("\"\"", Ok(&[""])),
        ("\" \"", Ok(&[" "])),
        ("\"\\\\\"", Ok(&["\\"])),
        ("\\\" \"a b\"c", Ok(&["\"", "a bc"])),
        ("a\\\\\\\"b", Ok(&["a\\\"b"])),
        ("C:\\a\\b 'c d'", Ok(&["C:\\a\\b", "'c", "d'"])),
        ("\"a", Err(WordsError::Open)),
    ];
    for (text, expected) in cases {
        let expected = expected.map(|it| it.iter().map(|&word| word.to_owned()).collect());
        assert_eq!(windows_words(text), expected, "{text:?}");
    }
}

#[test]
fn settings_are_those_of_the_chosen_profile() {
    let config =
        (CONFIG, "[default]\ncli_pager=more\n[profile a]\ncli_pager=\noutput=text\ns3=\n x=1");
    let of = |surroundings: &Surroundings| ProfileSettings::load(surroundings);
    let own = of(&surroundings(&[], &[config]));
    assert_eq!((own.get("cli_pager"), own.get("output")), (Some("more"), None));
    let other = of(&surroundings(&[("AWS_PROFILE", "a")], &[config]));
    assert_eq!((other.get("cli_pager"), other.get("output")), (Some(""), Some("text")));
    assert_eq!(other.get("s3"), None);
    assert_eq!(format!("{other:?}"), r#"{"cli_pager", "output", "s3"}"#);
    let absent = of(&surroundings(&[], &[config]).with_profile("b"));
    assert_eq!(absent.get("cli_pager"), None);
}
