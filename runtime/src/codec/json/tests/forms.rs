//! The three forms: on the wire, as the model, and as an audit record.

use super::*;
use crate::Wire;

#[derive(Model)]
struct Bound {
    #[model(name = "Id", label)]
    id: Option<String>,
    #[model(name = "Filter", query = "f")]
    filter: Option<String>,
    #[model(name = "Note", wire = "n")]
    note: Option<String>,
    #[model(name = "At", format = "epoch-millis")]
    at: Option<Timestamp>,
    #[model(name = "Bytes")]
    bytes: Option<Blob>,
    #[model(name = "Secret", sensitive)]
    secret: Option<String>,
}

fn bound() -> Bound {
    Bound {
        id: Some("i".to_owned()),
        filter: Some("f".to_owned()),
        note: Some("n".to_owned()),
        at: Timestamp::from_millis(1_440_938_160_250),
        bytes: Some(Blob::from([0, 1, 2])),
        secret: Some("hunter2".to_owned()),
    }
}

#[test]
fn each_form_has_its_own_names_and_times() {
    let value = bound();
    let cases = [
        (WIRE, r#"{"n":"n","At":1440938160250,"Bytes":"AAEC","Secret":"hunter2"}"#),
        (
            Form::Model,
            r#"{"Id":"i","Filter":"f","Note":"n","At":"2015-08-30T12:36:00.250000+00:00","Bytes":"AAEC","Secret":"hunter2"}"#,
        ),
    ];
    for (form, expected) in cases {
        assert_eq!(text(&value, form), expected);
    }
    let (again, _) = read_as::<Bound>(&text(&value, Form::Model), Form::Model, STRICT).unwrap();
    assert_eq!(again, value);
    let redacted = serde_json::to_string(&Wire::new(&value).redacted()).unwrap();
    assert!(redacted.ends_with(r#""Secret":"<redacted>"}"#), "{redacted}");
}

#[test]
fn an_audit_record_may_begin_names_in_lower_case_and_write_times_as_it_likes() {
    let times = [
        r#""2015-08-30T12:36:00.25Z""#,
        "1440938160250",
        r#""1440938160250""#,
        r#""2015-08-30T21:36:00.25+09:00""#,
    ];
    for time in times {
        let json = format!(r#"{{"id":"i","Filter":"f","note":"n","at":{time},"nOTE":1}}"#);
        let (value, report) = read_as::<Bound>(&json, Form::Audit, LENIENT).unwrap();
        assert_eq!(value, Bound { bytes: None, secret: None, ..bound() }, "{time}");
        let unplaced: Vec<_> = report.unplaced.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(unplaced, ["nOTE"], "{time}");
    }
    let json = r#"{"At":"Sun, 30 Aug 2015 12:36:00 GMT"}"#;
    let (value, _) = read_as::<Bound>(json, Form::Audit, LENIENT).unwrap();
    assert_eq!(value.at, Timestamp::from_seconds(1_440_938_160));
}

#[test]
fn a_redacted_union_hides_what_it_does_not_know() {
    let cases = [
        (r#"{"text":"t"}"#, r#"{"text":"t"}"#),
        (r#"{"secret":"hunter2"}"#, r#"{"secret":"<redacted>"}"#),
        (r#"{"new":"hunter2"}"#, r#"{"new":"<redacted>"}"#),
    ];
    for (json, expected) in cases {
        let (choice, _) = read_as::<Choice>(json, Form::Model, STRICT).unwrap();
        assert_eq!(serde_json::to_string(&Wire::new(&choice).redacted()).unwrap(), expected);
        assert_eq!(serde_json::to_string(&Wire::new(&choice)).unwrap(), json);
    }
}
