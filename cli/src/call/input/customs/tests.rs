use super::super::{Input, Rules};
use crate::call::arguments::table::Table;
use crate::call::arguments::{Asked, Words, parse};
use crate::call::input::Files;
use crate::call::settings::Binary;
use crate::exit::Failure;
use typefoundry::Wire;
use typefoundry::dynamic::Api;

/// What the words come to as JSON, for an operation of AWS's with an input and shapes; or what is said.
fn read(service: &str, operation: &str, input: &str, words: &[&str]) -> Result<String, String> {
    let (operation, alias) = operation.split_once('=').unwrap_or((operation, ""));
    let alias = ["add-option-to-option-group"].into_iter().find(|known| *known == alias);
    let spec = format!(
        r#"{{
        "typefoundry": "1",
        "service": {{
            "id": "aws/{service}", "title": "T", "protocol": "json-1.1", "target": "T",
            "auth": {{"none": {{}}}}, "endpoint": {{"url": "https://t.example.com"}}
        }},
        "operations": {{"{operation}": {{"http": "POST /", "input": {input}}}}},
        "shapes": {SHAPES}
        }}"#
    );
    let api = Api::load("t.json", &spec).unwrap_or_else(|error| panic!("{error}"));
    let (found, model) = (&api.operations()[0], &api.model().operations[0]);
    let made = || -> Result<String, Failure> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let mut taken = Words::default();
        let table = Table::new(api.model(), model, alias, false);
        taken.take(&words, &table.names(), usize::MAX)?;
        let Asked::Call(arguments) = parse(&table, taken.others, &mut taken.settings.paging)?
        else {
            return Ok("help".to_owned());
        };
        let input = Input::read(&table, &arguments, &Files::new())?;
        let rules = Rules { binary: Binary::Raw, validates: true };
        let input = input.build(&api, found, &table, rules)?;
        Ok(serde_json::to_string(&Wire::new(&input)).unwrap_or_default())
    };
    made().map_err(|failure| {
        failure.message().split("\n\nusage:").next().unwrap_or_default().to_owned()
    })
}

const SHAPES: &str = r#"{
    "Code": {"structure": {"ZipFile": "blob", "S3Bucket": "string"}},
    "Image": {"structure": {"Bytes": "blob"}},
    "Texts": {"list": "string"},
    "Tags": {"list": "Tag"},
    "Tag": {"structure": {"Key": "string", "Value": "string"}},
    "Data": {"list": "Datum"},
    "Datum": {"structure": {"MetricName": "string", "Value": "double", "Unit": "string",
              "Dimensions": "Dimensions", "StatisticValues": "Statistics", "StorageResolution": "integer"}},
    "Dimensions": {"list": "Dimension"},
    "Dimension": {"structure": {"Name": "string", "Value": "string"}},
    "Statistics": {"structure": {"Sum": "double", "Maximum": "double"}},
    "Field": {"structure": {"IndexFieldName": "string", "IndexFieldType": "string",
              "IntOptions": "IntOptions", "LatLonOptions": "LatLonOptions"}},
    "IntOptions": {"structure": {"DefaultValue": "integer", "FacetEnabled": "boolean"}},
    "LatLonOptions": {"structure": {"SortEnabled": "boolean"}},
    "Revision": {"structure": {"revisionType": "string", "s3Location": "Place"}},
    "Place": {"structure": {"bucket": "string", "key": "string", "bundleType": "string",
              "eTag": "string"}},
    "Destination": {"structure": {"ToAddresses": "Texts"}},
    "Message": {"structure": {"Subject": {"type": "Content", "required": true}, "Body": "Body"}},
    "Body": {"structure": {"Text": "Content", "Html": "Content"}},
    "Content": {"structure": {"Data": {"type": "string", "required": true}}},
    "Recorder": {"structure": {"name": "string", "recordingGroup": "Group"}},
    "Group": {"structure": {"allSupported": "boolean"}},
    "Objects": {"list": "Object"},
    "Object": {"structure": {"id": "string", "name": "string", "fields": "Fields"}},
    "Fields": {"list": "FieldOf"},
    "FieldOf": {"structure": {"key": "string", "stringValue": "string", "refValue": "string"}},
    "Values": {"list": "ValueOf"},
    "ValueOf": {"structure": {"id": "string", "stringValue": "string"}}
}"#;

