//! What a file looks like after it was changed.

use proptest::prelude::*;

use super::*;

fn editor(text: &str) -> Editor {
    let path = PathBuf::from("/c/config.toml");
    Editor {
        file: parse(&path, text).unwrap(),
        path,
        text: text.to_owned(),
    }
}

fn acme() -> NewProfile {
    NewProfile {
        name: "acme".to_owned(),
        vendor: Vendor::RealVnc,
        key: "file:~/acme.json".to_owned(),
        url: None,
        paging: None,
        read_only: false,
    }
}

fn branch() -> NewProfile {
    NewProfile {
        name: "branch".to_owned(),
        vendor: Vendor::RemotePc,
        key: "env:BRANCH_KEY".to_owned(),
        url: Some("https://web1.remotepc.com".to_owned()),
        paging: Some(Paging::Query),
        read_only: true,
    }
}

fn added(text: &str, profile: &NewProfile) -> String {
    editor(text).add(profile, false, false).unwrap().text
}

fn removed(text: &str, name: &str) -> String {
    editor(text).remove(name).unwrap().text
}

const ACME: &str = "default_profile = \"acme\"\n\n[profiles.acme]\nvendor = \"realvnc\"\naccess_key = \"file:~/acme.json\"\n";
const BRANCH: &str = "\n[profiles.branch]\nvendor = \"remotepc\"\nurl = \"https://web1.remotepc.com\"\napi_key = \"env:BRANCH_KEY\"\npaging = \"query\"\nread_only = true\n";

#[test]
fn the_first_profile_is_the_default_and_the_next_is_not() {
    assert_eq!(added("", &acme()), ACME);
    assert_eq!(added(ACME, &branch()), format!("{ACME}{BRANCH}"));
    let draft = editor(ACME).add(&branch(), false, true).unwrap();
    assert!(draft.file().is_default("branch"));
    assert_eq!(
        draft.text,
        format!("{ACME}{BRANCH}").replace("\"acme\"", "\"branch\"")
    );
}

#[test]
fn what_is_added_can_be_taken_out_again() {
    assert_eq!(removed(&added(ACME, &branch()), "branch"), ACME);
    assert_eq!(removed(ACME, "acme"), "");
    let both = added(ACME, &branch());
    assert_eq!(removed(&both, "acme"), &BRANCH[1..]);
}

#[test]
fn comments_and_order_stay_as_they_are() {
    let text = r#"# The accounts of the whole house.
# Ask Ada before you change them.

default_profile = "zebra" # the big one

# Zebra, since 2019
[profiles.zebra]   # with care
vendor = "realvnc"
access_key = 'env:ID,KEY'   # from the scheduler
# jobs = 3

  [profiles."büro-2"]
  vendor = "remotepc"
  api_key = "env:K"
  # protect = []
"#;
    let more = added(text, &acme());
    assert_eq!(
        more,
        format!("{text}\n[profiles.acme]\nvendor = \"realvnc\"\naccess_key = \"file:~/acme.json\"\n")
    );
    assert_eq!(removed(&more, "acme"), text);
    let chosen = editor(text).add(&acme(), false, true).unwrap().text;
    assert_eq!(
        chosen,
        more.replace("default_profile = \"zebra\" #", "default_profile = \"acme\" #")
    );
    let less = removed(text, "zebra");
    assert_eq!(
        less,
        "# The accounts of the whole house.\n# Ask Ada before you change them.\n# jobs = 3\n\n  [profiles.\"büro-2\"]\n  vendor = \"remotepc\"\n  api_key = \"env:K\"\n  # protect = []\n"
    );
    let last = removed(text, "büro-2");
    assert!(last.ends_with("# jobs = 3\n  # protect = []\n"), "{last}");
}

