//! What becomes of the file between two runs: rotated, taken away, full, shared, torn.

use super::quicksand::{ALL, Lasting, Quicksand, arrived, keys, look_at, run};
use crate::cli::feed::cursor::tests::{at, entry};
use crate::cli::feed::follow::take;

#[test]
fn what_a_run_could_not_write_to_a_full_disk_is_taken_back_and_comes_later() {
    let events = [entry(1, "a"), entry(2, "b")];
    for space in 0..2 * events[0].line.len() {
        let mut lasting = Lasting {
            file: Some(b"{\"id\":\"old\"}\n".to_vec()),
            ..Lasting::default()
        };
        let before = lasting.file.clone();
        let step = look_at(&mut lasting, &events, at(9)).unwrap();
        let mut ground = Quicksand {
            lasting: &mut lasting,
            steps: ALL,
            space,
        };
        take(&mut ground, &step).unwrap_err();
        assert_eq!(lasting.file, before, "{space}");
        run(&mut lasting, &events, at(9), ALL).unwrap();
        assert_eq!(arrived(&lasting), ["id a", "id b", "id old"], "{space}");
    }
}

#[test]
fn what_somebody_else_adds_to_the_file_is_never_taken_away() {
    let events = [entry(1, "a"), entry(2, "b")];
    let mut lasting = Lasting::default();
    run(&mut lasting, &events, at(9), 20).unwrap_err();
    let torn = lasting.file.clone().unwrap();
    assert!(!torn.is_empty() && !torn.contains(&b'\n'), "{torn:?}");
    let step = look_at(&mut lasting, &events, at(9)).unwrap();
    lasting.file.as_mut().unwrap().extend(b" and theirs\n");
    let mut ground = Quicksand {
        lasting: &mut lasting,
        steps: ALL,
        space: ALL,
    };
    take(&mut ground, &step).unwrap();
    let text = String::from_utf8(lasting.file.unwrap()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].ends_with(" and theirs"), "{text}");
    assert_eq!(lines[1..], [&events[0].line, &events[1].line]);
}

#[test]
fn zeros_that_a_crash_of_the_machine_has_left_are_no_line() {
    let events = [entry(1, "a"), entry(2, "b")];
    for written in [20, 20 + events[0].line.len()] {
        let mut lasting = Lasting::default();
        run(&mut lasting, &events, at(9), written).unwrap_err();
        lasting.file.as_mut().unwrap().extend([0; 9]);
        run(&mut lasting, &events, at(9), ALL).unwrap();
        assert_eq!(arrived(&lasting), keys(&events));
    }
}

#[test]
fn a_file_that_was_rotated_after_a_run_was_killed_is_not_taken_for_the_new_one() {
    let events = [entry(1, "a"), entry(2, "b")];
    let mut lasting = Lasting::default();
    run(&mut lasting, &events, at(9), events[0].line.len() + 3).unwrap_err();
    lasting.rotate();
    let alerts = run(&mut lasting, &events, at(9), ALL).unwrap();
    assert!(alerts[0].contains("comes once more"), "{alerts:?}");
    let text = String::from_utf8(lasting.file.unwrap()).unwrap();
    assert_eq!(text.lines().count(), 2);
}

#[test]
fn a_file_that_was_rotated_between_runs_gets_only_what_is_new() {
    let mut lasting = Lasting::default();
    let mut events = vec![entry(1, "a"), entry(2, "b")];
    run(&mut lasting, &events, at(9), ALL).unwrap();
    for file in [None, Some(b"{\"id\":".to_vec())] {
        let torn = file.clone().unwrap_or_default();
        lasting.file = file;
        events.push(entry(20, &format!("c{}", torn.len())));
        let alerts = run(&mut lasting, &events, at(30), ALL).unwrap();
        assert_eq!(alerts, [""; 0]);
        let text = lasting.file.clone().unwrap();
        assert!(text.starts_with(&torn));
        let text = String::from_utf8(text).unwrap();
        assert_eq!(text.lines().count(), if torn.is_empty() { 1 } else { 2 });
    }
}

#[test]
fn what_cannot_be_looked_at_again_comes_once_more_and_that_is_said() {
    let events = [entry(1, "a"), entry(2, "b")];
    for is_stdout in [true, false] {
        let mut lasting = Lasting {
            is_stdout,
            ..Lasting::default()
        };
        let first = events[0].line.len() + 3;
        run(&mut lasting, &events, at(9), first).unwrap_err();
        lasting.file = None;
        let alerts = run(&mut lasting, &events, at(9), ALL).unwrap();
        assert!(alerts[0].contains("comes once more"), "{alerts:?}");
        assert_eq!(arrived(&lasting), keys(&events));
        assert_eq!(run(&mut lasting, &events, at(9), ALL).unwrap(), [""; 0]);
    }
}