/// The service, the operation and its input; words; and what they come to or what is said.
type Case<'c> = ((&'c str, &'c str, &'c str), &'c [&'c str], Result<&'c str, &'c str>);

/// A zip file without entries.
const ZIP: &str = "PK\u{5}\u{6}\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

const LAMBDA: (&str, &str, &str) =
    ("lambda", "CreateFunction", r#"{"Code": {"type": "Code", "required": true}}"#);
const IMAGES: (&str, &str, &str) =
    ("rekognition", "DetectText", r#"{"Image": {"type": "Image", "required": true}}"#);
const METRICS: (&str, &str, &str) = ("cloudwatch", "PutMetricData", r#"{"MetricData": "Data"}"#);
const FIELD: (&str, &str, &str) = ("cloudsearch", "DefineIndexField", r#"{"IndexField": "Field"}"#);
const DEPLOY: (&str, &str, &str) =
    ("codedeploy", "CreateDeployment", r#"{"revision": "Revision"}"#);
const MAIL: (&str, &str, &str) = (
    "ses",
    "SendEmail",
    r#"{"Source": {"type": "string", "required": true}, "Destination": "Destination",
            "Message": "Message"}"#,
);
const RECORDER: (&str, &str, &str) =
    ("config", "PutConfigurationRecorder", r#"{"ConfigurationRecorder": "Recorder"}"#);
const CLUSTERS: (&str, &str, &str) = ("emr", "ListClusters", r#"{"ClusterStates": "Texts"}"#);
const TAGS: (&str, &str, &str) = ("emr", "AddTags", r#"{"Tags": "Tags"}"#);
const PIPELINE: (&str, &str, &str) = (
    "datapipeline",
    "PutPipelineDefinition",
    r#"{"pipelineObjects": {"type": "Objects", "required": true}, "parameterValues": "Values"}"#,
);
const OPTIONS: (&str, &str, &str) = (
    "rds",
    "ModifyOptionGroup=add-option-to-option-group",
    r#"{"OptionsToInclude": "Texts", "OptionsToRemove": "Texts"}"#,
);
const PLACE_SAYS: &str = "--s3-location must specify bucket, key and bundleType.";
const ZIP_SAYS: &str = "--zip-file must be a zip file with the fileb:// prefix.\nExample usage:  --zip-file \
               fileb://path/to/file.zip";
const STATES_SAYS: &str = "aws: error: You can specify only one of the cluster state filters: \
                  --cluster-states, --active, --terminated, --failed.";

fn check(cases: &[Case<'_>]) {
    for ((service, operation, input), words, expected) in cases {
        let found = read(service, operation, input, words);
        let expected = expected.map(str::to_owned).map_err(str::to_owned);
        assert_eq!(found, expected, "{words:?}");
    }
}

#[test]
fn options_are_parts_of_larger_values() {
    check(&[
        (
            LAMBDA,
            &["--zip-file", ZIP],
            Ok(r#"{"Code":{"ZipFile":"UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="}}"#),
        ),
        (
            LAMBDA,
            &["--zip-file", ZIP, "--code", "S3Bucket=b"],
            Ok(r#"{"Code":{"ZipFile":"UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==","S3Bucket":"b"}}"#),
        ),
        (LAMBDA, &["--zip-file", "no zip"], Err(ZIP_SAYS)),
        (
            LAMBDA,
            &["--code", "ZipFile=a"],
            Err("ZipFile cannot be provided as part of the --code argument.  Please use the \
                 '--zip-file' option instead to specify a zip file."),
        ),
        (
            LAMBDA,
            &[],
            Err("Parameter validation failed:\nMissing required parameter in input: \"Code\""),
        ),
        (IMAGES, &["--image-bytes", "a"], Ok(r#"{"Image":{"Bytes":"YQ=="}}"#)),
        (
            METRICS,
            &["--metric-name", "m", "--value", "1.5", "--dimensions", r#"A=b,"C=d,e""#],
            Ok(
                r#"{"MetricData":[{"MetricName":"m","Value":1.5,"Dimensions":[{"Name":"A","Value":"b"},{"Name":"C","Value":"d,e"}]}]}"#,
            ),
        ),
        (
            METRICS,
            &["--statistic-values", "Sum=2,Maximum=1.5", "--storage-resolution", "60"],
            Ok(
                r#"{"MetricData":[{"StatisticValues":{"Sum":2.0,"Maximum":1.5},"StorageResolution":60}]}"#,
            ),
        ),
        (METRICS, &["--value", "x"], Err("--value: \"x\" is no number")),
        (
            METRICS,
            &["--dimensions", "a"],
            Err("--dimensions: \"a\" should be of the form NAME=VALUE"),
        ),
        (
            METRICS,
            &["--metric-data", "MetricName=m", "--unit", "Count"],
            Err("The key \"unit\" cannot be specified when one of the following keys are also \
                 specified: metric_data"),
        ),
        (
            FIELD,
            &["--name", "f", "--type", "int", "--default-value", "3", "--facet-enabled", "False"],
            Ok(
                r#"{"IndexField":{"IndexFieldName":"f","IndexFieldType":"int","IntOptions":{"DefaultValue":3,"FacetEnabled":false}}}"#,
            ),
        ),
        (
            FIELD,
            &["--name", "f", "--type", "latlon", "--sort-enabled", "yes"],
            Ok(
                r#"{"IndexField":{"IndexFieldName":"f","IndexFieldType":"latlon","LatLonOptions":{"SortEnabled":true}}}"#,
            ),
        ),
    ]);
}

#[test]
fn options_are_values_in_another_form() {
    check(&[
        (
            DEPLOY,
            &["--s3-location", "bucket=b,key=k,bundleType=zip,eTag=e"],
            Ok(
                r#"{"revision":{"revisionType":"S3","s3Location":{"bucket":"b","key":"k","bundleType":"zip","eTag":"e"}}}"#,
            ),
        ),
        (DEPLOY, &["--s3-location", "bucket=b"], Err(PLACE_SAYS)),
        (
            MAIL,
            &["--from", "a", "--to", "b", "c", "--subject", "s", "--text", "t"],
            Ok(
                r#"{"Source":"a","Destination":{"ToAddresses":["b","c"]},"Message":{"Subject":{"Data":"s"},"Body":{"Text":{"Data":"t"}}}}"#,
            ),
        ),
        (
            MAIL,
            &["--from", "a", "--html", "t"],
            Err("Parameter validation failed:\nMissing required parameter in Message.Subject: \
                 \"Data\""),
        ),
        (
            RECORDER,
            &["--configuration-recorder", "name=n", "--recording-group", "allSupported=true"],
            Ok(r#"{"ConfigurationRecorder":{"name":"n","recordingGroup":{"allSupported":true}}}"#),
        ),
        (CLUSTERS, &["--failed"], Ok(r#"{"ClusterStates":["TERMINATED_WITH_ERRORS"]}"#)),
        (CLUSTERS, &["--cluster-states", "RUNNING", "--failed"], Err(STATES_SAYS)),
        (
            TAGS,
            &["--tags", "a=b=c", "d"],
            Ok(r#"{"Tags":[{"Key":"a","Value":"b=c"},{"Key":"d","Value":""}]}"#),
        ),
        (
            PIPELINE,
            &[
                "--pipeline-definition",
                r#"{"objects":[{"id":"i","z":["1","2"],"a":{"ref":"S"}}],"values":{"v":"w"}}"#,
            ],
            Ok(
                r#"{"pipelineObjects":[{"id":"i","name":"i","fields":[{"key":"a","refValue":"S"},{"key":"z","stringValue":"1"},{"key":"z","stringValue":"2"}]}],"parameterValues":[{"id":"v","stringValue":"w"}]}"#,
            ),
        ),
        (
            PIPELINE,
            &["--pipeline-definition", r#"{"objects":[{"name":"n"}]}"#],
            Err("Error in pipeline definition: Missing \"id\" key of element: {\"name\": \"n\"}\n"),
        ),
        (OPTIONS, &["--options", "a", "b"], Ok(r#"{"OptionsToInclude":["a","b"]}"#)),
    ]);
}
