//! What nobody has heard of is named, wherever in a model it stands.

#![allow(clippy::unwrap_used, reason = "that is how tests fail")]

use std::path::PathBuf;
use typefoundry_import::{Docs, Imported, Options, import, import_model, markdown};

const MODEL: &str = r#"{
  "version": "2.0",
  "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "notes", "protocol": "rest-json",
    "serviceFullName": "Notes", "serviceId": "Notes", "signatureVersion": "v9", "uid": "notes",
    "colour": "red", "protocolSettings": {"h2": "optional", "h3": "always"}},
  "flavour": "salt",
  "operations": {
    "Find": {
      "name": "Find",
      "http": {"method": "GET", "requestUri": "/", "idempotencyMode": "strict"},
      "input": {"shape": "In", "payloads": []},
      "errors": [{"shape": "Gone"}, {"shape": "Gone", "weight": 1}],
      "requestcompression": {"encodings": ["gzip", "zstd"]},
      "staticContextParams": {"Mode": {"value": "x", "scope": "all"}},
      "retries": 3
    }
  },
  "shapes": {
    "In": {"type": "structure", "required": "Id", "members": {
      "Id": {"shape": "Id", "location": "trailer"},
      "Size": {"shape": "Size", "unit": "kg"},
      "Names": {"shape": "Names", "contextParam": {"name": "N", "kind": "all"}}}},
    "Id": {"type": "string", "alphabet": "hex"},
    "Names": {"type": "list", "member": {"shape": "Id", "ordered": true}},
    "Size": {"type": "bigdecimal"},
    "Other": {"type": "tensor"},
    "Gone": {"type": "structure", "members": {}, "exception": true,
      "error": {"httpStatusCode": 410, "mood": "bad"}, "retryable": {"throttling": true, "after": 1}}
  }
}"#;

const BESIDE: &[(&str, &str)] = &[
    (
        "paginators-1",
        r#"{"pagination": {
            "Find": {"input_token": "Id", "output_token": "Id", "result_key": "Names", "order": "up"},
            "Seek": {"input_token": "Id", "output_token": "Id", "result_key": "Names"}}}"#,
    ),
    (
        "waiters-2",
        r#"{"version": 2, "waiters": {"Found": {"operation": "Find", "delay": 1, "maxAttempts": 2,
            "jitter": true, "acceptors": [
                {"state": "success", "matcher": "status", "expected": 200},
                {"state": "success", "matcher": "moon", "expected": 1, "phase": "full"}]}}}"#,
    ),
    (
        "examples-1",
        r#"{"version": "1.0", "examples": {
            "Find": [{"id": "f", "title": "F", "description": "", "input": {}, "tone": "low"}],
            "Seek": [{"id": "s", "title": "S", "description": ""}]}}"#,
    ),
    ("service-2.sdk-extras", r#"{"version": 1.0, "merge": {}, "remove": {}}"#),
    ("endpoint-rule-set-1.sdk-extras", r#"{"version": 1.0, "merge": {}}"#),
];

fn notes(imported: &Imported) -> Vec<String> {
    imported.notes.iter().map(ToString::to_string).collect()
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("typefoundry-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn of_botocore() {
    let folder = folder("unknown");
    std::fs::write(folder.join("service-2.json"), MODEL).unwrap();
    for (stem, text) in BESIDE {
        std::fs::write(folder.join(format!("{stem}.json")), text).unwrap();
    }
    let options = Options { docs: Docs::Markdown(markdown::from_html) };
    let imported = import(&folder, &options);
    std::fs::remove_dir_all(&folder).unwrap();
    insta::assert_snapshot!("botocore", notes(&imported.unwrap()).join("\n"));
}

#[test]
fn of_smithy() {
    let text = r#"{
      "smithy": "2.0", "flavour": "salt", "metadata": {"suppressions": []},
      "shapes": {
        "a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Op"}],
          "resources": [{"target": "a#R"}], "tier": "gold",
          "traits": {"aws.protocols#restJson1": {"http": ["h2"], "http3": ["h3"]},
            "aws.api#service": {"sdkId": "S", "endpointPrefix": "s", "sku": "x"},
            "aws.auth#sigv4": {"name": "s", "curve": "x"}}},
        "a#R": {"type": "resource", "owner": "me", "traits": {"b#place": {}}},
        "a#Op": {"type": "operation", "input": {"target": "a#In", "mode": "x"},
          "traits": {"smithy.api#http": {"method": "POST", "uri": "/", "priority": 1},
            "smithy.api#retryable": {"throttling": true, "after": 1},
            "smithy.waiters#waitable": {"Done": {"jitter": 1, "acceptors": [
              {"state": "success", "matcher": {"success": true}, "weight": 1}]}}}},
        "a#In": {"type": "structure", "sealed": true, "members": {
          "price": {"target": "smithy.api#BigDecimal", "unit": "EUR"},
          "count": {"target": "a#Count"},
          "at": {"target": "smithy.api#Timestamp",
            "traits": {"smithy.api#timestampFormat": "julian", "smithy.api#required": {"by": 1}}},
          "cells": {"target": "a#Cells"}, "shape": {"target": "a#Form"}}},
        "a#Count": {"type": "bigInteger"},
        "a#Cells": {"type": "list", "member": {"target": "smithy.api#String", "traits": {"b#c": {}}}},
        "a#Form": {"type": "tensor"}}}"#;
    let model = serde_json::from_str(text).unwrap();
    let imported = import_model("s.json", model, &Options::default()).unwrap();
    insta::assert_snapshot!("smithy", notes(&imported).join("\n"));
}
