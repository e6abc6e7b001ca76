//! Keys in variables and in the file of NAVER's tools.

use super::*;
use crate::auth::MemoryFiles;
use crate::samples::now;
use std::collections::BTreeMap;

fn found(variables: &[(&str, &str)], file: Option<&str>, profile: Option<&str>) -> String {
    let variables = variables.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
    let mut variables: BTreeMap<_, _> = variables.collect();
    variables.insert("HOME".to_owned(), "/h".to_owned());
    let mut files = MemoryFiles::new();
    if let Some(file) = file {
        files = files.with("/h/.ncloud/configure", file);
    }
    let mut surroundings = Surroundings::empty().with_environment(variables).with_files(files);
    if let Some(profile) = profile {
        surroundings = surroundings.with_profile(profile);
    }
    let provider = Provider { surroundings };
    match now(provider.provide()) {
        Ok(it) => format!("{}/{}", it.key(), it.secret()),
        Err(error) => error.to_string(),
    }
}

const FILE: &str = "[DEFAULT]\nncloud_access_key_id = d\nncloud_secret_access_key = ds\n\
    ncloud_api_url = https://ncloud.apigw.ntruss.com\n\n\
    [project]\nncloud_access_key_id = p\nncloud_secret_access_key = ps\n\
    [half]\nncloud_access_key_id = h\n[empty]\n";

#[test]
fn variables_go_before_the_file() {
    const KEY: (&str, &str) = ("NCLOUD_ACCESS_KEY", "k");
    const SECRET: (&str, &str) = ("NCLOUD_SECRET_KEY", "s");
    let others = [("NCLOUD_ACCESS_KEY_ID", "k2"), ("NCLOUD_SECRET_ACCESS_KEY", "s2")];
    assert_eq!(found(&[KEY, SECRET], Some(FILE), None), "k/s");
    assert_eq!(found(&others, Some(FILE), None), "k2/s2");
    assert_eq!(found(&[KEY, SECRET, others[0], others[1]], Some(FILE), None), "k/s");
    assert_eq!(found(&[], Some(FILE), None), "d/ds");
    assert_eq!(found(&[KEY, SECRET], Some(FILE), Some("project")), "p/ps");
    let half = "unable to retrieve credentials from the environment: one variable of the two is \
                set, but ";
    assert_eq!(found(&[KEY], Some(FILE), None), format!("{half}NCLOUD_SECRET_KEY is not"));
    assert_eq!(found(&[SECRET], Some(FILE), None), format!("{half}NCLOUD_ACCESS_KEY is not"));
}

#[test]
fn the_file_has_profiles() {
    let place = "unable to retrieve credentials from the configure file: ";
    let cases = [
        (FILE, Some("DEFAULT"), "d/ds".to_owned()),
        (FILE, Some("default"), "d/ds".to_owned()),
        (FILE, Some("project"), "p/ps".to_owned()),
        // A pair is never put together of two profiles.
        (
            FILE,
            Some("half"),
            format!(
                "{place}the profile `half` in \"~/.ncloud/configure\" has no \
                 `ncloud_secret_access_key`"
            ),
        ),
        (
            FILE,
            Some("empty"),
            format!(
                "{place}the profile `empty` in \"~/.ncloud/configure\" has no \
                 `ncloud_access_key_id`"
            ),
        ),
        (
            FILE,
            Some("other"),
            format!("{place}there is no profile `other` in \"~/.ncloud/configure\""),
        ),
        // As NAVER's documents show it without a section
        ("ncloud_access_key_id = k\nncloud_secret_access_key=s", None, "k/s".to_owned()),
        (
            "[DEFAULT]\nhunter2",
            None,
            format!(
                "{place}\"~/.ncloud/configure\" cannot be read: line 2: it is neither a section \
                 nor a name with `=` and a value"
            ),
        ),
    ];
    for (file, profile, expected) in cases {
        assert_eq!(found(&[], Some(file), profile), expected, "{profile:?}");
    }
}

#[test]
fn all_that_was_tried_is_named() {
    let said = "unable to locate credentials; these were tried:\n- environment: NCLOUD_ACCESS_KEY \
                is not set\n- configure file: ";
    assert_eq!(found(&[], None, None), format!("{said}there is no file \"~/.ncloud/configure\""));
    assert_eq!(
        found(&[], Some("[project]\n"), None),
        format!("{said}the profile `DEFAULT` in \"~/.ncloud/configure\" has no keys")
    );
    let chosen = found(&[], None, Some("project"));
    assert!(
        chosen.contains("from the configure file: \"~/.ncloud/configure\" cannot be read: "),
        "{chosen}"
    );
}
