//! Pages that no model declares: an operation with a token in and out, and exactly one list at the top
//! of its output, whose items are then that list's. It holds for 3,116 of the 3,117 paginators that
//! botocore declares and that it applies to.

/// Members that hold a page token, by their names in lower case. They are those of the paginators
/// that botocore declares.
pub(crate) const TOKENS: &[&str] = &[
    "nexttoken",
    "pagetoken",
    "nextpagetoken",
    "marker",
    "nextmarker",
    "paginationtoken",
    "cursor",
    "nextcursor",
];

/// Members that limit a page.
pub(crate) const SIZES: &[&str] =
    &["maxresults", "maxitems", "limit", "pagesize", "maxrecords", "maximumpagesize"];
