//! Operations that answer in pages.

use super::document;
use super::whole::Whole;
use typefoundry::client::Core;
use typefoundry::dynamic::{Api, ApiOperation, Dynamic};
use typefoundry::pager::Cursor;
use typefoundry::{Document, Error};

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
