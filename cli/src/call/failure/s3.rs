//! What the AWS CLI says to errors of S3 that are about the bucket's region (v2's
//! `customizations/s3errormsg.py`).

use typefoundry_spec::Model;

/// The way out that the AWS CLI names.
const REGION: &str = "You can fix this issue by explicitly providing the correct region location \
                      using the --region argument, the AWS_DEFAULT_REGION environment variable, or \
                      the region variable in the AWS CLI configuration file.  You can get the \
                      bucket's location by running \"aws s3api get-bucket-location --bucket \
                      BUCKET\".";

/// The message in place of that of the service, where there is more to say.
pub(super) fn message(model: &Model, code: &str, said: &str, body: &[u8]) -> Option<String> {
    let service = &model.service;
    if (service.provider(), service.name()) != ("aws", "s3") {
        return None;
    }
    if said.contains("Please use AWS4-HMAC-SHA256") {
        let reason = "You are attempting to operate on a bucket in a region that requires \
                      Signature Version 4.  ";
        return Some(format!("{reason}{REGION}"));
    }
    if code == "PermanentRedirect" {
        let mut sentence = said.chars();
        sentence.next_back();
        let endpoint = endpoint(body)?;
        return Some(format!("{}: {endpoint}\n{REGION}", sentence.as_str()));
    }
    said.contains("AWS KMS managed keys require AWS Signature Version 4").then(|| {
        let way_out = "You can enable AWS Signature Version 4 by running the command: \naws \
                       configure set s3.signature_version s3v4";
        format!("{said} {way_out}")
    })
}

/// The host in an error's body. No member of the spec has it, and no host has characters that XML
/// escapes.
fn endpoint(body: &[u8]) -> Option<&str> {
    let (_, behind) = std::str::from_utf8(body).ok()?.split_once("<Endpoint>")?;
    let (endpoint, _) = behind.split_once("</Endpoint>")?;
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    endpoint.chars().all(is_host).then_some(endpoint)
}
