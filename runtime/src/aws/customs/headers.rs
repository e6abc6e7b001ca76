//! Headers that every call to AWS carries, whatever the service.

use crate::auth::Environment;
use http::header::HeaderValue;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What botocore keeps of a trace id.
const TRACE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'=')
    .remove(b';')
    .remove(b':')
    .remove(b'+')
    .remove(b'&')
    .remove(b'[')
    .remove(b']')
    .remove(b'{')
    .remove(b'}')
    .remove(b'"')
    .remove(b'\'')
    .remove(b',');

/// Whether the environment is that of a Lambda function.
pub(in crate::aws) fn is_function(environment: &dyn Environment) -> bool {
    environment.var("AWS_LAMBDA_FUNCTION_NAME").is_some()
}

/// The value of `x-amzn-trace-id` inside of a Lambda function, by which AWS notices functions that
/// call each other without end (`add_recursion_detection_header` in botocore's `handlers.py`).
///
/// Variables: `AWS_LAMBDA_FUNCTION_NAME`, `_X_AMZN_TRACE_ID`.
pub fn trace_id(environment: &dyn Environment) -> Option<HeaderValue> {
    if !is_function(environment) {
        return None;
    }
    let id = environment.var("_X_AMZN_TRACE_ID").filter(|id| !id.is_empty())?;
    HeaderValue::try_from(utf8_percent_encode(&id, TRACE).to_string()).ok()
}
