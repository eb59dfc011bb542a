//! A new profile: what is written, and what is refused before anything is.

use super::{TWO, two, written};
use crate::desk::Desk;

/// Types a command that must fail with wrong usage, and returns what it says; nothing is written.
#[track_caller]
fn refused(desk: &Desk, line: &str) -> String {
    let before = written(desk);
    let ran = desk.run(line);
    ran.ends_with(2).prints_nothing();
    assert_eq!(written(desk), before, "{}", ran.transcript());
    ran.stderr
}

#[test]
fn the_first_profile_is_written_and_becomes_the_default() {
    let desk = Desk::new();
    let file = desk.config_file();
    std::fs::remove_dir(file.parent().unwrap()).unwrap();
    let said = format!("profile `acme` is written to {}, as the default", file.display());
    desk.run("profile add acme --access-key \"cmd:op read 'a b'\"")
        .succeeds()
        .prints_nothing()
        .says(&said)
        .says("try it with: deskhand profile check acme");
    assert_eq!(
        written(&desk),
        "default_profile = \"acme\"\n\n[profiles.acme]\nvendor = \"realvnc\"\naccess_key = \"cmd:op read 'a b'\"\n"
    );
    #[cfg(unix)]
    for (path, mode) in [(file.as_path(), 0o600), (file.parent().unwrap(), 0o700)] {
        use std::os::unix::fs::PermissionsExt;

        let permissions = std::fs::metadata(path).unwrap().permissions();
        assert_eq!(permissions.mode() & 0o777, mode, "{}", path.display());
    }
}

#[test]
fn a_further_profile_leaves_all_others_and_every_comment_as_they_are() {
    let desk = two();
    desk.run("profile add z --vendor REMOTEPC --api-key env:Z_KEY --url https://gate.test --paging Query --read-only")
        .succeeds()
        .says("config.toml\ntry it with");
    let z = "\n[profiles.z]\nvendor = \"remotepc\"\nurl = \"https://gate.test\"\napi_key = \"env:Z_KEY\"\npaging = \"query\"\nread_only = true\n";
    assert_eq!(written(&desk), format!("{TWO}{z}"));
    desk.run("profile add y --access-key env:I,K --default")
        .succeeds()
        .says("as the default");
    assert_eq!(
        written(&desk),
        format!("{TWO}{z}\n[profiles.y]\nvendor = \"realvnc\"\naccess_key = \"env:I,K\"\n")
            .replace("default_profile = \"acme\"", "default_profile = \"y\"")
    );
}

#[test]
fn a_profile_that_is_there_is_replaced_only_if_told_so() {
    let desk = two();
    let said = refused(&desk, "profile add branch --access-key env:I,K");
    assert!(
        said.contains("config.toml:11: there is a profile `branch` already"),
        "{said}"
    );
    assert!(said.contains("--replace"), "{said}");
    desk.run("profile add branch --access-key env:I,K --replace")
        .succeeds();
    let (before, _) = TWO.split_once("vendor = \"remotepc\"").unwrap();
    assert_eq!(
        written(&desk),
        format!("{before}vendor = \"realvnc\"\naccess_key = \"env:I,K\"\n")
    );
}

#[test]
fn a_key_in_the_place_of_a_reference_is_refused_and_not_repeated() {
    let key = "kEy-8842ffc01d";
    let desk = Desk::new().secret(key);
    for (line, why) in [
        (
            format!("acme --access-key {key}"),
            "--access-key is not a reference",
        ),
        (format!("acme --api-key {key}"), "--api-key is not a reference"),
        (
            format!("acme --api-key https:{key}"),
            "--api-key is not a reference",
        ),
        (
            format!("acme --api-key env:KEY={key}"),
            "--api-key does not name environment variables",
        ),
        (
            format!("acme --access-key kid-1 {key}"),
            "only the profile's name stands without an option",
        ),
    ] {
        let said = refused(&desk, &format!("profile add {line}"));
        assert!(said.contains(why), "{said}");
    }
    let said = refused(&desk, &format!("profile add acme --access-key {key}"));
    assert!(said.contains("the key itself must not stand here"), "{said}");
    assert!(!desk.config_file().exists());
}

