use super::suggest;

/// What is suggested, with the last word as far as it has been written.
fn suggested(line: &str) -> Vec<String> {
    let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    suggest(&words).into_iter().map(|it| it.text).collect()
}

#[test]
fn what_comes_next_is_suggested() {
    let cases: &[(&str, &[&str])] = &[
        ("", &["aws", "ncp"]),
        ("a", &["aws"]),
        ("aws ivs", &["ivs", "ivs-realtime", "ivschat"]),
        ("aws s3", &["s3api"]),
        ("aws h", &["help"]),
        ("--output t", &["text", "table"]),
        ("--output=t", &["--output=text", "--output=table"]),
        ("--output text aws ivschat list-r", &["list-rooms"]),
        ("--outp", &["--output"]),
        ("--debug --d", &[]),
        ("aws dynamodb wai", &["wait"]),
        ("aws ivs wai", &[]),
        ("aws dynamodb wait table-", &["table-exists", "table-not-exists"]),
        ("aws dynamodb wait table-exists --table", &["--table-name"]),
        ("aws ivs create-channel --la", &["--latency-mode"]),
        ("aws ivs CreateChannel --la", &["--latency-mode"]),
        ("aws ivs create-channel --latency-mode ", &["NORMAL", "LOW"]),
        ("aws ivs create-channel --latency-mode=L", &["--latency-mode=LOW"]),
        ("aws ivs create-channel --latency-mode LOW --lat", &[]),
        ("aws ivs create-channel --latency-mode LOW --outp", &["--output"]),
        ("aws ivs create-channel --name ", &[]),
        ("aws ivs create-channel --no-a", &["--no-authorized"]),
        ("aws sqs get-queue-attributes --attribute-names All Queue", &["QueueArn"]),
        ("aws ivs create-channel --generate-cli-skeleton o", &["output"]),
        ("aws nothing list-", &[]),
        ("aws ivs nothing --", &[]),
        ("--spec /nowhere.json list-", &[]),
    ];
    for (line, expected) in cases {
        assert_eq!(suggested(line), *expected, "{line}");
    }
}

/// What help shows, and a call takes.
#[test]
fn options_of_pages_are_those_that_a_call_would_take() {
    const DECLARED: &[&str] = &["--max-items", "--page-size", "--starting-token"];
    const INFERRED: &[&str] = &["--max-results", "--next-token"];
    for (line, expected) in [
        ("aws ivs list-channels ", DECLARED),
        ("aws ivs-realtime list-participant-events ", INFERRED),
        ("aws ivs-realtime list-participant-events --paginate ", DECLARED),
        ("--paginate aws ivs-realtime list-participant-events ", DECLARED),
    ] {
        let of_pages = [DECLARED, INFERRED].concat();
        let mut found = suggested(line);
        found.retain(|it| of_pages.contains(&&**it));
        found.sort();
        assert_eq!(found, expected, "{line}");
    }
}

#[test]
fn required_options_come_first_and_say_what_they_are() {
    let words = ["aws", "ivs", "get-channel", ""].map(str::to_owned);
    let suggestions = suggest(&words);
    assert_eq!(suggestions[0].text, "--arn");
    assert!(suggestions[0].is_required && suggestions[0].about.is_some(), "{suggestions:?}");
    assert!(suggestions.iter().skip(1).all(|it| !it.is_required));
    assert!(suggestions.iter().any(|it| it.text == "--region"));
    assert_eq!(suggestions.last().map(|it| &*it.text), Some("help"));
}
