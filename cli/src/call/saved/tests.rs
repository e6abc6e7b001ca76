use super::{pipeline, write};
use typefoundry_jmespath::{Object, Value};

fn value(json: &str) -> Value {
    of(serde_json::from_str(json).expect("JSON"))
}

fn of(json: serde_json::Value) -> Value {
    match json {
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Number(number) => Value::Number(number.as_i64().expect("whole").into()),
        serde_json::Value::Array(items) => Value::List(items.into_iter().map(of).collect()),
        serde_json::Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, value)| (name, of(value))).collect())
        }
        other => panic!("{other}"),
    }
}

fn object(json: &str) -> Object {
    match value(json) {
        Value::Object(object) => object,
        other => panic!("{other:?}"),
    }
}

#[test]
fn definitions_are_as_files_have_them() {
    let mut answer = object(
        r#"{"pipelineObjects": [{"id": "a", "name": "b", "fields": [
                {"key": "k", "stringValue": "1"}, {"key": "k", "stringValue": "2"},
                {"key": "k", "stringValue": "3"}, {"key": "r", "refValue": "S"}]}],
            "parameterObjects": [{"id": "p", "attributes": [{"key": "t", "stringValue": "x"}]}],
            "parameterValues": [{"id": "p", "stringValue": "1"}, {"id": "p", "stringValue": "2"}]}"#,
    );
    pipeline(&mut answer);
    let expected = r#"{"objects": [{"id": "a", "name": "b", "k": ["1", "2", "3"], "r": {"ref": "S"}}],
                       "parameters": [{"id": "p", "t": "x"}], "values": {"p": ["1", "2"]}}"#;
    assert_eq!(answer, object(expected));
}

#[test]
fn what_is_saved_is_for_nobody_else() {
    let folder = std::env::temp_dir().join(format!("typefoundry-saved-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("out");
    write(&path, b"key").map_err(|failure| failure.message().to_owned()).expect("written");
    assert_eq!(std::fs::read(&path).expect("a file"), b"key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    std::fs::remove_dir_all(&folder).expect("a folder");
}
