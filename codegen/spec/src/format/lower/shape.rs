//! Shapes.

use super::Cx;
use super::member::{self, Part, members};
use crate::diagnostics::{Diagnostic, codes};
use crate::format::keys;
use crate::format::object::{Field, Fields, short};
use crate::json::Json;
use crate::location::{At, Span};
use crate::model::{
    Constraints, EnumValue, ErrorTrait, Fault, Kind, ListFacts, MapFacts, Shape, ShapeId, Sized,
    TimestampFormat,
};
use crate::words::{a, listed};

const KINDS: &[&str] = &["type", "enum", "structure", "union", "list", "map"];

pub(super) fn lower(cx: &mut Cx<'_>, name: &str, field: &Field<'_>) -> Shape {
    cx.check_name("shape", name, field.at);
    let mut shape = super::base("document");
    shape.is_base = false;
    name.clone_into(&mut shape.name);
    shape.at = field.at;
    let Some(fields) = Fields::new(field.value, &keys::SHAPE, field.at) else { return shape };
    shape.docs = fields.text("docs");
    shape.sensitive = fields.flag("sensitive");
    shape.deprecated = fields.text("deprecated");
    let sized = fields.flag("sized");
    shape.streaming =
        fields.flag("streaming").then_some(if sized { Sized::Required } else { Sized::Optional });
    shape.event_stream = fields.flag("eventStream");
    shape.constraints = constraints(cx, &fields);
    match kind(cx, &fields) {
        Ok(kind) => {
            misplaced(cx, &fields, &kind);
            check_range(cx, &fields, &kind);
            shape.kind = kind;
        }
        Err(Some(diagnostic)) => cx.diagnostics.push(diagnostic),
        Err(None) => {}
    }
    shape
}

/// What the shape is, or what is wrong with it; nothing if that has been reported.
fn kind(cx: &mut Cx<'_>, fields: &Fields<'_>) -> Result<Kind, Option<Diagnostic>> {
    let kinds = fields.present(KINDS, cx.diagnostics);
    let format = fields.text("format").as_deref().and_then(timestamp_format);
    let sparse = fields.flag("sparse");
    let key = fields.get("key", cx.diagnostics);
    let error = fields.get("error", cx.diagnostics);
    let (word, value) = match &kinds[..] {
        [one] => one,
        [] if fields.misspells(KINDS) => return Err(None),
        [] => {
            let message = "the shape does not say what it is";
            let help = format!("give it one of {}", listed(KINDS));
            return Err(Some(
                Diagnostic::new(&codes::SHAPE_KIND, Span::key(fields.at), message).help(help),
            ));
        }
        [(first, known), (second, field), ..] => {
            let message = format!("the shape has two kinds, `{first}` and `{second}`");
            return Err(Some(
                Diagnostic::new(&codes::SHAPE_KIND, Span::key(field.at), message)
                    .label("the second kind")
                    .related(Span::key(known.at), "the first kind")
                    .help("a shape is of one kind: make two shapes of it, or remove one of these"),
            ));
        }
    };
    Ok(match *word {
        "type" => match value.value.as_str() {
            Some("timestamp") => Kind::Timestamp(format),
            Some(name) if super::BASE_TYPES.contains(&name) => super::base(name).kind,
            _ => return Err(None),
        },
        "enum" => Kind::Enum(enum_values(cx, fields)),
        "structure" => Kind::Structure {
            members: members(cx, fields, "structure", Part::Structure).unwrap_or_default(),
            error: error.and_then(|field| error_trait(cx, &field)),
        },
        "union" => {
            Kind::Union { members: members(cx, fields, "union", Part::Union).unwrap_or_default() }
        }
        "list" => Kind::List(Box::new(ListFacts {
            item: member::lower(cx, "item", value, Part::List),
            sparse,
        })),
        _ => {
            let (key, key_wire) = key.map_or((ShapeId::new(0), None), |field| map_key(cx, &field));
            let value = member::lower(cx, "value", value, Part::Map);
            Kind::Map(Box::new(MapFacts { key, key_wire, value, sparse }))
        }
    })
}

/// The shape of the keys, and the name of the element that holds one.
fn map_key(cx: &mut Cx<'_>, field: &Field<'_>) -> (ShapeId, Option<String>) {
    match short(field, &keys::MAP_KEY) {
        Some(Ok(name)) => (cx.target(name, field.at), None),
        Some(Err(fields)) => {
            let wire = fields.get("wire", cx.diagnostics);
            let wire = wire.and_then(|wire| Some((wire.value.as_str()?.to_owned(), wire.at)));
            if let Some((name, at)) = &wire {
                cx.check_wire_name(name, *at);
            }
            let target = fields.get("type", cx.diagnostics);
            let target = target.and_then(|key| Some((key.value.as_str()?.to_owned(), key.at)));
            let target = target.map_or(ShapeId::new(0), |(name, at)| cx.target(&name, at));
            (target, wire.map(|(name, _)| name))
        }
        None => (ShapeId::new(0), None),
    }
}

fn enum_values(cx: &mut Cx<'_>, fields: &Fields<'_>) -> Vec<EnumValue> {
    let mut values = Vec::new();
    for (value, field) in fields.entries("enum", cx.diagnostics).unwrap_or_default() {
        cx.check_name("enum value", value, field.at);
        let docs = field.value.as_str().filter(|docs| !docs.is_empty()).map(str::to_owned);
        values.push(EnumValue { value: value.to_owned(), docs, at: field.at });
    }
    values
}

