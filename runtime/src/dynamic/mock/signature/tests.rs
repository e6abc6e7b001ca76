use super::super::keys::Key;
use super::super::refuse::Refusal;
use super::verify;
use crate::Timestamp;
use crate::aws::sigv4::{
    ChunkSigner, Payload, SigningKeys, SigningParams, UriForm, encode_chunk, encode_end, sign,
};
use crate::schema::Protocol;
use bytes::Bytes;
use http::Request;

const ID: &str = "AKIDEXAMPLE";
const SECRET: &str = "EXAMPLE-not-a-secret";
const TRAILERS: &[(&str, &str)] = &[("x-amz-checksum-crc32", "AAAAAA==")];

fn now() -> Timestamp {
    "2026-03-14T09:26:53Z".parse().unwrap()
}

fn params(payload: Payload) -> SigningParams<'static> {
    SigningParams {
        access_key_id: ID,
        secret_access_key: SECRET,
        session_token: None,
        region: "eu-west-1",
        service: "s3",
        time: now(),
        uri: UriForm::AsIs,
        payload,
        payload_header: true,
    }
}

fn verified(request: &Request<Bytes>) -> Result<(), (String, String)> {
    let keys = [Key { id: ID.to_owned(), secret: SECRET.to_owned() }];
    let told = |Refusal { code, message, .. }: Refusal| (code, message);
    verify(request, &keys, Protocol::RestXml, now()).map_err(told)
}

/// A body of 20,000 bytes in chunks, as it is sent.
fn chunked(payload: Payload, chunk: usize) -> Request<Bytes> {
    let trailers = if payload == Payload::SignedChunks { &[][..] } else { TRAILERS };
    let mut request = Request::put("https://s3.example/b/k")
        .header("content-encoding", "aws-chunked")
        .header("x-amz-decoded-content-length", "20000");
    for (name, _) in trailers {
        request = request.header("x-amz-trailer", *name);
    }
    let mut request = request.body(Bytes::new()).unwrap();
    let (params, keys) = (params(payload), SigningKeys::new());
    let seed = sign(&mut request, &params, &keys).unwrap();
    let mut signer = ChunkSigner::new(&params, &keys, seed);
    let mut body = Vec::new();
    for data in vec![b'a'; 20_000].chunks(chunk) {
        body.extend(encode_chunk(data, Some(signer.sign(data))));
    }
    let last = signer.sign(b"").to_owned();
    let signature = (!trailers.is_empty()).then(|| signer.sign_trailers(trailers).to_owned());
    body.extend(encode_end(Some(&last), trailers, signature.as_deref()));
    *request.body_mut() = body.into();
    request
}

/// A change of a text that stands in a body.
type Change<'c> = (&'c str, &'c str);
/// A code, and a part of the message.
type Told<'t> = Result<(), (&'t str, &'t str)>;

