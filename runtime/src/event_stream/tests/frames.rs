//! Bytes and messages. The bytes are those of AWS's own implementations, and what botocore 1.43.67
//! reads is what they say.

use super::*;

fn whole() -> Vec<(Vec<u8>, Message)> {
    let every = Message::default()
        .header("0", HeaderValue::Bool(true))
        .header("1", HeaderValue::Bool(false))
        .header("2", HeaderValue::Byte(2))
        .header("3", HeaderValue::Short(3))
        .header("4", HeaderValue::Integer(4))
        .header("5", HeaderValue::Long(5))
        .header("6", HeaderValue::Bytes(Bytes::from_static(b"bytes")))
        .header("7", "utf8")
        .header("8", HeaderValue::Timestamp(Timestamp::from_millis(8).unwrap()))
        .header("9", HeaderValue::Uuid(*b"0123456789abcdef"));
    let error = Message::default()
        .header(":message-type", "error")
        .header(":error-code", "code")
        .header(":error-message", "message");
    let cases = [
        ("000000100000000005c248eb7d98c8ff", Message::default()),
        (
            "000000170000000729860158046279746502ffc2f869dc",
            Message::default().header("byte", HeaderValue::Byte(-1)),
        ),
        (
            "0000001900000009710e923e0573686f727403ffffb27cb6cc",
            Message::default().header("short", HeaderValue::Short(-1)),
        ),
        (
            "0000001d0000000d83e3f0e707696e746567657204ffffffff8b8e12eb",
            Message::default().header("integer", HeaderValue::Integer(-1)),
        ),
        (
            "0000001e0000000e5d4adb8d046c6f6e6705ffffffffffffffff4bc232da",
            Message::default().header("long", HeaderValue::Long(-1)),
        ),
        (
            "0000001d00000000fd528c5a7b27666f6f273a27626172277dc3653936",
            Message::new("{'foo':'bar'}"),
        ),
        (
            "0000003d0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e\
             7b27666f6f273a27626172277d8d9c08b1",
            Message::new("{'foo':'bar'}").header("content-type", "application/json"),
        ),
        (
            "000000620000005203b5cb9c013000013101013202020133030003013404000000040135050000000000000005\
             0136060005627974657301370700047574663801380800000000000000080139093031323334353637383961\
             62636465 6663353671",
            every,
        ),
        (
            "0000005200000042bf23637e0d3a6d6573736167652d747970650700056572726f720b3a6572726f722d636f64\
             65070004636f64650e3a6572726f722d6d6573736167650700076d6573736167656b6cea3d",
            error,
        ),
    ];
    cases.into_iter().map(|(hex, message)| (bytes(hex), message)).collect()
}

fn all(decoder: &mut Decoder) -> Result<Vec<Message>, FrameError> {
    let mut messages = Vec::new();
    while let Some(message) = decoder.next()? {
        messages.push(message);
    }
    Ok(messages)
}

fn decode(bytes: &[u8]) -> Result<Vec<Message>, FrameError> {
    let mut decoder = Decoder::new();
    decoder.push(Bytes::copy_from_slice(bytes));
    let messages = all(&mut decoder)?;
    decoder.finish()?;
    Ok(messages)
}

#[test]
fn messages_are_read_and_written() {
    for (encoded, message) in whole() {
        assert_eq!(decode(&encoded).unwrap(), std::slice::from_ref(&message));
        assert_eq!(message.encode().unwrap(), encoded);
    }
}

#[test]
fn a_stream_may_be_cut_anywhere() {
    let stream: Vec<u8> = whole().into_iter().flat_map(|(encoded, _)| encoded).collect();
    let messages: Vec<Message> = whole().into_iter().map(|(_, message)| message).collect();
    for parts in [1, 2, 3, 7, 11, 16, 17, 100, stream.len()] {
        let mut decoder = Decoder::new();
        let mut found = Vec::new();
        for part in stream.chunks(parts) {
            decoder.push(Bytes::copy_from_slice(part));
            found.extend(all(&mut decoder).unwrap());
        }
        decoder.finish().unwrap();
        assert_eq!(found, messages, "in parts of {parts}");
    }
}

#[test]
fn a_stream_that_ends_too_soon_is_told() {
    let (encoded, _) = whole().swap_remove(6);
    let cases = [(1, 15), (12, 49), (60, 1)];
    for (length, missing) in cases {
        let error = decode(&encoded[..length]).unwrap_err();
        assert_eq!(error, FrameError::Cut { missing });
    }
    assert_eq!(decode(b""), Ok(Vec::new()));
}

/// A message of these headers, with checksums that are right.
fn with_headers(headers: &[u8]) -> Vec<u8> {
    let lengths = [16 + headers.len(), headers.len()];
    framed(lengths.map(|length| u32::try_from(length).unwrap()), headers)
}

fn framed(lengths: [u32; 2], rest: &[u8]) -> Vec<u8> {
    let mut out = lengths.map(u32::to_be_bytes).concat();
    out.extend(crc32fast::hash(&out).to_be_bytes());
    out.extend(rest);
    out.extend(crc32fast::hash(&out).to_be_bytes());
    out
}

