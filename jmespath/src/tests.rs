use crate::Comparison::{Equal, Greater, NotEqual};
use crate::Expr::{And, Call, Compare, Current, Each, EachValue, Flatten, Index, Not, Or, Then};
use crate::{Expr, Function, Number, Value, parse, parse_query};

fn member(name: &str) -> Expr {
    Expr::Member(name.to_owned())
}

fn text(text: &str) -> Expr {
    Expr::Literal(Value::from(text))
}

fn number(number: impl Into<Number>) -> Expr {
    Expr::Literal(Value::Number(number.into()))
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
                b(number(0_i64)),
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
        ("`true`", Expr::Literal(Value::Bool(true))),
        ("`null`", Expr::Literal(Value::Null)),
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
        ("length(&b)", "references to expressions are not for specs at byte 7"),
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
        assert!(parse_query(&deep).is_err());
    }
    for deep in ["[".repeat(100_000), "{a:".repeat(100_000), "a[*].".repeat(330)] {
        assert!(parse_query(&deep).is_err());
    }
    // What goes on and on is a deep tree, too.
    assert!(parse(&format!("a{}", ".a".repeat(100_000))).is_err());
}

#[test]
fn no_expression_makes_more_than_there_is_room_for() {
    let twice = |one: &str| format!("a{}", format!(" | {one}").repeat(60));
    let value = Value::from_json(r#"{"a": ["x", "y"]}"#).expect("JSON");
    for query in [
        twice("[@, @][]"),
        twice("[@, @]"),
        twice("[@, @]") + " | [@, @] | @[0] == @[1] && 'same'",
        twice("[@, @]") + " | contains([@], @)",
        format!("a[0]{}", " | join(@, [@, @])".repeat(60)),
        twice("[@, @]") + " | to_string(@)",
    ] {
        let query = parse_query(&query).expect("a query");
        let found = query.search(&value).map_err(|error| error.to_string());
        let message = "the expression makes too many values of what it is given";
        assert_eq!(found, Err(message.to_owned()));
    }
    // In a spec it is not even read.
    let wide = parse(&twice("[@, @][]")).map_err(|error| error.to_string());
    assert_eq!(wide, Err("the expression makes too many values of one at byte 152".to_owned()));
    assert!(parse("a.[b, c, d][].[e, f] | [@, @][]").is_ok());
    // Where much is given, much is made of it.
    let many = Value::List((0..20_000).map(|at: i64| Value::Number(at.into())).collect());
    let query = parse_query("[*].[@, @, @, @] | [*].[@, @, @][] | length(@)").expect("a query");
    assert_eq!(query.search(&many).map(|found| found.repr()), Ok("60000".to_owned()));
}

/// What jmespath.py says of these, as the AWS CLI shows it.
#[test]
fn mistakes_in_queries_are_told_in_the_words_of_jmespath_py() {
    let cases = [
        ("[bad", "Invalid jmespath expression: Incomplete expression:\n\"[bad\"\n     ^"),
        ("", "Invalid JMESPath expression: cannot be empty."),
        (
            "a b",
            "Unexpected token: b: Parse error at column 2, token \"b\" (UNQUOTED_IDENTIFIER), for expression:\n\"a b\"\n   ^",
        ),
        (
            "a.",
            "Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: eof: Parse error at column 2, token \"\" (EOF), for expression:\n\"a.\"\n   ^",
        ),
        ("a[", "Invalid jmespath expression: Incomplete expression:\n\"a[\"\n   ^"),
        (
            "a[b]",
            "Expecting: star, got: unquoted_identifier: Parse error at column 2, token \"b\" (UNQUOTED_IDENTIFIER), for expression:\n\"a[b]\"\n   ^",
        ),
        ("a[0", "Invalid jmespath expression: Incomplete expression:\n\"a[0\"\n    ^"),
        ("(a", "Invalid jmespath expression: Incomplete expression:\n\"(a\"\n   ^"),
        ("a ==", "Invalid jmespath expression: Incomplete expression:\n\"a ==\"\n     ^"),
        ("a = b", "Bad jmespath expression: Unknown token '=':\na = b\n  ^"),
        ("a#", "Bad jmespath expression: Unknown token #:\na#\n ^"),
        ("'x", "Bad jmespath expression: Unclosed ' delimiter:\n'x\n^"),
        ("`x", "Bad jmespath expression: Unclosed ` delimiter:\n`x\n^"),
        ("\"x", "Bad jmespath expression: Unclosed \" delimiter:\n\"x\n^"),
        (
            "a[]b",
            "Unexpected token: b: Parse error at column 3, token \"b\" (UNQUOTED_IDENTIFIER), for expression:\n\"a[]b\"\n    ^",
        ),
        ("{a: b", "Invalid jmespath expression: Incomplete expression:\n\"{a: b\"\n      ^"),
        (
            "{a b}",
            "Expecting: colon, got: unquoted_identifier: Parse error at column 3, token \"b\" (UNQUOTED_IDENTIFIER), for expression:\n\"{a b}\"\n    ^",
        ),
        (
            "{1: b}",
            "Expecting: ['quoted_identifier', 'unquoted_identifier'], got: number: Parse error at column 1, token \"1\" (NUMBER), for expression:\n\"{1: b}\"\n  ^",
        ),
        ("a.[", "Invalid jmespath expression: Incomplete expression:\n\"a.[\"\n    ^"),
        ("abs(a", "Invalid jmespath expression: Incomplete expression:\n\"abs(a\"\n      ^"),
        (
            "@(a)",
            "Invalid function name '@': Parse error at column 0, token \"@\" (CURRENT), for expression:\n\"@(a)\"\n ^",
        ),
        (
            "\"f\"(a)",
            "Quoted identifier not allowed for function names.: Parse error at column 0, token \"(\" (LPAREN), for expression:\n\"\"f\"(a)\"\n ^",
        ),
        (
            "a[0:1:2:3]",
            "syntax error: Parse error at column 7, token \":\" (COLON), for expression:\n\"a[0:1:2:3]\"\n        ^",
        ),
        ("-", "Bad jmespath expression: Unknown token '-':\n-\n^"),
        (
            "*a",
            "Unexpected token: a: Parse error at column 1, token \"a\" (UNQUOTED_IDENTIFIER), for expression:\n\"*a\"\n  ^",
        ),
        (
            "a..b",
            "Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: dot: Parse error at column 2, token \".\" (DOT), for expression:\n\"a..b\"\n   ^",
        ),
        (
            "a]",
            "Unexpected token: ]: Parse error at column 1, token \"]\" (RBRACKET), for expression:\n\"a]\"\n  ^",
        ),
        ("é", "Bad jmespath expression: Unknown token é:\né\n^"),
        ("`\"x`", "Bad jmespath expression: Bad token \"x:\n`\"x`\n^"),
        (
            "a.b.",
            "Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: eof: Parse error at column 4, token \"\" (EOF), for expression:\n\"a.b.\"\n     ^",
        ),
        (
            "[a b]",
            "Expecting: comma, got: unquoted_identifier: Parse error at column 3, token \"b\" (UNQUOTED_IDENTIFIER), for expression:\n\"[a b]\"\n    ^",
        ),
        ("a[*", "Invalid jmespath expression: Incomplete expression:\n\"a[*\"\n    ^"),
        (
            "a &b",
            "Unexpected token: &: Parse error at column 2, token \"&\" (EXPREF), for expression:\n\"a &b\"\n   ^",
        ),
    ];
    for (query, message) in cases {
        let error = parse_query(query).map_err(|error| error.with_expression(query));
        assert_eq!(error, Err(message.to_owned()), "{query}");
    }
}

/// What jmespath.py finds, or says, as Python prints it.
#[test]
fn queries_find_what_jmespath_py_finds() {
    let value = r#"{"a": [{"b": 1, "c": "x"}, {"b": 2.5, "c": "y"}], "t": "\u00e9x", "n": null, "big": 18446744073709551615, "huge": 100000000000000000000000000000000, "e": [], "m": {"z": 1, "y": [true]}}"#;
    let value = Value::from_json(value).unwrap_or_default();
    let cases = [
        ("a[].b", "[1, 2.5]"),
        ("sum(a[].b)", "3.5"),
        ("sum([big, big, `1`])", "36893488147419103231"),
        ("sum([`-9223372036854775808`, `-1`])", "-9223372036854775809"),
        ("sum([big, `0.5`])", "1.8446744073709552e+19"),
        ("sum([huge, `1`])", "100000000000000000000000000000001"),
        ("abs(`-100000000000000000000`)", "100000000000000000000"),
        ("abs(`-170141183460469231731687303715884105728`)", "1.7014118346046923e+38"),
        ("sum([`170141183460469231731687303715884105727`, `1`])", "1.7014118346046923e+38"),
        ("huge > big", "True"),
        ("to_number('100000000000000000000')", "100000000000000000000"),
        ("ceil(`1e20`)", "100000000000000000000"),
        ("avg([big, big])", "1.8446744073709552e+19"),
        ("avg(a[].b)", "1.75"),
        ("avg(e)", "None"),
        ("max_by(a,&b).c", "'y'"),
        ("min_by(a,&c).b", "1"),
        ("sort_by(a,&b)[-1]", "{'b': 2.5, 'c': 'y'}"),
        ("reverse(t)", "'xé'"),
        ("to_string(m)", "'{\"z\":1,\"y\":[true]}'"),
        ("to_string(t)", "'éx'"),
        ("to_string(a[1].b)", "'2.5'"),
        ("to_number('1_0')", "10"),
        ("to_number(' 2.50 ')", "2.5"),
        ("to_number('x')", "None"),
        ("ceil(`1.5`)", "2"),
        ("floor(`-1.5`)", "-2"),
        ("abs(`-2`)", "2"),
        ("a[::-1].b", "[2.5, 1]"),
        ("a[1:].{x: b, y: c}", "[{'x': 2.5, 'y': 'y'}]"),
        ("merge(m, a[0])", "{'z': 1, 'y': [True], 'b': 1, 'c': 'x'}"),
        ("keys(m)", "['z', 'y']"),
        ("values(m)", "[1, [True]]"),
        ("type(n)", "'null'"),
        ("join('-', a[].c)", "'x-y'"),
        ("map(&b, a)", "[1, 2.5]"),
        ("length(t)", "2"),
        ("big", "18446744073709551615"),
        ("a[?b > `1`].c | [0]", "'y'"),
        ("contains(t, 'x')", "True"),
        ("starts_with(t, 'é')", "True"),
        ("not_null(n, e, t)", "[]"),
        ("to_array(t)", "['éx']"),
        ("!n", "True"),
        ("n || 'd'", "'d'"),
        ("a && 'x'", "'x'"),
        (
            "abs(t)",
            "In function abs(), invalid type for value: éx, expected one of: ['number'], received: \"string\"",
        ),
        (
            "sum(a[].c)",
            "In function sum(), invalid type for value: x, expected one of: ['array-number'], received: \"str\"",
        ),
        (
            "length(n)",
            "In function length(), invalid type for value: None, expected one of: ['string', 'array', 'object'], received: \"null\"",
        ),
        (
            "sort_by(a, &m)",
            "In function sort_by(), invalid type for value: {'b': 1, 'c': 'x'}, expected one of: ['string', 'number'], received: \"null\"",
        ),
        ("sort(a[].b)", "[1, 2.5]"),
        ("max(a[].c)", "'y'"),
        ("m.*", "[1, [True]]"),
        ("`[1, {\"a\": null}]`", "[1, {'a': None}]"),
        ("a[0].*", "[1, 'x']"),
        ("e[0]", "None"),
        ("a[::0]", "slice step cannot be zero"),
        ("`1` == `true`", "False"),
        ("t < 'z'", "False"),
        (
            "ends_with(t, `1`)",
            "In function ends_with(), invalid type for value: 1, expected one of: ['string'], received: \"number\"",
        ),
        (
            "max_by(a, &n)",
            "In function max_by(), invalid type for value: None, expected one of: ['number', 'string'], received: \"null\"",
        ),
    ];
    for (query, found) in cases {
        let query_read = parse_query(query).map_err(|error| error.with_expression(query));
        let answer = query_read
            .and_then(|read| read.search(&value).map_err(|error| error.to_string()))
            .map_or_else(|message| message, |value| value.repr());
        assert_eq!(answer, found, "{query}");
    }
}

/// Sorting asks for an order that holds among any three.
#[test]
fn numbers_of_any_kind_are_sorted() {
    let edge = 9_007_199_254_740_992_i64;
    let mut numbers: Vec<Number> = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, 0.5, -2.5]
        .into_iter()
        .chain([9_007_199_254_740_992.0, 1.8e19, 1.9e19, -9.3e18, 1e300])
        .map(Number::Float)
        .collect();
    numbers.extend([0, -2, -3, edge, edge + 1, edge - 1, i64::MAX, i64::MIN].map(Number::Whole));
    numbers.push(Number::from(u64::MAX));
    for a in &numbers {
        for b in &numbers {
            assert_eq!(a.place(*b), b.place(*a).reverse(), "{a} {b}");
            for c in &numbers {
                if a.place(*b).is_le() && b.place(*c).is_le() {
                    assert!(a.place(*c).is_le(), "{a} {b} {c}");
                }
            }
        }
    }
    assert_ne!(Number::Float(9_007_199_254_740_992.0), Number::Whole(edge + 1));
    // Many of them, in an order that has none
    let many = (0_usize..2_000).map(|at| Value::Number(numbers[at * 7_919 % 31 % numbers.len()]));
    let many = Value::List(many.collect());
    for query in ["sort(@)", "sort_by(@, &@)", "max(@)", "sort(@)[-1]"] {
        let query = parse_query(query).expect("a query");
        assert!(query.search(&many).is_ok());
    }
    let last = parse_query("sort(@)[-1]").expect("a query").search(&many).expect("a number");
    assert_eq!(last.repr(), "nan");
}

#[test]
fn every_function_is_known_by_itself() {
    for known in Function::ALL {
        assert_eq!(known.function.known().name, known.name);
    }
}

/// Python's `repr`, by which the AWS CLI shows a list or an object in a cell.
#[test]
fn what_cannot_be_printed_is_escaped() {
    let cases = [
        ("plain ä 日", "'plain ä 日'"),
        ("it's", "\"it's\""),
        ("'\"", "'\\'\"'"),
        ("a\tb\u{7f}\u{a0}", "'a\\tb\\x7f\\xa0'"),
        ("\u{200d}\u{2028}", "'\\u200d\\u2028'"),
        ("\u{e0001}\u{f0000}", "'\\U000e0001\\U000f0000'"),
        // What combines with the character in front is printed.
        ("\u{301}e\u{301}", "'\u{301}e\u{301}'"),
    ];
    for (text, expected) in cases {
        assert_eq!(Value::from(text).repr(), expected);
    }
}
