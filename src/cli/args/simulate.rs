//! What was typed after `deskhand simulate`.

use clap::{Args, ValueEnum};

use crate::sim::{DEFAULT_SEED, DEFAULT_SIZE};

use super::Demo;

/// The options of `deskhand simulate`.
#[derive(Debug, Clone, Args)]
pub struct Simulate {
    /// Simulate this vendor
    #[arg(long, value_enum, default_value_t = Demo::Realvnc)]
    pub vendor: Demo,
    /// Listen on this port of 127.0.0.1; 0 picks a free one
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Make the team from this seed; the same seed gives the same team all day (UTC)
    #[arg(long, default_value_t = DEFAULT_SEED)]
    pub seed: u64,
    /// Make a team of so many computers
    #[arg(long, default_value_t = DEFAULT_SIZE)]
    pub size: usize,
    /// Wait so many milliseconds before each answer
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub latency: u64,
    /// Let session tokens end after so many seconds [default: 3600]
    #[arg(long, value_name = "S", help_heading = "With --vendor realvnc")]
    pub token_ttl: Option<u64>,
    /// Take a permission from the access key; may be given several times
    #[arg(long, value_name = "PERMISSION", help_heading = "With --vendor realvnc")]
    pub deny: Vec<String>,
    /// Look here for the page that a list is asked for [default: both]
    #[arg(
        long,
        value_enum,
        value_name = "WHERE",
        help_heading = "With --vendor remotepc"
    )]
    pub paging: Option<Paging>,
    /// Refuse every request, as from an address that may not call
    #[arg(long, help_heading = "With --vendor remotepc")]
    pub not_whitelisted: bool,
}

/// Where the simulated RemotePC looks for the page that a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Paging {
    /// In the JSON body of the GET, as the vendor's page has it
    Body,
    /// In the query string
    Query,
    /// In the body, else in the query string
    Both,
    /// In the query string, and a GET with a body is refused
    RefuseBody,
}
