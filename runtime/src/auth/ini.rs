//! Configuration files in sections, as Python's `configparser` reads them, which botocore goes by.
//!
//! A line is a section's header, a name and a value with `=` or `:` between them, a comment that
//! begins with `#` or `;`, or, indented deeper than the line that it continues, more of a value.
//! Names are of any case. What stands in the section `DEFAULT` holds for all.

use indexmap::IndexMap;

/// The names and values of a section. The lines of a value are separated by `\n`.
pub(crate) type Section = IndexMap<String, String>;

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ini {
    /// The section `DEFAULT`
    pub(crate) defaults: Section,
    /// All others
    pub(crate) sections: IndexMap<String, Section>,
}

/// A line that cannot be read. What is in it is not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub(crate) struct IniError {
    pub(crate) line: usize,
    pub(crate) reason: &'static str,
}

/// What comes before the first section.
#[cfg_attr(
    not(all(feature = "aws", feature = "ncp")),
    allow(dead_code, reason = "each provider's files have their own")
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Headless {
    /// It is a mistake.
    Refused,
    /// It belongs to the section `DEFAULT`.
    Default,
}

/// The section that holds for all others.
const DEFAULT: &str = "DEFAULT";

/// Reads a file.
pub(crate) fn parse(text: &str, headless: Headless) -> Result<Ini, IniError> {
    let mut reader = Reader { place: Place::default(), name: None, indent: 0 };
    let mut ini = Ini::default();
    if headless == Headless::Default {
        reader.place = Place::Defaults;
    }
    // Editors of Windows write a mark at the beginning.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines =
        text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'));
    for (index, line) in lines.enumerate() {
        reader.read(&mut ini, line).map_err(|reason| IniError { line: index + 1, reason })?;
    }
    let sections = ini.sections.values_mut().chain([&mut ini.defaults]);
    for value in sections.flat_map(IndexMap::values_mut) {
        value.truncate(value.trim_end().len());
    }
    Ok(ini)
}

struct Reader {
    place: Place,
    name: Option<String>,
    indent: usize,
}

#[derive(Clone, Default)]
enum Place {
    #[default]
    Nowhere,
    Defaults,
    Section(String),
}

impl Reader {
    fn read(&mut self, ini: &mut Ini, line: &str) -> Result<(), &'static str> {
        let content = line.trim();
        if content.starts_with(['#', ';']) {
            return Ok(());
        }
        let indent = line.len() - line.trim_start().len();
        let continues = content.is_empty() || indent > self.indent;
        if continues && let Some(value) = self.value(ini) {
            value.push('\n');
            value.push_str(content);
            return Ok(());
        }
        if content.is_empty() {
            return Ok(());
        }
        self.indent = indent;
        if let Some(header) = header(content) {
            return self.enter(ini, header);
        }
        let section = self.section(ini).ok_or("it is in no section")?;
        let (name, value) = content
            .split_once(['=', ':'])
            .ok_or("it is neither a section nor a name with `=` and a value")?;
        let name = name.trim_end().to_lowercase();
        if name.is_empty() {
            return Err("it has no name before the `=`");
        }
        if section.contains_key(&name) {
            return Err("the same name stands in its section already");
        }
        section.insert(name.clone(), value.trim().to_owned());
        self.name = Some(name);
        Ok(())
    }

    fn enter(&mut self, ini: &mut Ini, header: &str) -> Result<(), &'static str> {
        self.name = None;
        if header == DEFAULT {
            self.place = Place::Defaults;
            return Ok(());
        }
        if ini.sections.insert(header.to_owned(), Section::new()).is_some() {
            return Err("the same section begins a second time");
        }
        self.place = Place::Section(header.to_owned());
        Ok(())
    }

    fn section<'i>(&self, ini: &'i mut Ini) -> Option<&'i mut Section> {
        match &self.place {
            Place::Nowhere => None,
            Place::Defaults => Some(&mut ini.defaults),
            Place::Section(name) => ini.sections.get_mut(name),
        }
    }

    fn value<'i>(&self, ini: &'i mut Ini) -> Option<&'i mut String> {
        let name = self.name.as_deref()?;
        self.section(ini)?.get_mut(name)
    }
}

/// What stands between the first bracket and the last. What follows is of no account.
fn header(content: &str) -> Option<&str> {
    let header = content.strip_prefix('[')?;
    let end = header.rfind(']')?;
    Some(&header[..end]).filter(|header| !header.is_empty())
}

#[cfg(test)]
mod tests;
