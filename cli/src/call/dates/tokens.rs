//! The words, numbers and marks that a date consists of.

/// Splits a date. A dot is part of a number such as `30.5`, and a mark of its own in `Jan.5.2020`.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text.chars().filter(|it| *it != '\0').peekable();
    while let Some(first) = rest.next() {
        if first.is_whitespace() {
            tokens.push(" ".to_owned());
            continue;
        }
        let mut token = String::from(first);
        let (mut in_word, mut has_dot) = (first.is_alphabetic(), false);
        let (mut has_letters, is_mark) = (false, !in_word && !first.is_ascii_digit());
        while let Some(next) = rest.peek().copied().filter(|_| !is_mark) {
            has_letters |= in_word;
            let after_dot = token.ends_with('.');
            let fits = if in_word { next.is_alphabetic() } else { next.is_ascii_digit() };
            let begins_other = if in_word { next.is_ascii_digit() } else { next.is_alphabetic() };
            let is_dot = next == '.' || (next == ',' && !in_word && !has_dot && token.len() > 1);
            match () {
                () if fits => {}
                () if is_dot => has_dot = true,
                () if after_dot && begins_other => in_word = !in_word,
                () => break,
            }
            token.push(next);
            rest.next();
        }
        let dots = token.matches('.').count();
        if has_dot && (has_letters || dots > 1 || token.ends_with(['.', ','])) {
            take_apart(&token, &mut tokens);
        } else if has_dot && !in_word && dots == 0 {
            tokens.push(token.replace(',', "."));
        } else {
            tokens.push(token);
        }
    }
    tokens
}

fn take_apart(token: &str, tokens: &mut Vec<String>) {
    for part in token.split_inclusive(['.', ',']) {
        let word = part.trim_end_matches(['.', ',']);
        for part in [word, &part[word.len()..]] {
            if !part.is_empty() {
                tokens.push(part.to_owned());
            }
        }
    }
}
