//! `--mock`: every operation of every spec, without an account or a network.

use crate::run::{Folder, run, typefoundry};

fn mock(arguments: &[&str]) -> crate::run::Ran {
    let mut command = typefoundry();
    command.arg("call");
    run(command, arguments.iter().chain(&["--mock"]))
}

const STAGE: &[&str] = &[
    "aws",
    "ivs-realtime",
    "list-participant-events",
    "--stage-arn",
    "arn:aws:ivs:eu-west-1:111122223333:stage/Qm7rT2vXw9Lz",
    "--session-id",
    "st-7Hk2Pq9RzT4wX",
    "--participant-id",
    "pR5sEnTeR01a",
];

const CHANNEL: &str = "arn:aws:ivs:us-west-2:111122223333:channel/hRb7CamN0rth";
const STREAM: &[&str] = &[
    "aws",
    "customer-profiles",
    "get-event-stream",
    "--domain-name",
    "loyalty-club",
    "--event-stream-name",
];

#[test]
fn every_operation_answers() {
    let calls: &[&[&str]] = &[
        &["aws", "ivs", "create-channel", "--name", "harbour-cam"],
        &["aws", "ivs", "list-channels"],
        STAGE,
        &["ncp", "livestation", "list-channels"],
        &["ncp", "livestation", "list-channel-events", "--channel-id", "ls-20260312190142-Hn3Qk"],
    ];
    for arguments in calls {
        let answer = mock(arguments).json();
        assert!(answer.as_object().is_some_and(|members| !members.is_empty()), "{answer}");
    }
    let answer = mock(&[STREAM, &["profile-changes"]].concat()).json();
    assert_eq!(answer["State"], "STOPPED");
    // An operation without an output has nothing to show.
    assert_eq!(mock(&["aws", "ivs", "delete-channel", "--arn", CHANNEL]).ok(), "");
}

/// Four spaces, members in the order of the spec, times as ISO 8601 with an offset.
#[test]
fn the_output_has_the_form_of_the_aws_cli() {
    insta::with_settings!({omit_expression => true}, {
        let out = mock(&[STREAM, &["profile-changes"]].concat()).ok();
        insta::assert_snapshot!("output_get_event_stream", out);
        let out = mock(&["ncp", "livestation", "list-channel-events", "--channel-id", "ls-1"]).ok();
        insta::assert_snapshot!("output_list_channel_events", out);
    });
}

#[test]
fn an_example_with_an_error_gives_that_error() {
    let live = "arn:aws:ivs:us-west-2:111122223333:channel/cOnc3rtHa11x";
    assert_eq!(
        mock(&["aws", "ivs", "delete-channel", "--arn", live]).failed(254),
        "An error occurred (ConflictException) when calling the DeleteChannel operation: The \
         channel is live; stop its stream first.\n"
    );
    assert_eq!(
        mock(&[STREAM, &["gone"]].concat()).failed(254),
        "An error occurred (ResourceNotFoundException) when calling the GetEventStream \
         operation: There is no event stream named gone in this domain.\n"
    );
    let unknown = "ls-20200101000000-nope0";
    let arguments = ["ncp", "livestation", "list-channel-events", "--channel-id", unknown];
    assert_eq!(
        mock(&arguments).failed(254),
        "An error occurred (250004) when calling the ListChannelEvents operation: channel not \
         found.\n\nAdditional error details:\nerrorName: NOT_FOUND\n"
    );
}

