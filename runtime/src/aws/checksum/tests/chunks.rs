//! Bodies in chunks, as botocore's `AwsChunkedWrapper` writes them with chunks of 64 KiB.

use super::*;

fn whole(body: &[u8], parts: usize, trailer: Option<Algorithm>) -> (Vec<u8>, u64) {
    let mut chunks = Chunked::new(trailer.map(|algorithm| (header(algorithm), algorithm)));
    let length = chunks.length_of(body.len() as u64).unwrap();
    let mut out = Vec::new();
    for part in body.chunks(parts) {
        out.extend(chunks.push(part));
    }
    out.extend(chunks.finish());
    (out, length)
}

#[test]
fn chunks_are_of_one_length_whatever_comes() {
    let lengths = [0, 1, 15, 16, 65_535, 65_536, 65_537, 131_072, 131_082, 200_000];
    for length in lengths {
        let body = vec![b'x'; length];
        for trailer in [None, Some(Algorithm::Crc32), Some(Algorithm::Sha256)] {
            let (expected, announced) = whole(&body, usize::MAX, trailer);
            assert_eq!(expected.len() as u64, announced, "{length}");
            for parts in [1_000, 65_536, 70_000] {
                assert_eq!(whole(&body, parts, trailer).0, expected, "{length} in {parts}");
            }
        }
    }
    let (out, _) = whole(&vec![b'x'; 131_082], 4_096, Some(Algorithm::Crc32));
    assert_eq!(out.len(), 131_141);
    assert!(out.starts_with(b"10000\r\nxxxx"));
    assert!(out.ends_with(b"x\r\na\r\nxxxxxxxxxx\r\n0\r\nx-amz-checksum-crc32:c+O3fg==\r\n\r\n"));
    let cases: [(&[u8], Option<Algorithm>, &[u8]); 3] = [
        (b"", None, b"0\r\n\r\n"),
        (b"", Some(Algorithm::Crc32), b"0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"),
        (b"hello world", None, b"b\r\nhello world\r\n0\r\n\r\n"),
    ];
    for (body, trailer, expected) in cases {
        assert_eq!(whole(body, 3, trailer).0, expected);
    }
}

#[test]
fn a_length_without_a_number_is_none() {
    let chunks = Chunked::new(None);
    assert_eq!(chunks.length_of(u64::MAX), None);
    assert_eq!(chunks.length_of(0), Some(5));
}
