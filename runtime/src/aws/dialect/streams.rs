//! What requests say of bodies that are streams, which are read for it before they are sent.

use crate::ByteStream;
use crate::aws::customs::{self, CustomError, TreeHash};
#[cfg(feature = "checksums")]
use crate::aws::dialect::sums::{HeaderSum, header_sum};
use crate::aws::sigv4::{BODY_DIGEST, hex};
use crate::client::dialect::{Cx, Settings, Sums};
use crate::error::Error;
use crate::schema::AuthOption;
use crate::value::Structure;
use bytes::Bytes;
use http::header::{HeaderMap, HeaderValue};
use sha2::{Digest, Sha256};

/// What is to be said of a stream: the digest that is signed, the checksum that cannot stand behind the
/// body, Glacier's tree hash.
///
/// What can be read only once is sent as it is, without any of them.
pub(super) fn sums(
    cx: Cx<'_>,
    settings: Settings<'_>,
    input: &dyn Structure,
    request: &http::Request<Bytes>,
    stream: &ByteStream,
    auth: Option<&AuthOption>,
) -> Result<Option<Box<dyn Sums>>, Error> {
    let tree = customs::tree_hash(cx.service, cx.operation)
        .filter(|_| !request.headers().contains_key(TreeHash::HEADER));
    if stream.again_unwatched().is_none() {
        return match tree {
            Some(_) => Err(once().into()),
            None => Ok(None),
        };
    }
    let digest = auth.filter(|auth| customs::wants_digest(cx.operation, request, auth));
    let sums = StreamSums {
        digest: digest.map(|_| Sha256::new()),
        tree,
        #[cfg(feature = "checksums")]
        sum: header_sum(cx, settings, input, request)?,
    };
    #[cfg(not(feature = "checksums"))]
    let _ = (settings, input);
    Ok(sums.is_any().then(|| Box::new(sums) as Box<dyn Sums>))
}

fn once() -> CustomError {
    CustomError::Input {
        member: "checksum".to_owned(),
        reason: "the body is a stream that can be had only once, so that its tree hash has to be \
                 given: it is made with `aws::customs::TreeHash`"
            .to_owned(),
    }
}

struct StreamSums {
    digest: Option<Sha256>,
    tree: Option<TreeHash>,
    #[cfg(feature = "checksums")]
    sum: Option<HeaderSum>,
}

impl StreamSums {
    fn is_any(&self) -> bool {
        #[cfg(feature = "checksums")]
        let sums_up = self.sum.is_some();
        #[cfg(not(feature = "checksums"))]
        let sums_up = false;
        sums_up || self.digest.is_some() || self.tree.is_some()
    }
}

impl Sums for StreamSums {
    fn update(&mut self, bytes: &[u8]) {
        if let Some(digest) = &mut self.digest {
            digest.update(bytes);
        }
        if let Some(tree) = &mut self.tree {
            tree.update(bytes);
        }
        #[cfg(feature = "checksums")]
        if let Some(sum) = &mut self.sum {
            sum.update(bytes);
        }
    }

    fn finish(self: Box<Self>, headers: &mut HeaderMap) {
        let digest = self.digest.map(|digest| (BODY_DIGEST, hex(&digest.finalize())));
        let tree = self.tree.map(|tree| (TreeHash::HEADER, tree.finish()));
        for (name, value) in digest.into_iter().chain(tree) {
            // Digits are text that any header can carry.
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
        #[cfg(feature = "checksums")]
        if let Some(sum) = self.sum {
            sum.finish(headers);
        }
    }
}

#[cfg(all(test, feature = "checksums"))]
mod tests;