#[test]
fn each_chunk_and_the_trailers_are_signed() {
    const WRONG: &str = "SignatureDoesNotMatch";
    let plain = Payload::SignedChunks;
    let trailer = Payload::SignedChunksTrailer;
    let cases: &[(Payload, usize, Option<Change<'_>>, Told<'_>)] = &[
        (plain, 8192, None, Ok(())),
        (trailer, 8192, None, Ok(())),
        (trailer, 20_000, None, Ok(())),
        (plain, 4000, None, Err(("InvalidChunkSizeError", "chunk 1 is smaller than 8192"))),
        (plain, 8192, Some(("aaaaa\r\n2000;", "aaaab\r\n2000;")), Err((WRONG, "of chunk 1 is"))),
        (plain, 8192, Some(("aaaaa\r\n0;", "aaaab\r\n0;")), Err((WRONG, "of chunk 3 is"))),
        (plain, 8192, Some(("\r\n0;chunk-signature=", "\r\n0;x=")), Err((WRONG, "chunk 4 has no"))),
        (plain, 8192, Some(("\r\n0;", "\r\n0;chunk-signature=00;")), Err((WRONG, "of chunk 4 is"))),
        (trailer, 8192, Some(("AAAAAA==", "AAAAAB==")), Err((WRONG, "behind the body is not"))),
        (
            trailer,
            8192,
            Some(("x-amz-trailer-signature:", "x-amz-trailer-signature:0")),
            Err((WRONG, "behind the body is not theirs")),
        ),
        (
            trailer,
            8192,
            Some(("x-amz-trailer-signature", "x-amz-other")),
            Err(("MalformedTrailerError", "not those of `x-amz-trailer`")),
        ),
        (
            trailer,
            8192,
            Some(("x-amz-checksum-crc32:AAAAAA==\r\n", "")),
            Err(("MalformedTrailerError", "not those of `x-amz-trailer`")),
        ),
        (plain, 8192, Some(("aaaaa\r\n0;", "aaaa\r\n0;")), Err(("IncompleteBody", "in chunks"))),
        (plain, 20_000, Some(("4e20;", "4e1f;")), Err(("IncompleteBody", "in chunks"))),
    ];
    for (payload, size, change, expected) in cases {
        let mut request = chunked(*payload, *size);
        if let Some((from, to)) = change {
            let body = String::from_utf8(request.body().to_vec()).unwrap();
            assert!(body.contains(from), "{from}");
            *request.body_mut() = body.replacen(from, to, 1).into();
        }
        told_as(verified(&request), *expected, *change);
    }
    // Chunks of another body, that follow from another signature
    let mut request = chunked(plain, 8192);
    *request.body_mut() = chunked(trailer, 8192).body().clone();
    told_as(verified(&request), Err((WRONG, "of chunk 1 is not")), None);
    // A length that was signed, and is not that of the body
    let mut request = Request::put("https://s3.example/b/k").body(Bytes::new()).unwrap();
    sign(&mut request, &params(plain), &SigningKeys::new()).unwrap();
    *request.body_mut() = "0;chunk-signature=00\r\n\r\n".into();
    told_as(verified(&request), Err(("IncompleteBody", "x-amz-decoded-content-length")), None);
}

#[track_caller]
fn told_as(found: Result<(), (String, String)>, expected: Told<'_>, change: Option<Change<'_>>) {
    match (found, expected) {
        (Ok(()), Ok(())) => {}
        (Err((code, message)), Err((expected, part))) => {
            assert_eq!(code, expected, "{change:?}: {message}");
            assert!(message.contains(part), "{change:?}: {message}");
        }
        (found, expected) => panic!("{change:?}: {found:?}, not {expected:?}"),
    }
}

/// Chunks without signatures are not looked at.
#[test]
fn chunks_may_be_without_signatures() {
    let mut request = Request::put("https://s3.example/b/k").body(Bytes::new()).unwrap();
    sign(&mut request, &params(Payload::UnsignedTrailer), &SigningKeys::new()).unwrap();
    *request.body_mut() = "3\r\nabc\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n".into();
    assert_eq!(verified(&request), Ok(()));
}

#[cfg(feature = "event-stream")]
#[test]
fn each_event_is_signed() {
    use crate::aws::event_signing::{BODY_DIGEST, sign_event};
    use crate::event_stream::Message;
    let signed = |payloads: &[&[u8]]| {
        let mut request = Request::post("https://s3.example/b/k")
            .header("x-amz-content-sha256", BODY_DIGEST)
            .body(Bytes::new())
            .unwrap();
        let params = SigningParams { payload_header: false, ..params(Payload::Body) };
        let keys = SigningKeys::new();
        let mut previous = sign(&mut request, &params, &keys).unwrap().into_string();
        let mut body = Vec::new();
        for payload in payloads {
            let event = if payload.is_empty() {
                Bytes::new()
            } else {
                Message::new(payload.to_vec()).encode().unwrap()
            };
            let (message, signature) = sign_event(event, &previous, &params, &keys).unwrap();
            body.extend_from_slice(&message.encode().unwrap());
            previous = signature;
        }
        *request.body_mut() = body.into();
        request
    };
    assert_eq!(verified(&signed(&[b"one", b"two", b""])), Ok(()));
    let unended = verified(&signed(&[b"one"])).unwrap_err();
    assert!(unended.1.contains("the last event is not an empty one"), "{unended:?}");
    let mut request = signed(&[b"one", b"two", b""]);
    *request.body_mut() = signed(&[b"two", b"one", b""]).body().slice(..);
    assert_eq!(verified(&request), Ok(()), "both begin with the same signature");
    let (first, other) = (signed(&[b"one", b""]), signed(&[b"two", b""]));
    let half = first.body().len() / 2;
    let mixed = [&first.body()[..half], &other.body()[half..]].concat();
    *request.body_mut() = mixed.into();
    let wrong = verified(&request).unwrap_err();
    assert!(wrong.1.contains("cannot be read as events"), "{wrong:?}");
    let lengths = [&[b"one".as_slice(), b""][..], &[b"one"]].map(|it| signed(it).body().len());
    // The end of one stream behind the event of another
    let end = &other.body()[lengths[1]..];
    *request.body_mut() = [&first.body()[..lengths[1]], end].concat().into();
    let wrong = verified(&request).unwrap_err();
    assert!(wrong.1.contains("of event 2 is not"), "{wrong:?}");
    assert_eq!(wrong.0, "SignatureDoesNotMatch");
    assert!(lengths[0] > lengths[1]);
    *request.body_mut() = Message::new("x").encode().unwrap();
    let wrong = verified(&request).unwrap_err();
    assert!(wrong.1.contains("event 1 has no signature"), "{wrong:?}");
}

