//! Pieces of documentation, written for these tests.

use super::from_html;

const CASES: &[(&str, &str)] = &[
    // Paragraphs
    ("", ""),
    ("<p></p>", ""),
    ("<zonbook></zonbook><xhtml></xhtml>", ""),
    ("  <p>Makes \n   a  note.</p> ", "Makes a note."),
    ("<p>One</p><p>Two</p>\n\n", "One\n\nTwo"),
    ("One<p>Two", "One\n\nTwo"),
    ("Line<br/>break", "Line\n\nbreak"),
    ("<b>x</b>\n\ny", "**x**\n\ny"),
    ("<h2>Rules</h2><p>None.</p>", "**Rules**\n\nNone."),
    ("<!-- hidden --><p>Shown</p>", "Shown"),
    ("<p>a<script>alert(1)</script>b</p>", "ab"),
    // Emphasis
    ("<p>A <b>bold </b>and <i>fine</i> word</p>", "A **bold** and *fine* word"),
    ("<strong><em>both</em></strong>", "**both**"),
    ("<p>in<b>side</b>s</p>", "in**side**s"),
    ("<p>a<b>(x)</b>b</p>", "a(x)b"),
    ("<p>x <b> </b> y</p>", "x y"),
    ("<p><b>never closed</p><p>next</p>", "**never closed**\n\nnext"),
    // Code
    ("<code>a_b</code>", "`a_b`"),
    ("the<code> x </code>key", "the `x` key"),
    ("<code>a</code><code>b</code>", "`ab`"),
    ("<code>a`b</code>", "``a`b``"),
    ("<code>`a`</code>", "`` `a` ``"),
    ("<code></code>x", "x"),
    ("<code>a &lt;b&gt; *c*</code>", "`a <b> *c*`"),
    ("<p><b><code>x</code></b> is</p>", "`x` is"),
    ("<code><i>a</i>b</code>", "`ab`"),
    ("<code>arn:aws:<replaceable>id</replaceable></code>", "`arn:aws:id`"),
    ("<pre><code> a\n   b  \n</code></pre>", "```\n a\n   b\n```"),
    ("<pre>```</pre>", "````\n```\n````"),
    ("<p>x</p><pre>never closed", "x\n\n```\nnever closed\n```"),
    ("Use `x_y` <b>now</b>", "Use `x_y` **now**"),
    // Links
    (
        r#"<p>See <a href="https://example.com/a_(b)">the  guide</a>.</p>"#,
        "See [the guide](https://example.com/a_%28b%29).",
    ),
    (r#"<a href="https://x.example/?a=1&amp;b=2"> it</a>"#, "[it](https://x.example/?a=1&b=2)"),
    (r#"<a href="mailto:a@example.com">mail</a>"#, "[mail](mailto:a@example.com)"),
    (r#"<a href="javascript:alert(1)">it</a>"#, "it"),
    (r#"<a href="Other.html#x">other</a>"#, "other"),
    (r"<a href='https://x.example/'><code>F</code></a>", "[`F`](https://x.example/)"),
    (r#"<a href="https://x.example">a [b]</a>"#, "[a b](https://x.example)"),
    (r#"<a href="https://x.example">https://x.example</a>"#, "https://x.example"),
    (r#"<a href="https://x.example"></a>y"#, "y"),
    ("<p>See <a>ListNotes</a> and <a>two words</a>.</p>", "See `ListNotes` and two words."),
    ("<a href=\"https://x.example\">never closed", "[never closed](https://x.example)"),
    ("<a href=\"https://x.example>broken</a>", "[broken](https://x.example)"),
    ("<link linkend=\"X\">X</link> it", "X it"),
    ("<i>See</i> https://x.example/a_b_c.", "*See* https://x.example/a_b_c."),
    // Lists
    ("<ul><li>a</li> <li><p>b</p></li></ul>", "- a\n- b"),
    ("<ol><li>a<li>b</ol>after", "1. a\n2. b\n\nafter"),
    (
        "<p>Of:</p><ul><li><p>a:</p><ul><li>b</li></ul></li><li>c</li></ul>",
        "Of:\n\n- a:\n  - b\n- c",
    ),
    ("<ol><li>a<ul><li>b</li></ul></li></ol>", "1. a\n   - b"),
    ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n- c"),
    ("<ul><li>a<pre>b\nc</pre></li></ul>", "- a\n\n  ```\n  b\n  c\n  ```"),
    ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
    ("<li>a</li><li>b</li>", "- a\n- b"),
    ("<ul></ul>x<ul><li></li></ul>", "x"),
    ("<ul>stray<li>a</li></ul>", "- stray\n- a"),
    ("</li></ul></p>x", "x"),
    // Terms and tables
    ("<dl><dt>a</dt> <dd><p>b</p></dd><dt>c</dt><dd>d</dd></dl>", "- **a**: b\n- **c**: d"),
    ("<dl><dd>b</dd></dl>", "- b"),
    ("<dl><dt>a</dl>", "- **a**"),
    (
        "<table><tr><th>k</th><th>v</th></tr><tr><td><p>a</p></td><td>b</td></tr></table>",
        "- **k** | **v**\n- a | b",
    ),
    // Labels
    ("<note> <p>Mind</p> </note>", "**Note:** Mind"),
    ("<p>x</p><important><p>a</p><p>b</p></important>", "x\n\n**Important:** a\n\nb"),
    ("<note><ul><li>a</li></ul></note>", "**Note:**\n\n- a"),
    ("<p><fullname>Notes</fullname></p><p>Keeps them.</p>", "Keeps them."),
    ("<fullname>Notes</fullname>", "Notes"),
    // Signs
    ("<p>&lt;b&gt; &amp; &quot;&#x41;&#66;&nbsp;&copy;</p>", "\\<b> & \"AB ©"),
    ("<p>1&#150;2 &unknown; &#xffffff; &</p>", "1–2 \\&unknown; \\&#xffffff; &"),
    ("<p>&amp;lt;</p>", "\\&lt;"),
    ("<p>arn:<region>:<id>/x</p>", "arn:\\<region>:\\<id>/x"),
    ("<p>a < b > c <</p>", "a < b > c <"),
    ("<p>snake_case *star _u_ 2 * 3</p>", "snake_case \\*star \\_u\\_ 2 * 3"),
    ("<p># not a title</p>", "\\# not a title"),
    ("<p>- no item</p><p>1. no item</p><p>1.5</p>", "\\- no item\n\n1\\. no item\n\n1.5"),
    ("<p>[x](y) [z]</p>", "\\[x](y) [z]"),
    ("<p>a\u{202e}b\u{0}c\u{2028}d</p>", "abc d"),
    ("<p>C:\\dir\\*</p>", "C:\\dir\\\\\\*"),
    // Markdown
    (
        "Plain *text*, `<key>` and <id>.\n\n- one  \n- two\n\n\n",
        "Plain *text*, `<key>` and \\<id>.\n\n- one\n- two",
    ),
];

#[test]
fn html_becomes_markdown() {
    let wrong: Vec<_> = CASES
        .iter()
        .filter(|(html, markdown)| from_html(html) != *markdown)
        .map(|(html, markdown)| {
            format!("of {html:?}\n  made {:?}\n  for  {markdown:?}", from_html(html))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn deep_nesting_is_no_matter() {
    let html = format!("{}x{}", "<ul><li>".repeat(50_000), "<b><code><a>".repeat(10_000));
    assert!(from_html(&html).ends_with('x'));
}

/// What the random pieces are made of.
const FRAGMENTS: &[&str] = &[
    "<p>",
    "</p>",
    "<ul>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<li>",
    "</li>",
    "<code>",
    "</code>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href=\"https://x.example\">",
    "<a>",
    "</a>",
    "<pre>",
    "</pre>",
    "<dl>",
    "<dt>",
    "</dt>",
    "<dd>",
    "</dd>",
    "</dl>",
    "<note>",
    "</note>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<fullname>",
    "</fullname>",
    "<region>",
    "<",
    ">",
    "&lt;",
    "&amp;",
    "&#60;",
    "`",
    "``",
    "*",
    "_",
    "\\",
    "[",
    "](",
    ")",
    "# ",
    "- ",
    "1. ",
    "\n",
    "\n\n",
    " ",
    "  ",
    "word",
    "é",
    "日本",
    "\u{200b}",
    "<!--",
    "-->",
    "<br>",
    "<p class='",
    "\"",
    "<script>",
    "</script>",
];

#[test]
fn no_piece_is_too_broken() {
    // A small generator of numbers, so that every run makes the same pieces.
    let mut state = 1_u64;
    let mut below = |end: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % end
    };
    for _ in 0..30_000 {
        let length = below(20);
        let html: String = (0..length).map(|_| FRAGMENTS[below(FRAGMENTS.len())]).collect();
        let markdown = from_html(&html);
        assert_eq!(markdown.trim_end(), markdown, "of {html:?}");
        assert_eq!(markdown.trim_start_matches('\n'), markdown, "of {html:?}");
        let only_text = !markdown.contains("```");
        assert!(!(only_text && markdown.contains("\n\n\n")), "{markdown:?} of {html:?}");
        assert!(!markdown.contains('\u{200b}'), "{markdown:?} of {html:?}");
    }
}
