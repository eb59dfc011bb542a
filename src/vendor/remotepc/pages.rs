//! When the pages of a list make a whole: each says which one it is and how many records there are in all, no record comes
//! on two pages, there are as many records as the vendor counts, and it counts no further page.

use std::collections::HashSet;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::vendor::listless::without;

use super::wire::{Device, User};

/// A record of a list.
pub(super) trait Listed: DeserializeOwned {
    /// The vendor's name of the list.
    const LIST: &'static str;
    /// Returns the id that tells the record from the others, where it has one.
    fn key(&self) -> Option<&str>;
    /// Returns the whole record.
    fn raw(&self) -> &Map<String, Value>;
}

impl Listed for Device {
    const LIST: &'static str = "devices";

    fn key(&self) -> Option<&str> {
        self.machine_id.as_deref().filter(|id| !id.trim().is_empty())
    }

    fn raw(&self) -> &Map<String, Value> {
        &self.raw
    }
}

impl Listed for User {
    const LIST: &'static str = "users";

    fn key(&self) -> Option<&str> {
        self.username.as_deref().filter(|name| !name.trim().is_empty())
    }

    fn raw(&self) -> &Map<String, Value> {
        &self.raw
    }
}

/// The vendor's numbers about a page, each a number or a number in quotes.
#[derive(Deserialize)]
struct Pagination {
    total_records: Value,
    current_page_index: Value,
    /// May be absent: the list is whole without it, too.
    #[serde(default)]
    total_page_count: Value,
}

/// One page of a list.
#[derive(Debug)]
pub(super) struct Page<T> {
    /// Which page it says it is, counted from 1.
    pub(super) index: u64,
    total: u64,
    /// How many pages there are, where it says so.
    pages: Option<u64>,
    items: Vec<T>,
}

impl<T: Listed> Page<T> {
    /// Reads the message of an answer, or says what is wrong with it.
    pub(super) fn read(message: Option<Value>) -> Result<Self, String> {
        let Some(Value::Object(mut members)) = message else {
            return Err("the answer's message is no object".to_owned());
        };
        let pagination = members.remove("pagination").unwrap_or_default();
        let pagination: Option<Pagination> = serde_json::from_value(pagination).ok();
        let numbers = pagination.and_then(|p| {
            let pages = number(&p.total_page_count);
            Some((number(&p.current_page_index)?, number(&p.total_records)?, pages))
        });
        let Some((index, total, pages)) = numbers else {
            return Err(
                "the answer does not say which page it is (`current_page_index`) of how many records (`total_records`)"
                    .to_owned(),
            );
        };
        let items = match members.remove(T::LIST) {
            Some(Value::Array(items)) => items,
            // An account with nothing in it may leave the list out.
            None | Some(Value::Null) if total == 0 => Vec::new(),
            _ => return Err(without(T::LIST, members.keys())),
        };
        let items: Result<Vec<T>, _> = items.into_iter().map(serde_json::from_value).collect();
        Ok(Self {
            index,
            total,
            pages,
            // Whatever else it is goes unsaid: it may be long, and anything.
            items: items.map_err(|_| format!("a record of the list `{}` is no object", T::LIST))?,
        })
    }

    /// Tells whether this is the page that was asked for. Which number the only page of an empty list has is not documented.
    pub(super) fn is_number(&self, number: u64) -> bool {
        let empty = self.total == 0 && self.items.is_empty();
        self.index == number || (empty && number == 1 && self.index == 0)
    }
}

fn number(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        number => number.as_u64(),
    }
}

/// The pages of a list that were read so far.
pub(super) struct Read<T> {
    total: Option<u64>,
    seen: HashSet<String>,
    pub(super) items: Vec<T>,
}

impl<T> Default for Read<T> {
    fn default() -> Self {
        Self {
            total: None,
            seen: HashSet::new(),
            items: Vec::new(),
        }
    }
}

impl<T: Listed> Read<T> {
    /// Adds the next page and tells whether the list is whole, or says why it does not fit.
    pub(super) fn add(&mut self, page: Page<T>) -> Result<bool, String> {
        let total = page.total;
        if let Some(before) = self.total.replace(total).filter(|before| *before != total) {
            return Err(format!(
                "there were {before} records in all, and now there are {total}"
            ));
        }
        let keys: Vec<String> = page.items.iter().map(identity).collect();
        if keys.iter().any(|key| self.seen.contains(key)) {
            return Err(format!("page {} has records of an earlier page", page.index));
        }
        self.seen.extend(keys);
        let empty = page.items.is_empty();
        // The page of an empty list may be number 0.
        let further = page.pages.filter(|pages| *pages > page.index.max(1));
        self.items.extend(page.items);
        let read = self.items.len();
        match u64::try_from(read).unwrap_or(u64::MAX) {
            count if count > total => Err(format!("there are {total} records in all, and {read} came")),
            // Should the total be that of one page, taking it for all would lose the rest.
            count if count == total => match further {
                Some(pages) => Err(format!(
                    "all {total} records came by page {} of {pages}",
                    page.index
                )),
                None => Ok(true),
            },
            _ if empty => Err(format!(
                "page {} is empty after {read} of {total} records",
                page.index
            )),
            _ => Ok(false),
        }
    }
}

