//! Pages: values that remember where they are.

mod cursor;
mod items;
mod pages;

pub use cursor::{Cursor, ResumeToken};
pub use items::Items;
pub use pages::Pages;
