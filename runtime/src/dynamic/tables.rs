//! What the codecs and the client know, made of a spec's model.

use super::waiters;
use crate::TimestampFormat;
use crate::schema::{
    AuthOption, Checksum, Discovery, Element, ElementTraits, ErrorFormat, ErrorSchema, Flags,
    MemberSchema, OperationSchema, OperationTraits, PageSchema, PageToken, Paging, ParamValue,
    Protocol, RareTraits, Rules, ServiceSchema, Text, XmlName,
};
use std::borrow::Cow;
use std::sync::Arc;
use typefoundry_spec as spec;

pub(super) fn member(
    model: &spec::Model,
    member: &spec::Member,
    message: Option<&str>,
) -> MemberSchema {
    let mut flags = Flags::NONE;
    let mut wire = member.wire.clone();
    let (binding, name) = match &member.binding {
        spec::Binding::Body => (Flags::NONE, None),
        spec::Binding::Label => (Flags::LABEL, None),
        spec::Binding::Query(name) => (Flags::QUERY, Some(name)),
        spec::Binding::Header(name) => (Flags::HEADER, Some(name)),
        spec::Binding::HeaderPrefix(name) => (Flags::HEADER_PREFIX, Some(name)),
        spec::Binding::Payload => (Flags::PAYLOAD, None),
        spec::Binding::StatusCode => (Flags::STATUS, None),
        spec::Binding::Endpoint => (Flags::ENDPOINT_ONLY, None),
    };
    if name.is_some() {
        wire = name.cloned();
    }
    let traits = [
        (member.required, Flags::REQUIRED),
        (model.is_sensitive(member), Flags::SENSITIVE),
        (message == Some(&member.name), Flags::MESSAGE),
        (member.idempotency_token, Flags::IDEMPOTENCY_TOKEN),
        (member.flattened, Flags::FLATTENED),
        (member.attribute, Flags::XML_ATTRIBUTE),
        (member.host_label, Flags::HOST_LABEL),
        (member.endpoint_discovery_id, Flags::DISCOVERY_ID),
        (member.json_text, Flags::JSON_TEXT),
        (member.event == spec::EventPart::Header, Flags::EVENT_HEADER),
        (member.event == spec::EventPart::Payload, Flags::EVENT_PAYLOAD),
    ];
    for (_, flag) in traits.iter().filter(|(set, _)| *set) {
        flags = flags.with(*flag);
    }
    let (item, key) = elements(model, member.target);
    let rare = RareTraits {
        format: timestamp_format(model, member),
        query_name: member.query_name.clone().map(Cow::Owned),
        namespace: member.namespace.as_ref().map(namespace),
        item,
        key,
        endpoint_param: member.endpoint_param.clone().map(Cow::Owned),
    };
    let is_plain = matches!(
        &rare,
        RareTraits {
            format: None,
            query_name: None,
            namespace: None,
            item: None,
            key: None,
            endpoint_param: None,
        }
    );
    let rare = (!is_plain).then_some(Cow::Owned(rare));
    MemberSchema {
        name: text(&member.name),
        wire: wire.map(Cow::Owned),
        flags: flags.with(binding),
        rare,
    }
}

fn namespace(namespace: &spec::Namespace) -> (Text, Text) {
    (text(&namespace.uri), text(&namespace.prefix))
}

/// What the elements of a list or map are called, and the keys of a map. Lists in lists end
/// soon, or the spec was refused.
fn elements(model: &spec::Model, target: spec::ShapeId) -> (Option<Element>, Option<Text>) {
    let (element, key) = match &model.shape(target).kind {
        spec::Kind::List(list) => (&list.item, None),
        spec::Kind::Map(map) => (&map.value, map.key_wire.as_deref().map(text)),
        _ => return (None, None),
    };
    let (item, inner_key) = elements(model, element.target);
    let traits = ElementTraits {
        wire: element.wire.as_deref().map(text),
        flattened: element.flattened,
        namespace: element.namespace.as_ref().map(namespace),
        item,
        key: inner_key,
    };
    let is_plain = matches!(
        &traits,
        ElementTraits { wire: None, flattened: false, namespace: None, item: None, key: None }
    );
    ((!is_plain).then(|| Element::Shared(Arc::new(traits))), key)
}

