//! CBOR (RFC 8949) as JSON, for comparing bodies: written apart from the runtime's codec, which is
//! what is being judged.

use typefoundry_spec::Json;

/// A data item. Bytes are an object `{"bytes": …}`, tags `{"tag": …}`, so that nothing looks like
/// what it is not.
pub fn decode(bytes: &[u8]) -> Result<Json, String> {
    let mut rest = bytes;
    let item = item(&mut rest)?.ok_or("a break stands alone")?;
    if rest.is_empty() { Ok(item) } else { Err(format!("{} bytes are left", rest.len())) }
}

fn take<'b>(rest: &mut &'b [u8], length: usize) -> Result<&'b [u8], String> {
    let (head, tail) = rest.split_at_checked(length).ok_or("the item ends too soon")?;
    *rest = tail;
    Ok(head)
}

/// The argument of an item's head; nothing if the length is not said.
fn argument(rest: &mut &[u8], info: u8) -> Result<Option<u64>, String> {
    let length = match info {
        0..24 => return Ok(Some(info.into())),
        24..=27 => 1 << (info - 24),
        31 => return Ok(None),
        _ => return Err(format!("{info} is no additional information")),
    };
    let bytes = take(rest, length)?;
    Ok(Some(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))))
}

/// An item, or nothing at a break.
fn item(rest: &mut &[u8]) -> Result<Option<Json>, String> {
    let head = take(rest, 1)?[0];
    let (major, info) = (head >> 5, head & 31);
    if head == 0xff {
        return Ok(None);
    }
    let number = argument(rest, info)?;
    let known = || number.ok_or("its length must be known");
    Ok(Some(match major {
        0 => Json::Number(known()?.into()),
        1 => {
            let value = -1 - i128::from(known()?);
            Json::Number(i64::try_from(value).map_err(|error| error.to_string())?.into())
        }
        2 => crate::json::object([(
            "bytes",
            Json::String(format!("{:02x?}", text(rest, number, 2)?)),
        )]),
        3 => Json::String(String::from_utf8(text(rest, number, 3)?).map_err(|e| e.to_string())?),
        4 => Json::Array(items(rest, number, 1)?),
        5 => {
            let mut entries = Vec::new();
            let mut flat = items(rest, number, 2)?.into_iter();
            while let (Some(key), Some(value)) = (flat.next(), flat.next()) {
                entries.push((key.as_str().ok_or("a key is no text")?.to_owned(), value));
            }
            Json::Object(entries)
        }
        6 => {
            let inner = item(rest)?.ok_or("a tag has no item")?;
            crate::json::object([("tag", Json::Number(known()?.into())), ("value", inner)])
        }
        _ => simple(info, known()?)?,
    }))
}

fn text(rest: &mut &[u8], length: Option<u64>, major: u8) -> Result<Vec<u8>, String> {
    let size = |length: u64| usize::try_from(length).map_err(|error| error.to_string());
    if let Some(length) = length {
        return Ok(take(rest, size(length)?)?.to_vec());
    }
    let mut whole = Vec::new();
    loop {
        let head = take(rest, 1)?[0];
        if head == 0xff {
            return Ok(whole);
        }
        if head >> 5 != major {
            return Err("a chunk is of another type".to_owned());
        }
        let length = argument(rest, head & 31)?.ok_or("a chunk has no length")?;
        whole.extend(take(rest, size(length)?)?);
    }
}

fn items(rest: &mut &[u8], length: Option<u64>, each: u64) -> Result<Vec<Json>, String> {
    let mut items = Vec::new();
    let length = length.map(|length| length * each);
    while length.is_none_or(|length| (items.len() as u64) < length) {
        match item(rest)? {
            Some(item) => items.push(item),
            None if length.is_none() => break,
            None => return Err("a break stands inside".to_owned()),
        }
    }
    Ok(items)
}

fn simple(info: u8, bits: u64) -> Result<Json, String> {
    let number = match info {
        20 => return Ok(Json::Bool(false)),
        21 => return Ok(Json::Bool(true)),
        22 | 23 => return Ok(Json::Null),
        25 => half(bits),
        26 => u32::try_from(bits).map_or(f64::NAN, |bits| f32::from_bits(bits).into()),
        27 => f64::from_bits(bits),
        _ => return Err(format!("{info} is no simple value")),
    };
    // What JSON has no number for is text.
    let json = serde_json::Number::from_f64(number).map(Json::Number);
    Ok(json.unwrap_or_else(|| Json::String(number.to_string())))
}

/// RFC 8949, appendix D.
fn half(bits: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "ten bits fit")]
    let mantissa = (bits & 0x3ff) as f64;
    let value = match (bits >> 10) & 0x1f {
        0 => mantissa * 2f64.powi(-24),
        31 if mantissa == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        exponent => {
            let exponent = i32::try_from(exponent).unwrap_or_default();
            (mantissa + 1024.0) * 2f64.powi(exponent - 25)
        }
    };
    if bits & 0x8000 == 0 { value } else { -value }
}
