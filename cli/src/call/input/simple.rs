//! What EC2's simple options say, put where it belongs, as v2's `customizations/ec2` does it.

#[cfg(test)]
mod tests;

use super::bundle;
use super::files::Files;
use super::param::Param;
use crate::call::arguments::simple::{Part, SIMPLE};
use crate::exit::{Failure, USAGE};
use typefoundry::Map;

type Params = Map<String, Param>;

const PERMISSIONS: &str = "IpPermissions";
const INTERFACES: &str = "NetworkInterfaces";
/// Where an address of its own goes as well.
const ADDRESSES: &str = "PrivateIpAddresses";
const ADDRESS_COUNT: &str = "SecondaryPrivateIpAddressCount";
const PUBLIC: &str = "AssociatePublicIpAddress";

/// Puts what simple options say, by their places in [`SIMPLE`], beside what options of members do.
pub(super) fn put(
    said: &[(usize, Vec<String>)],
    files: &Files,
    params: &mut Params,
) -> Result<(), Failure> {
    let said: Vec<_> =
        said.iter().filter_map(|(place, values)| Some((SIMPLE.get(*place)?, values))).collect();
    for (option, values) in &said {
        // What Python takes for true.
        let word = values.first().map_or("", String::as_str);
        let is_said = match option.part {
            Part::PublicAddress(value) => value,
            Part::Addresses => !values.is_empty(),
            Part::AddressCount => number(word) != Some(0),
            _ => !word.is_empty(),
        };
        conflict(option.name, option.part, is_said, params)?;
    }
    for (option, values) in said {
        match loaded(option.name, values, files)? {
            None => one(option.part, values, params)?,
            Some(Param::Bytes(bytes)) if let Part::Bundle(member) = option.part => {
                bundle::put(params, member, Param::Bytes(bytes));
            }
            Some(text) => one(option.part, &[text.to_string()], params)?,
        }
    }
    Ok(())
}

/// What the file holds that the only value names.
fn loaded(name: &str, values: &[String], files: &Files) -> Result<Option<Param>, Failure> {
    let [value] = values else { return Ok(None) };
    files.load_of(&format!("--{name}"), value)
}

/// The whole of what a simple option says a part of must not be there, too.
fn conflict(name: &str, part: Part, is_said: bool, params: &Params) -> Result<(), Failure> {
    let has = |member: &str| match params.get(member) {
        Some(Param::List(items)) => !items.is_empty(),
        Some(_) => true,
        None => false,
    };
    match part {
        Part::Addresses | Part::AddressCount | Part::PublicAddress(true)
            if is_said && has(INTERFACES) =>
        {
            let what = "Mixing the --network-interfaces option with the simple, scalar options is \
                        not supported.";
            Err(wrong(what))
        }
        Part::Protocol | Part::Ports | Part::AddressRange | Part::Group | Part::GroupOwner
            if is_said && has(PERMISSIONS) =>
        {
            let name = name.replace('-', "_");
            let what = "option is not compatible with the --ip-permissions option ";
            Err(wrong(&format!("The --{name} {what}")))
        }
        Part::Bundle(_) | Part::BundleSecret if is_said && has(bundle::STORAGE) => {
            let what = "Mixing the --storage option with the simple, scalar options is not \
                        recommended.";
            Err(wrong(what))
        }
        _ => Ok(()),
    }
}

fn one(part: Part, values: &[String], params: &mut Params) -> Result<(), Failure> {
    let word = values.first().map_or("", String::as_str);
    match part {
        Part::Count => {
            let (least, most) = word.split_once(':').unwrap_or((word, word));
            let read = number(least).zip(number(most));
            let (least, most) = read.ok_or_else(|| {
                wrong("count parameter should be of form min[:max] (e.g. 1 or 1:10)")
            })?;
            params.insert("MinCount".to_owned(), Param::Integer(least));
            params.insert("MaxCount".to_owned(), Param::Integer(most));
        }
        Part::PublicAddress(value) => {
            interface(params, PUBLIC, Param::Bool(value));
        }
        Part::AddressCount => {
            if let Some(count) = number(word).filter(|count| *count != 0) {
                interface(params, ADDRESS_COUNT, Param::Integer(count));
            }
        }
        Part::Addresses => {
            if !values.is_empty() {
                let addresses = values.iter().map(|value| address(value, false)).collect();
                interface(params, ADDRESSES, Param::List(addresses));
            }
        }
        _ if word.is_empty() => {}
        Part::Bundle(member) => bundle::put(params, member, Param::Text(word.to_owned())),
        Part::BundleSecret => bundle::put(params, bundle::SECRET, Param::Text(word.to_owned())),
        // It says something about the answer.
        Part::LaunchKey => {}
        Part::Protocol => {
            let protocol = protocol(word)?;
            permission(params, "IpProtocol", Param::Text(protocol.to_owned()));
        }
        Part::Ports => {
            let (from, to) = match word {
                "-1" | "all" => ("-1", "-1"),
                word => word.split_once('-').unwrap_or((word, word)),
            };
            let (from, to) = number(from).zip(number(to)).ok_or_else(|| {
                wrong("port parameter should be of the form <from[-to]> (e.g. 22 or 22-25)")
            })?;
            permission(params, "FromPort", Param::Integer(from));
            permission(params, "ToPort", Param::Integer(to));
        }
        Part::AddressRange => {
            let range = Map::from_iter([("CidrIp".to_owned(), Param::Text(word.to_owned()))]);
            let ranges = Param::List(vec![Param::Map(range)]);
            permission(params, "IpRanges", ranges);
        }
        Part::Group => {
            let name = if word.starts_with("sg-") { "GroupId" } else { "GroupName" };
            group(params, name, Param::Text(word.to_owned()));
        }
        Part::GroupOwner => {
            group(params, "UserId", Param::Text(word.to_owned()));
        }
    }
    Ok(())
}

