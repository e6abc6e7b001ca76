//! Several services on one port, told apart by what their requests say.

use super::apis;
use bytes::Bytes;
use http::Request;
use typefoundry::binding::write_request;
use typefoundry::dynamic::Mock;

#[test]
fn every_operation_is_found_among_all_services() {
    let apis = apis();
    let mock = Mock::of(apis.clone()).checked(false);
    // Told from ListBuckets by the host of S3 Express alone.
    let hidden = ["ListDirectoryBuckets"];
    // Two generations of an operation on one path; the one that is not deprecated answers.
    let older = [
        "GetBucketLifecycle",
        "GetBucketNotification",
        "PutBucketLifecycle",
        "PutBucketNotification",
    ];
    for api in &apis {
        for operation in api.operations() {
            let name = &*operation.schema.name;
            if hidden.contains(&name) || older.contains(&name) {
                continue;
            }
            let input = api.sample_input(operation);
            let in_bucket = api.service().id == "aws/s3" && has_bucket(api, name);
            let endpoint = if in_bucket { "http://localhost/pets" } else { "http://localhost" };
            let request = write_request(api.service(), &operation.schema, &input, endpoint, "here");
            let mut request = request.unwrap();
            // Livestation's have another signature, which names no service.
            sign(&mut request, api.service().auth[0].setting("name"));
            let answer = mock.answer(&request);
            let newest = mock.requests().pop();
            let found = newest.map(|it| (it.service, it.operation)).unwrap_or_default();
            let expected = (api.service().id.to_string(), name.to_owned());
            // Two services with one signing name have these on the same paths.
            let shared = ["ListTagsForResource", "TagResource", "UntagResource"];
            if found.1 == name && shared.contains(&name) {
                continue;
            }
            assert_eq!(found, expected, "{request:?} {answer:?}");
        }
    }
}

fn has_bucket(api: &typefoundry::dynamic::Api, operation: &str) -> bool {
    let operation = api.model().find_operation(operation).unwrap();
    operation.input_member("Bucket").is_some()
}

fn sign(request: &mut Request<Bytes>, name: Option<&str>) {
    if let Some(name) = name {
        let scope = format!("AWS4-HMAC-SHA256 Credential=a/20260314/here/{name}/aws4_request");
        request.headers_mut().insert("authorization", scope.parse().unwrap());
    }
}
