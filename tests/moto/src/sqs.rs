//! Queues of SQS (AWS JSON, whose errors keep the codes that they had as a query service).

use crate::check::{Outcome, Report, failure, is, same, some};
use typefoundry::{Blob, Config};
use typefoundry_clients::aws::sqs::{
    Client, Error, MessageAttributeValue, QueueAttributeName, SendMessageBatchRequestEntry,
};

const TEXT: &str = "Grüße & <tags> \"quoted\"\n2nd line \u{1F680}";

pub(crate) async fn run(report: &mut Report, config: Config) -> Outcome {
    let client = Client::new(config)?;
    report.scenario("sqs: a message with attributes", message(&client)).await;
    report.scenario("sqs: a batch, and one that is refused", batch(&client)).await;
    report.scenario("sqs: a queue that is not there", missing(&client)).await;
    Ok(())
}

async fn queue(client: &Client, name: &str) -> Outcome<String> {
    let created = client
        .create_queue()
        .queue_name(name)
        .attributes([(QueueAttributeName::VisibilityTimeout, "30".to_owned())])
        .send()
        .await?;
    some("queueUrl", created.into_output().queue_url)
}

async fn message(client: &Client) -> Outcome {
    let url = queue(client, "letters").await?;
    let number = MessageAttributeValue::builder().data_type("Number").string_value("7").build();
    let bytes = MessageAttributeValue::builder()
        .data_type("Binary")
        .binary_value(Blob::from([0_u8, 1, 254, 255]))
        .build();
    let sent = client
        .send_message()
        .queue_url(&*url)
        .message_body(TEXT)
        .message_attributes([("count".to_owned(), number), ("raw".to_owned(), bytes.clone())])
        .send()
        .await?;
    is("the body's MD5 is there", sent.md5_of_message_body.is_some())?;

    let received = client
        .receive_message()
        .queue_url(&*url)
        .message_attribute_names(["All".to_owned()])
        .max_number_of_messages(10)
        .send()
        .await?
        .into_output();
    let messages = some("messages", received.messages)?;
    same("the messages", messages.len(), 1)?;
    let message = some("the message", messages.into_iter().next())?;
    same("body", message.body.as_deref(), Some(TEXT))?;
    same("messageId", message.message_id, sent.message_id.clone())?;
    let attributes = some("messageAttributes", message.message_attributes)?;
    let number = some("the count", attributes.get("count"))?;
    same("the count", number.string_value.as_deref(), Some("7"))?;
    let raw = some("the bytes", attributes.get("raw"))?;
    is("the bytes are those that were sent", raw.binary_value == bytes.binary_value)?;

    let handle = some("receiptHandle", message.receipt_handle)?;
    client.delete_message().queue_url(&*url).receipt_handle(handle).send().await?;
    let empty = client.receive_message().queue_url(&*url).visibility_timeout(0).send().await?;
    same("the messages left", empty.messages.as_ref().map_or(0, Vec::len), 0)?;
    client.delete_queue().queue_url(url).send().await?;
    Ok(())
}

async fn batch(client: &Client) -> Outcome {
    let url = queue(client, "batches").await?;
    let entry = |id: &str, body: &str| {
        SendMessageBatchRequestEntry::builder().id(id).message_body(body).build()
    };
    let sent = client
        .send_message_batch()
        .queue_url(&*url)
        .entries([entry("a", "first"), entry("b", "second"), entry("c", TEXT)])
        .send()
        .await?;
    let mut ids: Vec<_> = sent.successful.iter().map(|entry| &*entry.id).collect();
    ids.sort_unstable();
    same("the sent ones", ids, ["a", "b", "c"])?;
    same("the failed ones", sent.failed.len(), 0)?;

    let twice = client
        .send_message_batch()
        .queue_url(&*url)
        .entries([entry("a", "first"), entry("a", "second")])
        .send();
    match failure("a batch with one id twice", twice.await)? {
        Error::BatchEntryIdsNotDistinct(_) => Ok(()),
        other => Err(other.into()),
    }
}

async fn missing(client: &Client) -> Outcome {
    let call = client.get_queue_url().queue_name("nowhere").send();
    match failure("a queue that is not there", call.await)? {
        Error::QueueDoesNotExist(gone) => {
            let code = "AWS.SimpleQueueService.NonExistentQueue";
            same("code", gone.error.code(), Some(code))?;
            same("status", gone.error.status(), Some(400))
        }
        other => Err(other.into()),
    }
}
