//! The members of a structure or union, as their attributes describe them.

use crate::attributes::{Keys, text, texts};
use crate::errors::Errors;
use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, format_ident, quote};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Data, DeriveInput, Field, Fields, Ident, LitStr, Type};

/// What a field of a structure takes.
pub(crate) const FIELD: Keys = Keys::new(
    "model",
    &[
        "name",
        "wire",
        "format",
        "sensitive",
        "label",
        "query",
        "header",
        "header_prefix",
        "payload",
        "status",
        "message",
        "idempotency_token",
        "host_label",
        "endpoint_param",
        "discovery_id",
        "endpoint_only",
        "json_text",
        "event_header",
        "event_payload",
        "flattened",
        "attribute",
        "namespace",
        "query_name",
        "item",
        "key",
    ],
);
/// What a variant of a union takes: all of them stand in a body.
pub(crate) const ALTERNATIVE: Keys = Keys::new(
    "model",
    &[
        "name",
        "wire",
        "format",
        "sensitive",
        "json_text",
        "flattened",
        "namespace",
        "query_name",
        "item",
        "key",
    ],
);
/// What a variant of an enum takes.
pub(crate) const VALUE: Keys = Keys::new("model", &["name"]);
const BINDINGS: &[&str] =
    &["label", "query", "header", "header_prefix", "payload", "status", "endpoint_only"];
/// The flags of the runtime's schemas, the lowest bit first.
const FLAGS: [&str; 18] = [
    "REQUIRED",
    "SENSITIVE",
    "LABEL",
    "QUERY",
    "HEADER",
    "HEADER_PREFIX",
    "PAYLOAD",
    "STATUS",
    "MESSAGE",
    "IDEMPOTENCY_TOKEN",
    "FLATTENED",
    "XML_ATTRIBUTE",
    "HOST_LABEL",
    "JSON_TEXT",
    "EVENT_HEADER",
    "EVENT_PAYLOAD",
    "ENDPOINT_ONLY",
    "DISCOVERY_ID",
];
const FORMATS: &[(&str, &str)] = &[
    ("date-time", "DateTime"),
    ("epoch-seconds", "EpochSeconds"),
    ("epoch-millis", "EpochMillis"),
    ("http-date", "HttpDate"),
];

/// A field of a structure.
pub(crate) struct StructField<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) field: &'a Field,
    pub(crate) member: Member,
}

impl StructField<'_> {
    /// What the setter of an optional member takes; nothing for a required one.
    pub(crate) fn optional(&self) -> Option<&Type> {
        wrapped(&self.field.ty, "Option")
    }

    pub(crate) fn is_required(&self) -> bool {
        is_required(&self.field.ty)
    }
}

/// The named fields of a struct, in order.
pub(crate) fn struct_fields<'a>(
    input: &'a DeriveInput,
    errors: &mut Errors,
) -> Vec<StructField<'a>> {
    let Data::Struct(data) = &input.data else {
        errors.push(syn::Error::new_spanned(&input.ident, "this derive is for structs"));
        return Vec::new();
    };
    let fields = match &data.fields {
        Fields::Named(fields) => fields.named.iter().collect(),
        Fields::Unit => Vec::new(),
        Fields::Unnamed(fields) => {
            let message = "a structure's members have names: use a struct with named fields";
            errors.push(syn::Error::new_spanned(fields, message));
            Vec::new()
        }
    };
    let mut members = Vec::new();
    for field in fields {
        let Some(ident) = &field.ident else { continue };
        let member = Member::parse(&field.attrs, ident, &FIELD, errors);
        members.push(StructField { ident, field, member });
    }
    unique(members.iter().map(|field| &field.member), errors);
    members
}

