//! Forms that are signed by Signature Version 2.

use super::Words;
use crate::Timestamp;
use crate::aws::sigv2;
use crate::codec::query::parse_form;
use crate::dynamic::mock::keys::Key;
use crate::dynamic::mock::refuse::Refusal;
use crate::schema::Protocol;
use bytes::Bytes;
use http::Request;
use http::header::HOST;

/// How far a clock may be off, in seconds.
const SKEW: i64 = 15 * 60;

/// Turns down a request whose form is not signed by one of the keys.
pub(in crate::dynamic::mock) fn verify(
    request: &Request<Bytes>,
    keys: &[Key],
    protocol: Protocol,
    now: Timestamp,
) -> Result<(), Refusal> {
    let words = Words::of(protocol);
    // The form of a GET is its query.
    let form = match request.body() {
        body if body.is_empty() => request.uri().query().unwrap_or_default().as_bytes(),
        body => &body[..],
    };
    let mut params: Vec<_> = parse_form(form).collect();
    let get = |params: &[(String, String)], name: &str| {
        params.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    };
    let refused = |code: &str, what: &str| Refusal::new(code, 403, what);
    let (Some(signature), Some(id)) = (get(&params, "Signature"), get(&params, "AWSAccessKeyId"))
    else {
        return Err(refused(words.missing, "the request has no signature"));
    };
    let unknown = "the access key is not one that the mock was told";
    let key = keys.iter().find(|key| key.id == id);
    let key = key.ok_or_else(|| refused(words.unknown, unknown))?;
    let kind = (get(&params, "SignatureVersion"), get(&params, "SignatureMethod"));
    if kind != (Some("2".to_owned()), Some("HmacSHA256".to_owned())) {
        let what = "`SignatureVersion` must be 2, and `SignatureMethod` HmacSHA256";
        return Err(refused(words.mismatch, what));
    }
    let time = get(&params, "Timestamp").and_then(|time| time.parse::<Timestamp>().ok());
    let time = time.ok_or_else(|| refused(words.mismatch, "there is no `Timestamp`"))?;
    if (now.seconds() - time.seconds()).abs() > SKEW {
        let what = "Signature expired: the request was signed more than 15 minutes ago, or later \
                    than now";
        return Err(refused(words.mismatch, what));
    }
    params.retain(|(name, _)| name != "Signature");
    let host = request.headers().get(HOST).and_then(|value| value.to_str().ok());
    let host = host.or(request.uri().authority().map(http::uri::Authority::as_str));
    let form = sigv2::encoded(&mut params);
    let to_sign = (request.method().as_str(), host.unwrap_or_default(), request.uri().path());
    if sigv2::signature(to_sign, &form, &key.secret) == signature {
        return Ok(());
    }
    let what = format!("the signature is not that of the request, whose form is\n\n{form}");
    Err(refused(words.mismatch, &what))
}

#[cfg(test)]
mod tests {
    use super::{Key, Refusal, verify};
    use crate::Timestamp;
    use crate::schema::Protocol;
    use bytes::Bytes;
    use http::Request;

    const FORM: &str = "Action=ListDomains&Version=2009-04-15&AWSAccessKeyId=AKID&SignatureVersion=2\
        &SignatureMethod=HmacSHA256&Timestamp=2013-05-24T00%3A00%3A00Z\
        &Signature=JKhdAGOP3VrYN9W0bPUYTJonBI35DGa%2FkhXHiFyWS0k%3D";

    /// The signature is that of botocore 1.43.67.
    #[test]
    fn forms_are_signed() {
        let other = FORM.replace("ListDomains", "ListThings");
        let unsigned = FORM.replace("&Signature=", "&X=");
        let unknown = FORM.replace("AKID", "OTHER");
        let method = FORM.replace("SHA256", "SHA1");
        for (form, minutes, expected) in [
            (FORM, 0, ""),
            (FORM, -15, ""),
            (FORM, 16, "SignatureDoesNotMatch: Signature expired"),
            (&other, 0, "SignatureDoesNotMatch: the signature is not that of the request"),
            (&unsigned, 0, "MissingAuthenticationToken: "),
            (&unknown, 0, "InvalidClientTokenId: "),
            (&method, 0, "SignatureDoesNotMatch: `SignatureVersion` must be"),
        ] {
            let request = Request::post("/").header("host", "sdb.amazonaws.com");
            let request = request.body(Bytes::copy_from_slice(form.as_bytes())).unwrap();
            let keys = [Key { id: "AKID".to_owned(), secret: "secret".to_owned() }];
            let now = Timestamp::from_seconds(1_369_353_600 + minutes * 60).unwrap();
            let told = match verify(&request, &keys, Protocol::Query, now) {
                Ok(()) => String::new(),
                Err(Refusal { code, message, .. }) => format!("{code}: {message}"),
            };
            assert_eq!(told.is_empty(), expected.is_empty(), "{told}");
            assert!(told.starts_with(expected), "{told}");
        }
    }
}
