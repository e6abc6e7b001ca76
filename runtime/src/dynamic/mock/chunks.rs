//! Bodies in chunks, as `aws-chunked` has them.

/// A chunk, and its signature where it has one.
#[derive(Debug)]
pub(super) struct Chunk<'b> {
    pub(super) data: &'b [u8],
    #[cfg_attr(not(feature = "aws"), expect(dead_code, reason = "nobody asks for it"))]
    pub(super) signature: Option<&'b str>,
}

/// Chunks behind their lengths, up to and with the empty one, and what is behind that.
pub(super) fn read(mut rest: &[u8]) -> Option<(Vec<Chunk<'_>>, &[u8])> {
    let mut chunks = Vec::new();
    loop {
        let end = rest.windows(2).position(|pair| pair == b"\r\n")?;
        let head = std::str::from_utf8(&rest[..end]).ok()?;
        let mut fields = head.split(';').map(str::trim);
        let length = usize::from_str_radix(fields.next()?, 16).ok()?;
        let signature = fields.find_map(|field| field.strip_prefix("chunk-signature="));
        rest = &rest[end + 2..];
        let data = rest.get(..length)?;
        chunks.push(Chunk { data, signature });
        if length == 0 {
            return Some((chunks, rest));
        }
        rest = rest.get(length..)?.strip_prefix(b"\r\n")?;
    }
}

/// The headers behind the last chunk, their names in small letters.
#[cfg(feature = "aws")]
pub(super) fn trailers<'b>(behind: &'b [u8]) -> Option<Vec<(String, &'b str)>> {
    let lines = std::str::from_utf8(behind).ok()?.strip_suffix("\r\n")?;
    let trailer = |line: &'b str| {
        let (name, value) = line.split_once(':')?;
        Some((name.trim().to_ascii_lowercase(), value.trim()))
    };
    lines.split_terminator("\r\n").map(trailer).collect()
}
