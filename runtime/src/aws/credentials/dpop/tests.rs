use super::*;
use crate::Timestamp;
use p256::ecdsa::signature::Verifier;
use std::collections::BTreeSet;

/// A key that was made for these tests: as of RFC 5915, and as of PKCS #8.
const KEYS: [&str; 2] = [
    "MHcCAQEEIDA0bYwoC71oQc3Lyc81VwbIBbA0uFbHw/yOPW+a86fFoAoGCCqGSM49\n\
     AwEHoUQDQgAEbbLzks0lqRY9nOrB767vZ1AH2+HxDMWemUfHK4KLOTlC0VdBYnH3\n\
     lxF6sCx/DYCwFCkePR5OAkXIgyBEVCy63Q==",
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgMDRtjCgLvWhBzcvJ\n\
     zzVXBsgFsDS4VsfD/I49b5rzp8WhRANCAARtsvOSzSWpFj2c6sHvru9nUAfb4fEM\n\
     xZ6ZR8crgos5OULRV0FicfeXEXqwLH8NgLAUKR49Hk4CRciDIERULLrd",
];

fn pem(key: &str) -> String {
    format!("-----BEGIN EC PRIVATE {0}-----\n{key}\n-----END EC PRIVATE {0}-----\n", "KEY")
}

fn dpop(key: &str) -> Option<Dpop> {
    let now: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a time");
    Dpop::new(&pem(key), Arc::new(now))
}

/// The header of `jwk` is what OpenSSL shows as the public key.
#[test]
fn the_proof_is_signed_with_the_key_that_it_shows() {
    let url = "https://us-east-1.signin.aws.amazon.com/v1/token";
    let mut ids = BTreeSet::new();
    for key in KEYS {
        let dpop = dpop(key).expect("a key");
        let proof = dpop.header(&http::Method::POST, url).expect("a proof");
        let (signed, signature) = proof.rsplit_once('.').expect("three parts");
        let (header, claims) = signed.split_once('.').expect("three parts");
        let json = |part: &str| -> Value {
            let text = URL_SAFE_NO_PAD.decode(part).expect("base64");
            serde_json::from_slice(&text).expect("JSON")
        };
        assert_eq!(
            json(header),
            json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": {"kty": "EC", "crv": "P-256",
                "x": "bbLzks0lqRY9nOrB767vZ1AH2-HxDMWemUfHK4KLOTk",
                "y": "QtFXQWJx95cRerAsfw2AsBQpHj0eTgJFyIMgRFQsut0"}})
        );
        let mut claims = json(claims);
        let id = claims.as_object_mut().and_then(|claims| claims.remove("jti"));
        ids.insert(id.as_ref().and_then(Value::as_str).expect("an id").to_owned());
        assert_eq!(claims, json!({"htm": "POST", "htu": url, "iat": 1_767_225_600}));
        let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64");
        let signature = Signature::from_slice(&signature).expect("a signature");
        dpop.key.verifying_key().verify(signed.as_bytes(), &signature).expect("signed");
        assert!(!format!("{dpop:?}").contains("MD"), "the key is not shown");
    }
    assert_eq!(ids.len(), KEYS.len(), "no two are the same");
}

#[test]
fn what_is_no_key_is_refused() {
    assert!(dpop("").is_none());
    assert!(dpop("?").is_none());
    // Cut short anywhere, it is no key; whole bytes may be missing where the key itself is there.
    let der = STANDARD.decode(KEYS[0].replace('\n', "")).expect("base64");
    for length in 0..der.len() {
        let cut = STANDARD.encode(&der[..length]);
        assert!(dpop(&cut).is_none(), "{length} bytes");
    }
    // All but the version
    for at in [0, 1, 2, 3, 5, 6] {
        let mut wrong = der.clone();
        wrong[at] = 0x85;
        assert!(dpop(&STANDARD.encode(&wrong)).is_none(), "byte {at}");
    }
}
