//! Definitions of pipelines, as files have them, to what the service has (`datapipeline/translator.py`).

use super::super::json;
use super::{Param, Params, wrong};
use crate::exit::{Failure, GENERAL};
use typefoundry::Map;

const OBJECTS: &str = "pipelineObjects";
const PARAMETERS: &str = "parameterObjects";
const VALUES: &str = "parameterValues";

/// `--pipeline-definition`: what is said of parameters otherwise, or in front of it, goes before.
pub(super) fn definition(params: &mut Params, text: &str) -> Result<(), Failure> {
    let definition = parsed(text)?;
    let Some(Param::List(objects)) = definition.get("objects") else {
        return Err(bad("Missing \"objects\" key"));
    };
    let objects = objects.iter().map(object).collect::<Result<_, _>>()?;
    params.insert(OBJECTS.to_owned(), Param::List(objects));
    for (name, found) in [(PARAMETERS, declared(&definition)?), (VALUES, given(&definition))] {
        if let Some(found) = found {
            params.entry(name.to_owned()).or_insert(found);
        }
    }
    Ok(())
}

/// `--parameter-objects`
pub(super) fn parameters(params: &mut Params, text: &str) -> Result<(), Failure> {
    if let Some(found) = declared(&parsed(text)?)? {
        params.insert(PARAMETERS.to_owned(), found);
    }
    Ok(())
}

/// `--parameter-values-uri`
pub(super) fn values(params: &mut Params, text: &str) -> Result<(), Failure> {
    once(params)?;
    if let Some(found) = given(&parsed(text)?) {
        params.insert(VALUES.to_owned(), found);
    }
    Ok(())
}

/// `--parameter-values`
pub(super) fn inline(params: &mut Params, words: &[String]) -> Result<(), Failure> {
    once(params)?;
    let mut found: Map<String, Param> = Map::new();
    for word in words {
        let Some((name, value)) = word.split_once('=') else {
            let message = format!("Error in parameter: Invalid inline parameter format: {word}\n");
            return Err(wrong(&message));
        };
        let value = Param::Text(value.to_owned());
        match found.get_mut(name) {
            None => {
                found.insert(name.to_owned(), value);
            }
            Some(Param::List(values)) => values.push(value),
            Some(first) => *first = Param::List(vec![first.clone(), value]),
        }
    }
    params.insert(VALUES.to_owned(), listed(&found));
    Ok(())
}

fn once(params: &Params) -> Result<(), Failure> {
    if params.contains_key(VALUES) {
        return Err(wrong("Only parameter-values or parameter-values-uri is allowed"));
    }
    Ok(())
}

fn parsed(text: &str) -> Result<Params, Failure> {
    match json::parse(text) {
        Ok(Param::Map(entries)) => Ok(entries),
        Ok(other) => Err(bad(&format!("it is no object, but {}", other.class()))),
        // No mistake of usage, as the AWS CLI has it.
        Err(reason) => Err(Failure::new(GENERAL, reason)),
    }
}

fn bad(what: &str) -> Failure {
    wrong(&format!("Error in pipeline definition: {what}\n"))
}

fn object(element: &Param) -> Result<Param, Failure> {
    let (id, rest) = taken(element, "element")?;
    let name = rest.get("name").unwrap_or(&id).clone();
    let fields = fields(rest.iter().filter(|(key, _)| *key != "name"));
    Ok(Param::Map(Map::from_iter([
        ("id".to_owned(), id),
        ("name".to_owned(), name),
        ("fields".to_owned(), fields),
    ])))
}

fn declared(definition: &Params) -> Result<Option<Param>, Failure> {
    let Some(Param::List(parameters)) = definition.get("parameters") else { return Ok(None) };
    let parameter = |element: &Param| {
        let (id, rest) = taken(element, "parameter")?;
        let attributes = ("attributes".to_owned(), fields(rest.iter()));
        Ok(Param::Map(Map::from_iter([("id".to_owned(), id), attributes])))
    };
    let parameters = parameters.iter().map(parameter).collect::<Result<_, Failure>>()?;
    Ok(Some(Param::List(parameters)))
}

fn given(definition: &Params) -> Option<Param> {
    match definition.get("values") {
        Some(Param::Map(values)) => Some(listed(values)),
        _ => None,
    }
}

fn listed(values: &Params) -> Param {
    let pairs = values.iter().flat_map(|(id, value)| each(value).iter().map(move |it| (id, it)));
    let pair = |(id, value): (&String, &Param)| {
        Param::Map(Map::from_iter([
            ("id".to_owned(), Param::Text(id.clone())),
            ("stringValue".to_owned(), value.clone()),
        ]))
    };
    Param::List(pairs.map(pair).collect())
}

/// What an element is called, and the rest of it.
fn taken(element: &Param, what: &str) -> Result<(Param, Params), Failure> {
    let missing = || bad(&format!("Missing \"id\" key of {what}: {}", dumped(element)));
    let Param::Map(entries) = element else { return Err(missing()) };
    let mut rest = entries.clone();
    let id = rest.shift_remove("id").ok_or_else(missing)?;
    Ok((id, rest))
}

fn fields<'p>(entries: impl Iterator<Item = (&'p String, &'p Param)>) -> Param {
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by(|one, other| one.0.cmp(other.0));
    let field = |(key, value): (&String, &Param)| {
        let (name, value) = match value {
            Param::Map(inner) if inner.len() == 1 && inner.contains_key("ref") => {
                ("refValue", inner.get("ref").unwrap_or(value))
            }
            value => ("stringValue", value),
        };
        let key = ("key".to_owned(), Param::Text(key.clone()));
        Param::Map(Map::from_iter([key, (name.to_owned(), value.clone())]))
    };
    let all = entries.into_iter();
    let all = all.flat_map(|(key, value)| each(value).iter().map(move |it| (key, it)));
    Param::List(all.map(field).collect())
}

/// The elements of a list, or the one value.
fn each(value: &Param) -> &[Param] {
    match value {
        Param::List(items) => items,
        value => std::slice::from_ref(value),
    }
}

/// As Python's `json.dumps` has it, but for what is not ASCII.
fn dumped(value: &Param) -> String {
    match value {
        Param::List(items) => {
            let items: Vec<_> = items.iter().map(dumped).collect();
            format!("[{}]", items.join(", "))
        }
        Param::Map(entries) => {
            let entry = |(key, value): (&String, &Param)| {
                format!("{}: {}", dumped(&Param::Text(key.clone())), dumped(value))
            };
            let entries: Vec<_> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
        scalar => {
            let mut json = String::new();
            scalar.write_json(&mut json);
            json
        }
    }
}
