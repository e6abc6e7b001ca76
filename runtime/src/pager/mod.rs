//! Pages: values that remember where they are.

mod cursor;
mod items;
mod pages;
mod path;
#[cfg(test)]
mod tests;
mod token;

pub use cursor::Cursor;
pub use items::Items;
pub use pages::Pages;
#[cfg(feature = "dynamic")]
pub(crate) use path::indexed;
pub use token::{ResumeToken, ResumeTokenError};
