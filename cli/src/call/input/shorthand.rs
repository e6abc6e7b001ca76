//! The shorthand syntax: `Key=value,Other=[a,b],More={X=y}`. The grammar is v2's `shorthand.py`.

use super::files::Files;
use super::param::Param;
use typefoundry::Map;

/// Reads a value; the error is what is wrong, with a caret at the place.
pub(in crate::call) fn parse(text: &str, files: &Files) -> Result<Param, String> {
    let chars: Vec<char> = text.chars().collect();
    let mut parser = Parser { chars, at: 0, depth: 0, resolves: false, files };
    parser.parameter().map_err(|wrong| parser.describe(wrong))
}

/// How deep values may lie in each other.
const DEPTH: usize = 200;

enum Wrong {
    /// What should be there, what is, and where
    Syntax(String, String, usize),
    /// A key that is there twice, and where
    Twice(String, usize),
    /// Anything else
    Other(String),
}

struct Parser<'f> {
    chars: Vec<char>,
    /// The next character
    at: usize,
    depth: usize,
    /// Whether a value names a file: behind `@=`
    resolves: bool,
    files: &'f Files,
}

/// Whether a bare value may begin with a character.
fn begins(c: char) -> bool {
    // `!`, `#` to `&`, `(` to `+`, `-` to `<`, `>` to `Z`, `\` to `z`, and from `|` on
    matches!(c, '!' | '#'..='&' | '('..='+' | '-'..='<' | '>'..='Z' | '\\'..='z' | '|'..)
}

/// Whether a character may follow in the first value behind a key.
fn follows_first(c: char) -> bool {
    c.is_whitespace() || matches!(c, '!' | '#'..='&' | '('..='+' | '-'..='\\' | '^'..='|' | '~'..)
}

/// Whether a character may follow in a further value, which ends before a `=`.
fn follows(c: char) -> bool {
    c.is_whitespace() || matches!(c, '!' | '#'..='&' | '('..='+' | '-'..='<' | '>'..)
}

