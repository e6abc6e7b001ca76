//! Tables of `DynamoDB` (AWS JSON 1.0).

use crate::check::{Outcome, Report, failure, is, same, some};
use typefoundry::{Blob, Config, Map};
use typefoundry_clients::aws::dynamodb::{
    AttributeDefinition, AttributeValue, BillingMode, Client, DeleteRequest, Error,
    KeySchemaElement, KeyType, PutRequest, ReturnValue, ReturnValuesOnConditionCheckFailure,
    ScalarAttributeType, WriteRequest,
};

type Item = Map<String, AttributeValue>;

pub(crate) async fn run(report: &mut Report, config: Config) -> Outcome {
    let client = Client::new(config)?;
    report.scenario("dynamodb: an item of every type", every_type(&client)).await;
    report.scenario("dynamodb: an update, and what it returns", update(&client)).await;
    report.scenario("dynamodb: a query over pages", pages(&client)).await;
    report.scenario("dynamodb: a batch of puts and deletes", batch(&client)).await;
    report.scenario("dynamodb: a condition that fails", condition(&client)).await;
    report.scenario("dynamodb: a table that is not there", missing(&client)).await;
    Ok(())
}

fn text(text: &str) -> AttributeValue {
    let mut value = AttributeValue::default();
    value.s = Some(text.to_owned());
    value
}

fn number(number: impl ToString) -> AttributeValue {
    let mut value = AttributeValue::default();
    value.n = Some(number.to_string());
    value
}

fn item<const N: usize>(attributes: [(&str, AttributeValue); N]) -> Item {
    attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn key(album: &str, track: u32) -> Item {
    item([("album", text(album)), ("track", number(track))])
}

async fn table(client: &Client, name: &str) -> Outcome {
    let attribute = |name: &str, kind| {
        AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build()
    };
    let part =
        |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
    let created = client
        .create_table()
        .table_name(name)
        .attribute_definitions([
            attribute("album", ScalarAttributeType::S),
            attribute("track", ScalarAttributeType::N),
        ])
        .key_schema([part("album", KeyType::Hash), part("track", KeyType::Range)])
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await?
        .into_output();
    let table = some("tableDescription", created.table_description)?;
    same("tableName", table.table_name.as_deref(), Some(name))?;
    let time = some("creationDateTime", table.creation_date_time)?;
    is("the table is of our time", time > typefoundry::Timestamp::UNIX_EPOCH)
}

async fn every_type(client: &Client) -> Outcome {
    table(client, "types").await?;
    let mut all = key("types", 1);
    let mut put = |name: &str, set: fn(&mut AttributeValue)| {
        let mut value = AttributeValue::default();
        set(&mut value);
        all.insert(name.to_owned(), value);
    };
    put("bytes", |value| value.b = Some(Blob::from([0_u8, 127, 255])));
    put("texts", |value| value.ss = Some(vec!["é".to_owned(), "z".to_owned()]));
    put("numbers", |value| value.ns = Some(vec!["1".to_owned(), "2.5".to_owned()]));
    put("blobs", |value| value.bs = Some(vec![Blob::from([1_u8]), Blob::from([2_u8, 3])]));
    put("map", |value| value.m = Some(item([("a", number(1)), ("b", item_list())])));
    put("null", |value| value.null = Some(true));
    put("bool", |value| value.bool = Some(false));
    put("long", |value| value.n = Some("12345678901234567890.5".to_owned()));
    client.put_item().table_name("types").item(all.clone()).send().await?;

    let got = client.get_item().table_name("types").key(key("types", 1)).consistent_read(true);
    let mut got = some("item", got.send().await?.into_output().item)?;
    for value in got.values_mut().chain(all.values_mut()) {
        // Sets have no order.
        if let Some(texts) = value.ss.as_mut().or(value.ns.as_mut()) {
            texts.sort();
        }
        if let Some(blobs) = &mut value.bs {
            blobs.sort_by(|a, b| a.as_ref().cmp(b.as_ref()));
        }
    }
    same("the item", got, all)
}

fn item_list() -> AttributeValue {
    let mut value = AttributeValue::default();
    value.l = Some(vec![text("x"), number(2)]);
    value
}

async fn update(client: &Client) -> Outcome {
    table(client, "counters").await?;
    let updated = client
        .update_item()
        .table_name("counters")
        .key(key("hits", 1))
        .update_expression("SET #n = if_not_exists(#n, :zero) + :step")
        .expression_attribute_names([("#n".to_owned(), "count".to_owned())])
        .expression_attribute_values(item([(":zero", number(0)), (":step", number(3))]))
        .return_values(ReturnValue::AllNew)
        .send()
        .await?
        .into_output();
    let attributes = some("attributes", updated.attributes)?;
    same("the count", attributes.get("count"), Some(&number(3)))?;

    let deleted = client
        .delete_item()
        .table_name("counters")
        .key(key("hits", 1))
        .return_values(ReturnValue::AllOld)
        .send()
        .await?
        .into_output();
    same("the deleted item", some("attributes", deleted.attributes)?.len(), 3)?;
    let gone = client.get_item().table_name("counters").key(key("hits", 1)).send().await?;
    same("the item", gone.item.as_ref(), None)
}

async fn pages(client: &Client) -> Outcome {
    table(client, "songs").await?;
    for track in 1..=7 {
        client.put_item().table_name("songs").item(key("first", track)).send().await?;
    }
    client.put_item().table_name("songs").item(key("second", 1)).send().await?;
    let query = || {
        client
            .query()
            .table_name("songs")
            .key_condition_expression("album = :album")
            .expression_attribute_values(item([(":album", text("first"))]))
            .limit(3)
    };
    let mut pages = query().pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.items.as_ref().map_or(0, Vec::len));
    }
    same("the sizes of the pages", sizes, [3, 3, 1])?;

    let mut items = query().items();
    let mut tracks = Vec::new();
    while let Some(found) = items.try_next().await? {
        tracks.push(some("track", found.get("track").and_then(|track| track.n.clone()))?);
        if tracks.len() == 4 {
            // The token is a map, and goes on as one.
            let token = some("a token to go on with", items.resume_token())?.to_string();
            items = query().items().resume(&token.parse()?);
        }
    }
    same("the tracks", tracks, ["1", "2", "3", "4", "5", "6", "7"])
}

