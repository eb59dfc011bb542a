//! What else can happen to a run: it is interrupted, or resumed while it is under way, elsewhere, too late, after a torn line,
//! or without a place for its journal.

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::calm::Calm;
use super::ordeal::Ordeal;
use super::realvnc::Team;
use super::remotepc::Enterprise;
use super::tap::{Moment, Point, Which};
use crate::terminal::screen::Terminal;

const RESUME: &str = "apply --resume last --force";

/// A run of a team that was killed in the middle.
async fn killed(calm: &Calm) -> Ordeal<Team> {
    let ordeal = Ordeal::begin().await;
    let ended = ordeal.run(
        ordeal.line,
        Some(Moment::at(Which::Number(calm.requests / 2), Point::Unanswered)),
    );
    assert_eq!(ended.code, None, "{}", ended.said);
    ordeal
}

/// Resumes a run, which has to end as if nothing had been.
fn resume(calm: &Calm, ordeal: &Ordeal<Team>, line: &str) {
    let ended = ordeal.run(line, None);
    calm.stands(ordeal, &ordeal.journal().unwrap(), &ended);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_was_killed_is_resumed_where_and_when_it_may_be_and_nowhere_else() {
    let calm = Calm::of::<Team>().await;
    let mut ordeal = killed(calm).await;
    let path = ordeal.desk.config_file();
    let config = std::fs::read_to_string(&path).unwrap();
    let elsewhere = config.replace(ordeal.tap.url(), "https://other.example");
    let other = format!(
        "{config}\n{}",
        config
            .replace("default_profile = \"acme\"\n", "")
            .replace("acme", "other")
    );
    std::fs::write(&path, elsewhere).unwrap();
    ordeal.desk.run(RESUME).ends_with(7).says("other.example");
    std::fs::write(&path, other).unwrap();
    ordeal
        .desk
        .run(&format!("{RESUME} --profile other"))
        .ends_with(7)
        .says("`acme`");
    ordeal.desk = ordeal.desk.var("DESKHAND_NOW", "2026-11-21T10:00:00Z");
    ordeal.desk.run(RESUME).ends_with(7).says("--allow-old-plan");
    // What a write leaves that was cut short.
    let journal = ordeal.path_of(&ordeal.journal().unwrap(), "jsonl");
    let mut journal = std::fs::OpenOptions::new().append(true).open(journal).unwrap();
    journal.write_all(b"8d4a1f02 {\"came\":{\"num").unwrap();
    resume(calm, &ordeal, &format!("{RESUME} --allow-old-plan"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_was_killed_while_its_plan_was_written_is_to_be_begun_anew() {
    let calm = Calm::of::<Team>().await;
    let ordeal = Ordeal::<Team>::begin().await;
    let begin = calm.journal.find("{\"planned\"").unwrap();
    let end = calm.journal.find("{\"intent\"").unwrap();
    std::fs::create_dir_all(ordeal.desk.journals()).unwrap();
    for (run, length) in [("1", begin), ("2", usize::midpoint(begin, end))] {
        let path = ordeal
            .desk
            .journals()
            .join(format!("20261120T09000{run}Z-acme-0000.jsonl"));
        std::fs::write(path, &calm.journal[..length]).unwrap();
        let resumed = ordeal.desk.run(RESUME);
        resumed
            .ends_with(2)
            .says("nothing of it was begun")
            .says("run it again: apply plan.json");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_is_under_way_is_not_resumed_beside_it() {
    let ordeal = Ordeal::<Enterprise>::begin().await;
    // Within the changes: the list of computers and the plan are behind it.
    ordeal
        .tap
        .watch_for(Some(Moment::at(Which::Number(20), Point::Unanswered)));
    let mut program = ordeal.program(ordeal.line, &ordeal.desk.desk().join("first.txt"));
    while !ordeal.tap.holds() {
        assert_eq!(program.try_wait().unwrap(), None, "it has ended");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    let refused = ordeal.desk.run(RESUME);
    refused.ends_with(7).says("it is still under way");
    program.kill().unwrap();
    program.wait().unwrap();
    ordeal.tap.watch_for(None);
    // The lock has gone with the one that held it.
    let ended = ordeal.run(RESUME, None);
    assert!(matches!(ended.code, Some(0 | 5)), "{}", ended.said);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interrupted_run_ends_what_is_in_flight_and_is_gone_on_with_later() {
    let calm = Calm::of::<Team>().await;
    let ordeal = Ordeal::<Team>::begin().await;
    ordeal.tap.watch_for(Some(Moment::at(
        Which::Number(calm.requests / 2),
        Point::Answered,
    )));
    let mut terminal = Terminal::open(&ordeal.desk, ordeal.line, 100);
    while !ordeal.tap.holds() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    terminal.types("\u{3}");
    terminal.shows("finished first");
    ordeal.tap.watch_for(None);
    assert_eq!(terminal.ends(), 130, "{}", terminal.screen());
    let counts = ordeal.journal().unwrap().counts();
    assert_eq!((counts.in_flight, counts.unknown), (0, 0), "{counts:?}");
    assert!(counts.not_begun > 0, "{counts:?}");
    resume(calm, &ordeal, RESUME);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_journal_finds_no_more_room_nothing_more_is_sent_until_it_does() {
    let calm = Calm::of::<Team>().await;
    let ordeal = Ordeal::<Team>::begin().await;
    // Room for the plan and for a half of what comes after it; in blocks of 512 bytes.
    let begin = calm.journal.find("{\"intent\"").unwrap();
    let blocks = usize::midpoint(begin, calm.journal.len()) / 512;
    let full = Command::new("/bin/sh")
        .arg("-c")
        .arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""))
        .arg(env!("CARGO_BIN_EXE_deskhand"))
        .args(ordeal.desk.words(ordeal.line))
        .current_dir(ordeal.desk.desk())
        .env_clear()
        .envs(ordeal.desk.vars().iter().cloned())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(full.stderr).unwrap();
    let counts = ordeal.journal().unwrap().counts();
    println!("{said}\n{counts:?}");
    assert_eq!(full.status.code(), Some(5), "{said}");
    assert!(said.contains("the journal"), "{said}");
    assert!(counts.done > 0 && counts.not_begun > 0, "{counts:?}");
    resume(calm, &ordeal, RESUME);
}
