//! What each derive expands to, for a person to read. `INSTA_UPDATE=always cargo test -p
//! typefoundry-macros` writes the snapshots anew.

use crate::{builder, model, operation, service, service_error};
use proc_macro2::TokenStream;
use syn::{DeriveInput, parse_quote};

type Derive = fn(&DeriveInput) -> syn::Result<TokenStream>;

fn formatted(tokens: TokenStream) -> String {
    let file: syn::File = syn::parse2(tokens).expect("a derive gives whole items");
    prettyplease::unparse(&file)
}

fn snapshot(name: &str, derive: Derive, input: &DeriveInput) {
    read(name, &formatted(derive(input).expect("the input has no mistake")));
}

/// The messages of a derive that finds mistakes.
fn mistakes(name: &str, derive: Derive, input: &DeriveInput) {
    let error = derive(input).expect_err("the input has mistakes");
    let messages: Vec<_> = error.into_iter().map(|error| error.to_string()).collect();
    read(name, &messages.join("\n"));
}

fn read(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn a_structure() {
    let input = parse_quote! {
        #[model(name = "pet", crate = crate::runtime)]
        struct Pet {
            #[model(label)]
            owner: String,
            #[model(name = "dryRun", query = "dry-run")]
            dry_run: Option<bool>,
            #[model(header = "x-trace")]
            trace: Option<String>,
            #[model(header_prefix = "x-meta-")]
            meta: Option<Map<String, String>>,
            #[model(status)]
            code: Option<i32>,
            #[model(payload)]
            photo: Option<Blob>,
            #[model(name = "petName", wire = "n", message)]
            name: Nullable<String>,
            #[model(sensitive, format = "epoch-seconds")]
            born: Timestamp,
            r#type: Option<String>,
        }
    };
    snapshot("structure", model::expand, &input);
}

#[test]
fn a_structure_without_members() {
    snapshot(
        "empty_structure",
        model::expand,
        &parse_quote!(
            struct Nothing {}
        ),
    );
}

#[test]
fn an_enum() {
    let input = parse_quote! {
        enum Colour {
            #[model(name = "DARK_RED")]
            DarkRed,
            Blue,
            #[model(unknown)]
            Unknown(UnknownValue),
        }
    };
    snapshot("enum", model::expand, &input);
}

#[test]
fn a_union() {
    let input = parse_quote! {
        #[model(name = "place")]
        enum Place {
            #[model(name = "kennel")]
            Kennel(i32),
            #[model(wire = "h", sensitive)]
            Home(String),
            #[model(unknown)]
            Unknown(UnknownMember),
        }
    };
    snapshot("union", model::expand, &input);
}

#[test]
fn a_builder() {
    let input = parse_quote! {
        pub struct Pet {
            /// What to call it.
            name: String,
            r#type: String,
            items: Option<Vec<String>>,
            note: Nullable<String>,
        }
    };
    snapshot("builder", builder::expand, &input);
}

#[test]
fn an_operation_with_token_pages() {
    let input = parse_quote! {
        #[operation(
            service = Pets,
            output = ListPetsOutput,
            http = "GET /owners/{owner}/pets?kind=dog",
            name = "list-pets",
            status = 200,
            idempotent,
            secret,
            pages(token("nextToken", "next"), items = "type", field = r#type, item = Pet, size = "limit")
        )]
        pub struct ListPets {
            #[model(label)]
            owner: String,
            #[model(name = "nextToken")]
            next_token: Option<String>,
            limit: Option<i32>,
        }
    };
    snapshot("operation_token_pages", operation::expand, &input);
}

#[test]
fn an_operation_with_events() {
    let input = parse_quote! {
        #[operation(
            service = Pets,
            output = WatchPetsOutput,
            http = "POST /watch",
            events(input = Calls, output = Barks)
        )]
        pub struct WatchPets {
            #[model(header = "x-owner")]
            owner: String,
        }
    };
    snapshot("operation_events", operation::expand, &input);
}

#[test]
fn an_operation_with_number_pages() {
    let input = parse_quote! {
        #[operation(
            service = Pets,
            output = ListPetsOutput,
            http = "POST /pets",
            pages(number("page", "total"), items = "pets", item = (String, i32))
        )]
        struct ListPets {
            page: Option<i32>,
        }
    };
    snapshot("operation_number_pages", operation::expand, &input);
}

