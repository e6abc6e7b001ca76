//! What is written is what botocore 1.43.67 writes (`CBORSerializer`), but for the order of
//! members, which is the schema's, and times with a fraction, which botocore cuts.

use super::*;

#[test]
fn values_are_written_as_botocore_writes_them() {
    let text = |length: usize| "a".repeat(length);
    let cases: Vec<(Every, String)> = vec![
        (Every::default(), "a0".to_owned()),
        (Every { boolean: Some(false), ..Every::default() }, "a167626f6f6c65616ef4".to_owned()),
        (
            Every {
                float: Some(7.625),
                double: Some(1.889),
                time: Timestamp::from_seconds(1_398_796_238),
                ..Every::default()
            },
            "a365666c6f6174fa40f4000066646f75626c65fb3ffe395810624dd36474696d65c11a535fefce"
                .to_owned(),
        ),
        (
            Every { float: Some(f32::NAN), double: Some(f64::NEG_INFINITY), ..Every::default() },
            "a265666c6f6174f97e0066646f75626c65f9fc00".to_owned(),
        ),
        (
            Every { string: Some(text(23)), ..Every::default() },
            format!("a166737472696e6777{}", "61".repeat(23)),
        ),
        (
            Every { string: Some(text(300)), ..Every::default() },
            format!("a166737472696e6779012c{}", "61".repeat(300)),
        ),
        (
            Every { blob: Some(Blob::from(vec![0; 24])), ..Every::default() },
            format!("a164626c6f625818{}", "00".repeat(24)),
        ),
        (
            Every {
                list: Some(vec![0, 23, 24, 255, 256, 65_535, 65_536, -1, -24, -25, i32::MIN]),
                ..Every::default()
            },
            "a1646c6973748b0017181818ff19010019ffff1a0001000020373818 3a7fffffff".replace(' ', ""),
        ),
        (
            Every { long: Some(4_294_967_296), ..Every::default() },
            "a1646c6f6e671b0000000100000000".to_owned(),
        ),
        (
            Every { long: Some(i64::MIN), ..Every::default() },
            "a1646c6f6e673b7fffffffffffffff".to_owned(),
        ),
        (
            Every {
                map: Some([("b".to_owned(), 1), ("a".to_owned(), 2)].into_iter().collect()),
                structure: Some(Inner { x: Some(3) }),
                choice: Some(Choice::Text("t".to_owned())),
                ..Every::default()
            },
            "a3636d6170a261620161610269737472756374757265a16d782d6f6e2d7468652d77697265036663686f6963\
             65a1647465787461 74"
                .replace(' ', ""),
        ),
    ];
    for (every, expected) in cases {
        assert_eq!(hex(&write(&every, WIRE)), expected, "{every:?}");
        assert_eq!(hex(&super::super::write_structure(&every, WIRE)), expected, "{every:?}");
    }
}

#[test]
fn what_botocore_has_no_form_for() {
    let quarter = Timestamp::from_millis(1_440_939_104_250).unwrap();
    let cases: [(&dyn Value, &str); 5] = [
        (&quarter, "c1fb41d578bf18100000"),
        (&Timestamp::from_seconds(-1).unwrap(), "c120"),
        (&vec![Some(1), None], "8201f6"),
        (&Nullable::<i32>::Null, "f6"),
        (
            &Document::from_json(br#"{"a":[1,-1,0.5,null,true]}"#).unwrap(),
            "a1616185 0120fb3fe0000000000000f6f5",
        ),
    ];
    for (value, expected) in cases {
        assert_eq!(hex(&write(value, WIRE)), expected.replace(' ', ""));
    }
}
