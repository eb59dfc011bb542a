//! When a saved plan may be applied, and to whose fleet.

use super::*;

fn checked(here: &Binding, now: &str, allow_old: bool) -> Result<(), fleet::Error> {
    let saved = Folder::new().load(text()).unwrap();
    Ok(saved.origin().check(here, at(now), allow_old)?)
}

#[test]
fn a_plan_is_good_for_a_day() {
    for now in [MADE, "2026-11-20T08:55:00Z", "2026-11-21T09:00:00Z"] {
        assert_eq!(checked(&binding(), now, false), Ok(()), "{now}");
    }
    let late = "2026-11-21T09:00:01Z";
    let error = checked(&binding(), late, false).unwrap_err();
    assert_eq!(error.kind, Kind::Refused);
    assert_eq!(
        error.message,
        "`p.json` is a plan of 2026-11-20T09:00:00Z, 1 d 1 s old: a plan is good for 24 hours"
    );
    assert!(error.hint.unwrap().contains("--allow-old-plan"));
    assert_eq!(checked(&binding(), late, true), Ok(()));
    let saved = Folder::new().load(text()).unwrap();
    assert_eq!(saved.good_until(), at("2026-11-21T09:00:00Z"));
}

#[test]
fn a_plan_from_the_future_is_refused_whatever_is_allowed() {
    for allow_old in [false, true] {
        let error = checked(&binding(), "2026-11-20T08:54:59Z", allow_old).unwrap_err();
        assert_eq!(error.kind, Kind::Refused);
        assert_eq!(
            error.message,
            "`p.json` is a plan of 2026-11-20T09:00:00Z, which is yet to come: it is 2026-11-20T08:54:59Z here"
        );
        assert!(error.hint.unwrap().contains("clock"));
    }
}

#[test]
fn a_plan_is_for_its_own_fleet_alone() {
    let with = |edit: fn(&mut Binding)| {
        let mut here = binding();
        edit(&mut here);
        let error = checked(&here, MADE, true).unwrap_err();
        assert_eq!(error.kind, Kind::Refused);
        (error.message, error.hint.unwrap())
    };
    let (message, hint) = with(|here| here.profile = "branch".to_owned());
    assert_eq!(
        message,
        "`p.json` is for profile `acme`, and this is profile `branch`"
    );
    assert!(hint.contains("--profile acme"));
    assert_eq!(
        with(|here| here.vendor = Vendor::RemotePc).0,
        "`p.json` is for RealVNC Connect, and profile `acme` is one of RemotePC Enterprise now"
    );
    assert_eq!(
        with(|here| here.host = "api.y.example".to_owned()).0,
        "`p.json` is for the team at `api.x.example`, and profile `acme` leads to `api.y.example` now"
    );
}

#[test]
fn an_age_is_told_in_two_units() {
    let seconds = |seconds| old(SignedDuration::from_secs(seconds));
    assert_eq!(seconds(0), "just made");
    assert_eq!(seconds(-5), "just made");
    assert_eq!(seconds(59), "59 s old");
    assert_eq!(seconds(3_600), "1 h old");
    assert_eq!(seconds(3_661), "1 h 1 min old");
    assert_eq!(seconds(2 * 86_400 + 3_600), "2 d 1 h old");
}
