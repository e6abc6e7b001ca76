//! Answers in pages: a fixed number of items, of which each page has the next few.

use crate::dynamic::sample::Sampler;
use crate::pager::indexed;
use crate::value::{Structure, Value, View};
use typefoundry_spec::{Json, Kind, Member, Model, Operation, Pages, Paging, ShapeId};

/// What tokens begin with. What follows is the number of items that came before; some services take
/// letters and digits alone, and few below so many of them.
const TOKEN: &str = "page";
const DIGITS: usize = 20;
/// How many items a page has if the request does not say.
const SIZE: usize = 2;
/// How many it has at most, whatever the request says.
const MOST: usize = 10_000;

/// What an operation is asked for, and how its samples are made.
pub(super) struct Asked<'a> {
    pub(super) model: &'a Model,
    pub(super) operation: &'a Operation,
    pub(super) input: &'a dyn Structure,
    pub(super) sampler: Sampler<'a>,
    /// How many items there are on all pages, unless an example has more.
    pub(super) items: usize,
}

/// The page of an output that is asked for; the whole output where it holds no list to be split.
///
/// Behind a token that is not one of ours, such as an example's, comes the last page.
///
/// The items of an example are kept, those made from shapes are not.
pub(super) fn page(asked: &Asked<'_>, pages: &Pages, mut output: Json, is_example: bool) -> Json {
    let Some(item) = item_of(asked, &pages.items) else { return output };
    let size = pages.size.as_ref().and_then(|size| number(asked.input, size)).unwrap_or(SIZE);
    let size = size.clamp(1, MOST);
    let start = start(asked.input, pages, size);
    let examples = match get(&output, &pages.items) {
        Some(Json::Array(items)) if is_example && start.is_some() => items.clone(),
        _ => Vec::new(),
    };
    // Those of an example, and as many more as there have to be.
    let all = asked.items.max(examples.len());
    let start = start.unwrap_or_else(|| all.saturating_sub(size)).min(all);
    let end = start.saturating_add(size).min(all);
    let is_last = end == all;
    let name = pages.items.rsplit('.').next().unwrap_or_default();
    let made = |index: usize| {
        let number = (index - examples.len()).saturating_add(1) as u64;
        asked.sampler.number(number).value(item, name)
    };
    let items =
        (start..end).map(|index| examples.get(index).cloned().unwrap_or_else(|| made(index)));
    put(&mut output, &pages.items, Json::Array(items.collect()));
    if start > 0 {
        for path in &pages.others {
            take(&mut output, path);
        }
    }
    match &pages.paging {
        Paging::Number { total, .. } => {
            if let Some(path) = total {
                put(&mut output, path, Json::Number(all.into()));
            }
        }
        Paging::Token { tokens, more } => {
            if let Some(path) = more {
                put(&mut output, path, Json::Bool(!is_last));
            }
            for (input, path) in tokens {
                let token = token(asked, input, end);
                let is_open = more.is_none() && start < all;
                leave_token(&mut output, path, token.filter(|_| !is_last), is_open, end);
            }
        }
    }
    output
}

/// Whether a text is a token of a mock, which the limits of its shape do not hold for.
pub(super) fn is_token(text: &str) -> bool {
    offset(text).is_some()
}

/// How many items came before; nothing behind a token that is not ours.
fn start(input: &dyn Structure, pages: &Pages, size: usize) -> Option<usize> {
    match &pages.paging {
        Paging::Number { input: member, .. } => {
            let page = number(input, member).unwrap_or(1);
            Some(page.saturating_sub(1).saturating_mul(size))
        }
        Paging::Token { tokens, .. } => {
            let given: Vec<_> = tokens
                .iter()
                .filter_map(|(member, _)| input.get(member))
                .filter(|value| !matches!(value.view(), View::Absent | View::Null))
                .collect();
            if given.is_empty() {
                return Some(0);
            }
            given.into_iter().find_map(offset_of)
        }
    }
}

fn offset_of(value: &dyn Value) -> Option<usize> {
    match value.view() {
        View::String(text) => offset(text),
        View::Integer(number) => usize::try_from(number).ok(),
        View::Long(number) => usize::try_from(number).ok(),
        View::Map(map) => offset(map.entry(0)?.0),
        _ => None,
    }
}

