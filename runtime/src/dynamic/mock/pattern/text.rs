//! Texts of a pattern, for the simple ones that most specs have.

use crate::dynamic::sample::mixed;

/// How deep groups may stand in each other.
const DEPTH: usize = 32;
/// No text is longer.
const LONGEST: usize = 4096;
/// What is taken of a set of characters, if any of it is in there.
const USUAL: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
const OTHERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./:=+@,# \t\n";

/// Texts of a pattern within a length, the plainest first; none if the pattern has something that is
/// not known here. They are what the pattern asks for unless it has assertions inside.
pub(super) fn texts(
    pattern: &str,
    (least, most): (usize, usize),
    seed: u64,
) -> impl Iterator<Item = String> {
    let tree = Parser { rest: pattern, depth: 0 }.whole();
    let exact = (least..=most.min(least.saturating_add(64))).take(96);
    let counts: Vec<_> = [8, 12, 4, 2, 1, 16, 32, 64, 128].into_iter().chain(exact).collect();
    let branches = [0, 1, 2];
    let tries = counts.into_iter().flat_map(move |count| branches.map(|branch| (count, branch)));
    tree.into_iter().flat_map(move |tree| {
        tries.clone().filter_map(move |(count, branch)| {
            let mut maker = Maker { text: String::new(), branch, seed };
            maker.add(&tree, count);
            let length = maker.text.chars().count();
            (least.max(1)..=most).contains(&length).then_some(maker.text)
        })
    })
}

/// A part of a pattern.
#[derive(Clone, Debug)]
enum Part {
    Char(char),
    Set { ranges: Vec<(char, char)>, negated: bool },
    Repeat { part: Box<Part>, least: usize, most: usize },
    Sequence(Vec<Part>),
    Either(Vec<Part>),
}

struct Maker {
    text: String,
    /// Which of alternatives is taken.
    branch: usize,
    seed: u64,
}

impl Maker {
    /// Adds a text, in which repetitions are so many where they may be.
    fn add(&mut self, part: &Part, count: usize) {
        if self.text.len() > LONGEST {
            return;
        }
        match part {
            Part::Char(c) => self.text.push(*c),
            Part::Set { ranges, negated } => self.one_of(ranges, *negated),
            Part::Repeat { part, least, most } => {
                for _ in 0..count.clamp(*least, (*most).max(*least)).min(LONGEST) {
                    self.add(part, 1);
                }
            }
            Part::Sequence(parts) => parts.iter().for_each(|part| self.add(part, count)),
            Part::Either(parts) => {
                if let Some(part) = parts.get(self.branch % parts.len().max(1)) {
                    self.add(part, count);
                }
            }
        }
    }

    fn one_of(&mut self, ranges: &[(char, char)], negated: bool) {
        let fits = |c: &char| ranges.iter().any(|(low, high)| low <= c && c <= high) != negated;
        for letters in [USUAL, OTHERS] {
            let fitting: Vec<_> = letters.chars().filter(fits).collect();
            let drawn = mixed(self.seed ^ self.text.len() as u64) % (fitting.len().max(1) as u64);
            if let Some(c) = usize::try_from(drawn).ok().and_then(|index| fitting.get(index)) {
                self.text.push(*c);
                return;
            }
        }
        self.text.extend(ranges.first().map(|(low, _)| *low));
    }
}

/// Reads a pattern. Nothing it has but literals, sets, groups, alternatives, repetitions and anchors.
struct Parser<'p> {
    rest: &'p str,
    depth: usize,
}