#[test]
fn an_operation_with_nested_pages() {
    let input = parse_quote! {
        #[operation(
            service = Pets,
            output = ListPetsOutput,
            http = "GET /pets",
            pages(
                token("key", "list.nextKey || list.page.pets[-1].key"),
                token("version", "list.nextVersion"),
                more = "list.more",
                items = "list.page.pets",
                field = list?.page.pets,
                item = Pet
            )
        )]
        struct ListPets {
            key: Option<String>,
            version: Option<String>,
        }
    };
    snapshot("operation_nested_pages", operation::expand, &input);
}

#[test]
fn a_service() {
    let input = parse_quote! {
        #[service(
            id = "acme/pets",
            title = "Pets",
            version = "1",
            protocol = "rest-json",
            endpoint = "https://pets.{region}.example.com",
            region = "north",
            rules(template = "standard", host = "pets"),
            error = Error,
            auth("sigv4", name = "pets"),
            auth("none"),
            header("x-region", "{region}"),
            errors(envelope = "/error", code("code", "type"), message("text"))
        )]
        struct Pets;
    };
    snapshot("service", service::expand, &input);
}

#[test]
fn the_errors_of_a_service() {
    let input = parse_quote! {
        #[service_error(service = Pets)]
        enum Error {
            #[service_error(status = 404, message = "what")]
            NotFound(Box<Modeled<NotFound>>),
            #[service_error(shape = "busy", code("1", "2"), has = "retryAfter", retryable, throttling)]
            Busy(Box<Modeled<Busy>>),
            #[service_error(other)]
            Other(typefoundry::Error),
        }
    };
    snapshot("service_error", service_error::expand, &input);
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let input = parse_quote! {
        #[model(nam = "x")]
        #[operation(http = "pets", statis = 200, pages(item = Pet))]
        struct ListPets<T> {
            #[model(naem = "a", query = "q", header = "h", format = "iso", wire = "w")]
            a: T,
            #[model(name = "a")]
            b: Option<String>,
            #[model(query = "q")]
            c: Option<String>,
        }
    };
    mistakes("mistakes_of_a_model", model::expand, &input);
    mistakes("mistakes_of_an_operation", operation::expand, &input);
}

/// What stands beside a mistake must be code of its own.
#[test]
fn a_fallback_is_whole_items() {
    type Fallback = fn(&DeriveInput) -> TokenStream;
    let fallbacks: [Fallback; 5] = [
        model::fallback,
        builder::fallback,
        operation::fallback,
        service::fallback,
        service_error::fallback,
    ];
    let inputs: [DeriveInput; 8] = [
        parse_quote!(
            struct A;
        ),
        parse_quote!(
            struct A(i32, String);
        ),
        parse_quote!(
            struct A<T> {
                a: T,
            }
        ),
        parse_quote!(
            struct A {
                #[model(nam)]
                a: String,
                #[model(name = "a")]
                set_a: Option<B>,
                a_: Option<C>,
            }
        ),
        parse_quote!(
            enum A {
                B,
                C,
            }
        ),
        parse_quote!(
            enum A {
                B(i32),
                C,
            }
        ),
        parse_quote!(union A { b: i32 }),
        parse_quote! {
            #[operation(service = B, output = C, http = "", pages(item = D))]
            #[service(error = E)]
            #[service_error(service = F)]
            struct A { b: String }
        },
    ];
    for input in &inputs {
        for fallback in fallbacks {
            formatted(fallback(input));
        }
    }
}

/// Two members may share a name in the body if the elements of one come one by one, whichever of
/// them is the first.
#[test]
fn a_flattened_member_shares_its_name() {
    let inputs: [DeriveInput; 2] = [
        parse_quote! {
            struct Notification {
                #[model(name = "Event")]
                event: Option<String>,
                #[model(name = "Events", wire = "Event", flattened)]
                events: Option<Vec<String>>,
            }
        },
        parse_quote! {
            struct Notification {
                #[model(name = "Events", wire = "Event", flattened)]
                events: Option<Vec<String>>,
                #[model(name = "Event")]
                event: Option<String>,
            }
        },
    ];
    for input in &inputs {
        model::expand(input).expect("the input has no mistake");
    }
}
