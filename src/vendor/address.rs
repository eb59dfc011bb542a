//! Where an operation is: the segments of its path.

use crate::fleet::{self, Kind};
use crate::http::{Method, Request};

/// Starts a request for an operation at `path`, below the vendor's `root`. An identifier that would make another path
/// than the operation's own is refused: it never came from the vendor.
pub(super) fn request(
    operation: &'static str,
    method: Method,
    root: &[&str],
    path: &[&str],
) -> fleet::Result<Request> {
    if let Some(odd) = path.iter().find(|s| matches!(**s, "" | "." | "..")) {
        let message = format!("`{odd}` is no identifier");
        return Err(fleet::Error::new(Kind::Invalid, message).operation(operation));
    }
    let segments = root.iter().chain(path).copied();
    Ok(Request::new(operation, method, segments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_would_change_the_path_is_refused() {
        for odd in ["", ".", ".."] {
            let error = request("deleteEntry", Method::DELETE, &["1.0"], &["entries", odd]).unwrap_err();
            assert_eq!(
                (error.kind, error.operation),
                (Kind::Invalid, Some("deleteEntry")),
                "{odd:?}"
            );
        }
    }
}