impl Parser<'_> {
    fn parameter(&mut self) -> Result<Param, Wrong> {
        let mut entries = Map::new();
        let (key, value) = self.entry()?;
        entries.insert(key, value);
        let mut last = self.at;
        while self.at < self.chars.len() {
            self.expect_between(',')?;
            let (key, value) = self.entry()?;
            if entries.contains_key(&key) {
                return Err(Wrong::Twice(key, last + 1));
            }
            entries.insert(key, value);
            last = self.at;
        }
        Ok(Param::Map(entries))
    }

    fn entry(&mut self) -> Result<(String, Param), Wrong> {
        let key = self.key()?;
        let value = match self.peek() {
            None => Param::Text(String::new()),
            Some('[') => self.list()?,
            Some('{') => self.map()?,
            Some(_) => self.values()?,
        };
        Ok((key, value))
    }

    /// A key and what stands between it and its value.
    fn key(&mut self) -> Result<String, Wrong> {
        let start = self.at;
        let is_key = |c: char| c.is_ascii_alphanumeric() || "-_.#/:".contains(c);
        while self.peek().is_some_and(is_key) {
            self.at += 1;
        }
        let key = self.chars[start..self.at].iter().collect();
        self.space();
        self.resolves = self.peek() == Some('@');
        if self.resolves {
            self.at += 1;
        }
        self.expect_between('=')?;
        Ok(key)
    }

    /// One value, or several with commas between.
    fn values(&mut self) -> Result<Param, Wrong> {
        let first = self.first()?;
        self.space();
        if self.peek() != Some(',') {
            return Ok(first);
        }
        self.expect_between(',')?;
        let mut values = vec![first];
        loop {
            match self.further() {
                Ok((value, is_last)) => {
                    values.push(value);
                    if is_last {
                        break;
                    }
                }
                Err(Wrong::Syntax(..)) if self.at < self.chars.len() => {
                    // It was the next key. Back to the comma in front of it.
                    while self.at > 0 && self.chars.get(self.at) != Some(&',') {
                        self.at -= 1;
                    }
                    break;
                }
                Err(wrong) => return Err(wrong),
            }
        }
        Ok(if values.len() == 1 { values.swap_remove(0) } else { Param::List(values) })
    }

    /// Another value, and whether it is at the end.
    fn further(&mut self) -> Result<(Param, bool), Wrong> {
        let value = match self.peek() {
            Some(quote @ ('\'' | '"')) => self.quoted(quote)?,
            _ => match self.bare(follows) {
                Some(word) => word,
                None => return Err(self.expected("<second>", "<none>")),
            },
        };
        let value = self.resolved(value)?;
        self.space();
        if self.at >= self.chars.len() {
            return Ok((value, true));
        }
        self.expect_between(',')?;
        Ok((value, false))
    }

    fn first(&mut self) -> Result<Param, Wrong> {
        let value = match self.peek() {
            Some(quote @ ('\'' | '"')) => self.quoted(quote)?,
            _ => match self.bare(follows_first) {
                Some(word) => word,
                // What is empty names no file.
                None => return Ok(Param::Text(String::new())),
            },
        };
        self.resolved(value)
    }

    fn explicit(&mut self) -> Result<Param, Wrong> {
        match self.peek() {
            Some('[') => self.list(),
            Some('{') => self.map(),
            _ => self.first(),
        }
    }

    fn list(&mut self) -> Result<Param, Wrong> {
        self.deeper()?;
        self.expect_between('[')?;
        let mut items = Vec::new();
        while self.peek() != Some(']') {
            items.push(self.explicit()?);
            self.separator(']')?;
        }
        self.expect(']')?;
        self.depth -= 1;
        Ok(Param::List(items))
    }

    fn map(&mut self) -> Result<Param, Wrong> {
        self.deeper()?;
        self.expect_between('{')?;
        let mut entries = Map::new();
        while self.peek() != Some('}') {
            let key = self.key()?;
            let value = self.explicit()?;
            self.separator('}')?;
            entries.insert(key, value);
        }
        self.expect('}')?;
        self.depth -= 1;
        Ok(Param::Map(entries))
    }

    /// What stands between two values, unless the last one has been.
    fn separator(&mut self, end: char) -> Result<(), Wrong> {
        self.space();
        if self.peek() != Some(end) {
            self.expect(',')?;
            self.space();
        }
        Ok(())
    }

    fn deeper(&mut self) -> Result<(), Wrong> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Wrong::Other("Too many values inside of each other".to_owned()));
        }
        Ok(())
    }

    /// A value without quotes, in which `\,` stands for a comma.
    fn bare(&mut self, follows: impl Fn(char) -> bool) -> Option<String> {
        let mut word = String::new();
        loop {
            let is_next = |c: char| if word.is_empty() { begins(c) } else { follows(c) };
            match (self.peek(), self.chars.get(self.at + 1)) {
                (Some('\\'), Some(',')) => {
                    word.push(',');
                    self.at += 2;
                }
                (Some(c), _) if is_next(c) => {
                    word.push(c);
                    self.at += 1;
                }
                _ => break,
            }
        }
        if word.is_empty() {
            return None;
        }
        word.truncate(word.trim_end().len());
        Some(word)
    }

    /// A value in quotes, in which a backslash stands before a quote and before itself.
    fn quoted(&mut self, quote: char) -> Result<String, Wrong> {
        let start = self.at + 1;
        let mut at = start;
        // Where no quote follows, the last that had a backslash in front is the end.
        let mut end = None;
        loop {
            match (self.chars.get(at), self.chars.get(at + 1)) {
                (None, _) => break,
                (Some('\\'), Some(next)) if *next == quote => {
                    end = Some(at + 1);
                    at += 2;
                }
                (Some(c), _) if *c == quote => {
                    end = Some(at);
                    break;
                }
                _ => at += 1,
            }
        }
        let Some(end) = end else {
            let name = if quote == '"' { "<double quoted>" } else { "<singled quoted>" };
            return Err(self.expected(name, "<none>"));
        };
        let inside: String = self.chars[start..end].iter().collect();
        self.at = end + 1;
        Ok(inside.replace(&format!("\\{quote}"), &quote.to_string()).replace("\\\\", "\\"))
    }

    /// What a file holds, where a value may name one and does.
    fn resolved(&self, value: String) -> Result<Param, Wrong> {
        if !self.resolves {
            return Ok(Param::Text(value));
        }
        let loaded = self.files.load(&value).map_err(Wrong::Other)?;
        Ok(loaded.unwrap_or(Param::Text(value)))
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|c| matches!(c, ' ' | '\t'..='\r')) {
            self.at += 1;
        }
    }

    fn expect_between(&mut self, c: char) -> Result<(), Wrong> {
        self.space();
        self.expect(c)?;
        self.space();
        Ok(())
    }

    fn expect(&mut self, c: char) -> Result<(), Wrong> {
        match self.peek() {
            Some(next) if next == c => {
                self.at += 1;
                Ok(())
            }
            Some(next) => Err(self.expected(&c.to_string(), &next.to_string())),
            None => Err(self.expected(&c.to_string(), "EOF")),
        }
    }

    fn expected(&self, what: &str, found: &str) -> Wrong {
        Wrong::Syntax(what.to_owned(), found.to_owned(), self.at)
    }

    fn describe(&self, wrong: Wrong) -> String {
        match wrong {
            // v2 has a space before the input, and so its caret one place too far to the left.
            Wrong::Syntax(expected, found, at) => format!(
                "Expected: '{expected}', received: '{found}' for input:\n{}",
                self.caret(at)
            ),
            Wrong::Twice(key, at) => format!(
                "Second instance of key \"{key}\" encountered for input:\n{}\nThis is often \
                 because there is a preceding \",\" instead of a space.",
                self.caret(at)
            ),
            Wrong::Other(message) => message,
        }
    }

    /// The input with a caret below a place in it.
    fn caret(&self, at: usize) -> String {
        let (before, behind) = self.chars.split_at(at.min(self.chars.len()));
        let line = before.iter().rposition(|c| *c == '\n').map_or(0, |newline| newline + 1);
        let end = behind.iter().position(|c| *c == '\n').map_or(behind.len(), |newline| newline);
        let text = |chars: &[char]| chars.iter().collect::<String>();
        format!(
            "{}{}\n{}^{}",
            text(before),
            text(&behind[..end]),
            " ".repeat(before.len() - line),
            text(&behind[end..])
        )
    }
}

#[cfg(test)]
mod tests;
