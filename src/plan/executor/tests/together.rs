//! Several changes at once: looked at together, sent in as few calls as the vendor takes, each with an outcome of its own.

use super::stage::Stage;
use super::stage::Step::{Ask, Look, Sent};
use super::{computer, counts, decide, lost, make_all, other, rename, renames};
use crate::fleet::{Attempt, Change, Error, Kind, NewUser, Observed, Outcome, SignIn, UserId, UserRef};
use crate::plan::{Proposal, Rules, Tally};
use crate::secret::Secret;

const BEFORE: fn() -> crate::fleet::Result<Observed> = || Ok(Observed::Before);

fn new_user() -> Change {
    Change::CreateUser(NewUser {
        username: "ann@kestrel.example".to_owned(),
        first_name: "Ann".to_owned(),
        last_name: "Other".to_owned(),
        password: Secret::new("S3cret-word"),
        sign_in: SignIn::default(),
    })
}

fn connect_url() -> Change {
    Change::ConnectUrl {
        computer: computer(),
        user: UserRef {
            id: UserId::new("ann"),
            email: "ann".to_owned(),
        },
    }
}

#[tokio::test(start_paused = true)]
async fn what_goes_together_is_looked_at_and_sent_at_once() {
    let changes = renames(3);
    let looks = (0..6).map(|_| BEFORE()).chain([Ok(Observed::After)]);
    let stage = Stage::new(looks, vec![Attempt::Done(None); 3]);
    let door = stage.door(Rules::default());
    assert_eq!(make_all(&door, &changes).await, vec![Outcome::Done(None); 3]);
    assert_eq!(stage.steps(), [Look, Ask, Look, Sent, Look]);
    assert_eq!(door.tally().done, 3);
}

/// What is seen of so many changes before anything is sent, and of the first call of three before and after it.
fn looks_of_the_first_call(changes: usize) -> impl Iterator<Item = crate::fleet::Result<Observed>> {
    (0..changes + 3)
        .map(|_| BEFORE())
        .chain((0..3).map(|_| Ok(Observed::After)))
}

#[tokio::test(start_paused = true)]
async fn what_does_not_fit_into_one_call_goes_with_the_next() {
    let looks = looks_of_the_first_call(5).chain([BEFORE(), BEFORE(), Ok(Observed::After)]);
    let stage = Stage::new(looks, vec![Attempt::Done(None); 5]);
    let door = stage.door(Rules::default());
    assert_eq!(make_all(&door, &renames(5)).await, vec![Outcome::Done(None); 5]);
    assert_eq!(stage.steps(), [Look, Ask, Look, Sent, Look, Look, Sent, Look]);
    assert_eq!(door.tally().done, 5);
}

