//! The safety rules in the running program, each from outside: what is refused, with what words and which exit code; that
//! nothing was sent then; and that just inside the limit it goes through.
//!
//! | rules | file |
//! |---|---|
//! | 1 unknown is never stale, 3 the least age | `evidence` |
//! | 2 what is online stays | `presence` |
//! | 4 how many a run may remove | `belt` |
//! | 5 whole lists, 6 protected computers, 18 read-only | `fences` |
//! | 7 what has changed meanwhile | `drift` |
//! | 8 names, 9 duplicates | `identity` |
//! | 10 access, 11 people | `people` |
//! | 12 the journal first, 15 saved plans, 16 one writer | `paper` |
//! | 13 lost answers, 14 when to stop, 17 the look afterwards | `trouble` |
//! | 1 to 9 under any cleanup policy | `cleanup` |
//! | 19 secrets, 20 what is said plainly | `words` |

mod belt;
mod cleanup;
mod devices;
mod drift;
mod evidence;
mod fences;
mod fleet;
mod identity;
mod paper;
mod people;
mod presence;
mod trouble;
mod words;

/// Removes what was not seen for a period.
const CLEAN: &str = "//! Removes what was not seen for a period.\n\
     const PARAMS = [#{ name: \"period\", type: \"period\", help: \"How long\" }];\n\
     let cutoff = ago(params.period);\n\
     let p = plan();\n\
     for c in list_computers() {\n\
         if c.last_seen != () && c.last_seen < cutoff { p.remove(c, stale(c, cutoff)); }\n\
     }\n\
     p.apply()";

/// Removes every computer, for a reason of the script's own.
const CHOOSE: &str = "//! Removes every computer.\n\
     let p = plan();\n\
     for c in list_computers() { p.remove(c, chosen(\"the branch has closed\")); }\n\
     p.apply()";

/// Removes the computers that the user names.
const NAMED: &str = "//! Removes computers.\n\
     const PARAMS = [#{ name: \"computers\", type: \"list\", help: \"Which\" }];\n\
     let p = plan();\n\
     for name in params.computers { p.remove(find_computer(name), chosen(\"as asked\")); }\n\
     p.apply()";
