//! Operations that answer in pages.

use super::document;
use super::whole::Whole;
use clap::ArgMatches;
use typefoundry::client::Core;
use typefoundry::dynamic::{Api, ApiOperation, Dynamic};
use typefoundry::pager::Cursor;
use typefoundry::value::{Structure, View};
use typefoundry::{Document, Error};
use typefoundry_spec::{Operation, PageSource, Paging};

/// Whether all pages are asked for: where the provider's own data declares pages, as the AWS CLI
/// does, unless the caller pages by hand.
pub(super) fn is_paged(operation: &Operation, input: &Dynamic<'_>, arguments: &ArgMatches) -> bool {
    let Some(pages) = &operation.pages else { return false };
    let leads_on: Vec<&String> = match &pages.paging {
        Paging::Token { tokens, .. } => tokens.iter().map(|(input, _)| input).collect(),
        Paging::Number { input, .. } => vec![input],
    };
    let structure: &dyn Structure = input;
    let is_set = |name: &String| {
        structure.get(name).is_some_and(|value| !matches!(value.view(), View::Absent))
    };
    let by_hand = leads_on.into_iter().any(is_set) || pages.size.as_ref().is_some_and(is_set);
    let wanted = pages.source == PageSource::Declared || arguments.get_flag("paginate");
    wanted && !by_hand && !arguments.get_flag("no-paginate")
}

/// All pages as one answer.
pub(super) async fn collect(
    core: &Core,
    api: &Api,
    operation: &ApiOperation,
    input: Dynamic<'_>,
) -> Result<Document, Error> {
    let model = api.model().find_operation(&operation.schema.name);
    let (Some(mut cursor), Some(pages)) =
        (Cursor::new(&operation.schema), model.and_then(|model| model.pages.as_ref()))
    else {
        return Ok(Document::Null);
    };
    let paths = [&pages.items].into_iter().chain(&pages.others);
    let mut whole =
        Whole::new(paths.map(|it| &**it).collect(), pages.first.iter().map(|it| &**it).collect());
    while !cursor.is_done() {
        let mut input = input.clone();
        cursor.apply(&mut input)?;
        let mut output = api.output(operation);
        core.fill_tokens(&mut input);
        core.call(&operation.schema, &mut input, &mut output).await?;
        cursor.advance(&input, &output)?;
        if let Document::Object(page) = document(&output) {
            whole.add(page);
        }
    }
    Ok(whole.finish())
}