#[tokio::test(start_paused = true)]
async fn what_changes_while_an_earlier_call_is_made_is_left_alone() {
    let looks = looks_of_the_first_call(6).chain([
        Ok(other()),
        BEFORE(),
        Ok(Observed::After),
        // Read back: the one that was sent.
        Ok(Observed::After),
    ]);
    let stage = Stage::new(looks, vec![Attempt::Done(None); 4]);
    let door = stage.door(Rules::default());
    let outcomes = make_all(&door, &renames(6)).await;
    assert!(matches!(outcomes[3], Outcome::Drifted { .. }), "{outcomes:?}");
    assert_eq!(outcomes[4..], [Outcome::Done(None), Outcome::AlreadySo]);
    let expected = Tally {
        done: 4,
        already_so: 1,
        failed: 1,
        ..Tally::default()
    };
    assert_eq!(counts(&door), expected);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_after_a_call_that_was_turned_away() {
    for (kind, goes_on) in [
        (Kind::Auth, false),
        (Kind::Permission, false),
        (Kind::RateLimited, false),
        (Kind::NotFound, true),
    ] {
        let no = || Attempt::Failed(Error::new(kind, "no").hint("do this"));
        let looks = (0..12).map(|_| BEFORE()).chain([Ok(Observed::After)]);
        let stage = Stage::new(looks, [no(), no(), no(), lost()]);
        let door = stage.door(Rules::default());
        let outcomes = make_all(&door, &renames(4)).await;
        if goes_on {
            assert_eq!(stage.steps().iter().filter(|step| **step == Sent).count(), 2);
            continue;
        }
        assert_eq!(stage.steps(), [Look, Ask, Look, Sent]);
        let Outcome::Failed(error) = &outcomes[3] else {
            panic!("{outcomes:?}")
        };
        assert_eq!((error.kind, error.hint.as_deref()), (kind, Some("do this")));
        assert!(error.message.contains("it was not sent"), "{error}");
        assert_eq!(door.tally().failed, 4);
    }
}

#[tokio::test(start_paused = true)]
async fn a_vendor_that_tells_of_fewer_than_were_sent_leaves_the_rest_unknown() {
    let stage = Stage::new([Ok(Observed::Unseen)], []);
    let door = stage.door(Rules::default());
    let outcomes = door
        .conclude(&[rename(), rename()], vec![Attempt::Done(None)])
        .await;
    assert_eq!(outcomes[0], Outcome::Done(None));
    assert!(matches!(outcomes[1..], [Outcome::Unknown(_)]), "{outcomes:?}");
}

#[tokio::test(start_paused = true)]
async fn each_has_its_own_outcome() {
    let no = Error::new(Kind::Vendor, "no");
    let looks = [
        BEFORE(),
        Ok(Observed::After),
        Ok(other()),
        BEFORE(),
        // After the question: those that are still open.
        BEFORE(),
        BEFORE(),
        // Read back: the one that was not refused.
        Ok(Observed::After),
    ];
    let stage = Stage::new(looks, [Attempt::Failed(no.clone()), lost()]);
    let door = stage.door(Rules::default());
    let outcomes = make_all(&door, &renames(4)).await;
    assert_eq!(outcomes[0], Outcome::Failed(no));
    assert_eq!(outcomes[1], Outcome::AlreadySo);
    assert!(matches!(outcomes[2], Outcome::Drifted { .. }), "{outcomes:?}");
    assert!(matches!(outcomes[3], Outcome::Done(Some(_))), "{outcomes:?}");
    let expected = Tally {
        done: 1,
        already_so: 1,
        failed: 2,
        ..Tally::default()
    };
    assert_eq!(counts(&door), expected);
}

#[tokio::test(start_paused = true)]
async fn one_that_may_not_be_made_stops_all() {
    let stage = Stage::new([], []);
    let door = stage.door(Rules {
        writes: Some(vec!["rename".to_owned()]),
        ..Rules::default()
    });
    let error = decide(&door, &[rename(), new_user()]).await.err().unwrap();
    assert_eq!(error.kind, Kind::Refused);
    assert_eq!((stage.steps(), door.tally()), (vec![], Tally::default()));
}

#[tokio::test(start_paused = true)]
async fn an_interruption_ends_it_between_two_calls() {
    let looks = looks_of_the_first_call(4);
    let stage = Stage::new(looks, vec![Attempt::Done(None); 4]);
    let door = stage.door(Rules::default());
    let decided = decide(&door, &renames(4)).await.unwrap();
    let sent = || stage.steps().contains(&Sent);
    let outcomes = door.carry_out(decided, &|| !sent()).await;
    assert_eq!(outcomes[..3], vec![Some(Outcome::Done(None)); 3]);
    assert_eq!(outcomes[3], None);
    assert_eq!(stage.steps(), [Look, Ask, Look, Sent, Look]);
    assert_eq!(door.tally().unsent, [Proposal::of(renames(4).remove(3))]);
}

#[tokio::test(start_paused = true)]
async fn an_interruption_while_the_next_targets_are_looked_at_ends_it_too() {
    let looks = looks_of_the_first_call(4).chain([BEFORE()]);
    let stage = Stage::new(looks, vec![Attempt::Done(None); 4]);
    let door = stage.door(Rules::default());
    let decided = decide(&door, &renames(4)).await.unwrap();
    let seen = || stage.steps().iter().filter(|step| **step == Look).count();
    let outcomes = door.carry_out(decided, &|| seen() < 4).await;
    assert_eq!(outcomes[3], None);
    assert_eq!(stage.steps(), [Look, Ask, Look, Sent, Look, Look]);
}

#[tokio::test(start_paused = true)]
async fn what_nobody_can_see_is_done_if_the_vendor_says_so_and_unknown_if_nobody_does() {
    for (attempt, done) in [(Attempt::Done(None), true), (lost(), false)] {
        let stage = Stage::new([Ok(Observed::Unseen)], [attempt]);
        let door = stage.door(Rules::default());
        let outcome = make_all(&door, &[rename()]).await.remove(0);
        assert_eq!(outcome == Outcome::Done(None), done);
        assert_eq!(matches!(outcome, Outcome::Unknown(_)), !done);
        assert_eq!(stage.steps(), [Look, Ask, Look, Sent, Look]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_secret_is_handed_out_without_a_question_but_not_in_a_dry_run() {
    let secret = Secret::new("https://vendor.example/once");
    let stage = Stage::new([Ok(Observed::Unseen)], [Attempt::Issued(secret.clone())]);
    let door = stage.door(Rules::default());
    assert_eq!(make_all(&door, &[connect_url()]).await, [Outcome::Issued(secret)]);
    assert_eq!(stage.steps(), [Look, Sent]);
    assert_eq!(counts(&door), Tally::default());
    let stage = Stage::new([Ok(Observed::Unseen)], []);
    let door = stage.door(Rules {
        dry_run: true,
        ..Rules::default()
    });
    assert_eq!(make_all(&door, &[connect_url()]).await, [Outcome::Planned]);
}

#[test]
fn what_must_not_happen_twice_is_not_called_undone_because_it_does_not_show() {
    use crate::plan::verdict::verdict;
    let outcome = verdict(&new_user(), lost(), Ok(Observed::Before));
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    let outcome = verdict(&rename(), lost(), Ok(Observed::Before));
    assert!(matches!(outcome, Outcome::Failed(_)), "{outcome:?}");
}

#[tokio::test]
async fn what_the_vendor_lacks_is_said_before_anything_is_looked_at() {
    let stage = Stage::new([], []);
    let roles = Change::UpdateRoles {
        user: UserRef {
            id: UserId::new("ann"),
            email: "ann".to_owned(),
        },
        from: vec![],
        to: vec![],
    };
    let door = stage.door(Rules::default());
    let error = decide(&door, &[rename(), roles.clone()]).await.err().unwrap();
    assert_eq!(error.kind, Kind::Unsupported);
    let door = stage.door(Rules {
        read_only: Some("--read-only was given".to_owned()),
        ..Rules::default()
    });
    let refused = decide(&door, &[roles]).await.err().unwrap();
    assert_eq!(refused.kind, Kind::Refused);
    assert!(stage.steps().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_user_who_is_there_before_one_of_that_name_is_made_is_a_conflict_and_one_who_is_there_afterwards_is_done()
 {
    for rules in [
        Rules::default(),
        Rules {
            dry_run: true,
            ..Rules::default()
        },
    ] {
        let stage = Stage::new([Ok(Observed::After)], []);
        let door = stage.door(rules);
        let outcomes = make_all(&door, &[new_user()]).await;
        let [Outcome::Failed(error)] = outcomes.as_slice() else {
            panic!("{outcomes:?}")
        };
        assert_eq!(error.kind, Kind::Conflict);
        assert!(error.message.contains("a user of that name exists"), "{error}");
        assert_eq!(stage.steps(), [Look]);
    }
    for attempt in [Attempt::Done(None), lost()] {
        let stage = Stage::new([BEFORE(), BEFORE(), Ok(Observed::After)], [attempt]);
        let outcomes = make_all(&stage.door(Rules::default()), &[new_user()]).await;
        assert!(matches!(outcomes[..], [Outcome::Done(_)]), "{outcomes:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_invitation_that_is_out_without_its_groups_is_unknown_and_says_so() {
    let invite = Change::InviteUser {
        email: "ann@kestrel.example".to_owned(),
        roles: vec![],
        sign_in: SignIn::default(),
        groups: vec![],
    };
    let seen = Observed::Other {
        was: "not in the team".to_owned(),
        now: "a user who is not in the user group 'Sales'".to_owned(),
    };
    let error = Error::new(
        Kind::NotFound,
        "'ann@kestrel.example' was invited, and not put into the user group 'Sales': it is gone",
    );
    let stage = Stage::new(
        [BEFORE(), BEFORE(), Ok(seen.clone())],
        [Attempt::Unknown(error.clone())],
    );
    let outcomes = make_all(&stage.door(Rules::default()), std::slice::from_ref(&invite)).await;
    let [Outcome::Unknown(told)] = outcomes.as_slice() else {
        panic!("{outcomes:?}")
    };
    assert!(told.message.starts_with(&error.message), "{told}");
    assert!(
        told.message.contains("shows a user who is not in the user group"),
        "{told}"
    );
    // Asked for again, it is left alone.
    let stage = Stage::new([Ok(seen)], []);
    let outcomes = make_all(&stage.door(Rules::default()), &[invite]).await;
    assert!(matches!(outcomes[..], [Outcome::Drifted { .. }]), "{outcomes:?}");
    assert_eq!(stage.steps(), [Look]);
}

#[tokio::test(start_paused = true)]
async fn many_that_nobody_waits_for_are_looked_at_only_before_they_are_sent() {
    let call = || {
        (0..3)
            .map(|_| BEFORE())
            .chain((0..3).map(|_| Ok(Observed::After)))
    };
    let looks = [BEFORE(), BEFORE(), Ok(Observed::After)];
    let looks = looks.into_iter().chain((0..3).flat_map(|_| call()));
    let stage = Stage::new(looks, vec![Attempt::Done(None); 10]);
    let door = stage.door(Rules::default());
    make_all(&door, &[rename()]).await;
    assert_eq!(stage.steps(), [Look, Ask, Look, Sent, Look]);
    // Asked once a run: from now on nobody waits.
    assert_eq!(make_all(&door, &renames(9)).await, vec![Outcome::Done(None); 9]);
    let of_calls = [Look, Sent, Look].repeat(3);
    assert_eq!(stage.steps()[5..], of_calls);
}
