//! Rules of endpoints: what the runtime would otherwise find at the first call.
//!
//! Rules stay JSON in the model, since nothing but the runtime has a use for them.

mod expr;
mod given;
pub mod known;
mod set;
mod walker;

use crate::diagnostics::{Diagnostics, codes};
use crate::json::Json;
use crate::location::At;
use crate::model::Model;
use crate::words::{listed, suggest};
use known::{Kind, TEMPLATES};
use walker::Walker;

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    let Some(endpoint) = &model.service.endpoint else { return };
    let Some(rules) = &endpoint.rules else { return };
    let at = diagnostics.entry(endpoint.at, "rules");
    let has = |key| rules.get(key).is_some();
    let declared = if has("template") || has("host") && !has("rules") {
        template(rules, at, diagnostics)
    } else {
        Some(set::check(rules, at, diagnostics))
    };
    if let Some(declared) = declared {
        given::check(model, &declared, diagnostics);
    }
}

/// The parameters of the template, if there is one of that name.
fn template(
    rules: &Json,
    at: At,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<(&'static str, Kind)>> {
    let mut walker = Walker::new(diagnostics, at);
    let names: Vec<_> = TEMPLATES.iter().map(|(name, _)| *name).collect();
    let fields = walker.object(rules, "a template", &["template", "host"])?;
    match fields.get("host") {
        Some((index, json)) => {
            walker.enter(index);
            if let Some(host) = walker.text(json, "`host`")
                && !is_host(host)
            {
                let message = format!("`{host}` cannot be part of a host name");
                let help = "write what stands before the region: letters, digits, hyphens and dots";
                walker.value(&codes::RULES_TEMPLATE, message, help);
            }
            walker.leave();
        }
        None if fields.lacks(&["host"]) => walker.value(
            &codes::RULES_TEMPLATE,
            "the template lacks its `host`".to_owned(),
            "add `host`: what stands before the region in the service's host names, such as \"ivs\"",
        ),
        None => {}
    }
    let Some((index, json)) = fields.get("template") else {
        if fields.lacks(&["template"]) {
            let message = "there is a `host`, and no template that takes it".to_owned();
            let help = format!("add `template`, which is one of {}", listed(&names));
            walker.value(&codes::RULES_TEMPLATE, message, help);
        }
        return None;
    };
    walker.enter(index);
    let name = walker.text(json, "`template`")?;
    let known = TEMPLATES.iter().find(|(known, _)| *known == name);
    if known.is_none() {
        let message = format!("there is no template `{name}`");
        walker.value(&codes::RULES_TEMPLATE, message, suggest(name, &names, "template"));
    }
    known.map(|(_, params)| params.to_vec())
}

fn is_host(host: &str) -> bool {
    !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
}
