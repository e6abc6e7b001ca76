//! Cassettes as JSON.

use super::secrets::SecretPath;
use super::{Exchange, State};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value, json};

/// The key that says that a file is a cassette, and the number of its form.
const FORM: (&str, u64) = ("cassette", 1);

pub(super) fn write(state: &State) -> String {
    let exchanges: Vec<Value> = state
        .exchanges
        .iter()
        .map(|Exchange { request, response, .. }| {
            json!({
                "request": {
                    "method": request.method().as_str(),
                    "url": request.uri().to_string(),
                    "headers": headers(request.headers()),
                    "body": body(request.body()),
                },
                "response": {
                    "status": response.status().as_u16(),
                    "headers": headers(response.headers()),
                    "body": body(response.body()),
                },
            })
        })
        .collect();
    // Names, not values: they are taken out of what is compared.
    let secrets = &state.secrets.names;
    let mut all = json!({ FORM.0: FORM.1, "secrets": secrets, "exchanges": exchanges });
    let paths = state.secrets.paths.iter();
    let paths: Vec<_> = paths
        .map(|it| json!({ "method": it.method, "uri": it.uri, "labels": it.labels }))
        .collect();
    if !paths.is_empty() {
        all["secretPaths"] = Value::from(paths);
    }
    format!("{all:#}\n")
}

/// Several headers of one name are an array.
fn headers(headers: &HeaderMap) -> Value {
    let text = |value: &HeaderValue| match value.to_str() {
        Ok(text) => Value::from(text),
        Err(_) => json!({ "base64": STANDARD.encode(value) }),
    };
    let entries = headers.keys().map(|name| {
        let mut values: Vec<Value> = headers.get_all(name).iter().map(text).collect();
        let value = if values.len() == 1 { values.remove(0) } else { Value::Array(values) };
        (name.as_str().to_owned(), value)
    });
    Value::Object(entries.collect())
}

fn body(bytes: &Bytes) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => Value::from(text),
        Err(_) => json!({ "base64": STANDARD.encode(bytes) }),
    }
}

/// Errors: a sentence that names the place.
pub(super) fn read(json: &[u8]) -> Result<State, String> {
    let all: Value = serde_json::from_slice(json).map_err(|error| format!("no JSON: {error}"))?;
    if all[FORM.0] != FORM.1 {
        return Err(format!("no cassette of form {}: `{}` does not say so", FORM.1, FORM.0));
    }
    let mut state = State::default();
    for (name, stand_in) in object(&all, "secrets")? {
        state.secrets.add(name, text(stand_in, &format!("secrets.{name}"))?);
    }
    for (index, path) in all["secretPaths"].as_array().into_iter().flatten().enumerate() {
        let path = read_path(path);
        state.secrets.paths.push(path.map_err(|what| format!("secretPaths[{index}]: {what}"))?);
    }
    let exchanges = all["exchanges"].as_array().ok_or("`exchanges` is not an array")?;
    for (index, exchange) in exchanges.iter().enumerate() {
        let exchange = read_exchange(exchange);
        state.exchanges.push(exchange.map_err(|what| format!("exchanges[{index}]: {what}"))?);
    }
    Ok(state)
}

fn read_path(path: &Value) -> Result<SecretPath, String> {
    let labels = object(path, "labels")?.iter();
    let labels = labels.map(|(name, it)| Ok((name.clone(), text(it, name)?.to_owned())));
    Ok(SecretPath {
        method: text(&path["method"], "method")?.to_owned(),
        uri: text(&path["uri"], "uri")?.to_owned(),
        labels: labels.collect::<Result<_, String>>()?,
    })
}

fn read_exchange(exchange: &Value) -> Result<Exchange, String> {
    let (asked, answered) = (&exchange["request"], &exchange["response"]);
    let mut request = http::Request::new(bytes(&asked["body"], "request.body")?);
    let wrong = |what: &'static str| move || format!("`{what}` is not one");
    let method = text(&asked["method"], "request.method")?;
    *request.method_mut() = method.parse().ok().ok_or_else(wrong("request.method"))?;
    let url = text(&asked["url"], "request.url")?;
    *request.uri_mut() = url.parse().ok().ok_or_else(wrong("request.url"))?;
    *request.headers_mut() = read_headers(asked)?;
    let mut response = http::Response::new(bytes(&answered["body"], "response.body")?);
    let status = answered["status"].as_u64().and_then(|status| u16::try_from(status).ok());
    let status = status.and_then(|status| http::StatusCode::from_u16(status).ok());
    *response.status_mut() = status.ok_or_else(wrong("response.status"))?;
    *response.headers_mut() = read_headers(answered)?;
    Ok(Exchange { request, response, played: false })
}

fn read_headers(message: &Value) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in object(message, "headers")? {
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        for value in values {
            let value = bytes(value, &format!("headers.{name}"))?;
            let wrong = || format!("the header `{name}` cannot be one");
            let value = HeaderValue::from_bytes(&value).map_err(|_| wrong())?;
            let name = HeaderName::try_from(name).map_err(|_| wrong())?;
            headers.append(name, value);
        }
    }
    Ok(headers)
}

fn object<'a>(of: &'a Value, key: &str) -> Result<&'a Map<String, Value>, String> {
    of[key].as_object().ok_or_else(|| format!("`{key}` is not an object"))
}

fn text<'a>(value: &'a Value, place: &str) -> Result<&'a str, String> {
    value.as_str().ok_or_else(|| format!("`{place}` is not a text"))
}

fn bytes(value: &Value, place: &str) -> Result<Bytes, String> {
    if let Some(text) = value.as_str() {
        return Ok(Bytes::from(text.to_owned()));
    }
    let decoded = value["base64"].as_str().and_then(|text| STANDARD.decode(text).ok());
    decoded.map(Bytes::from).ok_or_else(|| format!("`{place}` is neither a text nor base64"))
}
