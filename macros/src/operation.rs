//! `#[derive(Operation)]`

use crate::attributes::{refuse_generics, runtime, text, texts, unknown};
use crate::builder::Builder;
use crate::fields::struct_fields;
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::{DeriveInput, Ident, LitInt, LitStr, Path};

const KEYS: &[&str] =
    &["service", "output", "http", "name", "status", "idempotent", "secret", "pages"];
const PAGE_KEYS: &[&str] = &["token", "number", "items", "field", "item", "size"];

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    refuse_generics(input)?;
    let runtime = runtime(input)?;
    let fields = struct_fields(input)?;
    let facts = Facts::parse(input)?;
    labels(&facts, &fields)?;
    let builder = Builder::new(input, &fields);
    let building = builder.expand(&runtime);
    let operation = facts.expand(input, &runtime);
    let sending = sending(input, &builder, &runtime, &facts);
    Ok(quote!(#building #operation #sending))
}

/// What `#[operation(…)]` says.
struct Facts {
    service: Path,
    output: Path,
    method: String,
    uri: String,
    http: LitStr,
    name: LitStr,
    status: u16,
    idempotent: bool,
    secret: bool,
    pages: Option<Pages>,
}

#[derive(Default)]
struct Pages {
    token: Option<Vec<LitStr>>,
    number: Option<Vec<LitStr>>,
    items: Option<LitStr>,
    field: Option<Ident>,
    item: Option<syn::Type>,
    size: Option<LitStr>,
}

impl Facts {
    fn parse(input: &DeriveInput) -> syn::Result<Self> {
        let mut service = None;
        let mut output = None;
        let mut http: Option<LitStr> = None;
        let mut name = LitStr::new(&input.ident.unraw().to_string(), input.ident.span());
        let (mut status, mut idempotent, mut secret) = (0, false, false);
        let mut pages = None;
        let ours = |attribute: &&syn::Attribute| attribute.path().is_ident("operation");
        for attribute in input.attrs.iter().filter(ours) {
            attribute.parse_nested_meta(|meta| {
                let key = meta.path.get_ident().map_or_else(String::new, ToString::to_string);
                match key.as_str() {
                    "service" => service = Some(meta.value()?.parse()?),
                    "output" => output = Some(meta.value()?.parse()?),
                    "http" => http = Some(text(&meta)?),
                    "name" => name = text(&meta)?,
                    "status" => status = meta.value()?.parse::<LitInt>()?.base10_parse()?,
                    "idempotent" => idempotent = true,
                    "secret" => secret = true,
                    "pages" => pages = Some(Pages::parse(&meta)?),
                    _ => return Err(unknown(&meta, "operation", KEYS)),
                }
                Ok(())
            })?;
        }
        let missing = |key: &str| {
            let message = format!("the operation has no `{key}`: add it to #[operation(…)]");
            syn::Error::new_spanned(&input.ident, message)
        };
        let http = http.ok_or_else(|| missing("http"))?;
        let line = http.value();
        let (method, uri) = line
            .split_once(' ')
            .filter(|(method, uri)| {
                method.bytes().all(|byte| byte.is_ascii_uppercase()) && uri.starts_with('/')
            })
            .ok_or_else(|| {
                syn::Error::new(http.span(), "write a method, a space and a path: `GET /pets/{id}`")
            })?;
        Ok(Self {
            service: service.ok_or_else(|| missing("service"))?,
            output: output.ok_or_else(|| missing("output"))?,
            method: method.to_owned(),
            uri: uri.to_owned(),
            http,
            name,
            status,
            idempotent,
            secret,
            pages,
        })
    }

    fn expand(&self, input: &DeriveInput, runtime: &TokenStream) -> TokenStream {
        let ident = &input.ident;
        let Self { service, output, method, uri, name, status, idempotent, secret, .. } = self;
        let pages = match &self.pages {
            Some(pages) => pages.schema(),
            None => quote!(::core::option::Option::None),
        };
        let paged = self.pages.as_ref().map(|pages| pages.expand(ident));
        quote! {
            const _: () = {
                use #runtime::__private as t;

                #[automatically_derived]
                impl t::Operation for #ident {
                    type Service = #service;
                    type Output = #output;

                    fn schema() -> &'static t::OperationSchema {
                        static SCHEMA: t::OperationSchema = t::OperationSchema {
                            name: t::Cow::Borrowed(#name),
                            method: t::Cow::Borrowed(#method),
                            uri: t::Cow::Borrowed(#uri),
                            status: #status,
                            idempotent: #idempotent,
                            secret: #secret,
                            pages: #pages,
                        };
                        &SCHEMA
                    }
                }

                #paged
            };
        }
    }
}

impl Pages {
    fn parse(meta: &ParseNestedMeta<'_>) -> syn::Result<Self> {
        let mut pages = Self::default();
        meta.parse_nested_meta(|meta| {
            let key = meta.path.get_ident().map_or_else(String::new, ToString::to_string);
            match key.as_str() {
                "token" => pages.token = Some(texts(&meta)?),
                "number" => pages.number = Some(texts(&meta)?),
                "items" => pages.items = Some(text(&meta)?),
                "field" => pages.field = Some(meta.value()?.call(Ident::parse_any)?),
                "item" => pages.item = Some(meta.value()?.parse()?),
                "size" => pages.size = Some(text(&meta)?),
                _ => return Err(unknown(&meta, "pages", PAGE_KEYS)),
            }
            Ok(())
        })?;
        let paging = match (&pages.token, &pages.number) {
            (Some(token), None) => token.len() == 2,
            (None, Some(number)) => matches!(number.len(), 1 | 2),
            _ => false,
        };
        if !paging {
            return Err(meta.error(
                "pages follow either `token(\"input\", \"output\")` or `number(\"input\", \"total\")`",
            ));
        }
        if pages.items.is_none() || pages.item.is_none() {
            return Err(
                meta.error("pages have `items = \"member\"` of the output and `item = Type`")
            );
        }
        Ok(pages)
    }

    fn schema(&self) -> TokenStream {
        let items = &self.items;
        let size = self.size.as_ref().map_or_else(String::new, LitStr::value);
        let paging = match (&self.token, &self.number) {
            (Some(token), _) => {
                let (input, output) = (&token[0], &token[1]);
                quote!(t::Paging::Token {
                    input: t::Cow::Borrowed(#input),
                    output: t::Cow::Borrowed(#output),
                })
            }
            (None, number) => {
                let names = number.as_deref().unwrap_or_default();
                let input = names.first();
                let total = names.get(1).map_or_else(String::new, LitStr::value);
                quote!(t::Paging::Number {
                    input: t::Cow::Borrowed(#input),
                    total: t::Cow::Borrowed(#total),
                })
            }
        };
        quote! {
            ::core::option::Option::Some(t::PageSchema {
                paging: #paging,
                items: t::Cow::Borrowed(#items),
                size: t::Cow::Borrowed(#size),
            })
        }
    }

    fn expand(&self, ident: &Ident) -> TokenStream {
        let item = &self.item;
        let field = self.field.clone().or_else(|| {
            let items = self.items.as_ref()?;
            Some(Ident::new(&items.value(), items.span()))
        });
        quote! {
            #[automatically_derived]
            impl t::Paged for #ident {
                type Item = #item;

                fn items(output: <Self as t::Operation>::Output) -> ::std::vec::Vec<#item> {
                    t::IntoItems::into_items(output.#field)
                }
            }
        }
    }
}

/// A label without a field leaves a hole in the path; the spec's checks say the same.
fn labels(facts: &Facts, fields: &[crate::fields::StructField<'_>]) -> syn::Result<()> {
    let path = facts.uri.split('?').next().unwrap_or_default();
    for segment in path.split('/') {
        let label = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let Some(label) = label.map(|label| label.trim_end_matches('+')) else { continue };
        if !fields.iter().any(|field| field.member.name.value() == label) {
            let message =
                format!("no field fills the label `{label}`: add one with #[model(label)]");
            return Err(syn::Error::new(facts.http.span(), message));
        }
    }
    Ok(())
}

/// The methods of a builder that has a client.
fn sending(
    input: &DeriveInput,
    builder: &Builder<'_>,
    runtime: &TokenStream,
    facts: &Facts,
) -> TokenStream {
    let ident = &input.ident;
    let vis = &input.vis;
    let Facts { service, output, .. } = facts;
    let name = &builder.name;
    let params = builder.params();
    let bounds = builder.bounds(runtime);
    let pages = facts.pages.as_ref().map(|_| {
        quote! {
            /// The pages, one call each.
            #vis fn pages(self) -> #runtime::Pages<#ident>
            where
                #bounds
            {
                self.customize().pages()
            }

            /// The items of all pages.
            #vis fn items(self) -> #runtime::Items<#ident>
            where
                #bounds
            {
                self.customize().items()
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl<#(#params),*> #name<#runtime::Client<#service>, #(#params),*> {
            /// Sends the call.
            #vis fn send(
                self,
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<
                    #runtime::Response<#output>,
                    <#service as #runtime::Service>::Error,
                >,
            > + ::core::marker::Send
            where
                #bounds
            {
                self.customize().send()
            }

            /// The call, to be adjusted before it is sent: its region, endpoint, headers.
            #vis fn customize(self) -> #runtime::Call<#ident>
            where
                #bounds
            {
                self.purpose.prepare(self.value)
            }

            #pages
        }
    }
}
