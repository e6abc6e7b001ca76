//! Base64 as Python reads it: what is none of its characters is passed over.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub(in crate::call) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = usize::try_from(bits >> (18 - 6 * place) & 63).unwrap_or_default();
            text.push(if place <= chunk.len() { char::from(LETTERS[letter]) } else { '=' });
        }
    }
    text
}

/// `base64.b64decode`; nothing where that fails.
pub(in crate::call) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut place, mut pads) = (0_u32, 0, 0);
    for byte in text.bytes() {
        if byte == b'=' {
            pads += 1;
            if place >= 2 && place + pads >= 4 {
                // What stands behind is not looked at.
                return Some(bytes);
            }
            continue;
        }
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        pads = 0;
        bits = bits << 6 | u32::from(value);
        place = (place + 1) % 4;
        if place != 1 {
            // The highest of the bits that are left over make a byte.
            let left = (4 - place) % 4 * 2;
            bytes.push(u8::try_from(bits >> left & 0xff).unwrap_or_default());
            bits &= (1 << left) - 1;
        }
    }
    (place == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn bytes_come_back() {
        for length in 0..70_u8 {
            let bytes: Vec<u8> = (0..length).map(|byte| byte.wrapping_mul(37)).collect();
            assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
    }

    /// What Python's `binascii.a2b_base64` says.
    #[test]
    fn what_python_reads_is_read() {
        for (text, expected) in [
            ("AAEC/w==", Some(&b"\x00\x01\x02\xff"[..])),
            ("AA EC\n/w==", Some(b"\x00\x01\x02\xff")),
            ("aGVsbG8=", Some(b"hello")),
            ("aGVsbG8=rest", Some(b"hello")),
            ("aGVsbG8", None),
            ("a", None),
            ("", Some(b"")),
            ("!?", Some(b"")),
        ] {
            assert_eq!(decode(text).as_deref(), expected, "{text}");
        }
    }
}