const GEMS: &str = r#"{
  "typefoundry": "1",
  "service": {
    "id": "acme/gems", "title": "Gems", "protocol": "rest-json",
    "auth": {"api-key": {"header": "x-gem-key"}},
    "endpoint": {"url": "https://gems.example.com"}
  },
  "operations": {
    "PutGem": {
      "http": "PUT /gems/{id}",
      "docs": "Puts a gem where it belongs.",
      "input": {
        "id": {"type": "string", "required": true, "label": true},
        "region": "string",
        "input-region": "string",
        "debug": "boolean",
        "help": "string",
        "petName": "string",
        "pet_name": "string",
        "facets": "integer",
        "picture": "blob",
        "cutAt": "timestamp",
        "key": {"type": "string", "sensitive": true, "header": "x-gem-owner"},
        "pin": {"type": "string", "sensitive": true, "query": "pin"},
        "sizes": "Sizes",
        "names": "Names"
      },
      "output": {
        "picture": "blob",
        "cutAt": "timestamp",
        "zeta": "string",
        "alpha": "string"
      },
      "examples": [{
        "title": "A gem",
        "input": {"id": "g1"},
        "output": {
          "alpha": "2", "zeta": "1", "cutAt": "2026-03-14T09:26:53.5Z", "picture": "AAEC/w=="
        }
      }]
    }
  },
  "shapes": {"Sizes": {"list": "double"}, "Names": {"list": "string"}}
}"#;

/// A spec of a user's own, in a folder of its own.
pub(crate) fn gems(name: &str) -> (Folder, String) {
    let folder = Folder::new(name);
    folder.write("gems.json", GEMS);
    let path = folder.path().join("gems.json").to_str().expect("UTF-8").to_owned();
    (folder, path)
}

#[test]
fn a_spec_from_a_file_is_called_all_the_same() {
    let (_folder, spec) = gems("mock-spec");
    let expected = "{\n    \
        \"picture\": \"AAEC/w==\",\n    \
        \"cutAt\": \"2026-03-14T09:26:53.500000+00:00\",\n    \
        \"zeta\": \"1\",\n    \
        \"alpha\": \"2\"\n\
    }\n";
    assert_eq!(mock(&["--spec", &spec, "put-gem", "--id", "g1"]).ok(), expected);
    let joined = format!("--spec={spec}");
    assert_eq!(mock(&[&joined, "PutGem", "--id", "g1"]).ok(), expected);
    let help = mock(&["--spec", &spec, "put-gem", "--help"]).ok();
    let usage = format!("\nSYNOPSIS\n    typefoundry call --spec {spec} put-gem\n");
    assert!(help.contains(&usage), "{help}");
}

/// Members that are called as our own options, or as each other, are still there.
#[test]
fn members_never_take_the_place_of_global_options() {
    let (_folder, spec) = gems("mock-names");
    let help = mock(&["--spec", &spec, "put-gem", "--help"]).ok();
    let options: Vec<_> = help
        .lines()
        .skip_while(|line| *line != "SYNOPSIS")
        .take_while(|line| *line != "OPTIONS")
        .flat_map(|line| line.split([' ', '[', ']', '|']))
        .filter_map(|word| word.strip_prefix("--").filter(|word| *word != "spec"))
        .collect();
    let ours = [
        "id",
        "input-region",
        "input-input-region",
        "input-debug",
        "no-input-debug",
        "input-help",
        "pet-name",
        "pet_name",
        "facets",
        "picture",
        "cut-at",
        "key",
        "pin",
        "sizes",
        "names",
    ];
    assert_eq!(options[..ours.len()], ours, "{help}");
}

#[test]
fn a_broken_or_missing_spec_is_misuse() {
    let folder = Folder::new("mock-broken");
    folder.write("broken.json", "{\"typefoundry\": \"1\", \"servis\": {}}");
    folder.write("latin.json", b"caf\xe9");
    let said = |spec: &str| folder.run(&["call", "--spec", spec, "list-pets"]).failed(252);
    let text = said("broken.json");
    assert!(
        text.contains("a spec has no key `servis`") && text.contains("broken.json:1:"),
        "{text}"
    );
    let gone = "error: cannot read gone.json: No such file or directory (os error 2)\n";
    assert_eq!(said("gone.json"), gone);
    assert!(
        said("latin.json")
            .starts_with("error: latin.json is not UTF-8 text: the byte at line 1, column 4 ")
    );
}
