use super::takes_variable;

#[test]
fn newer_plugins_are_told_by_a_variable() {
    for (version, expected) in [
        ("1.2.497.0", false),
        ("1.2.497.1", true),
        ("1.2.700", true),
        ("1.3", true),
        ("2", true),
        ("1.2.54.0", false),
        ("1.2.3.4.5", false),
        ("1.x", false),
        ("", false),
    ] {
        assert_eq!(takes_variable(version), expected, "{version}");
    }
}
