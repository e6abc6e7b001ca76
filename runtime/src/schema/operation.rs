//! What a client knows about an operation.

use super::Text;

/// Everything about an operation that is not in its input and output.
#[derive(Clone, Debug)]
pub struct OperationSchema {
    /// Its name in the spec.
    pub name: Text,
    /// The HTTP method.
    pub method: Text,
    /// The path with its labels, and perhaps a constant query: `/domains/{DomainName}?list`.
    pub uri: Text,
    /// The status of success; 0 for any 2xx.
    pub status: u16,
    /// Doing it twice is doing it once.
    pub idempotent: bool,
    /// Its input or output holds something secret somewhere, so bodies that cannot be read are
    /// never shown.
    pub secret: bool,
    /// How its pages follow each other.
    pub pages: Option<PageSchema>,
}

/// How the pages of an operation follow each other. Members are named as in the model.
#[derive(Clone, Debug)]
pub struct PageSchema {
    /// What leads from one page to the next.
    pub paging: Paging,
    /// The output member that holds the items.
    pub items: Text,
    /// The input member that limits a page; empty if there is none.
    pub size: Text,
}

/// What leads from one page to the next.
#[derive(Clone, Debug)]
pub enum Paging {
    /// The output's token goes into the next input.
    Token {
        /// The input member
        input: Text,
        /// The output member
        output: Text,
    },
    /// Pages are numbered from one.
    Number {
        /// The input member
        input: Text,
        /// The output member that holds the number of all items; empty if there is none.
        total: Text,
    },
}
