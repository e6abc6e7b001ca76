//! Every kind of token, whole and broken.

use super::*;

/// The kinds, widths and forms of RFC 8949, with what a document makes of them.
const ITEMS: &[(&str, &str)] = &[
    ("00", "0"),
    ("17", "23"),
    ("1800", "0"),
    ("18ff", "255"),
    ("190000", "0"),
    ("19ffff", "65535"),
    ("1a00000000", "0"),
    ("1affffffff", "4294967295"),
    ("1b0000000000000000", "0"),
    ("1bffffffffffffffff", "18446744073709551615"),
    ("20", "-1"),
    ("37", "-24"),
    ("3800", "-1"),
    ("38ff", "-256"),
    ("390000", "-1"),
    ("39ffff", "-65536"),
    ("3a00000000", "-1"),
    ("3affffffff", "-4294967296"),
    ("3b0000000000000000", "-1"),
    ("3b7fffffffffffffff", "-9223372036854775808"),
    // Of 65 bits, which no model holds.
    ("3bfffffffffffffffe", "-1.8446744073709552e+19"),
    ("40", r#""""#),
    ("43666f6f", r#""Zm9v""#),
    ("5fff", r#""""#),
    ("5f40ff", r#""""#),
    ("5f43666f6f4043666f6fff", r#""Zm9vZm9v""#),
    ("5f580362 6172ff", r#""YmFy""#),
    ("60", r#""""#),
    ("63666f6f", r#""foo""#),
    ("7803666f6f", r#""foo""#),
    ("7b0000000000000003666f6f", r#""foo""#),
    ("7fff", r#""""#),
    ("7f6063666f6fff", r#""foo""#),
    ("7f63666f6f63666f6fff", r#""foofoo""#),
    // A letter of three bytes in two chunks.
    ("7f61ed6295 9cff", r#""한""#),
    ("80", "[]"),
    ("8117", "[23]"),
    ("9fff", "[]"),
    ("9f1800ff", "[0]"),
    ("82f6f7", "[null,null]"),
    ("9f8101 9f02ffff", "[[1],[2]]"),
    ("a0", "{}"),
    ("a163666f6f00", r#"{"foo":0}"#),
    ("bfff", "{}"),
    ("bf63666f6ff5ff", r#"{"foo":true}"#),
    ("bf7f61666 26f6fff20ff", r#"{"foo":-1}"#),
    ("a2016161 43666f6f6162", r#"{"1":"a","Zm9v":"b"}"#),
    ("c100", "0"),
    ("c1fb424d7ffa20bf8000", "253402300799.0"),
    ("d82a0a", "10"),
    ("c2420100", r#""AQA=""#),
    ("f4", "false"),
    ("f5", "true"),
    ("f6", "null"),
    ("f7", "null"),
    ("f90000", "0.0"),
    ("f98000", "-0.0"),
    ("f90001", "5.960464477539063e-8"),
    ("f90050", "4.76837158203125e-6"),
    ("f903ff", "0.00006097555160522461"),
    ("f90400", "0.00006103515625"),
    ("f93c00", "1.0"),
    ("f93555", "0.333251953125"),
    ("f97bff", "65504.0"),
    ("f9c400", "-4.0"),
    ("fa3fd00000", "1.625"),
    ("fa47c35000", "100000.0"),
    ("fb3ffa000000000000", "1.625"),
    ("fbc010666666666666", "-4.1"),
];

#[test]
fn items_are_read() {
    for (item, json) in ITEMS {
        let document = read_document(&bytes(item)).unwrap();
        assert_eq!(document.to_json(), *json, "{item}");
    }
    for item in ["f97c00", "fa7f800000", "fb7ff0000000000000"] {
        let (number, _) = read_as::<f64>(&bytes(item), WIRE, STRICT).unwrap();
        assert!(number.is_infinite() && number > 0.0, "{item}");
    }
    for item in ["f9fc00", "faff800000", "fbfff0000000000000"] {
        let (number, _) = read_as::<f64>(&bytes(item), WIRE, STRICT).unwrap();
        assert!(number.is_infinite() && number < 0.0, "{item}");
    }
    for item in ["f97c01", "f97e00", "f9fe00", "fa7fc00000", "fb7ff8000000000000"] {
        assert!(read_as::<f64>(&bytes(item), WIRE, STRICT).unwrap().0.is_nan(), "{item}");
    }
}

#[test]
fn what_is_cut_short_is_no_item() {
    for (item, _) in ITEMS {
        let whole = bytes(item);
        for length in 1..whole.len() {
            let error = read_document(&whole[..length]).unwrap_err().to_string();
            assert_eq!(
                error,
                format!("not CBOR: it ends in the middle of a value, after {length} bytes"),
                "{item}"
            );
        }
    }
    // A length that the bytes do not keep, of every kind and width.
    for major in 2..=5u8 {
        let kind = major << 5;
        let heads = [
            vec![kind | 1],
            vec![kind | 0x18],
            vec![kind | 0x18, 1],
            vec![kind | 0x19, 1],
            vec![kind | 0x19, 0, 1],
            vec![kind | 0x1a, 0, 0, 1],
            vec![kind | 0x1a, 0xff, 0xff, 0xff, 0xff],
            vec![kind | 0x1b, 0, 0, 0, 0, 0, 0, 1],
            vec![kind | 0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            vec![kind | 0x1f],
        ];
        for head in heads {
            let error = read_document(&head).unwrap_err().to_string();
            assert!(error.contains("ends in the middle"), "{}: {error}", hex(&head));
        }
    }
}

#[test]
fn what_is_no_item_is_refused_at_its_place() {
    let cases = [
        ("", "the body is empty"),
        ("1c", "a head that is reserved at byte 0"),
        ("1f", "a head that is reserved at byte 0"),
        ("3e", "a head that is reserved at byte 0"),
        ("5c", "a head that is reserved at byte 0"),
        ("811d", "a head that is reserved at byte 1"),
        ("9e", "a head that is reserved at byte 0"),
        ("bd", "a head that is reserved at byte 0"),
        ("df00", "a head that is reserved at byte 0"),
        ("e0", "a simple value without a meaning at byte 0"),
        ("f3", "a simple value without a meaning at byte 0"),
        ("f815", "a simple value without a meaning at byte 0"),
        ("fc", "a simple value without a meaning at byte 0"),
        ("ff", "a break that ends nothing at byte 0"),
        ("81ff", "a break that ends nothing at byte 1"),
        ("bf6161ff", "a break that ends nothing at byte 3"),
        ("c1ff", "a break that ends nothing at byte 1"),
        ("5f6161ff", "a chunk of another kind than its string at byte 1"),
        ("5f5f41 61ffff", "a chunk of another kind than its string at byte 1"),
        ("7f4161ff", "a chunk of another kind than its string at byte 1"),
        ("7f00ff", "a chunk of another kind than its string at byte 1"),
        ("62c328", "a text that is not UTF-8 at byte 0"),
        ("7f61ffff", "a text that is not UTF-8 at byte 0"),
        ("0000", "something behind the value at byte 1"),
        ("a0ff", "something behind the value at byte 1"),
    ];
    for (item, reason) in cases {
        for got in [
            read_document(&bytes(item)).map(|_| ()),
            read_as::<Option<Blob>>(&bytes(item), WIRE, LENIENT).map(|_| ()),
        ] {
            assert_eq!(got.unwrap_err().to_string(), format!("not CBOR: {reason}"), "{item}");
        }
    }
    let numbered = read_as::<Inner>(&bytes("a10100"), WIRE, STRICT).unwrap_err().to_string();
    assert_eq!(numbered, "not CBOR: a key that is no text at byte 1");
}

#[test]
fn nesting_has_an_end() {
    let nested =
        |depth: usize, head: &str, end: &str| bytes(&format!("{}{end}", head.repeat(depth)));
    for (head, end) in [("81", "00"), ("9f", "00"), ("a161 61", "00"), ("a16673747275 6374", "a0")]
    {
        let item = nested(129, head, end);
        let deep = "it nests too deeply";
        assert!(read_document(&item).unwrap_err().to_string().contains(deep), "{head}");
        // What has no place is passed over with the same limit.
        let unknown = [bytes("a16175"), item].concat();
        let error = read_as::<Every>(&unknown, WIRE, STRICT).unwrap_err();
        assert!(error.to_string().contains(deep), "{head}");
    }
    assert!(read_document(&nested(128, "81", "00")).is_ok());
    let mut choice = "a16474657874 6174".to_owned();
    for _ in 0..127 {
        choice = format!("a1666e6573746564{choice}");
    }
    assert!(read_as::<Choice>(&bytes(&choice), WIRE, STRICT).is_ok());
    let error = read_as::<Choice>(&bytes(&format!("a1666e6573746564{choice}")), WIRE, STRICT);
    assert!(error.unwrap_err().to_string().contains("nests too deeply"));
    // Tags are not nested: each stands before the next.
    assert!(read_document(&nested(10_000, "c6", "00")).is_ok());
}

/// Any bytes at all are read or refused.
#[test]
fn nothing_panics() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    let every = cbor(r#"{"integer":1,"list":[1],"map":{"a":1},"choice":{"text":"t"},"blob":"x"}"#);
    let mut read_at_all = 0;
    for _ in 0..20_000 {
        let mut item = every.clone();
        let [at, byte, length, other, ..] = random();
        let index = usize::from(at) % item.len();
        item[index] = byte;
        let index = usize::from(other) % item.len();
        item[index] = length;
        let read = read_as::<Every>(&item, WIRE, LENIENT);
        read_at_all += usize::from(read.is_ok());
        let _ = read_document(&random());
    }
    assert!(read_at_all > 0);
}
