//! `read_group_computers` and `read_group_users`: who goes into which groups, by a file.

use std::collections::HashMap;
use std::path::Path;

use rhai::{Dynamic, Map};

use crate::fleet::{Computer, ComputerId, ComputerQuery, Error, Group, Kind, Result, User, UserId};
use crate::host::arguments::Arguments;
use crate::host::files::{bytes, unusable};
use crate::host::function::{Effect, Function};
use crate::host::options::Options;
use crate::host::records::{ComputerRecord, GroupRecord, UserRecord};
use crate::output::read::{self, Asked, Fault, Fields, Header, ReadError};

use super::who::{self, Sort, by_name, find};
use super::{ID, changes, meant, sound};

/// The column of the group.
const GROUP: &[&str] = &["GroupName", "Group"];

/// The option that names the group of the rows that name none.
const OPTIONS: &[&str] = &["group"];

/// The function for computers.
pub const COMPUTERS: Function = Function {
    name: "read_group_computers",
    parameters: &[("file", "string")],
    returns: "array of map",
    about: "Reads which computers go into which groups: CSV with a column `GroupName`, and `Name` or `EntryID` or both, in any order. \
            Returns a map for each row: `group`, `computer` and the row's `line`. Rows that name nobody or several, an id whose \
            name is another, and pairs that are there twice are one error that tells their lines. Where the key may not list \
            computers every row needs an `EntryID`, and the names are not checked.",
    example: "read_group_computers(\"new-groups.csv\").map(|row| `${row.computer.name} into ${row.group.name}`)",
    operations: &["listEntryGroups", "listEntries"],
    effect: Effect::Read,
    body: |call| computers(call, &Options::none(call)),
};

/// The function for computers that go into one group.
pub const COMPUTERS_INTO: Function = Function {
    name: "read_group_computers",
    parameters: &[("file", "string"), ("options", "map")],
    returns: "array of map",
    about: "As read_group_computers(file); with `group: \"name\"` the rows that name no group are for that one, and the file needs no \
            column `GroupName`.",
    example: "read_group_computers(\"new-groups.csv\", #{ group: \"Servers\" }).len",
    operations: &["listEntryGroups", "listEntries"],
    effect: Effect::Read,
    body: |call| computers(call, &call.options(1, OPTIONS)?),
};

fn computers(call: &Arguments<'_>, options: &Options) -> Result<Dynamic> {
    let file = File::read(call, options, [&["Name"], &[ID]])?;
    let groups = call.fleet.list(|reader| reader.computer_groups())?;
    let query = ComputerQuery::default();
    let computers = or_by_id(call, &file, call.fleet.list(|reader| reader.computers(&query)))?;
    let unread = |id: &str, name: Option<&String>| {
        let (vendor, profile) = (call.fleet.vendor(), call.fleet.profile().to_owned());
        let unread = Computer::unread(ComputerId::new(id), vendor, profile);
        Computer {
            name: name.cloned().unwrap_or_else(|| unread.name.clone()),
            ..unread
        }
    };
    let pairs = file.pairs(
        (&who::COMPUTER_GROUPS, &groups),
        &who::COMPUTERS,
        computers.as_deref(),
        unread,
    )?;
    Ok(maps("computer", pairs, |it| {
        Dynamic::from(ComputerRecord::from(it))
    }))
}

/// The function for users.
pub const USERS: Function = Function {
    name: "read_group_users",
    parameters: &[("file", "string")],
    returns: "array of map",
    about: "Reads which users go into which user groups: CSV with a column `GroupName`, and `Email` or `UserID` or both, in any order. \
            Returns a map for each row: `group`, `user` and the row's `line`; what is wrong is told as by read_group_computers. \
            Where the key may not list users every row needs a `UserID`, and the addresses are not checked.",
    example: "read_group_users(\"new-staff.csv\").map(|row| `${row.user.email} into ${row.group.name}`)",
    operations: &["listUserGroups", "listMembers"],
    effect: Effect::Read,
    body: |call| users(call, &Options::none(call)),
};

/// The function for users who go into one group.
pub const USERS_INTO: Function = Function {
    name: "read_group_users",
    parameters: &[("file", "string"), ("options", "map")],
    returns: "array of map",
    about: "As read_group_users(file); with `group: \"name\"` the rows that name no group are for that one, and the file needs no column \
            `GroupName`.",
    example: "read_group_users(\"new-staff.csv\", #{ group: \"All staff\" }).len",
    operations: &["listUserGroups", "listMembers"],
    effect: Effect::Read,
    body: |call| users(call, &call.options(1, OPTIONS)?),
};

fn users(call: &Arguments<'_>, options: &Options) -> Result<Dynamic> {
    let file = File::read(call, options, [&["Email", "Address"], &["UserID"]])?;
    let groups = call.fleet.list(|reader| reader.user_groups())?;
    let users = or_by_id(call, &file, call.fleet.list(|reader| reader.users()))?;
    let unread = |id: &str, email: Option<&String>| {
        User::unread(UserId::new(id), email.cloned(), call.fleet.profile().to_owned())
    };
    let pairs = file.pairs(
        (&who::USER_GROUPS, &groups),
        &who::USERS,
        users.as_deref(),
        unread,
    )?;
    Ok(maps("user", pairs, |it| Dynamic::from(UserRecord::from(it))))
}

