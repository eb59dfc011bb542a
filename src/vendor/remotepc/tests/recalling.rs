//! Computers read again, as they are now.

use crate::fleet::{Computer, ComputerRef, Kind, Reader, Result};
use crate::vendor::stub::{Answer, Call, Stub};

use super::{account, computer, device, whole};

fn small(_: &Call) -> Answer {
    whole(
        "devices",
        &[
            device("M1", "A", "Offline"),
            device("M2", "B", "Online"),
            device("M3", "Kiosk", "Offline"),
            device("M4", " kiosk", "Offline"),
            device("M5", "", "Offline"),
        ],
    )
}

fn told(recalled: &Result<Option<Computer>>) -> String {
    match recalled {
        Ok(None) => "gone".to_owned(),
        Ok(Some(computer)) => computer.name.clone(),
        Err(error) => error.kind.to_string(),
    }
}

#[tokio::test]
async fn one_list_tells_how_each_computer_is_now() {
    let stub = Stub::start(small).await;
    let (reads, _) = account(&stub);
    let computers = [
        computer("M1", "A"),
        computer("M9", "Z"),
        computer("M2", "Old"),
        computer("M3", "Kiosk"),
        computer("M5", ""),
        computer("M1", "A"),
        // Gone, whoever bears its name by now.
        computer("M9", "A"),
    ];
    let recalled = reads.recall(&computers, true).await;
    let words: Vec<String> = recalled.iter().map(told).collect();
    assert_eq!(words, ["A", "gone", "B", "ambiguous", "invalid", "A", "gone"]);
    assert_eq!(stub.calls().len(), 1);
    let renamed = recalled[2].as_ref().unwrap().as_ref().unwrap();
    assert_eq!(renamed.online.get(), Some(&Some(true)));
    assert_eq!(renamed.groups.get(), None, "the vendor does not tell them");
}

#[tokio::test]
async fn a_list_that_fails_fails_each_computer() {
    let stub = Stub::start(|_| Answer::empty(403)).await;
    let (reads, _) = account(&stub);
    let computers = [computer("M1", "A"), computer("M5", " ")];
    let kinds: Vec<Kind> = reads
        .recall(&computers, false)
        .await
        .into_iter()
        .map(|recalled| recalled.unwrap_err().kind)
        .collect();
    assert_eq!(kinds, [Kind::Permission, Kind::Invalid]);
}

#[tokio::test]
async fn what_no_write_could_name_is_told_before_anything_is_asked() {
    let stub = Stub::start(small).await;
    let (reads, _) = account(&stub);
    assert!(reads.recall(&[], false).await.is_empty());
    let nameless: [ComputerRef; 1] = [computer("M5", " ")];
    let error = reads.recall(&nameless, false).await.remove(0).unwrap_err();
    assert_eq!(error.kind, Kind::Invalid);
    assert!(stub.calls().is_empty());
}
