//! Pages: the members that lead from one to the next.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::location::{At, Span};
use crate::model::path::{self, Lost, Step};
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

/// What `pages` says about one of its keys.
struct Named<'a> {
    key: &'static str,
    /// A name, or the path to an output's member
    text: &'a str,
    at: At,
}

/// A member that is there.
struct Known<'a> {
    kind: &'a Kind,
    at: At,
}

struct Cx<'a> {
    model: &'a Model,
    operation: &'a Operation,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Cx<'a> {
    /// A member of the input, if there is one; otherwise that is reported.
    fn input(&mut self, named: &Named<'_>) -> Option<Known<'a>> {
        let Some(member) = self.operation.input_member(named.text) else {
            self.no_member(named, named.text, "the input", &self.operation.input);
            return None;
        };
        Some(Known { kind: &self.model.shape(member.target).kind, at: member.at })
    }

    /// The members of the output that a path leads to, one for each alternative.
    fn output(&mut self, named: &Named<'_>) -> Vec<Known<'a>> {
        let is_token = named.key == "token";
        let is_plain = |paths: &Vec<Vec<Step<'_>>>| {
            paths.len() == 1 && paths.iter().flatten().all(|step| !step.indexed)
        };
        let parsed = path::parse(named.text).filter(|paths| is_token || is_plain(paths));
        let Some(alternatives) = parsed else {
            let message =
                format!("`{}` is `{}`, which pagers cannot follow", named.key, named.text);
            let help = if is_token {
                "write names with dots between, `[0]` or `[-1]` behind a list, and `||` between \
                 alternatives"
            } else {
                "write the name of a member, or names with dots between"
            };
            self.diagnostics.push(
                Diagnostic::new(&codes::PAGE_PATH, Span::value(named.at), message).help(help),
            );
            return Vec::new();
        };
        let mut known = Vec::new();
        // Alternatives may begin alike; one mistake is told once.
        let mut said = Vec::new();
        let mut is_new = |name: &str, owner: &str| {
            let mistake = (name.to_owned(), owner.to_owned());
            let is_new = !said.contains(&mistake);
            said.push(mistake);
            is_new
        };
        for steps in alternatives {
            match self.model.follow(self.operation.output_members(), &steps) {
                Ok(found) => {
                    let at = found.members.last().map_or(named.at, |member| member.at);
                    known.push(Known { kind: &self.model.shape(found.target).kind, at });
                }
                Err(Lost::Member(name, owner, members)) => {
                    let owner = owner
                        .map_or_else(|| "the output".to_owned(), |it| format!("`{}`", it.name));
                    if is_new(name, &owner) {
                        self.no_member(named, name, &owner, members);
                    }
                }
                Err(Lost::NoList(name)) => {
                    if is_new(name, "list") {
                        self.wrong(
                            named,
                            &format!("takes an element of `{name}`, which is no list"),
                        );
                    }
                }
                Err(Lost::NoStructure(name)) => {
                    if is_new(name, "structure") {
                        self.wrong(
                            named,
                            &format!("leads through `{name}`, which is no structure"),
                        );
                    }
                }
            }
        }
        known
    }

    fn wrong(&mut self, named: &Named<'_>, what: &str) {
        let message = format!("`{}` {what}", named.key);
        self.diagnostics.push(
            Diagnostic::new(&codes::PAGE_TYPE, Span::value(named.at), message)
                .help("name another member, or mend its type"),
        );
    }

    fn no_member(&mut self, named: &Named<'_>, name: &str, owner: &str, members: &[Member]) {
        let message = format!("`{}` names `{name}`, which is no member of {owner}", named.key);
        let known: Vec<_> = members.iter().map(|member| member.name.as_str()).collect();
        let help = suggest(name, &known, "member");
        self.diagnostics
            .push(Diagnostic::new(&codes::PAGE_MEMBER, Span::value(named.at), message).help(help));
    }

    fn fits(
        &mut self,
        named: &Named<'_>,
        known: impl IntoIterator<Item = Known<'a>>,
        takes: &str,
        fits: fn(&Kind) -> bool,
    ) {
        for known in known {
            if !fits(known.kind) {
                let message = format!(
                    "`{}` is {takes}, and `{}` is {}",
                    named.key,
                    named.text,
                    known.kind.phrase()
                );
                self.diagnostics.push(
                    Diagnostic::new(&codes::PAGE_TYPE, Span::value(named.at), message)
                        .related(Span::key(known.at), "this member")
                        .help("name another member, or mend its type"),
                );
            }
        }
    }

    /// A token goes back as it came, so both of its members are of one kind.
    fn token(&mut self, pair: At, (input, output): &(String, String)) {
        let mut at = |index| self.diagnostics.child(pair, index);
        let (input_at, output_at) = (at(0), at(1));
        let from = self.input(&Named { key: "token", text: input, at: input_at });
        let to = self.output(&Named { key: "token", text: output, at: output_at });
        let Some(from) = from else { return };
        for to in to {
            let alike =
                from.kind.word() == to.kind.word() || is_text(from.kind) && is_text(to.kind);
            if !alike {
                let message = format!(
                    "the token is {} in the input and {} in the output",
                    from.kind.phrase(),
                    to.kind.phrase()
                );
                self.diagnostics.push(
                    Diagnostic::new(&codes::PAGE_TYPE, Span::value(pair), message)
                        .related(Span::key(from.at), "the input's")
                        .related(Span::key(to.at), "the output's")
                        .help("an output's token is sent as it came, so both are of one kind"),
                );
            }
        }
    }
}

fn paged(model: &Model, operation: &Operation, pages: &Pages, diagnostics: &mut Diagnostics) {
    let mut cx = Cx { model, operation, diagnostics };
    let entry = |cx: &mut Cx<'_>, key| cx.diagnostics.entry(pages.at, key);
    let named = |cx: &mut Cx<'_>, key, text| Named { key, text, at: entry(cx, key) };

    let items = named(&mut cx, "items", &pages.items);
    let known = cx.output(&items);
    // RDS gives a log file in portions of text.
    let is_items = |kind: &Kind| matches!(kind, Kind::List(_) | Kind::Map(_) | Kind::String);
    cx.fits(&items, known, "a list, a map or text", is_items);
    if let Some(size) = &pages.size {
        let size = named(&mut cx, "size", size);
        let known = cx.input(&size);
        // Glacier's and others' limits are digits in a string.
        let is_size = |kind: &Kind| kind.is_whole() || is_text(kind);
        cx.fits(&size, known, "a whole number or a string", is_size);
    }
    match &pages.paging {
        Paging::Number { input, total } => {
            let number = named(&mut cx, "number", input);
            let known = cx.input(&number);
            cx.fits(&number, known, "a whole number", Kind::is_whole);
            if let Some(total) = total {
                let total = named(&mut cx, "total", total);
                let known = cx.output(&total);
                cx.fits(&total, known, "a whole number", Kind::is_whole);
            }
        }
        Paging::Token { tokens, more } => {
            let token = entry(&mut cx, "token");
            for (index, pair) in tokens.iter().enumerate() {
                let at = match &tokens[..] {
                    [_] => token,
                    _ => cx.diagnostics.child(token, index),
                };
                cx.token(at, pair);
            }
            if let Some(more) = more {
                let more = named(&mut cx, "more", more);
                let known = cx.output(&more);
                cx.fits(&more, known, "true or false", |kind| matches!(kind, Kind::Boolean));
            }
        }
    }
    for (key, paths) in [("others", &pages.others), ("first", &pages.first)] {
        if paths.is_empty() {
            continue;
        }
        let list = entry(&mut cx, key);
        for (index, text) in paths.iter().enumerate() {
            let at = cx.diagnostics.child(list, index);
            let named = Named { key, text, at };
            let known = cx.output(&named);
            if key == "others" {
                cx.fits(&named, known, "a list, a map, text or a number", has_parts);
            }
        }
    }
}

/// Whether the parts on each page make a whole.
fn has_parts(kind: &Kind) -> bool {
    let is_number = kind.is_whole() || matches!(kind, Kind::Float | Kind::Double);
    is_number || matches!(kind, Kind::List(_) | Kind::Map(_) | Kind::String)
}

fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::String | Kind::Enum(_))
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
