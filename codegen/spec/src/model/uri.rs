//! URI templates: `/domains/{DomainName}/keys/{Key+}?mode=import`.

/// A path with labels, and perhaps a constant query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UriTemplate {
    /// The whole as written.
    pub text: String,
    /// The segments of the path.
    pub segments: Vec<UriSegment>,
    /// The constant query behind the question mark.
    pub query: Option<String>,
}

/// A part of a path between slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UriSegment {
    /// Constant text
    Literal(String),
    /// A label, which a member fills
    Label {
        /// The member's name
        name: String,
        /// Slashes in the value stay slashes
        greedy: bool,
    },
}

impl UriTemplate {
    /// Reads a template, or says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (path, query) = match text.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (text, None),
        };
        let Some(inner) = path.strip_prefix('/') else {
            return Err(if path.starts_with(' ') {
                "there is more than one space".to_owned()
            } else {
                "the path must start with a slash".to_owned()
            });
        };
        if let Some(query) = &query {
            if query.contains(['{', '}']) {
                return Err(
                    "the query must be constant: bind a member with `query` instead".to_owned()
                );
            }
            characters(query, "the query")?;
        }
        let segments: Vec<_> = inner.split('/').map(segment).collect::<Result<_, _>>()?;
        let greedy =
            |segment: &&UriSegment| matches!(segment, UriSegment::Label { greedy: true, .. });
        if segments.iter().filter(greedy).count() > 1 {
            return Err("only one label can be greedy".to_owned());
        }
        let template = Self { text: text.to_owned(), segments, query };
        let mut names: Vec<_> = template.labels().collect();
        names.sort_unstable();
        match names.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(format!("the label `{{{}}}` stands twice", pair[0])),
            None => Ok(template),
        }
    }

    /// The names of the labels, in order.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            UriSegment::Label { name, .. } => Some(name.as_str()),
            UriSegment::Literal(_) => None,
        })
    }
}

fn segment(text: &str) -> Result<UriSegment, String> {
    if !text.contains(['{', '}']) {
        characters(text, "the path")?;
        // URL libraries resolve them, and the request would go elsewhere.
        return match text {
            "." | ".." => Err(format!("`{text}` is not a segment of its own")),
            text => Ok(UriSegment::Literal(text.to_owned())),
        };
    }
    let Some(label) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
        return Err(if text.matches('{').count() == text.matches('}').count() {
            format!("the label in `{text}` must be a whole segment of the path")
        } else {
            format!("a brace in `{text}` has no partner")
        });
    };
    let (name, greedy) = match label.strip_suffix('+') {
        Some(name) => (name, true),
        None => (label, false),
    };
    if name.is_empty() || name.contains(['{', '}']) {
        return Err(format!("`{text}` is not a label"));
    }
    Ok(UriSegment::Label { name: name.to_owned(), greedy })
}

/// RFC 3986, §3.3 and §3.4: whatever else there is must be percent-encoded.
fn characters(text: &str, what: &str) -> Result<(), String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/?%".contains(c);
    if let Some(unfit) = text.chars().find(|c| !fits(*c)) {
        return Err(format!("{what} holds `{unfit}`, which must be percent-encoded"));
    }
    let is_code = |rest: &str| rest.bytes().take_while(u8::is_ascii_hexdigit).take(2).count() == 2;
    match text.split('%').skip(1).find(|rest| !is_code(rest)) {
        Some(rest) => {
            let rest: String = rest.chars().take(2).collect();
            Err(format!("`%{rest}` in {what} is not a percent-encoded character"))
        }
        None => Ok(()),
    }
}
