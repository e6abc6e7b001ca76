//! The type that a derive stands on.
//!
//! `syn` would read the text of each line of documentation, twice and letter by letter: that took as
//! long as all else that the derives read. Nobody asks what the lines say, so they stay tokens.

use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::token::Brace;
use syn::{
    AttrStyle, Attribute, Data, DataEnum, DataStruct, DeriveInput, Expr, Field, Fields,
    FieldsNamed, Generics, Ident, Meta, MetaNameValue, Path, Token, Variant, Visibility, braced,
    bracketed,
};

/// A [`DeriveInput`], the documentation of which is [`Expr::Verbatim`].
pub(crate) struct Input(pub(crate) DeriveInput);

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = attributes(input)?;
        let ahead = input.fork();
        let usual = usual(&ahead)?;
        if usual.is_some() {
            input.advance_to(&ahead);
        }
        let mut whole = usual.map_or_else(|| input.parse(), Ok)?;
        whole.attrs = attrs;
        Ok(Self(whole))
    }
}

/// A struct with named fields or an enum; nothing if it is anything else.
fn usual(input: ParseStream<'_>) -> syn::Result<Option<DeriveInput>> {
    let vis: Visibility = input.parse()?;
    let struct_token: Option<Token![struct]> = input.parse()?;
    let enum_token: Option<Token![enum]> = input.parse()?;
    if struct_token.is_none() && enum_token.is_none() {
        return Ok(None);
    }
    let ident: Ident = input.parse()?;
    let generics: Generics = input.parse()?;
    if !input.peek(Brace) {
        return Ok(None);
    }
    let content;
    let brace_token = braced!(content in input);
    let data = if let Some(struct_token) = struct_token {
        let named = Punctuated::parse_terminated_with(&content, field)?;
        let fields = Fields::Named(FieldsNamed { brace_token, named });
        Data::Struct(DataStruct { struct_token, fields, semi_token: None })
    } else {
        let variants = Punctuated::parse_terminated_with(&content, variant)?;
        Data::Enum(DataEnum { enum_token: enum_token.unwrap_or_default(), brace_token, variants })
    };
    Ok(Some(DeriveInput { attrs: Vec::new(), vis, ident, generics, data }))
}

fn field(input: ParseStream<'_>) -> syn::Result<Field> {
    let attrs = attributes(input)?;
    Ok(Field { attrs, ..Field::parse_named(input)? })
}

fn variant(input: ParseStream<'_>) -> syn::Result<Variant> {
    let attrs = attributes(input)?;
    Ok(Variant { attrs, ..input.parse()? })
}

fn attributes(input: ParseStream<'_>) -> syn::Result<Vec<Attribute>> {
    let mut attributes = Vec::new();
    while input.peek(Token![#]) {
        let content;
        attributes.push(Attribute {
            pound_token: input.parse()?,
            style: AttrStyle::Outer,
            bracket_token: bracketed!(content in input),
            meta: if is_documentation(&content) { line(&content)? } else { content.parse()? },
        });
    }
    Ok(attributes)
}

/// Whether it is `doc = …`.
fn is_documentation(attribute: ParseStream<'_>) -> bool {
    let word = attribute.cursor().ident();
    word.is_some_and(|(word, rest)| {
        word == "doc" && rest.punct().is_some_and(|(punct, _)| punct.as_char() == '=')
    })
}

fn line(attribute: ParseStream<'_>) -> syn::Result<Meta> {
    let name: Ident = attribute.parse()?;
    Ok(Meta::NameValue(MetaNameValue {
        path: Path::from(name),
        eq_token: attribute.parse()?,
        value: Expr::Verbatim(attribute.parse()?),
    }))
}