#[test]
fn what_is_missing_is_named_where_nobody_can_be_asked() {
    let desk = Desk::new();
    for (line, missing) in [
        ("", "missing: the name, and --access-key or --api-key"),
        ("acme", "missing: --access-key or --api-key"),
        ("acme --vendor realvnc", "missing: --access-key\n"),
        ("acme --vendor remotepc", "missing: --api-key\n"),
        ("--api-key env:K", "missing: the name\n"),
    ] {
        let said = refused(&desk, &format!("profile add {line}"));
        assert!(said.contains(missing), "{said}");
        assert!(said.contains("for example: deskhand profile add"), "{said}");
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    let desk = two();
    for (line, why) in [
        ("a/b --api-key env:K", "`a/b` cannot be the name of a profile"),
        (
            "x --vendor realvnc --api-key env:K",
            "--api-key is for remotepc, not for realvnc",
        ),
        (
            "x --vendor realvcn --api-key env:K",
            "a similar value exists: 'realvnc'",
        ),
        ("x --api-key env:K --access-key env:I,K", "cannot be used with"),
        ("x --api-key env:I,K", "--api-key needs one variable"),
        ("x --access-key env:K", "--access-key needs two variables"),
        (
            "x --access-key keyring:x",
            "keyring: is not supported by this version",
        ),
        (
            "x --access-key env:I,K --paging body",
            "--paging is of no use for realvnc",
        ),
        (
            "x --api-key env:K --paging link",
            "[possible values: auto, body, query]",
        ),
        (
            "x --api-key env:K --url http://gate.test",
            "--url: `http://gate.test` cannot be used",
        ),
        (
            "x --api-key env:K --url gate.test",
            "--url: `gate.test` cannot be used",
        ),
        (
            "x --api-key env:K --url https://connect-api.services.vnc.com",
            "--url: connect-api.services.vnc.com belongs to RealVNC Connect, where a key for RemotePC Enterprise must not be sent",
        ),
    ] {
        let said = refused(&desk, &format!("profile add {line}"));
        assert!(said.contains(why), "{line}\n{said}");
    }
}

#[test]
fn a_file_with_an_error_is_told_with_its_line_and_left_alone() {
    for (config, why) in [
        ("[profiles.a]\nvendor = realvnc\n", "config.toml:2:10: "),
        (
            "[profiles.a]\nvendr = \"realvnc\"\n",
            "config.toml:2: unknown key `vendr`",
        ),
    ] {
        let desk = Desk::new().config(config);
        for line in ["profile add b --api-key env:K", "profile remove a --force"] {
            let said = refused(&desk, line);
            assert!(said.contains(why), "{said}");
        }
    }
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::new();
    desk.run("profile add acme --access-key env:I,K --dry-run")
        .ends_with(6)
        .says("profile `acme` would be written to");
    assert!(!desk.config_file().exists());
}

#[test]
fn a_path_starts_where_the_user_is_and_a_missing_file_is_told() {
    let desk = Desk::new().file("keys/branch.txt", "an-api-key");
    let ran = desk.run("profile add branch --api-key file:keys/branch.txt");
    ran.succeeds();
    assert!(!ran.stderr.contains("there is no file"), "{}", ran.transcript());
    let path = desk.desk().join("keys/branch.txt");
    assert!(
        written(&desk).contains(&format!("api_key = \"file:{}\"", path.display())),
        "{}",
        written(&desk)
    );
    desk.run("profile add acme --access-key file:~/acme.json")
        .succeeds()
        .says("there is no file ")
        .says("home/acme.json yet");
    assert!(written(&desk).contains("access_key = \"file:~/acme.json\""));
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_warned_about_when_it_is_added() {
    use std::os::unix::fs::PermissionsExt as _;

    let desk = Desk::new().file("branch.txt", "an-api-key");
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(desk.desk().join("branch.txt"), open).unwrap();
    desk.run("profile add branch --api-key file:branch.txt")
        .succeeds()
        .says("branch.txt holds a key and is open to others (mode 644)");
}

#[cfg(unix)]
#[test]
fn a_configuration_that_cannot_be_written_is_named() {
    let desk = two();
    let mut permissions = std::fs::metadata(desk.config_file()).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(desk.config_file(), permissions).unwrap();
    let said = refused(&desk, "profile add x --api-key env:K");
    assert!(
        said.contains("config.toml cannot be written: it is read-only"),
        "{said}"
    );
    assert!(said.contains("DESKHAND_CONFIG_DIR"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_configuration_behind_a_link_is_changed_where_it_is() {
    let desk = Desk::new();
    let real = desk.desk().join("dotfiles.toml");
    std::fs::write(&real, TWO).unwrap();
    std::os::unix::fs::symlink(&real, desk.config_file()).unwrap();
    desk.run("profile add x --api-key env:K").succeeds();
    assert!(
        std::fs::symlink_metadata(desk.config_file())
            .unwrap()
            .is_symlink()
    );
    assert!(std::fs::read_to_string(real).unwrap().contains("[profiles.x]"));
}
