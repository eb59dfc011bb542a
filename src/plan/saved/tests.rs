use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::fingerprint::fingerprint;
use super::*;
use crate::fleet::{self, Change, ComputerId, ComputerRef, Kind, NewUser, SignIn, UserId, UserRef, Vendor};
use crate::plan::{Kept, KeptComputer, Presence, Proposal, Reason};
use crate::secret::Secret;

mod age_and_fleet;

const MADE: &str = "2026-11-20T09:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn computer(name: &str) -> ComputerRef {
    ComputerRef {
        id: ComputerId::new(format!("id-{name}")),
        name: name.to_owned(),
    }
}

fn binding() -> Binding {
    Binding {
        profile: "acme".to_owned(),
        vendor: Vendor::RealVnc,
        host: "api.x.example".to_owned(),
    }
}

/// A plan with something in each of its places.
fn plan() -> Plan {
    let mut plan = Plan::new(binding(), at(MADE));
    plan.notes.fleet = Some(120);
    plan.notes.left_alone.insert("unknown".to_owned(), 3);
    plan.notes.relaxed.push("--max-removals 80".to_owned());
    plan.notes.incomplete.push("a page was empty".to_owned());
    plan.push(Proposal {
        change: Change::RemoveComputer {
            computer: computer("OLD-1"),
        },
        reason: Some(Reason::Stale {
            last_seen: at("2026-01-31T08:30:00Z"),
            cutoff: at("2026-08-22T00:00:00Z"),
        }),
        before: Some(Kept::Computer(Box::new(KeptComputer {
            id: "id-OLD-1".to_owned(),
            name: "OLD-1".to_owned(),
            online: Presence::Offline,
            last_seen: Some(at("2026-01-31T08:30:00Z")),
            groups: Some(vec![]),
            host: Some("old-1 \u{1b}[2J/\"ü\"".to_owned()),
            os: None,
            macs: vec!["aa:bb:cc:dd:ee:ff".to_owned()],
            user: None,
            comment: None,
            raw: json!({ "load": 0.5, "big": u64::MAX, "whole": 1.0 }).into(),
        }))),
    })
    .unwrap();
    plan.push(rename("PC-1", "PC-2")).unwrap();
    plan
}

fn rename(from: &str, to: &str) -> Proposal {
    Proposal::of(Change::Rename {
        computer: computer(from),
        to: to.to_owned(),
    })
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("p.json")
    }

    fn save(&self, plan: &Plan) -> Result<String, fleet::Error> {
        save(plan, &Redactor::default(), &self.path(), "p.json")?;
        Ok(fs::read_to_string(self.path()).unwrap())
    }

    /// Reads a plan from a file with this in it.
    fn load(&self, content: impl AsRef<[u8]>) -> Result<Saved, fleet::Error> {
        fs::write(self.path(), content).unwrap();
        Ok(load(&self.path(), "p.json")?)
    }
}

fn text() -> String {
    Folder::new().save(&plan()).unwrap()
}

fn refused(content: impl AsRef<[u8]>) -> fleet::Error {
    Folder::new().load(content).unwrap_err()
}

/// A document with a fingerprint that fits, whatever it says.
fn signed(edit: impl FnOnce(&mut Value)) -> String {
    let mut document: Value = serde_json::from_str(&text()).unwrap();
    edit(&mut document);
    let print = fingerprint(document.as_object().unwrap(), "fingerprint");
    document["fingerprint"] = print.into();
    document.to_string()
}

#[test]
fn a_plan_is_read_back_as_it_was_written() {
    let folder = Folder::new();
    folder.save(&plan()).unwrap();
    assert_eq!(load(&folder.path(), "p.json").unwrap().plan, plan());
    let empty = Plan::new(binding(), at(MADE));
    folder.save(&empty).unwrap();
    assert_eq!(load(&folder.path(), "p.json").unwrap().plan, empty);
}

#[test]
fn the_file_is_laid_out_for_people_and_says_what_it_is_first() {
    let text = text();
    assert!(
        text.starts_with("{\n  \"format\": \"deskhand plan\",\n  \"version\": 1,\n  \"made_for\": {\n    \"profile\": \"acme\","),
        "{text}"
    );
    assert!(text.ends_with("\"\n}\n"));
    assert_eq!(text, self::text(), "the same plan makes the same file");
}

