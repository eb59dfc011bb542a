//! Killed at any moment, and resumed: the world ends as after a calm run, and nothing is done twice.
//!
//! The moments are drawn from seeds. For others than those of each test run: `DESKHAND_CHAOS_RUNS=50 cargo test --test it
//! chaos::at_any -- --ignored`, with `DESKHAND_CHAOS_SEED` for where they begin.

mod account;
mod calm;
mod facts;
mod in_flight;
mod ordeal;
mod outside;
mod realvnc;
mod remotepc;
mod tap;

use account::Account;
use calm::Calm;
use ordeal::Ordeal;
use realvnc::Team;
use remotepc::Enterprise;

/// The seeds of each test run.
const SEEDS: std::ops::Range<u64> = 0..2;

async fn suffers<A: Account>(seeds: impl Iterator<Item = u64>) {
    let calm = Calm::of::<A>().await;
    for seed in seeds {
        Ordeal::<A>::suffer(calm, seed).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_that_was_left_in_the_middle_is_in_the_end_as_after_a_calm_run() {
    suffers::<Team>(SEEDS).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_was_left_in_the_middle_is_in_the_end_as_after_a_calm_run() {
    suffers::<Enterprise>(SEEDS).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes, and is another one each time"]
async fn at_any_moment() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    let first = number("DESKHAND_CHAOS_SEED").unwrap_or_else(|| fastrand::u64(..u64::MAX / 2));
    let seeds = first..first + number("DESKHAND_CHAOS_RUNS").unwrap_or(50);
    suffers::<Team>(seeds.clone()).await;
    suffers::<Enterprise>(seeds).await;
}