/// What makes two records the same: the id, and where there is none, all of it.
fn identity<T: Listed>(item: &T) -> String {
    match item.key() {
        Some(key) => format!("id {key}"),
        None => format!("record {}", Value::Object(item.raw().clone())),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn page(index: u64, total: u64, names: &[&str]) -> Page<User> {
        let users: Vec<Value> = names.iter().map(|name| json!({ "username": name })).collect();
        read(json!({
            "pagination": { "current_page_index": index, "total_records": total, "new": 1 }, "users": users,
        }))
        .unwrap()
    }

    fn read(message: Value) -> Result<Page<User>, String> {
        Page::read(Some(message))
    }

    fn add(pages: Vec<Page<User>>) -> Result<Vec<bool>, String> {
        let mut read = Read::default();
        pages.into_iter().map(|page| read.add(page)).collect()
    }

    #[test]
    fn pages_that_fit_make_a_list() {
        assert_eq!(
            add(vec![page(1, 3, &["a", "b"]), page(2, 3, &["c"])]),
            Ok(vec![false, true])
        );
        assert_eq!(add(vec![page(1, 1, &["a"])]), Ok(vec![true]));
        assert_eq!(add(vec![page(1, 0, &[])]), Ok(vec![true]));
    }

    #[test]
    fn pages_that_do_not_fit_make_none() {
        for (pages, why) in [
            (
                vec![page(1, 3, &["a", "b"]), page(2, 3, &["b"])],
                "records of an earlier page",
            ),
            (
                vec![page(1, 4, &["a", "b"]), page(2, 4, &["a", "b"])],
                "records of an earlier page",
            ),
            (
                vec![page(1, 3, &["a", "b"]), page(2, 4, &["c"])],
                "there were 3 records in all, and now there are 4",
            ),
            (
                vec![page(1, 3, &["a", "b"]), page(2, 3, &[])],
                "page 2 is empty after 2 of 3 records",
            ),
            (vec![page(1, 3, &[])], "page 1 is empty after 0 of 3 records"),
            (
                vec![page(1, 1, &["a", "b"])],
                "there are 1 records in all, and 2 came",
            ),
            (
                vec![page(1, 3, &["a", "b"]), page(2, 3, &["c", "d"])],
                "there are 3 records in all, and 4 came",
            ),
        ] {
            let told = add(pages).unwrap_err();
            assert!(told.contains(why), "{told}");
        }
    }

    #[test]
    fn a_list_with_a_further_page_is_not_whole() {
        let page = |index: u64, total: usize, pages: Value| {
            let users: Vec<Value> = (0..total)
                .map(|n| json!({ "username": format!("{index}-{n}") }))
                .collect();
            read(json!({
                "pagination": { "current_page_index": index, "total_records": total, "total_page_count": pages },
                "users": users,
            }))
            .unwrap()
        };
        for pages in [json!(2), json!("2"), json!(10)] {
            let told = add(vec![page(1, 2, pages)]).unwrap_err();
            assert!(told.contains("all 2 records came by page 1 of"), "{told}");
        }
        for (index, total, pages) in [
            (1, 2, json!(1)),
            (1, 0, json!(0)),
            (0, 0, json!(1)),
            (1, 2, json!(null)),
            (1, 2, json!("many")),
        ] {
            assert_eq!(add(vec![page(index, total, pages)]), Ok(vec![true]));
        }
    }

    #[test]
    fn records_without_an_id_are_told_apart_by_all_that_they_have() {
        let nameless = |first: &str| {
            read(json!({
                "pagination": { "current_page_index": 1, "total_records": 2 },
                "users": [{ "username": " ", "firstname": first }],
            }))
            .unwrap()
        };
        assert_eq!(add(vec![nameless("A"), nameless("B")]), Ok(vec![false, true]));
        assert!(add(vec![nameless("A"), nameless("A")]).is_err());
    }

    #[test]
    fn a_page_says_which_it_is_of_how_many_records() {
        let numbers = |index: Value, total: Value| {
            read(
                json!({ "pagination": { "current_page_index": index, "total_records": total }, "users": [] }),
            )
        };
        assert_eq!(numbers(json!("2"), json!(" 7 ")).unwrap().index, 2);
        for (index, total) in [
            (json!(null), json!(1)),
            (json!(1), json!("many")),
            (json!(-1), json!(1)),
            (json!(1.5), json!(1)),
        ] {
            assert!(numbers(index, total).unwrap_err().contains("current_page_index"));
        }
        for message in [
            json!({ "users": [] }),
            json!({ "pagination": null, "users": [] }),
            json!({ "pagination": [], "users": [] }),
        ] {
            assert!(read(message).unwrap_err().contains("total_records"));
        }
        for message in [json!("SUCCESS"), json!([]), json!(null)] {
            assert!(read(message).unwrap_err().contains("no object"));
        }
        assert!(Page::<User>::read(None).is_err());
    }

    #[test]
    fn only_an_account_with_nothing_in_it_may_leave_the_list_out() {
        let listless = |total: u64| {
            let pagination = json!({ "current_page_index": 1, "total_records": total });
            [
                json!({ "pagination": pagination, "devices": [] }),
                json!({ "pagination": pagination, "users": null, "devices": [] }),
            ]
        };
        for message in listless(0) {
            assert!(read(message).unwrap().items.is_empty());
        }
        for message in listless(1) {
            assert_eq!(
                read(message).unwrap_err(),
                "the answer has no list `users`; its members are `devices`"
            );
        }
    }

    #[test]
    fn a_record_that_is_none_spoils_the_page() {
        let told = read(json!({
            "pagination": { "current_page_index": 1, "total_records": 1 }, "users": ["shane@myworld"],
        }))
        .unwrap_err();
        assert!(told == "a record of the list `users` is no object", "{told}");
    }

    #[test]
    fn only_an_empty_list_has_a_page_of_number_0() {
        assert!(page(0, 0, &[]).is_number(1));
        assert!(page(1, 0, &[]).is_number(1));
        assert!(!page(0, 0, &[]).is_number(2));
        assert!(!page(0, 1, &["a"]).is_number(1));
        assert!(!page(1, 3, &["a"]).is_number(2));
    }
}
