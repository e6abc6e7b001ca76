use super::{code, harmless, inline, summary};

/// What goes in, and what comes out.
const CASES: &[(&str, &str)] = &[
    // Text
    ("", ""),
    ("  \n\t\n ", ""),
    ("One\ntwo.\n\nThree.", "One\ntwo.\n\nThree."),
    ("*some* **emphasis** _here_", "*some* **emphasis** _here_"),
    ("two  spaces\tand a tab  ", "two spaces and a tab"),
    // Code that would run
    ("    panic!();", "panic!();"),
    ("\tpanic!();", "panic!();"),
    ("Text:\n\n    panic!();\n\nMore.", "Text:\n\npanic!();\n\nMore."),
    ("```\npanic!();\n```", "```text\npanic!();\n```"),
    ("```rust,should_panic\npanic!();\n```\nMore.", "```text\npanic!();\n```\nMore."),
    ("~~~rust\npanic!();\n~~~", "```text\npanic!();\n```"),
    ("   ```rust\n   panic!();\n   ```", "```text\n   panic!();\n```"),
    ("```rust\npanic!();", "```text\npanic!();\n```"),
    ("````\n```rust\npanic!();\n```\n````", "````text\n```rust\npanic!();\n```\n````"),
    ("~~~\n```\npanic!();\n~~~", "````text\n```\npanic!();\n````"),
    ("```\n~~~\npanic!();\n```", "```text\n~~~\npanic!();\n```"),
    ("```\n``` not closed\nx\n```", "````text\n``` not closed\nx\n````"),
    ("```\n\tx\n```", "```text\n    x\n```"),
    ("```\n\n```", ""),
    ("``` a`b\npanic!();", "\\`\\`\\` a\\`b\npanic!();"),
    ("- ```rust\n  panic!();\n  ```", "```text\n  panic!();\n```"),
    ("> ```\n> panic!();", "\\> \\`\\`\\`\n\\> panic!();"),
    // Lists
    ("- one\n- two", "- one\n- two"),
    ("-     panic!();", "- panic!();"),
    ("-\t\tpanic!();", "- panic!();"),
    ("* - +     panic!();", "* - + panic!();"),
    ("12.     panic!();", "12. panic!();"),
    ("2)\tpanic!();", "2) panic!();"),
    ("- one\nmore\n  of it\n- two\n\nText", "- one more of it\n- two\n\nText"),
    ("- one\n\n      panic!();", "- one\n\n  panic!();"),
    ("- one\n\n  more\n- two\n\nText", "- one\n\n  more\n- two\n\nText"),
    ("- a\n  - b\n    - c\n  - d\n- e", "- a\n  - b\n    - c\n  - d\n- e"),
    ("1. a\n   - b\n2. c\n\n   d", "1. a\n   - b\n2. c\n\n   d"),
    ("- a\n      - panic!();", "- a\n  - panic!();"),
    ("  - a\n  - b\n\n    panic!();", "- a\n- b\n\n  panic!();"),
    ("text\n2. a\n\n    panic!();", "text\n2. a\n\npanic!();"),
    ("text\n1. a\n\n   b", "text\n1. a\n\n   b"),
    ("- a\n```\nx\n```\n  - b", "- a\n```text\nx\n```\n- b"),
    ("1234567890.     x", "1234567890. x"),
    // Headings, rules, tables
    ("# Panics", "\\# Panics"),
    ("###### Six", "\\###### Six"),
    ("Title\n===", "Title\n\\==="),
    ("Title\n-", "Title\n\\-"),
    ("***", "\\***"),
    ("- - -", "- - \\-"),
    ("| a | b |\n|---|:-:|", "\\| a \\| b \\|\n\\|---\\|:-:\\|"),
    ("a\n:-:", "a\n\\:-:"),
    // Code spans
    ("`Vec<[u8]>` and [`Foo`]", "`Vec<[u8]>` and \\[`Foo`\\]"),
    ("``a ` b``", "``a ` b``"),
    ("one ` tick\nand ` another", "one \\` tick\nand \\` another"),
    ("`a``b`", "`a``b`"),
    ("``` x ` y", "\\`\\`\\` x \\` y"),
    ("\\`x`", "\\`x\\`"),
    // HTML and links
    ("<script>x</script>", "\\<script\\>x\\</script\\>"),
    ("&lt;b&gt;", "\\&lt;b\\&gt;"),
    ("<!-- x", "\\<!-- x"),
    ("[Foo](Bar) [x]: y", "\\[Foo\\](Bar) \\[x\\]: y"),
    ("[^1]: note", "\\[^1\\]: note"),
    ("C:\\x\\", "C:\\\\x\\\\"),
    (
        "[a *b* `c`](https://example.com/x#y) [m](mailto:a@example.com)",
        "[a *b* `c`](https://example.com/x#y) [m](mailto:a@example.com)",
    ),
    (
        "[a](javascript:x) [b](Foo) [](https://a) [c](https://a\"b)",
        "\\[a\\](javascript:x) \\[b\\](Foo) \\[\\](<https://a>) \\[c\\](<https://a>\"b)",
    ),
    ("![a](https://example.com)", "!\\[a\\](<https://example.com>)"),
    ("[https://a](https://b)", "\\[<https://a>\\](<https://b>)"),
    ("\\*a\\* \\<b> C:\\d \\", "\\*a\\* \\<b\\> C:\\\\d \\\\"),
    // Addresses
    ("See https://example.com/a_b?x=1&y=2.", "See <https://example.com/a_b?x=1&y=2>."),
    ("(http://example.com/(x))", "(<http://example.com/>(x))"),
    ("<https://example.com>", "\\<<https://example.com>\\>"),
    ("https:// hhttp://a", "https:// h<http://a>"),
    ("`https://example.com`", "`https://example.com`"),
    ("http://[::1]/", "http://\\[::1\\]/"),
    // Signs that cannot be seen
    ("a\u{202e}b\u{2066}c\u{200f}d\u{feff}e\u{2028}f\u{e0041}g", "abcdefg"),
    ("a\0b\u{1b}[31mc", "ab\\[31mc"),
    // Ends of comments, strings and attributes
    ("*/ \"# \"#]", "*/ \"# \"#\\]"),
];

