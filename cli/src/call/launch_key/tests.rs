use super::plain;

/// A key for tests alone, of 1024 bits, as `openssl genrsa -traditional` and `openssl pkcs8` write it.
const KEY: &str = include_str!("tests/key.pem");
const KEY_8: &str = include_str!("tests/key8.pem");
/// What OpenSSL encrypts of `pass-w0rd! \u{e9}` for it.
const ENCRYPTED: &str = include_str!("tests/password.txt");

#[test]
fn passwords_are_those_that_openssl_encrypted() {
    let password = Some("pass-w0rd! \u{e9}");
    // EC2 has line breaks around what it answers.
    let framed = format!("\r\n{ENCRYPTED}\r\n");
    let windows = KEY.replace('\n', "\r\n");
    let another = ENCRYPTED.replacen(|c: char| c.is_ascii_lowercase(), "Q", 1);
    for (key, text, expected) in [
        (KEY, ENCRYPTED, password),
        (KEY, &framed, password),
        (&windows, ENCRYPTED, password),
        (KEY_8, ENCRYPTED, password),
        (KEY, &another, None),
        (KEY, "AAAA", None),
        (KEY, "not base64", None),
        (&KEY[..KEY.len() / 2], ENCRYPTED, None),
        ("", ENCRYPTED, None),
        ("-----BEGIN RSA PRIVATE KEY-----\n-----END RSA PRIVATE KEY-----\n", ENCRYPTED, None),
    ] {
        assert_eq!(plain(key.as_bytes(), text).as_deref(), expected, "{key} {text}");
    }
    assert_eq!(plain(b"\xff", ENCRYPTED), None);
}
