//! Which profile is chosen, and what it says.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::config::{Dirs, REALVNC_URL, REMOTEPC_URL, load};
use crate::fleet::Kind;

mod refused;

/// A user with a home, a configuration, and folders for the work, the script and the program.
struct User {
    root: TempDir,
    environment: Environment,
}

impl User {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        for dir in ["home", "config", "cwd", "script", "program"] {
            fs::create_dir(root.path().join(dir)).unwrap();
        }
        let environment = Environment {
            cwd: root.path().join("cwd"),
            home: Some(root.path().join("home")),
            program_dir: Some(root.path().join("program")),
            ..Environment::default()
        };
        let config = root.path().join("config").display().to_string();
        Self { root, environment }.var("DESKHAND_CONFIG_DIR", &config)
    }

    fn var(mut self, name: &str, value: &str) -> Self {
        self.environment.vars.insert(name.to_owned(), value.to_owned());
        self
    }

    fn config(self, text: &str) -> Self {
        fs::write(self.path("config/config.toml"), text).unwrap();
        self
    }

    fn key_file(self, path: &str, id: &str) -> Self {
        let path = self.path(path);
        fs::write(
            &path,
            format!(r#"{{"accessKeyId": "{id}", "accessKey": "S3cret-of-{id}"}}"#),
        )
        .unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        self
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// Resolves, and returns the name, the address and the key, whose parts are joined.
    fn resolved(&self, chosen: Option<&str>) -> (String, String, String) {
        let profile = self.resolve(chosen).unwrap();
        (profile.name.clone(), profile.url.clone(), key(&profile))
    }

    fn resolve(&self, chosen: Option<&str>) -> Result<Profile, Error> {
        let file = load(&Dirs::of(&self.environment))?;
        let chosen = chosen.map(Choice::Option);
        resolve(&file, chosen, Some(&self.path("script")), &self.environment)
    }

    fn refused(&self, chosen: Option<&str>) -> (String, String) {
        let error = self.resolve(chosen).unwrap_err();
        let text = format!("{error} {error:?} {:?}", error.hint());
        assert!(!text.contains("S3cret"), "{text}");
        (error.to_string(), error.hint().unwrap())
    }
}

fn key(profile: &Profile) -> String {
    match &profile.key {
        Credentials::AccessKey(key) => format!("{} {}", key.id, key.secret.expose()),
        Credentials::ApiKey(key) => key.expose().to_owned(),
    }
}

fn triple(name: &str, url: &str, key: &str) -> (String, String, String) {
    (name.to_owned(), url.to_owned(), key.to_owned())
}

const THREE: &str = r#"
default_profile = "acme"
[profiles.acme]
vendor = "realvnc"
access_key = "file:acme.json"
read_only = true
jobs = 3
[profiles.sim]
vendor = "realvnc"
url = "http://127.0.0.1:9"
access_key = "env:SIM_ID,SIM_KEY"
[profiles.branch]
vendor = "remotepc"
api_key = "env:BRANCH_KEY"
"#;

#[test]
fn an_option_wins_over_the_variable_and_that_over_the_file() {
    let user = User::new()
        .config(THREE)
        .key_file("config/acme.json", "acme-id")
        .var("SIM_ID", "sim-id")
        .var("SIM_KEY", "S3cret");
    assert_eq!(user.resolve(None).unwrap().name, "acme");
    let user = user.var("DESKHAND_PROFILE", "sim");
    assert_eq!(
        user.resolved(None),
        triple("sim", "http://127.0.0.1:9", "sim-id S3cret")
    );
    assert_eq!(user.resolve(Some("acme")).unwrap().name, "acme");
    assert_eq!(
        user.var("DESKHAND_PROFILE", "").resolve(None).unwrap().name,
        "acme"
    );
}

#[test]
fn nothing_of_the_environment_changes_a_chosen_profile() {
    let user = User::new()
        .config(THREE)
        .key_file("config/acme.json", "acme-id")
        .key_file("cwd/accesskey.json", "other-id")
        .var("REALVNC_ACCESS_KEY_ID", "other")
        .var("REALVNC_ACCESS_KEY", "S3cret")
        .var("REALVNC_URL", "https://elsewhere.test");
    let acme = user.resolve(None).unwrap();
    assert_eq!(
        (key(&acme).as_str(), acme.url.as_str()),
        ("acme-id S3cret-of-acme-id", REALVNC_URL)
    );
    assert_eq!((acme.read_only, acme.jobs), (true, Some(3)));
    assert_eq!(acme.warnings, Vec::<String>::new());
    let config = user.path("config/config.toml").display().to_string();
    assert_eq!(
        acme.source,
        Source {
            profile: format!("default_profile, {config}:2 ({config}:3)"),
            url: "default".into(),
            key: "file:acme.json".into(),
        }
    );
}

#[test]
fn a_key_file_may_be_in_the_home_directory() {
    let user = User::new()
        .config("[profiles.a]\nvendor = \"realvnc\"\naccess_key = \"file:~/a.json\"")
        .key_file("home/a.json", "home-id");
    assert_eq!(user.resolved(Some("a")).2, "home-id S3cret-of-home-id");
}

#[test]
fn the_variables_of_realvnc_make_a_profile() {
    let user = User::new()
        .var("REALVNC_ACCESS_KEY_ID", "env-id")
        .var("REALVNC_ACCESS_KEY", "S3cret")
        .var("REMOTEPC_API_KEY", "S3cret")
        .key_file("cwd/accesskey.json", "file-id");
    assert_eq!(
        user.resolved(None),
        triple("environment", REALVNC_URL, "env-id S3cret")
    );
    assert_eq!(
        user.var("REALVNC_URL", "https://x.test").resolved(None).1,
        "https://x.test"
    );
}

#[test]
fn the_variables_of_remotepc_make_a_profile_where_those_of_realvnc_do_not() {
    let user = User::new()
        .var("REMOTEPC_API_KEY", " S3cret\n")
        .var("REALVNC_URL", "https://x.test")
        .key_file("cwd/accesskey.json", "file-id");
    let profile = user.resolve(None).unwrap();
    assert_eq!(profile.vendor(), Vendor::RemotePc);
    assert_eq!(
        profile.source,
        Source {
            profile: "REMOTEPC_API_KEY".into(),
            url: "default".into(),
            key: "env:REMOTEPC_API_KEY".into(),
        }
    );
    assert_eq!(user.resolved(None), triple("environment", REMOTEPC_URL, "S3cret"));
    let user = user.var("REMOTEPC_URL", "http://localhost:9");
    assert_eq!(
        user.resolved(None),
        triple("environment", "http://localhost:9", "S3cret")
    );
    assert_eq!(user.resolve(None).unwrap().source.url, "REMOTEPC_URL");
}

#[test]
fn a_profile_of_remotepc_is_resolved() {
    let user = User::new().config(THREE).var("BRANCH_KEY", "S3cret");
    let branch = user.resolve(Some("branch")).unwrap();
    assert_eq!((branch.vendor(), branch.paging), (Vendor::RemotePc, Paging::Auto));
    assert_eq!(
        user.resolved(Some("branch")),
        triple("branch", REMOTEPC_URL, "S3cret")
    );
    let user = User::new().config(
        "[profiles.b]\nvendor = \"remotepc\"\napi_key = \"file:b.txt\"\npaging = \"body\"\nurl = \"http://127.0.0.1:7\"",
    );
    fs::write(user.path("config/b.txt"), "\u{feff} S3cret \r\n").unwrap();
    assert_eq!(
        user.resolved(Some("b")),
        triple("b", "http://127.0.0.1:7", "S3cret")
    );
    assert_eq!(user.resolve(Some("b")).unwrap().paging, Paging::Body);
}

#[test]
fn where_each_value_came_from_is_known_before_the_key_is_fetched() {
    let user = User::new().config(&THREE.replace("jobs = 3", "jobs = 3\nurl = \"https://x.test\""));
    let file = load(&Dirs::of(&user.environment)).unwrap();
    let at = |line: usize| format!("{}:{line}", user.path("config/config.toml").display());
    // The key file is not there.
    let acme = select(&file, Some(Choice::Argument("acme")), None, &user.environment).unwrap();
    assert_eq!(acme.name.source, format!("the command line ({})", at(3)));
    assert_eq!(acme.vendor, Sourced::new(Vendor::RealVnc, at(4)));
    assert_eq!(acme.key.source, at(5));
    assert_eq!(acme.key.value.to_string(), "file:acme.json");
    assert_eq!(acme.read_only, Sourced::new(true, at(6)));
    assert_eq!(acme.jobs, Sourced::new(Some(3), at(7)));
    assert_eq!(acme.url.source, format!("profile `acme`, {}", at(8)));
    let sim = select(&file, Some(Choice::Option("sim")), None, &user.environment).unwrap();
    assert_eq!(sim.read_only, Sourced::by_default(false));
    assert_eq!(sim.jobs, Sourced::by_default(None));
}

#[test]
fn one_variable_without_the_other_is_an_error() {
    let user = User::new()
        .var("REALVNC_ACCESS_KEY_ID", "S3cret")
        .key_file("cwd/accesskey.json", "file-id");
    let (message, hint) = user.refused(None);
    assert_eq!(
        message,
        "REALVNC_ACCESS_KEY_ID is set, but REALVNC_ACCESS_KEY is not"
    );
    assert_eq!(
        hint,
        "set REALVNC_ACCESS_KEY as well, or unset REALVNC_ACCESS_KEY_ID"
    );
    let user = User::new()
        .var("REALVNC_ACCESS_KEY", "S3cret")
        .var("REALVNC_ACCESS_KEY_ID", " ");
    assert_eq!(
        user.refused(None).0,
        "REALVNC_ACCESS_KEY is set, but REALVNC_ACCESS_KEY_ID is not"
    );
}

#[test]
fn a_key_file_is_found_where_one_works_then_beside_the_script_then_beside_the_program() {
    let user = User::new().key_file("program/accesskey.json", "program-id");
    assert_eq!(user.resolved(None).2, "program-id S3cret-of-program-id");
    let user = user.key_file("script/accesskey.json", "script-id");
    assert_eq!(user.resolved(None).2, "script-id S3cret-of-script-id");
    let user = user
        .key_file("cwd/accesskey.json", "cwd-id")
        .var("REALVNC_URL", "http://localhost:9");
    assert_eq!(
        user.resolved(None),
        triple("accesskey", "http://localhost:9", "cwd-id S3cret-of-cwd-id")
    );
    assert_eq!(
        user.resolve(None).unwrap().source,
        Source {
            profile: "accesskey.json in the current directory".into(),
            url: "REALVNC_URL".into(),
            key: format!("file:{}", user.path("cwd/accesskey.json").display()),
        }
    );
    // The first one counts even if it is broken.
    fs::write(user.path("cwd/accesskey.json"), "{").unwrap();
    assert!(matches!(user.resolve(None), Err(Error::BadKey { .. })));
}

#[cfg(unix)]
#[test]
fn a_key_file_that_others_can_read_is_a_warning_of_the_profile() {
    let user = User::new()
        .key_file("cwd/accesskey.json", "id")
        .config(THREE)
        .key_file("config/acme.json", "acme-id");
    for (path, chosen) in [("cwd/accesskey.json", None), ("config/acme.json", Some("acme"))] {
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
        fs::set_permissions(user.path(path), open).unwrap();
        let mut file = load(&Dirs::of(&user.environment)).unwrap();
        file.default_profile = None;
        let profile = resolve(&file, chosen.map(Choice::Option), None, &user.environment).unwrap();
        assert_eq!(profile.warnings.len(), 1, "{path}");
        assert!(
            profile.warnings[0].contains("(mode 644)"),
            "{:?}",
            profile.warnings
        );
    }
}

#[test]
fn the_line_that_names_the_address_is_known() {
    let user = User::new()
        .config("[profiles.a]\nvendor = \"realvnc\"\naccess_key = \"file:a.json\"\nurl = \"x\"\n")
        .key_file("config/a.json", "id");
    let config = user.path("config/config.toml").display().to_string();
    assert_eq!(
        user.resolve(Some("a")).unwrap().source.url,
        format!("profile `a`, {config}:4")
    );
}

#[cfg(unix)]
#[test]
fn a_program_may_print_the_key() {
    let user = User::new()
        .config("[profiles.a]\nvendor = \"realvnc\"\naccess_key = \"cmd:printf 'cmd-id\\\\nS3cret'\"")
        .var("PATH", "/usr/bin:/bin");
    assert_eq!(user.resolved(Some("a")).2, "cmd-id S3cret");
    assert_eq!(user.resolve(Some("a")).unwrap().source.key, "cmd:printf …");
}

#[test]
fn debug_of_nothing_shows_a_key() {
    let user = User::new()
        .config("[profiles.a]\nvendor = \"realvnc\"\naccess_key = \"cmd:echo S3cret\"")
        .var("REALVNC_ACCESS_KEY_ID", "S3cret-id")
        .var("REALVNC_ACCESS_KEY", "S3cret");
    let file = load(&Dirs::of(&user.environment)).unwrap();
    let profile = resolve(&file, None, None, &user.environment).unwrap();
    let text = format!("{file:?} {profile:?} {:?}", user.environment);
    assert!(!text.contains("S3cret"), "{text}");
}

#[test]
fn an_error_becomes_one_of_the_fleet_with_its_hint() {
    let error = crate::fleet::Error::from(User::new().resolve(None).unwrap_err());
    assert_eq!(error.kind, Kind::Invalid);
    assert!(error.hint.unwrap().contains("--demo"));
}
