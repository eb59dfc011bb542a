//! The 29 operations of the vendor's script, each with its argument, its flags and the standard script that does the same:
//! the one table that parsing, running, the help and the tests are made of.

use super::flags::Flag;

/// What an operation takes as its argument. The original has all of it in one pair of quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// Nothing.
    None,
    /// One text, which stands for what is said here: a name, a file, a period.
    One(&'static str),
    /// A computer's name and its new one.
    Rename,
    /// A group and a computer.
    GroupAndComputer,
    /// A group and a user's email address.
    GroupAndUser,
    /// An email address and the roles to invite it with.
    Invitation,
    /// An email address and the roles that the user is to have.
    Roles,
}

impl Argument {
    /// Returns what stands between the quotes, in the words of the help; nothing where there is no argument.
    pub fn placeholder(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::One(what) => Some(what),
            Self::Rename => Some("current,new"),
            Self::GroupAndComputer => Some("group,computer"),
            Self::GroupAndUser => Some("group,email"),
            Self::Invitation | Self::Roles => Some("email ROLE,ROLE"),
        }
    }
}

/// An operation of the original.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// The option that asks for it, without its dash.
    pub option: &'static str,
    /// What it takes.
    pub argument: Argument,
    /// What may stand beside it.
    pub flags: &'static [Flag],
    /// The standard script that does it.
    pub script: &'static str,
    /// What the script is told besides the argument and the flags.
    pub words: &'static [&'static str],
    /// The columns of its list, each with the flag that asks for it where it is not always there; none where the script
    /// chooses.
    pub columns: &'static [(&'static str, Option<Flag>)],
    /// The file that `-csv` writes.
    pub file: Option<&'static str>,
}

impl Operation {
    /// Tells whether it asks before it changes anything: those do for which the original had `-force`.
    pub fn asks(&self) -> bool {
        self.flags.contains(&Flag::Force)
    }

    /// Returns how it is typed, without its flags.
    pub fn typed(&self) -> String {
        match self.argument.placeholder() {
            None => format!("-{}", self.option),
            Some(placeholder) => format!("-{} \"{placeholder}\"", self.option),
        }
    }

    const fn new(option: &'static str, argument: Argument, script: &'static str) -> Self {
        Self {
            option,
            argument,
            flags: &[],
            script,
            words: &[],
            columns: &[],
            file: None,
        }
    }

    const fn flags(self, flags: &'static [Flag]) -> Self {
        Self { flags, ..self }
    }

    const fn words(self, words: &'static [&'static str]) -> Self {
        Self { words, ..self }
    }

    const fn columns(self, columns: &'static [(&'static str, Option<Flag>)]) -> Self {
        Self { columns, ..self }
    }

    const fn file(self, file: &'static str) -> Self {
        Self {
            file: Some(file),
            ..self
        }
    }
}

/// The column of a list of names.
const NAME: &[(&str, Option<Flag>)] = &[("Name", None)];

/// The flag of what asks first.
const FORCE: &[Flag] = &[Flag::Force];

/// All operations, in the order of the vendor's page.
pub static OPERATIONS: [Operation; 29] = [
    Operation::new("listcomputers", Argument::None, "list-computers")
        .flags(&[
            Flag::LastSeenTime,
            Flag::EntryId,
            Flag::WithGroups,
            Flag::UngroupedOnly,
            Flag::Csv,
            Flag::Table,
            Flag::GridView,
        ])
        .columns(&[
            ("Name", None),
            ("EntryID", Some(Flag::EntryId)),
            ("LastSeenTime", Some(Flag::LastSeenTime)),
            ("Groups", Some(Flag::WithGroups)),
        ])
        .file("Computers.csv"),
    Operation::new("renamecomputer", Argument::Rename, "rename-computer"),
    Operation::new(
        "renamecomputerlistbyname",
        Argument::One("file"),
        "rename-computers",
    ),
    Operation::new("findcomputer", Argument::One("name"), "find-computer"),
    Operation::new("removecomputer", Argument::One("name"), "remove-computer").flags(FORCE),
    Operation::new(
        "removecomputerlistbyname",
        Argument::One("file"),
        "remove-computers",
    )
    .flags(FORCE),
    Operation::new(
        "removecomputerlistbyid",
        Argument::One("file"),
        "remove-computers",
    )
    .words(&["--by-id"])
    .flags(FORCE),
    Operation::new(
        "cleanduplicates",
        Argument::One("name prefix"),
        "clean-duplicates",
    )
    .flags(FORCE),
    Operation::new("cleanallduplicates", Argument::None, "clean-duplicates")
        .words(&["--all"])
        .flags(FORCE),
    Operation::new(
        "cleanstalecomputers",
        Argument::One("period"),
        "clean-stale-computers",
    )
    .flags(FORCE),
    Operation::new("listcomputergroups", Argument::None, "list-computer-groups").columns(NAME),
    Operation::new("findcomputergroup", Argument::One("group"), "find-computer-group"),
    Operation::new(
        "listgroupsforcomputer",
        Argument::One("computer"),
        "list-groups-for-computer",
    )
    .columns(NAME),
    Operation::new(
        "groupaddcomputer",
        Argument::GroupAndComputer,
        "group-add-computer",
    ),
    Operation::new(
        "bulkgroupaddcomputer",
        Argument::One("file"),
        "group-add-computers",
    ),
    Operation::new(
        "groupremovecomputer",
        Argument::GroupAndComputer,
        "group-remove-computer",
    ),
    Operation::new("listauditevents", Argument::None, "list-audit-events")
        .flags(&[
            Flag::DateRange,
            Flag::ConnectionsOnly,
            Flag::Csv,
            Flag::Table,
            Flag::GridView,
        ])
        .columns(&[
            ("Time", None),
            ("Category", None),
            ("Type", None),
            ("User", None),
            ("Computer", None),
            ("Description", None),
            ("EventID", None),
        ])
        .file("Events.csv"),
    Operation::new("listpresence", Argument::None, "list-presence")
        .flags(&[Flag::Csv, Flag::Table, Flag::GridView])
        .columns(&[
            ("Name", None),
            ("Status", None),
            ("LastSeen", None),
            ("ServerID", None),
        ])
        .file("Presence.csv"),
    Operation::new("listusers", Argument::None, "list-users")
        .flags(&[
            Flag::UserId,
            Flag::WithGroups,
            Flag::UngroupedOnly,
            Flag::Csv,
            Flag::Table,
            Flag::GridView,
        ])
        .columns(&[
            ("Email", None),
            ("UserID", Some(Flag::UserId)),
            ("Groups", Some(Flag::WithGroups)),
        ])
        .file("Users.csv"),
    Operation::new("inviteuser", Argument::Invitation, "invite-user").flags(&[Flag::Groups]),
    Operation::new("updateuserroles", Argument::Roles, "update-user-roles"),
    Operation::new("finduser", Argument::One("email"), "find-user"),
    Operation::new("removeuser", Argument::One("email"), "remove-user"),
    Operation::new("listusergroups", Argument::None, "list-user-groups").columns(NAME),
    Operation::new("findusergroup", Argument::One("group"), "find-user-group"),
    Operation::new(
        "listgroupsforuser",
        Argument::One("email"),
        "list-groups-for-user",
    )
    .columns(NAME),
    Operation::new("groupadduser", Argument::GroupAndUser, "group-add-user"),
    Operation::new("bulkgroupadduser", Argument::One("file"), "group-add-users"),
    Operation::new("groupremoveuser", Argument::GroupAndUser, "group-remove-user"),
];
