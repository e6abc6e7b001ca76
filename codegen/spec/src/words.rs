//! Words for messages: what was likely meant, and lists that stay short.

#[cfg(test)]
mod tests;

/// Of a long list, as many as a reader looks through.
const LISTED: usize = 16;

/// The word that was likely meant: at most a third of its letters differ.
pub(crate) fn nearest<'a>(word: &str, words: &[&'a str]) -> Option<&'a str> {
    let length = word.chars().count();
    let scored = words.iter().filter_map(|candidate| {
        let letters = candidate.chars().count();
        let allowed = letters.max(3) / 3;
        // The difference in length is the least distance, and counting is cheaper than measuring.
        let near = letters.abs_diff(length) <= allowed;
        let distance = if near { distance(word, candidate) } else { usize::MAX };
        (distance <= allowed).then_some((distance, *candidate))
    });
    scored.min_by_key(|(distance, _)| *distance).map(|(_, best)| best)
}

/// How many letters were left out, put in, replaced or exchanged with their neighbour (the optimal
/// string alignment distance), letter case aside.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().collect();
    let b: Vec<char> = b.to_lowercase().chars().collect();
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

/// Help for a word that is none of `words`: the one that was likely meant, or all of them.
pub(crate) fn suggest(word: &str, words: &[&str], what: &str) -> String {
    match nearest(word, words) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if words.is_empty() => format!("it has no {what}s at all"),
        None if words.len() == 1 => format!("the only {what} is {}", listed(words)),
        None => format!("the {what}s are {}", listed(words)),
    }
}

/// `a`, `b` and `c`; of many, the first and how many more there are.
pub(crate) fn listed(words: &[&str]) -> String {
    let quoted = |words: &[&str]| {
        let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
        quoted.join(", ")
    };
    match words {
        [] => String::new(),
        [one] => quoted(&[*one]),
        [first @ .., last] if words.len() <= LISTED => format!("{} and `{last}`", quoted(first)),
        _ => format!("{} and {} more", quoted(&words[..LISTED]), words.len() - LISTED),
    }
}

/// The noun behind its article.
pub(crate) fn a(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// Whether a character has no look of its own: it is a control, or it changes the direction or
/// the joining of its neighbours, so that a reader sees another text than a program.
pub fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}
