//! The command line of `deskhand explain`.

use clap::Args;

/// The computer that is asked about.
#[derive(Debug, Clone, Args)]
pub struct Explain {
    /// The computer's display name
    pub computer: String,
    /// How long a computer has to be unseen to be stale
    #[arg(long, value_name = "PERIOD", default_value = "90d")]
    pub period: String,
    /// COMPUTER is the computer's id, not its name
    #[arg(long)]
    pub by_id: bool,
}
