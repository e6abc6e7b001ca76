//! What the AWS CLI adds to operations of EC2, whose service is not built in.

use crate::run::{Folder, call, file};
use crate::server::{Server, answer};

/// Two operations of EC2.
const SPEC: &str = r#"{"typefoundry": "1",
    "service": {"id": "aws/ec2", "title": "EC2", "version": "2016-11-15", "protocol": "ec2-query",
        "auth": {"sigv4": {"name": "ec2"}}, "endpoint": {"url": "https://ec2.example.com"}},
    "operations": {
        "BundleInstance": {"http": "POST /", "input": {
            "InstanceId": {"type": "string", "required": true},
            "Storage": {"type": "Storage", "required": true}}, "output": {}},
        "GetPasswordData": {"http": "POST /", "input": {
            "InstanceId": {"type": "string", "required": true}},
            "output": {"InstanceId": {"type": "string", "wire": "instanceId"},
                "PasswordData": {"type": "PasswordData", "wire": "passwordData"}}}},
    "shapes": {
        "PasswordData": {"type": "string", "sensitive": true},
        "Storage": {"structure": {"S3": "S3Storage"}},
        "S3Storage": {"structure": {"AWSAccessKeyId": "string", "Bucket": "string",
            "Prefix": "string", "UploadPolicy": "blob", "UploadPolicySignature": "string"}}}}"#;

fn folder(name: &str) -> (Folder, String) {
    let folder = Folder::new(name);
    folder.write("ec2.json", SPEC);
    let spec = folder.path().join("ec2.json").display().to_string();
    (folder, spec)
}

/// v2's `customizations/ec2/bundleinstance.py`.
#[test]
fn an_instance_is_bundled_with_a_policy() {
    let (_folder, spec) = folder("ec2-bundle");
    let start = ["--spec", &spec, "bundle-instance", "--instance-id", "i-1"];
    let simple = ["--bucket", "pets", "--prefix", "rex", "--owner-akid", "AKIDOWNER"];
    let secret = ["--owner-sak", "the-secret-of-the-owner"];
    let asked = |words: &[&str]| {
        let server = Server::new([answer("200 OK", "text/xml", "<R/>")]);
        let end = ["--debug", "--endpoint-url", &server.url];
        let ran = call(start.iter().chain(words).chain(&end));
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(!ran.err.contains(secret[1]), "{}", ran.err);
        server.requests()[0].body.clone()
    };
    let body = asked(&[&simple[..], &secret, &["--policy", "e30="]].concat());
    assert_eq!(
        body,
        "Action=BundleInstance&Version=2016-11-15&InstanceId=i-1\
         &Storage.S3.AWSAccessKeyId=AKIDOWNER&Storage.S3.Bucket=pets&Storage.S3.Prefix=rex&Storage.S3.UploadPolicy=e30%3D\
         &Storage.S3.UploadPolicySignature=8dFm8JzJTadB%2BoWZfp1YTkVjdcs%3D"
    );
    // One that is made begins with the time until which it holds.
    let body = asked(&[&simple[..], &secret].concat());
    assert!(body.contains("&Storage.S3.UploadPolicy=eyJleHBpcmF0aW9uIjogI"), "{body}");
    assert!(body.contains("&Storage.S3.UploadPolicySignature="), "{body}");
    let body = asked(&simple);
    assert!(!body.contains("Signature"), "{body}");
    let body = asked(&["--storage", "S3={Bucket=b,Prefix=p}"]);
    assert!(body.contains("&Storage.S3.UploadPolicy=eyJleHBpcmF0aW9uIjogI"), "{body}");

    for (words, message) in [
        (
            &["--storage", "S3={Bucket=b}", "--bucket", "b"][..],
            "Mixing the --storage option with the simple, scalar options is not recommended.\n",
        ),
        (&["--bucket", "b"], "the upload policy of the image cannot be made without a bucket and"),
        (&[], "Parameter validation failed:\nMissing required parameter in input: \"Storage\"\n"),
    ] {
        let said = call(start.iter().chain(words)).failed(252);
        assert!(said.starts_with(message), "{said}");
    }
    let help = call(["--spec", &spec, "bundle-instance", "help"]).ok();
    assert!(
        help.contains("[--owner-sak <value>]") && help.contains("[--storage <value>]"),
        "{help}"
    );
}

/// v2's `customizations/ec2/decryptpassword.py`.
#[test]
fn a_password_is_decrypted_by_the_key_of_the_instance() {
    let (folder, spec) = folder("ec2-password");
    let fixtures = "cli/src/call/launch_key/tests";
    let key = file(&format!("{fixtures}/key.pem"));
    let encrypted = std::fs::read_to_string(file(&format!("{fixtures}/password.txt")));
    let encrypted = encrypted.expect("it is there");
    let asked = |password: &str, key: &str| {
        let body =
            format!("<R><instanceId>i-1</instanceId><passwordData>{password}</passwordData></R>");
        let server = Server::new([answer("200 OK", "text/xml", &body)]);
        let words = ["--spec", &spec, "get-password-data", "--instance-id", "i-1"];
        call(words.iter().chain(&["--priv-launch-key", key, "--endpoint-url", &server.url]))
    };
    let password = |ran: crate::run::Ran| ran.json()["PasswordData"].clone();
    assert_eq!(password(asked(&encrypted, &key)), "pass-w0rd! \u{e9}");
    assert_eq!(password(asked(&encrypted, "")), encrypted);
    // The instance is not ready yet.
    assert_eq!(password(asked("", &key)), "");
    folder.write("other.pem", "no key");
    let other = folder.path().join("other.pem").display().to_string();
    for (text, key) in [(&*encrypted, &*other), ("AAAA", &key)] {
        let said = asked(text, key).failed(255);
        let start = "Unable to decrypt password data using provided private key file.\n";
        assert!(said.starts_with(start) && !said.contains(&encrypted), "{said}");
    }
    let words = ["--spec", &spec, "get-password-data", "--instance-id", "i-1"];
    let said = call(words.iter().chain(&["--priv-launch-key", "/nowhere/key.pem"])).failed(255);
    assert_eq!(
        said,
        "priv-launch-key should be a path to the local SSH private key file used to launch the \
         instance.\n"
    );
}
