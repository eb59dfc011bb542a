//! Each of the 13 operations, through a proxy that holds requests and answers against the contract: `.ci/contract` starts it,
//! and looks at its log afterwards. Scripts cannot make all of these calls yet.

use crate::fleet::{Attempt, ComputerId, ComputerRef, NewUser, SignIn};
use crate::http::{BaseUrl, Transport};
use crate::secret::{Redactor, Secret};

use super::super::wire::Device;
use super::super::{ApiKey, Reads, Settings, Writes, connect};

const WHY_IGNORED: &str =
    "DESKHAND_E2E_REMOTEPC_URL and DESKHAND_E2E_REMOTEPC_KEY name the server; .ci/contract sets them";

fn account() -> (Reads, Writes) {
    let var = |name: &str| std::env::var(name).expect(WHY_IGNORED);
    let base = BaseUrl::parse(&var("DESKHAND_E2E_REMOTEPC_URL")).unwrap();
    let transport = Transport::new(crate::http::Settings::new(base), Redactor::default()).unwrap();
    let key = ApiKey(Secret::new(var("DESKHAND_E2E_REMOTEPC_KEY")));
    // Asks for pages in a body, which the proxy cannot carry, and then in the query.
    connect(
        transport,
        key,
        Settings::default(),
        Redactor::default(),
        "e2e".to_owned(),
    )
}

/// Returns computers of a state whose names are theirs alone.
fn alone<'a>(devices: &'a [Device], state: &str) -> Vec<&'a Device> {
    let name = |device: &Device| device.host_name.clone().unwrap_or_default().to_lowercase();
    let wanted = devices.iter().filter(|device| {
        device.host_status_text.as_deref() == Some(state)
            && devices.iter().filter(|other| name(other) == name(device)).count() == 1
    });
    wanted.collect()
}

#[tokio::test]
#[ignore = "needs a server behind the contract's proxy: run .ci/contract"]
async fn every_operation_is_made_and_answered_as_the_contract_has_it() {
    let (reads, writes) = account();
    let run = std::process::id();
    let devices = reads.get_devices().await.unwrap();
    let offline = alone(&devices, "Offline");
    let names: Vec<&str> = offline[..3]
        .iter()
        .map(|device| device.host_name.as_deref().unwrap())
        .collect();
    let users = reads.get_users().await.unwrap();
    let user = users[3].username.as_deref().unwrap();

    writes.assign_computer(user, &names).await.unwrap();
    let assigned = reads.get_users_devices(user).await.unwrap();
    assert!(assigned.len() >= 3);
    let machine = offline[0].machine_id.as_deref().unwrap();
    let address = writes.get_web_viewer_url(machine, user).await.unwrap();
    assert!(address.expose().starts_with("http"));
    writes.unassign_computer(user, &names).await.unwrap();

    writes
        .add_comment(names[0], &format!("seen in run {run}"))
        .await
        .unwrap();
    let group = format!("Contract {run}");
    writes.create_group(&group, &names[..1]).await.unwrap();
    writes.move_computers(&group, &names[1..]).await.unwrap();

    let invited = format!("guest{run}@kestrel.example");
    let outcomes = writes.invite_users(&[&invited], SignIn::default()).await.unwrap();
    assert_eq!(outcomes.len(), 1);
    let created = format!("temp{run}@kestrel.example");
    let new = NewUser {
        username: created.clone(),
        first_name: "Temp".to_owned(),
        last_name: "Worker".to_owned(),
        password: Secret::new("Enough-2-begin"),
        sign_in: SignIn {
            two_factor: Some(true),
            sso: Some(false),
        },
    };
    writes.create_user(&new).await.unwrap();
    let outcomes = writes.delete_users(&[&created], &[&invited]).await.unwrap();
    assert_eq!(outcomes.len(), 2);

    let last = offline.last().unwrap();
    let removed = writes
        .remove_computers(&[ComputerRef {
            id: ComputerId::new(last.machine_id.as_deref().unwrap()),
            name: last.host_name.clone().unwrap(),
        }])
        .await;
    assert_eq!(removed[0].attempt, Attempt::Done(None));
}