/// Two members of one name, or of one name in the body, could not be told apart.
pub(crate) fn unique<'a>(members: impl Iterator<Item = &'a Member>, errors: &mut Errors) {
    let mut names = HashSet::new();
    // Of each name in the body, whether a member that has it is flattened
    let mut wires = HashMap::new();
    let mut bound = HashSet::new();
    for member in members {
        let name = &member.name.text;
        if !names.insert(name) {
            let message = format!("the name `{name}` belongs to another member");
            errors.push(syn::Error::new(member.name.span, message));
        } else if member.binding.is_none() {
            let wire = member.wire.as_ref().unwrap_or(&member.name);
            // Elements of XML may come one by one and all together, as in S3's notifications, where
            // either may be the first.
            let flattened = member.flags.contains(&"FLATTENED");
            if wires.insert(&wire.text, flattened) == Some(false) && !flattened {
                let message =
                    format!("the name `{}` in the body belongs to another member", wire.text);
                errors.push(syn::Error::new(wire.span, message));
            }
        } else if let (Some(binding), Some(wire)) = (&member.binding, &member.wire)
            && let Some(text) = match binding.as_str() {
                "query" => Some(wire.text.clone()),
                "header" => Some(wire.text.to_ascii_lowercase()),
                _ => None,
            }
            && !bound.insert((binding, text))
        {
            let message = format!("the {binding} `{}` belongs to another member", wire.text);
            errors.push(syn::Error::new(wire.span, message));
        }
    }
}

/// What the attributes of a field or variant say.
pub(crate) struct Member {
    pub(crate) name: Name,
    wire: Option<Name>,
    format: Option<Ident>,
    pub(crate) sensitive: bool,
    /// The part of a message that holds it, where that is not the body.
    pub(crate) binding: Option<String>,
    flags: Vec<&'static str>,
    /// Calls of `RareTraits`, each of which adds a trait.
    rare: Vec<TokenStream>,
    item: Option<Element>,
}

impl Member {
    pub(crate) fn parse(
        attributes: &[Attribute],
        ident: &Ident,
        keys: &Keys,
        errors: &mut Errors,
    ) -> Self {
        let mut named = None;
        let mut member = Self {
            name: Name { text: String::new(), span: ident.span() },
            wire: None,
            format: None,
            sensitive: false,
            binding: None,
            flags: Vec::new(),
            rare: Vec::new(),
            item: None,
        };
        let mut renamed = None;
        keys.read(attributes, errors, |key, meta, errors| {
            if BINDINGS.contains(&key) {
                if let Some(first) = &member.binding {
                    return Err(meta.error(format!("the member is bound to `{first}` already")));
                }
                member.binding = Some(key.to_owned());
            }
            match key {
                "name" => named = Some(Name::read(meta)?),
                "wire" => renamed = Some(Name::read(meta)?),
                "format" => member.format = Some(format(&text(meta)?)?),
                "sensitive" => {
                    member.sensitive = true;
                    member.flags.push("SENSITIVE");
                }
                "query" => member.bound("QUERY", Name::read(meta)?),
                "header" => member.bound("HEADER", Name::read(meta)?),
                "header_prefix" => member.bound("HEADER_PREFIX", Name::read(meta)?),
                "label" => member.flags.push("LABEL"),
                "payload" => member.flags.push("PAYLOAD"),
                "status" => member.flags.push("STATUS"),
                "endpoint_only" => member.flags.push("ENDPOINT_ONLY"),
                "idempotency_token" => member.flags.push("IDEMPOTENCY_TOKEN"),
                "host_label" => member.flags.push("HOST_LABEL"),
                "discovery_id" => member.flags.push("DISCOVERY_ID"),
                "json_text" => member.flags.push("JSON_TEXT"),
                "event_header" => member.flags.push("EVENT_HEADER"),
                "event_payload" => member.flags.push("EVENT_PAYLOAD"),
                "flattened" => member.flags.push("FLATTENED"),
                "attribute" => member.flags.push("XML_ATTRIBUTE"),
                "endpoint_param" => member.named("endpoint_param", &text(meta)?),
                "query_name" => member.named("query_name", &text(meta)?),
                "key" => member.named("key", &text(meta)?),
                "namespace" => member.rare.push(namespace(meta)?),
                "item" => member.item = Some(Element::read(meta, errors)?),
                _ => member.flags.push("MESSAGE"),
            }
            Ok(())
        });
        match named {
            Some(named) => member.name = named,
            None => member.name.text = ident.unraw().to_string(),
        }
        for name in std::iter::once(&member.name).chain(&renamed) {
            errors.keep(name.short());
        }
        match (&member.binding, renamed) {
            // The name of the root element of the body.
            (Some(binding), wire) if binding == "payload" => member.wire = wire,
            // The root element of an XML body has a name.
            (Some(binding), Some(wire)) if binding == "payload" => member.wire = Some(wire),
            (Some(binding), Some(wire)) => errors.push(syn::Error::new(
                wire.span,
                format!("`wire` is a name in the body, and this member is bound to `{binding}`"),
            )),
            (None, wire) => member.wire = wire,
            (Some(_), None) => {}
        }
        member
    }

