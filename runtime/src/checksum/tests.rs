//! Sums that botocore 1.43.67 and Python's `hashlib` give; those of CRC-32C and CRC-64 come from a
//! plain loop over their polynomials, which gives the check values of the catalogue of CRCs, and those
//! of XXH from awscrt 0.36.0, which botocore takes them from.

use super::{Algorithm, Hasher};

#[test]
fn sums_are_those_of_others() {
    let bytes: Vec<u8> = (0..=255).cycle().take(256_000).collect();
    let cases: [(&[u8], [&str; 10]); 4] = [
        (
            b"",
            [
                "AAAAAA==",
                "AAAAAA==",
                "AAAAAAAAAAA=",
                "2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                "z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==",
                "1B2M2Y8AsgTpgAmY7PhCfg==",
                "70bbN1HY6Zk=",
                "LQaABTjTlMI=",
                "maoG0wFHmNhgAcMkRo1Jfw==",
            ],
        ),
        (
            b"123456789",
            [
                "y/Q5Jg==",
                "4waSgw==",
                "rosUhgp5mIg=",
                "98O8HYCOBHMq32eZZczDTKeuNEE=",
                "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
                "2eZ2LdHI6vbWGzxhkvxAjU1tXxF20MKRabwk5xw/J0rSf81YEbMT1oH35V7ALXPUmclUVba1u1A6z1dPuo/+hQ==",
                "JfnnlDI7RTiF9RgfG2JNCw==",
                "jLhB20DmroM=",
                "ctyxi2ehff8=",
                "MxGUd+3l3NXpcWQnaB1YYA==",
            ],
        ),
        (
            b"hello world",
            [
                "DUoRhQ==",
                "yZRlqg==",
                "jSnVw/bqjr4=",
                "Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
                "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=",
                "MJ7MSJwS1utMxA9QyQLytNDtd+5RGnx6m808qG1M2G+YndNbxf9JlnDaNCVbRbDP2DDoH2Bdz33FVC6TrpzXbw==",
                "XrY7u+Ae7tCTyyK7j1rNww==",
                "RatnNLIeaWg=",
                "1Eex6kDmmIs=",
                "340J6T+HSQCpm4d1zBW2xw==",
            ],
        ),
        (
            &bytes,
            [
                "/HCvGg==",
                "XSfxjQ==",
                "t6XiMs2NTxQ=",
                "TblhIbKYIjaeidXhf/JYL8R+EKI=",
                "tXtksZjV1ZzloiqbnyXnKn0IFHbUMgUaqSPz2+u5CTQ=",
                "IlrTUZTrRHP2qVSkLlDTrkN9I00YlaOW3oM+WUh6ksVtSF9nL1/4jU2tcyNmdRtWY+1mGMkJxfQXnpJnOmMpxA==",
                "HacIp14lEQsTQdFoFP61LQ==",
                "6oqV9SvNtpM=",
                "d2R0w50g+ao=",
                "VIUS2YmJ3i13ZHTDnSD5qg==",
            ],
        ),
    ];
    for (bytes, sums) in cases {
        for (algorithm, expected) in Algorithm::ALL.into_iter().zip(sums) {
            assert_eq!(algorithm.sum(bytes), expected, "{algorithm:?} of {} bytes", bytes.len());
            let mut hasher = Hasher::new(algorithm);
            for part in bytes.chunks(7) {
                hasher.update(part);
            }
            assert!(hasher.clone().is(expected), "{algorithm:?} in parts");
            hasher.update(b"!");
            assert!(!hasher.is(expected), "{algorithm:?} of something else");
        }
    }
}

#[test]
fn names_are_those_of_models() {
    for algorithm in Algorithm::ALL {
        assert_eq!(Algorithm::from_name(algorithm.name()), Some(algorithm));
        let lower = algorithm.name().to_ascii_lowercase();
        assert_eq!(Algorithm::from_name(&lower), Some(algorithm));
    }
    assert_eq!(Algorithm::from_name("XXHASH32"), None);
    assert!(!Hasher::new(Algorithm::Crc32).is("AAAA"), "a sum of another length");
    assert!(!Hasher::new(Algorithm::Crc32).is("-"), "no base64");
}
