//! Bytes that are given for a text which travels as base64, such as the user data of instances
//! (`base64_encode_user_data` in botocore's `handlers.py`, which takes both).

use super::base64;
use super::param::Param;
use typefoundry::Map;
use typefoundry::dynamic::ApiOperation;

/// The custom that encodes the text of a member.
const CUSTOM: &str = "base64-text:";

/// Encodes bytes that are given for such a text. What is left is an operation that does not encode them
/// once more; nothing if there are none.
pub(super) fn encode(
    operation: &ApiOperation,
    params: &mut Map<String, Param>,
) -> Option<ApiOperation> {
    let mut encoded = Vec::new();
    for name in &*operation.schema.traits.as_deref()?.named {
        let param = name.strip_prefix(CUSTOM).and_then(|member| params.get_mut(member));
        if let Some(param) = param
            && let Param::Bytes(bytes) = param
        {
            *param = Param::Text(base64::encode(bytes));
            encoded.push(name.clone());
        }
    }
    if encoded.is_empty() {
        return None;
    }
    let mut operation = operation.clone();
    if let Some(traits) = &mut operation.schema.traits {
        traits.to_mut().named.to_mut().retain(|name| !encoded.contains(name));
    }
    Some(operation)
}

#[cfg(test)]
mod tests {
    use super::{Param, encode};
    use typefoundry::Map;
    use typefoundry::dynamic::Api;

    const INSTANCES: &str = r#"{
        "typefoundry": "1",
        "service": {
            "id": "aws/instances", "title": "Instances", "version": "2011-01-01", "protocol": "query",
            "auth": {"none": {}}, "endpoint": {"url": "https://instances.example.com"}
        },
        "operations": {
            "Run": {
                "http": "POST /", "input": {"UserData": "string", "Other": "string"},
                "traits": ["base64-text:UserData", "no-input"]
            }
        },
        "shapes": {}
    }"#;

    #[test]
    fn bytes_are_encoded_once() {
        let api = Api::load("instances.json", INSTANCES).unwrap_or_else(|error| panic!("{error}"));
        let operation = api.operation("Run").unwrap_or_else(|| panic!("it is there"));
        let bytes = || Param::Bytes(b"\x00\xff#!".to_vec());
        let text = || Param::Text("plain".to_owned());
        for (member, given, expected) in [
            ("UserData", bytes(), Some(Param::Text("AP8jIQ==".to_owned()))),
            ("UserData", text(), None),
            ("Other", bytes(), None),
        ] {
            let mut params = Map::from_iter([(member.to_owned(), given.clone())]);
            let left = encode(operation, &mut params);
            assert_eq!(left.is_some(), expected.is_some(), "{member}");
            assert_eq!(params[member], expected.unwrap_or(given));
            if let Some(left) = left {
                assert!(!left.schema.has("base64-text:UserData") && left.schema.has("no-input"));
            }
        }
    }
}
