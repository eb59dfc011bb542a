//! What a configuration file may say, and what is said about one that is wrong.

use std::fs;

use super::*;

fn read(text: &str) -> Result<ConfigFile, Error> {
    parse(Path::new("/c/config.toml"), text)
}

/// Returns message and hint of a file that must be refused.
fn refused(text: &str) -> (String, String) {
    let error = read(text).unwrap_err();
    (error.to_string(), error.hint().unwrap_or_default())
}

/// Returns message and hint of a profile with one more line, without the place.
fn refused_line(line: &str) -> (String, String) {
    let (message, hint) = refused(&format!("[profiles.acme]\nvendor = \"realvnc\"\n{line}\n"));
    let message = message.strip_prefix("/c/config.toml:3: ").unwrap_or(&message);
    (message.to_owned(), hint)
}

fn pair(message: &str, hint: &str) -> (String, String) {
    (message.to_owned(), hint.to_owned())
}

fn line<T: Clone>(told: Option<&Told<T>>) -> (T, usize) {
    let told = told.unwrap();
    (told.value.clone(), told.place.line)
}

#[test]
fn a_whole_file_is_read() {
    let file = read(
        r#"
        default_profile = "acme"

        [profiles.acme]
        vendor = "RealVNC"
        url = "https://example.test"
        access_key = "env:ID,KEY"
        read_only = true
        jobs = 4
        protect = ["DC-*", "group:Servers"]
        max_removals = 1_000
        policy = "~/policy.rhai"
        default_access = "no_one"

        [profiles."büro-2"]
        paging = "QUERY"
        api_key = "env:BRANCH_KEY"
        vendor = "remotepc"
        "#,
    )
    .unwrap();
    assert_eq!(line(file.default_profile.as_ref()), ("acme".to_owned(), 2));
    let acme = &file.profiles["acme"];
    assert_eq!(acme.place.line, 4);
    assert_eq!(line(Some(&acme.vendor)), (Vendor::RealVnc, 5));
    assert_eq!(line(acme.url.as_ref()), ("https://example.test".to_owned(), 6));
    let key = KeyReference::Env(vec!["ID".into(), "KEY".into()]);
    assert_eq!(line(acme.key.as_ref()), (key, 7));
    assert_eq!(line(acme.read_only.as_ref()), (true, 8));
    assert_eq!(line(acme.jobs.as_ref()), (4, 9));
    assert_eq!(line(acme.max_removals.as_ref()), (1000, 11));
    let (protected, at) = line(acme.protect.as_ref());
    assert_eq!(at, 10);
    assert!(protected.computer("x", "dc-7").is_some());
    assert!(protected.group("servers").is_some());
    assert_eq!(line(acme.policy.as_ref()), ("~/policy.rhai".to_owned(), 12));
    assert_eq!(acme.default_access, Some(DefaultAccess::NoOne));
    assert_eq!(line(acme.unsupported.as_ref()), ("default_access", 13));
    let branch = &file.profiles["büro-2"];
    assert_eq!(branch.unsupported, None);
    assert_eq!(line(Some(&branch.vendor)), (Vendor::RemotePc, 18));
    assert_eq!(line(branch.paging.as_ref()), (Paging::Query, 16));
}

#[test]
fn an_unknown_key_is_met_with_the_right_one() {
    assert_eq!(
        refused("default_profil = \"a\""),
        pair(
            "/c/config.toml:1: unknown key `default_profil` in the top level",
            "did you mean `default_profile`?"
        )
    );
    assert_eq!(
        refused("[profile.acme]\nvendor = \"realvnc\""),
        pair(
            "/c/config.toml:1: unknown key `profile` in the top level",
            "did you mean `profiles`?"
        )
    );
    assert_eq!(
        refused_line("acess_key = \"file:x\""),
        pair(
            "unknown key `acess_key` in profile `acme`",
            "did you mean `access_key`?"
        )
    );
    let (message, hint) = refused_line("\"z\\u001bz\" = 1");
    assert_eq!(message, r"unknown key `z\u{1b}z` in profile `acme`");
    assert!(hint.starts_with("the keys are vendor, url,"), "{hint}");
}

