//! The line that is being written, and the word in it that the cursor is behind.

use std::borrow::Cow;

/// A line with a cursor in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    text: String,
    /// In bytes, between two characters
    cursor: usize,
}

impl Line {
    pub(super) fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What is in front of the cursor.
    pub(super) fn front(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    fn behind(&self) -> &str {
        self.text.get(self.cursor..).unwrap_or_default()
    }

    pub(super) fn insert(&mut self, c: char) {
        self.text.insert(self.cursor, c);
        self.cursor += c.len_utf8();
    }

    pub(super) fn left(&mut self) {
        self.cursor -= self.front().chars().next_back().map_or(0, char::len_utf8);
    }

    pub(super) fn right(&mut self) {
        self.cursor += self.behind().chars().next().map_or(0, char::len_utf8);
    }

    pub(super) fn home(&mut self) {
        self.cursor = 0;
    }

    pub(super) fn end(&mut self) {
        self.cursor = self.text.len();
    }

    /// Deletes the character in front of the cursor.
    pub(super) fn backspace(&mut self) {
        let end = self.cursor;
        self.left();
        self.text.drain(self.cursor..end);
    }

    /// Deletes the character behind the cursor.
    pub(super) fn delete(&mut self) {
        let length = self.behind().chars().next().map_or(0, char::len_utf8);
        self.text.drain(self.cursor..self.cursor + length);
    }

    /// Deletes the word in front of the cursor.
    pub(super) fn delete_word(&mut self) {
        let rest = self.front().trim_end();
        let start = rest
            .rfind(char::is_whitespace)
            .map_or(0, |space| space + rest[space..].chars().next().map_or(0, char::len_utf8));
        self.text.drain(start..self.cursor);
        self.cursor = start;
    }

    /// Deletes all in front of the cursor.
    pub(super) fn delete_front(&mut self) {
        self.text.drain(..self.cursor);
        self.cursor = 0;
    }

    /// Deletes all behind the cursor.
    pub(super) fn delete_behind(&mut self) {
        self.text.truncate(self.cursor);
    }

    /// The words of the line; nothing where a quote is not closed.
    pub(super) fn words(&self) -> Option<Vec<String>> {
        shlex::split(&self.text)
    }

    /// Where the word begins that the cursor is behind.
    fn start(&self) -> usize {
        let (mut start, mut quote, mut is_escaped) = (0, None, false);
        for (index, c) in self.front().char_indices() {
            match (c, quote) {
                _ if is_escaped => is_escaped = false,
                ('\\', None | Some('"')) => is_escaped = true,
                (c, Some(open)) if c == open => quote = None,
                ('\'' | '"', None) => quote = Some(c),
                (c, None) if c.is_whitespace() => start = index + c.len_utf8(),
                _ => {}
            }
        }
        start
    }

    /// The words up to the cursor; the last is the one that the cursor is behind, as far as it has been
    /// written.
    pub(super) fn words_in_front(&self) -> Vec<String> {
        let front = self.front();
        let (before, current) = front.split_at_checked(self.start()).unwrap_or((front, ""));
        let mut words = shlex::split(before).unwrap_or_default();
        let closed = ["", "'", "\""].iter().find_map(|it| shlex::split(&format!("{current}{it}")));
        words.push(closed.and_then(|words| words.into_iter().next()).unwrap_or_default());
        words
    }

    /// Puts a word in the place of the one that the cursor is behind.
    pub(super) fn complete(&mut self, word: &str) {
        let start = self.start();
        let quoted = shlex::try_quote(word).unwrap_or(Cow::Borrowed(word));
        let space = if self.behind().starts_with(' ') { "" } else { " " };
        let word = format!("{quoted}{space}");
        self.text.replace_range(start..self.cursor, &word);
        self.cursor = start + word.len();
        if space.is_empty() {
            self.right();
        }
    }
}
