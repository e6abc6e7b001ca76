//! Parameters as text and back: `application/x-www-form-urlencoded`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use std::fmt::Write;

/// What Python's `urlencode` leaves alone; a space becomes a plus.
const RESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b' ');

/// Adds a parameter.
pub(crate) fn push(form: &mut String, name: &str, value: &str) {
    if !form.is_empty() {
        form.push('&');
    }
    push_text(form, name);
    form.push('=');
    push_text(form, value);
}

fn push_text(form: &mut String, text: &str) {
    for (index, part) in text.split(' ').enumerate() {
        if index > 0 {
            form.push('+');
        }
        // Writing to a string cannot fail.
        let _ = write!(form, "{}", utf8_percent_encode(part, RESERVED));
    }
}

/// The parameters of a form, in order.
pub(crate) fn parse(form: &[u8]) -> impl Iterator<Item = (String, String)> + '_ {
    form.split(|byte| *byte == b'&').filter(|part| !part.is_empty()).map(|part| {
        let end = part.iter().position(|byte| *byte == b'=');
        let (name, value) = match end {
            Some(end) => (&part[..end], &part[end + 1..]),
            None => (part, &[][..]),
        };
        (decode(name), decode(value))
    })
}

fn decode(text: &[u8]) -> String {
    let spaced: Vec<u8> =
        text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaced).decode_utf8_lossy().into_owned()
}