#[test]
fn markdown_is_made_harmless() {
    for (markdown, expected) in CASES {
        assert_eq!(harmless(markdown), *expected, "of {markdown:?}");
        assert_eq!(broken_rule(&harmless(markdown)), None, "of {markdown:?}");
        assert_eq!(power(&harmless(markdown)), None, "of {markdown:?}");
    }
}

#[test]
fn a_line_inside_a_sentence_has_no_powers() {
    let cases = [
        ("Amazon IVS", "Amazon IVS"),
        ("a\n\n    b\n```rust\nc\n```", "a b ```rust c ```"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("# title", "\\# title"),
        ("---", "\\---"),
        ("~~~ a\nb", "\\~~~ a b"),
        ("```\nunclosed <b>", "\\`\\`\\` unclosed \\<b\\>"),
        ("", ""),
    ];
    for (markdown, expected) in cases {
        assert_eq!(inline(markdown), expected, "of {markdown:?}");
    }
}

#[test]
fn a_summary_is_the_first_paragraph() {
    let cases = [
        ("One\ntwo.\n\nThree.", "One two."),
        ("\n\nOne.", "One."),
        ("One:\n```\nx\n```", "One:"),
        ("```\nx\n```\nAfter", ""),
        ("", ""),
    ];
    for (markdown, expected) in cases {
        assert_eq!(summary(markdown), expected, "of {markdown:?}");
    }
}

#[test]
fn any_text_fits_in_a_code_span() {
    let cases = [
        ("^[a-z]*$", "`^[a-z]*$`"),
        ("a`b", "`a'b`"),
        ("a\nb\u{202e}", "`a b`"),
        ("", "(empty)"),
        ("\n", "(empty)"),
    ];
    for (text, expected) in cases {
        assert_eq!(code(text), expected, "of {text:?}");
    }
}

/// What the random texts are made of.
const FRAGMENTS: &[&str] = &[
    "```",
    "````",
    "~~~",
    "~~~~",
    "`",
    "``",
    "\n",
    "\n",
    "\n",
    "\n\n",
    "    ",
    "\t",
    " ",
    " ",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "10) ",
    "> ",
    "# ",
    "---",
    "===",
    "***",
    "|",
    "rust",
    "text",
    "panic!();",
    "[Foo]",
    "[`Foo`]",
    "[a](b)",
    "[a](https://example.com/x)",
    "[*a*](mailto:a@b)",
    "      ",
    "   ",
    "  - ",
    "2. ",
    "[^1]",
    "[x]: y",
    "![i](j)",
    "<b>",
    "</b>",
    "<!--",
    "<https://a>",
    "https://example.com/x",
    "http://",
    "h",
    "\\",
    "\\\\",
    "\\`",
    "\u{202e}",
    "\r",
    "\r\n",
    "\0",
    "é",
    "日本",
    "&lt;",
    "*/",
    "\"#]",
    "word",
    "_",
    "*",
    ".",
    "\u{2028}",
    "\u{a0}",
    "\u{3000}",
];

/// A small generator of numbers (the one called `SplitMix64`), so that every run makes the same texts.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^= number >> 31;
        usize::try_from(number % end as u64).unwrap()
    }
}

