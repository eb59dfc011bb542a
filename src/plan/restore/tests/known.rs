//! Which machine is which.

use super::*;
use crate::fleet::Change;
use crate::plan::Kept;
use crate::plan::fixtures::{computer, duplicate, remove, run};
use crate::plan::journal::{Standing, Word};

fn is_back(fate: &Fate) -> bool {
    matches!(fate, Fate::Back { .. })
}

#[test]
fn it_takes_host_name_and_hardware_address_to_know_a_machine() {
    let fleet = |change: fn(&mut Computer)| {
        let mut computer = back("9");
        change(&mut computer);
        [computer]
    };
    let record = record("1");
    assert!(is_back(&fate(&record, &fleet(|_| {}))));
    for (what, fleet) in [
        ("another host", fleet(|c| c.host = Some("back.lan".to_owned()))),
        ("no host", fleet(|c| c.host = None)),
        ("another address", fleet(|c| c.macs = vec![OTHER.to_owned()])),
        ("no address", fleet(|c| c.macs.clear())),
    ] {
        assert_eq!(fate(&record, &fleet), Fate::NotBack, "{what}");
    }
    assert_eq!(fate(&record, &[]), Fate::NotBack);
}

#[test]
fn a_record_that_tells_nothing_of_its_own_is_not_looked_for() {
    let mut unnamed = record("1");
    unnamed.host = Some(" ".to_owned());
    let Fate::Unrecognizable(why) = fate(&unnamed, &[back("9")]) else {
        panic!("it has no host name");
    };
    assert!(why.contains("no host name"), "{why}");
    // What programs made up may be that of another machine of the same image.
    for macs in [vec![], vec!["00:50:56:00:00:01".to_owned()]] {
        let bare = KeptComputer { macs, ..record("1") };
        let mut now = back("9");
        now.macs.extend(bare.macs.clone());
        let Fate::Unrecognizable(why) = fate(&bare, &[now]) else {
            panic!("it has no address of its own");
        };
        assert!(why.contains("no hardware address of its own"), "{why}");
    }
}

#[test]
fn an_address_that_goes_around_tells_no_machine() {
    let mut fleet: Vec<Computer> = (0..4).map(|n| back(&n.to_string())).collect();
    for computer in &mut fleet[1..] {
        computer.host = Some(format!("{}.lan", computer.id));
    }
    assert!(is_back(&fate(&record("9"), &fleet[..3])));
    assert!(matches!(fate(&record("9"), &fleet), Fate::Unrecognizable(_)));
}

#[test]
fn a_record_that_is_still_there_was_not_removed() {
    let fleet = [back("9"), back("1")];
    assert_eq!(fate(&record("1"), &fleet), Fate::NotRemoved(back("1").to_ref()));
    assert!(restored(&[record("1")], &fleet, &[]).proposals.is_empty());
}

#[test]
fn where_several_look_like_it_nothing_is_given_to_any() {
    let fleet = [back("8"), called("PC-7", back("9"))];
    let restore = restored(&[record("1")], &fleet, &[]);
    assert!(restore.proposals.is_empty());
    let both = fleet.iter().map(Computer::to_ref).collect();
    assert_eq!(restore.rows[0].fate, Fate::Several(both));
}

#[test]
fn who_was_removed_stands_in_the_journal() {
    let removal = |n: usize| Proposal {
        before: Some(Kept::Computer(Box::new(KeptComputer {
            id: computer(n).id.to_string(),
            name: computer(n).name,
            ..record("1")
        }))),
        ..remove(n)
    };
    let foreign = Proposal {
        before: removal(1).before,
        ..remove(4)
    };
    let rename = Proposal::of(Change::Rename {
        computer: computer(7),
        to: "B".to_owned(),
    });
    let removed = Removed::of(&run([
        (removal(1), Standing::Settled(Word::Done)),
        (removal(2), Standing::Settled(Word::Unknown)),
        (removal(3), Standing::InFlight),
        (foreign, Standing::Settled(Word::Done)),
        (remove(5), Standing::Settled(Word::Done)),
        (duplicate(6, 1), Standing::Settled(Word::Done)),
        (rename, Standing::Settled(Word::Done)),
        (removal(8), Standing::Settled(Word::Drifted)),
        (removal(9), Standing::Settled(Word::Failed)),
        (remove(10), Standing::Settled(Word::AlreadySo)),
        (remove(11), Standing::NotBegun),
    ]));
    let ids: Vec<&str> = removed.computers.iter().map(|kept| kept.id.as_str()).collect();
    assert_eq!(ids, ["c1", "c2", "c3"]);
    let left: Vec<String> = removed
        .left
        .iter()
        .map(|left| format!("{}: {}", left.change.target(), left.why))
        .collect();
    let unread = "the journal has no record of it, so that nobody knows what to look for";
    assert_eq!(
        left,
        [
            format!("PC-4: {unread}"),
            format!("PC-5: {unread}"),
            "PC-6: it was another record of 'PC-1', which stayed".to_owned()
        ]
    );
}
