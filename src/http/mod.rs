//! The one door for requests: deadlines, retries, size limits, paging and redacted tracing for every vendor.
//!
//! A vendor builds a [`Request`], hands it to [`Transport::send`] and gets a [`Response`] with a 2xx status or an
//! [`Error`] that says whether the request may have been carried out. Redirects are never followed, and no request
//! ever leaves for another origin than the transport's own.

mod error;
mod request;
mod response;
mod settings;
mod transport;

pub use error::{Delivery, Error};
pub use request::{ETag, Method, Replay, Request};
pub use response::Response;
pub use settings::{BaseUrl, Proxy, Retry, Settings, Timeouts};
pub use transport::Transport;
