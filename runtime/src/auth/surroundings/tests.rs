//! Paths and files.

use super::*;

#[test]
fn paths_are_as_a_shell_has_them() {
    let surroundings =
        Surroundings::empty().with_environment([("HOME", "/h"), ("A", "a"), ("B_1", "b")]);
    let cases = [
        ("~/.aws/config", "/h/.aws/config"),
        ("~", "/h"),
        ("~other/x", "~other/x"),
        ("x/~/y", "x/~/y"),
        ("/$A/${B_1}/c", "/a/b/c"),
        ("$A.$A-$B_1", "a.a-b"),
        ("$UNKNOWN/${UNKNOWN}", "$UNKNOWN/${UNKNOWN}"),
        ("$", "$"),
        ("${A", "${A"),
        ("$A$", "a$"),
        ("$é", "$é"),
    ];
    for (text, expected) in cases {
        assert_eq!(surroundings.path(text), Path::new(expected), "{text}");
    }
    assert_eq!(Surroundings::empty().path("~/x"), Path::new("~/x"));
}

#[test]
fn nothing_surrounds_an_empty_place() {
    let empty = Surroundings::empty();
    assert_eq!(empty.var("PATH"), None);
    assert!(empty.files().read(Path::new("/")).is_err());
    assert!(format!("{empty:?}").contains("NoProcesses"));
}

#[test]
fn files_are_put_in_place_at_once() {
    let folder = std::env::temp_dir().join(format!("typefoundry-{}", uuid::Uuid::new_v4()));
    let path = folder.join("a").join("token.json");
    for content in ["one", "two"] {
        SystemFiles.write(&path, content.as_bytes()).expect("written");
        assert_eq!(SystemFiles.read(&path).expect("read"), content.as_bytes());
    }
    let beside = std::fs::read_dir(folder.join("a")).expect("a folder").count();
    assert_eq!(beside, 1, "nothing is left beside it");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "it is for its owner alone");
    }
    std::fs::remove_dir_all(folder).expect("removed");
}
