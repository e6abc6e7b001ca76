//! CBOR to documents and back.

use super::token::{Reader, Token};
use super::write;
use crate::codec::DecodeError;
use crate::document::Number;
use crate::{Blob, Document};
use indexmap::IndexMap;

/// Reads CBOR without a schema.
///
/// A document holds what JSON can say: bytes become base64 text, times and other tagged values what
/// stands behind their tag, and a key that is no text the text of its JSON.
pub fn read_document(cbor: &[u8]) -> Result<Document, DecodeError> {
    let mut reader = Reader::new(cbor);
    let document = read(&mut reader)?;
    reader.end()?;
    Ok(document)
}

pub(super) fn read(reader: &mut Reader<'_>) -> Result<Document, DecodeError> {
    let (_, token) = reader.untagged()?;
    Ok(match token {
        Token::Integer(number) => Document::Number(number_of(number)),
        Token::Float(number) => Document::from(number),
        Token::Bool(value) => Document::Bool(value),
        Token::Null | Token::Tag(_) => Document::Null,
        Token::Bytes(bytes) => Document::String(Blob::from(bytes.into_owned()).to_base64()),
        Token::Text(text) => Document::String(text.into_owned()),
        Token::Array(mut left) => {
            let mut items = Vec::new();
            reader.enter()?;
            while reader.more(&mut left)? {
                items.push(read(reader)?);
            }
            reader.leave();
            Document::Array(items)
        }
        Token::Map(mut left) => {
            let mut entries = IndexMap::new();
            reader.enter()?;
            while reader.more(&mut left)? {
                let key = match read(reader)? {
                    Document::String(text) => text,
                    other => other.to_json(),
                };
                entries.insert(key, read(reader)?);
            }
            reader.leave();
            Document::Object(entries)
        }
    })
}

/// A whole number exactly if it has 64 bits.
#[expect(clippy::cast_precision_loss, reason = "a float holds what it can")]
fn number_of(number: i128) -> Number {
    match (u64::try_from(number), i64::try_from(number)) {
        (Ok(number), _) => Number::Positive(number),
        (_, Ok(number)) => Number::Negative(number),
        _ => Number::Float(number as f64),
    }
}

pub(super) fn write_document(document: &Document, out: &mut Vec<u8>) {
    match document {
        Document::Null => write::null(out),
        Document::Bool(value) => write::boolean(*value, out),
        Document::Number(Number::Positive(number)) => write::integer((*number).into(), out),
        Document::Number(Number::Negative(number)) => write::integer((*number).into(), out),
        Document::Number(Number::Float(number)) => write::double(*number, out),
        Document::String(text) => write::text(text, out),
        Document::Array(items) => {
            write::array(items.len(), out);
            for item in items {
                write_document(item, out);
            }
        }
        Document::Object(entries) => {
            write::map(entries.len(), out);
            for (key, value) in entries {
                write::text(key, out);
                write_document(value, out);
            }
        }
    }
}
