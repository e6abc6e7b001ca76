use super::{Dictionary, Letters, Rows, a, is_unprintable, listed, nearest, suggest};

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

/// The whole table of distances.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let best = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                let exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if exchanged { best.min(rows[i - 2][j - 2] + 1) } else { best }
            };
        }
    }
    rows[a.len()][b.len()]
}

#[test]
fn what_is_left_out_changes_no_distance() {
    let mut state = 1_u32;
    let mut random = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % below
    };
    let mut word = || -> String {
        let length = 1 + random(9);
        (0..length).filter_map(|_| char::from_digit(10 + random(3), 36)).collect()
    };
    let words: Vec<String> = (0..200).map(|_| word()).collect();
    let all: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut dictionary = Dictionary::new(all.iter().copied());
    let mut rows = Rows::default();
    for a in &words {
        let mut best: Option<(usize, &str)> = None;
        for b in &words {
            let (whole, allowed) = (distance(a, b), b.len().max(3) / 3);
            for limit in 0..5 {
                let (within, _) = rows.within(&Letters::of(a), &Letters::of(b), limit);
                let expected = (whole <= limit.min(allowed)).then_some(whole);
                assert_eq!(within, expected, "{a} and {b}, at most {limit}");
            }
            if whole <= allowed && best.is_none_or(|(least, _)| whole < least) {
                best = Some((whole, b));
            }
        }
        let best = best.map(|(_, best)| best);
        assert_eq!(nearest(a, &all), best, "{a}");
        assert_eq!(dictionary.nearest(a), best, "{a}");
    }
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
