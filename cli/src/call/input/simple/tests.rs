use super::{Params, finish, put};
use crate::call::arguments::simple::SIMPLE;
use crate::call::input::param::Param;
use crate::call::input::{Files, json};

/// An operation, what options and JSON say of its members, the simple options, and the input that
/// they come to or what is said to them.
type Case<'c> = (&'c str, &'c str, &'c [(&'c str, &'c str)], Result<&'c str, &'c str>);

fn made(operation: &str, members: &str, said: &[(&str, &str)]) -> Result<String, String> {
    let Ok(Param::Map(mut params)) = json::parse(members) else { panic!("{members}") };
    let place = |name: &str| SIMPLE.iter().position(|it| it.name == name).expect("an option");
    let said: Vec<_> = said
        .iter()
        .map(|(name, value)| {
            (place(name), value.split(' ').map(str::to_owned).collect::<Vec<String>>())
        })
        .collect();
    let change = |params: &mut Params| {
        put(&said, &Files::new(), params)?;
        finish(operation, params);
        Ok(())
    };
    change(&mut params).map_err(|failure: crate::exit::Failure| failure.message().to_owned())?;
    let mut out = String::new();
    Param::Map(params).write_json(&mut out);
    Ok(out)
}

#[test]
fn simple_options_are_parts_of_larger_values() {
    let (run, rule) = ("RunInstances", "AuthorizeSecurityGroupIngress");
    let mixed = "Mixing the --network-interfaces option with the simple, scalar options is not \
                 supported.";
    let ports = "port parameter should be of the form <from[-to]> (e.g. 22 or 22-25)";
    let count = "count parameter should be of form min[:max] (e.g. 1 or 1:10)";
    let cases: &[Case<'_>] = &[
        (run, "{}", &[], Ok(r#"{"MaxCount":1,"MinCount":1}"#)),
        (run, "{}", &[("count", "2")], Ok(r#"{"MinCount":2,"MaxCount":2}"#)),
        (run, "{}", &[("count", "2:5")], Ok(r#"{"MinCount":2,"MaxCount":5}"#)),
        (run, "{}", &[("count", "1:2:3")], Err(count)),
        (run, "{}", &[("count", "")], Err(count)),
        (
            run,
            r#"{"SubnetId":"s","SecurityGroupIds":["g"]}"#,
            &[("no-associate-public-ip-address", "")],
            Ok(
                r#"{"NetworkInterfaces":[{"DeviceIndex":0,"AssociatePublicIpAddress":false,"SubnetId":"s","Groups":["g"]}],"MaxCount":1,"MinCount":1}"#,
            ),
        ),
        (
            run,
            r#"{"PrivateIpAddress":"10.0.0.1"}"#,
            &[("secondary-private-ip-address-count", "2")],
            Ok(
                r#"{"NetworkInterfaces":[{"DeviceIndex":0,"SecondaryPrivateIpAddressCount":2,"PrivateIpAddresses":[{"PrivateIpAddress":"10.0.0.1","Primary":true}]}],"MaxCount":1,"MinCount":1}"#,
            ),
        ),
        (
            run,
            r#"{"NetworkInterfaces":[{"DeviceIndex":1}],"SubnetId":"s"}"#,
            &[],
            Ok(
                r#"{"NetworkInterfaces":[{"DeviceIndex":1}],"SubnetId":"s","MaxCount":1,"MinCount":1}"#,
            ),
        ),
        (
            run,
            r#"{"NetworkInterfaces":[{}]}"#,
            &[("secondary-private-ip-addresses", "10.0.0.2")],
            Err(mixed),
        ),
        (run, r#"{"NetworkInterfaces":[{}]}"#, &[("associate-public-ip-address", "")], Err(mixed)),
        (
            rule,
            "{}",
            &[("protocol", "all"), ("port", "22-25"), ("cidr", "10.0.0.0/8")],
            Ok(
                r#"{"IpPermissions":[{"IpProtocol":"-1","FromPort":22,"ToPort":25,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}]}"#,
            ),
        ),
        (
            rule,
            "{}",
            &[("port", "all"), ("source-group", "sg-1"), ("group-owner", "1")],
            Ok(
                r#"{"IpPermissions":[{"FromPort":-1,"ToPort":-1,"UserIdGroupPairs":[{"GroupId":"sg-1","UserId":"1"}]}]}"#,
            ),
        ),
        (rule, "{}", &[("port", "1-")], Err(ports)),
        (rule, "{}", &[("protocol", "")], Ok("{}")),
        (
            rule,
            r#"{"IpPermissions":[{}]}"#,
            &[("source-group", "pets")],
            Err("The --source_group option is not compatible with the --ip-permissions option "),
        ),
        ("CreateNetworkAclEntry", r#"{"Protocol":"udp"}"#, &[], Ok(r#"{"Protocol":"17"}"#)),
        ("ReplaceNetworkAclEntry", r#"{"Protocol":"6"}"#, &[], Ok(r#"{"Protocol":"6"}"#)),
        ("DescribeInstances", r#"{"Protocol":"udp"}"#, &[], Ok(r#"{"Protocol":"udp"}"#)),
    ];
    for (operation, members, said, expected) in cases {
        let made = made(operation, members, said);
        assert_eq!(
            made.as_deref().map_err(|it| &**it),
            *expected,
            "{operation} {members} {said:?}"
        );
    }
}
