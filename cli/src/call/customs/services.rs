//! Options for parts of larger values, and options that go, need not be there or are not shown.
//!
//! Source: `awscli/customizations/{cloudfront,cloudsearch,cloudsearchdomain,flatten,kinesis,putmetricdata,rds,sessendemail}.py`,
//! `codedeploy/locationargs.py`, `configservice/putconfigurationrecorder.py`, `datapipeline/__init__.py` and
//! `emr/{addtags,listclusters}.py` beside them.

use super::{As, Change, Customs, Location, Part, add, require};

static S3_LOCATION: Location = Location {
    member: "s3Location",
    kind: "S3",
    required: &["bucket", "key", "bundleType"],
    optional: &["eTag", "version"],
    missing: "--s3-location must specify bucket, key and bundleType.",
};
static GITHUB_LOCATION: Location = Location {
    member: "gitHubLocation",
    kind: "GitHub",
    required: &["repository", "commitId"],
    optional: &[],
    missing: "--github-location must specify repository and commitId.",
};

const ROOT: &str = "The object that a request for the root of the distribution gets, such as index.html. Without a configuration of \
     your own, the distribution is the usual one.";

pub(super) static CUSTOMS: &[Customs] = &[
    Customs {
        service: "cloudfront",
        commands: &["create-invalidation"],
        changes: &[
            Change::Ease("invalidation-batch"),
            add(
                "paths",
                Part::Paths,
                "The paths to be invalidated. Either they or --invalidation-batch are given.",
            ),
            Change::Exclusive(&[&["invalidation-batch"], &["paths"]]),
        ],
    },
    Customs {
        service: "cloudfront",
        commands: &["create-distribution"],
        changes: &[
            Change::Ease("distribution-config"),
            add(
                "origin-domain-name",
                Part::Origin,
                "The domain of the origin. Either it or --distribution-config is given.",
            ),
            add("default-root-object", Part::RootObject, ROOT),
            Change::Exclusive(&[
                &["default-root-object", "origin-domain-name"],
                &["distribution-config"],
            ]),
        ],
    },
    Customs {
        service: "cloudfront",
        commands: &["update-distribution"],
        changes: &[
            Change::Ease("distribution-config"),
            add(
                "default-root-object",
                Part::NewRootObject,
                "The object that a request for the root of the distribution gets, such as \
                 index.html. What else the distribution has is asked for first, and kept.",
            ),
            Change::Exclusive(&[&["default-root-object"], &["distribution-config"]]),
        ],
    },
    Customs {
        service: "cloudsearch",
        commands: &["define-expression"],
        changes: &[
            require(
                "name",
                Part::Put("Expression.ExpressionName", As::Text),
                "The name of the expression.",
            ),
            require(
                "expression",
                Part::Put("Expression.ExpressionValue", As::Text),
                "What is computed.",
            ),
        ],
    },
    Customs {
        service: "cloudsearch",
        commands: &["define-index-field"],
        changes: &[
            Change::Remove("index-field"),
            require(
                "name",
                Part::Put("IndexField.IndexFieldName", As::Text),
                "The name of the field.",
            ),
            require(
                "type",
                Part::Put("IndexField.IndexFieldType", As::Text),
                "The type of the field, which the other options are for.",
            ),
            add(
                "default-value",
                Part::IndexOption("DefaultValue"),
                "The value where a document has none.",
            ),
            add(
                "facet-enabled",
                Part::IndexOption("FacetEnabled"),
                "Whether the field has facets: true or false.",
            ),
            add(
                "search-enabled",
                Part::IndexOption("SearchEnabled"),
                "Whether the field is searched: true or false.",
            ),
            add(
                "return-enabled",
                Part::IndexOption("ReturnEnabled"),
                "Whether results have the field: true or false.",
            ),
            add(
                "sort-enabled",
                Part::IndexOption("SortEnabled"),
                "Whether results are sorted by the field: true or false.",
            ),
            add(
                "source-field",
                Part::IndexOption("SourceField"),
                "The field that the value is from.",
            ),
            add(
                "highlight-enabled",
                Part::IndexOption("HighlightEnabled"),
                "Whether the field is highlighted: true or false.",
            ),
            add(
                "analysis-scheme",
                Part::IndexOption("AnalysisScheme"),
                "The analysis scheme of a text.",
            ),
        ],
    },
    Customs {
        service: "cloudsearchdomain",
        commands: &["*"],
        changes: &[Change::Endpoint("--endpoint-url is required for cloudsearchdomain commands")],
    },
    Customs {
        service: "cloudwatch",
        commands: &["put-metric-data"],
        changes: &[
            Change::Ease("metric-data"),
            add(
                "metric-name",
                Part::Put("MetricData[].MetricName", As::Text),
                "The name of the metric.",
            ),
            add(
                "timestamp",
                Part::Put("MetricData[].Timestamp", As::Text),
                "The time of the value. Without it, it is when the service gets it.",
            ),
            add("unit", Part::Put("MetricData[].Unit", As::Text), "The unit of the value."),
            add("value", Part::Put("MetricData[].Value", As::Number), "The value of the metric."),
            add(
                "dimensions",
                Part::Put("MetricData[].Dimensions", As::Dimensions),
                "The dimensions of the metric, as NAME=VALUE,NAME=VALUE.",
            ),
            add(
                "statistic-values",
                Part::Put("MetricData[].StatisticValues", As::Numbers),
                "The statistics of a set of values, as Maximum=N,Minimum=N,SampleCount=N,Sum=N.",
            ),
            add(
                "storage-resolution",
                Part::Put("MetricData[].StorageResolution", As::Integer),
                "The resolution of the metric in seconds: 1 or 60.",
            ),
            Change::Exclusive(&[
                &["metric-data"],
                &["metric-name", "timestamp", "unit", "value", "dimensions", "statistic-values"],
            ]),
        ],
    },
    Customs {
        service: "configservice",
        commands: &["put-configuration-recorder"],
        changes: &[add(
            "recording-group",
            Part::Put("ConfigurationRecorder.recordingGroup", As::Member),
            "The types of resources that are recorded.",
        )],
    },
    Customs {
        service: "datapipeline",
        commands: &["put-pipeline-definition"],
        changes: &[
            Change::Remove("pipeline-objects"),
            require(
                "pipeline-definition",
                Part::Pipeline,
                "The pipeline, its parameters and their values, as JSON or file://PATH.",
            ),
            add(
                "parameter-objects",
                Part::Parameters,
                "The parameters, as JSON or file://PATH, in place of those of the pipeline.",
            ),
            add(
                "parameter-values-uri",
                Part::Values,
                "The values of parameters, as JSON or file://PATH, where the pipeline has none.",
            ),
            add(
                "parameter-values",
                Part::InlineValues,
                "The values of parameters, as NAME=VALUE, in place of those of the pipeline; a name \
                 that comes again has a list of values.",
            ),
        ],
    },
    Customs {
        service: "datapipeline",
        commands: &["activate-pipeline"],
        changes: &[
            add("parameter-values-uri", Part::Values, VALUES),
            add("parameter-values", Part::InlineValues, INLINE_VALUES),
        ],
    },
    Customs {
        service: "deploy",
        commands: &[
            "get-application-revision",
            "register-application-revision",
            "create-deployment",
        ],
        changes: &[
            add(
                "s3-location",
                Part::Location(&S3_LOCATION),
                "Where the revision is in S3: bucket, key and bundleType, and its eTag and version \
                 if need be.",
            ),
            add(
                "github-location",
                Part::Location(&GITHUB_LOCATION),
                "Where the revision is on GitHub: repository and commitId.",
            ),
            Change::Ease("revision"),
        ],
    },
    Customs {
        service: "ecr",
        commands: &["get-login-password"],
        changes: &[Change::Remove("registry-ids"), Change::Password],
    },
    Customs {
        service: "ecr-public",
        commands: &["get-login-password"],
        changes: &[Change::Password],
    },
    Customs {
        service: "emr",
        commands: &["add-tags"],
        changes: &[require("tags", Part::Put("Tags", As::Tags), "The tags, as KEY=VALUE or KEY.")],
    },
    Customs {
        service: "emr",
        commands: &["list-clusters"],
        changes: &[
            add(
                "active",
                Part::States(&["STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING"]),
                "Clusters that are there, in any state: short for --cluster-states.",
            ),
            add(
                "terminated",
                Part::States(&["TERMINATED"]),
                "Clusters that are terminated: short for --cluster-states.",
            ),
            add(
                "failed",
                Part::States(&["TERMINATED_WITH_ERRORS"]),
                "Clusters that ended with errors: short for --cluster-states.",
            ),
        ],
    },
    Customs {
        service: "kinesis",
        commands: &["list-streams"],
        changes: &[
            Change::Hide("exclusive-start-stream-name"),
            Change::OnePage("exclusive-start-stream-name"),
        ],
    },
    Customs {
        service: "rds",
        commands: &["add-option-to-option-group"],
        changes: &[Change::Remove("options-to-remove")],
    },
    Customs {
        service: "rds",
        commands: &["remove-option-from-option-group"],
        changes: &[Change::Remove("options-to-include")],
    },
    Customs {
        service: "ses",
        commands: &["send-email"],
        changes: &[
            Change::Ease("message"),
            Change::Ease("destination"),
            add(
                "to",
                Part::Put("Destination.ToAddresses", As::Words),
                "The addresses that the message goes to.",
            ),
            add(
                "cc",
                Part::Put("Destination.CcAddresses", As::Words),
                "The addresses that copies go to.",
            ),
            add(
                "bcc",
                Part::Put("Destination.BccAddresses", As::Words),
                "The addresses that copies go to that nobody sees.",
            ),
            add("subject", Part::Mail("Message.Subject.Data"), "The subject of the message."),
            add("text", Part::Mail("Message.Body.Text.Data"), "The message as text."),
            add("html", Part::Mail("Message.Body.Html.Data"), "The message as HTML."),
            Change::Exclusive(&[&["destination"], &["to", "cc", "bcc"]]),
            Change::Exclusive(&[&["message"], &["text", "html"]]),
        ],
    },
];

const VALUES: &str = "The values of parameters, as JSON or file://PATH.";
const INLINE_VALUES: &str =
    "The values of parameters, as NAME=VALUE; a name that comes again has a list of values.";
