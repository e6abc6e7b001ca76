use super::*;
use crate::auth::Credentials;
use crate::schema::AuthOption;

const FORM_RDS: &str = "Action=CopyDBSnapshot&Version=2014-10-31&SourceDBSnapshotIdentifier=arn%3Aaws%3Ards%3Aus-west-2%3A123456789012%3Asnapshot%3Aa+b&TargetDBSnapshotIdentifier=t";
const FORM_EC2: &str = "Action=CopySnapshot&Version=2016-11-15&SourceSnapshotId=snap-1&SourceRegion=us-west-2&Description=d+%C3%A9";

fn signed(custom: &str, name: &'static str, form: &str) -> Result<String, String> {
    let credentials = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
        .with_session_token("a+token/=");
    let option = AuthOption {
        scheme: Cow::Borrowed("sigv4"),
        settings: Cow::Owned(vec![(Cow::Borrowed("name"), Cow::Borrowed(name))]),
    };
    let signing = Signing {
        credentials: &credentials,
        region: "us-east-1",
        option: &option,
        time: "2015-08-30T12:36:00Z".parse().expect("a time"),
    };
    let mut request = request("POST", &format!("https://{name}.us-east-1.amazonaws.com/"), form);
    before_sign(&service(&[]), &operation(custom), &mut request, &signing, false)
        .map_err(|it| it.to_string())?;
    Ok(String::from_utf8(request.body().to_vec()).expect("text"))
}

#[test]
fn copies_take_the_url_along_that_botocore_makes() {
    let rds = signed("presigned-copy", "rds", &format!("{FORM_RDS}&SourceRegion=us-west-2"));
    let expected = format!(
        "{FORM_RDS}&PreSignedUrl=https%3A%2F%2Frds.us-west-2.amazonaws.com%2F%3FAction%3DCopyDBSnapshot%26Version%3D2014-10-31%26SourceDBSnapshotIdentifier%3Darn%253Aaws%253Ards%253Aus-west-2%253A123456789012%253Asnapshot%253Aa%2520b%26TargetDBSnapshotIdentifier%3Dt%26DestinationRegion%3Dus-east-1%26X-Amz-Algorithm%3DAWS4-HMAC-SHA256%26X-Amz-Credential%3DAKIDEXAMPLE%252F20150830%252Fus-west-2%252Frds%252Faws4_request%26X-Amz-Date%3D20150830T123600Z%26X-Amz-Expires%3D3600%26X-Amz-SignedHeaders%3Dhost%26X-Amz-Security-Token%3Da%252Btoken%252F%253D%26X-Amz-Signature%3Dd52fe21de2f98c8332bcdec1c211a93f4b9aadec1e8e2b48b664d7ec46432692"
    );
    assert_eq!(rds, Ok(expected));

    let ec2 = signed("presigned-snapshot-copy", "ec2", FORM_EC2);
    let expected = format!(
        "{FORM_EC2}&PresignedUrl=https%3A%2F%2Fec2.us-west-2.amazonaws.com%2F%3FAction%3DCopySnapshot%26Version%3D2016-11-15%26SourceSnapshotId%3Dsnap-1%26SourceRegion%3Dus-west-2%26Description%3Dd%2520%25C3%25A9%26DestinationRegion%3Dus-east-1%26X-Amz-Algorithm%3DAWS4-HMAC-SHA256%26X-Amz-Credential%3DAKIDEXAMPLE%252F20150830%252Fus-west-2%252Fec2%252Faws4_request%26X-Amz-Date%3D20150830T123600Z%26X-Amz-Expires%3D3600%26X-Amz-SignedHeaders%3Dhost%26X-Amz-Security-Token%3Da%252Btoken%252F%253D%26X-Amz-Signature%3D7896e5ec06c9d455dd7ea445eda5b4ea448ddd3d023f1b526a17a6edfa366aa9&DestinationRegion=us-east-1"
    );
    assert_eq!(ec2, Ok(expected));
}

/// botocore writes the client's region over the caller's, and signs that.
#[test]
fn a_destination_of_the_callers_own_is_written_over_in_its_place() {
    let (before, after) = ("Action=CopySnapshot&DestinationRegion=", "&SourceRegion=us-west-2");
    let copied =
        |region| signed("presigned-snapshot-copy", "ec2", &format!("{before}{region}{after}"));
    let copy = copied("eu-west-1").expect("a region");
    assert!(copy.starts_with(&format!("{before}us-east-1{after}&PresignedUrl=")), "{copy}");
    assert_eq!(copied("us-east-1"), Ok(copy));
}

#[test]
fn a_url_of_the_callers_own_is_kept() {
    let cases = [
        ("presigned-copy", "a=b", "a=b"),
        ("presigned-copy", "a=b&SourceRegion=us-west-2&PreSignedUrl=mine", "a=b&PreSignedUrl=mine"),
        ("presigned-snapshot-copy", "a=b", "a=b"),
        (
            "presigned-snapshot-copy",
            "SourceRegion=us-west-2&PresignedUrl=mine",
            "SourceRegion=us-west-2&PresignedUrl=mine",
        ),
    ];
    for (custom, form, expected) in cases {
        assert_eq!(signed(custom, "rds", form).as_deref(), Ok(expected));
    }
}

/// It would become part of the host that gets the signature.
#[test]
fn a_region_that_is_none_is_an_error() {
    for region in ["", "evil.example%2F", "a+b"] {
        let error = signed("presigned-copy", "rds", &format!("a=b&SourceRegion={region}"));
        let error = error.expect_err("no region");
        assert!(error.starts_with("SourceRegion: `"), "{error}");
    }
}