#[test]
fn what_is_no_message_is_refused() {
    let damaged = |at: usize| {
        let (mut encoded, _) = whole().swap_remove(6);
        encoded[at] ^= 1;
        encoded
    };
    let header = "a header of a message in the event stream";
    let cases = [
        (
            damaged(0),
            "the event stream is damaged: the checksum of a message's lengths is".to_owned(),
        ),
        (
            damaged(7),
            "the event stream is damaged: the checksum of a message's lengths is".to_owned(),
        ),
        (
            damaged(11),
            "the event stream is damaged: the checksum of a message's lengths is".to_owned(),
        ),
        (damaged(20), "the event stream is damaged: a message's checksum is".to_owned()),
        (damaged(50), "the event stream is damaged: a message's checksum is".to_owned()),
        (
            damaged(60),
            "the event stream is damaged: a message's checksum is 8d9c08b0, not 8d9c08b1"
                .to_owned(),
        ),
        (
            framed([15, 0], b""),
            "a message of the event stream says that it has 15 bytes".to_owned(),
        ),
        (framed([0, 0], b""), "a message of the event stream says that it has 0 bytes".to_owned()),
        (
            framed([20, 5], b"abcd"),
            "a message of the event stream says that it has 20 bytes, 5".to_owned(),
        ),
        (framed([u32::MAX, u32::MAX], b""), "a message of the event stream says".to_owned()),
        (
            framed([u32::MAX, 131_073], b""),
            "the headers of a message has 131073 bytes, more than the 131072".to_owned(),
        ),
        (
            framed([u32::MAX, 0], b""),
            "the payload of a message has 4294967279 bytes, more than the 25165824".to_owned(),
        ),
        (
            with_headers(&bytes("0474657374046173646604746573740461736466")),
            format!("{header} comes twice: `test`"),
        ),
        (with_headers(&bytes("0000")), format!("{header} has no name")),
        (with_headers(&bytes("0474657374")), format!("{header} is longer than the headers are")),
        (with_headers(&bytes("04746573")), format!("{header} is longer than the headers are")),
        (with_headers(&bytes("01610a")), format!("{header} has the unknown type 10")),
        (with_headers(&bytes("01610400")), format!("{header} is longer than the headers are")),
        (
            with_headers(&bytes("0161070005616263")),
            format!("{header} is longer than the headers are"),
        ),
        (with_headers(&bytes("0161070001ff")), format!("{header} has a text that is not UTF-8")),
        (with_headers(&bytes("01ff00")), format!("{header} has a text that is not UTF-8")),
        (with_headers(&bytes("0161087fffffffffffffff")), format!("{header} has a time outside")),
        (with_headers(&bytes("016109303132")), format!("{header} is longer than the headers are")),
    ];
    for (encoded, expected) in cases {
        let mut decoder = Decoder::new();
        decoder.push(encoded.into());
        let error = decoder.next().unwrap_err();
        assert!(error.to_string().starts_with(&expected), "{error} is not {expected}");
        // Nothing that comes behind it is trusted.
        decoder.push(Bytes::from(bytes("000000100000000005c248eb7d98c8ff")));
        assert_eq!(decoder.next(), Err(error.clone()));
        assert_eq!(decoder.finish(), Err(error));
    }
}

#[test]
fn what_is_too_long_is_not_written() {
    let name = "n".repeat(256);
    let text = "t".repeat(65_536);
    let many = |count: usize| {
        (0..count).fold(Message::default(), |message, index| {
            message.header(index.to_string(), &text[1..])
        })
    };
    let cases = [
        (Message::default().header("", "v"), "needs a name of 1 to 255 bytes"),
        (Message::default().header(&*name, "v"), "needs a name of 1 to 255 bytes"),
        (Message::default().header("n", &*text), "is longer than 65535 bytes: `n`"),
        (Message::default().header("n", "v").header("n", "w"), "comes twice: `n`"),
        (many(2), "the headers of a message has 131080 bytes"),
        (
            Message::new(vec![0; 24 * 1024 * 1024 + 1]),
            "the payload of a message has 25165825 bytes",
        ),
    ];
    for (message, expected) in cases {
        let error = message.encode().unwrap_err().to_string();
        assert!(error.contains(expected), "{error} is not {expected}");
    }
    let longest = many(1).header("n", &text[..60_000]);
    assert_eq!(decode(&longest.encode().unwrap()).unwrap(), [longest]);
}

/// Any bytes at all are read, waited for or refused.
#[test]
fn nothing_panics() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    for _ in 0..5_000 {
        let headers: Vec<u8> = [random(), random(), random()].concat();
        let length = usize::from(random()[0] % 24);
        let mut headers = headers[..length].to_vec();
        if let Some(first) = headers.first_mut() {
            *first %= 4;
        }
        let _ = decode(&with_headers(&headers));
        let _ = decode(&random());
    }
}
