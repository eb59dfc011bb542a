//! The clean-ups: what they plan, that applying does just that, and that doing it again does nothing; and that a policy of the
//! user's decides with, and never over, the guards.

mod duplicates;
mod examples;
mod policy;
mod stale;
mod whose_policy;

use super::devices::{self, Account};
use super::fleet::{self, DAY, Fleet, Machine, ago, machine, refused};

/// Two hardware addresses of machines.
const A: &str = "E8-6A-64-00-00-01";
const B: &str = "E8-6A-64-00-00-02";
