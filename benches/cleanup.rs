//! What the clean-ups cost: the plans for a simulated team of 100,000 computers, in CPU, beside a native loop over the same
//! records.
//!
//! `cargo bench --bench cleanup` prints a table; a number behind `--` is another size: `cargo bench --bench cleanup -- 20000`.
//! Measured is `deskhand … --dry-run` as a user types it, against a simulator on the same machine. A run lists the fleet
//! twice: once for the script, and once for the guards, which believe nothing but what they have read. So a script that does
//! nothing but list is measured as well, and twice its cost is taken off to tell what the plan itself has cost: the script,
//! the guards, and printing what came of it. CPU is user and system time, of the program alone; memory is the most that it
//! held at a time. The native loop has the records as they are in memory, and only decides.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench is for people, and has nobody to hand an error to"
)]

mod native;

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use deskhand::clock::Clock;
use deskhand::sim::realvnc::{Options, Running, Server};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const SIZE: usize = 100_000;
const DAYS: i64 = 90;

/// A day on which nothing of the team has changed since it was made.
const NOW: &str = "2026-11-20T09:00:00Z";

/// Lists the fleet as the clean-ups do, and ends.
const LISTING: &str = "//! Lists.\nconst USES = [\"LIST_PRESENCE\", \"LIST_ENTRY_GROUPS\"];\n\
                       list_computers(#{ presence: true, groups: true });\n";

/// Decides as the shipped policy does, so that only the way to it differs.
const OWN: &str = "//! Mine.\n\
    import \"std:cleanup_policy\" as shipped;\n\
    /// Stale as shipped, but for kiosks.\n\
    fn is_stale(c, cutoff) { !c.name.starts_with(\"KIOSK-\") && shipped::is_stale(c, cutoff) }\n\
    /// One machine as shipped.\n\
    fn same_computer(a, b) { shipped::same_computer(a, b) }\n\
    /// Protected as shipped, or a kiosk.\n\
    fn protect_reason(c) { if c.name.starts_with(\"KIOSK-\") { \"a kiosk\" } else { shipped::protect_reason(c) } }\n";

/// What a run of the program has shown.
struct Measured {
    cpu: Duration,
    peak: u64,
    /// How many computers it would remove.
    removed: usize,
}

fn main() {
    let size = std::env::args()
        .find_map(|word| word.parse().ok())
        .unwrap_or(SIZE);
    let runtime = Runtime::new().unwrap();
    let mut options = Options::new(Clock::Frozen(NOW.parse().unwrap()));
    options.size = size;
    options.rate_limits = None;
    let team = runtime.block_on(Server::start(options)).unwrap();
    let desk = TempDir::new().unwrap();
    set_up(&team, desk.path());
    let run = |words: &[&str]| deskhand(&team, desk.path(), words);
    let period = format!("{DAYS}d");
    let listing = run(&["./listing.rhai"]);
    let fleet = native::fleet(&team.world());
    println!(
        "{size} computers; `native` is a loop over records in memory, `plan` the run without its two lists"
    );
    println!("                           removed    CPU s   plan s  each us  native ms  ratio  peak MB");
    row(size, "a list", &listing, None);
    for (name, words, native) in [
        (
            "stale",
            vec!["clean-stale-computers", &period, "--dry-run"],
            native::stale as native::Loop,
        ),
        (
            "duplicates",
            vec!["clean-duplicates", "--all", "--dry-run"],
            native::duplicates,
        ),
    ] {
        let (native, removed) = native::timed(native, &fleet, NOW.parse().unwrap(), DAYS);
        for (policy, more) in [("", &[][..]), (", policy laid over", &["--policy", "own.rhai"])] {
            let words: Vec<&str> = words.iter().chain(more).copied().collect();
            let measured = run(&words);
            assert_eq!(measured.removed, removed, "{name}: both decide alike");
            let plan = measured.cpu.saturating_sub(listing.cpu * 2);
            row(size, &format!("{name}{policy}"), &measured, Some((plan, native)));
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of some hundred thousands")]
fn row(size: usize, name: &str, measured: &Measured, plan: Option<(Duration, Duration)>) {
    let (cpu, peak) = (measured.cpu.as_secs_f64(), measured.peak / 1024);
    let Some((plan, native)) = plan else {
        let each = cpu * 1e6 / size as f64;
        println!(
            "{name:<30}  {:>2}  {cpu:>7.2}  {:>7}  {each:>7.1}  {:>9}  {:>5}  {peak:>7}",
            "-", "-", "-", "-"
        );
        return;
    };
    let (plan, native) = (plan.as_secs_f64(), native.as_secs_f64());
    println!(
        "{name:<26}  {:>6}  {cpu:>7.2}  {plan:>7.2}  {:>7.1}  {:>9.1}  {:>5.0}  {peak:>7}",
        measured.removed,
        plan * 1e6 / size as f64,
        native * 1e3,
        plan / native,
    );
}

fn set_up(team: &Running, desk: &Path) {
    let profile = format!(
        "default_profile = \"bench\"\n[profiles.bench]\nvendor = \"realvnc\"\nurl = \"{}\"\n\
         access_key = \"env:BENCH_ID,BENCH_KEY\"\n",
        team.base_url()
    );
    std::fs::create_dir(desk.join("config")).unwrap();
    std::fs::write(desk.join("config/config.toml"), profile).unwrap();
    std::fs::write(desk.join("listing.rhai"), LISTING).unwrap();
    std::fs::write(desk.join("own.rhai"), OWN).unwrap();
}

/// Runs the program until it ends, and looks now and then how much memory it holds.
fn deskhand(team: &Running, desk: &Path, words: &[&str]) -> Measured {
    let before = used();
    let mut child = Command::new(env!("CARGO_BIN_EXE_deskhand"))
        .args(words)
        .args(["--output", "csv"])
        .current_dir(desk)
        .env_clear()
        .env("DESKHAND_NOW", NOW)
        .env("DESKHAND_CONFIG_DIR", desk.join("config"))
        .env("DESKHAND_DATA_DIR", desk.join("data"))
        .env("DESKHAND_CACHE_DIR", desk.join("cache"))
        .env("BENCH_ID", team.access_key_id())
        .env("BENCH_KEY", team.access_key())
        .stdin(Stdio::null())
        .stdout(File::create(desk.join("rows")).unwrap())
        .stderr(File::create(desk.join("said")).unwrap())
        .spawn()
        .unwrap();
    let mut peak = 0;
    let status = loop {
        peak = peak.max(high_water(child.id()).unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let said = std::fs::read_to_string(desk.join("said")).unwrap();
    assert!(matches!(status.code(), Some(0 | 6)), "{said}");
    let rows = std::fs::read_to_string(desk.join("rows")).unwrap();
    Measured {
        cpu: used().checked_sub(before).unwrap(),
        peak,
        removed: rows
            .lines()
            .filter(|line| line.starts_with("remove_computer,"))
            .count(),
    }
}

/// Returns the most memory that a program has held, in KiB, while it runs.
fn high_water(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Returns what the programs that have ended have used of the processors; nothing where the system does not tell.
fn used() -> Duration {
    let ticks = || -> Option<u64> {
        let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
        // The name of the program may hold blanks; behind it come the state, which is the third field, and the others.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        Some(fields.get(13)?.parse::<u64>().ok()? + fields.get(14)?.parse::<u64>().ok()?)
    };
    // A tick is a hundredth of a second on every Linux.
    Duration::from_millis(ticks().unwrap_or(0) * 10)
}
