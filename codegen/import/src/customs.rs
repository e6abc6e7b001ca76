//! What a model of AWS does not say, and botocore does in code.
//!
//! botocore changes requests and answers of some services in event handlers: `BUILTIN_HANDLERS` of
//! its `handlers.py`, and a few that `client.py` registers. Each of version 1.43.67 is here, in one
//! of three classes.
//!
//! # Carried out by the runtime, as a trait that this table gives to services and operations
//!
//! | handler | where | trait |
//! |---|---|---|
//! | `fix_route53_ids` | route53, members of three shapes | `strip-id-prefix:M` |
//! | `inject_account_id` | glacier | `default-input:accountId=-`; the member is not required |
//! | `add_glacier_version` | glacier | `api-version-header:x-amz-glacier-version` |
//! | `add_glacier_checksums` | glacier: `UploadArchive`, `UploadMultipartPart` | `tree-hash` |
//! | `add_accept_header` | apigateway | `accept-json` |
//! | `inject_api_version_header_if_needed` | operations that discover endpoints | `api-version-header:x-amz-api-version` |
//! | `base64_encode_user_data` | ec2 `RunInstances`, autoscaling `CreateLaunchConfiguration` | `base64-text:UserData` |
//! | `decode_console_output` | ec2 `GetConsoleOutput` | `base64-decode:Output` |
//! | `inject_presigned_url_ec2` | ec2 `CopySnapshot` | `presigned-snapshot-copy` |
//! | `inject_presigned_url_rds` | rds, neptune, docdb | `presigned-copy` |
//! | `json_decode_policies` | iam, the paths of policies | `url-encoded-json:P`: decoded, and left a text |
//! | `switch_host_machinelearning` | machinelearning `Predict` | `host-from-member:PredictEndpoint` |
//! | `change_get_to_post` | cloudsearchdomain `Search` | `query-to-form` |
//! | `remove_content_type_header_for_presigning` | polly `SynthesizeSpeech` | `no-content-type-presigned` |
//! | `_map_oauth2_errors` | sso-oidc | `oauth-errors` |
//! | `S3ControlArnParamHandlerv2` | s3control | `account-from-arn:M`; `AccountId` is not required |
//! | `validate_bucket_name` | s3 | `bucket-name:Bucket` |
//! | `_parse_error_from_body` (`parsers.py`) | s3 | `no-error-wrapping`, for servers: errors have nothing around them |
//! | `validate_ascii_metadata` | s3, three operations | `ascii-map:Metadata` |
//! | `handle_copy_source_param` | s3 `CopyObject`, `UploadPartCopy` | `quote-copy-source:CopySource`; the form as a dictionary is Python's |
//! | `sse_md5`, `copy_source_sse_md5` | s3, nine operations | `md5-of-key:SSECustomerKey`, `md5-of-key:CopySourceSSECustomerKey` |
//! | `set_list_objects_encoding_type_url`, `decode_list_object`, `…_v2`, `…_versions` | s3, three lists | `url-encoded-keys:P,…` |
//! | `escape_xml_payload` | s3, two operations | `escape-line-breaks` |
//! | `add_expect_header` | s3 `PutObject`, `UploadPart` | `expect-continue` |
//! | `_handle_200_error`, `_update_status_code` | s3, answers in XML | `error-in-success` |
//! | `parse_get_bucket_location` | s3 `GetBucketLocation` | `location-constraint` |
//! | `handle_expires_header` | s3, outputs with `Expires` | `lenient-expires`, and the member `ExpiresString` |
//! | `remove_bucket_from_url_paths_from_model` | s3 | [`uri`]: the endpoint's rules place the bucket |
//! | `remove_accid_host_prefix_from_model` | s3control | [`host_prefix`]: the endpoint's rules place the account |
//! | `customize_endpoint_resolver_builtins` | s3 `GetBucketLocation` | the endpoint parameter `ForcePathStyle` |
//!
//! # Covered by what every service has
//!
//! | handler | by |
//! |---|---|
//! | `generate_idempotent_uuid` | idempotency tokens |
//! | `disable_signing` (cognito-identity, sts) | the models' own `noAuth` |
//! | `set_operation_specific_signer`, `_set_auth_scheme_preference_signer` | auth of operations, unsigned bodies |
//! | `_set_extra_headers_for_unsigned_request` | the header that goes with checksums behind a body |
//! | `_handle_request_validation_mode_member` | the checksum's `mode` |
//! | `_handle_sqs_compatible_error` | codes of query-compatible services |
//! | `enable_millisecond_timestamp_precision` (bedrock-agentcore) | timestamps keep their fractions |
//! | `add_recursion_detection_header`, `add_retry_headers` | headers that do not depend on the service |
//! | `customize_endpoint_resolver_builtins`, a bucket that is an ARN | a parameter of the endpoint's rules: `ForcePathStyle` is false then |
//! | `EndpointDiscoveryHandler` (`discovery.py`) | endpoints that the service is asked for |
//! | `S3RegionRedirectorv2` | calls that follow their bucket into its region, once, and remember it |
//! | `S3ExpressIdentityResolver` | the scheme `sigv4-s3express`, which the endpoint's rules ask for: sessions of buckets |
//! | `S3EndpointSetter`, `S3ControlEndpointSetter`, `S3ArnParamHandler`, `EventbridgeSignerSetter`, `switch_host_s3_accelerate`, `fix_s3_host` | the endpoint's rules, as in botocore itself |
//! | `conditionally_calculate_md5` and its like | checksums |
//! | `add_generate_presigned_url` | presigned URLs |
//! | `add_generate_db_auth_token`, `add_dsql_generate_db_auth_token_methods` | `aws::database` of the runtime |
//!
//! # Left out
//!
//! | handler | because |
//! |---|---|
//! | `add_generate_presigned_post` | no call: fields of a form that a browser uploads with, whose policy is signed in place of a request, which no auth scheme is asked for |
//! | `CloudFrontSigner` | RSA signatures, which nothing registers |
//! | `json_decode_template_body` (cloudformation) | it makes a dictionary of a text; a template may be YAML as well |
//! | `convert_body_to_file_like_object` | Python's streams |
//! | `remove_arn_from_signing_path` | Signature Version 2 alone |
//! | `customize_endpoint_resolver_builtins`, the global endpoint | presigned URLs of Signature Version 2 alone |
//! | `ParameterAlias` (ec2 `Filter`, logs `from`, cloudsearchdomain `return`) | other names for Python's keywords |
//! | `ClientMethodAlias` (mturk, socialmessaging, cloudwatch, signin), `handle_service_name_alias` | other names for Python's methods |
//! | `remove_lex_v2_start_conversation`, `remove_qbusiness_chat`, `remove_bedrock_runtime_invoke_model_with_bidirectional_stream`, `remove_connecthealth_…`, `remove_polly_start_speech_synthesis_stream` | Python has no HTTP/2 |
//! | `check_openssl_supports_tls_version_1_2` | Python's OpenSSL |
//! | `check_for_200_error`, `HeaderToHostHoister`, `DeprecatedServiceDocumenter` | nothing registers them |
//! | whatever listens to `docs.*` | documentation of Python |

