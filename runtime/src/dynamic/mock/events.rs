//! Streams of events: one event of each kind that is no error.

use super::route::Route;
use crate::dynamic::Dynamic;
use crate::dynamic::sample::{Sampler, read_model};
use crate::event_stream::{Decoder, MEDIA_TYPE, codec_of, write_event, write_initial_response};
use crate::value::{Value, View};
use bytes::Bytes;
use http::Response;
use http::header::{CONTENT_TYPE, HeaderValue};
use typefoundry_spec::{Member, Model, Operation};

/// Puts events into the body of a response, if the operation answers with them.
pub(super) fn put(
    route: &Route<'_>,
    model: &Operation,
    seed: u64,
    output: &Dynamic<'_>,
    response: &mut Response<Bytes>,
) {
    let api = &route.served.api;
    let Some(member) = stream(api.model(), model.output_members()) else { return };
    let Some(codec) = codec_of(route.service.protocol) else { return };
    let mut body = Vec::new();
    let mut push = |message: crate::event_stream::Message| {
        // What has no frame is left out: a mock has nobody to tell.
        body.extend_from_slice(&message.encode().unwrap_or_default());
    };
    if !route.service.protocol.is_rest() {
        push(write_initial_response(output, codec));
    }
    let shape = api.model().shape(member.target);
    for event in shape.members() {
        if api.model().shape(event.target).error().is_some() {
            continue;
        }
        let sampler = Sampler::varied(api.model(), seed, 0);
        let value = sampler.value(event.target, &event.name);
        let json = typefoundry_spec::Json::Object(vec![(event.name.clone(), value)]);
        let mut union = api.value_of(member.target);
        read_model(&json, &mut union);
        if let View::Union(union) = union.view()
            && let Ok(message) = write_event(union, codec)
        {
            push(message);
        }
    }
    *response.body_mut() = body.into();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
}

/// Of a body of events what stands beside them, which only RPC protocols have in the body.
pub(super) fn initial(body: &Bytes) -> Bytes {
    let mut decoder = Decoder::new();
    decoder.push(body.clone());
    match decoder.next() {
        Ok(Some(message)) if message.text(":event-type") == Some("initial-request") => {
            message.payload
        }
        _ => Bytes::new(),
    }
}

/// Whether a body is one of events.
pub(super) fn is_stream(request: &http::Request<Bytes>) -> bool {
    let media = request.headers().get(CONTENT_TYPE);
    media.is_some_and(|media| media.as_bytes().starts_with(MEDIA_TYPE.as_bytes()))
}

fn stream<'m>(model: &Model, members: &'m [Member]) -> Option<&'m Member> {
    members.iter().find(|member| model.shape(member.target).event_stream)
}