#[cfg(unix)]
#[test]
fn the_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new();
    folder.save(&plan()).unwrap();
    let mode = fs::metadata(folder.path()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_plan_that_is_only_laid_out_anew_is_as_good() {
    let folder = Folder::new();
    let document: Value = serde_json::from_str(&text()).unwrap();
    let compact = document.to_string();
    let marked = format!("\u{feff}{}", text().replace('\n', "\r\n"));
    let other = text()
        .replace("\"whole\": 1.0", "\"whole\": 1")
        .replace('ü', "\\u00fc");
    let wide: Vec<u8> = text().encode_utf16().flat_map(u16::to_le_bytes).collect();
    for same in [
        compact.into_bytes(),
        marked.into_bytes(),
        other.into_bytes(),
        wide,
    ] {
        let plan = folder.load(&same).unwrap().plan;
        assert_eq!(plan.binding(), &binding());
        assert_eq!(plan.proposals()[1], self::plan().proposals()[1]);
    }
}

#[test]
fn any_edit_of_what_it_says_is_found_out() {
    let text = text();
    for (from, to) in [
        ("OLD-1", "OLD-2"),
        ("\"acme\"", "\"other\""),
        ("realvnc", "remotepc"),
        ("api.x.example", "api.y.example"),
        ("09:00:00Z", "09:00:01Z"),
        ("120", "1200"),
        ("--max-removals 80", "--max-removals 8"),
        ("    \"a page was empty\"\n", ""),
        ("\"unknown\": 3", "\"unknown\": 3, \"more\": 1"),
        ("0.5", "0.6"),
        ("18446744073709551615", "18446744073709551614"),
        ("\"os\": null", "\"os\": \"\""),
        ("offline", "online"),
        ("\"changes\": [", "\"extra\": 1, \"changes\": ["),
        ("sha256:", "sha256:0"),
    ] {
        assert!(text.contains(from), "{from}");
        let error = refused(text.replacen(from, to, 1));
        assert_eq!(
            error.message, "`p.json` was edited after deskhand wrote it: the fingerprint does not fit",
            "{from}"
        );
        assert_eq!(error.kind, Kind::Refused);
        assert!(error.hint.is_some());
    }
    let error = refused(text.replace("\"fingerprint\"", "\"print\""));
    assert!(error.message.contains("has no fingerprint any more"), "{error}");
    assert_eq!(error.kind, Kind::Refused);
}

#[test]
fn a_plan_that_ends_too_early_is_refused_wherever_it_ends() {
    let text = text();
    let whole = text.trim_end().len();
    for end in (1..whole).filter(|end| text.is_char_boundary(*end)) {
        let error = refused(&text[..end]);
        assert_eq!(error.kind, Kind::Invalid);
        let line = text[..end].lines().count();
        assert!(
            error.message.contains("ends in the middle of the plan, in line "),
            "after {end} bytes, in line {line}: {error}"
        );
        assert!(error.hint.is_some());
    }
    let error = refused(&text[..text.find("\"made_at\"").unwrap()]);
    assert_eq!(
        error.message,
        "`p.json` ends in the middle of the plan, in line 9"
    );
}

#[test]
fn damage_is_told_with_its_line() {
    let error = refused(text().replacen("\"version\": 1,", "\"version\": 1", 1));
    assert_eq!(error.message, "`p.json` is no JSON any more");
    assert!(error.causes[0].contains("line 4 column 3"), "{:?}", error.causes);
    assert_eq!(error.kind, Kind::Invalid);
}

#[test]
fn what_is_no_plan_is_told_from_one() {
    for (content, told) in [
        ("", "is empty"),
        (" \n", "is empty"),
        ("Change,Target,To,ID\n", "is no saved plan"),
        ("[{\"change\": \"rename\"}]", "is no saved plan"),
        ("{}", "is no saved plan"),
        (
            "{\"format\": \"deskhand snapshot\", \"version\": 1}",
            "is no saved plan",
        ),
        ("{\"format\": 1}", "is no saved plan"),
    ] {
        let error = refused(content);
        assert_eq!(error.message, format!("`p.json` {told}"));
        assert_eq!(error.kind, Kind::Invalid);
    }
    let error = refused(b"\xff\xfea");
    assert_eq!(error.message, "`p.json` cannot be read");
    assert!(
        error.causes[0].contains("neither UTF-8 nor UTF-16"),
        "{:?}",
        error.causes
    );
    let nowhere = Folder::new();
    let error = fleet::Error::from(load(&nowhere.path(), "p.json").unwrap_err());
    assert_eq!(
        (error.message.as_str(), error.kind),
        ("`p.json` cannot be read", Kind::Invalid)
    );
}

#[test]
fn a_plan_of_another_version_is_refused() {
    let error = refused(signed(|document| document["version"] = 2.into()));
    assert_eq!(
        error.message,
        "`p.json` is a plan of version 2, and this deskhand reads none but version 1"
    );
    assert!(error.hint.unwrap().contains("use the deskhand that wrote it"));
    for version in [json!(0), json!("1"), json!(1.5), Value::Null] {
        let error = refused(signed(|document| document["version"] = version));
        assert!(error.message.contains("at `version`"), "{error}");
    }
}

#[test]
fn what_no_plan_of_deskhand_holds_is_told_with_its_place() {
    type Edit = fn(&mut Value);
    let cases: [(Edit, &str); 5] = [
        (|d| d["changes"] = json!({}), "at `changes`: it is no list"),
        (
            |d| d["changes"][1]["change"]["verb"] = "explode".into(),
            "at `changes[1]`: unknown variant `explode`",
        ),
        (
            |d| d["changes"][1] = d["changes"][0].clone(),
            "at `changes[1]`: cannot plan to remove computer 'OLD-1'",
        ),
        (|d| d["made_at"] = "soon".into(), "at `the plan`: "),
        (
            |d| d["made_for"]["vendor"] = "acme".into(),
            "unknown variant `acme`",
        ),
    ];
    for (edit, told) in cases {
        let error = refused(signed(edit));
        assert!(
            error.message.starts_with("`p.json` cannot be understood "),
            "{error}"
        );
        assert!(error.message.contains(told), "{error}");
        assert_eq!(error.kind, Kind::Invalid);
    }
}

#[test]
fn what_cannot_be_kept_is_not_saved_and_no_file_is_made() {
    let folder = Folder::new();
    let mut user = plan();
    user.push(Proposal::of(Change::CreateUser(NewUser {
        username: "ann@x.example".to_owned(),
        first_name: "Ann".to_owned(),
        last_name: "Other".to_owned(),
        password: Secret::new("S3cret-word"),
        sign_in: SignIn::default(),
    })))
    .unwrap();
    let mut address = plan();
    address
        .push(Proposal::of(Change::ConnectUrl {
            computer: computer("PC-1"),
            user: UserRef {
                id: UserId::new("u"),
                email: "ann@x.example".to_owned(),
            },
        }))
        .unwrap();
    let mut circle = plan();
    circle.push(rename("PC-2", "PC-1")).unwrap();
    for (plan, told, hint, kind) in [
        (
            user,
            "a password is written to no file",
            "invite them",
            Kind::Refused,
        ),
        (
            address,
            "only the script that asks for it can take",
            "without a plan",
            Kind::Refused,
        ),
        (
            circle,
            "cannot hold this plan",
            "a name that nobody has",
            Kind::Invalid,
        ),
    ] {
        let error = folder.save(&plan).unwrap_err();
        assert!(
            error.message.starts_with("`p.json` ") && error.message.contains(told),
            "{error}"
        );
        assert!(error.hint.clone().unwrap().contains(hint), "{error:?}");
        assert_eq!(error.kind, kind);
        assert!(!folder.path().exists());
    }
}

#[test]
fn a_secret_of_the_run_gets_into_no_file() {
    let folder = Folder::new();
    let redactor = Redactor::default();
    redactor.learn(&Secret::new("kEy-\"1a2b\""));
    let mut plan = plan();
    plan.push(rename("PC-3", "PC kEy-\"1a2b\"")).unwrap();
    let error = fleet::Error::from(save(&plan, &redactor, &folder.path(), "p.json").unwrap_err());
    assert_eq!(error.kind, Kind::Refused);
    assert!(error.message.contains("a key, a token or a password"), "{error}");
    assert!(!error.message.contains("1a2b"));
    assert!(!folder.path().exists());
}

#[test]
fn a_file_that_cannot_be_written_is_left_as_it_is() {
    let folder = Folder::new();
    fs::create_dir(folder.path()).unwrap();
    let error = folder.save(&plan()).unwrap_err();
    assert_eq!(error.message, "`p.json` cannot be written");
    assert_eq!(error.causes, ["it is a folder"]);
}

#[test]
fn a_plan_of_many_changes_is_written_and_read_in_one_go() {
    const MANY: usize = 20_000;
    let folder = Folder::new();
    let mut plan = Plan::new(binding(), at(MADE));
    for n in 0..MANY {
        plan.push(rename(&format!("A-{n}"), &format!("B-{n}"))).unwrap();
    }
    folder.save(&plan).unwrap();
    assert_eq!(load(&folder.path(), "p.json").unwrap().plan, plan);
}
