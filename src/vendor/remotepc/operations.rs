//! The operations of the API, and what each is for.

/// Each operation's name in errors and logs, and its purpose, to follow "could not". The vendor names its operations
/// only by the titles of its page, so that these names are deskhand's.
const OPERATIONS: [(&str, &str); 13] = [
    ("inviteUsers", "invite users"),
    ("createUser", "create a user"),
    ("deleteUsers", "remove users"),
    ("getUsers", "list users"),
    ("assignComputer", "assign computers"),
    ("unassignComputer", "unassign computers"),
    ("createGroup", "create a computer group"),
    ("removeComputers", "remove computers"),
    ("addComment", "comment a computer"),
    ("getDevices", "list computers"),
    ("getUsersDevices", "list the computers of a user"),
    ("moveComputers", "move computers to a group"),
    ("getConnectUrl", "make a connection URL"),
];

/// Returns the names of the operations.
pub fn operations() -> impl Iterator<Item = &'static str> {
    OPERATIONS.iter().map(|(id, _)| *id)
}

/// Returns what an operation is for, in words that can follow "could not"; `None` for what is no operation.
pub fn purpose(operation: &str) -> Option<&'static str> {
    OPERATIONS
        .iter()
        .find(|(id, _)| *id == operation)
        .map(|(_, purpose)| *purpose)
}

/// Returns what an operation is for, to follow "could not".
pub(super) fn doing(operation: &'static str) -> &'static str {
    purpose(operation).unwrap_or(operation)
}
