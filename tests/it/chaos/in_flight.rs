//! What becomes of the changes that nobody may make twice, or that nobody can look up, when they are in flight as the run ends.

use deskhand::plan::journal::{Entry, Run, Standing, Word};

use super::account::Account;
use super::calm::Calm;
use super::facts::Facts;
use super::ordeal::Ordeal;
use super::realvnc::Team;
use super::remotepc::Enterprise;
use super::tap::{Moment, Point, Which};

/// Kills a run at the first request that holds a text, and resumes it. Returns what is known of the account then, and the run.
async fn killed_at<A: Account>(text: &'static str, point: Point) -> (Facts, Run) {
    let calm = Calm::of::<A>().await;
    let ordeal = Ordeal::<A>::begin().await;
    let killed = ordeal.run(ordeal.line, Some(Moment::at(Which::With(text), point)));
    assert_eq!(killed.code, None, "{}", killed.said);
    let ended = ordeal.run("apply --resume last --force", None);
    let run = ordeal.journal().unwrap();
    calm.stands(&ordeal, &run, &ended);
    // What came to nothing is told as long as somebody asks.
    let again = ordeal.run("apply --resume last --force", None);
    assert_eq!(again.code, ended.code, "{}", again.said);
    (ordeal.account.facts(), run)
}

/// Returns how the changes stand whose targets begin with a text.
fn standings(run: &Run, verb: &str, target: &str) -> Vec<Standing> {
    let those = run.entries.iter().filter(|entry| {
        let change = &entry.proposal.change;
        change.verb() == verb && change.target().starts_with(target)
    });
    those.map(Entry::stands).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_that_nobody_can_look_up_stays_unknown_whether_it_has_arrived_or_not() {
    for (point, arrived) in [(Point::Lost, 0), (Point::Unanswered, 5)] {
        let (facts, run) = killed_at::<Enterprise>("/user/invite", point).await;
        let standings = standings(&run, "invite_user", "new");
        assert_eq!(standings, [Standing::Settled(Word::Unknown); 5]);
        let invited = facts.keys().filter(|fact| fact.ends_with("@new.example"));
        assert_eq!(invited.count(), arrived);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_that_nobody_can_look_up_is_made_again_and_is_done() {
    for point in [Point::Lost, Point::Unanswered] {
        let (facts, run) = killed_at::<Enterprise>("Spare pool", point).await;
        let moves = standings(&run, "move_to_group", "");
        assert_eq!(moves.len(), 8);
        assert!(!moves.contains(&Standing::Settled(Word::Unknown)), "{moves:?}");
        assert_eq!(facts.values().filter(|group| *group == "Spare pool").count(), 5);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_is_done_if_it_shows_and_unknown_if_it_does_not_or_lacks_a_group() {
    for (email, point, word) in [
        ("plain0@new.example", Point::Lost, Word::Unknown),
        ("plain0@new.example", Point::Unanswered, Word::Done),
        ("grouped0@new.example", Point::Unanswered, Word::Unknown),
    ] {
        let (facts, run) = killed_at::<Team>(email, point).await;
        let standings = standings(&run, "invite_user", email);
        assert_eq!(standings, [Standing::Settled(word)], "{email}, {point:?}");
        let invited = facts.contains_key(&format!("user {email}"));
        assert_eq!(invited, point == Point::Unanswered, "{email}, {point:?}");
    }
}
