//! Names that generated code must leave alone.

/// What Rust code relies on, what generated files import, and the client's own.
pub(super) const TYPES: &[&str] = &[
    // The prelude
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    // Imported from the runtime
    "Blob",
    "Config",
    "Document",
    "Fluent",
    "FluentWait",
    "Map",
    "Modeled",
    "Nullable",
    "Operation",
    "Response",
    "Service",
    "Timestamp",
    "UnknownMember",
    "UnknownValue",
    // The module's own
    "Client",
    "Error",
];

/// Methods of the client.
pub(super) const METHODS: &[&str] = &["new", "from_env", "call", "clone"];

/// Methods of builders; the derives know the same ones.
pub(super) const SETTERS: &[&str] = &["build", "send", "customize", "pages", "items", "max_wait"];