use std::borrow::Cow;

/// What has to be known of an operation to tell its customs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Operation<'a> {
    /// Its name
    pub name: &'a str,
    /// Its input's members, and the shapes that they refer to.
    pub input: &'a [(&'a str, &'a str)],
    /// Its answer has a body with a structure: there is an output, it is no event stream, and its
    /// payload, if it has one, is neither text nor bytes.
    pub answers_structure: bool,
    /// It says where the endpoints of the others are.
    pub discovers_endpoints: bool,
}

/// What is to be added to the spec of an operation, or changed in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customs {
    /// Traits
    pub traits: Vec<String>,
    /// Members of the input that the model requires and that may be left out.
    pub optional: Vec<&'static str>,
    /// Texts to add to the output: a member's name, and the header that it is bound to.
    pub headers: Vec<(&'static str, &'static str)>,
    /// Parameters of the endpoint's rules.
    pub endpoint_params: Vec<(&'static str, bool)>,
}

/// The traits of a service, by the name of its folder in botocore.
pub fn of_service(service: &str) -> &'static [&'static str] {
    match service {
        "apigateway" => &["accept-json"],
        "glacier" => &["default-input:accountId=-", "api-version-header:x-amz-glacier-version"],
        "s3" => &["bucket-name:Bucket", "no-error-wrapping"],
        "sso-oidc" => &["oauth-errors"],
        _ => &[],
    }
}

