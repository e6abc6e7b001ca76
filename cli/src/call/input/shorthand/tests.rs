use super::super::files::Files;
use super::parse;

/// What v2's `shorthand.py` makes of these; its messages but for the space that moves the caret.
#[test]
fn shorthand_is_that_of_the_aws_cli() {
    let files = Files::new();
    for (text, expected) in [
        ("a=b", Ok("{'a': 'b'}")),
        ("a=b,c=d", Ok("{'a': 'b', 'c': 'd'}")),
        ("a=", Ok("{'a': ''}")),
        ("a=,b=", Ok("{'a': '', 'b': ''}")),
        ("a=b,c", Ok("{'a': ['b', 'c']}")),
        ("a=b,c,d=e,f", Ok("{'a': ['b', 'c'], 'd': ['e', 'f']}")),
        ("a=[b,c]", Ok("{'a': ['b', 'c']}")),
        ("a=[]", Ok("{'a': []}")),
        ("a=[b],c=[d,e]", Ok("{'a': ['b'], 'c': ['d', 'e']}")),
        ("a={b=c}", Ok("{'a': {'b': 'c'}}")),
        ("a={b=c,d=[e,{f=g}]}", Ok("{'a': {'b': 'c', 'd': ['e', {'f': 'g'}]}}")),
        ("a={}", Ok("{'a': {}}")),
        ("a='b,c'", Ok("{'a': 'b,c'}")),
        ("a=\"b,c\"", Ok("{'a': 'b,c'}")),
        ("a='it\\'s'", Ok("{'a': \"it's\"}")),
        ("a=\"say \\\"x\\\"\"", Ok("{'a': 'say \"x\"'}")),
        ("a='b\\\\c'", Ok("{'a': 'b\\\\c'}")),
        ("a=b\\,c", Ok("{'a': 'b,c'}")),
        ("a=b\\,c,d", Ok("{'a': ['b,c', 'd']}")),
        ("a= b , c = d ", Ok("{'a': 'b', 'c': 'd'}")),
        ("a = b", Ok("{'a': 'b'}")),
        ("a=b c d", Ok("{'a': 'b c d'}")),
        ("a=b ,c", Ok("{'a': ['b', 'c']}")),
        ("a-b_c.d#e/f:g=h", Ok("{'a-b_c.d#e/f:g': 'h'}")),
        ("a=http://x/y?z=1", Ok("{'a': 'http://x/y?z=1'}")),
        ("a=b=c", Ok("{'a': 'b=c'}")),
        ("a=b,c=d=e", Ok("{'a': 'b', 'c': 'd=e'}")),
        ("a=b,'c d',e", Ok("{'a': ['b', 'c d', 'e']}")),
        ("a=b,\"c,d\"", Ok("{'a': ['b', 'c,d']}")),
        ("Name=tag:x,Values=y,z", Ok("{'Name': 'tag:x', 'Values': ['y', 'z']}")),
        ("Name=x,Values=[\"y, z\",w]", Ok("{'Name': 'x', 'Values': ['y, z', 'w']}")),
        ("a=\nb", Ok("{'a': 'b'}")),
        ("a=b,\nc=d", Ok("{'a': 'b', 'c': 'd'}")),
        ("a=Ünï,b=바다", Ok("{'a': 'Ünï', 'b': '바다'}")),
        ("a='x\\'", Ok("{'a': 'x\\\\'}")),
        ("=b", Ok("{'': 'b'}")),
        ("a=b,", Err("Expected: '<second>', received: '<none>' for input:\na=b,\n    ^")),
        ("a=<b>", Ok("{'a': '<b>'}")),
        ("a=b!c", Ok("{'a': 'b!c'}")),
        ("a=(b)", Ok("{'a': '(b)'}")),
        ("a={b=c}d", Err("Expected: ',', received: 'd' for input:\na={b=c}d\n       ^")),
        ("a=[b,c=d]", Ok("{'a': ['b', 'c=d']}")),
        ("a=*", Ok("{'a': '*'}")),
        ("Key=a,Value=[x y, z]", Ok("{'Key': 'a', 'Value': ['x y', 'z']}")),
        ("a", Err("Expected: '=', received: 'EOF' for input:\na\n ^")),
        ("a,b=c", Err("Expected: '=', received: ',' for input:\na,b=c\n ^")),
        ("a=b,c", Ok("{'a': ['b', 'c']}")),
        ("foo=bar,baz", Ok("{'foo': ['bar', 'baz']}")),
        ("a=[b", Err("Expected: ',', received: 'EOF' for input:\na=[b\n    ^")),
        ("a={b", Err("Expected: '=', received: 'EOF' for input:\na={b\n    ^")),
        ("a={b=c", Err("Expected: ',', received: 'EOF' for input:\na={b=c\n      ^")),
        ("a={b", Err("Expected: '=', received: 'EOF' for input:\na={b\n    ^")),
        ("a='b", Err("Expected: '<singled quoted>', received: '<none>' for input:\na='b\n  ^")),
        ("a=\"b", Err("Expected: '<double quoted>', received: '<none>' for input:\na=\"b\n  ^")),
        (
            "a=b,a=c",
            Err(
                "Second instance of key \"a\" encountered for input:\na=b,a=c\n    ^\nThis is often because there is a preceding \",\" instead of a space.",
            ),
        ),
        (
            "a=1,\nb=2,a=3",
            Err(
                "Second instance of key \"a\" encountered for input:\na=1,\nb=2,a=3\n    ^\nThis is often because there is a preceding \",\" instead of a space.",
            ),
        ),
        ("a==b", Err("Expected: ',', received: '=' for input:\na==b\n  ^")),
        ("a=b\nc==d,\ne=f", Ok("{'a': 'b\\nc==d', 'e': 'f'}")),
        ("a=[b}", Err("Expected: ',', received: '}' for input:\na=[b}\n    ^")),
        ("a={b=c]", Err("Expected: ',', received: ']' for input:\na={b=c]\n      ^")),
        ("a b=c", Err("Expected: '=', received: 'b' for input:\na b=c\n  ^")),
        ("", Err("Expected: '=', received: 'EOF' for input:\n\n^")),
        ("ä=b", Err("Expected: '=', received: 'ä' for input:\nä=b\n^")),
        ("a=b,c=d,c", Ok("{'a': 'b', 'c': ['d', 'c']}")),
        ("a='b'c", Err("Expected: ',', received: 'c' for input:\na='b'c\n     ^")),
    ] {
        let read = parse(text, &files).map(|value| value.repr());
        let read = read.as_ref().map(String::as_str).map_err(String::as_str);
        assert_eq!(read, expected, "{text}");
    }
}

#[test]
fn what_lies_too_deep_is_refused() {
    let files = Files::new();
    let deep = format!("a={}", "[".repeat(100_000));
    assert_eq!(parse(&deep, &files), Err("Too many values inside of each other".to_owned()));
}
