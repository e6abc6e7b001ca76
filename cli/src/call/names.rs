//! Names as they are written on a command line: those of the AWS CLI, for every provider.

mod facts;

#[cfg(test)]
mod tests;

/// The name of an option, operation or waiter: `stageArn` becomes `stage-arn`. botocore's
/// `xform_name`, with `-` between the words.
pub(super) fn kebab(name: &str) -> String {
    if name.contains('-') {
        return name.to_owned();
    }
    if let Some((_, kebab)) = facts::WORDS.iter().find(|(known, _)| *known == name) {
        return (*kebab).to_owned();
    }
    let plural = plural(name);
    let parted = part_ends(&part_words(plural.as_deref().unwrap_or(name)));
    // A space cannot be part of a word of the command line.
    parted.to_lowercase().replace(' ', "-")
}

/// Whether a word names an operation or waiter: in kebab case, or as the spec writes it.
pub(super) fn is_name(word: &str, known: &str) -> bool {
    known == word || is_like(word, known) && kebab(known) == word
}

/// Whether both have the same letters and digits, as far as it is easy to tell. A service may have
/// hundreds of operations, and all but one of them do not.
fn is_like(word: &str, known: &str) -> bool {
    let signs = |byte: &u8| !matches!(byte, b'-' | b' ');
    let known_signs = known.bytes().filter(signs).map(|byte| byte.to_ascii_lowercase());
    !known.is_ascii() || word.bytes().filter(signs).eq(known_signs)
}

/// The name by which the AWS CLI knows a service, from botocore's.
pub(super) fn service(name: &str) -> &str {
    let known = facts::SERVICES.iter().find(|(botocore, _)| *botocore == name);
    known.map_or(name, |(_, cli)| cli)
}

/// botocore's name of a service, from the AWS CLI's.
pub(super) fn service_of_cli(name: &str) -> &str {
    if name == "runtime.sagemaker" {
        return "sagemaker-runtime";
    }
    let known = facts::SERVICES.iter().find(|(_, cli)| *cli == name);
    known.map_or(name, |(botocore, _)| botocore)
}

/// What the AWS CLI calls an option of a service's operation, where not by rule; all names are
/// those of the CLI.
pub(super) fn renamed(service: &str, operation: &str, option: &str) -> Option<&'static str> {
    find(facts::RENAMED, service, operation, option)
}

/// Another name for an option, which is not documented.
pub(super) fn alias(service: &str, operation: &str, option: &str) -> Option<&'static str> {
    find(facts::ALIASES, service, operation, option)
}

/// Whether the AWS CLI's first version takes an option's value for a URL and reads no file for it.
pub(super) fn is_url(service: &str, operation: &str, option: &str) -> bool {
    let is_meant = |row: &&(&str, &str, &[&str])| row.0 == service && row.1 == option;
    facts::URLS.iter().find(is_meant).is_some_and(|row| row.2.contains(&operation))
}

/// The operation that the AWS CLI has a name of its own for, which comes first.
pub(super) fn command(name: &str, operations: &[&str]) -> Option<(&'static str, &'static str)> {
    let is_meant = |it: &&(&str, &str, bool, &str)| it.0 == name && is_there(it, operations);
    facts::COMMANDS.iter().find(is_meant).map(|it| (it.0, it.1))
}

/// The names that the AWS CLI shows in the place of some of these operations, and which.
pub(super) fn commands<'o>(
    operations: &'o [&str],
) -> impl Iterator<Item = (&'static str, &'static str)> + use<'o> {
    let shown = facts::COMMANDS.iter().filter(|it| it.2 && is_there(it, operations));
    shown.map(|it| (it.0, it.1))
}

fn is_there(command: &(&str, &str, bool, &str), operations: &[&str]) -> bool {
    operations.contains(&command.1) && operations.contains(&command.3)
}

/// Operations that are called beside one.
pub(super) fn beside(operation: &str) -> impl Iterator<Item = &'static str> + use<'_> {
    let found = facts::BESIDE.iter().filter(move |it| it.0 == operation);
    found.map(|it| it.1)
}

/// What the AWS CLI has in the place of an operation that it leaves out; empty if it has nothing.
pub(super) fn left_out(service: &str, operation: &str) -> Option<&'static str> {
    let found = facts::LEFT_OUT.iter().find(|it| it.0 == service && it.1.contains(&operation));
    found.map(|it| it.2)
}

type Row = (&'static str, &'static str, &'static str, &'static str);

fn find(table: &[Row], service: &str, operation: &str, option: &str) -> Option<&'static str> {
    let is_meant =
        |row: &&Row| row.0 == service && (row.1 == "*" || row.1 == operation) && row.2 == option;
    table.iter().find(is_meant).map(|row| row.3)
}

/// `ListWebACLs` as `ListWeb-acls`: capitals and an `s` at the end are one word.
fn plural(name: &str) -> Option<String> {
    let stem = name.strip_suffix('s')?;
    let start = stem.trim_end_matches(|c: char| c.is_ascii_uppercase()).len();
    let capitals = &stem[start..];
    (capitals.len() > 1).then(|| format!("{}-{}s", &stem[..start], capitals.to_ascii_lowercase()))
}

/// The expression `(.)([A-Z][a-z]+)`: a dash before each capital with small letters behind it.
fn part_words(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut parted = String::new();
    let mut index = 0;
    while let Some(c) = chars.get(index) {
        parted.push(*c);
        index += 1;
        let is_word = chars.get(index).is_some_and(char::is_ascii_uppercase)
            && chars.get(index + 1).is_some_and(char::is_ascii_lowercase);
        if is_word {
            parted.push('-');
            parted.extend(chars.get(index));
            index += 1;
            // What was matched is not looked at again.
            while let Some(c) = chars.get(index).filter(|c| c.is_ascii_lowercase()) {
                parted.push(*c);
                index += 1;
            }
        }
    }
    parted
}

/// The expression `([a-z0-9])([A-Z])`: a dash between the two.
fn part_ends(name: &str) -> String {
    let mut parted = String::new();
    let mut before = None;
    for c in name.chars() {
        let is_end = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if c.is_ascii_uppercase() && before.is_some_and(is_end) {
            parted.push('-');
        }
        parted.push(c);
        before = Some(c);
    }
    parted
}