/// A file of pairs: of each row a group's name, a member's name and a member's id.
struct File {
    name: String,
    rows: Vec<Fields>,
    faults: Vec<Fault>,
    /// The group of the rows that name none, where the script was told one.
    group: Option<String>,
}

/// A group and who goes into it, by the line of a file.
struct Pair<T> {
    line: usize,
    group: Group,
    member: T,
}

impl File {
    fn read(
        call: &Arguments<'_>,
        options: &Options,
        [name, id]: [&'static [&'static str]; 2],
    ) -> Result<Self> {
        let file = call.name(0)?;
        let group = options.text("group")?;
        let changes = changes();
        let meant = meant("group_add", &changes);
        let optional = |names| Asked {
            names,
            required: false,
        };
        let named = Asked {
            names: GROUP,
            required: group.is_none(),
        };
        let asked = [named, optional(name), optional(id)];
        let bytes = bytes(call, &file)?;
        let (rows, faults) = read::fields(Path::new(&file), &bytes, &asked, Header::Needed, &meant)
            .map_err(|error| unusable(&file, error))?;
        let names_nobody = |row: &Fields| row.values[1..].iter().all(Option::is_none);
        if !rows.is_empty() && rows.iter().all(names_nobody) {
            let why = format!("nothing stands in a column `{}` or `{}`", name[0], id[0]);
            let hint = Some("the first line says what each column holds".to_owned());
            return Err(unusable(&file, ReadError::Unreadable { why, hint }));
        }
        Ok(Self {
            name: file,
            rows,
            faults,
            group,
        })
    }

    /// Finds the group and the member of each row. Where the members could not be listed, each is made of its id.
    fn pairs<T: Clone>(
        self,
        (of_group, groups): (&Sort<Group>, &[Group]),
        sort: &Sort<T>,
        members: Option<&[T]>,
        unread: impl Fn(&str, Option<&String>) -> T,
    ) -> Result<Vec<Pair<T>>> {
        let mut faults = self.faults;
        let groups: Vec<&Group> = groups.iter().collect();
        if let Some(group) = &self.group {
            by_name(of_group, &groups, group).map_err(|why| Error::new(Kind::Invalid, why))?;
        }
        let members: Option<Vec<&T>> = members.map(|members| members.iter().collect());
        let mut pairs: Vec<Pair<T>> = Vec::with_capacity(self.rows.len());
        let mut lines: HashMap<(String, String), usize> = HashMap::new();
        for Fields { line, values } in self.rows {
            let [name, member, id] = [0, 1, 2].map(|at| values[at].as_ref());
            let group = match name.or(self.group.as_ref()) {
                Some(name) => by_name(of_group, &groups, name).cloned(),
                None => Err("`GroupName` is empty".to_owned()),
            };
            let member = match (&members, id) {
                (Some(members), id) => find(sort, members, (id, member)).cloned(),
                (None, Some(id)) => Ok(unread(id, member)),
                (None, None) => Err(format!("it says no id of a {}", sort.word)),
            };
            let (group, member) = match (group, member) {
                (Ok(group), Ok(member)) => (group, member),
                (group, member) => {
                    let whys = [group.err(), member.err()];
                    let why = whys.into_iter().flatten().collect::<Vec<_>>().join("; ");
                    faults.push(Fault::new(line, why));
                    continue;
                }
            };
            let key = (group.id.to_string(), (sort.id)(&member).to_owned());
            match lines.get(&key) {
                // A row that is the same letter by letter was found out when the file was read.
                Some(_) if faults.iter().any(|fault| fault.line == line) => {}
                Some(earlier) => {
                    let why = format!("it puts '{}' where line {earlier} does", (sort.name)(&member));
                    faults.push(Fault::new(line, why));
                }
                None => {
                    lines.insert(key, line);
                    pairs.push(Pair { line, group, member });
                }
            }
        }
        sound(&self.name, faults)?;
        Ok(pairs)
    }
}

/// Goes on without the list of those who are named where the key may not read it and every row has an id.
fn or_by_id<T>(call: &Arguments<'_>, file: &File, listed: Result<Vec<T>>) -> Result<Option<Vec<T>>> {
    match listed {
        Err(refused)
            if refused.kind == Kind::Permission && file.rows.iter().all(|row| row.values[2].is_some()) =>
        {
            let told = format!(
                "the names in `{}` are not checked against the ids: {refused}",
                file.name
            );
            (call.fleet.world().warn)(&told);
            Ok(None)
        }
        listed => listed.map(Some),
    }
}

fn maps<T>(word: &str, pairs: Vec<Pair<T>>, record: impl Fn(T) -> Dynamic) -> Dynamic {
    let maps = pairs.into_iter().map(|pair| {
        let line = i64::try_from(pair.line).unwrap_or(i64::MAX);
        Dynamic::from_map(Map::from_iter([
            ("group".into(), Dynamic::from(GroupRecord::from(pair.group))),
            (word.into(), record(pair.member)),
            ("line".into(), line.into()),
        ]))
    });
    Dynamic::from_array(maps.collect())
}
