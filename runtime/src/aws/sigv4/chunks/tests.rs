//! The two examples of Amazon S3's API reference: 66,560 times `a`, in chunks of 64 KiB.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use super::*;
use crate::aws::sigv4::{Payload, UriForm, sign};
use bytes::Bytes;
use http::Request;

const TRAILERS: &[(&str, &str)] = &[("x-amz-checksum-crc32c", "sOO8/Q==")];

struct Case {
    payload: Payload,
    headers: &'static [(&'static str, &'static str)],
    seed: &'static str,
    chunks: [&'static str; 3],
    trailer: Option<&'static str>,
}

const CASES: &[Case] = &[
    Case {
        payload: Payload::SignedChunks,
        headers: &[("content-length", "66824")],
        seed: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
        chunks: [
            "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
            "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
            "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
        ],
        trailer: None,
    },
    Case {
        payload: Payload::SignedChunksTrailer,
        headers: &[("x-amz-trailer", "x-amz-checksum-crc32c")],
        seed: "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
        chunks: [
            "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
            "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
            "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
        ],
        trailer: Some("d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435"),
    },
];

#[test]
fn chunks_are_signed_one_after_the_other() {
    let keys = SigningKeys::new();
    let body = vec![b'a'; 66_560];
    for case in CASES {
        let params = SigningParams {
            access_key_id: "AKIAIOSFODNN7EXAMPLE",
            secret_access_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            session_token: None,
            region: "us-east-1",
            service: "s3",
            time: "2013-05-24T00:00:00Z".parse().expect("a time"),
            uri: UriForm::AsIs,
            payload: case.payload,
            payload_header: true,
        };
        let mut request = Request::put("https://s3.amazonaws.com/examplebucket/chunkObject.txt")
            .header("x-amz-storage-class", "REDUCED_REDUNDANCY")
            .header("content-encoding", "aws-chunked")
            .header("x-amz-decoded-content-length", "66560");
        for (name, value) in case.headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Bytes::new()).expect("a request");
        let seed = sign(&mut request, &params, &keys).expect("signed");
        assert_eq!(seed.as_str(), case.seed);

        let mut signer = ChunkSigner::new(&params, &keys, seed);
        let mut sent = Vec::new();
        for (chunk, expected) in body.chunks(65_536).zip(case.chunks) {
            let signature = signer.sign(chunk);
            assert_eq!(signature, expected);
            sent.extend(encode_chunk(chunk, Some(signature)));
        }
        let last = signer.sign(b"").to_owned();
        assert_eq!(last, case.chunks[2]);
        let trailers = if case.trailer.is_some() { TRAILERS } else { &[] };
        let trailer = case.trailer.map(|_| signer.sign_trailers(trailers).to_owned());
        assert_eq!(trailer.as_deref(), case.trailer);
        sent.extend(encode_end(Some(&last), trailers, trailer.as_deref()));
        let length = encoded_length(66_560, 65_536, true, trailers, trailer.is_some());
        assert_eq!(sent.len() as u64, length);
        if let Some(told) = request.headers().get("content-length") {
            assert_eq!(told, &length.to_string());
        }
        let shown = format!("{signer:?}");
        assert!(!shown.contains(&last) && !shown.contains("key"), "{shown}");
    }
}

#[test]
fn chunks_without_signatures_have_a_length_that_is_known() {
    for (length, chunk) in [(0, 16), (1, 16), (15, 16), (16, 16), (17, 16), (256, 16), (5, 300)] {
        let body = vec![b'x'; length];
        let mut sent: Vec<u8> = body.chunks(chunk).flat_map(|it| encode_chunk(it, None)).collect();
        sent.extend(encode_end(None, TRAILERS, None));
        let expected = encoded_length(length as u64, chunk as u64, false, TRAILERS, false);
        assert_eq!(sent.len() as u64, expected, "{length} in {chunk}");
    }
    let mut sent = encode_chunk(b"hello", None);
    sent.extend(encode_end(None, TRAILERS, None));
    let expected = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32c:sOO8/Q==\r\n\r\n";
    assert_eq!(String::from_utf8(sent).expect("text"), expected);
}