#[test]
fn every_value_is_checked() {
    let cases = [
        (
            "url = 7",
            "url is a whole number instead of a text in quotes",
            "write url = \"https://HOST\"",
        ),
        (
            "url = \" \"",
            "url is empty",
            "write url = \"https://HOST\", or leave it out",
        ),
        (
            "read_only = \"yes\"",
            "read_only is a text instead of true or false",
            "write read_only = true",
        ),
        ("jobs = 0", "jobs cannot be 0", "write a number from 1 to 64"),
        ("jobs = 65", "jobs cannot be 65", "write a number from 1 to 64"),
        (
            "jobs = 1.5",
            "jobs is a number with a point instead of a whole number",
            "write jobs = 64",
        ),
        (
            "max_removals = -1",
            "max_removals cannot be -1",
            "write a number from 0 to 4294967295",
        ),
        (
            "protect = \"DC-*\"",
            "protect is a text instead of a list of texts",
            "write protect = [\"DC-*\", \"group:Servers\"]",
        ),
        (
            "protect = [1]",
            "protect holds something that is not a text",
            "write protect = [\"DC-*\", \"group:Servers\"]",
        ),
        ("protect = [\"\"]", "protect holds an empty text", "take it out"),
        (
            "protect = [\"DC-*\", \"groups:Servers\"]",
            "protect holds `groups:Servers`: `groups:` is not a sort of protection",
            "write a computer's id, a name such as `DC-*`, or `group:NAME`; for a colon in a name write `?`",
        ),
        (
            "protect = [\"DC-[0-9]\"]",
            "protect holds `DC-[0-9]`: `[` has no meaning in a name pattern",
            "only `*` and `?` have; for a `[` in a name write `?`",
        ),
        (
            "policy = []",
            "policy is a list instead of a text in quotes",
            "write policy = \"PATH\"",
        ),
        (
            "default_access = \"ANYONE\"",
            "default_access cannot be `ANYONE`",
            "write NO_ONE or EVERYONE",
        ),
        (
            "api_key = \"env:A\"",
            "api_key is not a key of a realvnc profile",
            "a realvnc profile has `access_key`",
        ),
        (
            "access_key = \"env:A\"",
            "access_key needs two variables",
            "write env:ID_VAR,KEY_VAR",
        ),
        (
            "paging = \"query\"",
            "paging is not a key of a realvnc profile",
            "take it out: RealVNC Connect itself says where the next page is",
        ),
    ];
    for (line, message, hint) in cases {
        assert_eq!(refused_line(line), pair(message, hint), "{line}");
    }
}

#[test]
fn a_key_that_stands_in_the_file_is_refused_and_not_repeated() {
    let line = "access_key = \"S3cretKey\"";
    let (message, hint) = refused_line(line);
    assert_eq!(message, "access_key is not a reference");
    assert!(hint.contains("the key itself must not stand here"), "{hint}");
    let text = format!("[profiles.acme]\nvendor = \"realvnc\"\n{line}\n");
    assert!(!format!("{:?}", read(&text).unwrap_err()).contains("S3cret"));
}

#[test]
fn a_vendor_must_be_named_and_known() {
    assert_eq!(
        refused("\n[profiles.acme]\nread_only = true"),
        pair(
            "/c/config.toml:2: profile `acme` has no `vendor`",
            "write vendor = \"realvnc\" or vendor = \"remotepc\""
        )
    );
    assert_eq!(
        refused("[profiles.acme]\nvendr = \"realvnc\"\nurl = 7"),
        pair(
            "/c/config.toml:2: unknown key `vendr` in profile `acme`",
            "did you mean `vendor`?"
        )
    );
    assert_eq!(
        refused("[profiles.acme]\nvendor = \"realvcn\""),
        pair(
            "/c/config.toml:2: vendor cannot be `realvcn`",
            "write realvnc or remotepc"
        )
    );
    assert_eq!(
        refused("[profiles.b]\nvendor = \"remotepc\"\napi_key = \"env:A,B\""),
        pair(
            "/c/config.toml:3: api_key needs one variable",
            "write env:KEY_VAR"
        )
    );
}

