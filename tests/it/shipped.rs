//! What the shipped scripts say of themselves is so.

use crate::desk::Desk;

/// The lines of the examples of each script, in order: some need what one before them has written.
fn examples() -> Vec<(String, Vec<String>)> {
    let desk = Desk::new();
    let scripts = desk.run("scripts --output text");
    let of = |script: &str| {
        let help = desk.run(&format!("{script} --help"));
        let lines = help.succeeds().stdout.lines();
        let examples = lines.skip_while(|line| *line != "Examples:").skip(1);
        let examples = examples.map_while(|line| line.strip_prefix("  "));
        (script.to_owned(), examples.map(str::to_owned).collect())
    };
    scripts.succeeds().stdout.lines().map(of).collect()
}

/// Does what a shell does with `echo "TEXT" > FILE`; nothing with another line.
fn echoed(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("echo \"")?.split_once("\" > ")
}

#[test]
fn every_example_in_the_help_of_a_script_works_as_it_stands() {
    for (script, lines) in examples() {
        // Whoever types them is asked for a password.
        let mut desk = Desk::new().var("DESKHAND_PASSWORD", "S3cret-word");
        let own = format!("deskhand {script} --demo");
        assert!(
            lines.iter().any(|line| line.starts_with(&own)),
            "{script}: {lines:?}"
        );
        for line in &lines {
            if let Some((text, file)) = echoed(line) {
                desk = desk.file(file, &format!("{text}\n"));
                continue;
            }
            let command = line.strip_prefix("deskhand ").unwrap_or_else(|| panic!("{line}"));
            let ran = desk.run(command);
            let expected = if line.contains("--dry-run") { 6 } else { 0 };
            assert_eq!(ran.code, Some(expected), "{}", ran.transcript());
            let shown = match line.split_once("--out ") {
                Some((_, file)) => std::fs::read_to_string(desk.desk().join(file)).unwrap(),
                None => ran.stdout.clone(),
            };
            assert!(shown.lines().count() > 0, "{}", ran.transcript());
        }
    }
}

#[test]
fn a_shipped_script_can_be_read_at_a_glance() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts");
    let mut scripts = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let lines = std::fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 30, "{}: {lines} lines", path.display());
        scripts += 1;
    }
    assert!(scripts >= 23, "{scripts}");
}

/// The user of the simulated account who may connect to everything.
const OWNER: &str = "anna.berger@kestrel.example";

#[test]
fn an_address_to_connect_at_leaves_the_terminal_only_when_it_is_revealed() {
    let desk = Desk::demo_of("remotepc");
    let ran = desk.run(&format!("connect-url DC-01 {OWNER}"));
    ran.ends_with(7).prints_nothing().says("--reveal");
    for text in [&ran.stderr, &ran.log] {
        assert!(
            !text.contains("/connect/process/"),
            "{}\n{text}",
            ran.transcript()
        );
    }
    desk.run(&format!("connect-url DC-01 {OWNER} --dry-run"))
        .ends_with(6)
        .prints("whoever has the address can use it");
    desk.run(&format!("connect-url DC-01 {OWNER} --out address.txt"))
        .ends_with(7)
        .says("--reveal");
    assert!(!desk.desk().join("address.txt").exists());
    desk.run(&format!("connect-url DC-01 {OWNER} --reveal --out address.txt"))
        .succeeds();
    let kept = std::fs::read_to_string(desk.desk().join("address.txt")).unwrap();
    assert!(kept.contains("/connect/process/"), "{kept}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(desk.desk().join("address.txt"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "others may read the address");
    }
    for format in ["text", "json", "csv", "table"] {
        let ran = desk.run(&format!(
            "connect-url DC-01 {OWNER} --reveal --output {format} -vv"
        ));
        ran.succeeds();
        let address = ran.stdout.trim().trim_matches('"');
        let token = address.rsplit('/').next().unwrap();
        assert!(address.contains("://") && token.len() > 8, "{}", ran.transcript());
        assert!(!ran.stderr.contains(token), "{}", ran.transcript());
        assert!(
            !ran.log.contains(token),
            "the log of `{}` holds the address",
            ran.line
        );
    }
}

#[test]
fn the_help_says_where_a_password_may_come_from() {
    let help = Desk::new().run("create-user --help");
    help.succeeds()
        .prints("--password-file <FILE>")
        .prints("[without it: DESKHAND_PASSWORD, then a prompt]");
}

#[test]
fn a_password_to_begin_with_comes_from_a_file_or_the_environment_and_is_never_seen() {
    let desk = || Desk::demo_of("remotepc").secret("S3cret-word");
    desk()
        .file("password", "S3cret-word\n")
        .run("create-user new@kestrel.example Ann Lee --password-file password --two-factor --force")
        .succeeds()
        .says("1 done");
    desk()
        .var("DESKHAND_PASSWORD", "S3cret-word")
        .run("create-user new@kestrel.example Ann Lee --force")
        .succeeds()
        .says("1 done");
    let desk = Desk::demo_of("realvnc")
        .var("DESKHAND_PASSWORD", "S3cret-word")
        .secret("S3cret-word");
    desk.run("create-user new@kestrel.example Ann Lee --force")
        .ends_with(2)
        .says("does not create users with passwords");
}

#[test]
fn computers_to_move_are_named_or_listed_in_a_file() {
    let desk = Desk::demo_of("remotepc").file("list.csv", "Name,Note\nDC-01,x\npump-house,y\n");
    desk.run("move-computers \"Spare pool\" old-nas --from list.csv --dry-run")
        .ends_with(6)
        .says("3 planned");
    desk.run("move-computers \"Spare pool\" --from list.csv --force --output text")
        .succeeds()
        .prints("DC-01\npump-house\n");
    desk.run("move-computers \"Spare pool\"")
        .ends_with(2)
        .says("--from");
    desk.run("move-computers \"Spare pool\" DC-01 --from list.csv")
        .ends_with(2)
        .says("'DC-01' is there twice");
}

#[test]
fn what_is_not_done_to_some_of_several_computers_is_told_and_ends_with_5() {
    let desk = Desk::demo_of("remotepc");
    desk.run("move-computers \"No such group\" DC-01 pump-house --force --output csv")
        .ends_with(5)
        .prints("move_to_group,DC-01,in No such group,failed,")
        .says("could not move 'pump-house' to the computer group 'No such group'")
        .says("2 failed");
    desk.run("assign-computers shane@myworld DC-01 DC-O1 --force")
        .ends_with(2)
        .prints_nothing()
        .says("did you mean `DC-01`?");
}

#[test]
fn a_name_is_cut_at_its_domain_by_the_standard_library() {
    let script = "import \"std/text\" as text;\n[\"PC-7.corp.example\", \"PC-7\", \".x\"].map(|name| text::host_of(name))\n";
    let ran = Desk::demo()
        .file("cut.rhai", script)
        .run("cut.rhai --output text");
    assert_eq!(ran.succeeds().stdout, "PC-7\nPC-7\n.x\n");
}
