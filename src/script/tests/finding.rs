//! Scripts by name and by path.

use super::*;

#[test]
fn the_first_place_wins_and_says_what_it_hides() {
    let folder = tempfile::tempdir().unwrap();
    for path in ["scripts/greet.rhai", "user/greet.rhai", "user/mine.rhai"] {
        fs::create_dir_all(folder.path().join(path).parent().unwrap()).unwrap();
        fs::write(folder.path().join(path), "1").unwrap();
    }
    let library = library_in(folder.path());
    let listed: Vec<_> = library
        .scripts()
        .into_iter()
        .map(|l| (l.name, l.origin, l.hides))
        .collect();
    assert_eq!(
        listed,
        [
            (
                "greet".to_owned(),
                Origin::Here,
                vec![Origin::User, Origin::Shipped]
            ),
            ("list-machines".to_owned(), Origin::Shipped, vec![]),
            ("mine".to_owned(), Origin::User, vec![]),
        ]
    );
    assert_eq!(library.script("greet").unwrap().origin, Origin::Here);
    assert_eq!(library.script("user/greet.rhai").unwrap().origin, Origin::Path);
    assert_eq!(
        library.script("list-machines").unwrap().id,
        "shipped:list-machines"
    );
}

#[test]
fn a_copy_of_a_shipped_script_hides_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let library = library_in(folder.path());
    let shipped = library.script("list-machines").unwrap();
    fs::create_dir_all(folder.path().join("scripts")).unwrap();
    let copy = folder.path().join("scripts/list-machines.rhai");
    fs::write(&copy, &*shipped.text).unwrap();
    assert_eq!(library.script("list-machines").unwrap(), shipped);
    assert!(
        library
            .scripts()
            .iter()
            .all(|l| l.name != "list-machines" || l.origin == Origin::Shipped)
    );
    fs::write(&copy, format!("{}// mine\n", shipped.text)).unwrap();
    assert_eq!(library.script("list-machines").unwrap().origin, Origin::Here);
}

#[test]
fn the_standard_library_is_in_the_program() {
    let library = Library::new(Places::default());
    assert_eq!(library.module(None, "std/text").unwrap().id, "std:text");
}

#[test]
fn what_is_not_a_script_says_why() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("binary.rhai"), [0xff, 0xfe, 0x00]).unwrap();
    fs::write(folder.path().join("good.rhai"), "1").unwrap();
    fs::create_dir(folder.path().join("folder.rhai")).unwrap();
    let library = library_in(folder.path());
    let refused = |name: &str| library.script(name).unwrap_err().to_string();
    assert_eq!(
        refused("list-machine"),
        "there is no script `list-machine`; did you mean `list-machines`?"
    );
    assert!(refused("zzz").contains("there are: greet, list-machines"));
    assert!(refused("./binary.rhai").contains("not UTF-8"));
    assert!(refused("./folder.rhai").contains("it is a folder"));
    assert!(refused("./goood.rhai").contains("did you mean `good`?"));
}
