//! The members of a structure or union, as their attributes describe them.

use crate::attributes::{text, unknown};
use crate::errors::Errors;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Field, Fields, Ident, LitStr, Type};

const KEYS: &[&str] = &[
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
];
const BINDINGS: &[&str] = &["label", "query", "header", "header_prefix", "payload", "status"];
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
pub(crate) fn struct_fields(input: &DeriveInput) -> syn::Result<Vec<StructField<'_>>> {
    let Data::Struct(data) = &input.data else {
        return Err(syn::Error::new_spanned(&input.ident, "this derive is for structs"));
    };
    let fields = match &data.fields {
        Fields::Named(fields) => fields.named.iter().collect(),
        Fields::Unit => Vec::new(),
        Fields::Unnamed(fields) => {
            return Err(syn::Error::new_spanned(
                fields,
                "a structure's members have names: use a struct with named fields",
            ));
        }
    };
    let mut errors = Errors::default();
    let mut members = Vec::new();
    for field in fields {
        let Some(ident) = &field.ident else { continue };
        if let Some(member) = errors.keep(Member::parse(&field.attrs, ident)) {
            members.push(StructField { ident, field, member });
        }
    }
    let mut seen = Vec::new();
    for field in &members {
        let name = field.member.name.value();
        if seen.contains(&name) {
            let message = format!("the name `{name}` belongs to another member");
            errors.push(syn::Error::new(field.member.name.span(), message));
        }
        seen.push(name);
    }
    errors.finish()?;
    Ok(members)
}

/// What the attributes of a field or variant say.
pub(crate) struct Member {
    pub(crate) name: LitStr,
    wire: Option<LitStr>,
    format: Option<Ident>,
    pub(crate) sensitive: bool,
    flags: Vec<&'static str>,
}

impl Member {
    pub(crate) fn parse(attributes: &[Attribute], ident: &Ident) -> syn::Result<Self> {
        let mut member = Self {
            name: LitStr::new(&ident.unraw().to_string(), ident.span()),
            wire: None,
            format: None,
            sensitive: false,
            flags: Vec::new(),
        };
        let mut binding: Option<&str> = None;
        let mut errors = Errors::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("model")) {
            let parsed = attribute.parse_nested_meta(|meta| {
                let key = meta.path.get_ident().map_or_else(String::new, ToString::to_string);
                let Some(key) = KEYS.iter().find(|known| **known == key) else {
                    return Err(unknown(&meta, "model", KEYS));
                };
                if BINDINGS.contains(key) {
                    if let Some(first) = binding {
                        let message = format!("the member is bound to `{first}` already");
                        return Err(meta.error(message));
                    }
                    binding = Some(key);
                }
                match *key {
                    "name" => member.name = text(&meta)?,
                    "wire" => member.wire = Some(text(&meta)?),
                    "format" => member.format = Some(format(&text(&meta)?)?),
                    "sensitive" => {
                        member.sensitive = true;
                        member.flags.push("SENSITIVE");
                    }
                    "query" => member.bound("QUERY", Some(text(&meta)?)),
                    "header" => member.bound("HEADER", Some(text(&meta)?)),
                    "header_prefix" => member.bound("HEADER_PREFIX", Some(text(&meta)?)),
                    "label" => member.bound("LABEL", None),
                    "payload" => member.bound("PAYLOAD", None),
                    "status" => member.bound("STATUS", None),
                    _ => member.flags.push("MESSAGE"),
                }
                Ok(())
            });
            errors.keep(parsed);
        }
        errors.finish()?;
        Ok(member)
    }

    fn bound(&mut self, flag: &'static str, name: Option<LitStr>) {
        self.flags.push(flag);
        self.wire = name.or(self.wire.take());
    }

    /// The member's schema; `required` is known by its type.
    fn schema(&self, index: usize, required: bool) -> (Option<TokenStream>, TokenStream) {
        let name = &self.name;
        let required = required.then_some("REQUIRED");
        let mut flags = required.iter().chain(&self.flags).map(|flag| {
            let flag = Ident::new(flag, name.span());
            quote!(t::Flags::#flag)
        });
        let first = flags.next().unwrap_or_else(|| quote!(t::Flags::NONE));
        let flags = quote!(#first #(.with(#flags))*);
        let wire = self.wire.iter().filter(|wire| wire.value() != name.value());
        let wire = wire.map(|wire| quote!(.wire(#wire)));
        let format = self.format.iter().map(|format| quote!(.format(t::TimestampFormat::#format)));
        let rare: Vec<_> = wire.chain(format).collect();
        if rare.is_empty() {
            return (None, quote!(t::MemberSchema::new(#name, #flags)));
        }
        let place = format_ident!("RARE_{index}");
        (
            Some(quote!(static #place: t::RareTraits = t::RareTraits::NONE #(#rare)*;)),
            quote!(t::MemberSchema::with(#name, #flags, &#place)),
        )
    }
}

/// The statics of a schema. What a static borrows is a static of its own, since a temporary that
/// could be dropped cannot stand in one.
pub(crate) fn schema<'a>(
    name: &LitStr,
    members: impl Iterator<Item = (&'a Member, bool)>,
) -> TokenStream {
    let (rare, members): (Vec<_>, Vec<_>) = members
        .enumerate()
        .map(|(index, (member, required))| member.schema(index, required))
        .unzip();
    let rare = rare.iter().flatten();
    let count = members.len();
    quote! {
        #(#rare)*
        static MEMBERS: [t::MemberSchema; #count] = [#(#members),*];
        static SCHEMA: t::Schema = t::Schema::new(#name, &MEMBERS);
    }
}

fn format(text: &LitStr) -> syn::Result<Ident> {
    let value = text.value();
    match FORMATS.iter().find(|(name, _)| *name == value) {
        Some((_, variant)) => Ok(Ident::new(variant, text.span())),
        None => {
            let names: Vec<_> = FORMATS.iter().map(|(name, _)| *name).collect();
            let message =
                format!("no timestamp format `{value}`; it is one of: {}", names.join(", "));
            Err(syn::Error::new(text.span(), message))
        }
    }
}

/// What stands in the angle brackets of a type of that name.
fn wrapped<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == name)?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        syn::GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

fn is_required(ty: &Type) -> bool {
    wrapped(ty, "Option").is_none() && wrapped(ty, "Nullable").is_none()
}
