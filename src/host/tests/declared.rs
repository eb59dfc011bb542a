//! The names that are known without a fleet.

use std::collections::BTreeSet;

use super::Desk;
use crate::host;
use crate::script::{Names, Of};

#[test]
fn what_a_script_finds_is_known_without_a_fleet() {
    let shapes = |names: &Names| -> BTreeSet<(String, String, usize)> {
        let functions = names.functions().iter();
        functions
            .map(|known| (known.module.clone(), known.name.clone(), known.params))
            .collect()
    };
    let (told, found) = (host::names(), Names::of(Desk::new().engine(), Of::Host));
    assert!(shapes(&told).contains(&(String::new(), "rename".to_owned(), 2)));
    assert_eq!(shapes(&told), shapes(&found));
    assert!(told.modules().eq(found.modules()));
}
