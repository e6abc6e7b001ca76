use super::{a, is_unprintable, listed, nearest, suggest};

#[test]
fn the_nearest_word_is_near() {
    let words = ["type", "title", "http", "headerPrefix", "id"];
    let cases = [
        ("typ", Some("type")),
        ("TYPE", Some("type")),
        ("tiltes", None),
        ("titel", Some("title")),
        ("tilte", Some("title")),
        ("htpp", Some("http")),
        ("https", Some("http")),
        ("headerprefx", Some("headerPrefix")),
        ("header", None),
        ("ib", Some("id")),
        ("xy", None),
        ("", None),
        ("a very long word that is like none of them", None),
    ];
    for (word, expected) in cases {
        assert_eq!(nearest(word, &words), expected, "{word}");
    }
    assert_eq!(nearest("type", &[]), None);
}

#[test]
fn lists_read_like_sentences() {
    let many: Vec<_> = (0..40).map(|_| "a").collect();
    assert_eq!(listed(&[]), "");
    assert_eq!(listed(&["a"]), "`a`");
    assert_eq!(listed(&["a", "b"]), "`a` and `b`");
    assert_eq!(listed(&["a", "b", "c"]), "`a`, `b` and `c`");
    assert!(listed(&many).ends_with("`a` and 24 more"));
}

#[test]
fn suggestions_name_one_or_all() {
    assert_eq!(suggest("typ", &["type", "id"], "key"), "did you mean `type`?");
    assert_eq!(suggest("x", &["type", "id"], "key"), "the keys are `type` and `id`");
    assert_eq!(suggest("x", &["type"], "key"), "the only key is `type`");
    assert_eq!(suggest("x", &[], "key"), "it has no keys at all");
}

#[test]
fn articles_go_by_the_first_letter() {
    let phrases = ["enum", "integer", "operation", "string", "union"].map(a);
    assert_eq!(phrases, ["an enum", "an integer", "an operation", "a string", "a union"]);
}

#[test]
fn characters_without_a_look_are_known() {
    let unprintable =
        "\0\u{1b}\u{7f}\u{9b}\u{ad}\u{200b}\u{200e}\u{2028}\u{202e}\u{2066}\u{feff}\u{e0041}";
    assert!(unprintable.chars().all(is_unprintable));
    assert!(!"aé가🎈 ".chars().any(is_unprintable));
}
