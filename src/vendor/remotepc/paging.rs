//! How the pages of a list are asked for.
//!
//! The vendor documents the number of a page and its size as a JSON body of a GET. Much of what stands between two
//! computers drops such a body or refuses it, and whether the vendor takes a query instead is not documented. So by
//! default the body is sent as documented, and the query is tried where the body is refused or is not heeded.
//!
//! No list is returned in part: a page that is not the one that was asked for, or does not fit the others, is an error.
//! Since a list may change while it is read, it is read anew before that.

use std::sync::OnceLock;

use serde_json::json;

use crate::fleet::{self, Error, Kind};
use crate::http::{Method, Request};
use crate::vendor::listless::listless;

use super::connection::{Connection, request};
use super::limits::{MOST_RECORDS, check_page};
use super::operations::doing;
use super::pages::{Listed, Page, Read};
use super::refusal::Subject;

/// The statuses that may mean that a page cannot be asked for in this way.
const OTHER_WAY: [u16; 7] = [400, 403, 405, 411, 413, 415, 501];

/// How often a list that changed while it was read is read anew.
const MOST_AGAIN: u32 = 2;

/// No list of this field has as many pages.
const MOST_PAGES: u64 = 10_000;

/// How pages are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paging {
    /// By the body, and by the query where that does not work.
    #[default]
    Auto,
    /// By the body of the GET, as documented.
    Body,
    /// By the query.
    Query,
}

/// What differs from one account to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How pages are asked for.
    pub paging: Paging,
    /// How many records a page is to have: 1 to 500, which is the default.
    pub records_per_page: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            paging: Paging::default(),
            records_per_page: MOST_RECORDS,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Body,
    Query,
}

/// How the pages of one account are asked for, and what was found to work.
#[derive(Debug)]
pub(super) struct Pager {
    settings: Settings,
    works: OnceLock<Form>,
}

impl Pager {
    pub(super) fn new(settings: Settings) -> Self {
        Self {
            settings,
            works: OnceLock::new(),
        }
    }

    fn form(&self) -> Form {
        match self.settings.paging {
            Paging::Body => Form::Body,
            Paging::Query => Form::Query,
            Paging::Auto => self.works.get().copied().unwrap_or(Form::Body),
        }
    }

    /// Remembers a form that a page came by.
    fn works(&self, form: Form) {
        // Whoever was first has found out the same.
        let _ = self.works.set(form);
    }

    /// Tells whether another form than this may do better.
    fn is_open(&self, form: Form) -> bool {
        self.settings.paging == Paging::Auto && form == Form::Body && self.works.get().is_none()
    }

    fn page(&self, list: &List<'_>, form: Form, number: u64) -> fleet::Result<Request> {
        let records = self.settings.records_per_page;
        check_page(list.operation, records)?;
        let request = request(list.operation, Method::GET, list.path)?;
        Ok(match form {
            Form::Body => request.json(json!({ "pageIndex": number, "recordPerPage": records })),
            Form::Query => request
                .query("pageIndex", number.to_string())
                .query("recordPerPage", records.to_string()),
        })
    }
}

/// A list to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct List<'a> {
    pub(super) operation: &'static str,
    pub(super) path: &'a [&'a str],
    /// Whose list it is ("user `x`"), or nothing.
    pub(super) about: &'a str,
}

/// Why a list was not read.
enum Trouble {
    /// The page was refused, or was not the one asked for: the other form may do better.
    Form(Error),
    /// The pages do not fit together, as when the list changes while it is read.
    Torn(Error),
    /// Neither helps.
    Final(Error),
}

impl Connection {
    /// Reads a list to its end.
    pub(super) async fn list<T: Listed>(&self, list: List<'_>) -> fleet::Result<Vec<T>> {
        self.read(list, MOST_PAGES).await
    }

    /// Reads the first page of a list, to see whether that is allowed.
    pub(super) async fn probe<T: Listed>(&self, list: List<'_>) -> fleet::Result<()> {
        self.read::<T>(list, 1).await.map(drop)
    }

