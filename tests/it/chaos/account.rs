//! A simulated vendor with changes of every sort to be made to it.

use deskhand::fleet::Change;
use tokio::sync::OnceCell;

use super::calm::Calm;
use super::facts::Facts;

/// How long the vendor takes for an answer, in milliseconds: so long that several requests are under way at once.
pub(crate) const LATENCY: u64 = 12;

/// A customer of a vendor.
pub(crate) trait Account {
    /// Starts the vendor's server.
    async fn start() -> Self;

    /// Returns the place for what a run makes of it that nobody disturbs.
    fn calm() -> &'static OnceCell<Calm>;

    /// Returns where it is.
    fn url(&self) -> String;

    /// Returns the members of a profile that say how to get in, and the variables that hold the key.
    fn way_in(&self) -> (&'static str, Vec<(&'static str, String)>);

    /// Returns a script that plans changes of every sort, and applies them.
    fn script(&self) -> String;

    /// Returns changes that no script can plan.
    fn additions(&self) -> Vec<Change>;

    /// Returns all that is known of it.
    fn facts(&self) -> Facts;
}