/// The name of a service's folder in botocore, by the name that AWS's SDKs have for it: `API Gateway`
/// is `apigateway`. Empty for a service without customs.
pub fn folder(sdk_id: &str) -> &'static str {
    const OTHERS: &[&str] = &["apigateway", "glacier", "route53", "s3", "s3control", "sso-oidc"];
    let plain = |name: &str| -> String {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let known = RULES.iter().map(|rule| rule.service).chain(OTHERS.iter().copied());
    let named = plain(sdk_id);
    known.into_iter().find(|folder| plain(folder) == named).unwrap_or_default()
}

/// The customs of an operation, by the name of its service's folder in botocore.
pub fn of_operation(service: &str, operation: &Operation<'_>) -> Customs {
    let mut customs = Customs::default();
    let has = |name: &str| operation.input.iter().any(|(member, _)| *member == name);
    for rule in RULES {
        if rule.service == service && rule.operations.contains(&operation.name) {
            customs.traits.extend(rule.traits.iter().map(|name| (*name).to_owned()));
        }
    }
    if operation.discovers_endpoints {
        customs.traits.push("api-version-header:x-amz-api-version".to_owned());
    }
    match service {
        "glacier" if has("accountId") => customs.optional.push("accountId"),
        "route53" => {
            let ids = operation.input.iter().filter(|(_, shape)| ROUTE53_IDS.contains(shape));
            customs.traits.extend(ids.map(|(member, _)| format!("strip-id-prefix:{member}")));
        }
        "s3" if operation.answers_structure => {
            customs.traits.push("error-in-success".to_owned());
        }
        "s3control" => {
            let arns = ["Name", "Bucket"];
            let arns = arns.iter().filter(|member| has(member));
            let excepted = NO_ARNS.contains(&operation.name);
            let arns = arns.filter(|_| !excepted).map(|it| format!("account-from-arn:{it}"));
            customs.traits.extend(arns);
            if !customs.traits.is_empty() {
                customs.optional.push("AccountId");
            }
        }
        _ => {}
    }
    if customs.traits.iter().any(|name| name == "lenient-expires") {
        customs.headers.push(("ExpiresString", "ExpiresString"));
    }
    // Asking another region than the bucket's for the bucket's region works by path alone.
    if service == "s3" && operation.name == "GetBucketLocation" {
        customs.endpoint_params.push(("ForcePathStyle", true));
    }
    customs
}

/// The path and query of an operation, without what the endpoint's rules place. A member that has
/// no label then goes nowhere but into those rules.
pub fn uri<'u>(service: &str, uri: &'u str) -> Cow<'u, str> {
    match uri.strip_prefix("/{Bucket}") {
        Some(rest) if service == "s3" && rest.starts_with('/') => Cow::Borrowed(rest),
        Some(rest) if service == "s3" => Cow::Owned(format!("/{rest}")),
        _ => Cow::Borrowed(uri),
    }
}

/// What stands before the host of an operation's endpoint, unless the endpoint's rules place it:
/// `requires_account` says whether the operation gives them `RequiresAccountId`.
pub fn host_prefix<'p>(service: &str, prefix: &'p str, requires_account: bool) -> Option<&'p str> {
    let placed = service == "s3control" && prefix == "{AccountId}." && requires_account;
    (!placed).then_some(prefix)
}

/// Operations of a service, and the traits that all of them have.
struct Rule {
    service: &'static str,
    operations: &'static [&'static str],
    traits: &'static [&'static str],
}

const fn rule(
    service: &'static str,
    operations: &'static [&'static str],
    traits: &'static [&'static str],
) -> Rule {
    Rule { service, operations, traits }
}

/// The shapes whose members may have a path before the id.
const ROUTE53_IDS: &[&str] = &["ResourceId", "DelegationSetId", "ChangeId"];
/// The operations of S3 Control that take no ARN for a name.
const NO_ARNS: &[&str] = &["CreateAccessPoint", "CreateBucket", "ListRegionalBuckets"];
const CLUSTERS: &[&str] = &["CopyDBClusterSnapshot", "CreateDBCluster"];
const ROLE: &[&str] = &["url-encoded-json:Role.AssumeRolePolicyDocument"];
const PROFILES: &[&str] = &["url-encoded-json:InstanceProfiles[].Roles[].AssumeRolePolicyDocument"];
const KEY: &[&str] = &["md5-of-key:SSECustomerKey"];

