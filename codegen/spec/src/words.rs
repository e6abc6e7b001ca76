//! Words for messages: what was likely meant, and lists that stay short.

#[cfg(test)]
mod tests;

/// Of a long list, as many as a reader looks through.
const LISTED: usize = 16;

/// The word that was likely meant: at most a third of its letters differ.
pub(crate) fn nearest<'a>(word: &str, words: &[&'a str]) -> Option<&'a str> {
    let word = Letters::of(word);
    let mut rows = Rows::default();
    let mut best: Option<(usize, &str)> = None;
    for candidate in words {
        // Most are of another length, and counting is cheaper than taking them apart.
        if !is_near(word.count, count(candidate)) {
            continue;
        }
        let limit = best.map_or(usize::MAX, |(distance, _)| distance.saturating_sub(1));
        if let (Some(distance), _) = rows.within(&word, &Letters::of(candidate), limit) {
            best = Some((distance, candidate));
        }
        if best.is_some_and(|(distance, _)| distance == 0) {
            break;
        }
    }
    best.map(|(_, best)| best)
}

/// Many words that one may have been meant of, over and over again.
pub(crate) struct Dictionary {
    words: Vec<(String, Letters)>,
    rows: Rows,
    /// How much may still be looked at
    budget: usize,
}

impl Dictionary {
    /// Of thousands of words that are wrong, the first are helped: whoever made them that way made all
    /// of them by the same mistake. It is about a second of a debug build.
    const BUDGET: usize = 40_000_000;
    /// What it costs to pass over a word, in letters that are compared
    const WORD: usize = 4;
    /// Most words that are meant are this near, and few others are to be compared with them.
    const FIRST: usize = 2;

    pub(crate) fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let words = words.into_iter().map(|word| (word.to_owned(), Letters::of(word)));
        Self { words: words.collect(), rows: Rows::default(), budget: Self::BUDGET }
    }

    /// As [`nearest`]: of equally near words the first.
    pub(crate) fn nearest(&mut self, word: &str) -> Option<&str> {
        let word = Letters::of(word);
        let first = self.find(&word, Self::FIRST);
        let found = first.or_else(|| self.find(&word, usize::MAX))?;
        self.words.get(found).map(|(word, _)| &**word)
    }

    fn find(&mut self, word: &Letters, limit: usize) -> Option<usize> {
        let mut best: Option<(usize, usize)> = None;
        for (index, (_, letters)) in self.words.iter().enumerate() {
            let limit = match best {
                Some((0, _)) => break,
                Some((distance, _)) => distance - 1,
                None => limit,
            };
            let (distance, compared) = self.rows.within(word, letters, limit);
            self.budget = self.budget.checked_sub(Self::WORD + compared)?;
            if let Some(distance) = distance {
                best = Some((distance, index));
            }
        }
        best.map(|(_, index)| index)
    }
}

fn count(word: &str) -> usize {
    if word.is_ascii() { word.len() } else { word.chars().count() }
}

/// How many letters of a word of that length may differ.
fn allowed(count: usize) -> usize {
    count.max(3) / 3
}

/// Whether a word of one length may be meant by one of another: that is the least distance.
fn is_near(count: usize, of_candidate: usize) -> bool {
    count.abs_diff(of_candidate) <= allowed(of_candidate)
}

/// A word, letter by letter, in lower case.
struct Letters {
    lower: Vec<char>,
    count: usize,
    /// A bit for each kind of letter
    kinds: u64,
    /// How many letters there are of each of these kinds
    bag: [u8; KINDS],
}

/// Letters of the alphabet, and others by their bits.
const KINDS: usize = 32;

impl Letters {
    fn of(word: &str) -> Self {
        let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
        let kinds = letters.iter().fold(0, |kinds, letter| kinds | 1 << (u32::from(*letter) % 64));
        let mut bag = [0_u8; KINDS];
        for letter in &letters {
            let place = &mut bag[u32::from(*letter) as usize % KINDS];
            *place = place.saturating_add(1);
        }
        Self { lower: letters, count: count(word), kinds, bag }
    }
}

/// The last three rows of a table of distances.
#[derive(Default)]
struct Rows([Vec<usize>; 3]);

impl Rows {
    /// How many letters were left out, put in, replaced or exchanged with their neighbour (the optimal
    /// string alignment distance), if that is at most the limit, and near enough; and how many letters
    /// were compared for that.
    fn within(
        &mut self,
        word: &Letters,
        candidate: &Letters,
        limit: usize,
    ) -> (Option<usize>, usize) {
        if !is_near(word.count, candidate.count) {
            return (None, 0);
        }
        let limit = limit.min(allowed(candidate.count));
        // Each edit brings one letter at most, and takes one away.
        let (more, less) = (word.kinds & !candidate.kinds, candidate.kinds & !word.kinds);
        if more.count_ones().max(less.count_ones()) as usize > limit {
            return (None, 0);
        }
        let (mut more, mut less) = (0, 0);
        for (a, b) in word.bag.iter().zip(&candidate.bag) {
            more += usize::from(a.saturating_sub(*b));
            less += usize::from(b.saturating_sub(*a));
        }
        if more.max(less) > limit {
            return (None, KINDS);
        }
        let letters = KINDS + word.lower.len() * (2 * limit + 1).min(candidate.lower.len());
        (self.distance(word, candidate, limit), letters)
    }

    fn distance(&mut self, word: &Letters, candidate: &Letters, limit: usize) -> Option<usize> {
        let (a, b) = (&word.lower, &candidate.lower);
        let far = limit + 1;
        let [before, last, row] = &mut self.0;
        for row in [&mut *before, &mut *last, &mut *row] {
            row.clear();
            row.resize(b.len() + 1, far);
        }
        for (j, distance) in last.iter_mut().enumerate().take(far + 1) {
            *distance = j;
        }
        for i in 1..=a.len() {
            row.fill(far);
            if i <= limit {
                row[0] = i;
            }
            // Further from the diagonal, everything is further than the limit.
            let end = (i + limit).min(b.len());
            for j in i.saturating_sub(limit).max(1)..=end {
                let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut best = replaced.min(last[j] + 1).min(row[j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(before[j - 2] + 1);
                }
                row[j] = best.min(far);
            }
            let minimum = |row: &[usize]| row.iter().min().copied().unwrap_or_default();
            if minimum(row) >= far && minimum(last) >= limit {
                return None;
            }
            std::mem::swap(before, last);
            std::mem::swap(last, row);
        }
        last.last().copied().filter(|distance| *distance <= limit)
    }
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