impl Parser<'_> {
    fn whole(mut self) -> Option<Part> {
        let part = self.alternatives()?;
        self.rest.is_empty().then_some(part)
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn skip(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn alternatives(&mut self) -> Option<Part> {
        let mut all = vec![self.sequence()?];
        while self.skip("|") {
            all.push(self.sequence()?);
        }
        Some(if all.len() == 1 { all.remove(0) } else { Part::Either(all) })
    }

    fn sequence(&mut self) -> Option<Part> {
        let mut parts = Vec::new();
        while let Some(c) = self.peek().filter(|c| !matches!(c, '|' | ')')) {
            if matches!(c, '^' | '$') {
                self.next();
                continue;
            }
            let part = self.one()?;
            parts.push(self.repeated(part)?);
        }
        Some(Part::Sequence(parts))
    }

    fn one(&mut self) -> Option<Part> {
        match self.next()? {
            '(' => self.group(),
            '[' => self.set(),
            '.' => Some(Part::Set { ranges: vec![('\n', '\n')], negated: true }),
            '\\' => match self.escaped()? {
                Escaped::Char(c) => Some(Part::Char(c)),
                Escaped::Class(ranges, negated) => Some(Part::Set { ranges, negated }),
                Escaped::Nothing => Some(Part::Sequence(Vec::new())),
            },
            '*' | '+' | '?' => None,
            c => Some(Part::Char(c)),
        }
    }

    fn group(&mut self) -> Option<Part> {
        if self.skip("?<") || self.skip("?P<") {
            let (name, rest) = self.rest.split_once('>')?;
            if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                return None;
            }
            self.rest = rest;
        } else if !self.skip("?:") && self.peek() == Some('?') {
            return None;
        }
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let inner = self.alternatives()?;
        self.depth -= 1;
        self.skip(")").then_some(inner)
    }

    fn set(&mut self) -> Option<Part> {
        let negated = self.skip("^");
        let mut ranges = Vec::new();
        loop {
            let first = match self.next()? {
                ']' if !ranges.is_empty() => return Some(Part::Set { ranges, negated }),
                // A set in a set, or what two of them share.
                '[' => return None,
                '&' if self.peek() == Some('&') => return None,
                '\\' => match self.escaped()? {
                    Escaped::Char(c) => c,
                    Escaped::Class(class, false) => {
                        ranges.extend(class);
                        continue;
                    }
                    Escaped::Class(class, true) => {
                        ranges.extend(others(&class));
                        continue;
                    }
                    Escaped::Nothing => return None,
                },
                c => c,
            };
            let mut ahead = self.rest.chars();
            let is_range = ahead.next() == Some('-') && ahead.next().is_some_and(|c| c != ']');
            if !is_range {
                ranges.push((first, first));
                continue;
            }
            self.next();
            let last = match self.next()? {
                '\\' => match self.escaped()? {
                    Escaped::Char(c) => c,
                    _ => return None,
                },
                c => c,
            };
            ranges.push((first, last));
        }
    }

    fn escaped(&mut self) -> Option<Escaped> {
        let class = |ranges: &[(char, char)], negated| Escaped::Class(ranges.to_vec(), negated);
        Some(match self.next()? {
            'd' => class(&[('0', '9')], false),
            'D' => class(&[('0', '9')], true),
            's' => class(SPACES, false),
            'S' => class(SPACES, true),
            'w' => class(WORDS, false),
            'W' => class(WORDS, true),
            'n' => Escaped::Char('\n'),
            'r' => Escaped::Char('\r'),
            't' => Escaped::Char('\t'),
            'f' => Escaped::Char('\u{c}'),
            'x' => self.coded(2)?,
            'u' => self.coded(4)?,
            'A' | 'z' | 'Z' | 'b' => Escaped::Nothing,
            c if c.is_ascii_alphanumeric() => return None,
            c => Escaped::Char(c),
        })
    }

    fn coded(&mut self, digits: usize) -> Option<Escaped> {
        let code = self.rest.get(..digits)?;
        self.rest = &self.rest[digits..];
        Some(Escaped::Char(char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
    }

    fn repeated(&mut self, part: Part) -> Option<Part> {
        let (least, most) = match self.peek() {
            Some('*') => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            Some('?') => (0, 1),
            Some('{') => {
                let (counts, rest) = self.rest[1..].split_once('}')?;
                self.rest = rest;
                let (least, most) = counts.split_once(',').unwrap_or((counts, counts));
                let most = if most.is_empty() { usize::MAX } else { most.trim().parse().ok()? };
                let least = if least.is_empty() { 0 } else { least.trim().parse().ok()? };
                let part = Box::new(part);
                let _ = self.skip("?") || self.skip("+");
                return Some(Part::Repeat { part, least, most });
            }
            _ => return Some(part),
        };
        self.next();
        let _ = self.skip("?") || self.skip("+");
        Some(Part::Repeat { part: Box::new(part), least, most })
    }
}

enum Escaped {
    Char(char),
    Class(Vec<(char, char)>, bool),
    Nothing,
}

const SPACES: &[(char, char)] = &[(' ', ' '), ('\t', '\r')];
const WORDS: &[(char, char)] = &[('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')];

/// The usual characters that are in none of these ranges.
fn others(ranges: &[(char, char)]) -> impl Iterator<Item = (char, char)> {
    let fits = |c: &char| !ranges.iter().any(|(low, high)| low <= c && c <= high);
    USUAL.chars().chain(OTHERS.chars()).filter(fits).map(|c| (c, c))
}