const RULES: &[Rule] = &[
    rule("autoscaling", &["CreateLaunchConfiguration"], &["base64-text:UserData"]),
    rule("cloudsearchdomain", &["Search"], &["query-to-form"]),
    rule("docdb", CLUSTERS, &["presigned-copy"]),
    rule("ec2", &["CopySnapshot"], &["presigned-snapshot-copy"]),
    rule("ec2", &["GetConsoleOutput"], &["base64-decode:Output"]),
    rule("ec2", &["RunInstances"], &["base64-text:UserData"]),
    rule("glacier", &["UploadArchive", "UploadMultipartPart"], &["tree-hash"]),
    rule(
        "iam",
        &["CreateRole", "CreateServiceLinkedRole", "GetRole", "UpdateRoleDescription"],
        ROLE,
    ),
    rule("iam", &["ListRoles"], &["url-encoded-json:Roles[].AssumeRolePolicyDocument"]),
    rule(
        "iam",
        &["CreateInstanceProfile", "GetInstanceProfile"],
        &["url-encoded-json:InstanceProfile.Roles[].AssumeRolePolicyDocument"],
    ),
    rule("iam", &["ListInstanceProfiles", "ListInstanceProfilesForRole"], PROFILES),
    rule(
        "iam",
        &["CreatePolicyVersion", "GetPolicyVersion"],
        &["url-encoded-json:PolicyVersion.Document"],
    ),
    rule("iam", &["ListPolicyVersions"], &["url-encoded-json:Versions[].Document"]),
    rule(
        "iam",
        &["GetGroupPolicy", "GetRolePolicy", "GetUserPolicy"],
        &["url-encoded-json:PolicyDocument"],
    ),
    rule(
        "iam",
        &["GetAccountAuthorizationDetails"],
        &[
            "url-encoded-json:UserDetailList[].UserPolicyList[].PolicyDocument",
            "url-encoded-json:GroupDetailList[].GroupPolicyList[].PolicyDocument",
            "url-encoded-json:RoleDetailList[].AssumeRolePolicyDocument",
            "url-encoded-json:RoleDetailList[].InstanceProfileList[].Roles[].AssumeRolePolicyDocument",
            "url-encoded-json:RoleDetailList[].RolePolicyList[].PolicyDocument",
            "url-encoded-json:Policies[].PolicyVersionList[].Document",
        ],
    ),
    rule("machinelearning", &["Predict"], &["host-from-member:PredictEndpoint"]),
    rule("neptune", CLUSTERS, &["presigned-copy"]),
    rule("polly", &["SynthesizeSpeech"], &["no-content-type-presigned"]),
    rule("rds", CLUSTERS, &["presigned-copy"]),
    rule(
        "rds",
        &[
            "CopyDBSnapshot",
            "CreateDBInstanceReadReplica",
            "StartDBInstanceAutomatedBackupsReplication",
        ],
        &["presigned-copy"],
    ),
    rule("s3", &["CopyObject", "UploadPartCopy"], &["quote-copy-source:CopySource"]),
    rule("s3", &["CopyObject", "UploadPartCopy"], &["md5-of-key:CopySourceSSECustomerKey"]),
    rule("s3", &["CopyObject", "CreateMultipartUpload", "PutObject"], &["ascii-map:Metadata"]),
    rule("s3", &["CopyObject", "CreateMultipartUpload", "GetObject", "HeadObject"], KEY),
    rule("s3", &["CompleteMultipartUpload", "PutObject", "SelectObjectContent"], KEY),
    rule("s3", &["UploadPart", "UploadPartCopy"], KEY),
    rule("s3", &["DeleteObjects", "PutBucketLifecycleConfiguration"], &["escape-line-breaks"]),
    rule("s3", &["GetBucketLocation"], &["location-constraint"]),
    rule("s3", &["GetObject", "HeadObject"], &["lenient-expires"]),
    rule("s3", &["PutObject", "UploadPart"], &["expect-continue"]),
    rule(
        "s3",
        &["ListObjects"],
        &["url-encoded-keys:Delimiter,Marker,NextMarker,Contents[].Key,CommonPrefixes[].Prefix"],
    ),
    rule(
        "s3",
        &["ListObjectsV2"],
        &["url-encoded-keys:Delimiter,Prefix,StartAfter,Contents[].Key,CommonPrefixes[].Prefix"],
    ),
    rule(
        "s3",
        &["ListObjectVersions"],
        &["url-encoded-keys:KeyMarker,NextKeyMarker,Prefix,Delimiter,Versions[].Key,\
             DeleteMarkers[].Key,CommonPrefixes[].Prefix"],
    ),
];