fn timestamp_format(model: &spec::Model, member: &spec::Member) -> Option<TimestampFormat> {
    Some(match model.timestamp_format(member)? {
        spec::TimestampFormat::DateTime => TimestampFormat::DateTime,
        spec::TimestampFormat::EpochSeconds => TimestampFormat::EpochSeconds,
        spec::TimestampFormat::EpochMillis => TimestampFormat::EpochMillis,
        spec::TimestampFormat::HttpDate => TimestampFormat::HttpDate,
    })
}

pub(super) fn operation(model: &spec::Model, operation: &spec::Operation) -> OperationSchema {
    OperationSchema {
        name: text(&operation.name),
        method: text(&operation.http.method),
        uri: text(&operation.http.uri.text),
        status: operation.http.status.unwrap_or(0),
        idempotent: operation.idempotent || operation.readonly,
        secret: model.operation_holds_secrets(operation),
        pages: operation.pages.as_ref().map(pages),
        traits: traits(model, operation).map(Cow::Owned),
    }
}

fn pages(pages: &spec::Pages) -> PageSchema {
    let token =
        |(input, output): &(String, String)| PageToken { input: text(input), output: text(output) };
    PageSchema {
        paging: match &pages.paging {
            spec::Paging::Token { tokens, more } => Paging::Token {
                tokens: tokens.iter().map(token).collect(),
                more: or_empty(more.as_ref()),
            },
            spec::Paging::Number { input, total } => {
                Paging::Number { input: text(input), total: or_empty(total.as_ref()) }
            }
        },
        items: text(&pages.items),
        size: or_empty(pages.size.as_ref()),
    }
}

fn traits(model: &spec::Model, operation: &spec::Operation) -> Option<OperationTraits> {
    let streams_input = model.streaming_member(&operation.input);
    let streams_output = model.streaming_member(operation.output_members());
    let events_input = model.event_stream_member(&operation.input);
    let events_output = model.event_stream_member(operation.output_members());
    let given = operation.wire.is_some()
        || operation.root.is_some()
        || operation.result.is_some()
        || operation.host_prefix.is_some()
        || !operation.endpoint_params.is_empty()
        || operation.auth.is_some()
        || operation.unsigned_body
        || operation.checksum.is_some()
        || operation.compressed
        || !operation.traits.is_empty()
        || streams_input.is_some()
        || streams_output.is_some()
        || events_input.is_some()
        || events_output.is_some()
        || model.waiters.iter().any(|waiter| waiter.operation == operation.name);
    given.then(|| OperationTraits {
        wire: or_empty(operation.wire.as_ref()),
        root: operation.root.as_ref().map(|root| XmlName {
            name: text(&root.name),
            namespace: or_empty(root.namespace.as_ref()),
        }),
        result: or_empty(operation.result.as_ref()),
        host_prefix: or_empty(operation.host_prefix.as_ref()),
        endpoint_params: operation.endpoint_params.iter().map(param).collect(),
        auth: texts(operation.auth.as_deref().unwrap_or_default()),
        unsigned_body: operation.unsigned_body,
        checksum: operation.checksum.as_ref().map(|checksum| Checksum {
            algorithm: or_empty(checksum.algorithm.as_ref()),
            required: checksum.required,
            mode: or_empty(checksum.mode.as_ref()),
            response: texts(&checksum.response),
        }),
        compressed: operation.compressed,
        streams_input: streams_input
            .map(|member| model.shape(member.target).streaming == Some(spec::Sized::Required))
            .or(events_input.map(|_| false)),
        needs_stream: streams_input.is_some_and(|member| member.required),
        streams_output: streams_output.or(events_output).is_some(),
        named: texts(&operation.traits),
        waiters: model
            .waiters
            .iter()
            .filter(|waiter| waiter.operation == operation.name)
            .map(waiters::table)
            .collect(),
    })
}

fn param(param: &spec::EndpointParam) -> (Text, ParamValue) {
    let value = match &param.value {
        spec::ParamValue::Bool(value) => ParamValue::Bool(*value),
        spec::ParamValue::String(value) => ParamValue::String(text(value)),
        spec::ParamValue::Path(path) => ParamValue::Path(text(path)),
    };
    (text(&param.name), value)
}

