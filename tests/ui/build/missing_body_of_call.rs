//! A call without the body that it requires, which is no member of its input.

use typefoundry_clients::aws::s3::{Client, PutObjectAnnotation};

fn put(client: &Client) {
    let put = || client.put_object_annotation().bucket("pets").key("rex").annotation_name("age");
    let _ = put().body("7").send();
    let _ = put().customize().region("eu-west-1").body("7").send();
    let _: PutObjectAnnotation = put().build();
    let _ = put().send();
}

fn main() {}