#[test]
fn comments_on_top_stay_on_top() {
    let text = "# Accounts\n\n# The old one\n[profiles.old]\nvendor = \"realvnc\"\n";
    let chosen = editor(text).add(&acme(), false, true).unwrap().text;
    assert_eq!(
        chosen,
        "# Accounts\n\ndefault_profile = \"acme\"\n\n# The old one\n[profiles.old]\nvendor = \"realvnc\"\n\n[profiles.acme]\nvendor = \"realvnc\"\naccess_key = \"file:~/acme.json\"\n"
    );
    assert_eq!(
        added("# Nothing yet", &acme()),
        format!("# Nothing yet\n\n{ACME}")
    );
    assert_eq!(removed(text, "old"), "# Accounts\n");
    assert_eq!(
        removed(&format!("# Ours\n# since May\n{ACME}"), "acme"),
        "# Ours\n# since May\n"
    );
    assert_eq!(
        removed(&format!("# Ours\n{ACME}{BRANCH}"), "acme"),
        format!("# Ours\n{BRANCH}")
    );
}

#[test]
fn a_profile_that_is_replaced_keeps_its_place_and_the_comment_above_it() {
    let text = format!(
        "{ACME}\n# Over there\n[profiles.branch]\nvendor = \"realvnc\"\njobs = 3 # few\n\n[profiles.z]\nvendor = \"realvnc\"\n"
    );
    let error = editor(&text).add(&branch(), false, false).map(drop).unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.hint().unwrap().as_str()),
        (
            "/c/config.toml:8: there is a profile `branch` already",
            "choose another name, or replace it with --replace"
        )
    );
    let replaced = editor(&text).add(&branch(), true, false).unwrap().text;
    assert_eq!(
        replaced,
        format!("{ACME}\n# Over there{BRANCH}\n[profiles.z]\nvendor = \"realvnc\"\n")
    );
}

#[test]
fn profiles_that_are_written_in_other_ways_are_kept() {
    for text in [
        "profiles.old.vendor = \"realvnc\"\nprofiles.old.jobs = 3\n",
        "profiles = { old = { vendor = \"realvnc\", jobs = 3 } }\n",
        "[profiles]\nold = { vendor = \"realvnc\", jobs = 3 }\n",
        "[profiles]\nold.vendor = \"realvnc\"\nold.jobs = 3\n",
        "[profiles]\n[profiles.old]\nvendor = \"realvnc\"\njobs = 3\n",
        "default_profile = 'old'\nprofiles.old = { vendor = \"realvnc\", jobs = 3 }\n",
    ] {
        for default in [false, true] {
            let draft = editor(text).add(&acme(), false, default);
            let draft = draft.unwrap_or_else(|e| panic!("{e}\n{text}"));
            let names: Vec<&String> = draft.file().profiles.keys().collect();
            assert_eq!(names, ["acme", "old"], "{}", draft.text);
            assert_eq!(draft.file().is_default("acme"), default, "{}", draft.text);
            assert_eq!(draft.file().profiles["old"].jobs.as_ref().unwrap().value, 3);
            for name in ["acme", "old"] {
                let less = editor(&draft.text).remove(name);
                let less = less.unwrap_or_else(|e| panic!("{e}\n{}", draft.text));
                assert_eq!(less.file().profiles.len(), 1, "{}", less.text);
            }
        }
    }
}

#[test]
fn a_file_of_windows_keeps_the_ends_of_its_lines() {
    let text = ACME.replace('\n', "\r\n");
    let both = added(&text, &branch());
    assert_eq!(both, format!("{ACME}{BRANCH}").replace('\n', "\r\n"));
    assert_eq!(removed(&both, "branch"), text);
}

#[test]
fn a_profile_that_is_not_there_cannot_be_taken_out() {
    let error = editor(ACME).remove("acne").map(drop).unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no profile `acne` (chosen by the command line)"
    );
    assert!(error.hint().unwrap().starts_with("did you mean `acme`?"));
}

#[test]
fn a_file_with_an_error_is_told_and_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    let dirs = Dirs {
        config: Some(dir.path().to_owned()),
        ..Dirs::default()
    };
    let path = dirs.config_file().unwrap();
    fs::write(&path, "[profiles.a]\nvendor = realvnc\n").unwrap();
    let error = Editor::open(&dirs).map(drop).unwrap_err().to_string();
    assert!(
        error.starts_with(&format!("{}:2:10: ", path.display())),
        "{error}"
    );
    assert!(matches!(
        Editor::open(&Dirs::default()).map(drop),
        Err(Error::NoDirectory)
    ));
}