fn offset(text: &str) -> Option<usize> {
    text.strip_prefix(TOKEN).filter(|digits| digits.len() >= DIGITS)?.parse().ok()
}

/// A token in the form that the next input takes it in; nothing if it takes none that can be made.
fn token(asked: &Asked<'_>, input: &str, end: usize) -> Option<Json> {
    let member = asked.operation.input_member(input)?;
    let text = text(end);
    Some(match &asked.model.shape(member.target).kind {
        Kind::String | Kind::Enum(_) => {
            let least = asked.model.shape(member.target).constraints.length.0.unwrap_or(0);
            let digits = usize::try_from(least).unwrap_or(0).saturating_sub(TOKEN.len());
            let digits = digits.clamp(DIGITS, 1024);
            Json::String(format!("{TOKEN}{end:0digits$}"))
        }
        Kind::Integer | Kind::Long => Json::Number(end.into()),
        Kind::Map(map) => {
            Json::Object(vec![(text, asked.sampler.value(map.value.target, "value"))])
        }
        _ => return None,
    })
}

fn text(end: usize) -> String {
    format!("{TOKEN}{end:0DIGITS$}")
}

/// Puts a token where the next page's is looked for, or takes away what is there.
fn leave_token(output: &mut Json, path: &str, token: Option<Json>, is_open: bool, end: usize) {
    let alternatives: Vec<_> = path.split("||").map(str::trim).collect();
    let plain = alternatives.iter().find(|path| !path.contains('['));
    match (plain, token) {
        (Some(path), Some(token)) => put(output, path, token),
        (Some(path), None) => {
            take(output, path);
        }
        // Where nothing says that there are no more pages, an empty one does.
        (None, token) if is_open || token.is_some() => {
            if let Some(path) = alternatives.first() {
                put(output, path, Json::String(text(end)));
            }
        }
        (None, _) => {}
    }
}

/// The shape of the items, if what holds them is a list.
fn item_of(asked: &Asked<'_>, path: &str) -> Option<ShapeId> {
    let mut members = asked.operation.output_members();
    let mut found: Option<&Member> = None;
    for segment in path.split('.') {
        found = Some(members.iter().find(|member| member.name == segment)?);
        members = asked.model.shape(found?.target).members();
    }
    match &asked.model.shape(found?.target).kind {
        Kind::List(list) => Some(list.item.target),
        _ => None,
    }
}

fn number(input: &dyn Structure, member: &str) -> Option<usize> {
    match input.get(member)?.view() {
        View::Integer(number) => usize::try_from(number).ok(),
        View::Long(number) => usize::try_from(number).ok(),
        View::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn get<'j>(json: &'j Json, path: &str) -> Option<&'j Json> {
    path.split('.').try_fold(json, |json, name| json.get(name))
}

/// Puts a value where a path leads, with objects on the way; `Items[-1].Id` leads into the last
/// element.
fn put(json: &mut Json, path: &str, value: Json) {
    let (segment, rest) = path.split_once('.').unwrap_or((path, ""));
    let (name, index) = indexed(segment);
    let Json::Object(entries) = json else { return };
    let known = entries.iter().position(|(key, _)| key == name);
    let place = known.unwrap_or_else(|| {
        entries.push((name.to_owned(), Json::Object(Vec::new())));
        entries.len() - 1
    });
    let mut inner = &mut entries[place].1;
    if index.is_some() {
        let Json::Array(items) = inner else { return };
        let Some(last) = items.last_mut() else { return };
        inner = last;
    }
    if rest.is_empty() {
        *inner = value;
    } else {
        put(inner, rest, value);
    }
}

/// Takes away what a path leads to.
fn take(json: &mut Json, path: &str) {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let Json::Object(entries) = json else { return };
    if rest.is_empty() {
        entries.retain(|(key, _)| key != name);
    } else if let Some((_, inner)) = entries.iter_mut().find(|(key, _)| key == name) {
        take(inner, rest);
    }
}
