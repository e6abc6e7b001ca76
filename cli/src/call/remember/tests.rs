use super::remembered;
use crate::call::arguments::table::{Purpose, Table};
use crate::call::names;
use crate::specs;

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

/// Of every secret member of every operation that is built in.
#[test]
fn no_secret_of_a_spec_is_kept() {
    let mut tried = 0;
    for id in specs::built_in_callable() {
        let Some(name) = id.strip_prefix("aws ") else { continue };
        let spec = specs::find_lazy("aws", name).expect("a spec").expect("it is there");
        let model = spec.load_all().expect("it is right");
        for operation in &model.operations {
            let table = Table::new(&model, operation, None, true);
            let mut words = vec!["aws".to_owned(), names::service(name).to_owned()];
            words.push(names::kebab(&operation.name));
            let before = words.len();
            for (spec, entry) in table.specs.iter().zip(&table.entries) {
                if let Purpose::Member(index) = entry.purpose
                    && table.member(index).is_some_and(|member| model.holds_secrets(member))
                {
                    words.extend([format!("--{}", spec.name), "a-secret".to_owned()]);
                }
            }
            if words.len() == before {
                continue;
            }
            tried += (words.len() - before) / 2;
            let inline = ["--cli-input-json", "{\"a\": \"a-secret\"}"].map(str::to_owned);
            for words in [words.clone(), words[..before].iter().cloned().chain(inline).collect()] {
                let line = remembered(&words);
                // Where the answer goes to a file, there is no input as a whole.
                let is_kept = line.as_deref() == Some(&words[..before].join(" "));
                assert!(is_kept || line.is_none() && table.outfile, "{words:?}: {line:?}");
            }
        }
    }
    assert!(tried > 50, "{tried}");
}