    pub(crate) fn is_label(&self) -> bool {
        self.flags.contains(&"LABEL")
    }

    fn named(&mut self, name: &str, value: &LitStr) {
        let name = Ident::new(name, value.span());
        self.rare.push(quote!(.#name(#value)));
    }

    fn bound(&mut self, flag: &'static str, name: Name) {
        self.flags.push(flag);
        self.wire = Some(name);
    }

    /// The bits of the flags; `required` is known by the type.
    fn bits(&self, required: bool) -> u32 {
        let required = required.then_some("REQUIRED");
        let flags = required.iter().chain(&self.flags);
        let bits = flags.filter_map(|flag| FLAGS.iter().position(|known| known == flag));
        bits.fold(0, |bits, bit| bits | 1 << bit)
    }

    /// The name on the wire, where it is another one.
    fn wire(&self) -> Option<&Name> {
        self.wire.as_ref().filter(|wire| wire.text != self.name.text)
    }

    /// The name of its elements, where it has no other rare trait.
    fn item_name(&self) -> Option<&Name> {
        let alone = self.format.is_none() && self.rare.is_empty();
        self.item.as_ref().filter(|_| alone).and_then(Element::name)
    }

    /// The rare traits, if there are more than the name of its elements, and the statics that they
    /// refer to.
    fn rare(&self, index: usize) -> Option<(TokenStream, TokenStream)> {
        if self.item_name().is_some() {
            return None;
        }
        let format = self.format.iter().map(|format| quote!(.format(t::TimestampFormat::#format)));
        let mut statics = TokenStream::new();
        let item = self.item.iter().map(|item| {
            let place = item.expand(&format!("ITEM_{index}"), &mut statics);
            quote!(.item(&#place))
        });
        let item: Vec<_> = item.collect();
        let rare: Vec<_> = format.chain(self.rare.iter().cloned()).chain(item).collect();
        (!rare.is_empty()).then(|| (statics, quote!(t::RareTraits::NONE #(#rare)*)))
    }
}

/// What the elements of a list or map are called: `item = "member"`, or `item(…)`.
pub(crate) struct Element {
    wire: Option<Name>,
    traits: Vec<TokenStream>,
    item: Option<Box<Element>>,
}

const ELEMENT: Keys = Keys::new("item", &["wire", "flattened", "namespace", "item", "key"]);

impl Element {
    fn read(meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Self> {
        let mut element = Self { wire: None, traits: Vec::new(), item: None };
        if meta.input.peek(syn::Token![=]) {
            element.wire = Some(wire(meta)?);
            return Ok(element);
        }
        ELEMENT.read_nested(meta, errors, |key, meta, errors| {
            match key {
                "wire" => element.wire = Some(wire(meta)?),
                "key" => {
                    let name = text(meta)?;
                    element.traits.push(quote!(.key(#name)));
                }
                "flattened" => element.traits.push(quote!(.flattened())),
                "namespace" => element.traits.push(namespace(meta)?),
                _ => element.item = Some(Box::new(Self::read(meta, errors)?)),
            }
            Ok(())
        })?;
        Ok(element)
    }

    /// The name on the wire, where nothing else is said.
    fn name(&self) -> Option<&Name> {
        let alone = self.traits.is_empty() && self.item.is_none();
        self.wire.as_ref().filter(|wire| alone && !wire.text.is_empty())
    }

    /// Writes its static, and those that it refers to; gives its name.
    fn expand(&self, place: &str, statics: &mut TokenStream) -> Ident {
        let item = self.item.iter().map(|item| {
            let place = item.expand(&format!("{place}_ITEM"), statics);
            quote!(.item(&#place))
        });
        let item: Vec<_> = item.collect();
        let wire = self.wire.iter().map(|wire| quote!(.wire(#wire)));
        let traits = wire.chain(self.traits.iter().cloned()).chain(item);
        let place = format_ident!("{place}");
        statics
            .extend(quote!(static #place: t::ElementTraits = t::ElementTraits::NONE #(#traits)*;));
        place
    }
}

/// A name that fits a schema.
fn wire(meta: &ParseNestedMeta<'_>) -> syn::Result<Name> {
    let name = Name::read(meta)?;
    name.short().map(|()| name)
}

/// A name, and where it stands. A literal would have to be read again each time that somebody asks
/// what it says.
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

impl Name {
    fn read(meta: &ParseNestedMeta<'_>) -> syn::Result<Self> {
        let literal = text(meta)?;
        Ok(Self { text: literal.value(), span: literal.span() })
    }

    fn short(&self) -> syn::Result<()> {
        if self.text.len() > usize::from(u16::MAX) {
            return Err(syn::Error::new(self.span, "a name has at most 65535 bytes"));
        }
        Ok(())
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let mut literal = Literal::string(&self.text);
        literal.set_span(self.span);
        tokens.append(literal);
    }
}

/// `namespace = "uri"`, or `namespace("uri", "prefix")`.
fn namespace(meta: &ParseNestedMeta<'_>) -> syn::Result<TokenStream> {
    if meta.input.peek(syn::Token![=]) {
        let uri = text(meta)?;
        return Ok(quote!(.namespace(#uri, "")));
    }
    match &texts(meta)?[..] {
        [uri, prefix] => Ok(quote!(.namespace(#uri, #prefix))),
        _ => Err(meta.error("write namespace(\"address\", \"prefix\")")),
    }
}

/// The statics of rare traits, and the constants of a table: its size, its facts, its rare traits.
pub(crate) fn table<'a>(
    name: &LitStr,
    members: impl Iterator<Item = (&'a Member, bool)>,
) -> (TokenStream, TokenStream) {
    let mut text = String::new();
    let mut numbers = String::new();
    let mut statics = TokenStream::new();
    let mut rare = Vec::new();
    let (mut count, mut items) = (0_usize, 0_usize);
    for (index, (member, required)) in members.enumerate() {
        let wire = member.wire().map_or("", |name| &name.text);
        let item = member.item_name().map_or("", |name| &name.text);
        items += usize::from(!item.is_empty());
        for name in [member.name.text.as_str(), wire, item] {
            let _ = write!(numbers, "{} ", name.len());
            text.push_str(name);
        }
        let _ = write!(numbers, "{} ", member.bits(required));
        count += 1;
        if let Some((more, traits)) = member.rare(index) {
            let place = format_ident!("RARE_{index}");
            statics.extend(quote!(#more static #place: t::RareTraits = #traits;));
            rare.push(quote!((#index, &#place)));
        }
    }
    let (count, items) = (Literal::usize_unsuffixed(count), Literal::usize_unsuffixed(items));
    let rare = (!rare.is_empty()).then(|| quote!(const RARE: &'static [t::Rare] = &[#(#rare),*];));
    let constants = quote! {
        type Size = t::Members<#count, #items>;
        const FACTS: t::Facts = [#name, #text, #numbers];
        #rare
    };
    (statics, constants)
}

fn format(text: &LitStr) -> syn::Result<Ident> {
    let value = text.value();
    let known = FORMATS.iter().find(|(name, _)| *name == value);
    known.map(|(_, variant)| Ident::new(variant, text.span())).ok_or_else(|| {
        let names: Vec<_> = FORMATS.iter().map(|(name, _)| *name).collect();
        let message = format!("no timestamp format `{value}`; it is one of: {}", names.join(", "));
        syn::Error::new(text.span(), message)
    })
}

/// What stands in the angle brackets of a type of that name.
pub(crate) fn wrapped<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == name)?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        syn::GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

pub(crate) fn is_required(ty: &Type) -> bool {
    wrapped(ty, "Option").is_none() && wrapped(ty, "Nullable").is_none()
}
