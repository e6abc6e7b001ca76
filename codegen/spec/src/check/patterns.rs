//! Patterns: what is no regular expression in any language.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::location::Span;
use crate::model::Model;

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for (_, shape) in model.defined_shapes() {
        let Some(pattern) = &shape.constraints.pattern else { continue };
        if let Some((reason, help)) = mistake(pattern) {
            let at = diagnostics.entry(shape.at, "pattern");
            let message = format!("`{pattern}` is no regular expression: {reason}");
            diagnostics
                .push(Diagnostic::new(&codes::BAD_PATTERN, Span::value(at), message).help(help));
        }
    }
}

/// What is wrong with a pattern, and what to do. Patterns are written for the service's language, so
/// that this is no more than what all of them agree on.
fn mistake(pattern: &str) -> Option<(&'static str, &'static str)> {
    const LITERAL: &str = "close it, or write a backslash in front of it";
    let mut open = 0_u32;
    let mut can_repeat = false;
    let mut rest = pattern.chars();
    while let Some(letter) = rest.next() {
        match letter {
            '\\' if rest.next().is_none() => {
                return Some(("it ends in a backslash", "write two of them, or none"));
            }
            '[' => {
                let Some(behind) = behind_class(rest.as_str()) else {
                    return Some(("a `[` is never closed", LITERAL));
                };
                rest = behind.chars();
            }
            '(' => {
                open += 1;
                // `(?:`, `(?=`, `(?<name>` and the like.
                if let Some(behind) = rest.as_str().strip_prefix('?') {
                    rest = behind.chars();
                }
                can_repeat = false;
                continue;
            }
            ')' => match open.checked_sub(1) {
                Some(left) => open = left,
                None => {
                    return Some((
                        "a `)` closes nothing",
                        "remove it, or write a backslash in front of it",
                    ));
                }
            },
            '|' => {
                can_repeat = false;
                continue;
            }
            '*' | '+' | '?' if !can_repeat => {
                return Some((
                    "there is nothing in front of it that it could repeat",
                    "write what is repeated, or a backslash in front of the sign",
                ));
            }
            _ => {}
        }
        can_repeat = true;
    }
    (open > 0).then_some(("a `(` is never closed", LITERAL))
}

/// What follows a class, whose first letter may be a bracket itself.
fn behind_class(class: &str) -> Option<&str> {
    let inner = class.strip_prefix('^').unwrap_or(class);
    let inner = inner.strip_prefix(']').filter(|inner| inner.contains(']')).unwrap_or(inner);
    let mut escaped = false;
    let end = inner.find(|letter| {
        let is_end = letter == ']' && !escaped;
        escaped = letter == '\\' && !escaped;
        is_end
    })?;
    inner.get(end + 1..)
}

#[cfg(test)]
mod tests {
    use super::mistake;

    #[test]
    fn what_no_language_can_read_is_a_mistake() {
        let good = [
            "",
            "^b[0-9]+$",
            "a|b",
            "(a|b)*",
            "(?:a)?",
            "(?=a)b",
            "[]a]",
            "[^]]",
            "[\\]]+",
            "[(*?]",
            "\\(",
            "\\[",
            "a{1,2}+",
            "a*?",
            "]",
            "}",
            "{",
            "^(?<n>.*)$",
            "[\\p{L}\\s]*",
            "$",
            "^*a",
            "[a-z&&[^b]]",
            "(|a)",
            ".+\\\\",
        ];
        for pattern in good {
            assert_eq!(mistake(pattern), None, "{pattern}");
        }
        let bad = [
            ("[a", "a `[` is never closed"),
            ("[a\\]", "a `[` is never closed"),
            ("(a", "a `(` is never closed"),
            ("(a))", "a `)` closes nothing"),
            ("a\\", "it ends in a backslash"),
            ("*a", "there is nothing in front of it that it could repeat"),
            ("a|+", "there is nothing in front of it that it could repeat"),
            ("(*a)", "there is nothing in front of it that it could repeat"),
        ];
        for (pattern, reason) in bad {
            assert_eq!(mistake(pattern).map(|(reason, _)| reason), Some(reason), "{pattern}");
        }
    }
}
