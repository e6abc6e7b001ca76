use super::Patterns;

#[test]
fn simple_patterns_have_texts() {
    let simple = [
        ("[a-z0-9-]{1,128}", (0, 128)),
        ("^[a-zA-Z0-9-_]*$", (1, 64)),
        (r"^arn:aws:ivs:[a-z0-9-]+:[0-9]+:channel/[a-zA-Z0-9-]+$", (1, 128)),
        (r"^$|^arn:aws:ivs:[a-z0-9-]+:[0-9]+:recording-configuration/[a-zA-Z0-9-]+$", (0, 128)),
        (r"(arn:[a-z-]+:x:\d{12}:r/ra-[a-z0-9]{13}|ra-[a-z0-9]{13})", (16, 20)),
        (r"\d{4}-\d{2}-\d{2}", (10, 10)),
        (r"[\w+=,.@-]*", (2, 64)),
        (r"[^\W_]{3}:(?:on|off)(?<tail>;x)?", (1, 16)),
        (r"[\x20-\x7E]+", (1, 8)),
        (r"\u0041[^a-z]\S\D.", (5, 5)),
        (r"(a|bb)+?c{2,}", (4, 9)),
        (r"[]x]", (1, 1)),
        (r"[!-/:-@\[-`{-~]", (1, 1)),
        ("[a-z]{40,}", (50, 60)),
    ];
    let patterns = Patterns::default();
    for (pattern, (least, most)) in simple {
        let text = |seed| {
            let text = patterns.text(pattern, (least, most), seed);
            text.unwrap_or_else(|| panic!("there is no text of {pattern}"))
        };
        for seed in 0..20 {
            let made = text(seed);
            assert!(patterns.fits(pattern, &made), "{pattern} and {made:?}");
            assert!(
                (least.max(1)..=most).contains(&made.chars().count()),
                "{pattern} and {made:?}"
            );
            assert_eq!(made, text(seed), "the same of the same seed");
        }
    }
    let arn = simple[2];
    let text = |seed| patterns.text(arn.0, arn.1, seed);
    assert_ne!(text(1), text(2), "of another seed another one");
}

#[test]
fn other_patterns_have_none() {
    let patterns = Patterns::default();
    let others = [
        ("(?!aws)[a-z]+", (1, 9)),
        (r"(a)\1", (1, 9)),
        (r"\p{L}", (1, 9)),
        ("[a-z&&[^b]]", (1, 1)),
        ("(?i)a", (1, 1)),
        ("a", (2, 9)),
        ("a{5}", (1, 4)),
        ("a{3", (1, 9)),
        ("[a", (1, 9)),
        ("(a", (1, 9)),
        ("a)", (1, 9)),
        ("*", (1, 9)),
        (r"\", (1, 9)),
        (r"\xZZ", (1, 9)),
        ("", (1, 9)),
        ("a\\b", (3, 2)),
    ];
    for (pattern, length) in others {
        assert_eq!(patterns.text(pattern, length, 0), None, "{pattern}");
    }
    let deep = "(".repeat(10_000);
    assert_eq!(patterns.text(&deep, (1, 9), 0), None);
    // Repetitions of repetitions grow no further than a text may.
    assert_eq!(patterns.text("((a{9999}){9999}){9999}", (1, 9), 0), None);
}
