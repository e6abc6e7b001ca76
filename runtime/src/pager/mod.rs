//! Pages: values that remember where they are.

mod cursor;
mod items;
mod pages;
#[cfg(test)]
mod tests;

pub use cursor::{Cursor, ResumeToken};
pub use items::Items;
pub use pages::Pages;
