//! The items around a mistake, as far as they may be told: see the JSON codec's. They are told in the
//! diagnostic notation of RFC 8949, section 8.

use super::document;
use super::token::{Left, Reader, Token};
use crate::codec::json::near::{Beside, CUT, around};

/// A container that is being read: where its first item is, how many there are, and whether they have
/// keys.
#[derive(Clone, Copy)]
pub(super) struct Container {
    pub(super) start: usize,
    pub(super) left: Left,
    pub(super) keys: bool,
}

/// The items around the one that begins at a place.
pub(super) fn near(
    reader: &Reader<'_>,
    container: Container,
    at: usize,
    beside: &Beside,
) -> Option<String> {
    if matches!(beside, Beside::Hidden | Beside::Undecided) {
        return None;
    }
    let mut reader = reader.copy_at(container.start);
    let mut left = container.left;
    let (mut texts, mut here) = (Vec::new(), None);
    // Up to the end, or to where the bytes are broken.
    while reader.more(&mut left) == Ok(true) {
        let key = container.keys.then(|| reader.untagged());
        let key = match key {
            None => None,
            Some(Ok((_, Token::Text(key)))) => Some(key),
            Some(_) => break,
        };
        if reader.place() == at {
            here = Some(texts.len());
        }
        let Some(value) = item(&mut reader) else { break };
        texts.push(match key {
            key if !beside.tells(key.as_deref()) => CUT.to_owned(),
            Some(key) => format!("{}:{value}", crate::Document::from(&*key).to_json()),
            None => value,
        });
    }
    around(&texts, here?, ",")
}

/// The next item: what is no container, and no bytes, in full.
fn item(reader: &mut Reader<'_>) -> Option<String> {
    let start = reader.place();
    let (_, token) = reader.untagged().ok()?;
    reader.back_to(start);
    let whole = match token {
        Token::Array(_) => "[…]",
        Token::Map(_) => "{…}",
        Token::Bytes(_) => "h'…'",
        _ => return document::read(reader).ok().map(|document| document.to_json()),
    };
    reader.skip().ok().map(|()| whole.to_owned())
}