#[test]
fn a_new_file_and_its_directory_are_their_owners_alone() {
    let dir = tempfile::tempdir().unwrap();
    let dirs = Dirs {
        config: Some(dir.path().join("a/b")),
        ..Dirs::default()
    };
    let draft = Editor::open(&dirs).unwrap().add(&acme(), false, false).unwrap();
    assert_eq!(draft.path(), dirs.config_file().unwrap());
    draft.save().unwrap();
    let again = Editor::open(&dirs).unwrap();
    assert_eq!(again.text, ACME);
    assert!(again.file().is_default("acme"));
    #[cfg(unix)]
    for (path, expected) in [("a", 0o700), ("a/b", 0o700), ("a/b/config.toml", 0o600)] {
        use std::os::unix::fs::PermissionsExt;

        let mode = fs::metadata(dir.path().join(path)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, expected, "{path}");
    }
}

#[test]
fn a_directory_that_cannot_be_made_is_named() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("file"), "").unwrap();
    let dirs = Dirs {
        config: Some(dir.path().join("file/b")),
        ..Dirs::default()
    };
    let draft = Draft {
        path: dirs.config_file().unwrap(),
        text: String::new(),
        file: ConfigFile::default(),
    };
    let error = draft.save().unwrap_err();
    assert!(
        error.to_string().starts_with(&format!(
            "{} cannot be written: ",
            dir.path().join("file/b").display()
        )),
        "{error}"
    );
}

/// Profiles, and whether each has a comment above it, beside one of its keys, behind the last of them, and one apart.
fn commented() -> impl Strategy<Value = Vec<(bool, bool, bool, bool)>> {
    prop::collection::vec(any::<(bool, bool, bool, bool)>(), 1..5)
}

/// Returns the lines of a file, each with the profile that it belongs to, if any.
fn lines(profiles: &[(bool, bool, bool, bool)]) -> Vec<(Option<usize>, String)> {
    let mut lines = vec![(None, "# top".to_owned()), (None, String::new())];
    for (n, (above, beside, behind, apart)) in profiles.iter().enumerate() {
        let mut own = |line: String| lines.push((Some(n), line));
        if *above {
            own(format!("# above {n}"));
        }
        own(format!("[profiles.p{n}]"));
        own(format!(
            "vendor = \"realvnc\"{}",
            if *beside { " # beside" } else { "" }
        ));
        own(format!("jobs = {}", n + 1));
        let mut free = |line: String| lines.push((None, line));
        if *behind {
            free(format!("# behind {n}"));
        }
        free(String::new());
        if *apart {
            free(format!("# apart {n}"));
            free(String::new());
        }
    }
    lines
}

fn text(lines: &[(Option<usize>, String)]) -> String {
    lines.iter().flat_map(|(_, line)| [line, "\n"]).collect()
}

/// Leaves blank lines out: how many there are between two profiles is nobody's concern.
fn solid(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.trim().is_empty()).collect()
}

proptest! {
    #[test]
    fn no_line_is_lost_or_moved_by_what_is_added(profiles in commented()) {
        let before = text(&lines(&profiles));
        let after = added(&before, &acme());
        prop_assert!(after.starts_with(&before), "{}", after);
        let again = removed(&after, "acme");
        prop_assert_eq!(solid(&again), solid(&before));
        let chosen = editor(&before).add(&acme(), false, true).unwrap().text;
        let mut others = solid(&chosen);
        others.retain(|line| !line.starts_with("default_profile"));
        prop_assert_eq!(others, solid(&after));
    }

    #[test]
    fn what_is_taken_out_takes_nothing_along_that_is_not_its_own(profiles in commented(), n in 0..5_usize) {
        let lines = lines(&profiles);
        let n = n % profiles.len();
        let rest: Vec<_> = lines.iter().filter(|(of, _)| *of != Some(n)).cloned().collect();
        let rest = text(&rest);
        let after = removed(&text(&lines), &format!("p{n}"));
        prop_assert_eq!(solid(&after), solid(&rest), "{}", after);
    }
}
