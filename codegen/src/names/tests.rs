use super::{field, type_name, variant};
use crate::{Options, generate};
use typefoundry_spec::{Style, load};

/// A name of a spec, and the field, the type and the variant that it becomes.
const CASES: &[(&str, &str, &str, &str)] = &[
    ("name", "name", "Name", "Name"),
    ("stageArn", "stage_arn", "StageArn", "StageArn"),
    ("StageARN", "stage_arn", "StageArn", "StageArn"),
    // Acronyms in the plural
    ("stageARNs", "stage_arns", "StageArns", "StageArns"),
    ("ARNs", "arns", "Arns", "Arns"),
    ("IDs", "ids", "Ids", "Ids"),
    ("As", "r#as", "As", "As"),
    ("bus", "bus", "Bus", "Bus"),
    ("HTTPServer", "http_server", "HttpServer", "HttpServer"),
    ("HLSConfig", "hls_config", "HlsConfig", "HlsConfig"),
    ("x-amz-id-2", "x_amz_id_2", "XAmzId2", "XAmzId2"),
    ("B_FRAME_PRESENT", "b_frame_present", "BFramePresent", "BFramePresent"),
    // Keywords
    ("type", "r#type", "Type", "Type"),
    ("Match", "r#match", "Match", "Match"),
    ("gen", "r#gen", "Gen", "Gen"),
    ("try", "r#try", "Try", "Try"),
    ("self", "self_", "Self", "SelfValue"),
    ("Self", "self_", "Self", "SelfValue"),
    ("super", "super_", "Super", "Super"),
    ("crate", "crate_", "Crate", "Crate"),
    // Digits
    ("1080p", "n1080p", "T1080p", "V1080p"),
    ("2", "n2", "T2", "V2"),
    ("ipv4", "ipv4", "Ipv4", "Ipv4"),
    // Signs
    ("__string", "string", "String", "String"),
    ("-", "u002d", "U002D", "U002D"),
    ("_", "u005f", "U005F", "U005F"),
    ("__", "u005fu005f", "U005FU005F", "U005FU005F"),
    ("*", "u002a", "U002A", "U002A"),
    ("+1", "n1", "T1", "V1"),
    ("-1", "n1", "T1", "V1"),
    ("text/html", "text_html", "TextHtml", "TextHtml"),
    ("$ref", "r#ref", "Ref", "Ref"),
    ("a b", "a_b", "AB", "AB"),
    ("", "n", "T", "V"),
    // Other scripts
    ("über", "über", "Über", "Über"),
    ("日本", "日本", "日本", "日本"),
    ("🦀", "u1f980", "U1F980", "U1F980"),
    // The variant for what comes later has this name.
    ("Unknown", "unknown", "Unknown", "UnknownValue"),
    ("UNKNOWN", "unknown", "Unknown", "UnknownValue"),
];

#[test]
fn names_follow_from_the_specs_by_rule() {
    let given = |case: &&str| {
        let (field, type_name, variant) = (field(case), type_name(case), variant(case));
        (field.to_string(), type_name.to_string(), variant.to_string())
    };
    for (name, field, type_name, variant) in CASES {
        let expected = ((*field).to_owned(), (*type_name).to_owned(), (*variant).to_owned());
        assert_eq!(given(name), expected, "of {name:?}");
    }
}

#[test]
fn every_text_becomes_an_identifier() {
    let signs: Vec<char> =
        "aZ09_-. \t\n\"'\\/$*#@!?:;,()[]{}<>|&^%+=~`éßİıǅ日𝔘🦀\u{301}\u{200d}\u{202e}\u{0}·٣²Ⅷ"
            .chars()
            .collect();
    let mut state = 7_u64;
    let mut below = |end: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % end
    };
    for _ in 0..50_000 {
        let length = below(8);
        let name: String = (0..length).map(|_| signs[below(signs.len())]).collect();
        for ident in [field(&name), type_name(&name), variant(&name)] {
            let text = ident.to_string();
            assert!(
                syn::parse_str::<syn::Ident>(&text).is_ok() || text == "Self",
                "{text:?} of {name:?}"
            );
        }
    }
}

#[test]
fn a_waiter_is_called_by_its_words() {
    let cases = [
        ("JobDone", "wait_until_job_done"),
        ("jobDone", "wait_until_job_done"),
        ("job-done", "wait_until_job_done"),
        ("DBInstanceGone", "wait_until_db_instance_gone"),
    ];
    for (name, method) in cases {
        assert_eq!(super::wait_until(name), method, "{name}");
    }
}

/// What naming has to say about a spec.
fn report(operations: &str, shapes: &str) -> String {
    let text = format!(
        r#"{{
  "typefoundry": "1",
  "service": {{"id": "acme/pets", "title": "Pets", "protocol": "rest", "endpoint": {{"url": "https://example.com"}}}},
  "operations": {{{operations}}},
  "shapes": {{{shapes}}}
}}"#
    );
    let (model, mut diagnostics) =
        load("pets.json", &text).into_parts().unwrap_or_else(|found| panic!("{found}"));
    let module = generate(&model, &Options::default(), &mut diagnostics).unwrap();
    assert_eq!(module.is_none(), diagnostics.has_errors());
    diagnostics.render(Style::Plain)
}

fn snapshot(name: &str, report: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, report));
}

#[test]
fn tf0503_names_that_rust_needs_are_left_alone() {
    let report = report(
        r#"
    "Result": {"http": "POST /a", "input": {"a": "Option", "b": "Client", "c": "Vec", "d": "Pets", "e": "AddPet"}},
    "AddPet": {"http": "POST /b"},
    "FromEnv": {"http": "POST /c"}"#,
        r#"
    "Option": {"structure": {"x": "string"}},
    "Client": {"enum": {"A": ""}},
    "Vec": {"union": {"x": "string"}},
    "Pets": {"structure": {"x": "string"}},
    "AddPet": {"structure": {"x": "string"}}"#,
    );
    snapshot("tf0503_reserved", &report);
}

#[test]
fn tf0501_names_that_come_out_equal_are_reported() {
    let report = report(
        r#"
    "AddPet": {"http": "POST /a", "input": {"petName": "string", "pet_name": "string", "colour": "Colour", "place": "Place", "one": "PetShape", "two": "pet-shape"}},
    "addPet": {"http": "POST /b"},
    "Pets": {"http": "POST /c"}"#,
        r#"
    "Colour": {"enum": {"DARK_RED": "", "dark-red": ""}},
    "Place": {"union": {"a": "string", "A": "string"}},
    "PetShape": {"structure": {"x": "string"}},
    "pet-shape": {"structure": {"x": "string"}}"#,
    );
    snapshot("tf0501_collisions", &report);
}

#[test]
fn tf0501_setters_that_come_out_equal_are_reported() {
    let report = report(
        r#"
    "AddPet": {"http": "POST /a", "input": {"tags": "string", "setTags": "string", "items": "string", "withItems": "string", "pet": "Pet"}}"#,
        r#"
    "Pet": {"structure": {"name": {"type": "string", "required": true}, "b": "string", "setB": "string", "more": "PetBuilder"}},
    "PetBuilder": {"structure": {"x": "string"}}"#,
    );
    snapshot("tf0501_setters", &report);
}
