//! Cleaning up where the profile protects some of what is stale.

use crate::desk::Desk;
use crate::team::Team;

#[test]
fn what_the_profile_protects_is_left_alone_and_counted_and_the_rest_goes() {
    let team = Team::with("");
    let (key_id, key) = team.key();
    let config = format!(
        "[profiles.acme]\nvendor = \"realvnc\"\nurl = \"{}\"\naccess_key = \"env:ID,KEY\"\nprotect = [\"SRV-*\", \"group:Laptops\"]\n",
        team.url()
    );
    let desk = Desk::new()
        .config(&config)
        .var("ID", key_id)
        .var("KEY", key)
        .secret(key);
    let old = |expression: &str| {
        let line = format!(
            "list-computers --profile acme --where 'last_seen != () && last_seen < ago(\"400d\")' --output text {expression}"
        );
        desk.run(&line).succeeds().stdout.clone()
    };
    let before = old("");
    assert!(
        before.contains("SRV-FILE-01") && before.contains("ACC-LT-026") && before.contains("FRONTDESK-01")
    );
    desk.run("clean-stale-computers 400d --profile acme --force --output text")
        .succeeds()
        .says("3 protected")
        .says("4 done");
    assert_eq!(old("--sort name"), "ACC-LT-026\nSRV-FILE-01\nSRV-FILE-03\n");
    // What the user names is protected as well.
    desk.run("remove-computer SRV-FILE-01 --profile acme --force")
        .ends_with(7)
        .says("protected by \"SRV-*\"");
}
