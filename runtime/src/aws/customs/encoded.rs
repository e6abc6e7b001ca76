//! Text that services percent-encode in their answers.

use super::requests::set_target;
use super::values::{change_texts, text};
use crate::schema::ServiceSchema;
use crate::value::Structure;
use bytes::Bytes;
use http::Request;
use percent_encoding::percent_decode_str;

/// A key of S3 may hold what XML cannot (`set_list_objects_encoding_type_url` in botocore's
/// `handlers.py`).
pub(super) fn ask_for_encoded_keys(
    _service: &ServiceSchema,
    _argument: &str,
    request: &mut Request<Bytes>,
) {
    let uri = request.uri();
    let query = uri.query().unwrap_or_default();
    if !query.split('&').any(|pair| pair.split('=').next() == Some("encoding-type")) {
        let separator = if query.is_empty() { "" } else { "&" };
        let target = format!("{}?{query}{separator}encoding-type=url", uri.path());
        set_target(request, &target);
    }
}

/// Who asks for encoded keys in the input gets them (`decode_list_object` and its like).
pub(super) fn url_encoded_keys(paths: &str, input: &dyn Structure, output: &mut dyn Structure) {
    let asked = text(input, "EncodingType").is_some();
    if asked || text(output, "EncodingType") != Some("url") {
        return;
    }
    for path in paths.split(',') {
        change_texts(output, path, &|text| {
            let spaced = text.replace('+', " ");
            Some(percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
        });
    }
}

/// IAM's policies (`json_decode_policies`, which goes on to make a dictionary of them).
pub(super) fn url_encoded_json(path: &str, _input: &dyn Structure, output: &mut dyn Structure) {
    change_texts(output, path, &|text| {
        let decoded = percent_decode_str(text).decode_utf8().ok()?;
        let is_json = serde_json::from_str::<serde_core::de::IgnoredAny>(&decoded).is_ok();
        is_json.then(|| decoded.into_owned())
    });
}
