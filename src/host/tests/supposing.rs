//! Another moment than the present one, for as long as something is asked about it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::Timestamp;

use super::Desk;

#[test]
fn the_present_is_back_however_the_question_ends() {
    let desk = Desk::new();
    let world = desk.fleet.world();
    let (outer, inner) = (Timestamp::MIN, Timestamp::UNIX_EPOCH);
    let failed: Result<(), Timestamp> = world.suppose(outer, || {
        assert_eq!(world.now(), outer);
        assert_eq!(world.suppose(inner, || world.now()), inner);
        Err(world.now())
    });
    assert_eq!(failed, Err(outer));
    assert_eq!(world.now(), world.clock.now());
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        world.suppose(inner, || panic!("of the policy"))
    }));
    assert!(panicked.is_err());
    assert_eq!(world.now(), world.clock.now());
}
