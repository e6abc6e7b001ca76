//! Objects of S3 (REST XML), their streams and checksums.

use crate::check::{Outcome, Report, failure, is, same, some};
use bytes::Bytes;
use futures_core::Stream;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use typefoundry::{ByteStream, Config};
use typefoundry_clients::aws::s3::{
    ChecksumAlgorithm, ChecksumMode, Client, CompletedMultipartUpload, CompletedPart, Delete,
    Error, ObjectIdentifier,
};

/// Keys that a path, a query, a header and XML each have to write in a way of their own.
const KEYS: [&str; 7] = [
    "a b/c+d",
    "dot/.hidden/...",
    "percent%20/100%",
    "plain",
    "query?x=1&y=2#z",
    "ümläut/\u{1F680}",
    "xml <&> \"'",
];
/// The least that a part of many may have.
const PART: usize = 5 * 1024 * 1024;

pub(crate) async fn run(report: &mut Report, config: Config) -> Outcome {
    let client = Client::new(config)?;
    report.scenario("s3: seven keys over three pages", pages(&client)).await;
    report.scenario("s3: an object with headers and metadata", object(&client)).await;
    report.scenario("s3: bodies that are streams", streams(&client)).await;
    report.scenario("s3: an upload in parts", parts(&client)).await;
    report.scenario("s3: a copy", copy(&client)).await;
    report.scenario("s3: many deletes at once", deletes(&client)).await;
    report.scenario("s3: what is not there", missing(&client)).await;
    Ok(())
}

/// Chunks that come one by one.
struct Chunks(VecDeque<Bytes>);

impl Stream for Chunks {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(Ok))
    }
}

async fn bucket(client: &Client, name: &str) -> Outcome {
    let created = client.create_bucket().bucket(name).send().await?;
    is("the bucket has a place", created.location.is_some())
}

async fn put(client: &Client, bucket: &str, key: &str, body: &'static str) -> Outcome {
    client.put_object().bucket(bucket).key(key).body(body).send().await?;
    Ok(())
}

async fn get(client: &Client, bucket: &str, key: &str) -> Outcome<Bytes> {
    let got = client.get_object().bucket(bucket).key(key).send().await?;
    Ok(got.into_body().collect().await?)
}

async fn pages(client: &Client) -> Outcome {
    bucket(client, "pages").await?;
    for key in KEYS {
        put(client, "pages", key, key).await?;
    }
    let mut pages = client.list_objects_v2().bucket("pages").max_keys(3).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        same(
            "keyCount",
            page.key_count,
            Some(i32::try_from(page.contents.as_ref().map_or(0, Vec::len))?),
        )?;
        sizes.push(page.contents.as_ref().map_or(0, Vec::len));
    }
    same("the sizes of the pages", sizes, [3, 3, 1])?;

    let mut items = client.list_objects_v2().bucket("pages").max_keys(3).items();
    let mut keys = Vec::new();
    while let Some(object) = items.try_next().await? {
        let key = some("key", object.key)?;
        same("size", object.size, Some(i64::try_from(key.len())?))?;
        keys.push(key);
    }
    keys.sort();
    let mut wanted = KEYS;
    wanted.sort_unstable();
    same("the keys", keys, wanted)?;
    for key in KEYS {
        same("the body", get(client, "pages", key).await?, key)?;
    }
    Ok(())
}

async fn object(client: &Client) -> Outcome {
    bucket(client, "headers").await?;
    let put = client
        .put_object()
        .bucket("headers")
        .key("note")
        .content_type("text/plain; charset=utf-8")
        .cache_control("max-age=60")
        .checksum_algorithm(ChecksumAlgorithm::Sha256)
        .metadata([("author".to_owned(), "Ann Lee".to_owned()), ("n".to_owned(), "1".to_owned())])
        .body("hello")
        .send()
        .await?;
    let tag = some("eTag", put.e_tag.clone())?;
    // MD5 of "hello", as S3 writes it.
    same("eTag", &*tag, "\"5d41402abc4b2a76b9719d911017c592\"")?;

    let head = client.head_object().bucket("headers").key("note");
    let head = head.checksum_mode(ChecksumMode::Enabled).send().await?;
    same("contentLength", head.content_length, Some(5))?;
    same("contentType", head.content_type.as_deref(), Some("text/plain; charset=utf-8"))?;
    same("cacheControl", head.cache_control.as_deref(), Some("max-age=60"))?;
    same("eTag", head.e_tag.as_deref(), Some(&*tag))?;
    is("lastModified is there", head.last_modified.is_some())?;
    // SHA-256 of "hello".
    let sum = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
    same("checksumSHA256", head.checksum_sha256.as_deref(), Some(sum))?;
    let metadata = some("metadata", head.metadata.as_ref())?;
    same("the author", metadata.get("author").map(String::as_str), Some("Ann Lee"))?;

    // What is read is held against the sum.
    let got = client.get_object().bucket("headers").key("note").send().await?;
    same("checksumSHA256", got.checksum_sha256.as_deref(), Some(sum))?;
    same("the body", got.into_body().collect().await?, "hello")?;

    let part = client.get_object().bucket("headers").key("note").range("bytes=1-3").send().await?;
    same("status", part.metadata().status(), 206)?;
    same("contentRange", part.content_range.as_deref(), Some("bytes 1-3/5"))?;
    same("the range", part.into_body().collect().await?, "ell")
}

