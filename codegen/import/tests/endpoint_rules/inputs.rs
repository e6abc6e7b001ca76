//! The cases that call an operation: parameters come from its input, its traits and settings.
//!
//! What an operation says of its parameters is in Smithy's models, of which the data has some.

use super::values::Input;
use super::{both, compare, files, folder, read, report, suite};
use serde_json::{Map, Value as Json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use typefoundry::aws::endpoint::{Endpoint, EndpointError, RuleSet, Settings, resolve};
use typefoundry::schema::{
    Flags, MemberSchema, OperationSchema, OperationTraits, ParamValue, RareTraits, Text,
};

#[test]
fn the_cases_with_inputs() {
    let (Some(services), Some(models)) = (suite("services"), folder("smithy-models")) else {
        return;
    };
    let (mut run, mut failures, mut skipped) = (0, Vec::new(), BTreeMap::new());
    for service in files(&services) {
        let name = service.file_name().unwrap().to_string_lossy().into_owned();
        let cases = read(&service.join("endpoint-tests-1.json"));
        let cases = cases["testCases"].as_array().unwrap().iter();
        let cases: Vec<_> = cases.filter(|case| case.get("operationInputs").is_some()).collect();
        if cases.is_empty() {
            continue;
        }
        let model = models.join(format!("{name}.json"));
        let Some(model) = model.is_file().then(|| Model::read(&model)) else {
            skip(&mut skipped, &format!("{name}: there is no Smithy model of it"), cases.len());
            continue;
        };
        for (form, rules) in both(&service.join("endpoint-rule-set-1.json")) {
            for case in &cases {
                for call in case["operationInputs"].as_array().unwrap() {
                    let what = format!("{name} ({form}): {}", case["documentation"]);
                    match model.call(&rules, call) {
                        Ok(found) => {
                            run += 1;
                            failures.extend(compare(&what, case, found));
                        }
                        Err(reason) => skip(&mut skipped, &format!("{name}: {reason}"), 1),
                    }
                }
            }
        }
    }
    for (reason, count) in skipped {
        eprintln!("not run: {count} cases of {reason}");
    }
    report(run, &failures);
}

fn skip(skipped: &mut BTreeMap<String, usize>, reason: &str, count: usize) {
    *skipped.entry(reason.to_owned()).or_default() += count;
}

struct Model(Map<String, Json>);

impl Model {
    fn read(path: &Path) -> Self {
        let Json::Object(mut model) = read(path) else { panic!("{} is no model", path.display()) };
        let Some(Json::Object(shapes)) = model.remove("shapes") else { panic!("it has no shapes") };
        Self(shapes.into_iter().map(|(id, it)| (short(&id).to_owned(), it)).collect())
    }

    /// The endpoint of a call, or why it cannot be asked for.
    fn call(
        &self,
        rules: &RuleSet,
        call: &Json,
    ) -> Result<Result<Endpoint, EndpointError>, String> {
        let name = call["operationName"].as_str().unwrap();
        let operation = self.0.get(name).ok_or_else(|| format!("the model has no {name}"))?;
        let settings = settings(&call["builtInParams"]);
        let values = call.get("operationParams").unwrap_or(&Json::Null);
        let arn = values["Bucket"].as_str().is_some_and(|bucket| bucket.starts_with("arn:"));
        let path_style = call["builtInParams"][PATH_STYLE] == Json::Bool(true);
        if arn && path_style {
            return Err("as botocore does, an ARN is not put into the path".to_owned());
        }
        let input = operation["input"]["target"].as_str().unwrap_or_default();
        let members = self.0.get(short(input)).and_then(|input| input["members"].as_object());
        let members = members.into_iter().flatten().map(|(name, member)| {
            let param = member["traits"]["smithy.rules#contextParam"]["name"].as_str();
            let param = param.map(|param| Text::Owned(param.to_owned()));
            MemberSchema {
                name: Text::Owned(name.clone()),
                flags: Flags::NONE,
                wire: None,
                rare: Some(Cow::Owned(RareTraits { endpoint_param: param, ..RareTraits::NONE })),
            }
        });
        let input = Input::new(members.collect(), values);
        Ok(resolve(rules, &settings, &schema(name, &operation["traits"]), &input))
    }
}

/// The name of a shape without its namespace.
fn short(id: &str) -> &str {
    id.rsplit('#').next().unwrap_or(id)
}

const PATH_STYLE: &str = "AWS::S3::ForcePathStyle";

fn settings(json: &Json) -> Settings<'_> {
    let mut settings = Settings::default();
    // The cases are of clients that do not put buckets into the path by themselves; ours does, as
    // botocore does, at an endpoint of the caller's own.
    settings.others.set(PATH_STYLE, false);
    for (name, value) in json.as_object().into_iter().flatten() {
        match (name.as_str(), value) {
            ("AWS::Region", value) => settings.region = value.as_str(),
            ("AWS::UseFIPS", value) => settings.use_fips = *value == Json::Bool(true),
            ("AWS::UseDualStack", value) => settings.use_dual_stack = *value == Json::Bool(true),
            ("SDK::Endpoint", value) => settings.endpoint = value.as_str(),
            ("AWS::Auth::AccountId", value) => settings.account_id = value.as_str(),
            (name, Json::Bool(value)) => settings.others.set(name, *value),
            (name, Json::String(text)) => settings.others.set(name, text.as_str()),
            (name, value) => panic!("{name} is {value}"),
        }
    }
    settings
}

fn schema(name: &str, traits: &Json) -> OperationSchema {
    let mut params = Vec::new();
    let entries = |key: &str| traits[key].as_object().into_iter().flatten();
    for (name, param) in entries("smithy.rules#staticContextParams") {
        let value = match &param["value"] {
            Json::Bool(value) => ParamValue::Bool(*value),
            Json::String(text) => ParamValue::String(Cow::Owned(text.clone())),
            other => panic!("{name} is {other}"),
        };
        params.push((Text::Owned(name.clone()), value));
    }
    for (name, param) in entries("smithy.rules#operationContextParams") {
        let path = param["path"].as_str().unwrap().to_owned();
        params.push((Text::Owned(name.clone()), ParamValue::Path(Cow::Owned(path))));
    }
    OperationSchema {
        name: Text::Owned(name.to_owned()),
        method: Text::Borrowed("POST"),
        uri: Text::Borrowed("/"),
        status: 200,
        idempotent: false,
        secret: false,
        pages: None,
        traits: Some(Cow::Owned(OperationTraits {
            endpoint_params: params.into(),
            ..OperationTraits::default()
        })),
    }
}
