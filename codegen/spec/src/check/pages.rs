//! Pages: the members that lead from one to the next.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::location::{At, Span};
use crate::model::{Kind, Member, Model, Operation, Pages, Paging};
use crate::words::suggest;

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for operation in &model.operations {
        match &operation.pages {
            Some(pages) => paged(model, operation, pages, diagnostics),
            None => unpaged(model, operation, diagnostics),
        }
    }
}

/// A name that `pages` gives to a member.
struct Named<'a> {
    key: &'static str,
    name: &'a str,
    at: At,
    side: &'static str,
    members: &'a [Member],
}

impl<'a> Named<'a> {
    /// The member, if there is one; otherwise that is reported.
    fn member(&self, diagnostics: &mut Diagnostics) -> Option<&'a Member> {
        let found = self.members.iter().find(|member| member.name == self.name);
        if found.is_none() {
            let names: Vec<_> = self.members.iter().map(|member| member.name.as_str()).collect();
            let message = format!(
                "`{}` names `{}`, which is no member of the {}",
                self.key, self.name, self.side
            );
            let help = suggest(self.name, &names, "member");
            diagnostics.push(
                Diagnostic::new(&codes::PAGE_MEMBER, Span::value(self.at), message).help(help),
            );
        }
        found
    }
}

fn paged(model: &Model, operation: &Operation, pages: &Pages, diagnostics: &mut Diagnostics) {
    let input = |key, at, name| Named { key, name, at, side: "input", members: &operation.input };
    let output = |key, at, name| Named {
        key,
        name,
        at,
        side: "output",
        members: operation.output_members(),
    };
    let kind = |member: &Member| &model.shape(member.target).kind;
    let mut entry = |key| diagnostics.entry(pages.at, key);
    let mut wanted = vec![(output("items", entry("items"), &pages.items), "a list or a map")];
    if let Some(size) = &pages.size {
        // Glacier's and others' limits are digits in a string.
        wanted.push((input("size", entry("size"), size), "a whole number or a string"));
    }
    match &pages.paging {
        Paging::Number { input: number, total } => {
            wanted.push((input("number", entry("number"), number), "a whole number"));
            if let Some(total) = total {
                wanted.push((output("total", entry("total"), total), "a whole number"));
            }
        }
        Paging::Token { tokens, .. } => {
            let token = entry("token");
            for (index, (from, to)) in tokens.iter().enumerate() {
                let at = match &tokens[..] {
                    [_] => token,
                    _ => diagnostics.child(token, index),
                };
                let from_at = diagnostics.child(at, 0);
                let from = input("token", from_at, from).member(diagnostics);
                // A path or an expression is looked up in the answer, and is not checked here.
                if !is_plain(to) {
                    continue;
                }
                let to_at = diagnostics.child(at, 1);
                let to = output("token", to_at, to).member(diagnostics);
                if let (Some(from), Some(to)) = (from, to)
                    && kind(from).word() != kind(to).word()
                    && !(is_text(kind(from)) && is_text(kind(to)))
                {
                    let message = format!(
                        "the token is {} in the input and {} in the output",
                        kind(from).phrase(),
                        kind(to).phrase()
                    );
                    diagnostics.push(
                        Diagnostic::new(&codes::PAGE_TYPE, Span::value(at), message)
                            .related(Span::key(from.at), "the input's")
                            .related(Span::key(to.at), "the output's")
                            .help("an output's token is sent as it came, so both are of one kind"),
                    );
                }
            }
        }
    }
    for (named, takes) in wanted {
        if named.key == "items" && !is_plain(named.name) {
            path(model, operation, &named, diagnostics);
            continue;
        }
        let Some(member) = named.member(diagnostics) else { continue };
        let kind = kind(member);
        let fits = match named.key {
            "items" => matches!(kind, Kind::List(_) | Kind::Map(_)),
            "size" => kind.is_whole() || is_text(kind),
            _ => kind.is_whole(),
        };
        if !fits {
            let message =
                format!("`{}` is {takes}, and `{}` is {}", named.key, named.name, kind.phrase());
            diagnostics.push(
                Diagnostic::new(&codes::PAGE_TYPE, Span::value(named.at), message)
                    .related(Span::key(member.at), "this member")
                    .help("name another member, or mend its type"),
            );
        }
    }
}

fn is_plain(name: &str) -> bool {
    name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::String | Kind::Enum(_))
}

/// A path to the items, `DistributionList.Items`, leads through structures to a list or a map.
fn path(model: &Model, operation: &Operation, named: &Named<'_>, diagnostics: &mut Diagnostics) {
    if model.find_output_path(operation, named.name).is_none() {
        let message = format!("`items` names `{}`, which leads to no list or map", named.name);
        diagnostics.push(
            Diagnostic::new(&codes::PAGE_MEMBER, Span::value(named.at), message)
                .help("write the names of the members from the output down, with dots between"),
        );
    }
}

/// botocore lacks a paginator for 981 operations that return a token: callers then page by hand.
fn unpaged(model: &Model, operation: &Operation, diagnostics: &mut Diagnostics) {
    let is_token = |member: &&Member| {
        let name = member.name.to_ascii_lowercase();
        name.ends_with("token") && name.contains("next")
            || matches!(
                name.as_str(),
                "pagetoken" | "marker" | "nextmarker" | "cursor" | "nextcursor"
            )
    };
    let (Some(input), Some(output)) =
        (operation.input.iter().find(is_token), operation.output_members().iter().find(is_token))
    else {
        return;
    };
    let is_list = |member: &&Member| matches!(model.shape(member.target).kind, Kind::List(_));
    let list = operation.output_members().iter().find(is_list);
    let items = list.map_or("…", |member| member.name.as_str());
    let message =
        format!("`{}` takes and returns a page token, but has no `pages`", operation.name);
    diagnostics.push(
        Diagnostic::new(&codes::UNPAGED_TOKEN, Span::key(input.at), message)
            .related(Span::key(output.at), "returned here")
            .help(format!(
                "add \"pages\": {{\"token\": [\"{}\", \"{}\"], \"items\": \"{items}\"}}",
                input.name, output.name
            )),
    );
}
