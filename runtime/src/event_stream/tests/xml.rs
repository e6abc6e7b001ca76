//! Payloads of XML.

use crate::Model;
use crate::codec::Reading;
use crate::event_stream::codec_of;
use crate::schema::Protocol;
use crate::value::Value;

#[derive(Model)]
struct Stats {
    #[model(name = "BytesScanned")]
    scanned: Option<i64>,
}

#[test]
fn a_payload_is_the_structure_of_the_event() {
    let codec = codec_of(Protocol::RestXml).unwrap();
    assert_eq!((codec.name(), codec.media_type()), ("xml", "application/xml"));
    let stats = Stats { scanned: Some(7) };
    let payload = codec.write(&stats);
    assert_eq!(payload, b"<Stats><BytesScanned>7</BytesScanned></Stats>");
    for (payload, expected) in [(&payload[..], stats), (b"", Stats::default())] {
        let mut read = Stats::default();
        let place: &mut dyn Value = &mut read;
        codec.read(payload, place, Reading::default()).unwrap();
        assert_eq!(read, expected);
    }
}
