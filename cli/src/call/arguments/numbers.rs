//! Numbers as Python's `int()` and `float()` read them.

use typefoundry_jmespath::Number;

/// A whole number, as its digits.
fn digits(text: &str) -> Option<String> {
    let text = text.trim();
    let (sign, number) = match text.as_bytes().first()? {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    // Between two digits there may be an underscore.
    let parts: Vec<&str> = number.split('_').collect();
    let is_part = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.iter().all(is_part).then(|| format!("{sign}{}", parts.concat()))
}

/// Whether a text is a whole number of any size.
pub(in crate::call) fn is_integer(text: &str) -> bool {
    digits(text).is_some()
}

/// The largest whole number, which no service has use for. Much smaller than what there is, so that
/// numbers can be added.
const MOST: i128 = 1 << 96;

/// A whole number; what is larger than any service has use for is the largest there is.
pub(in crate::call) fn integer(text: &str) -> Option<i128> {
    let digits = digits(text)?;
    let most = if digits.starts_with('-') { -MOST } else { MOST };
    Some(digits.parse().unwrap_or(most).clamp(-MOST, MOST))
}

/// A number.
pub(in crate::call) fn float(text: &str) -> Option<f64> {
    Number::from_text(text).map(Number::as_f64)
}

/// What Python says to a text that is no whole number.
pub(in crate::call) fn no_integer(text: &str) -> String {
    format!("invalid literal for int() with base 10: {}", super::parser::python_quoted(text))
}

/// What Python says to a text that is no number.
pub(in crate::call) fn no_float(text: &str) -> String {
    format!("could not convert string to float: {}", super::parser::python_quoted(text))
}

#[cfg(test)]
mod tests {
    use super::{float, integer};

    #[test]
    fn whole_numbers_are_pythons() {
        for (text, expected) in [
            ("1", Some(1)),
            (" -7 ", Some(-7)),
            ("+1_000", Some(1000)),
            ("007", Some(7)),
            ("170141183460469231731687303715884105727", Some(1 << 96)),
            ("-999999999999999999999999999999999999999999", Some(-1 << 96)),
            ("1__0", None),
            ("_1", None),
            ("1.5", None),
            ("", None),
            ("-", None),
            ("abc", None),
        ] {
            assert_eq!(integer(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_pythons() {
        for (text, expected) in [
            ("1", Some(1.0)),
            (" -2.5e3 ", Some(-2500.0)),
            (".5", Some(0.5)),
            ("1_0.5", Some(10.5)),
            ("inf", Some(f64::INFINITY)),
            ("1_.5", None),
            ("", None),
            ("x", None),
        ] {
            assert_eq!(float(text), expected, "{text}");
        }
    }
}
