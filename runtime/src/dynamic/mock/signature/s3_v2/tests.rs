//! Signatures that botocore 1.43.67 makes.

use super::{Key, Refusal, verify};
use crate::Timestamp;
use bytes::Bytes;
use http::Request;

fn verified(request: &Request<Bytes>, now: i64) -> Option<Result<(), String>> {
    let keys = [Key { id: "AKID".to_owned(), secret: "secret".to_owned() }];
    let verified = verify(request, &keys, Timestamp::from_seconds(now).unwrap())?;
    Some(verified.map_err(|Refusal { code, message, .. }| format!("{code}: {message}")))
}

fn presigned(method: &str, url: &str) -> Request<Bytes> {
    Request::builder().method(method).uri(url).body(Bytes::new()).unwrap()
}

/// When the URLs below end.
const END: i64 = 1_773_484_013;

#[test]
fn urls_of_botocore_are_signed() {
    let object = "http://127.0.0.1:8080/bkt/a%20b/%C3%A9.txt?response-content-type=text%2Fplain%3B%20x%3D1\
        &AWSAccessKeyId=AKID&Signature=%2FH54%2FDu9%2BB80mEIUQDmxLlq80Bk%3D&Expires=1773484013";
    let cases = [
        ("GET", object),
        (
            "GET",
            "http://127.0.0.1:8080/bkt/k?versionId=v%2B1&AWSAccessKeyId=AKID\
             &Signature=zI2xy2SWv8nfEFszP0UyIrtj7d4%3D&x-amz-security-token=to%2Fken%2B%3D%3D\
             &Expires=1773484013",
        ),
        (
            "PUT",
            "http://127.0.0.1:8080/bkt/k?AWSAccessKeyId=AKID&Signature=iJrLOcmEFXnYaa0f9nwSQipWikE%3D\
             &content-type=text%2Fplain&x-amz-meta-a=b%20c&Expires=1773484013",
        ),
        // The bucket alone, with a slash in what is signed
        (
            "GET",
            "http://127.0.0.1:8080/bkt?list-type=2&prefix=p&encoding-type=url&AWSAccessKeyId=AKID\
             &Signature=fYk3VerILE80cVOrW0xyQJqW3qA%3D&Expires=1773484013",
        ),
        (
            "GET",
            "http://127.0.0.1:8080/bkt?acl&AWSAccessKeyId=AKID\
             &Signature=tKyUCKTjNdqwdImsjpxw7nSfabw%3D&Expires=1773484013",
        ),
        // The bucket in the host
        (
            "GET",
            "http://bkt.localhost:8080/k?AWSAccessKeyId=AKID\
             &Signature=vgZfd9siOSFfwP3KtLV%2F8Zx0Rac%3D&Expires=1773484013",
        ),
    ];
    for (method, url) in cases {
        assert_eq!(verified(&presigned(method, url), END), Some(Ok(())), "{url}");
    }
    let wrong = [
        (presigned("PUT", object), END, "SignatureDoesNotMatch: the signature is not that of"),
        (presigned("GET", &object.replace(".txt", ".md")), END, "SignatureDoesNotMatch: "),
        (presigned("GET", &object.replace("AKID", "OTHER")), END, "InvalidAccessKeyId: "),
        (presigned("GET", object), END + 1, "AccessDenied: Request has expired"),
        (presigned("GET", &object.replace("=1773", "=x")), END, "AccessDenied: `Expires` must be"),
    ];
    for (request, now, expected) in wrong {
        let told = verified(&request, now).unwrap().unwrap_err();
        assert!(told.starts_with(expected), "{told}");
    }
    assert_eq!(verified(&presigned("GET", "http://127.0.0.1:8080/bkt/k"), END), None);
}

#[test]
fn headers_of_botocore_are_signed() {
    let request = |id: &str| {
        let request = Request::put("http://127.0.0.1:8080/bkt/k?tagging&x=1");
        let request = request.header("content-type", "text/xml").header("content-md5", "abc=");
        let request = request.header("x-amz-acl", "private");
        let request = request.header("date", "Sat, 14 Mar 2026 09:26:53 GMT");
        let signature = format!("AWS {id}:6GhwspuLErLmjTOgnv2SGeRSkss=");
        request.header("authorization", signature).body(Bytes::new()).unwrap()
    };
    let signed = 1_773_480_413;
    assert_eq!(verified(&request("AKID"), signed + 60), Some(Ok(())));
    let told = |request: &Request<Bytes>, now| verified(request, now).unwrap().unwrap_err();
    assert!(told(&request("AKID"), signed + 901).starts_with("RequestTimeTooSkewed: "));
    assert!(told(&request("OTHER"), signed).starts_with("InvalidAccessKeyId: "));
    let mut other = request("AKID");
    other.headers_mut().insert("x-amz-acl", "public-read".parse().unwrap());
    assert!(told(&other, signed).starts_with("SignatureDoesNotMatch: "));
    other.headers_mut().remove("date");
    assert!(told(&other, signed).starts_with("AccessDenied: "));
}
