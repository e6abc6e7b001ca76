//! Changing a value of `typefoundry.toml` and nothing else in it: people write comments there.

/// The text with a key of the `index`-th `[[import]]` set to a text; nothing if that import is not
/// written as a table of its own.
pub fn set_import(text: &str, index: usize, key: &str, value: &str) -> Option<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let is_table = |line: &str| line.trim_start().starts_with('[');
    let is_import = |line: &str| {
        let name = line.trim_start().strip_prefix("[[")?.split_once("]]")?.0;
        (name.trim() == "import").then_some(())
    };
    let heads = lines.iter().enumerate().filter(|(_, line)| is_import(line).is_some());
    let head = heads.map(|(at, _)| at).nth(index)?;
    let length = lines[head + 1..].iter().position(|line| is_table(line));
    let end = length.map_or(lines.len(), |length| head + 1 + length);
    let names = |line: &str| line.split_once('=').is_some_and(|(name, _)| name.trim() == key);
    // A value is a digest or a version, which needs no escapes.
    let new = format!("{key} = \"{value}\"\n");
    let mut edited: Vec<&str> = lines.clone();
    if let Some(at) = (head + 1..end).find(|at| names(lines[*at])) {
        edited[at] = &new;
    } else {
        let is_value = |at: &usize| !lines[*at].trim().is_empty();
        let last = (head..end).rev().find(is_value)?;
        edited.insert(last + 1, &new);
    }
    Some(edited.concat())
}

#[cfg(test)]
mod tests {
    use super::set_import;

    const TEXT: &str = "# Pins\n[[import]]\nspec = \"a.json\" # first\nsha256 = \"old\"\n\n[[ import ]]\nspec = \"b.json\"\n\n[output]\nsha256 = \"x\"\n";

    #[test]
    fn one_value_changes() {
        let cases = [
            (0, TEXT.replace("\"old\"", "\"new\"")),
            (1, TEXT.replace("\"b.json\"\n", "\"b.json\"\nsha256 = \"new\"\n")),
        ];
        for (index, expected) in cases {
            assert_eq!(set_import(TEXT, index, "sha256", "new"), Some(expected), "of {index}");
        }
        assert_eq!(set_import(TEXT, 2, "sha256", "new"), None);
        assert_eq!(set_import("import = [{spec = \"a\"}]", 0, "sha256", "new"), None);
    }
}
