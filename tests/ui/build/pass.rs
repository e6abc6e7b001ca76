//! Setters in any order, the twins, and names that the builder keeps for itself.

use typefoundry::{Build, Model, Nullable};

#[derive(Model, Build)]
struct Job {
    name: String,
    r#type: String,
    items: Option<Vec<String>>,
    note: Nullable<String>,
}

fn main() {
    let first = Job::builder().r#type("nightly");
    let job = first.name("backup").with_items(vec!["a".to_owned()]).build();
    assert_eq!(job.items.as_deref(), Some(&["a".to_owned()][..]));
    let again = Job::builder().r#type("nightly");
    let job = again.set_items(None).set_note(Nullable::Null).name("backup").build();
    assert_eq!((job.r#type.as_str(), job.items, job.note), ("nightly", None, Nullable::Null));
}
