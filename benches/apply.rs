//! How fast a plan is applied: the program against a simulated team that takes 50 ms for each answer.
//!
//! `cargo bench --bench apply` prints a table; numbers behind `--` are the jobs to try instead: `cargo bench --bench apply -- 32`.
//! What is measured is `deskhand apply plan.json` as a user types it, with its journal on the disk of the temporary directory:
//! first until the list of computers is read, which goes page by page, then until all changes are made. The simulator runs
//! beside it, on the same processors. What the changes wait for the journal is in the log: it is told as a part of what all
//! jobs took together.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench is for people, and has nobody to hand an error to"
)]

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use deskhand::clock::Clock;
use deskhand::sim::realvnc::{Entry, Operation, Options, Running, Server};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// How long the simulated vendor takes for each answer.
const LATENCY: Duration = Duration::from_millis(50);

/// How many changes are made with so many jobs: each run takes some ten seconds at best.
const CHANGES_PER_JOB: usize = 2_000 / 32;
const JOBS: [usize; 3] = [1, 8, 32];

/// How many computers the team has.
const SIZE: usize = 2_400;

/// What one run has shown.
struct Measured {
    changes: usize,
    /// How many calls the changes took.
    calls: u64,
    /// How long it took to begin, and to read the list of the fleet: page after page, whatever the jobs.
    before: Duration,
    /// How long the changes took.
    took: Duration,
    /// How long the changes have waited for the journal, all together.
    journal: Duration,
    /// What the program has used of the processors, where the system tells.
    cpu: Option<Duration>,
}

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let jobs = if asked.is_empty() { JOBS.to_vec() } else { asked };
    println!(
        "renames, {} ms for each answer; a sync of the disk takes {:.1} ms",
        LATENCY.as_millis(),
        sync_ms()
    );
    println!("jobs  changes  reading s  calls each  ideal s  real s  ratio  journal  processor s");
    let runtime = Runtime::new().unwrap();
    for jobs in jobs {
        let measured = measure(&runtime, jobs, CHANGES_PER_JOB * jobs);
        print(jobs, &measured);
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of some thousands")]
fn print(jobs: usize, measured: &Measured) {
    let Measured {
        changes,
        calls,
        before,
        took,
        journal,
        cpu,
    } = measured;
    let ideal = *calls as f64 * LATENCY.as_secs_f64() / jobs as f64;
    println!(
        "{jobs:>4}  {changes:>7}  {:>9.2}  {:>10.2}  {ideal:>7.2}  {:>6.2}  {:>5.2}  {:>6.1}%  {:>11}",
        before.as_secs_f64(),
        *calls as f64 / *changes as f64,
        took.as_secs_f64(),
        took.as_secs_f64() / ideal,
        100.0 * journal.as_secs_f64() / (took.as_secs_f64() * jobs as f64),
        cpu.map_or_else(|| "-".to_owned(), |cpu| format!("{:.2}", cpu.as_secs_f64())),
    );
}

/// Plans renames, and applies them.
fn measure(runtime: &Runtime, jobs: usize, changes: usize) -> Measured {
    let mut options = Options::new(Clock::System);
    options.size = SIZE;
    options.rate_limits = None;
    options.latency = LATENCY;
    let team = runtime.block_on(Server::start(options)).unwrap();
    let desk = TempDir::new().unwrap();
    let script = format!(
        "//! Renames.\nlet p = plan();\nlet n = 0;\n\
         for c in list_computers() {{ if n < {changes} {{ p.rename(c, `BENCH-${{n}}`); n += 1; }} }}\np.apply()\n"
    );
    std::fs::write(desk.path().join("renames.rhai"), script).unwrap();
    let profile = format!(
        "default_profile = \"bench\"\n[profiles.bench]\nvendor = \"realvnc\"\nurl = \"{}\"\n\
         access_key = \"env:BENCH_ID,BENCH_KEY\"\n",
        team.base_url()
    );
    std::fs::create_dir(desk.path().join("config")).unwrap();
    std::fs::write(desk.path().join("config/config.toml"), profile).unwrap();
    deskhand(
        &team,
        desk.path(),
        &["./renames.rhai", "--plan-out", "plan.json"],
        6,
    );
    let (reads, used) = (team.received(Operation::ReadEntry), used());
    let jobs = jobs.to_string();
    let words = [
        "apply",
        "plan.json",
        "--jobs",
        &jobs,
        "--log-file",
        "log",
        "--output",
        "json",
    ];
    let (before, took) = deskhand(&team, desk.path(), &words, 0);
    let is_renamed = |entry: &&Entry| entry.name.starts_with("BENCH-");
    assert_eq!(team.world().entries().iter().filter(is_renamed).count(), changes);
    Measured {
        changes,
        calls: team.received(Operation::ReadEntry) - reads + team.received(Operation::UpdateEntry),
        before,
        took,
        journal: waited(&desk.path().join("log")),
        cpu: used.and_then(|before| self::used()?.checked_sub(before)),
    }
}

/// Runs the program, which has to end with a code. Returns how long it took until it read a computer by itself, which is how
/// a change begins, and how long after that.
fn deskhand(team: &Running, desk: &Path, words: &[&str], code: i32) -> (Duration, Duration) {
    let (begin, reads) = (Instant::now(), team.received(Operation::ReadEntry));
    let mut child = Command::new(env!("CARGO_BIN_EXE_deskhand"))
        .args(words)
        .current_dir(desk)
        .env_clear()
        .env("DESKHAND_CONFIG_DIR", desk.join("config"))
        .env("DESKHAND_DATA_DIR", desk.join("data"))
        .env("DESKHAND_CACHE_DIR", desk.join("cache"))
        .env("BENCH_ID", team.access_key_id())
        .env("BENCH_KEY", team.access_key())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(desk.join("said")).unwrap())
        .spawn()
        .unwrap();
    let mut before = None;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if before.is_none() && team.received(Operation::ReadEntry) > reads {
            before = Some(begin.elapsed());
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let said = std::fs::read_to_string(desk.join("said")).unwrap();
    assert_eq!(status.code(), Some(code), "{said}");
    let before = before.unwrap_or_default();
    (before, begin.elapsed().saturating_sub(before))
}

/// Adds up what the log says of waiting for the journal.
fn waited(log: &Path) -> Duration {
    let log = std::fs::read_to_string(log).unwrap();
    let micros = log
        .lines()
        .filter(|line| line.contains("deskhand::plan: journal"))
        .filter_map(|line| {
            let (_, rest) = line.split_once("waited=")?;
            rest.split(' ').next()?.parse::<u64>().ok()
        });
    Duration::from_micros(micros.sum())
}

/// Returns what the programs that have ended have used of the processors.
fn used() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program may hold blanks; behind it come the state, which is the third field, and the others.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u64 = fields.get(13)?.parse::<u64>().ok()? + fields.get(14)?.parse::<u64>().ok()?;
    // A tick is a hundredth of a second on every Linux.
    Some(Duration::from_millis(ticks * 10))
}

/// Measures how long the disk of the temporary directory takes to be sure of a line.
fn sync_ms() -> f64 {
    const TIMES: u32 = 50;
    let mut file = tempfile::tempfile().unwrap();
    let begin = Instant::now();
    for _ in 0..TIMES {
        file.write_all(&[b'x'; 200]).unwrap();
        file.sync_data().unwrap();
    }
    begin.elapsed().as_secs_f64() * 1000.0 / f64::from(TIMES)
}