    /// Reads a list, or so many pages of it.
    async fn read<T: Listed>(&self, list: List<'_>, most: u64) -> fleet::Result<Vec<T>> {
        let mut form = self.pager.form();
        let mut by_body = None;
        let mut again = 0;
        loop {
            let error = match self.pages(list, form, most).await {
                Ok(items) => {
                    if by_body.is_some() {
                        self.pager.works(form);
                    }
                    return Ok(items);
                }
                Err(Trouble::Form(error)) => {
                    by_body = Some(error);
                    form = Form::Query;
                    continue;
                }
                Err(Trouble::Torn(_)) if again < MOST_AGAIN => {
                    again += 1;
                    continue;
                }
                Err(Trouble::Torn(error) | Trouble::Final(error)) => error,
            };
            return Err(match by_body {
                Some(first) => more_telling(first, error),
                None => error,
            });
        }
    }

    async fn pages<T: Listed>(&self, list: List<'_>, form: Form, most: u64) -> Result<Vec<T>, Trouble> {
        let mut read = Read::default();
        for number in 1..=most {
            let request = self.pager.page(&list, form, number).map_err(Trouble::Final)?;
            let subject = Subject {
                operation: list.operation,
                about: list.about,
                targets: 1,
            };
            let message = match self.send(request, subject).await {
                Ok(message) => message,
                Err(failure) => return Err(self.refused(list, failure.error, form, number)),
            };
            let page: Page<T> = Page::read(message)
                .map_err(|why| Trouble::Final(listless(list.operation, doing(list.operation), &why)))?;
            if !page.is_number(number) {
                return Err(self.elsewhere(list.operation, form, number, page.index));
            }
            if number > 1 {
                self.pager.works(form);
            }
            let whole = read
                .add(page)
                .map_err(|why| Trouble::Torn(torn(list.operation, &why)))?;
            if whole || (number == most && most < MOST_PAGES) {
                return Ok(read.items);
            }
        }
        let why = format!("it has more than {MOST_PAGES} pages");
        Err(Trouble::Final(torn(list.operation, &why)))
    }

    /// Sorts the refusal of a page. A list that got shorter has no such page any more.
    fn refused(&self, list: List<'_>, error: Error, form: Form, number: u64) -> Trouble {
        let status = error.status.unwrap_or_default();
        if self.pager.is_open(form) && OTHER_WAY.contains(&status) {
            Trouble::Form(error)
        } else if number > 1 && status == 400 {
            let why = format!("page {number} was refused, and the list is not at its end");
            Trouble::Torn(torn(list.operation, &why).status(status).beneath(error))
        } else {
            Trouble::Final(error)
        }
    }

    /// Sorts the answer with another page than the one that was asked for.
    fn elsewhere(&self, operation: &'static str, form: Form, number: u64, index: u64) -> Trouble {
        let mut error = torn(
            operation,
            &format!("page {number} was asked for, and page {index} came"),
        );
        error = error.hint(
            "the way to ask for a page may not be the vendor's: set `paging` of the profile to `body` or `query`",
        );
        if self.pager.is_open(form) {
            Trouble::Form(error)
        } else {
            Trouble::Torn(error)
        }
    }
}

/// Returns the error that says more about why neither form worked. Who may not ask at all learns just that.
fn more_telling(by_body: Error, by_query: Error) -> Error {
    let of_access = |error: &Error| matches!(error.kind, Kind::Auth | Kind::Permission);
    let passing = |error: &Error| matches!(error.kind, Kind::Network | Kind::RateLimited);
    let body_wins =
        of_access(&by_body) || !of_access(&by_query) && !passing(&by_query) && by_body.status == Some(400);
    let (mut told, way, other) = if body_wins {
        (by_body, "query", by_query)
    } else {
        (by_query, "body", by_body)
    };
    told.causes
        .push(format!("asked by the {way} instead: {}", other.message));
    told
}

fn torn(operation: &'static str, why: &str) -> Error {
    let message = format!(
        "could not {}: the pages of the list do not fit together",
        doing(operation)
    );
    let mut error = Error::new(Kind::Vendor, message)
        .operation(operation)
        .hint("if the fleet was changing just now, try again");
    error.causes.push(format!("{operation}: {why}"));
    error
}
