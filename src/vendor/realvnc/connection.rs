//! Sends operations with a token, renews it when it is refused, and reads lists to their end.

use std::collections::HashSet;

use serde::de::DeserializeOwned;

use crate::fleet;
use crate::http::{Delivery, Method, Pages, Request, Response, Transport};
use crate::vendor::listless::listless;
use crate::vendor::{Failure, address};

use super::explain::explain;
use super::pages::{Listed, Page};
use super::session::Session;
use super::status::doing;
use super::versions::Versions;

/// How many tokens that ended on the way (while a request waited for its turn) are replaced for one request.
const MOST_ENDED: u32 = 4;

/// The way to one team.
#[derive(Debug)]
pub(super) struct Connection {
    transport: Transport,
    session: Session,
    profile: String,
    /// The versions of the entries that were read lately.
    pub(super) versions: Versions,
}

impl Connection {
    pub(super) fn new(transport: Transport, session: Session, profile: String) -> Self {
        Self {
            transport,
            session,
            profile,
            versions: Versions::default(),
        }
    }

    pub(super) fn profile(&self) -> &str {
        &self.profile
    }

    /// Makes sure that there is a session.
    pub(super) async fn enter(&self) -> fleet::Result<()> {
        self.session.pass().await.map(drop)
    }

    /// Sends an operation. `about` names its object for messages ("computer `x`"), and is empty for lists.
    pub(super) async fn send(&self, request: Request, about: &str) -> Result<Response, Failure> {
        let operation = request.operation();
        let mut pass = self.session.pass().await.map_err(Failure::unsent)?;
        let mut refused = false;
        let mut ended = 0;
        let mut doubtful = false;
        loop {
            let error = match self.transport.send(request.clone().bearer(pass.token())).await {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            doubtful |= error.delivery() == Delivery::Unknown;
            let failed = |why| Failure {
                delivery: if doubtful {
                    Delivery::Unknown
                } else {
                    Delivery::NotCarriedOut
                },
                error: why,
            };
            let renew = error.status() == Some(401)
                && if pass.has_ended() {
                    ended += 1;
                    ended <= MOST_ENDED
                } else {
                    !std::mem::replace(&mut refused, true)
                };
            if !renew {
                return Err(failed(explain(&error, operation, about)));
            }
            pass = self.session.renew(&pass).await.map_err(failed)?;
        }
    }

    /// Reads one object.
    pub(super) async fn get<T: DeserializeOwned>(&self, request: Request, about: &str) -> fleet::Result<T> {
        let operation = request.operation();
        let response = self.send(request, about).await.map_err(|f| f.error)?;
        response.json().map_err(|e| explain(&e, operation, about))
    }

    /// Reads a list to its end. An item that two pages have is listed once, as the first page has it: the vendor's
    /// cursor is a name or an id, and the list may change underneath it. A page without items that is not the last is an
    /// error: what it should have held may be what is decided on.
    pub(super) async fn list<P: Page>(&self, request: Request, about: &str) -> fleet::Result<Vec<P::Item>> {
        let operation = request.operation();
        let mut pages = Pages::new(self.transport.base());
        let mut seen = HashSet::new();
        let mut items = Vec::new();
        let mut next = Some(request);
        while let Some(request) = next {
            let (page, response) = self.page::<P>(request, about).await?;
            let is_gap = page.is_empty() && !P::GAPS;
            for item in page {
                if item.key().is_none_or(|key| seen.insert(key.to_owned())) {
                    items.push(item);
                }
            }
            next = pages
                .next(&response)
                .map_err(|e| explain(&e, operation, about))?
                .map(|url| Request::page(operation, url));
            if is_gap && next.is_some() {
                let why = "a page came back empty, though it says that another one follows";
                return Err(listless(operation, doing(operation), why));
            }
        }
        Ok(items)
    }

    /// Reads one page of a list, and returns the answer as well: it says where the next page is.
    pub(super) async fn page<P: Page>(
        &self,
        request: Request,
        about: &str,
    ) -> fleet::Result<(Vec<P::Item>, Response)> {
        let operation = request.operation();
        let response = self.send(request, about).await.map_err(|f| f.error)?;
        let page: P = response.json().map_err(|e| explain(&e, operation, about))?;
        let items = page
            .into_items()
            .map_err(|why| listless(operation, doing(operation), &why))?;
        Ok((items, response))
    }

    /// Deletes, and returns nothing where this try found nothing and an earlier one may have been carried out: what
    /// was to go is gone. Where no earlier try can have reached the vendor, "not found" stays an error.
    pub(super) async fn delete(&self, request: Request, about: &str) -> Result<Option<Response>, Failure> {
        let operation = request.operation();
        let failure = match self.send(request, about).await {
            Ok(response) => return Ok(Some(response)),
            Err(failure) => failure,
        };
        let not_found = failure.error.status == Some(404) && failure.error.operation == Some(operation);
        if not_found && failure.delivery == Delivery::Unknown {
            return Ok(None);
        }
        Err(failure)
    }
}

/// Starts a request for an operation at `path`, below the version of the API.
pub(super) fn request(operation: &'static str, method: Method, path: &[&str]) -> fleet::Result<Request> {
    address::request(operation, method, &["1.0"], path)
}
