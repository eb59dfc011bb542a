//! The words that a script's header is checked against.

use crate::host::{Effect, global_functions};
use crate::script::Vocabulary;
use crate::vendor::realvnc;

use super::args::Globals;

/// Returns the names of the global options, of the vendors' permissions, and of the functions that write.
pub fn vocabulary() -> Vocabulary {
    Vocabulary {
        reserved: Globals::reserved(),
        permissions: realvnc::permissions().collect(),
        verbs: verbs(),
    }
}

/// A function with more than one list of parameters is there once.
fn verbs() -> Vec<&'static str> {
    let mut verbs: Vec<_> = global_functions()
        .into_iter()
        .flatten()
        .filter(|function| function.effect == Effect::Write)
        .map(|function| function.name)
        .collect();
    verbs.dedup();
    verbs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{Header, Library, Look, Places};

    #[test]
    fn every_shipped_script_can_be_read() {
        let library = Library::new(Places::default());
        let scripts = library.scripts();
        assert!(!scripts.is_empty());
        for listed in scripts {
            let source = library.script(&listed.name).unwrap();
            if let Err(error) = Header::read(&library, &source, &vocabulary()) {
                panic!("{}", error.render(&Look::default()));
            }
        }
    }

    #[test]
    fn every_change_there_is_can_be_named() {
        assert_eq!(
            verbs(),
            [
                "rename",
                "comment",
                "connect_url",
                "remove_computer",
                "group_add",
                "group_remove",
                "create_group",
                "move_to_group",
                "assign",
                "unassign",
                "invite_user",
                "create_user",
                "update_roles",
                "remove_user",
            ]
        );
    }
}