async fn streams(client: &Client) -> Outcome {
    bucket(client, "streams").await?;
    let chunks = || Chunks(["one ", "two ", "three"].map(Bytes::from).into());
    // Without TLS the signature covers the body, which is read twice for it.
    let once = ByteStream::new(chunks()).with_length(13);
    let refused = client.put_object().bucket("streams").key("once").body(once).send().await;
    is("a body to be had once is refused", refused.is_err())?;
    let sized = ByteStream::replayable(chunks).with_length(13);
    client.put_object().bucket("streams").key("sized").body(sized).send().await?;
    same("the body", get(client, "streams", "sized").await?, "one two three")?;

    let mut got = client.get_object().bucket("streams").key("sized").send().await?;
    same("contentLength", got.content_length, Some(13))?;
    let mut all = Vec::new();
    while let Some(chunk) = got.body_mut().next().await {
        all.extend_from_slice(&chunk?);
    }
    same("the chunks", all, b"one two three")?;

    let whole = Bytes::from(vec![7_u8; 3 * 1024 * 1024]);
    client.put_object().bucket("streams").key("whole").body(whole.clone()).send().await?;
    is("a large body comes back", get(client, "streams", "whole").await? == whole)?;
    client.put_object().bucket("streams").key("empty").body(Bytes::new()).send().await?;
    same("the empty body", get(client, "streams", "empty").await?, "")
}

async fn parts(client: &Client) -> Outcome {
    bucket(client, "parts").await?;
    let upload = client.create_multipart_upload().bucket("parts").key("film").send().await?;
    let id = some("uploadId", upload.into_output().upload_id)?;
    let bodies = [Bytes::from(vec![1_u8; PART]), Bytes::from_static(b"the end")];
    let mut done = Vec::new();
    for (number, body) in (1..).zip(&bodies) {
        let part = client
            .upload_part()
            .bucket("parts")
            .key("film")
            .upload_id(&*id)
            .part_number(number)
            .body(body.clone())
            .send()
            .await?;
        let mut completed = CompletedPart::default();
        completed.e_tag.clone_from(&part.e_tag);
        completed.part_number = Some(number);
        done.push(completed);
    }
    let listed = client.list_parts().bucket("parts").key("film").upload_id(&*id).send().await?;
    same("the listed parts", listed.parts.as_ref().map_or(0, Vec::len), 2)?;
    let mut whole = CompletedMultipartUpload::default();
    whole.parts = Some(done);
    let completed = client
        .complete_multipart_upload()
        .bucket("parts")
        .key("film")
        .upload_id(&*id)
        .multipart_upload(whole)
        .send()
        .await?;
    is(
        "the tag says that there were two",
        completed.e_tag.as_ref().is_some_and(|tag| tag.ends_with("-2\"")),
    )?;
    is("the parts come back as one", get(client, "parts", "film").await? == bodies.concat())
}

async fn copy(client: &Client) -> Outcome {
    bucket(client, "copies").await?;
    put(client, "copies", "a b/ü+%", "as it was").await?;
    let copied = client
        .copy_object()
        .bucket("copies")
        .key("c+d")
        .copy_source("copies/a b/ü+%")
        .send()
        .await?
        .into_output();
    let result = some("copyObjectResult", copied.copy_object_result)?;
    is("the copy has a tag and a time", result.e_tag.is_some() && result.last_modified.is_some())?;
    same("the copy", get(client, "copies", "c+d").await?, "as it was")
}

async fn deletes(client: &Client) -> Outcome {
    bucket(client, "deletes").await?;
    for key in KEYS {
        put(client, "deletes", key, "").await?;
    }
    let objects = KEYS.map(|key| ObjectIdentifier::builder().key(key).build());
    let delete = Delete::builder().objects(objects).build();
    let deleted = client.delete_objects().bucket("deletes").delete(delete).send().await?;
    same("the errors", deleted.errors.as_ref().map_or(0, Vec::len), 0)?;
    let mut keys: Vec<_> =
        deleted.deleted.iter().flatten().filter_map(|object| object.key.as_deref()).collect();
    keys.sort_unstable();
    let mut wanted = KEYS;
    wanted.sort_unstable();
    same("the deleted keys", keys, wanted)?;
    client.delete_bucket().bucket("deletes").send().await?;
    Ok(())
}

async fn missing(client: &Client) -> Outcome {
    bucket(client, "missing").await?;
    put(client, "missing", "key", "").await?;
    client.delete_object().bucket("missing").key("key").send().await?;
    match failure(
        "a key that is gone",
        client.get_object().bucket("missing").key("key").send().await,
    )? {
        Error::NoSuchKey(gone) => {
            same("status", gone.error.status(), Some(404))?;
            same("code", gone.error.code(), Some("NoSuchKey"))?;
        }
        other => return Err(other.into()),
    }
    let head = failure("its head", client.head_object().bucket("missing").key("key").send().await)?;
    same("status", head.as_error().status(), Some(404))?;
    match failure(
        "a bucket that is not there",
        client.list_objects_v2().bucket("nowhere").send().await,
    )? {
        Error::NoSuchBucket(_) => Ok(()),
        other => Err(other.into()),
    }
}
