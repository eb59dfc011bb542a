//! The configuration file as a text that is changed in places. Only this file knows how `toml_edit` keeps comments.
//!
//! A comment right above a table is about that table and goes with it. One with a blank line in between, behind the last
//! key of a table, or above the default, stays where it is.

use toml_edit::{DocumentMut, Item, Table, TableLike, Value, value};

use super::NewProfile;
use crate::config::file::key_name;

const PROFILES: &str = "profiles";
const DEFAULT: &str = "default_profile";

/// Puts a profile in the place of the one of that name, else behind all others. `None`: there is something in its place
/// that is no table.
pub(super) fn put(document: &mut DocumentMut, profile: &NewProfile) -> Option<()> {
    let profiles = document
        .entry(PROFILES)
        .or_insert_with(|| Item::Table(implicit()))
        .as_table_like_mut()?;
    if let Some(there) = profiles.get_mut(&profile.name) {
        let there = there.as_table_like_mut()?;
        let keys: Vec<String> = there.iter().map(|(key, _)| key.to_owned()).collect();
        for key in keys {
            there.remove(&key);
        }
        fill(there, profile);
        return Some(());
    }
    let mut table = Table::new();
    fill(&mut table, profile);
    profiles.insert(&profile.name, Item::Table(table));
    // What stands at the end of the file is about what is above it.
    if document.get(PROFILES).is_some_and(Item::is_table) {
        let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
        document.set_trailing("");
        let end = if trailing.is_empty() || trailing.ends_with('\n') {
            ""
        } else {
            "\n"
        };
        table_of(document, &profile.name)?
            .decor_mut()
            .set_prefix(format!("{trailing}{end}\n"));
    }
    Some(())
}

/// Takes a profile out. `None`: there is none.
pub(super) fn take(document: &mut DocumentMut, name: &str) -> Option<()> {
    let profiles = document.get_mut(PROFILES)?.as_table_like_mut()?;
    let mut behind = profiles
        .iter()
        .map(|(key, _)| key.to_owned())
        .skip_while(|key| key != name)
        .skip(1)
        .collect::<Vec<_>>()
        .into_iter();
    let taken = profiles.remove(name)?;
    let apart = taken.as_table().map(|table| split(&prefix(table)).0.to_owned());
    let next = behind.find(|name| table_of(document, name).is_some());
    keep(document, next.as_deref(), &apart.unwrap_or_default());
    Some(())
}

/// Names the profile that is chosen where nothing else chooses.
pub(super) fn set_default(document: &mut DocumentMut, name: &str) {
    if let Some(there) = document.get_mut(DEFAULT).and_then(Item::as_value_mut) {
        let decor = there.decor().clone();
        *there = Value::from(name);
        *there.decor_mut() = decor;
        return;
    }
    document.insert(DEFAULT, value(name));
    // What stands on top of the file stays on top.
    let Some(first) = first_table(document) else {
        return;
    };
    let Some(table) = table_of(document, &first) else {
        return;
    };
    let prefix = prefix(table);
    let (apart, own) = split(&prefix);
    let (apart, own) = (apart.to_owned(), format!("\n{own}"));
    table.decor_mut().set_prefix(own);
    if apart.contains('#')
        && let Some(mut key) = document.key_mut(DEFAULT)
    {
        key.leaf_decor_mut().set_prefix(apart);
    }
}

/// Names no profile any more.
pub(super) fn unset_default(document: &mut DocumentMut) {
    let Some((key, _)) = document.remove_entry(DEFAULT) else {
        return;
    };
    // It is the first line of most files: what stands right above it may as well be about the whole file.
    let prefix = key.leaf_decor().prefix().and_then(|raw| raw.as_str());
    let comments = prefix.unwrap_or_default().to_owned();
    let first = first_table(document);
    keep(document, first.as_deref(), &comments);
}

/// Keeps comments in front of a profile, or at the end of the file.
fn keep(document: &mut DocumentMut, next: Option<&str>, comments: &str) {
    if !comments.contains('#') {
        return;
    }
    let comments = format!("{}\n", comments.trim_end());
    if let Some(table) = next.and_then(|next| table_of(document, next)) {
        let own = prefix(table);
        table.decor_mut().set_prefix(format!("{comments}{own}"));
    } else {
        let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
        document.set_trailing(format!("{comments}{trailing}"));
    }
}

fn fill(table: &mut dyn TableLike, profile: &NewProfile) {
    table.insert("vendor", value(profile.vendor.as_str()));
    if let Some(url) = &profile.url {
        table.insert("url", value(url));
    }
    table.insert(key_name(profile.vendor), value(&profile.key));
    if let Some(paging) = profile.paging {
        table.insert("paging", value(paging.as_str()));
    }
    if profile.read_only {
        table.insert("read_only", value(true));
    }
}

/// Makes a table that is there because of what is in it, without a header of its own.
fn implicit() -> Table {
    let mut table = Table::new();
    table.set_implicit(true);
    table
}

/// Returns the first profile that has a header of its own.
fn first_table(document: &mut DocumentMut) -> Option<String> {
    let profiles = document.get(PROFILES)?.as_table()?;
    let names: Vec<String> = profiles.iter().map(|(name, _)| name.to_owned()).collect();
    names.into_iter().find(|name| table_of(document, name).is_some())
}

/// Returns a profile that has a header of its own.
fn table_of<'a>(document: &'a mut DocumentMut, name: &str) -> Option<&'a mut Table> {
    let profiles = document.get_mut(PROFILES)?.as_table_mut()?;
    let table = profiles.get_mut(name)?.as_table_mut()?;
    (!table.is_dotted()).then_some(table)
}

/// Returns what stands between a table and what is above it.
fn prefix(table: &Table) -> String {
    let prefix = table.decor().prefix().and_then(|raw| raw.as_str());
    prefix.unwrap_or_default().to_owned()
}

/// Splits what stands above a table or a key behind the last blank line: into what is about something else, and its own.
fn split(prefix: &str) -> (&str, &str) {
    let mut at = 0;
    let mut end = 0;
    for line in prefix.split_inclusive('\n') {
        end += line.len();
        if line.trim().is_empty() && line.ends_with('\n') {
            at = end;
        }
    }
    prefix.split_at(at)
}
