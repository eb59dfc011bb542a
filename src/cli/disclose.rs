//! Who may see a secret that a script ends in: the user at a terminal, unless the script has revealed it.

use crate::fleet::Kind;
use crate::host::Ending;
use crate::output::{Cell, Document};

use super::failure::Failure;

/// Returns what is to be shown; a secret only where its reader is a person.
pub fn document(ending: Ending, to_terminal: bool) -> Result<Document, Failure> {
    match ending {
        Ending::Shown(document) => Ok(document),
        Ending::Secret(secret) if to_terminal => Ok(Document::Value(Cell::text(secret.expose()))),
        Ending::Secret(_) => Err(Failure::new(
            Kind::Refused.exit_code(),
            "not allowed to write a secret anywhere but to a terminal",
        )
        .hint("--reveal allows it, and reveal(secret) in a script of your own")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    #[test]
    fn a_secret_is_shown_to_a_terminal_alone() {
        let secret = || Ending::Secret(Secret::new("open-sesame"));
        let shown = Document::Value(Cell::text("open-sesame"));
        assert_eq!(document(secret(), true).as_ref(), Ok(&shown));
        let failure = document(secret(), false).unwrap_err();
        assert_eq!(failure.code, 7);
        assert!(failure.hint.unwrap().contains("--reveal"));
        assert_eq!(document(Ending::Shown(shown.clone()), false), Ok(shown));
    }
}
