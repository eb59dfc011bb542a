//! Pages by number: `pageIndex` counts from 1, `recordPerPage` is 500 at most and where nothing is said.

use serde::{Deserialize, Serialize};

use super::call::Call;
use super::options::Paging;
use super::refusal::Refusal;
use super::texts;

/// How much goes on a page, at most and where nothing is said.
const LARGEST: usize = 500;

/// Which page is wanted, in the words of the request.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wanted {
    page_index: Option<i64>,
    record_per_page: Option<i64>,
}

/// What an answer says of its page.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Pagination {
    records_per_page: usize,
    total_records: usize,
    total_page_count: usize,
    current_page_index: usize,
}

/// Returns the items of the page that a request wants, and what is to be said of it.
///
/// A page beyond the end is refused, but the first page of nothing is empty. For a size beyond its bounds the page has no text
/// of its own.
pub fn cut<'a, T>(call: &Call, items: &'a [T]) -> Result<(&'a [T], Pagination), Refusal> {
    let refused = || Refusal::bad(texts::PAGE_INVALID);
    let wanted = read(call)?;
    let number = |wanted: Option<i64>, else_: usize| wanted.map_or(Ok(else_), usize::try_from);
    let index = number(wanted.page_index, 1).map_err(|_| refused())?;
    let size = number(wanted.record_per_page, LARGEST).map_err(|_| refused())?;
    if !(1..=LARGEST).contains(&size) {
        return Err(refused());
    }
    let pages = items.len().div_ceil(size);
    if !(1..=pages.max(1)).contains(&index) {
        return Err(refused());
    }
    let pagination = Pagination {
        records_per_page: size,
        total_records: items.len(),
        total_page_count: pages,
        current_page_index: index,
    };
    Ok((items.chunks(size).nth(index - 1).unwrap_or_default(), pagination))
}

/// Reads what is wanted from where the account looks.
fn read(call: &Call) -> Result<Wanted, Refusal> {
    let in_body = || match call.body.as_slice() {
        [] => Ok(Wanted::default()),
        _ => call.json(),
    };
    Ok(match call.rules.paging {
        Paging::Body => in_body()?,
        Paging::Query | Paging::RefuseBody => in_query(call)?,
        Paging::Both => {
            let (body, query) = (in_body()?, in_query(call)?);
            Wanted {
                page_index: body.page_index.or(query.page_index),
                record_per_page: body.record_per_page.or(query.record_per_page),
            }
        }
    })
}

fn in_query(call: &Call) -> Result<Wanted, Refusal> {
    let number = |name| {
        call.query(name)
            .map(|text| text.parse().map_err(|_| Refusal::bad(texts::PAGE_INVALID)))
            .transpose()
    };
    Ok(Wanted {
        page_index: number("pageIndex")?,
        record_per_page: number("recordPerPage")?,
    })
}