fn error_trait(cx: &mut Cx<'_>, field: &Field<'_>) -> Option<ErrorTrait> {
    let fields = Fields::new(field.value, &keys::ERROR, field.at)?;
    let mut named: Vec<_> = fields.get("code", cx.diagnostics).into_iter().collect();
    if let Some(field) = fields.get("codes", cx.diagnostics) {
        named.extend(field.elements(cx.diagnostics));
    }
    let text = |field: &Field<'_>| Some((field.value.as_str()?.to_owned(), field.at));
    let (codes, code_places) = named.iter().filter_map(text).unzip();
    Some(ErrorTrait {
        status: fields.status("status"),
        fault: fields.text("fault").and_then(|word| match word.as_str() {
            "client" => Some(Fault::Client),
            "server" => Some(Fault::Server),
            _ => None,
        }),
        codes,
        code_places,
        has: fields.text("has"),
        retryable: fields.flag("retryable"),
        throttling: fields.flag("throttling"),
        message: fields.text("message"),
    })
}

fn constraints(cx: &mut Cx<'_>, fields: &Fields<'_>) -> Constraints {
    let mut constraints = Constraints { pattern: fields.text("pattern"), ..Default::default() };
    if let Some(field) = fields.get("length", cx.diagnostics)
        && let Some(limits) = Fields::new(field.value, &keys::LENGTH, field.at)
    {
        constraints.length = (limits.count("min"), limits.count("max"));
        check_limits(cx, constraints.length, field.at);
    }
    if let Some(field) = fields.get("range", cx.diagnostics)
        && let Some(limits) = Fields::new(field.value, &keys::RANGE, field.at)
    {
        constraints.range = (limits.number("min"), limits.number("max"));
        check_limits(cx, constraints.range, field.at);
    }
    constraints
}

fn check_limits<T: PartialOrd + std::fmt::Display>(
    cx: &mut Cx<'_>,
    limits: (Option<T>, Option<T>),
    at: At,
) {
    if let (Some(min), Some(max)) = limits
        && min > max
    {
        let lower = cx.diagnostics.entry(at, "min");
        let upper = cx.diagnostics.entry(at, "max");
        let message = format!("nothing is at least {min} and at most {max}");
        cx.diagnostics.push(
            Diagnostic::new(&codes::BAD_LIMITS, Span::value(lower), message)
                .related(Span::value(upper), "this is less")
                .help("exchange the two, or mend one of them"),
        );
    }
}

/// A limit that no value of the type can come to is one of another type.
fn check_range(cx: &mut Cx<'_>, fields: &Fields<'_>, kind: &Kind) {
    let bits = match kind {
        Kind::Integer => 32,
        Kind::Long => 64,
        _ => return,
    };
    let Some(range) = fields.get("range", cx.diagnostics) else { return };
    let Some(limits) = Fields::new(range.value, &keys::RANGE, range.at) else { return };
    for (key, field) in limits.present(&["min", "max"], cx.diagnostics) {
        let Json::Number(number) = field.value else { continue };
        let is_whole = number.as_f64().is_some_and(|number| number.fract() == 0.0);
        let fits = match bits {
            32 => {
                number.as_f64().is_some_and(|it| (-2_147_483_648.0..=2_147_483_647.0).contains(&it))
            }
            _ => number.is_i64() || number.as_f64().is_some_and(|it| it.abs() < 9.2e18),
        };
        let message = match (is_whole, fits) {
            (true, true) => continue,
            (false, _) => format!("`{key}` is {number}, and the values are whole numbers"),
            (true, false) => format!("`{key}` is {number}, and the values have {bits} bits"),
        };
        let help = match (is_whole, bits) {
            (false, _) => "write a whole number, or make the shape a `double`",
            (true, 32) => "leave it out, or make the shape a `long`",
            (true, _) => "leave it out, or make the shape a `double`",
        };
        let span = Span::value(field.at);
        cx.diagnostics.push(Diagnostic::new(&codes::BAD_LIMITS, span, message).help(help));
    }
}

/// A key that does nothing where it stands would be believed to do something.
fn misplaced(cx: &mut Cx<'_>, fields: &Fields<'_>, kind: &Kind) {
    let word = kind.word();
    let container = matches!(word, "list" | "map");
    let number = matches!(word, "integer" | "long" | "float" | "double");
    let places: &[(&str, bool, &str)] = &[
        ("pattern", word == "string", "strings"),
        ("range", number, "numbers"),
        (
            "length",
            container || matches!(word, "string" | "blob"),
            "strings, blobs, lists and maps",
        ),
        ("format", word == "timestamp", "timestamps"),
        ("error", word == "structure", "structures"),
        ("sparse", container, "lists and maps"),
        ("key", word == "map", "maps"),
        ("streaming", word == "blob", "blobs"),
        ("sized", word == "blob", "blobs"),
        ("eventStream", word == "union", "unions"),
    ];
    for (key, fits, home) in places {
        if !fits && let Some(field) = fields.get(key, cx.diagnostics) {
            let message = format!("`{key}` is for {home}, and this shape is {}", a(word));
            cx.diagnostics.push(
                Diagnostic::new(&codes::MISPLACED_KEY, Span::key(field.at), message)
                    .help("remove it, or change what the shape is"),
            );
        }
    }
}

pub(super) fn timestamp_format(word: &str) -> Option<TimestampFormat> {
    TimestampFormat::ALL.iter().find(|(name, _)| *name == word).map(|(_, format)| *format)
}