/// What is done about the input as a whole when all is said.
pub(super) fn finish(operation: &str, params: &mut Params) {
    match operation {
        "RunInstances" => {
            for name in ["MaxCount", "MinCount"] {
                params.entry(name.to_owned()).or_insert(Param::Integer(1));
            }
            gather(params);
        }
        "CreateNetworkAclEntry" | "ReplaceNetworkAclEntry" => {
            if let Some(Param::Text(protocol)) = params.get_mut("Protocol") {
                let number = PROTOCOLS.iter().find(|(name, _)| name == protocol);
                *protocol = number.map_or(&**protocol, |(_, number)| number).to_owned();
            }
        }
        _ => {}
    }
}

/// v2's `customizations/ec2/protocolarg.py`.
const PROTOCOLS: &[(&str, &str)] = &[("tcp", "6"), ("udp", "17"), ("icmp", "1"), ("all", "-1")];

/// An instance whose network interface has addresses has these things there, too.
fn gather(params: &mut Params) {
    const MOVED: &[(&str, &str)] = &[
        ("SubnetId", "SubnetId"),
        ("SecurityGroupIds", "Groups"),
        ("PrivateIpAddress", ADDRESSES),
        ("Ipv6AddressCount", "Ipv6AddressCount"),
        ("Ipv6Addresses", "Ipv6Addresses"),
        ("EnablePrimaryIpv6", "PrimaryIpv6"),
    ];
    let Some(Param::List(interfaces)) = params.get(INTERFACES) else { return };
    let Some(Param::Map(first)) = interfaces.first() else { return };
    if ![ADDRESSES, ADDRESS_COUNT, PUBLIC].iter().any(|name| first.contains_key(*name)) {
        return;
    }
    for (from, to) in MOVED {
        let Some(mut value) = params.shift_remove(*from) else { continue };
        if let ("PrivateIpAddress", Param::Text(text)) = (*from, &value) {
            value = Param::List(vec![address(text, true)]);
        }
        interface(params, to, value);
    }
}

fn protocol(word: &str) -> Result<&str, Failure> {
    match (number(word), word) {
        (Some(number), _) if number != -1 && !(0..=255).contains(&number) => {
            Err(wrong("protocol numbers must be in the range 0-255 or -1 to specify all protocols"))
        }
        (None, "all") => Ok("-1"),
        (Some(_), _) | (None, "tcp" | "udp" | "icmp") => Ok(word),
        (None, _) => Err(wrong(
            "protocol parameter should be one of: tcp|udp|icmp|all or any valid protocol number.",
        )),
    }
}

fn number(word: &str) -> Option<i128> {
    word.trim().parse().ok()
}

fn address(text: &str, is_primary: bool) -> Param {
    Param::Map(Map::from_iter([
        ("PrivateIpAddress".to_owned(), Param::Text(text.to_owned())),
        ("Primary".to_owned(), Param::Bool(is_primary)),
    ]))
}

fn interface(params: &mut Params, name: &str, value: Param) {
    let first = Map::from_iter([("DeviceIndex".to_owned(), Param::Integer(0))]);
    in_first(params, INTERFACES, first, |it| it.insert(name.to_owned(), value));
}

fn permission(params: &mut Params, name: &str, value: Param) {
    in_first(params, PERMISSIONS, Map::new(), |it| it.insert(name.to_owned(), value));
}

fn group(params: &mut Params, name: &str, value: Param) {
    let put = |it: &mut Params| it.insert(name.to_owned(), value);
    in_first(params, PERMISSIONS, Map::new(), |permission| {
        in_first(permission, "UserIdGroupPairs", Map::new(), put);
    });
}

/// Does something to the first element of a list, which is put there if need be.
fn in_first<T>(
    params: &mut Params,
    name: &str,
    usual: Params,
    change: impl FnOnce(&mut Params) -> T,
) {
    let place = params.entry(name.to_owned()).or_insert(Param::Null);
    if !matches!(place, Param::List(items) if matches!(items.first(), Some(Param::Map(_)))) {
        *place = Param::List(vec![Param::Map(usual)]);
    }
    if let Param::List(items) = place
        && let Some(Param::Map(first)) = items.first_mut()
    {
        change(first);
    }
}

fn wrong(message: &str) -> Failure {
    Failure::new(USAGE, message)
}