#[test]
fn a_group_cannot_protect_where_the_vendor_does_not_tell_groups() {
    assert_eq!(
        refused("[profiles.b]\nprotect = [\"group:Servers\"]\nvendor = \"remotepc\""),
        pair(
            "/c/config.toml:2: protect holds `group:Servers`, which could not hold: RemotePC does not tell which group a computer is in",
            "write the names of the computers, such as `DC-*`"
        )
    );
}

#[test]
fn paging_is_one_of_three_words() {
    let file = |word: &str| format!("[profiles.b]\nvendor = \"remotepc\"\npaging = \"{word}\"");
    for paging in Paging::ALL {
        let read = read(&file(paging.as_str())).unwrap();
        assert_eq!(read.profiles["b"].paging.as_ref().unwrap().value, paging);
        assert_eq!(Paging::from_word(paging.as_str()), Some(paging));
    }
    assert_eq!(
        refused(&file("link")),
        pair(
            "/c/config.toml:3: paging cannot be `link`",
            "write auto, body or query"
        )
    );
}

#[test]
fn a_profile_is_a_table_with_a_name_that_a_file_can_have() {
    assert_eq!(
        refused("[profiles]\nacme = 1").0,
        "/c/config.toml:2: acme is a whole number instead of a table"
    );
    for name in ["a/b", "..", "a b", ""] {
        let (message, hint) = refused(&format!("[profiles.\"{name}\"]\nvendor = \"realvnc\""));
        assert_eq!(
            message,
            format!("/c/config.toml:1: `{name}` cannot be the name of a profile")
        );
        assert_eq!(hint, "use letters, digits, `-`, `_` and `.`");
    }
}

#[test]
fn what_is_not_toml_is_refused_with_line_and_column() {
    let error = read("[profiles.acme]\r\nvendor = realvnc\naccess_key = \"S3cretKey\n").unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("/c/config.toml:2:10: "), "{text}");
    assert!(!format!("{text} {error:?}").contains("S3cret"));
    let twice = read("[profiles.a]\nvendor = \"realvnc\"\n[profiles.a]\n")
        .unwrap_err()
        .to_string();
    assert!(twice.starts_with("/c/config.toml:3:"), "{twice}");
}

#[test]
fn a_file_that_is_not_there_is_an_empty_one() {
    let dir = tempfile::tempdir().unwrap();
    let dirs = Dirs {
        config: Some(dir.path().join("none")),
        ..Dirs::default()
    };
    let file = load(&dirs).unwrap();
    assert_eq!(file.path, dirs.config_file());
    assert!(file.profiles.is_empty());
    assert_eq!(load(&Dirs::default()).unwrap(), ConfigFile::default());
}

#[test]
fn a_file_is_read_in_the_encodings_of_windows_and_named_when_it_cannot_be() {
    let dir = tempfile::tempdir().unwrap();
    let dirs = Dirs {
        config: Some(dir.path().to_owned()),
        ..Dirs::default()
    };
    let path = dirs.config_file().unwrap();
    let utf16 = "\u{feff}[profiles.a]\r\nvendor = \"realvnc\"\r\n".encode_utf16();
    fs::write(&path, utf16.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()).unwrap();
    assert!(load(&dirs).unwrap().profiles.contains_key("a"));
    fs::write(&path, b"\xff").unwrap();
    let error = load(&dirs).unwrap_err();
    assert!(
        error.to_string().starts_with(&path.display().to_string()),
        "{error}"
    );
    assert_eq!(error.hint().unwrap(), "write it as plain text in UTF-8");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    let error = load(&dirs).unwrap_err();
    assert!(matches!(error, Error::Unreadable { .. }), "{error}");
    if cfg!(unix) {
        assert_eq!(
            error.hint().unwrap(),
            "there must be a file of that name; move the directory away"
        );
    }
}
