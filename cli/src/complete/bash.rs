//! A line of bash up to the cursor: its words, and how what completes the last one is written there.
//! bash puts what it is told on the line as it is.

/// What ends a word for readline, of what may stand in one (`COMP_WORDBREAKS`).
const BREAKS: [char; 3] = [':', '=', '@'];

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// The words without their quotes; the last is empty behind a space.
    pub(super) words: Vec<String>,
    /// Bytes of the last word that stay as they are on the line
    taken: usize,
    /// The quote that the cursor is in
    quote: Option<char>,
}

impl Line {
    pub(super) fn read(text: &str) -> Self {
        let mut line = Self { words: vec![String::new()], ..Self::default() };
        // Where the cursor is behind a quote that has been closed, it does not end a word.
        let mut outside = 0;
        let mut is_escaped = false;
        for c in text.chars() {
            let Some(word) = line.words.last_mut() else { break };
            if is_escaped {
                is_escaped = false;
                if line.quote.is_some() && !"$`\"\\".contains(c) {
                    word.push('\\');
                }
                word.push(c);
                continue;
            }
            match (c, line.quote) {
                ('\\', None | Some('"')) => is_escaped = true,
                (c, Some(open)) if c == open => {
                    line.quote = None;
                    line.taken = outside;
                }
                (c, Some(_)) => word.push(c),
                ('\'' | '"', None) => {
                    line.quote = Some(c);
                    outside = std::mem::replace(&mut line.taken, word.len());
                }
                (c, None) if c.is_whitespace() => {
                    if !word.is_empty() {
                        line.words.push(String::new());
                    }
                    line.taken = 0;
                }
                (c, None) => {
                    word.push(c);
                    if BREAKS.contains(&c) {
                        line.taken = word.len();
                    }
                }
            }
        }
        line
    }

    /// What takes the place of the rest of the last word, to make it that one. There is nothing for
    /// what cannot be written there.
    pub(super) fn rest(&self, word: &str) -> Option<String> {
        let rest = word.get(self.taken..)?;
        match self.quote {
            Some('\'') => Some(rest.replace('\'', r"'\''")),
            // In these, nothing takes the meaning of `!` from it.
            Some(_) if rest.contains('!') => None,
            Some(_) => Some(escaped(rest, |c| "$`\"\\".contains(c))),
            None if rest.is_empty() && word.is_empty() => Some("''".to_owned()),
            None => Some(escaped(rest, |c| {
                c.is_ascii() && !c.is_ascii_alphanumeric() && !"_-./:=@%+,".contains(c)
            })),
        }
    }
}

fn escaped(text: &str, is_special: impl Fn(char) -> bool) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if is_special(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn lines_are_split_as_a_shell_does_it() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[""]),
            ("tf ca", &["tf", "ca"]),
            ("tf call ", &["tf", "call", ""]),
            ("tf --name 'a b' --x", &["tf", "--name", "a b", "--x"]),
            ("tf --name 'a b", &["tf", "--name", "a b"]),
            ("tf --name \"a b", &["tf", "--name", "a b"]),
            ("tf  a\\ b\\'", &["tf", "a b'"]),
            ("tf \"a\\$\\b'", &["tf", "a$\\b'"]),
        ];
        for (line, expected) in cases {
            assert_eq!(Line::read(line).words, *expected, "{line}");
        }
    }

    #[test]
    fn what_is_put_on_the_line_is_one_word() {
        for (line, word, expected) in [
            ("tf --x R", "Red Hat", Some("Red\\ Hat")),
            ("tf --x ", "$(rm) `a` ~;'\"!", Some("\\$\\(rm\\)\\ \\`a\\`\\ \\~\\;\\'\\\"\\!")),
            ("tf --x ", "동해 바다", Some("동해\\ 바다")),
            ("tf --x ", "", Some("''")),
            ("tf --x=R", "--x=Red Hat", Some("Red\\ Hat")),
            ("tf --x aws:k", "aws:kms:a b", Some("kms:a\\ b")),
            ("tf --x 'R", "Red Hat", Some("Red Hat")),
            ("tf --x='aws:R", "--x=aws:Red", Some("aws:Red")),
            ("tf --x 'i", "it's $x", Some("it'\\''s $x")),
            ("tf --x \"i", "it's \"$x\"", Some("it's \\\"\\$x\\\"")),
            ("tf --x \"i", "it!", None),
            ("tf --x 'a:'b", "a:bc", Some("a:bc")),
        ] {
            assert_eq!(Line::read(line).rest(word).as_deref(), expected, "{line}: {word}");
        }
    }
}
