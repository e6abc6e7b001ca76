//! Which texts stand without quotes.

use super::emit::is_break;

/// What libyaml's `yaml_emitter_analyze_scalar` finds out about a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    /// It can stand without quotes.
    pub(super) is_plain: bool,
    /// It can stand between single quotes.
    pub(super) is_quotable: bool,
    /// It has several lines.
    pub(super) has_breaks: bool,
}

impl Facts {
    pub(super) fn of(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let blank = |at: usize| chars.get(at).is_none_or(|c| is_blank(*c));
        let (mut special, mut breaks, mut indicators) = (false, false, false);
        let (mut edges, mut break_space, mut space_break) = (false, false, false);
        indicators |= text.starts_with("---") || text.starts_with("...");
        for (at, c) in chars.iter().copied().enumerate() {
            let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
            indicators |= match c {
                '#' => before.is_none_or(is_blank),
                ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%'
                | '@' | '`' => at == 0,
                '?' | '-' => at == 0 && blank(1),
                ':' => blank(at + 1),
                _ => false,
            };
            special |= !is_printable(c);
            breaks |= is_break(c);
            let at_edge = at == 0 || at + 1 == chars.len();
            edges |= at_edge && (c == ' ' || is_break(c));
            break_space |= c == ' ' && before.is_some_and(is_break);
            space_break |= is_break(c) && before == Some(' ');
        }
        special |= space_break;
        Self {
            is_plain: !(special || breaks || indicators || edges || break_space),
            is_quotable: !(special || break_space),
            has_breaks: breaks,
        }
    }
}

fn is_blank(c: char) -> bool {
    c == ' ' || c == '\t' || c == '\0' || is_break(c)
}

/// What libyaml takes for printable: nothing beyond 16 bits.
pub(super) fn is_printable(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}

/// Whether a text without quotes is read as text: it is none of YAML 1.2's numbers, nor a date, true,
/// false or nothing.
pub(super) fn is_text(text: &str) -> bool {
    let known = [
        "true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL", "~", "", "<<",
        "=", ".nan", ".NaN", ".NAN",
    ];
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let infinite = matches!(unsigned, ".inf" | ".Inf" | ".INF");
    // A number begins with a digit, a sign or a point.
    let is_number = !text.starts_with('_') && (is_whole(unsigned) || is_float(unsigned));
    !(known.contains(&text) || infinite || is_number || is_time(text))
}

fn all(text: &str, belongs: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(belongs)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || c == '_'
}

fn is_whole(text: &str) -> bool {
    let starts_as_number = text.starts_with(|c: char| is_digit(c));
    let based = |prefix: &str, belongs: fn(char) -> bool| {
        text.strip_prefix(prefix).is_some_and(|digits| all(digits, |c| c == '_' || belongs(c)))
    };
    starts_as_number
        && (all(text, is_digit)
            || based("0b", |c| matches!(c, '0' | '1'))
            || based("0o", |c| matches!(c, '0'..='7'))
            || based("0x", |c| c.is_ascii_hexdigit()))
}

fn is_float(text: &str) -> bool {
    let (number, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let has_sign = exponent.is_some_and(|exponent| exponent.starts_with(['-', '+']));
    if let Some(exponent) = exponent
        && !all(exponent.strip_prefix(['-', '+']).unwrap_or(exponent), |c| c.is_ascii_digit())
    {
        return false;
    }
    match number.split_once('.') {
        Some(("", digits)) => all(digits, is_digit) && (exponent.is_none() || has_sign),
        Some((whole, digits)) => {
            whole.starts_with(|c: char| c.is_ascii_digit())
                && whole.chars().chain(digits.chars()).all(is_digit)
        }
        None => {
            exponent.is_some()
                && number.starts_with(|c: char| c.is_ascii_digit())
                && number.chars().all(is_digit)
        }
    }
}

/// A date, or a date with a time.
fn is_time(text: &str) -> bool {
    let digits = |text: &str, least: usize, most: usize| {
        (least..=most).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit())
    };
    let date = |text: &str, least: usize| {
        let parts: Vec<_> = text.split('-').collect();
        let [year, month, day] = parts[..] else { return false };
        digits(year, 4, 4) && digits(month, least, 2) && digits(day, least, 2)
    };
    let Some(end) = text.find(['T', 't', ' ', '\t']) else { return date(text, 2) };
    let (day, rest) = text.split_at(end);
    let clock = match rest.strip_prefix(['T', 't']) {
        Some(clock) => clock,
        None => rest.trim_start_matches([' ', '\t']),
    };
    let zone = clock.find(['Z', '-', '+']).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at(zone);
    let clock = clock.trim_end_matches([' ', '\t']);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let parts: Vec<_> = clock.split(':').collect();
    let [hours, minutes, seconds] = parts[..] else { return false };
    let is_zone = match zone.strip_prefix(['-', '+']) {
        None => zone.is_empty() || zone == "Z",
        Some(zone) => match zone.split_once(':') {
            None => digits(zone, 1, 2),
            Some((hours, minutes)) => digits(hours, 1, 2) && digits(minutes, 2, 2),
        },
    };
    date(day, 1)
        && digits(hours, 1, 2)
        && digits(minutes, 2, 2)
        && digits(seconds, 2, 2)
        && fraction.chars().all(|c| c.is_ascii_digit())
        && is_zone
}
