use super::{Form, told};
use crate::exit::{CONFIGURATION, Failure, GENERAL, SERVICE, USAGE};
use crate::terminal::Color;
use typefoundry_jmespath::Value;

const SENTENCE: &str = "An error occurred (Conflict) when calling the X operation: no";

fn service(facts: &str) -> Failure {
    let Some(Value::Object(facts)) = Value::from_json(facts) else {
        return Failure::new(SERVICE, "the facts are no object");
    };
    Failure::new(SERVICE, SENTENCE).with_facts(facts)
}

/// The forms are those of `errorhandler.py` of awscli 2.x.
#[test]
fn an_error_is_told_with_what_it_says_besides() {
    let scalars = r#"{"Message": "no", "Code": "Conflict", "resourceId": "r-1", "retry": true}"#;
    let lists = r#"{"Message": "no", "Code": "Conflict", "ids": ["a", 1], "map": {"k": "v"},
                    "many": [1, 2, 3, 4, 5], "deep": [[]]}"#;
    let plain = r#"{"Message": "no", "Code": "Conflict"}"#;
    let cases = [
        (plain, "enhanced", SENTENCE.to_owned()),
        (scalars, "legacy", SENTENCE.to_owned()),
        (
            scalars,
            "unheard-of",
            format!("{SENTENCE}\n\nAdditional error details:\nresourceId: r-1\nretry: True\n"),
        ),
        (
            lists,
            "Enhanced",
            format!(
                "{SENTENCE}\n\nAdditional error details:\nids: [a, 1]\nmap: {{k: v}}\n\
                 many: <complex value>\ndeep: <complex value>\nUse \"--cli-error-format json\" or \
                 another error format to see the full details.\n"
            ),
        ),
        (plain, "json", "{\n    \"Message\": \"no\",\n    \"Code\": \"Conflict\"\n}\n".to_owned()),
        (scalars, "yaml", "Code: Conflict\nMessage: no\nresourceId: r-1\nretry: true\n".to_owned()),
        (scalars, "text", "Conflict\tno\tr-1\tTrue\n".to_owned()),
        (
            plain,
            "table",
            "-------------------------\n|         error         |\n+-----------+-----------+\n\
             |   Code    |  Message  |\n+-----------+-----------+\n|  Conflict |  no       |\n\
             +-----------+-----------+\n"
                .to_owned(),
        ),
    ];
    for (facts, form, expected) in cases {
        let failure = told(service(facts), Form::named(form), Color::Off);
        assert_eq!((failure.code(), failure.message()), (SERVICE, &*expected), "{form}");
    }
}

#[test]
fn mistakes_of_the_caller_have_a_code_as_data() {
    for (code, name) in [(USAGE, "ParamValidation"), (CONFIGURATION, "Configuration")] {
        let failure = told(Failure::new(code, "no"), Form::named("text"), Color::Off);
        assert_eq!((failure.code(), failure.message()), (code, &*format!("{name}\tno\n")));
        let failure = told(Failure::new(code, "no"), Form::Enhanced, Color::Off);
        assert_eq!(failure.message(), "no");
    }
    let failure = told(Failure::new(GENERAL, "no"), Form::named("json"), Color::Off);
    assert_eq!(failure.message(), "no", "what has no structure is a sentence");
}
