//! `api!`: a client in place, made of a spec file.

use crate::errors::Errors;
use proc_macro2::TokenStream;
use quote::quote;
use std::path::{Path, PathBuf};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{LitStr, Token};
use typefoundry_spec::{Diagnostics, SpecFiles, Style};

/// `"path/to/spec.json"`, and perhaps `operations = ["A", "B"]`.
struct Input {
    path: LitStr,
    operations: Vec<LitStr>,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path = input.parse()?;
        let mut operations = Vec::new();
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        if !input.is_empty() {
            let key: syn::Ident = input.parse()?;
            if key != "operations" {
                return Err(syn::Error::new(
                    key.span(),
                    "`api` takes a path and `operations = [\"…\"]`",
                ));
            }
            input.parse::<Token![=]>()?;
            let list;
            syn::bracketed!(list in input);
            let names: Punctuated<LitStr, Token![,]> = Punctuated::parse_terminated(&list)?;
            operations.extend(names);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(Self { path, operations })
    }
}

pub(crate) fn expand(input: TokenStream) -> syn::Result<TokenStream> {
    let input: Input = syn::parse2(input)?;
    let name = input.path.value();
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let file = folder.join(&name);
    let error = |message: String| syn::Error::new(input.path.span(), message);
    let read = |path: &Path| {
        std::fs::read_to_string(path).map_err(|cause| {
            let place = "the path starts at the folder of the crate's Cargo.toml";
            let is_overlay = path != file;
            error(match cause.kind() {
                _ if is_overlay => format!("cannot read the overlay of `{name}`: {cause}"),
                std::io::ErrorKind::NotFound => format!("there is no spec `{name}`: {place}"),
                _ => format!("cannot read the spec `{name}`: {cause}; {place}"),
            })
        })
    };
    let files = SpecFiles::read(&name, &file, read)?;
    // Reading the files once more makes the compiler see that they are inputs, so that cargo builds
    // again when they change.
    let mut paths = vec![file.display().to_string()];
    if files.overlay.is_some() {
        paths.extend(typefoundry_spec::find_overlay(&file).map(|path| path.display().to_string()));
    }
    let tracked = quote!(
        #(const _: &str = ::core::include_str!(#paths);)*
    );
    match module(&input, &name, &files) {
        Ok(module) => Ok(quote!(#tracked #module)),
        // Also a spec that is mended must be seen.
        Err(error) => {
            let error = error.into_compile_error();
            Ok(quote!(#tracked #error))
        }
    }
}

/// The module's items, or everything that is wrong with the spec.
fn module(input: &Input, name: &str, files: &SpecFiles) -> syn::Result<TokenStream> {
    let error = |message: String| syn::Error::new(input.path.span(), message);
    let report = |diagnostics: &Diagnostics| {
        error(format!("the spec has mistakes\n\n{}", diagnostics.render(Style::Plain)))
    };
    let (model, mut diagnostics) =
        files.load().into_parts().map_err(|diagnostics| report(&diagnostics))?;
    let mut errors = Errors::default();
    for operation in &input.operations {
        if model.find_operation(&operation.value()).is_none() {
            let message = format!("`{name}` has no operation `{}`", operation.value());
            errors.push(syn::Error::new(operation.span(), message));
        }
    }
    errors.finish()?;
    let options = typefoundry_codegen::Options {
        operations: input.operations.iter().map(LitStr::value).collect(),
    };
    let module = typefoundry_codegen::generate(&model, &options, &mut diagnostics)
        .map_err(|unknown| error(unknown.to_string()))?;
    module.map(|module| module.inline()).ok_or_else(|| report(&diagnostics))
}