pub(super) fn service(model: &spec::Model) -> ServiceSchema {
    let service = &model.service;
    let endpoint = service.endpoint.as_ref();
    let errors = model.errors().map(|(_, shape, error)| error_schema(shape, error));
    ServiceSchema {
        id: text(&service.id),
        title: text(&service.title),
        version: or_empty(service.version.as_ref()),
        protocol: service.protocol.map_or(Protocol::Rest, protocol),
        protocols: service.protocols.iter().copied().map(protocol).collect(),
        target: or_empty(service.target.as_ref()),
        auth: service.auth.iter().map(auth_option).collect(),
        endpoint: text(endpoint.map_or("", |endpoint| &endpoint.url)),
        rules: endpoint.and_then(|endpoint| endpoint.rules.as_ref()).map_or(Rules::None, rules),
        default_region: text(
            endpoint.and_then(|endpoint| endpoint.region.as_deref()).unwrap_or(""),
        ),
        headers: service.headers.iter().map(|(name, value)| (text(name), text(value))).collect(),
        errors: errors.collect(),
        error_format: ErrorFormat {
            envelope: text(&service.errors.envelope),
            code: texts(&service.errors.code),
            message: texts(&service.errors.message),
        },
        traits: texts(&service.traits),
        discovery: discovery(model),
    }
}

fn discovery(model: &spec::Model) -> Option<Discovery> {
    let named = |wanted| -> Cow<'static, [Text]> {
        model.discovered(wanted).map(|operation| text(&operation.name)).collect()
    };
    Some(Discovery {
        operation: text(model.discovers()?),
        required: named(spec::EndpointDiscovery::Required),
        optional: named(spec::EndpointDiscovery::Optional),
    })
}

fn rules(rules: &spec::Json) -> Rules {
    let Some(id) = rules.get("template").and_then(spec::Json::as_str) else {
        return Rules::Text(Cow::Owned(rules.to_string()));
    };
    let values = rules.as_object().unwrap_or_default().iter();
    let values = values.filter(|(name, _)| name != "template");
    let values = values.filter_map(|(name, value)| Some((text(name), text(value.as_str()?))));
    Rules::Template { id: text(id), values: values.collect() }
}

fn protocol(protocol: spec::Protocol) -> Protocol {
    match protocol {
        spec::Protocol::RestJson => Protocol::RestJson,
        spec::Protocol::Rest => Protocol::Rest,
        spec::Protocol::Json10 => Protocol::Json10,
        spec::Protocol::Json11 => Protocol::Json11,
        spec::Protocol::Query => Protocol::Query,
        spec::Protocol::Ec2Query => Protocol::Ec2Query,
        spec::Protocol::RestXml => Protocol::RestXml,
        spec::Protocol::RpcV2Cbor => Protocol::RpcV2Cbor,
    }
}

fn auth_option(scheme: &spec::Scheme) -> AuthOption {
    let settings = scheme.settings.iter();
    let settings = settings.filter_map(|(name, value)| Some((text(name), text(value.as_str()?))));
    AuthOption { scheme: text(&scheme.name), settings: settings.collect() }
}

fn error_schema(shape: &spec::Shape, error: &spec::ErrorTrait) -> ErrorSchema {
    let wire = |name: &str| {
        let member = shape.members().iter().find(|member| member.name == name);
        text(member.map_or(name, spec::Member::wire_name))
    };
    let codes = if error.codes.is_empty() {
        vec![text(&shape.name)]
    } else {
        error.codes.iter().map(|code| text(code)).collect()
    };
    ErrorSchema {
        shape: text(&shape.name),
        codes: Cow::Owned(codes),
        status: error.status.unwrap_or(0),
        has: error.has.as_deref().map_or(Cow::Borrowed(""), wire),
        message: shape.error_message().map_or(Cow::Borrowed(""), |it| text(it.wire_name())),
        retryable: error.retryable,
        throttling: error.throttling,
    }
}

pub(super) fn text(text: &str) -> Text {
    Cow::Owned(text.to_owned())
}

fn texts(texts: &[String]) -> Cow<'static, [Text]> {
    texts.iter().map(|it| text(it)).collect()
}

fn or_empty(given: Option<&String>) -> Text {
    text(given.map_or("", String::as_str))
}
