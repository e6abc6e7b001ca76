use super::{Params, finish, put};
use crate::call::input::json;
use crate::call::input::param::Param;
use typefoundry::{Timestamp, TimestampFormat};

/// What the AWS CLI 1.45.64 makes of the same at the same time, of blobs base64.
#[test]
fn an_upload_policy_is_made_and_signed() {
    let made = "eyJleHBpcmF0aW9uIjogIjIwMjYtMDMtMTVUMDk6MjY6NTMuNTg5MDAwWiIsImNvbmRpdGlvbnMiOiBbeyJi\
                dWNrZXQiOiAicGV0cyJ9LHsiYWNsIjogImVjMi1idW5kbGUtcmVhZCJ9LFsic3RhcnRzLXdpdGgiLCAiJGtl\
                eSIsICJyZXgvIl1dfQ==";
    let cases: &[(&[(&str, &str)], String)] = &[
        (
            &[("Bucket", "pets"), ("Prefix", "rex/")],
            format!(r#""Bucket":"pets","Prefix":"rex/","UploadPolicy":"{made}""#),
        ),
        (
            &[("Bucket", "pets"), ("Prefix", "rex/"), ("_SAK", "secret")],
            format!(
                r#""Bucket":"pets","Prefix":"rex/","UploadPolicy":"{made}","UploadPolicySignature":"Bj8FuPPKIs3bq1QDyI6kWENuEgc=""#
            ),
        ),
        (
            &[("UploadPolicy", "{}"), ("_SAK", "secret")],
            r#""UploadPolicy":"e30=","UploadPolicySignature":"3KeROaoASbxgUSU+Qu1QG4MqvzI=""#
                .to_owned(),
        ),
        (
            &[("UploadPolicy", "é"), ("AWSAccessKeyId", "id")],
            r#""UploadPolicy":"w6k=","AWSAccessKeyId":"id""#.to_owned(),
        ),
        // What is signed already stays so, and no secret is sent.
        (
            &[("UploadPolicy", "{}"), ("UploadPolicySignature", "x"), ("_SAK", "secret")],
            r#""UploadPolicy":"e30=","UploadPolicySignature":"x""#.to_owned(),
        ),
        // What stands in JSON has to be escaped.
        (
            &[("Bucket", "\""), ("Prefix", ""), ("_SAK", "s")],
            r#""Bucket":"\"","Prefix":"","UploadPolicy":"eyJleHBpcmF0aW9uIjogIjIwMjYtMDMtMTVUMDk6MjY6NTMuNTg5MDAwWiIsImNvbmRpdGlvbnMiOiBbeyJidWNrZXQiOiAiXCIifSx7ImFjbCI6ICJlYzItYnVuZGxlLXJlYWQifSxbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAiIl1dfQ==","UploadPolicySignature":"Ao9RiEFBQ4Jzrn5d2SvxddwcV7M=""#
                .to_owned(),
        ),
    ];
    for (said, expected) in cases {
        let mut params = Params::new();
        for (member, word) in *said {
            put(&mut params, member, Param::Text((*word).to_owned()));
        }
        made_at(&mut params).expect("enough is said");
        assert_eq!(shown(params), format!(r#"{{"Storage":{{"S3":{{{expected}}}}}}}"#));
    }
}

#[test]
fn without_bucket_and_prefix_there_is_no_policy() {
    for members in [r#"{"Storage":{"S3":{}}}"#, r#"{"Storage":{"S3":{"Bucket":"b","Prefix":1}}}"#] {
        let said = made_at(&mut read(members)).expect_err("it is said");
        assert!(said.contains("--bucket and --prefix"), "{said}");
    }
    // What is missing or of another type is told by the checks of the input.
    for members in ["{}", r#"{"Storage":1}"#, r#"{"Storage":{"S3":[]}}"#] {
        let mut params = read(members);
        made_at(&mut params).expect("nothing to do");
        assert_eq!(shown(params), members);
    }
}

fn made_at(params: &mut Params) -> Result<(), String> {
    let now = Timestamp::parse("2026-03-14T09:26:53.589Z", TimestampFormat::DateTime);
    // Texts of blobs are bytes by then.
    if let Some(Param::Map(storage)) = params.get_mut("Storage")
        && let Some(Param::Map(place)) = storage.get_mut("S3")
        && let Some(Param::Text(policy)) = place.get("UploadPolicy")
    {
        let bytes = Param::Bytes(policy.clone().into_bytes());
        place.insert("UploadPolicy".to_owned(), bytes);
    }
    finish(params, now.expect("a time")).map_err(|failure| failure.message().to_owned())
}

fn read(members: &str) -> Params {
    match json::parse(members) {
        Ok(Param::Map(params)) => params,
        other => panic!("{other:?}"),
    }
}

fn shown(params: Params) -> String {
    let mut out = String::new();
    Param::Map(params).write_json(&mut out);
    out
}
