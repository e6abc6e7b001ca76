//! What somebody may have meant: Python's `difflib.get_close_matches`, with which the AWS CLI looks
//! for it.

use std::cmp::Ordering;
use std::collections::HashMap;

/// How like a name has to be (v2's `argparser.py`).
const CUTOFF: f64 = 0.8;

/// How many names are told at most.
const MOST: usize = 3;

/// The names that are most like a word, the likest first.
pub(super) fn similar<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    let word: Vec<char> = word.chars().collect();
    let mut found: Vec<(f64, &str)> = names
        .into_iter()
        .map(|name| (ratio(&name.chars().collect::<Vec<_>>(), &word), name))
        .filter(|(ratio, _)| *ratio >= CUTOFF)
        .collect();
    found.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal).then(b.1.cmp(a.1)));
    found.truncate(MOST);
    found.into_iter().map(|(_, name)| name).collect()
}

/// Lines that name them; nothing if there are none.
pub(super) fn hint<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    let names = similar(word, names);
    let lines = names.iter().map(|name| format!("\n  * {name}"));
    if names.is_empty() {
        String::new()
    } else {
        format!("\nMaybe you meant:\n{}", lines.collect::<String>())
    }
}

/// `SequenceMatcher.ratio`: twice the characters that match, of all.
#[expect(clippy::cast_precision_loss, reason = "words are short")]
fn ratio(a: &[char], b: &[char]) -> f64 {
    let all = a.len() + b.len();
    if all == 0 { 1.0 } else { 2.0 * matches(a, b) as f64 / all as f64 }
}

/// The characters of the longest common part, and of what is left and right of it.
fn matches(a: &[char], b: &[char]) -> usize {
    let (mut open, mut count) = (vec![(a, b)], 0);
    while let Some((a, b)) = open.pop() {
        let (at, other, length) = longest(a, b);
        if length == 0 {
            continue;
        }
        count += length;
        open.push((&a[..at], &b[..other]));
        open.push((&a[at + length..], &b[other + length..]));
    }
    count
}

/// The first of the longest common parts: where in both, and how long.
fn longest(a: &[char], b: &[char]) -> (usize, usize, usize) {
    let mut best = (0, 0, 0);
    let mut ending: HashMap<usize, usize> = HashMap::new();
    for (at, c) in a.iter().enumerate() {
        let mut next = HashMap::new();
        for (other, _) in b.iter().enumerate().filter(|(_, other)| *other == c) {
            let before = other.checked_sub(1).and_then(|before| ending.get(&before));
            let length = before.copied().unwrap_or_default() + 1;
            next.insert(other, length);
            if length > best.2 {
                best = (at + 1 - length, other + 1 - length, length);
            }
        }
        ending = next;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{hint, similar};

    #[test]
    fn what_is_like_a_word_is_told() {
        let names = ["list-channels", "list-streams", "get-channel", "delete-channel"];
        assert_eq!(similar("list-chanels", names), ["list-channels"]);
        assert_eq!(similar("xyz", names), [""; 0]);
        assert_eq!(similar("--nmae", ["--name", "--type"]), ["--name"]);
        assert_eq!(hint("lst-streams", names), "\nMaybe you meant:\n\n  * list-streams");
    }
}
