//! The fleet functions that write. Each makes a [`Change`](crate::fleet::Change) and hands it to the one door; none talks
//! to a vendor.

mod assignments;
mod computers;
mod groups;
mod users;

use super::function::Function;

/// The functions, by subject.
pub const FUNCTIONS: [&[Function]; 4] = [
    computers::FUNCTIONS,
    groups::FUNCTIONS,
    assignments::FUNCTIONS,
    users::FUNCTIONS,
];
