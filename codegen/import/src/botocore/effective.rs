//! What is said of a member and of the shape that it refers to.
//!
//! botocore lays the traits of a member over those of its shape (`ShapeResolver.get_shape_by_name`
//! of `botocore/model.py`), so that a name on the wire may stand on either. A spec says it of the
//! member alone.

use super::Cx;
use crate::build::Look;
use typefoundry_spec::Json;

/// A trait of a member: its own, or else that of its shape.
pub(super) fn get<'a>(cx: &Cx<'a>, member: &'a Json, key: &str) -> Option<&'a Json> {
    member.get(key).or_else(|| cx.target(member)?.get(key))
}

pub(super) fn text_at<'a>(cx: &Cx<'a>, member: &'a Json, key: &str) -> Option<&'a str> {
    get(cx, member, key)?.as_str()
}

pub(super) fn flag_at<'a>(cx: &Cx<'a>, member: &'a Json, key: &str) -> bool {
    get(cx, member, key) == Some(&Json::Bool(true))
}

/// The type of a member's shape.
pub(super) fn kind<'a>(cx: &Cx<'a>, member: &Json) -> &'a str {
    cx.target(member).and_then(|shape| shape.text_at("type")).unwrap_or_default()
}
