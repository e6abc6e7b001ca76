//! `pages(…)` of `#[operation(…)]`

use crate::attributes::{Keys, text, texts};
use crate::errors::Errors;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::{DeriveInput, Ident, LitStr, Token};

const KEYS: Keys = Keys {
    attribute: "pages",
    names: &["token", "more", "number", "items", "field", "item", "size"],
    many: &["token"],
};

/// How the pages of an operation follow each other.
#[derive(Default)]
pub(crate) struct Pages {
    tokens: Vec<Vec<LitStr>>,
    more: Option<LitStr>,
    number: Option<Vec<LitStr>>,
    items: Option<LitStr>,
    field: Vec<Step>,
    pub(crate) item: Option<syn::Type>,
    size: Option<LitStr>,
}

/// A field on the way to the items.
struct Step {
    field: Ident,
    /// It may be absent: `list?`
    optional: Option<Token![?]>,
}

impl Pages {
    pub(crate) fn read(meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Self> {
        let mut pages = Self::default();
        KEYS.read_nested(meta, errors, |key, meta, _| {
            match key {
                "token" => pages.tokens.push(texts(meta)?),
                "more" => pages.more = Some(text(meta)?),
                "number" => pages.number = Some(texts(meta)?),
                "items" => pages.items = Some(text(meta)?),
                "field" => pages.field = steps(meta)?,
                "item" => pages.item = Some(meta.value()?.parse()?),
                _ => pages.size = Some(text(meta)?),
            }
            Ok(())
        })?;
        pages.check(meta, errors);
        if pages.field.is_empty() {
            pages.field.extend(pages.items_field());
        }
        Ok(pages)
    }

    fn check(&self, meta: &ParseNestedMeta<'_>, errors: &mut Errors) {
        let paging = match (&self.tokens[..], &self.number) {
            ([], Some(number)) => matches!(number.len(), 1 | 2),
            (tokens, None) => !tokens.is_empty() && tokens.iter().all(|token| token.len() == 2),
            _ => false,
        };
        if !paging {
            errors.push(meta.error(
                "pages follow either `token(\"input\", \"output\")` or `number(\"input\", \"total\")`",
            ));
        }
        if let (Some(more), Some(_)) = (&self.more, &self.number) {
            errors.push(syn::Error::new(more.span(), "`more` is for pages that follow a token"));
        }
        let paths = self.tokens.iter().filter_map(|token| token.get(1)).chain(&self.more);
        for path in paths.filter(|path| !is_path(&path.value())) {
            let message = "pages cannot follow this: write names with dots between, `[0]` or \
                           `[-1]` behind a list, and `||` between alternatives";
            errors.push(syn::Error::new(path.span(), message));
        }
        if self.items.is_none() || self.item.is_none() {
            errors.push(
                meta.error("pages have `items = \"member\"` of the output and `item = Type`"),
            );
        } else if self.field.is_empty() && self.items_field().is_none() {
            errors.push(meta.error(
                "say which field of the output holds the items: `field = …`, or `field = list?.…` \
                 where it is in a structure that may be absent",
            ));
        }
        if let Some(mark) = self.field.last().and_then(|step| step.optional) {
            let message = "the last field holds the items, absent or not: take the `?` away";
            errors.push(syn::Error::new_spanned(mark, message));
        }
    }

    /// What the pages name of the input.
    pub(crate) fn input_members(&self) -> impl Iterator<Item = &LitStr> {
        let names = self.tokens.iter().chain(&self.number);
        names.filter_map(|names| names.first()).chain(&self.size)
    }

    /// The constants of the pages' schema.
    pub(crate) fn schema(&self) -> TokenStream {
        let or_empty = |text: Option<&LitStr>| text.map_or_else(String::new, LitStr::value);
        let items = or_empty(self.items.as_ref());
        let size = or_empty(self.size.as_ref());
        if let Some(names) = &self.number {
            let (input, total) = (or_empty(names.first()), or_empty(names.get(1)));
            return quote! {
                const PAGES: ::core::option::Option<t::PageSchema> =
                    t::number_pages([#items, #size, #input, #total]);
            };
        }
        let more = or_empty(self.more.as_ref());
        let tokens = self.tokens.iter().map(|token| {
            let (input, output) = (or_empty(token.first()), or_empty(token.get(1)));
            quote!(t::token(#input, #output))
        });
        quote! {
            const TOKENS: &'static [t::PageToken] = &[#(#tokens),*];
            const PAGES: ::core::option::Option<t::PageSchema> =
                t::token_pages([#items, #size, #more], Self::TOKENS);
        }
    }

    /// The field of the output that holds the items is called like the member, where nothing else
    /// is said.
    fn items_field(&self) -> Option<Step> {
        let items = self.items.as_ref()?;
        let mut field: Ident = syn::parse_str(&items.value()).ok()?;
        field.set_span(items.span());
        Some(Step { field, optional: None })
    }

    /// Statements that take the items out of `output`.
    pub(crate) fn items_of_output(&self) -> TokenStream {
        let mut statements = TokenStream::new();
        let mut place = quote!(output);
        let mut at_output = true;
        for Step { field, optional } in &self.field {
            // A mistake is shown at the field, in which `output` has no part.
            let span = Span::call_site().located_at(field.span());
            place = if at_output {
                quote_spanned!(span=> output.#field)
            } else {
                quote_spanned!(span=> #place.#field)
            };
            at_output = optional.is_some();
            if at_output {
                let part = quote_spanned!(span=> t::Part::part(#place));
                statements.extend(quote! {
                    let ::core::option::Option::Some(output) = #part else {
                        return ::std::vec::Vec::new();
                    };
                });
            }
        }
        quote!(#statements t::IntoItems::into_items(#place))
    }

    pub(crate) fn expand(&self, input: &DeriveInput, items: &TokenStream) -> TokenStream {
        let ident = &input.ident;
        let item = &self.item;
        quote! {
            impl t::Paged for #ident {
                type Item = #item;

                #[inline]
                fn items(output: <Self as t::Operation>::Output) -> ::std::vec::Vec<#item> {
                    #items
                }
            }
        }
    }
}

/// The way of `field = distribution_list?.items`.
fn steps(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<Step>> {
    let input = meta.value()?;
    let mut steps = Vec::new();
    loop {
        steps.push(Step { field: input.call(Ident::parse_any)?, optional: input.parse()? });
        if input.parse::<Option<Token![.]>>()?.is_none() {
            return Ok(steps);
        }
    }
}

/// Whether the runtime can follow it: `NextMarker || Contents[-1].Key`.
fn is_path(text: &str) -> bool {
    let is_name = |name: &str| {
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        !name.is_empty() && name.chars().all(allowed)
    };
    let is_segment = |segment: &str| match segment.split_once('[') {
        Some((name, rest)) => {
            let index = rest.strip_suffix(']').map(str::parse::<i64>);
            is_name(name) && matches!(index, Some(Ok(_)))
        }
        None => is_name(segment),
    };
    text.split("||").all(|alternative| alternative.trim().split('.').all(is_segment))
}
