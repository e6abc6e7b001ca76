//! An answer with secrets in it, for what an error may tell of the text around its value.

use crate::{Blob, Document, Map, Model, UnknownMember};

#[derive(Model)]
pub(in crate::codec) struct Answer {
    pub events: Option<Vec<Event>>,
    pub people: Option<Vec<Person>>,
    pub numbers: Option<Vec<i32>>,
    #[model(flattened)]
    pub flat: Option<Vec<i32>>,
    pub tags: Option<Map<String, i32>>,
    #[model(sensitive)]
    pub keys: Option<Map<String, i32>>,
    #[model(sensitive)]
    pub owner: Option<Event>,
    pub choice: Option<Choice>,
}

#[derive(Model)]
pub(in crate::codec) struct Event {
    pub name: Option<String>,
    #[model(wire = "no")]
    pub number: Option<i32>,
    pub text: Option<String>,
    pub person: Option<Box<Person>>,
    pub blob: Option<Blob>,
    pub anything: Option<Document>,
    #[model(attribute)]
    pub kind: Option<i32>,
}

/// Somebody with a secret
#[derive(Model)]
pub(in crate::codec) struct Person {
    pub name: Option<String>,
    pub age: Option<i32>,
    #[model(sensitive)]
    pub token: Option<String>,
}

#[derive(Model)]
pub(in crate::codec) enum Choice {
    #[model(name = "number")]
    Number(i32),
    #[model(unknown)]
    Unknown(UnknownMember),
}

/// JSON and CBOR in which a value does not fit and nothing may be told of what stands around it.
pub(in crate::codec) const SECRET: [&str; 10] = [
    r#"{"people":[{"name":"Rex","age":"b","token":"hush"}]}"#,
    r#"{"people":[{"name":"Rex","age":"b"}]}"#,
    r#"{"people":[{"token":["hush"],"name":"Rex"}]}"#,
    r#"{"events":[{"name":"a","person":{"age":"b","token":"hush"}}]}"#,
    r#"{"keys":{"a":1,"hush":"hush"}}"#,
    r#"{"owner":{"name":"hush","no":"hush","text":"hush"}}"#,
    // Where a container is due, what comes may hold its secrets.
    r#"{"people":"hush","numbers":[1]}"#,
    r#"{"events":[{"person":"hush","name":"a"}]}"#,
    // Of what stands beside a union's member nobody knows a thing.
    r#"{"choice":{"number":"b","token":"hush"}}"#,
    // Nothing stands beside it.
    r#"{"numbers":["b"]}"#,
];
