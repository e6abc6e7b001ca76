//! The elements around a mistake, as far as they may be told: see the JSON codec's.

use super::Element;
use crate::codec::json::near::{Beside, CUT, around};

/// The elements around one that does not fit.
pub(super) fn near(element: Element<'_>, beside: &Beside) -> Option<String> {
    if matches!(beside, Beside::Hidden | Beside::Undecided) {
        return None;
    }
    let siblings: Vec<_> = element.parent()?.children().collect();
    let at = siblings.iter().position(|sibling| sibling.is(element))?;
    let texts: Vec<_> = siblings.iter().map(|sibling| text(*sibling, beside)).collect();
    around(&texts, at, "")
}

/// An element without its attributes and without the elements in it, if it may be told.
fn text(element: Element<'_>, beside: &Beside) -> String {
    let name = element.name();
    if !beside.tells(Some(name)) {
        return CUT.to_owned();
    }
    if element.children().next().is_some() {
        return format!("<{name}>{CUT}</{name}>");
    }
    let text = element.text().replace('&', "&amp;").replace('<', "&lt;");
    format!("<{name}>{text}</{name}>")
}
