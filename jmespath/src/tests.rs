use crate::Comparison::{Equal, Greater, NotEqual};
use crate::Expr::{And, Call, Compare, Current, Each, EachValue, Flatten, Index, Not, Or, Then};
use crate::{Expr, Function, Literal, parse};

fn member(name: &str) -> Expr {
    Expr::Member(name.to_owned())
}

fn text(text: &str) -> Expr {
    Expr::Literal(Literal::Text(text.to_owned()))
}

fn number(number: f64) -> Expr {
    Expr::Literal(Literal::Number(number))
}

#[expect(clippy::unnecessary_box_returns, reason = "trees are made of boxes")]
fn b(expr: Expr) -> Box<Expr> {
    Box::new(expr)
}

#[test]
fn expressions_become_trees() {
    let cases = [
        ("a", member("a")),
        (r#""a \"b\" \u0063""#, member("a \"b\" c")),
        ("@", Current),
        ("a.b.c", Then(b(Then(b(member("a")), b(member("b")))), b(member("c")))),
        ("a[-1]", Then(b(member("a")), b(Index(-1)))),
        ("a[]", Each(b(Flatten(b(member("a")))), b(Current))),
        (
            "a[].b[].c",
            Each(b(Flatten(b(Each(b(Flatten(b(member("a")))), b(member("b")))))), b(member("c"))),
        ),
        ("a[*].b.c", Each(b(member("a")), b(Then(b(member("b")), b(member("c")))))),
        ("a.*.b", EachValue(b(member("a")), b(member("b")))),
        ("* | [0]", Then(b(EachValue(b(Current), b(Current))), b(Index(0)))),
        ("a[*] | [0]", Then(b(Each(b(member("a")), b(Current))), b(Index(0)))),
        ("[a, b]", Expr::List(vec![member("a"), member("b")])),
        ("a.[b]", Then(b(member("a")), b(Expr::List(vec![member("b")])))),
        (
            "a[?b == 'it\\'s'].c",
            Expr::Filter {
                of: b(member("a")),
                condition: b(Compare(Equal, b(member("b")), b(text("it's")))),
                then: b(member("c")),
            },
        ),
        (
            "length(a[]) > `0`",
            Compare(
                Greater,
                b(Call(Function::Length, vec![Each(b(Flatten(b(member("a")))), b(Current))])),
                b(number(0.0)),
            ),
        ),
        (
            "a != 'x' && b || c",
            Or(
                b(And(b(Compare(NotEqual, b(member("a")), b(text("x")))), b(member("b")))),
                b(member("c")),
            ),
        ),
        ("!(a && b)", Not(b(And(b(member("a")), b(member("b")))))),
        ("!a.b", Then(b(Not(b(member("a")))), b(member("b")))),
        ("`true`", Expr::Literal(Literal::Bool(true))),
        ("`null`", Expr::Literal(Literal::Null)),
        ("`-1.5`", number(-1.5)),
        ("`\"x\"`", text("x")),
        ("`ACTIVE`", text("ACTIVE")),
        ("not_null(a, b)", Call(Function::NotNull, vec![member("a"), member("b")])),
    ];
    for (expression, tree) in cases {
        assert_eq!(parse(expression), Ok(tree), "{expression}");
    }
}

#[test]
fn mistakes_are_named_with_their_place() {
    let cases = [
        ("", "an expression is missing at the end"),
        ("a.", "a member is missing behind the dot at the end"),
        ("a b", "nothing is known that goes on like this at byte 2"),
        ("a[0", "a `]` is missing at the end"),
        ("a[*", "a `]` is missing at the end"),
        ("a[", "a number or `*` is missing at the end"),
        ("a[b]", "a number or `*` is missing at byte 2"),
        ("(a", "a `)` is missing at the end"),
        ("a[0:1]", "slices are not for specs at byte 3"),
        ("{a: b}", "objects that are put together are not for specs at byte 0"),
        ("sort_by(a, &b)", "references to expressions are not for specs at byte 11"),
        ("a == 'x", "the ' that ends this text is missing at byte 5"),
        ("a == `[1]`", "a literal is a number, a text, true, false or null here at byte 5"),
        ("a#", "nothing begins with `#` at byte 1"),
        ("a[]b", "nothing is known that goes on like this at byte 3"),
        ("length()", "`length` has 1 arguments at byte 7"),
        ("length(a, b)", "`length` has 1 arguments at byte 11"),
        ("not_null()", "`not_null` has at least 1 arguments at byte 9"),
        (
            "size(a)",
            "there is no function `size`; there are `length`, `contains`, `keys`, `values`, \
             `starts_with`, `ends_with`, `not_null` at byte 0",
        ),
        ("-", "this is no number at byte 0"),
        ("\"\\x\"", "a name in quotes is written as JSON writes text at byte 0"),
        ("]", "an expression is missing at byte 0"),
    ];
    for (expression, message) in cases {
        let error = parse(expression).map_err(|error| error.to_string());
        assert_eq!(error, Err(message.to_owned()), "{expression}");
    }
}

#[test]
fn no_expression_is_too_deep_for_the_stack() {
    for deep in ["(".repeat(100_000), "!".repeat(100_000), "a[?".repeat(100_000)] {
        assert!(parse(&deep).is_err());
    }
    // What goes on and on is a deep tree, too.
    assert!(parse(&format!("a{}", ".a".repeat(100_000))).is_err());
}