/// Every trait that the rules give to an operation or a service, without the members that are the
/// model's to name.
pub fn all() -> impl Iterator<Item = &'static str> {
    let services = ["apigateway", "glacier", "s3", "sso-oidc"];
    let more = [
        "api-version-header:x-amz-api-version",
        "strip-id-prefix",
        "error-in-success",
        "account-from-arn",
    ];
    let services = services.into_iter().flat_map(|service| of_service(service).iter().copied());
    services.chain(RULES.iter().flat_map(|rule| rule.traits.iter().copied())).chain(more)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traits(service: &str, operation: Operation<'_>) -> String {
        of_operation(service, &operation).traits.join(" ")
    }

    fn named(name: &str) -> Operation<'_> {
        Operation { name, ..Operation::default() }
    }

    #[test]
    fn rules_are_found_by_service_and_operation() {
        let copy = "quote-copy-source:CopySource md5-of-key:CopySourceSSECustomerKey \
                    ascii-map:Metadata md5-of-key:SSECustomerKey";
        assert_eq!(traits("s3", named("CopyObject")), copy);
        assert_eq!(traits("ec2", named("RunInstances")), "base64-text:UserData");
        assert_eq!(traits("ivs", named("RunInstances")), "");
        let answer = Operation { answers_structure: true, ..named("GetBucketLocation") };
        assert_eq!(traits("s3", answer), "location-constraint error-in-success");
        assert_eq!(of_operation("s3", &answer).endpoint_params, [("ForcePathStyle", true)]);
        let expires = of_operation("s3", &named("HeadObject")).headers;
        assert_eq!(expires, [("ExpiresString", "ExpiresString")]);
        let endpoints = Operation { discovers_endpoints: true, ..named("DescribeEndpoints") };
        assert_eq!(traits("dynamodb", endpoints), "api-version-header:x-amz-api-version");
    }

    #[test]
    fn members_are_found_by_shape_or_name() {
        let input = [("Id", "ChangeId"), ("Name", "DNSName"), ("HostedZoneId", "ResourceId")];
        let operation = Operation { input: &input, ..named("GetChange") };
        assert_eq!(traits("route53", operation), "strip-id-prefix:Id strip-id-prefix:HostedZoneId");

        let input = [("AccountId", "AccountId"), ("Bucket", "BucketName")];
        let operation = Operation { input: &input, ..named("GetBucket") };
        let customs = of_operation("s3control", &operation);
        assert_eq!(customs.traits, ["account-from-arn:Bucket"]);
        assert_eq!(customs.optional, ["AccountId"]);
        let create = Operation { name: "CreateBucket", ..operation };
        assert_eq!(of_operation("s3control", &create), Customs::default());

        let operation = Operation { input: &[("accountId", "string")], ..named("ListVaults") };
        assert_eq!(of_operation("glacier", &operation).optional, ["accountId"]);
    }

    #[test]
    fn the_endpoint_places_buckets_and_accounts() {
        let cases = [
            ("s3", "/{Bucket}", "/"),
            ("s3", "/{Bucket}?acl", "/?acl"),
            ("s3", "/{Bucket}/{Key+}?tagging", "/{Key+}?tagging"),
            ("s3", "/", "/"),
            ("s3", "/WriteGetObjectResponse", "/WriteGetObjectResponse"),
            ("other", "/{Bucket}/x", "/{Bucket}/x"),
        ];
        for (service, from, to) in cases {
            assert_eq!(uri(service, from), to);
        }
        assert_eq!(host_prefix("s3control", "{AccountId}.", true), None);
        assert_eq!(host_prefix("s3control", "{AccountId}.", false), Some("{AccountId}."));
        assert_eq!(host_prefix("other", "{AccountId}.", true), Some("{AccountId}."));
    }
}
