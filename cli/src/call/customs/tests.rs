use super::{Change, Part, media, of, services};
use std::collections::HashSet;

#[test]
fn an_option_has_one_meaning() {
    for customs in services::CUSTOMS.iter().chain(media::CUSTOMS) {
        for command in customs.commands {
            let mut names = HashSet::new();
            for change in of(customs.service, command) {
                let Change::Add(custom) = change else { continue };
                assert!(names.insert(custom.name), "{command} --{}", custom.name);
                assert!(!custom.docs.is_empty(), "{command} --{}", custom.name);
            }
        }
    }
}

#[test]
fn changes_are_those_of_the_command_alone() {
    let count = |service, command| of(service, command).count();
    assert_eq!(count("lambda", "list-functions"), 0);
    assert_eq!(count("ivs", "create-channel"), 0);
    assert_eq!(count("cloudsearchdomain", "search"), 1);
    let paths = |change: &Change| matches!(change, Change::Add(it) if it.part == Part::Paths);
    assert!(of("cloudfront", "create-invalidation").any(paths));
    assert!(!of("cloudfront", "create-distribution").any(paths));
}
