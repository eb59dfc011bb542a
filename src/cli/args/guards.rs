//! The options about how much may be changed, and how fast.

use std::path::PathBuf;

use clap::Args;

/// What the user allows beyond the rule, of every command.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct Guards {
    /// Allow a run to remove this many computers
    ///
    /// By itself a run removes at most 50 computers, and at most 10 % of the fleet (though always 3). With more it is refused
    /// whole, before the first is removed; the refusal says how many there are. --force does not lift this.
    #[arg(long, global = true, value_name = "N")]
    pub max_removals: Option<u32>,
    /// Allow computers to be removed that were seen only a short while ago
    ///
    /// By itself a removal for age is refused under 2 days (RealVNC Connect) or 30 days (RemotePC Enterprise).
    #[arg(long, global = true)]
    pub allow_short_period: bool,
    /// Have this many requests under way at the same time, 1 to 64
    ///
    /// Without it as many as the profile says, else 8. A vendor that says it is asked too often is asked more slowly.
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=64))]
    pub jobs: Option<u8>,
    /// Clean up by the functions in this file, each in the place of deskhand's own
    ///
    /// What a clean-up takes for a duplicate, and what for stale. Without it the file that the profile names as `policy`, else
    /// `cleanup_policy.rhai` in the folder `stdlib` of the configuration. The guards hold whatever it says.
    #[arg(long, global = true, value_name = "FILE")]
    pub policy: Option<PathBuf>,
}

impl Guards {
    /// Returns these options with those that were given later laid over them.
    #[must_use]
    pub fn then(self, later: Self) -> Self {
        Self {
            max_removals: later.max_removals.or(self.max_removals),
            allow_short_period: later.allow_short_period || self.allow_short_period,
            jobs: later.jobs.or(self.jobs),
            policy: later.policy.or(self.policy),
        }
    }
}
