//! Tokens: heads, and the bytes and texts behind them.

use super::DEPTH;
use crate::codec::DecodeError;
use std::borrow::Cow;

/// A head with what belongs to it.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Of 65 bits: from -2^64 to 2^64 - 1
    Integer(i128),
    Float(f64),
    Bool(bool),
    /// Null, or undefined
    Null,
    Bytes(Cow<'a, [u8]>),
    Text(Cow<'a, str>),
    Array(Left),
    Map(Left),
    Tag(u64),
}

/// How many items are still to come; nothing if a break ends them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Left(Option<u64>);

/// Reads tokens off a slice. It never takes memory for a length before the bytes are there.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: usize,
}

const BREAK: u8 = 0xff;
const BYTES: u8 = 2;
const TEXT: u8 = 3;

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, depth: 0 }
    }

    /// Another one of the same bytes.
    pub(super) fn copy_at(&self, place: usize) -> Self {
        Self { bytes: self.bytes, at: place, depth: self.depth }
    }

    /// Where the next token starts.
    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// Goes back to a place.
    pub(super) fn back_to(&mut self, place: usize) {
        self.at = place;
    }

    /// What was read since a place.
    pub(super) fn since(&self, place: usize) -> &'a [u8] {
        self.bytes.get(place..self.at).unwrap_or_default()
    }

    /// Goes into a container.
    pub(super) fn enter(&mut self) -> Result<(), DecodeError> {
        if self.depth == DEPTH {
            return Err(bad(self.at, "it nests too deeply"));
        }
        self.depth += 1;
        Ok(())
    }

    /// Comes out of a container.
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Whether another item of a container comes; takes the break that ends it.
    pub(super) fn more(&mut self, left: &mut Left) -> Result<bool, DecodeError> {
        match &mut left.0 {
            Some(0) => Ok(false),
            Some(left) => {
                *left -= 1;
                Ok(true)
            }
            None => match self.bytes.get(self.at) {
                Some(&BREAK) => {
                    self.at += 1;
                    Ok(false)
                }
                Some(_) => Ok(true),
                None => Err(self.cut()),
            },
        }
    }

    /// The next token that is no tag, with the tag right before it. What tags mean beyond times is
    /// nothing to a schema.
    pub(super) fn untagged(&mut self) -> Result<(Option<u64>, Token<'a>), DecodeError> {
        let mut tag = None;
        loop {
            match self.token()? {
                Token::Tag(number) => tag = Some(number),
                token => return Ok((tag, token)),
            }
        }
    }

    /// The next token.
    pub(super) fn token(&mut self) -> Result<Token<'a>, DecodeError> {
        let start = self.at;
        let Head { major, info } = self.head()?;
        Ok(match (major, info) {
            (0, _) => Token::Integer(self.argument(start, info)?.into()),
            (1, _) => Token::Integer(-1 - i128::from(self.argument(start, info)?)),
            (BYTES, 31) => Token::Bytes(Cow::Owned(self.chunks(BYTES)?)),
            (BYTES, _) => Token::Bytes(Cow::Borrowed(self.string(start, info)?)),
            (TEXT, 31) => {
                let bytes = self.chunks(TEXT)?;
                let text = String::from_utf8(bytes).map_err(|_| no_text(start))?;
                Token::Text(Cow::Owned(text))
            }
            (TEXT, _) => {
                let bytes = self.string(start, info)?;
                let text = std::str::from_utf8(bytes).map_err(|_| no_text(start))?;
                Token::Text(Cow::Borrowed(text))
            }
            (4, 31) => Token::Array(Left(None)),
            (4, _) => Token::Array(Left(Some(self.argument(start, info)?))),
            (5, 31) => Token::Map(Left(None)),
            (5, _) => Token::Map(Left(Some(self.argument(start, info)?))),
            (6, _) => Token::Tag(self.argument(start, info)?),
            (_, 20) => Token::Bool(false),
            (_, 21) => Token::Bool(true),
            (_, 22 | 23) => Token::Null,
            (_, 25) => Token::Float(half(u16::from_be_bytes(self.array()?))),
            (_, 26) => Token::Float(f32::from_be_bytes(self.array()?).into()),
            (_, 27) => Token::Float(f64::from_be_bytes(self.array()?)),
            (_, 31) => return Err(bad(start, "a break that ends nothing")),
            _ => return Err(bad(start, "a simple value without a meaning")),
        })
    }

    /// Passes over an item and all that is in it.
    pub(super) fn skip(&mut self) -> Result<(), DecodeError> {
        let (_, token) = self.untagged()?;
        let (mut left, in_each) = match token {
            Token::Array(left) => (left, 1),
            Token::Map(left) => (left, 2),
            _ => return Ok(()),
        };
        self.enter()?;
        while self.more(&mut left)? {
            for _ in 0..in_each {
                self.skip()?;
            }
        }
        self.leave();
        Ok(())
    }

    /// That nothing comes any more.
    pub(super) fn end(&self) -> Result<(), DecodeError> {
        if self.at == self.bytes.len() {
            return Ok(());
        }
        Err(bad(self.at, "something behind the value"))
    }

    fn cut(&self) -> DecodeError {
        let reason = match self.bytes.len() {
            0 => "the body is empty".to_owned(),
            length => format!("it ends in the middle of a value, after {length} bytes"),
        };
        DecodeError::Syntax { format: "CBOR", reason }
    }

    fn head(&mut self) -> Result<Head, DecodeError> {
        let [byte] = self.array()?;
        Ok(Head { major: byte >> 5, info: byte & 0x1f })
    }

    fn argument(&mut self, start: usize, info: u8) -> Result<u64, DecodeError> {
        Ok(match info {
            0..24 => info.into(),
            24 => self.array().map(u8::from_be_bytes)?.into(),
            25 => self.array().map(u16::from_be_bytes)?.into(),
            26 => self.array().map(u32::from_be_bytes)?.into(),
            27 => self.array().map(u64::from_be_bytes)?,
            _ => return Err(bad(start, "a head that is reserved")),
        })
    }

    fn string(&mut self, start: usize, info: u8) -> Result<&'a [u8], DecodeError> {
        let length = self.argument(start, info)?;
        usize::try_from(length).ok().and_then(|length| self.take(length)).ok_or_else(|| self.cut())
    }

    /// The chunks of a string of indefinite length, each of the string's own kind.
    fn chunks(&mut self, kind: u8) -> Result<Vec<u8>, DecodeError> {
        let mut all = Vec::new();
        let mut left = Left(None);
        while self.more(&mut left)? {
            let start = self.at;
            let Head { major, info } = self.head()?;
            if major != kind || info == 31 {
                return Err(bad(start, "a chunk of another kind than its string"));
            }
            all.extend_from_slice(self.string(start, info)?);
        }
        Ok(all)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let array = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk).copied();
        self.at += if array.is_some() { N } else { 0 };
        array.ok_or_else(|| self.cut())
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(length)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }
}

/// Only the place is told: the bytes around it may be secret.
pub(super) fn bad(at: usize, what: &str) -> DecodeError {
    DecodeError::Syntax { format: "CBOR", reason: format!("{what} at byte {at}") }
}

fn no_text(at: usize) -> DecodeError {
    bad(at, "a text that is not UTF-8")
}

struct Head {
    major: u8,
    info: u8,
}

/// A number of 16 bits: one of sign, five of exponent, ten of fraction (RFC 8949, appendix D).
fn half(bits: u16) -> f64 {
    let fraction = f64::from(bits & 0x3ff);
    let size = match bits >> 10 & 0x1f {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        exponent => (1024.0 + fraction) * 2f64.powi(i32::from(exponent) - 25),
    };
    if bits & 0x8000 == 0 { size } else { -size }
}
