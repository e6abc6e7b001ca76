use super::*;
use crate::{Map, Model, json};

#[derive(Model)]
struct Input {
    #[model(name = "Id")]
    id: Option<String>,
    #[model(name = "Bucket")]
    bucket: Option<String>,
    #[model(name = "Name")]
    name: Option<String>,
    #[model(name = "AccountId")]
    account_id: Option<String>,
    #[model(name = "accountId")]
    glacier_account: Option<String>,
    #[model(name = "CopySource")]
    copy_source: Option<String>,
    #[model(name = "UserData")]
    user_data: Option<String>,
    #[model(name = "SSECustomerKey")]
    key: Option<String>,
    #[model(name = "SSECustomerKeyMD5")]
    key_md5: Option<String>,
    #[model(name = "Metadata")]
    metadata: Option<Map<String, String>>,
}

fn written(custom: &str, input: &str) -> Result<String, String> {
    let mut input: Input = json::from_slice(input.as_bytes()).expect(input);
    before_write(&service(&[]), &operation(custom), &mut input).map_err(|it| it.to_string())?;
    Ok(json::to_string(&input))
}

#[test]
fn inputs_become_what_botocore_makes_of_them() {
    let cases = [
        ("strip-id-prefix:Id", r#"{"Id":"/hostedzone/Z1"}"#, r#"{"Id":"Z1"}"#),
        ("strip-id-prefix:Id", r#"{"Id":"Z1"}"#, r#"{"Id":"Z1"}"#),
        ("strip-id-prefix:Id", r#"{"Id":"a/"}"#, r#"{"Id":""}"#),
        ("strip-id-prefix:NoSuch", r#"{"Id":"a/b"}"#, r#"{"Id":"a/b"}"#),
        ("default-input:accountId=-", r"{}", r#"{"accountId":"-"}"#),
        ("default-input:accountId=-", r#"{"accountId":"1"}"#, r#"{"accountId":"1"}"#),
        ("default-input:accountId=-", r#"{"accountId":""}"#, r#"{"accountId":"-"}"#),
        (
            "base64-text:UserData",
            r##"{"UserData":"#!/bin/sh\necho é"}"##,
            r#"{"UserData":"IyEvYmluL3NoCmVjaG8gw6k="}"#,
        ),
        ("base64-text:UserData", "{}", "{}"),
        (
            "md5-of-key:SSECustomerKey",
            r#"{"SSECustomerKey":"a","SSECustomerKeyMD5":"b"}"#,
            r#"{"SSECustomerKey":"a","SSECustomerKeyMD5":"b"}"#,
        ),
        ("md5-of-key:SSECustomerKey", "{}", "{}"),
    ];
    for (custom, input, expected) in cases {
        assert_eq!(written(custom, input).as_deref(), Ok(expected), "{custom} of {input}");
    }
}

/// A build without digests says so.
#[test]
fn a_key_goes_along_with_its_digest() {
    let given = r#"{"SSECustomerKey":"12345678901234567890123456789012"}"#;
    let expected = if cfg!(feature = "checksums") {
        Ok(
            r#"{"SSECustomerKey":"MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=","SSECustomerKeyMD5":"dnF5x6K/8ZZRzpfSlMMM+w=="}"#,
        )
    } else {
        Err("SSECustomerKey: its MD5 goes along: give it, or turn on the feature `checksums`")
    };
    let found = written("md5-of-key:SSECustomerKey", given);
    assert_eq!(found.as_deref().map_err(String::as_str), expected);
}

#[test]
fn sources_of_copies_are_quoted_but_for_their_version() {
    let cases = [
        ("b/k ey é", "b/k%20ey%20%C3%A9"),
        ("b/k?versionId=a", "b/k?versionId=a"),
        ("b/a+b%20?versionId=x y", "b/a%2Bb%2520%3FversionId%3Dx%20y"),
        ("b/k?versionId=", "b/k%3FversionId%3D"),
        ("b/k?versionId=a b?versionId=c", "b/k%3FversionId%3Da%20b?versionId=c"),
        (
            "arn:aws:s3:us-east-1:123456789012:accesspoint/ap/object/k",
            "arn%3Aaws%3As3%3Aus-east-1%3A123456789012%3Aaccesspoint/ap/object/k",
        ),
    ];
    for (source, expected) in cases {
        let mut input = Input { copy_source: Some(source.to_owned()), ..Input::default() };
        let copy = operation("quote-copy-source:CopySource");
        before_write(&service(&[]), &copy, &mut input).expect(source);
        assert_eq!(input.copy_source.as_deref(), Some(expected));
    }
}

/// The regular expressions are `VALID_BUCKET` and `VALID_S3_ARN` in botocore's `handlers.py`.
#[test]
fn buckets_are_named_as_botocore_wants() {
    let long = "a".repeat(255);
    let longer = "a".repeat(256);
    let cases = [
        ("bucket", true),
        ("Bucket_x.y-z", true),
        (&*long, true),
        (&*longer, false),
        ("", false),
        ("a/b", false),
        ("..", true),
        ("a b", false),
        ("é", false),
        ("arn:aws:s3:us-east-1:123456789012:accesspoint/ap", true),
        ("arn:aws:s3:us-east-1:123456789012:accesspoint:ap", true),
        ("arn:aws-cn:s3:cn-north-1:123456789012:accesspoint:ap", true),
        ("arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap", true),
        ("arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/ap", true),
        ("arn:aws:s3:us-east-1:12345678901:accesspoint/ap", false),
        ("arn:aws:s3:us-east-1:123456789012:accesspoint/a_p", false),
        ("arn:aws:s3:us-east-1:123456789012:bucket/ap", false),
        ("arn:aws:s3:::bucket", false),
        ("arn:aws:s3-outposts:us-east-1:123456789012:outpost/op-1/accesspoint/ap", true),
        ("arn:aws:s3-outposts::123456789012:outpost/op-1/accesspoint/ap", false),
        ("arn:aws:s3-outposts:us-east-1:123456789012:outpost/op-1/bucket/ap", false),
        ("arn:gcp:s3:us-east-1:123456789012:accesspoint/ap", false),
    ];
    let check = operation("bucket-name:Bucket");
    for (bucket, good) in cases {
        let mut input = Input { bucket: Some(bucket.to_owned()), ..Input::default() };
        let result = before_write(&service(&[]), &check, &mut input);
        assert_eq!(result.is_ok(), good, "{bucket}");
    }
    assert!(before_write(&service(&[]), &check, &mut Input::default()).is_ok());
    let error = written("bucket-name:Bucket", r#"{"Bucket":"a\nb"}"#).expect_err("no name");
    assert!(error.starts_with(r"Bucket: `a\nb` is no bucket's name"), "{error}");
}

#[test]
fn metadata_are_ascii() {
    assert!(written("ascii-map:Metadata", r#"{"Metadata":{"a":"b"}}"#).is_ok());
    assert!(written("ascii-map:Metadata", "{}").is_ok());
    for bad in [r#"{"Metadata":{"é":"b"}}"#, r#"{"Metadata":{"a":"b","c":"é"}}"#] {
        let error = written("ascii-map:Metadata", bad).expect_err("no ASCII");
        assert!(error.starts_with("Metadata: the entry `"), "{error}");
    }
}

#[test]
fn the_account_is_that_of_the_arn() {
    let bucket = "arn:aws:s3-outposts:us-east-1:123456789012:outpost/op-1/bucket/b";
    let point = "arn:aws:s3-outposts:us-east-1:123456789012:outpost/op-1/accesspoint/b";
    let fips = "arn:aws:s3-outposts:fips-us-east-1:123456789012:outpost/op-1/bucket/b";
    let cases = [
        ("Bucket", bucket, "", Ok("123456789012")),
        ("Bucket", bucket, "123456789012", Ok("123456789012")),
        ("Bucket", "b", "1", Ok("1")),
        ("Name", point, "", Ok("123456789012")),
        ("Bucket", bucket, "9", Err("is another one than AccountId, 9")),
        ("Bucket", point, "", Err("of all ARNs it takes only")),
        ("Name", bucket, "", Err("of all ARNs it takes only")),
        ("Bucket", fips, "", Err("FIPS")),
    ];
    for (member, value, account, expected) in cases {
        let mut input = Input::default();
        let place = if member == "Name" { &mut input.name } else { &mut input.bucket };
        *place = Some(value.to_owned());
        input.account_id = Some(account.to_owned()).filter(|it| !it.is_empty());
        let custom = operation(&format!("account-from-arn:{member}"));
        let result = before_write(&service(&[]), &custom, &mut input);
        match (result, expected) {
            (Ok(()), Ok(account)) => assert_eq!(input.account_id.as_deref(), Some(account)),
            (Err(error), Err(text)) => assert!(error.to_string().contains(text), "{error}"),
            (result, _) => assert!(result.is_err() == expected.is_err(), "{member} {value}"),
        }
    }
}