#[cfg(feature = "sigv4a")]
#[test]
fn version_4a_is_checked() {
    use crate::aws::sigv4::{EcdsaKeys, presign_v4a, sign_v4a};
    use std::time::Duration;
    let keys = EcdsaKeys::new();
    let request = || Request::get("https://s3.example/b/k?x=y").body(Bytes::new()).unwrap();
    let regions = SigningParams { region: "eu-*", ..params(Payload::Body) };
    for presigned in [false, true] {
        let signed = |params: &SigningParams<'_>| {
            let mut request = request();
            if presigned {
                let params = SigningParams { payload: Payload::Unsigned, ..*params };
                presign_v4a(&mut request, &params, Duration::from_mins(1), &keys).unwrap();
            } else {
                sign_v4a(&mut request, params, &keys).unwrap();
            }
            request
        };
        assert_eq!(verified(&signed(&regions)), Ok(()));
        let another = SigningParams { secret_access_key: "another", ..regions };
        let mut changed = signed(&regions);
        let uri = changed.uri().to_string().replace("x=y", "x=z");
        *changed.uri_mut() = uri.parse().unwrap();
        for wrong in [signed(&another), changed] {
            let (code, said) = verified(&wrong).unwrap_err();
            assert_eq!(code, "SignatureDoesNotMatch", "{said}");
        }
        let mut nowhere = signed(&regions);
        nowhere.headers_mut().remove("x-amz-region-set");
        let uri = nowhere.uri().to_string().replace("X-Amz-Region-Set", "X-Amz-Region");
        *nowhere.uri_mut() = uri.parse().unwrap();
        let (code, said) = verified(&nowhere).unwrap_err();
        assert_eq!(code, "AccessDenied", "{said}");
    }
    let mut request = request();
    let chunks = SigningParams { payload: Payload::SignedChunks, ..regions };
    sign_v4a(&mut request, &chunks, &keys).unwrap();
    let (code, said) = verified(&request).unwrap_err();
    assert_eq!(code, "SignatureDoesNotMatch");
    assert!(said.contains("another algorithm"), "{said}");
}

#[cfg(not(feature = "sigv4a"))]
#[test]
fn version_4a_is_refused() {
    let mut request = Request::get("https://s3.example/b/k").body(Bytes::new()).unwrap();
    sign(&mut request, &params(Payload::Body), &SigningKeys::new()).unwrap();
    let header = request.headers()["authorization"].to_str().unwrap();
    let header = header.replace("HMAC", "ECDSA-P256").replace("/eu-west-1", "");
    let header = header.replace("x-amz-date", "x-amz-date;x-amz-region-set");
    request.headers_mut().insert("x-amz-region-set", "*".parse().unwrap());
    request.headers_mut().insert("authorization", header.parse().unwrap());
    let (code, said) = verified(&request).unwrap_err();
    assert_eq!(code, "NotImplemented");
    assert!(said.contains("the feature `sigv4a`"), "{said}");
}
