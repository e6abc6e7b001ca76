//! Rules that many services share.

use super::error::RuleSetError;

/// The templates by id: rules where `$host` stands for the service's part of the host name.
///
/// They are what botocore 1.43.67's rule sets have in common, in the order of how many services
/// have them.
pub const TEMPLATES: &[(&str, &str)] = &[
    // Hosts of their own for FIPS and for IPv6, in the partitions that have such.
    ("standard", include_str!("templates/standard.json")),
    // The same, but in GovCloud the plain host is the one for FIPS.
    ("govcloud", include_str!("templates/govcloud.json")),
    // Only hosts with addresses of IPv4 and IPv6.
    ("dual-stack", include_str!("templates/dual-stack.json")),
    // As `govcloud`, by the names of its regions.
    ("govcloud-regions", include_str!("templates/govcloud-regions.json")),
    // As `dual-stack`, with one region for a whole partition.
    ("dual-stack-global", include_str!("templates/dual-stack-global.json")),
    // Hosts with addresses of IPv4 and IPv6 in the partitions that have such.
    ("dual-stack-first", include_str!("templates/dual-stack-first.json")),
];

pub(super) fn fill(id: &str, values: &[(&str, &str)]) -> Result<String, RuleSetError> {
    let wrong = |reason| Err(RuleSetError { place: format!("the template `{id}`"), reason });
    let Some((_, text)) = TEMPLATES.iter().find(|(known, _)| *known == id) else {
        let mut reason = "there is no such template; there are ".to_owned();
        for (index, (known, _)) in TEMPLATES.iter().enumerate() {
            reason.push_str(if index == 0 { "" } else { ", " });
            reason.push_str(known);
        }
        return wrong(reason);
    };
    let [("host", host)] = values else {
        return wrong("it takes `host` and nothing else".to_owned());
    };
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    if host.is_empty() || !host.chars().all(is_host) {
        return wrong(format!("its `host` cannot be part of a host name: {}", host.escape_debug()));
    }
    Ok(text.replace("$host", host))
}
