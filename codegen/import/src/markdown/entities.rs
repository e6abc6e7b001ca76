//! Entities: `&lt;`, `&#60;` and `&#x3c;`.

use std::borrow::Cow;

/// The names that documentation uses. A name that is none stays as it is written.
const NAMES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("minus", '−'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("bull", '•'),
    ("middot", '·'),
    ("times", '×'),
    ("divide", '÷'),
    ("plusmn", '±'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("asymp", '≈'),
    ("infin", '∞'),
    ("larr", '←'),
    ("rarr", '→'),
    ("uarr", '↑'),
    ("darr", '↓'),
    ("harr", '↔'),
    ("deg", '°'),
    ("micro", 'µ'),
    ("para", '¶'),
    ("sect", '§'),
    ("cent", '¢'),
    ("pound", '£'),
    ("yen", '¥'),
    ("euro", '€'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("lbrace", '{'),
    ("rbrace", '}'),
    ("lbrack", '['),
    ("rbrack", ']'),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("lowbar", '_'),
    ("num", '#'),
    ("percnt", '%'),
    ("dollar", '$'),
    ("colon", ':'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("bsol", '\\'),
    ("vert", '|'),
    ("grave", '`'),
    ("commat", '@'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("sigma", 'σ'),
    ("alpha", 'α'),
    ("beta", 'β'),
    ("check", '✓'),
];

/// What numbers from 128 to 159 mean: browsers read them as Windows-1252
/// (<https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state>).
const WINDOWS: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

/// A text with its entities resolved.
pub(super) fn resolve(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        resolved.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.split_once(';').and_then(|(name, behind)| Some((character(name)?, behind))) {
            Some((character, behind)) => {
                resolved.push(character);
                rest = behind;
            }
            None => resolved.push('&'),
        }
    }
    resolved.push_str(rest);
    Cow::Owned(resolved)
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMES.iter().find_map(|(known, character)| (*known == name).then_some(*character));
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    let windows = number.checked_sub(128).and_then(|index| WINDOWS.get(index as usize));
    windows.copied().or_else(|| char::from_u32(number))
}