#[test]
fn no_text_keeps_a_power() {
    let mut numbers = Numbers(1);
    for _ in 0..20_000 {
        let length = numbers.below(24);
        let text: String = (0..length).map(|_| FRAGMENTS[numbers.below(FRAGMENTS.len())]).collect();
        let once = harmless(&text);
        assert_eq!(broken_rule(&once), None, "\n{once}\n\nof {text:?}");
        assert_eq!(power(&once), None, "\n{once}\n\nof {text:?}");
        let line = inline(&text);
        assert!(!line.contains('\n'), "{line:?} of {text:?}");
        assert_eq!(broken_rule(&line), None, "\n{line}\n\nof {text:?}");
        assert!(!summary(&text).contains('\n'), "of {text:?}");
    }
}

/// What rustdoc's own reader finds in a text that it should not.
fn power(text: &str) -> Option<String> {
    use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let is_web =
        |url: &str| ["http://", "https://", "mailto:"].iter().any(|it| url.starts_with(it));
    let mut events = Parser::new_ext(text, options);
    let found = events.find(|event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(words))) => &**words != "text",
        Event::Start(Tag::Link { dest_url, .. }) => !is_web(dest_url),
        Event::Start(tag) => !matches!(
            tag,
            Tag::Paragraph
                | Tag::List(_)
                | Tag::Item
                | Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
        ),
        Event::Text(_)
        | Event::Code(_)
        | Event::End(_)
        | Event::SoftBreak
        | Event::TaskListMarker(_) => false,
        _ => true,
    });
    found.map(|event| format!("{event:?}"))
}

/// The rule that a harmless text breaks, read as Markdown is read and not as `harmless` wrote
/// it.
fn broken_rule(text: &str) -> Option<String> {
    let mut fence: Option<usize> = None;
    for line in text.split('\n') {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            Some(length) if ticks >= length && line.len() == ticks => fence = None,
            Some(_) => {}
            None if ticks >= 3 && line.ends_with("text") && ticks + 4 == line.len() => {
                fence = Some(ticks);
            }
            None => {
                if let Some(rule) = broken_rule_of_line(line) {
                    return Some(format!("{rule}: {line:?}"));
                }
            }
        }
        if line.chars().any(|c| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}')) {
            return Some(format!("an invisible sign: {line:?}"));
        }
    }
    fence.map(|_| "a fence is not closed".to_owned())
}

fn broken_rule_of_line(line: &str) -> Option<&'static str> {
    let line = line.trim_start_matches(' ');
    if line.contains("  ") || line.contains('\t') {
        return Some("more than one space, which is code behind a list's mark");
    }
    if line.starts_with("~~~") || line.starts_with('#') || line.starts_with('>') {
        return Some("a block");
    }
    if !line.is_empty() && line.chars().all(|c| "-=*_ ".contains(c)) {
        return Some("a rule or an underline");
    }
    let mut rest = line;
    while let Some(sign) = rest.chars().next() {
        let step = match sign {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '`' => {
                let ticks = rest.len() - rest.trim_start_matches('`').len();
                let Some(end) = end_of_span(&rest[ticks..], ticks) else {
                    return Some("a backtick that is not closed");
                };
                ticks + end
            }
            '<' if rest.starts_with("<http://") || rest.starts_with("<https://") => {
                let address = rest.split('>').next().unwrap_or_default();
                if address.len() == rest.len() || address[1..].contains([' ', '<', '`']) {
                    return Some("a broken address");
                }
                address.len() + 1
            }
            '[' if rest.contains("](http") || rest.contains("](mailto:") => 1,
            ']' if rest.starts_with("](http") || rest.starts_with("](mailto:") => {
                rest.find(')').unwrap_or_default() + 1
            }
            '[' | ']' | '<' | '>' | '|' | '&' => return Some("a sign with a power"),
            sign => sign.len_utf8(),
        };
        rest = &rest[step..];
    }
    None
}

fn end_of_span(text: &str, ticks: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == ticks {
            return Some(start + run);
        }
        at = start + run;
    }
    None
}
