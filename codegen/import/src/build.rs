//! Putting JSON together.

use typefoundry_spec::Json;

/// An object that grows key by key; what is absent, false or empty stays out.
#[derive(Debug, Default)]
pub(crate) struct Object(Vec<(String, Json)>);

impl Object {
    pub(crate) fn set(&mut self, key: &str, value: Json) {
        self.0.push((key.to_owned(), value));
    }

    pub(crate) fn text(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.set(key, text(value));
        }
    }

    pub(crate) fn flag(&mut self, key: &str, value: bool) {
        if value {
            self.set(key, Json::Bool(true));
        }
    }

    pub(crate) fn some(&mut self, key: &str, value: Option<Json>) {
        if let Some(value) = value {
            self.set(key, value);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn json(self) -> Json {
        Json::Object(self.0)
    }
}

pub(crate) fn text(value: &str) -> Json {
    Json::String(value.to_owned())
}

/// Reading somebody's JSON.
pub(crate) trait Look {
    /// The text under a key
    fn text_at(&self, key: &str) -> Option<&str>;
    /// Whether a key is true
    fn flag_at(&self, key: &str) -> bool;
    /// The texts under a key
    fn texts_at(&self, key: &str) -> Vec<&str>;
    /// The entries under a key
    fn entries_at(&self, key: &str) -> &[(String, Json)];
}

impl Look for Json {
    fn text_at(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    fn flag_at(&self, key: &str) -> bool {
        self.get(key) == Some(&Json::Bool(true))
    }

    fn texts_at(&self, key: &str) -> Vec<&str> {
        match self.get(key) {
            Some(Json::Array(items)) => items.iter().filter_map(Json::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn entries_at(&self, key: &str) -> &[(String, Json)] {
        self.get(key).and_then(Json::as_object).unwrap_or_default()
    }
}
