//! The answers that are read.

use std::fmt::Write;

/// An answer of `ListParticipantEvents` with that many events; the same on each run.
///
/// Most are what participants do all day; one in twenty is an error, one in sixty a token exchange.
pub(crate) fn answer(count: u32) -> String {
    const NAMES: [&str; 6] = [
        "JOINED",
        "PUBLISH_STARTED",
        "SUBSCRIBE_STARTED",
        "SUBSCRIBE_STOPPED",
        "PUBLISH_STOPPED",
        "LEFT",
    ];
    let mut text = String::from(r#"{"events":["#);
    for index in 0..count {
        if index > 0 {
            text.push(',');
        }
        let (minute, second) = (index / 60 % 60, index % 60);
        let participant = 7919 * u64::from(index) % 100_003;
        let time = format!("2026-03-14T09:{minute:02}:{second:02}Z");
        let name = match index % 60 {
            59 => "TOKEN_EXCHANGED",
            index if index % 20 == 7 => "PUBLISH_ERROR",
            index => NAMES[index as usize % NAMES.len()],
        };
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            r#"{{"name":"{name}","participantId":"pR5sEn{participant:06}","eventTime":"{time}""#
        );
        let _ = match name {
            "PUBLISH_ERROR" => write!(text, r#","errorCode":"BITRATE_EXCEEDED","replica":false}}"#),
            "TOKEN_EXCHANGED" => {
                let token = |capabilities, expires| {
                    format!(
                        r#"{{"capabilities":{capabilities},"attributes":{{"role":"presenter"}},"userId":"user-{index}","expirationTime":"2026-03-14T{expires}Z"}}"#
                    )
                };
                write!(
                    text,
                    r#","replica":false,"previousToken":{},"newToken":{}}}"#,
                    token(r#"["PUBLISH","SUBSCRIBE"]"#, "21:26:50"),
                    token(r#"["SUBSCRIBE"]"#, "21:42:10"),
                )
            }
            name if name.starts_with("SUBSCRIBE") => {
                write!(text, r#","remoteParticipantId":"hOsT{participant:06}","replica":false}}"#)
            }
            _ => write!(text, r#","replica":false}}"#),
        };
    }
    text.push_str(r#"],"nextToken":"cGFnZS0z"}"#);
    text
}
