use super::remembered;

#[test]
fn a_line_is_kept_without_secrets() {
    let cases: &[(&str, Option<&str>)] = &[
        ("aws ivs list-channels", Some("aws ivs list-channels")),
        (
            "aws ivs --region eu-west-1 create-channel --cli-auto-prompt --name 'a b' --lat LOW",
            Some("--region eu-west-1 aws ivs create-channel --name 'a b' --latency-mode LOW"),
        ),
        ("aws ivs get-channel --arn=-x --debug", Some("--debug aws ivs get-channel '--arn=-x'")),
        (
            "aws sqs get-queue-attributes --attribute-names A B --queue-url https://q/",
            Some("aws sqs get-queue-attributes --attribute-names A B --queue-url https://q/"),
        ),
        (
            "aws s3api get-object --bucket b --key k out.txt",
            Some("aws s3api get-object out.txt --bucket b --key k"),
        ),
        (
            "aws dynamodb wait table-exists --table-name t",
            Some("aws dynamodb wait table-exists --table-name t"),
        ),
        // Secrets by the spec, by their names, and in what may hold them
        (
            "aws s3api put-object --bucket b --key k --sse-customer-key 0123456789 --body f",
            Some("aws s3api put-object --bucket b --key k --body f"),
        ),
        (
            "aws sts assume-role-with-web-identity --role-arn r --role-session-name s \
             --web-identity-token ey.J",
            Some("aws sts assume-role-with-web-identity --role-arn r --role-session-name s"),
        ),
        (
            "aws sts assume-role-with-web-identity --role-arn r --web-identity-token file://t",
            Some(
                "aws sts assume-role-with-web-identity --role-arn r --web-identity-token file://t",
            ),
        ),
        (
            "aws s3api copy-object --cli-input-json {\"CopySourceSSECustomerKey\":\"x\"}",
            Some("aws s3api copy-object"),
        ),
        (
            "aws ivs create-channel --cli-input-json file://in.json",
            Some("aws ivs create-channel --cli-input-json file://in.json"),
        ),
        (
            "aws ivs list-channels --endpoint-url http://me:secret@host/",
            Some("aws ivs list-channels"),
        ),
        (
            "aws ivs create-channel --name 'https://h/?X-Amz-Signature=abc'",
            Some("aws ivs create-channel"),
        ),
        // What is not understood
        ("aws ivs get-channel --arm a", None),
        ("aws ivs nothing", None),
        ("aws nothing list", None),
        ("aws ivs help", None),
        ("aws ivs get-channel -- --arn a", None),
        ("", None),
    ];
    for (line, expected) in cases {
        let words = shlex::split(line).expect("words");
        // Quotes that a shell would take away
        let words: Vec<String> = words
            .into_iter()
            .map(|word| match word.strip_prefix('{') {
                Some(_) => r#"{"CopySourceSSECustomerKey":"x"}"#.to_owned(),
                None => word,
            })
            .collect();
        assert_eq!(remembered(&words).as_deref(), *expected, "{line}");
    }
}
