//! What is secret whatever the service: what proves who is calling, and what credentials come in. Whoever
//! shows or keeps what goes over the wire leaves it out.

/// Headers that sign or authenticate.
const HEADERS: [&str; 9] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
    "x-amz-s3session-token",
    "x-amz-security-token",
    "x-api-key",
    "x-ncp-apigw-signature-v2",
    "x-ncp-iam-access-key",
];

/// Parameters of queries and forms that sign or authenticate: of Signature Version 4 in URLs, and of
/// Signature Version 2.
const PARAMETERS: [&str; 7] = [
    "X-Amz-Credential",
    "X-Amz-S3session-Token",
    "X-Amz-Security-Token",
    "X-Amz-Signature",
    "AWSAccessKeyId",
    "SecurityToken",
    "Signature",
];

/// Members that credentials come in or are made of: of STS, single sign-on and its tokens, containers
/// and instances.
const CREDENTIALS: [&str; 13] = [
    "SecretAccessKey",
    "secretAccessKey",
    "SessionToken",
    "sessionToken",
    "accessToken",
    "refreshToken",
    "idToken",
    "clientSecret",
    "WebIdentityToken",
    "SAMLAssertion",
    // Of sessions on machines, and of registries
    "TokenValue",
    "tokenValue",
    "authorizationToken",
];

/// Whether a header, by its name in small letters, signs or authenticates.
pub fn is_secret_header(name: &str) -> bool {
    HEADERS.contains(&name)
}

/// Whether a parameter of a query or a form signs or authenticates.
pub fn is_signature(name: &str) -> bool {
    PARAMETERS.contains(&name)
}

/// Whether a member, by its name on the wire, holds what credentials are made of.
pub fn is_credential(name: &str) -> bool {
    CREDENTIALS.contains(&name)
}

/// Whether a text has a signed URL in it, with which anybody could call until it expires.
pub fn has_signed_url(text: &str) -> bool {
    PARAMETERS.iter().any(|name| {
        let mut found = text.match_indices(name).map(|(at, _)| text.split_at(at));
        found.any(|(before, found)| {
            let is_value = found.strip_prefix(name).is_some_and(|rest| rest.starts_with('='));
            is_value && before.ends_with(['?', '&', ';'])
        })
    })
}

/// Whether something of the kind may be in bytes of which nothing else is known.
#[cfg(feature = "testing")]
pub(crate) fn may_be_in(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    has_signed_url(&text) || CREDENTIALS.iter().any(|name| text.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_urls_are_found_wherever_they_stand() {
        let cases = [
            ("https://h/?Action=A&X-Amz-Signature=ab", true),
            ("see https://h/?X-Amz-Credential=AKID%2F and more", true),
            ("https://h/?Expires=1&amp;Signature=ab", true),
            ("https://h/?Signature", false),
            ("https://h/?NoSignature=1", false),
            ("the parameter X-Amz-Signature is missing", false),
            ("", false),
        ];
        for (text, expected) in cases {
            assert_eq!(has_signed_url(text), expected, "{text}");
        }
    }
}
