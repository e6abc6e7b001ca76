//! Regions, endpoints and settings, as botocore finds them.

use super::*;
use crate::auth::MemoryFiles;
use crate::client::RetryMode;
use std::collections::BTreeMap;

type Variables<'a> = &'a [(&'a str, &'a str)];

fn said(service: &str, variables: &[(&str, &str)], config: &str) -> Result<Found, String> {
    let variables = variables.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
    let surroundings = Surroundings::empty()
        .with_environment(variables.collect::<BTreeMap<_, _>>())
        .with_files(MemoryFiles::new().with("~/.aws/config", config));
    let service = ServiceSchema { id: format!("aws/{service}").into(), ..ServiceSchema::default() };
    found(&service, &surroundings).map_err(|error| error.to_string())
}

#[test]
fn a_region_is_of_the_environment_or_the_profile() {
    let config = "[default]\nregion=c\n[profile p]\nregion=d\n[profile q]\nx=1";
    let cases: [(Variables<'_>, Option<&str>); 6] = [
        (&[], Some("c")),
        (&[("AWS_PROFILE", "p")], Some("d")),
        (&[("AWS_PROFILE", "q")], None),
        (&[("AWS_DEFAULT_REGION", "b")], Some("b")),
        (&[("AWS_DEFAULT_REGION", "b"), ("AWS_REGION", "a")], Some("a")),
        (&[("AWS_DEFAULT_REGION", ""), ("AWS_REGION", "")], Some("c")),
    ];
    for (variables, expected) in cases {
        let found = said("ivs", variables, config).expect("settings");
        assert_eq!(found.region.as_deref(), expected, "{variables:?}");
    }
}

#[test]
fn an_endpoint_is_of_the_service_or_of_all() {
    const CONFIG: &str = "[default]\nendpoint_url=http://profile\nservices=s\n\
        [profile plain]\nendpoint_url=http://plain\n\
        [profile off]\nignore_configured_endpoint_urls=TRUE\nendpoint_url=http://off\n\
        [profile broken]\nservices=missing\n\
        [services s]\nivs_realtime=\n  endpoint_url=http://realtime\nroute_53=\n  endpoint_url=http://53\n\
        api_gateway=\n  other=1\n";
    const ONE: (&str, &str) = ("AWS_ENDPOINT_URL_IVS_REALTIME", "http://one");
    const ALL: (&str, &str) = ("AWS_ENDPOINT_URL", "http://all");
    let cases: [(&str, Variables<'_>, Option<&str>); 13] = [
        ("ivs-realtime", &[ONE, ALL], Some("http://one")),
        ("ivs-realtime", &[ALL], Some("http://all")),
        ("ivs", &[ONE, ALL], Some("http://all")),
        ("ivs-realtime", &[], Some("http://realtime")),
        ("ivs", &[], Some("http://profile")),
        // Services have names of their own here.
        ("route53", &[], Some("http://53")),
        ("apigateway", &[("AWS_ENDPOINT_URL_API_GATEWAY", "http://gw")], Some("http://gw")),
        ("apigateway", &[], Some("http://profile")),
        ("ivs", &[("AWS_PROFILE", "plain")], Some("http://plain")),
        ("ivs", &[("AWS_PROFILE", "off")], None),
        ("ivs", &[("AWS_PROFILE", "off"), ALL], None),
        ("ivs", &[("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"), ALL], None),
        ("ivs", &[("AWS_PROFILE", "broken"), ALL], Some("http://all")),
    ];
    for (service, variables, expected) in cases {
        let found = said(service, variables, CONFIG).expect("settings");
        let url = found.endpoint.map(|it| it.url);
        assert_eq!(url.as_deref(), expected, "{service} {variables:?}");
    }
    assert_eq!(
        said("ivs", &[("AWS_PROFILE", "broken")], CONFIG).expect_err("no such section"),
        "`services` of the profile `broken` in \"~/.aws/config\" names `missing`, but \
         \"~/.aws/config\" has no [services missing]"
    );
}

#[test]
fn settings_are_of_the_environment_or_the_profile() {
    const S3_CONFIG: &str = "[default]\nuse_dualstack_endpoint=true\ns3_use_arn_region=true\ns3=\n  \
        addressing_style=path\n  use_dualstack_endpoint=false\n  use_accelerate_endpoint=True\n";
    let cases: [(&str, Variables<'_>, &str, &str); 17] = [
        ("ivs", &[], "", ""),
        ("ivs", &[("AWS_USE_FIPS_ENDPOINT", "true")], "", "UseFIPS=true"),
        (
            "ivs",
            &[("AWS_USE_FIPS_ENDPOINT", "False")],
            "[default]\nuse_fips_endpoint=true",
            "UseFIPS=false",
        ),
        ("ivs", &[], "[default]\nuse_dualstack_endpoint=TRUE", "UseDualStack=true"),
        ("ivs", &[], S3_CONFIG, "UseDualStack=true"),
        (
            "s3",
            &[],
            S3_CONFIG,
            "ForcePathStyle=true Accelerate=true UseDualStack=false UseArnRegion=true",
        ),
        (
            "s3",
            &[
                ("AWS_REQUEST_CHECKSUM_CALCULATION", "WHEN_REQUIRED"),
                ("AWS_S3_USE_ARN_REGION", "false"),
            ],
            "[default]\nresponse_checksum_validation=when_required\ns3=\n addressing_style=virtual",
            "request_checksum_calculation=when_required response_checksum_validation=when_required \
             ForcePathStyle=false UseArnRegion=false",
        ),
        (
            "ivs",
            &[("AWS_DISABLE_REQUEST_COMPRESSION", "true")],
            "[default]\nrequest_min_compression_size_bytes=128",
            "disable_request_compression=true request_min_compression_size_bytes=128",
        ),
        ("ivs", &[], "[default]\nsdk_ua_app_id=My App", "app_id=My App"),
        ("ivs", &[("AWS_SDK_UA_APP_ID", "Shop")], "[default]\nsdk_ua_app_id=My App", "app_id=Shop"),
        ("sts", &[], "[default]\nsts_regional_endpoints=legacy", "UseGlobalEndpoint=true"),
        ("s3", &[], "[default]\ns3=\n addressing_style=auto", ""),
        (
            "s3",
            &[],
            "[default]\ns3_disable_express_session_auth=True",
            "DisableS3ExpressSessionAuth=true",
        ),
        (
            "s3",
            &[("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "FALSE")],
            "[default]\ns3_disable_express_session_auth=true",
            "DisableS3ExpressSessionAuth=false",
        ),
        ("ivs", &[], "[default]\ns3_disable_express_session_auth=perhaps", ""),
        (
            "ivs",
            &[],
            "[default]\nendpoint_discovery_enabled=Auto",
            "endpoint_discovery_enabled=auto",
        ),
        (
            "ivs",
            &[
                ("AWS_ENABLE_ENDPOINT_DISCOVERY", "false"),
                ("AWS_ENDPOINT_DISCOVERY_ENABLED", "true"),
            ],
            "[default]\nendpoint_discovery_enabled=auto",
            "endpoint_discovery_enabled=true",
        ),
    ];
    for (service, variables, config, expected) in cases {
        let found = said(service, variables, config).expect("settings");
        let settings = found.settings.iter().map(|(name, setting)| match setting {
            Setting::Bool(value) => format!("{name}={value}"),
            Setting::Text(text) => format!("{name}={text}"),
        });
        let settings = settings.collect::<Vec<_>>().join(" ");
        assert_eq!(settings, expected, "{service} {variables:?} {config:?}");
    }
}

#[test]
fn what_is_true_or_false_may_be_no_other_word() {
    let variables = [("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "perhaps")];
    let expected = "AWS_S3_DISABLE_EXPRESS_SESSION_AUTH is `true` or `false`, and so is its key in \
                    the profile: not \"perhaps\"";
    assert_eq!(said("s3", &variables, ""), Err(expected.to_owned()));
}

#[test]
fn retries_are_of_the_environment_or_the_profile() {
    let config = "[default]\nmax_attempts=7\nretry_mode=adaptive\n[profile p]\nx=1";
    let cases: [(Variables<'_>, Option<u32>, Option<RetryMode>); 4] = [
        (&[], Some(7), Some(RetryMode::Adaptive)),
        (&[("AWS_MAX_ATTEMPTS", "2")], Some(2), Some(RetryMode::Adaptive)),
        (&[("AWS_RETRY_MODE", "standard")], Some(7), Some(RetryMode::Standard)),
        (&[("AWS_PROFILE", "p")], None, None),
    ];
    for (variables, attempts, mode) in cases {
        let retries = said("ivs", variables, config).expect("settings").retries;
        assert_eq!((retries.max_attempts, retries.mode), (attempts, mode), "{variables:?}");
    }
    assert!(said("ivs", &[], "[default]\nmax_attempts=many").is_err());
}
