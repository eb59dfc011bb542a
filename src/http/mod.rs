//! The one door for requests: deadlines, retries, rate and size limits, paging and redacted tracing for every vendor.
//!
//! A vendor builds a [`Request`], hands it to [`Transport::send`] and gets a [`Response`] with a 2xx status or an
//! [`Error`] that says whether the request may have been carried out. Redirects are never followed, and no request
//! ever leaves for another origin than the transport's own. Lists that continue on further pages are followed with
//! [`Pages`]. Dropping the future of a request stops it.

mod address;
mod body;
mod cause;
mod certificate;
mod client;
mod error;
#[cfg(test)]
mod faults;
mod json;
mod limiter;
mod link;
mod pages;
mod proxy;
mod request;
mod response;
mod retry;
mod settings;
mod shown;
mod tls;
mod trace;
mod transport;
mod wire;

pub use body::ErrorBody;
pub use cause::ConnectCause;
pub use error::{Delivery, Error};
pub use limiter::Throttle;
pub use pages::Pages;
pub use request::{ETag, Method, Replay, Request};
pub use response::Response;
pub use settings::{BaseUrl, Proxy, Retry, Settings, Timeouts};
pub use transport::Transport;
