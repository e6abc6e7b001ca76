//! `waiter(…)` of `#[operation(…)]`

use crate::attributes::{Keys, status, text};
use crate::errors::Errors;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::meta::ParseNestedMeta;
use syn::{LitBool, LitInt, LitStr};

const WAITER: Keys = Keys {
    attribute: "waiter",
    names: &["name", "delay", "max_delay", "attempts", "success", "retry", "failure"],
    many: &["success", "retry", "failure"],
};
const ACCEPTOR: Keys =
    Keys::new("an acceptor", &["status", "error", "path", "both", "equals", "all", "any"]);

/// What can be waited for by calling an operation.
#[derive(Default)]
pub(crate) struct Waiter {
    pub(crate) name: Option<LitStr>,
    delay: Option<LitInt>,
    max_delay: Option<LitInt>,
    attempts: Option<LitInt>,
    acceptors: Vec<Acceptor>,
}

/// What an answer means.
struct Acceptor {
    state: Ident,
    matcher: Matcher,
}

#[derive(Default)]
struct Matcher {
    status: Option<u16>,
    error: Option<Expected>,
    path: Option<LitStr>,
    both: bool,
    /// The variant of `Which`
    expected: Option<(&'static str, Expected)>,
}

enum Expected {
    Text(LitStr),
    Bool(LitBool),
}

impl Expected {
    fn read(meta: &ParseNestedMeta<'_>) -> syn::Result<Self> {
        let value = meta.value()?;
        if value.peek(LitBool) {
            return value.parse().map(Self::Bool);
        }
        let message = "write a text, true or false";
        value.parse().map(Self::Text).map_err(|error| syn::Error::new(error.span(), message))
    }
}

impl Waiter {
    pub(crate) fn read(meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Self> {
        let mut waiter = Self::default();
        // What is there but wrong is reported as that.
        let mut seen = Vec::new();
        WAITER.read_nested(meta, errors, |key, meta, errors| {
            seen.push(key.to_owned());
            let state = match key {
                "name" => {
                    waiter.name = Some(text(meta)?);
                    return Ok(());
                }
                "delay" => return number(meta).map(|it| waiter.delay = Some(it)),
                "max_delay" => return number(meta).map(|it| waiter.max_delay = Some(it)),
                "attempts" => return number(meta).map(|it| waiter.attempts = Some(it)),
                "success" => "Success",
                "retry" => "Retry",
                _ => "Failure",
            };
            let state = Ident::new(state, Span::call_site());
            let matcher = Matcher::read(meta, errors)?;
            waiter.acceptors.push(Acceptor { state, matcher });
            Ok(())
        })?;
        for key in ["name", "delay"] {
            if !seen.iter().any(|seen| seen == key) {
                errors.push(meta.error(format!("the waiter has no `{key}`")));
            }
        }
        if waiter.acceptors.is_empty() {
            errors.push(meta.error("the waiter has no `success(…)`: nothing would end it well"));
        }
        Ok(waiter)
    }

    /// An expression of the waiter's schema.
    pub(crate) fn schema(&self) -> TokenStream {
        let name = or_empty(self.name.as_ref());
        let or_zero = |number: &Option<LitInt>| number.as_ref().map_or(quote!(0), |it| quote!(#it));
        let (delay, max_delay) = (or_zero(&self.delay), or_zero(&self.max_delay));
        let attempts = or_zero(&self.attempts);
        let acceptors = self.acceptors.iter().map(|Acceptor { state, matcher }| {
            let matcher = matcher.expression();
            quote!(t::Acceptor { state: t::WaiterState::#state, matcher: t::Matcher::#matcher })
        });
        quote! {
            t::WaiterSchema {
                name: t::Cow::Borrowed(#name),
                delay: #delay,
                max_delay: #max_delay,
                attempts: #attempts,
                acceptors: t::Cow::Borrowed(&[#(#acceptors),*]),
            }
        }
    }
}

impl Matcher {
    fn read(meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Self> {
        let mut matcher = Self::default();
        let mut seen = Vec::new();
        ACCEPTOR.read_nested(meta, errors, |key, meta, _| {
            seen.push(key.to_owned());
            let which = match key {
                "status" => {
                    matcher.status = Some(status(meta)?);
                    return Ok(());
                }
                "error" => {
                    matcher.error = Some(Expected::read(meta)?);
                    return Ok(());
                }
                "path" => {
                    let path = text(meta)?;
                    check_path(&path)?;
                    matcher.path = Some(path);
                    return Ok(());
                }
                "both" => {
                    matcher.both = true;
                    return Ok(());
                }
                "equals" => "Whole",
                "all" => "All",
                _ => "Any",
            };
            if matcher.expected.is_some() {
                return Err(meta.error("write one of `equals`, `all` and `any`"));
            }
            matcher.expected = Some((which, Expected::read(meta)?));
            Ok(())
        })?;
        let count = |keys: &[&str]| seen.iter().filter(|seen| keys.contains(&&***seen)).count();
        if count(&["status", "error", "path"]) != 1 {
            errors.push(meta.error("an acceptor looks at one thing: `status`, `error` or `path`"));
        } else if count(&["path"]) != count(&["equals", "all", "any"]).min(1) {
            let message = "a `path` finds what `equals`, `all` or `any` says";
            errors.push(meta.error(message));
        }
        Ok(matcher)
    }

    /// The variant of the runtime's matcher.
    fn expression(&self) -> TokenStream {
        if let Some(status) = self.status {
            return quote!(Status(#status));
        }
        match &self.error {
            Some(Expected::Text(code)) => return quote!(Error(t::Cow::Borrowed(#code))),
            Some(Expected::Bool(failed)) => return quote!(Failed(#failed)),
            None => {}
        }
        let Self { both, expected, .. } = self;
        let path = or_empty(self.path.as_ref());
        let (which, expected) = match expected {
            Some((which, Expected::Text(text))) => (*which, quote!(Text(t::Cow::Borrowed(#text)))),
            Some((which, Expected::Bool(value))) => (*which, quote!(Bool(#value))),
            None => ("Whole", quote!(Bool(true))),
        };
        let which = Ident::new(which, Span::call_site());
        quote!(Path {
            path: t::Cow::Borrowed(#path),
            both: #both,
            which: t::Which::#which,
            expected: t::Expected::#expected,
        })
    }
}

fn or_empty(text: Option<&LitStr>) -> String {
    text.map_or_else(String::new, LitStr::value)
}

fn number(meta: &ParseNestedMeta<'_>) -> syn::Result<LitInt> {
    let number: LitInt = meta.value()?.parse()?;
    match number.base10_parse::<u32>() {
        Ok(1..) => Ok(number),
        _ => Err(syn::Error::new(number.span(), "write a whole number from 1 on")),
    }
}

#[cfg(feature = "waiters")]
fn check_path(path: &LitStr) -> syn::Result<()> {
    let read = typefoundry_jmespath::parse(&path.value());
    read.map(|_| ()).map_err(|error| {
        syn::Error::new(path.span(), format!("this is no JMESPath expression: {error}"))
    })
}

/// Without the feature the runtime has no waiters, and says so.
#[cfg(not(feature = "waiters"))]
#[expect(clippy::unnecessary_wraps, reason = "the other form can fail")]
fn check_path(_: &LitStr) -> syn::Result<()> {
    Ok(())
}
