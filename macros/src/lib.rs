//! The derives that turn a plain annotated type into a Typefoundry model.
//!
//! Use them through the crate `typefoundry`, which documents them with the types that they stand
//! on. Each derive is a function from tokens to tokens in a module of its own.

#[cfg(feature = "api")]
mod api;
mod attributes;
mod builder;
mod errors;
mod fields;
mod input;
mod model;
mod operation;
mod operation_traits;
mod pages;
mod service;
mod service_error;
#[cfg(test)]
mod tests;
mod waiters;

use proc_macro::TokenStream;
use syn::DeriveInput;

/// Makes a model of a struct or an enum: a schema, and access to its members.
///
/// - A struct with named fields is a **structure**. A field whose type is not `Option` or
///   `Nullable` is required.
/// - An enum of unit variants is an **enum**: an open set of texts. One variant, marked
///   `#[model(unknown)]`, holds an `UnknownValue`.
/// - An enum of one-field variants is a **union**. One variant, marked `#[model(unknown)]`, holds
///   an `UnknownMember`.
///
/// A model gets `Clone`, `Debug` and `PartialEq` along, a structure without a required field `Default`
/// too, and an enum `Eq`, `Hash`, `Display` and `From<&str>`: all of them go by what the runtime knows
/// of a type, which builds faster than code for each, so none of them is derived besides. `Debug`
/// tells what is there by its name in the model and writes `<redacted>` in place of what is
/// `sensitive`: a model that prints secrets cannot be made by mistake.
///
/// `#[model(…)]` takes, on the type: `name = "…"`, `crate = path` and `builder = Name` (what the
/// builder is called, where that is not `…Builder`). On a field or variant:
/// `name = "…"` (its name in the model, by default that of the field), `wire = "…"` (its name in
/// a body), `format = "date-time" | "epoch-seconds" | "epoch-millis" | "http-date"`, `sensitive`,
/// and on a field one of `label`, `query = "…"`, `header = "…"`, `header_prefix = "…"`,
/// `payload`, `status`, `endpoint_only`; on an error's field also `message`, on an input's `idempotency_token`,
/// `host_label`, `endpoint_param = "…"` and `discovery_id`; `json_text` for a document that travels as text; for XML
/// and queries `flattened`, `attribute`, `namespace = "…"`, `query_name = "…"`, `item = "…"` and
/// `key = "…"` (what elements, values and keys are called); for events `event_header` and
/// `event_payload`.
#[proc_macro_derive(Model, attributes(model))]
pub fn derive_model(input: TokenStream) -> TokenStream {
    expand(input, model::expand, model::fallback)
}

/// Gives a structure a builder that knows at compile time which required members are missing.
///
/// Each required member has a setter; each optional one also a twin `set_…` that takes an
/// `Option`. A setter that would hide a method of the builder is called `with_…`.
#[proc_macro_derive(Build, attributes(model))]
pub fn derive_build(input: TokenStream) -> TokenStream {
    expand(input, builder::expand, builder::fallback)
}

/// Makes an operation of a structure, which is its input. It brings the builder of `Build` along.
///
/// `#[operation(…)]` takes `service = Type`, `output = Type` and `http = "METHOD /path/{Label}"`,
/// and where they apply `name = "…"`, `status = 204`, `idempotent`, `secret` (something in its
/// input or output is sensitive) and `pages(…)`. The latter takes `token("input", "output")`, once
/// or several times, with `more = "…"` where a member says whether there are more, or
/// `number("input", "total")`; `items = "…"`, `field = ident` (of the output, where it is not
/// called like the member), `item = Type` and `size = "…"`. Members of the output may be paths,
/// `items = "List.Items", field = list?.items`: the `?` is behind a field that may be absent. A
/// token's may also be `NextMarker || Contents[-1].Key`.
///
/// `streams(input, output)` has a body as a stream of bytes (`sized_input` where it must say its length,
/// `required` where a call without one does not compile), and `events(input = Type, output = Type)` as a
/// stream of events, which are a union.
///
/// `waiter(name = "…", delay = 20, attempts = 25, …)` is something that can be waited for by calling
/// it; `max_delay = 120` has the pauses grow. What an answer means is `success(…)`, `retry(…)` or
/// `failure(…)`, of which the first that fits decides, with `status = 404`, `error = "Code"`,
/// `error = true` (any) or `false` (none), or a `JMESPath` expression, `path = "Table.Status"`, and
/// what it finds: `equals = "ACTIVE"`, or `all = …` or `any = …` of a list. With `both` the path
/// begins above `input` and `output`.
#[proc_macro_derive(Operation, attributes(model, operation))]
pub fn derive_operation(input: TokenStream) -> TokenStream {
    expand(input, operation::expand, operation::fallback)
}

/// Describes a service: what all its operations share.
///
/// `#[service(…)]` takes `id = "provider/name"`, `title = "…"`, `endpoint = "https://…"`,
/// `error = Type`, and where they apply `version = "…"`, `protocol = "rest-json" | "rest"`
/// (default), `region = "…"` (the default one), `auth("scheme", setting = "…")`,
/// `header("name", "value")`, `errors(envelope = "…", code("…"), message("…"))` and
/// `discovery(operation = "…", required("…"), optional("…"))`, which names the operations whose endpoint
/// must or may be asked for, and the one that is asked.
#[proc_macro_derive(Service, attributes(service))]
pub fn derive_service(input: TokenStream) -> TokenStream {
    expand(input, service::expand, service::fallback)
}

/// Makes the error type of a service of an enum: one variant per error structure, each a
/// `Box<Modeled<Structure>>`, and one marked `#[service_error(other)]` that holds a
/// `typefoundry::Error`.
///
/// `#[service_error(…)]` takes, on the enum, `service = Type`; on a variant `shape = "…"` (by
/// default the variant's name), `code("…")`, `status = 400`, `has = "…"`, `message = "…"`,
/// `retryable`, `throttling`.
#[proc_macro_derive(ServiceError, attributes(service_error))]
pub fn derive_service_error(input: TokenStream) -> TokenStream {
    expand(input, service_error::expand, service_error::fallback)
}

/// Generates a client in place from a spec file, whose path is relative to the crate's
/// `Cargo.toml`: `api!("specs/pets.json")`, or with a choice of operations
/// `api!("specs/pets.json", operations = ["ListPets"])`.
///
/// A mistake in the spec is a compile error that shows the spec's line. Cargo builds again when
/// the file changes.
#[cfg(feature = "api")]
#[proc_macro]
pub fn api(input: TokenStream) -> TokenStream {
    api::expand(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// A derive's code, or its mistakes with something beside them that keeps the compiler from
/// reporting what only follows from them.
fn expand(
    input: TokenStream,
    derive: fn(&DeriveInput) -> syn::Result<proc_macro2::TokenStream>,
    fallback: fn(&DeriveInput) -> proc_macro2::TokenStream,
) -> TokenStream {
    let input = match syn::parse(input) {
        Ok(input::Input(input)) => input,
        Err(error) => return error.into_compile_error().into(),
    };
    let expanded = derive(&input).unwrap_or_else(|error| {
        let mut tokens = error.into_compile_error();
        tokens.extend(fallback(&input));
        tokens
    });
    expanded.into()
}
