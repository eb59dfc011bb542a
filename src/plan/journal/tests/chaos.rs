//! A run that is killed in the middle, resumed, and killed again: whatever it was promised is there.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;

use super::resuming::finish;
use super::*;
use crate::fleet::Outcome;
use crate::plan::journal::{Entry, Run, list};

/// Tells the process that is to be killed where to write.
const FOLDER: &str = "DESKHAND_TEST_JOURNAL";

const VICTIM: &str = "plan::journal::tests::chaos::the_victim_writes_until_it_is_killed";

/// After how many promises it is killed.
const MOMENTS: [usize; 12] = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 377];

#[tokio::test]
async fn what_was_promised_before_a_kill_is_there_after_it_and_the_rest_can_be_done() {
    for moment in MOMENTS {
        let folder = tempfile::tempdir().unwrap();
        let mut promised = kill_after(moment, folder.path());
        promised.add(kill_after(moment, folder.path()));
        let path = list(folder.path()).unwrap()[0].path.clone();
        let run = read(&path).unwrap();
        let numbers = |which: fn(&Entry) -> bool| -> BTreeSet<u64> {
            let entries = run.entries.iter().filter(|entry| which(entry));
            entries.map(|entry| entry.number.get()).collect()
        };
        let planned = numbers(|_| true);
        let begun = numbers(|entry| entry.begun.is_some());
        let settled = numbers(|entry| entry.came.is_some());
        assert_eq!(run.resumed.len(), 1);
        assert!(promised.planned.is_subset(&planned), "killed after {moment}");
        assert!(promised.intended.is_subset(&begun), "killed after {moment}");
        assert!(promised.settled.is_subset(&settled), "killed after {moment}");
        // Not there where it was killed before the first removal was begun.
        let csv = std::fs::read_to_string(path.with_extension("removed.csv")).unwrap_or_default();
        for entry in run
            .entries
            .iter()
            .filter(|entry| promised.intended.contains(&entry.number.get()))
        {
            let id = entry.proposal.change.target_id();
            assert!(csv.contains(&format!("\"{id}\"")), "killed after {moment}: {id}");
        }
        finish(&resume(&path), &run).await;
        assert_done_once(&path, &run);
    }
}

/// Asserts that all that was planned is done, what was done before stayed so, and no removal has two rows.
fn assert_done_once(path: &Path, before: &Run) {
    let after = read(path).unwrap();
    assert_eq!(after.counts().done, before.entries.len() as u64);
    let csv = std::fs::read_to_string(path.with_extension("removed.csv")).unwrap();
    for (was, is) in before.entries.iter().zip(&after.entries) {
        assert_eq!((was.number, &was.proposal), (is.number, &is.proposal));
        assert!(was.came.is_none() || was.came == is.came);
        let id = is.proposal.change.target_id();
        assert_eq!(csv.matches(&format!("\"{id}\"")).count(), 1, "{id}");
    }
}

#[derive(Default)]
struct Promised {
    planned: BTreeSet<u64>,
    intended: BTreeSet<u64>,
    settled: BTreeSet<u64>,
}

impl Promised {
    /// Adds what was promised later.
    fn add(&mut self, other: Self) {
        self.planned.extend(other.planned);
        self.intended.extend(other.intended);
        self.settled.extend(other.settled);
    }
}

/// Runs the victim, kills it once it has been promised so much, and returns all that it was promised.
fn kill_after(moment: usize, folder: &Path) -> Promised {
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args([VICTIM, "--exact", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut promised = Promised::default();
    let mut told = 0;
    for line in BufReader::new(victim.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let Some((what, number)) = line.split_once(' ') else {
            continue;
        };
        match what {
            "planned" => promised.planned.insert(number.parse().unwrap()),
            "intended" => promised.intended.insert(number.parse().unwrap()),
            "settled" => promised.settled.insert(number.parse().unwrap()),
            _ => continue,
        };
        told += 1;
        if told == moment {
            victim.kill().unwrap();
        }
    }
    victim.wait().unwrap();
    assert!(told >= moment, "it ended of its own accord after {told}");
    promised
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "runs until it is killed"]
async fn the_victim_writes_until_it_is_killed() {
    let Ok(folder) = std::env::var(FOLDER) else {
        return;
    };
    let folder = Path::new(&folder);
    let (journal, sitting) = match list(folder).unwrap().first() {
        None => (create_in(folder, 1), 0),
        Some(listed) => {
            let run = read(&listed.path).unwrap();
            let journal = resume(&listed.path);
            finish(&journal, &run).await;
            (journal, 1)
        }
    };
    let journal = Arc::new(journal);
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..8 {
        let journal = Arc::clone(&journal);
        tasks.spawn(async move {
            for round in 0.. {
                let first = ((sitting * 10 + task) * 100_000 + round) * 10;
                let many: Vec<Proposal> = (first..=first + task % 3).map(removal).collect();
                let numbers = journal.plan(&Notes::default(), &many).unwrap();
                say(numbers.iter().map(|number| format!("planned {number}")));
                begin(&journal, &numbers, &many).await.unwrap();
                say(numbers.iter().map(|number| format!("intended {number}")));
                for number in numbers {
                    journal.came(number, &Outcome::Done(None)).unwrap();
                    say([format!("settled {number}")]);
                }
            }
        });
    }
    tasks.join_all().await;
}

/// Says lines at once. Whoever listened has gone: there is nothing left to do.
fn say(lines: impl IntoIterator<Item = String>) {
    let text: String = lines
        .into_iter()
        .flat_map(|line| ["\n".to_owned(), line, "\n".to_owned()])
        .collect();
    std::io::stdout().lock().write_all(text.as_bytes()).unwrap();
    std::io::stdout().flush().unwrap();
}
