#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use super::Whole;
use typefoundry::Document;

fn whole(paths: &[&str], same: &[&str], pages: &str) -> String {
    let mut whole = Whole::new(paths.to_vec(), same.to_vec());
    let Document::Array(pages) = Document::from_json(pages.as_bytes()).unwrap() else {
        panic!("pages are an array");
    };
    for page in pages {
        let Document::Object(page) = page else { panic!("a page is an object") };
        whole.add(page);
    }
    whole.finish().to_json()
}

/// The answers are those of botocore's `PageIterator.build_full_result` for the same pages.
#[test]
fn pages_come_to_what_botocore_makes_of_them() {
    let cases: [(&[&str], &[&str], &str, &str); 6] = [
        (&["items"], &[], r#"[{"items":[1,2],"x":1},{},{"items":[3]}]"#, r#"{"items":[1,2,3]}"#),
        (&["items"], &[], "[{},{}]", "{}"),
        (
            &["List.Items"],
            &["List.Max", "List.Gone", "Name"],
            r#"[{"Name":"a","List":{"Items":[1],"Max":2,"Marker":"m"}},
                {"Name":"b","List":{"Items":[2],"Max":9}}]"#,
            r#"{"List":{"Items":[1,2],"Max":2,"Gone":null},"Name":"a"}"#,
        ),
        (
            &["Items", "Count", "Ratio", "Text", "Names"],
            &["Capacity"],
            r#"[{"Items":[],"Count":2,"Ratio":1,"Text":"ab","Capacity":{"Units":1}},
                {"Items":[{}],"Count":-5,"Ratio":0.5,"Text":"cd","Names":["n"],
                 "Capacity":{"Units":3}}]"#,
            r#"{"Items":[{}],"Count":-3,"Ratio":1.5,"Text":"abcd","Names":["n"],"Capacity":{"Units":1}}"#,
        ),
        (
            &["R.A.Names", "R.Tags"],
            &["Gone.Deep"],
            r#"[{"R":{"Tags":[1]}},{"R":{"A":{"Names":["x"]}}},{}]"#,
            r#"{"R":{"Tags":[1],"A":{"Names":["x"]}},"Gone":{"Deep":null}}"#,
        ),
        (
            &["LogFileData"],
            &[],
            r#"[{"LogFileData":"one\n","Marker":"1"},{"LogFileData":"two\n"}]"#,
            r#"{"LogFileData":"one\ntwo\n"}"#,
        ),
    ];
    for (paths, same, pages, expected) in cases {
        assert_eq!(whole(paths, same, pages), expected, "{paths:?} {same:?}");
    }
}

/// botocore keeps only the first page of a map. Here nothing is lost.
#[test]
fn maps_grow_and_parts_of_another_kind_change_nothing() {
    for (pages, expected) in [
        (r#"[{"m":{"a":[1],"b":1}},{"m":{"c":2,"a":[2]}}]"#, r#"{"m":{"a":[1,2],"b":1,"c":2}}"#),
        (r#"[{"m":[1]},{"m":"x"},{"m":null},{"m":{}}]"#, r#"{"m":[1]}"#),
        (r#"[{"m":18446744073709551615},{"m":1}]"#, r#"{"m":1.8446744073709552e+19}"#),
    ] {
        assert_eq!(whole(&["m"], &[], pages), expected);
    }
}
