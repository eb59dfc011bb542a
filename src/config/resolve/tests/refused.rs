//! What is said where there is no profile, or one that cannot be used.

use super::*;

#[test]
fn without_a_profile_one_is_told_how_to_make_one() {
    let user = User::new();
    let (message, hint) = user.refused(None);
    assert_eq!(message, "no profile is set up, so there is no account to work on");
    assert_eq!(
        hint,
        "make one with `deskhand profile add`, or set REALVNC_ACCESS_KEY_ID and REALVNC_ACCESS_KEY, or REMOTEPC_API_KEY; --demo needs no account"
    );
    let user = user.config(&THREE.replace("default_profile = \"acme\"", ""));
    let (message, hint) = user.refused(None);
    assert_eq!(message, "none of the profiles is chosen");
    assert_eq!(
        hint,
        "choose one, such as with --profile acme, or write default_profile = \"acme\"; the profiles are acme, branch, sim; --demo needs none"
    );
    let user = user.config("[profiles.a]\nvendor = \"realvnc\"");
    assert_eq!(
        user.refused(None).1,
        "choose it with --profile a, or write default_profile = \"a\"; --demo needs none"
    );
}

#[test]
fn an_unknown_profile_is_met_with_the_list_of_those_there_are() {
    let user = User::new().config(THREE);
    let (message, hint) = user.refused(Some("amce"));
    assert_eq!(message, "there is no profile `amce` (chosen by --profile)");
    assert_eq!(hint, "did you mean `acme`? the profiles are acme, branch, sim");
    assert_eq!(user.resolve(Some("")).unwrap_err().kind(), Kind::NotFound);
    let user = user.var("DESKHAND_PROFILE", "zzz\u{1b}");
    let (message, hint) = user.refused(None);
    assert_eq!(
        message,
        r"there is no profile `zzz\u{1b}` (chosen by DESKHAND_PROFILE)"
    );
    assert_eq!(hint, "the profiles are acme, branch, sim");
    let file = load(&Dirs::of(&user.environment)).unwrap();
    let error = resolve(&file, Some(Choice::Script("amce")), None, &user.environment).unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no profile `amce` (chosen by fleet(…) in the script)"
    );
    let (message, hint) = User::new().config("\ndefault_profile = \"gone\"").refused(None);
    assert!(message.contains("config.toml:2)"), "{message}");
    assert!(hint.starts_with("make one with `deskhand profile add`"), "{hint}");
}

#[test]
fn a_key_never_goes_to_the_other_vendor() {
    let config = "[profiles.a]\nvendor = \"realvnc\"\naccess_key = \"cmd:no-such-program\"\nurl = \"https://WEB1.remotepc.com.:8443\"\n\
                  [profiles.b]\nvendor = \"remotepc\"\napi_key = \"file:none\"\nurl = \"https://me:S3cret@connect-api.services.vnc.com\"\n";
    let user = User::new().config(config);
    let file = user.path("config/config.toml").display().to_string();
    // Told before the key is looked for: there is none.
    assert_eq!(
        user.refused(Some("a")),
        (
            format!(
                "profile `a`, {file}:4: web1.remotepc.com belongs to RemotePC Enterprise, where a key for RealVNC Connect must not be sent"
            ),
            "leave the address out to use https://connect-api.services.vnc.com; a profile for RemotePC Enterprise has vendor = \"remotepc\""
                .to_owned()
        )
    );
    assert_eq!(
        user.refused(Some("b")).0,
        format!(
            "profile `b`, {file}:8: connect-api.services.vnc.com belongs to RealVNC Connect, where a key for RemotePC Enterprise must not be sent"
        )
    );
    let user = User::new()
        .var("REALVNC_ACCESS_KEY_ID", "S3cret")
        .var("REALVNC_ACCESS_KEY", "S3cret")
        .var("REALVNC_URL", "https://remotedesktop.com");
    assert!(
        user.refused(None)
            .0
            .starts_with("REALVNC_URL: remotedesktop.com belongs to")
    );
    let user = User::new()
        .key_file("cwd/accesskey.json", "id")
        .var("REALVNC_URL", "https://web1.remotepc.com");
    assert!(
        user.refused(None)
            .0
            .starts_with("REALVNC_URL: web1.remotepc.com belongs to")
    );
    let user = User::new()
        .var("REMOTEPC_API_KEY", "S3cret")
        .var("REMOTEPC_URL", "https://manage.realvnc.com");
    assert!(
        user.refused(None)
            .0
            .starts_with("REMOTEPC_URL: manage.realvnc.com belongs to")
    );
}

#[test]
fn a_profile_with_a_key_that_would_not_be_heeded_is_refused() {
    let user = User::new()
        .config(
            "[profiles.a]\nvendor = \"realvnc\"\naccess_key = \"file:a.json\"\ndefault_access = \"NO_ONE\"\n",
        )
        .key_file("config/a.json", "id");
    let place = format!("{}:4", user.path("config/config.toml").display());
    assert_eq!(
        user.refused(Some("a")),
        (
            format!("{place}: `default_access` is not supported by this version, which would pass over it"),
            "take it out of [profiles.a]".to_owned()
        )
    );
    assert_eq!(user.resolve(Some("a")).unwrap_err().kind(), Kind::Unsupported);
}

#[test]
fn every_way_to_a_key_that_fails_is_told_apart() {
    let profile = |key: &str| User::new().config(&format!("[profiles.a]\nvendor = \"realvnc\"\n{key}"));
    let (message, hint) = profile("").refused(Some("a"));
    assert!(
        message.ends_with("config.toml:1: profile `a` has no `access_key`"),
        "{message}"
    );
    assert!(hint.starts_with("write access_key = "), "{hint}");
    assert_eq!(
        profile("access_key = \"keyring:a\"").refused(Some("a")),
        (
            "profile `a`: keyring: is not supported by this version".to_owned(),
            "use file:, env: or cmd:".to_owned()
        )
    );
    let user = profile("access_key = \"env:A_ID,A_KEY\"").var("A_ID", "S3cret");
    assert_eq!(
        user.refused(Some("a")),
        (
            "profile `a` takes its key from the environment, but A_KEY is not set".to_owned(),
            "set A_KEY".to_owned()
        )
    );
    let user = profile("access_key = \"file:none.json\"");
    let (message, _) = user.refused(Some("a"));
    assert!(
        message.starts_with(&user.path("config/none.json").display().to_string()),
        "{message}"
    );
    let branch = |key: &str| User::new().config(&format!("[profiles.a]\nvendor = \"remotepc\"\n{key}"));
    assert!(
        branch("")
            .refused(Some("a"))
            .0
            .ends_with("profile `a` has no `api_key`")
    );
    let user = branch("api_key = \"file:k.txt\"");
    fs::write(user.path("config/k.txt"), "S3cret\nS3cret-2\n").unwrap();
    let (message, hint) = user.refused(Some("a"));
    assert_eq!(
        message,
        format!(
            "{} has 2 lines instead of one",
            user.path("config/k.txt").display()
        )
    );
    assert!(hint.contains("My Account > API Keys"), "{hint}");
    let (message, _) = profile("access_key = \"cmd:no-such-program S3cret\"").refused(Some("a"));
    assert_eq!(
        message,
        "profile `a` takes its key from the program `no-such-program`, which was not found"
    );
}