async fn batch(client: &Client) -> Outcome {
    table(client, "batch").await?;
    let put = |track| {
        let mut request = WriteRequest::default();
        request.put_request = Some(PutRequest::builder().item(key("batch", track)).build());
        request
    };
    let puts: Vec<_> = (1..=3).map(put).collect();
    let wrote = client.batch_write_item().request_items([("batch".to_owned(), puts)]);
    let wrote = wrote.send().await?;
    same("what is left", wrote.unprocessed_items.as_ref().map_or(0, Map::len), 0)?;

    let mut delete = WriteRequest::default();
    delete.delete_request = Some(DeleteRequest::builder().key(key("batch", 2)).build());
    let requests = vec![delete, put(4)];
    client.batch_write_item().request_items([("batch".to_owned(), requests)]).send().await?;
    let scanned = client.scan().table_name("batch").send().await?;
    same("count", scanned.count, Some(3))
}

async fn condition(client: &Client) -> Outcome {
    table(client, "locks").await?;
    let mut held = key("door", 1);
    held.insert("owner".to_owned(), text("Ann"));
    client.put_item().table_name("locks").item(held.clone()).send().await?;
    let again = client
        .put_item()
        .table_name("locks")
        .item(key("door", 1))
        .condition_expression("attribute_not_exists(album)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .send();
    match failure("a put of what is there", again.await)? {
        Error::ConditionalCheckFailedException(failed) => {
            same("status", failed.error.status(), Some(400))?;
            same("the item that is there", failed.item.as_ref(), Some(&held))?;
            is("there is a message", failed.error.message().is_some_and(|it| !it.is_empty()))
        }
        other => Err(other.into()),
    }
}

async fn missing(client: &Client) -> Outcome {
    let call = client.get_item().table_name("nowhere").key(key("a", 1)).send();
    match failure("a table that is not there", call.await)? {
        Error::ResourceNotFoundException(_) => Ok(()),
        other => Err(other.into()),
    }
}
