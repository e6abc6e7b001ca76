use super::{alias, facts, is_name, kebab, renamed, service, service_of_cli};

/// What botocore's `xform_name(name, '-')` says.
#[test]
fn names_are_those_of_the_aws_cli() {
    for (name, expected) in [
        ("stageArn", "stage-arn"),
        ("ListParticipantEvents", "list-participant-events"),
        ("name", "name"),
        ("DomainName", "domain-name"),
        ("pageSizeNo", "page-size-no"),
        ("sourceIPAddress", "source-ip-address"),
        ("DBInstanceIdentifier", "db-instance-identifier"),
        ("LoadBalancerARNs", "load-balancer-arns"),
        ("ListWebACLs", "list-web-acls"),
        ("ARNs", "-arns"),
        ("EC2SecurityGroupId", "ec2-security-group-id"),
        ("ec2TagFilters", "ec2-tag-filters"),
        ("s3Location", "s3-location"),
        ("ACL", "acl"),
        ("GetBucketACL", "get-bucket-acl"),
        ("SSEKMSKeyId", "ssekms-key-id"),
        ("VpcIDs", "vpc-ids"),
        ("ABTest", "ab-test"),
        ("aB1Cd", "a-b1-cd"),
        ("XMLHttpRequest2", "xml-http-request2"),
        ("CreateCachediSCSIVolume", "create-cached-iscsi-volume"),
        ("ListHITsForQualificationType", "list-hits-for-qualification-type"),
        ("ExecutePartiQLStatement", "execute-partiql-statement"),
        ("pet_name", "pet_name"),
        ("input-Region", "input-Region"),
        ("Ünï", "ünï"),
        ("", ""),
    ] {
        assert_eq!(kebab(name), expected, "{name}");
        assert!(is_name(expected, name) && is_name(name, name), "{name}");
        assert!(!is_name(&format!("{expected}s"), name), "{name}");
    }
    assert!(!is_name("stagearn", "stageArn") && !is_name("StageArn", "stageArn"));
}

#[test]
fn services_have_the_names_of_the_aws_cli() {
    for (botocore, cli) in [("s3", "s3api"), ("codedeploy", "deploy"), ("ivs", "ivs")] {
        assert_eq!((service(botocore), service_of_cli(cli)), (cli, botocore));
    }
}

/// v2's `customizations/argrename.py`.
#[test]
fn options_that_global_ones_would_hide_have_another_name() {
    assert_eq!(renamed("eks", "create-cluster", "version"), Some("kubernetes-version"));
    assert_eq!(renamed("schemas", "any", "version"), Some("schema-version"));
    assert_eq!(renamed("eks", "create-cluster", "name"), None);
    assert_eq!(renamed("ivs", "create-cluster", "version"), None);
    assert_eq!(alias("mgn", "x", "source-server-ids"), Some("source-server-i-ds"));
}

#[test]
fn what_follows_no_rule_is_no_rule() {
    for (name, kebab) in facts::WORDS {
        assert_eq!(kebab.replace('-', ""), name.to_lowercase(), "{name}");
        assert!(is_name(kebab, name), "{name}");
    }
}

/// `PARAMFILE_DISABLED` of v1's `paramfile.py`.
#[test]
fn some_options_are_urls() {
    use super::is_url;
    assert!(is_url("sqs", "send-message", "queue-url"));
    assert!(is_url("s3api", "put-object", "website-redirect-location"));
    assert!(!is_url("sqs", "send-message", "message-body"));
    assert!(!is_url("sqs", "create-queue", "queue-url"));
}
