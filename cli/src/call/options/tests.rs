use super::kebab;

#[test]
fn names_are_those_of_the_aws_cli() {
    for (name, expected) in [
        ("stageArn", "stage-arn"),
        ("ListParticipantEvents", "list-participant-events"),
        ("name", "name"),
        ("DomainName", "domain-name"),
        ("pageSizeNo", "page-size-no"),
        ("filterByRecordingConfigurationArn", "filter-by-recording-configuration-arn"),
        ("sourceIPAddress", "source-ip-address"),
        ("DBInstanceIdentifier", "db-instance-identifier"),
        ("LoadBalancerARNs", "load-balancer-arns"),
        ("EC2SecurityGroupId", "ec2-security-group-id"),
        ("ACL", "acl"),
        ("pet_name", "pet-name"),
        ("Ünï", "ünï"),
        ("", ""),
    ] {
        assert_eq!(kebab(name), expected, "{name}");
    }
}
