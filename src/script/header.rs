//! What a script says of itself before it runs: prose, parameters, permissions.
//!
//! Nothing is executed. The file is parsed without optimisation, and the tables are read from the syntax tree; what is
//! not literal there is an error that shows where.

use rhai::{AST, ASTFlags, Expr, Position, Stmt};

use crate::script::declare;
use crate::script::diagnostics::ScriptError;
use crate::script::diagnostics::wording;
use crate::script::library::{Library, Source};
use crate::script::params::ParamSpec;
use crate::script::source::{Fault, compilable, parse};
use crate::script::stack::on_large_stack;
use crate::suggest;

/// The tables that the host reads; other constants are the script's own.
const TABLES: [&str; 4] = ["PARAMS", "NEEDS", "USES", "WRITES"];

/// The words of the host that a header may use, or may not.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// The names that no parameter may bear, in `kebab-case`: those of the global options.
    pub reserved: Vec<String>,
    /// The permissions that `NEEDS` and `USES` may name.
    pub permissions: Vec<&'static str>,
    /// The functions that `WRITES` may name.
    pub verbs: Vec<&'static str>,
}

/// What a script says of itself.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// The first paragraph of the prose, on one line.
    pub summary: String,
    /// The paragraphs after the first, without examples, separated by blank lines.
    pub details: String,
    /// The command lines that the prose gives as examples.
    pub examples: Vec<String>,
    /// The parameters, in their order.
    pub params: Vec<ParamSpec>,
    /// The permissions without which the script cannot work.
    pub needs: Vec<String>,
    /// The permissions that the script is better off with.
    pub uses: Vec<String>,
    /// The writes that the script restricts itself to; nothing where it does not say.
    pub writes: Option<Vec<String>>,
}

impl Header {
    /// Reads the header of a script.
    pub fn read(
        library: &Library,
        source: &Source,
        vocabulary: &Vocabulary,
    ) -> Result<Self, Box<ScriptError>> {
        on_large_stack(|| Self::parse(library, source, vocabulary).map(|(header, _)| header))
            .map_err(|error| ScriptError::internal(&error))?
    }

    /// Reads the header, and returns the syntax tree that it was read from too. Needs a large stack.
    pub(super) fn parse(
        library: &Library,
        source: &Source,
        vocabulary: &Vocabulary,
    ) -> Result<(Self, AST), Box<ScriptError>> {
        read(&source.text, vocabulary).map_err(|fault| ScriptError::fault(library, &source.id, fault))
    }
}

fn read(text: &str, vocabulary: &Vocabulary) -> Result<(Header, AST), Fault> {
    let mut header = prose(&compilable(text));
    let ast = parse(text).map_err(|error| wording::parse_fault(&error, text))?;
    let mut seen: Vec<&str> = Vec::new();
    for statement in ast.statements() {
        let Stmt::Var(definition, flags, _) = statement else {
            continue;
        };
        let (name, value, _) = &**definition;
        let Some(table) = TABLES.into_iter().find(|t| *t == name.name.as_str()) else {
            continue;
        };
        if !flags.contains(ASTFlags::CONSTANT) {
            let message = format!("`{table}` must be a constant");
            return Err(Fault::new(
                name.pos,
                message,
                format!("write `const {table} = …`"),
            ));
        }
        if seen.contains(&table) {
            return Err(Fault::new(
                name.pos,
                format!("`{table}` is there twice"),
                "keep one of them",
            ));
        }
        seen.push(table);
        match table {
            "PARAMS" => header.params = declare::params(value, &vocabulary.reserved)?,
            "NEEDS" => header.needs = words(table, value, "permission", &vocabulary.permissions)?,
            "USES" => header.uses = words(table, value, "permission", &vocabulary.permissions)?,
            _ => header.writes = Some(words(table, value, "function that writes", &vocabulary.verbs)?),
        }
    }
    Ok((header, ast))
}

/// Reads a literal list of distinct words, each of which must be among the known ones; `what` each of them is.
fn words(table: &str, value: &Expr, what: &str, known: &[&str]) -> Result<Vec<String>, Fault> {
    let wrong = |position: Position| {
        Fault::new(
            position,
            format!("`{table}` must be a literal list of texts"),
            format!("e.g. `const {table} = [\"…\"];`"),
        )
    };
    let Expr::Array(items, _) = value else {
        return Err(wrong(value.start_position()));
    };
    let mut list = Vec::new();
    for item in items {
        let Expr::StringConstant(word, position) = item else {
            return Err(wrong(item.start_position()));
        };
        if !known.contains(&word.as_str()) {
            return Err(Fault::new(
                *position,
                format!("`{table}`: there is no {what} `{word}`"),
                suggest::among(word, known.iter().copied()),
            ));
        }
        if list.iter().any(|before| before == word.as_str()) {
            return Err(Fault::new(
                *position,
                format!("`{word}` is twice in `{table}`"),
                "keep one of them",
            ));
        }
        list.push(word.to_string());
    }
    Ok(list)
}

/// Reads the `//!` lines at the top, with nothing but blank lines before them.
fn prose(code: &str) -> Header {
    let mut header = Header::default();
    let mut paragraphs = vec![String::new()];
    let lines = code.lines().map(str::trim).skip_while(|line| line.is_empty());
    for line in lines.map_while(|line| line.strip_prefix("//!")).map(str::trim) {
        if let Some(example) = line.strip_prefix("Example:") {
            header.examples.push(example.trim().to_owned());
        } else if line.is_empty() {
            paragraphs.push(String::new());
        } else if let Some(paragraph) = paragraphs.last_mut() {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line);
        }
    }
    let mut paragraphs = paragraphs.into_iter().filter(|p| !p.is_empty());
    header.summary = paragraphs.next().unwrap_or_default();
    header.details = paragraphs.collect::<Vec<_>>().join("\n\n");
    header
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::params::{ParamForm, ParamKind};

    fn vocabulary() -> Vocabulary {
        Vocabulary {
            reserved: ["profile", "output"].map(str::to_owned).into(),
            permissions: vec!["LIST_ENTRIES", "UPDATE_ENTRY"],
            verbs: vec!["rename", "group_add"],
        }
    }

    fn read_header(text: &str) -> Result<Header, Fault> {
        super::read(text, &vocabulary()).map(|(header, _)| header)
    }

    fn refused(text: &str) -> (String, Option<usize>) {
        let fault = super::read(text, &vocabulary()).unwrap_err();
        (
            format!("{}; {}", fault.message, fault.hint),
            fault.position.line(),
        )
    }

    #[test]
    fn prose_is_split_into_summary_details_and_examples() {
        let header = read_header(
            "#!/usr/bin/env deskhand\n//! Removes what\n//! is stale.\n//!\n//! Slowly.\n//! Example: deskhand x 90d\n//! Example: deskhand x 1y\nlet a = 1; // no prose\n").unwrap();
        assert_eq!(header.summary, "Removes what is stale.");
        assert_eq!(header.details, "Slowly.");
        assert_eq!(header.examples, ["deskhand x 90d", "deskhand x 1y"]);
    }

    #[test]
    fn nothing_runs_while_a_header_is_read() {
        let header = read_header(
            "loop { boom(); }\nconst PARAMS = [#{ name: \"days\", type: \"int\", value: -3 }];\nthrow 1;\nimport \"nowhere\" as n;").unwrap();
        assert_eq!(header.params.len(), 1);
    }

    #[test]
    fn the_form_of_a_parameter_follows_from_its_type_and_default() {
        let header = read_header(
            r#"const PARAMS = [
                #{ name: "group", type: "string" },
                #{ name: "since", type: "date", option: true },
                #{ name: "period", type: "period", value: "90d" },
                #{ name: "quick", type: "flag" },
                #{ name: "api_key", type: "secret" },
                #{ name: "names", type: "list", of: "string" },
            ];"#,
        )
        .unwrap();
        let shown: Vec<_> = header.params.iter().map(ParamSpec::shown).collect();
        assert_eq!(
            shown,
            [
                "group",
                "--since",
                "--period",
                "--quick",
                "--api-key-file",
                "names"
            ]
        );
        let required: Vec<_> = header.params.iter().map(|p| p.required).collect();
        assert_eq!(required, [true, false, false, false, true, true]);
        assert_eq!(header.params[0].form, ParamForm::Positional);
        assert_eq!(
            header.params[5].kind,
            ParamKind::List(Box::new(ParamKind::String))
        );
    }

    #[test]
    fn permissions_and_writes_are_read_as_lists() {
        let header =
            read_header("const NEEDS = [\"LIST_ENTRIES\"]; const USES = []; const WRITES = [\"rename\"];")
                .unwrap();
        assert_eq!(header.needs, ["LIST_ENTRIES"]);
        assert_eq!(header.writes, Some(vec!["rename".to_owned()]));
        assert_eq!(read_header("let x = 1;").unwrap().writes, None);
        assert_eq!(read_header("const WRITES = [];").unwrap().writes, Some(vec![]));
    }

    #[test]
    #[allow(clippy::too_many_lines, reason = "it is a table")]
    fn a_wrong_table_is_refused_with_its_line() {
        let cases = [
            (
                "\nconst PARAMS = [#{ nme: \"x\" }];",
                "unknown key `nme`; did you mean `name`?",
                2,
            ),
            ("const PARAMS = make();", "must be a literal array of maps", 1),
            ("const PARAMS = [\n  1 + x,\n];", "must be a literal map", 2),
            (
                "const PARAMS = [\n#{ name: who, type: \"int\" }];",
                "`name` must be a literal",
                2,
            ),
            (
                "const PARAMS = #{ name: \"x\" };",
                "must be a literal array of maps",
                1,
            ),
            ("let PARAMS = [];", "must be a constant", 1),
            ("const PARAMS = []; const PARAMS = [];", "is there twice", 1),
            (
                "const PARAMS = [#{ name: \"x\", type: \"string\" },\n#{ name: \"x\", type: \"int\" }];",
                "`x` is declared twice",
                2,
            ),
            ("const PARAMS = [#{ name: \"x\" }];", "`x` has no `type`", 1),
            ("const PARAMS = [#{ type: \"int\" }];", "has no `name`", 1),
            (
                "const PARAMS = [#{ name: \"x\", type: \"perod\" }];",
                "did you mean `period`?",
                1,
            ),
            (
                "const PARAMS = [#{ name: \"x\", type: \"int\", value: \"5\" }];",
                "`value` must be a whole number",
                1,
            ),
            (
                "const PARAMS = [#{ name: \"x\", type: \"period\", value: \"90D\" }];",
                "did you mean `90d`?",
                1,
            ),
            (
                "const PARAMS = [#{ name: \"x\", type: \"flag\", value: true }];",
                "a flag is false until it is given",
                1,
            ),
            (
                "const PARAMS = [#{ name: \"x\", type: \"secret\", value: \"s3cret\" }];",
                "a secret has no place in a script",
                1,
            ),
            (
                "const PARAMS = [#{ name: \"x\", type: \"enum\" }];",
                "needs `choices`",
                1,
            ),
            (
                "const PARAMS = [#{ name: \"x\", type: \"int\", choices: [\"a\"] }];",
                "`choices` are for the type enum",
                1,
            ),
            (
                "const PARAMS = [#{ name: \"x\", type: \"list\", of: \"list\" }];",
                "a list of lists",
                1,
            ),
            (
                "const PARAMS = [#{ name: \"x\", type: \"int\", value: 1, required: true }];",
                "has a default",
                1,
            ),
            (
                "const PARAMS = [#{ name: \"profile\", type: \"string\" }];",
                "global option",
                1,
            ),
            (
                "const PARAMS = [#{ name: \"default\", type: \"string\" }];",
                "reserved word",
                1,
            ),
            (
                "const PARAMS = [#{ name: \"a-b\", type: \"string\" }];",
                "snake_case",
                1,
            ),
            (
                "const PARAMS = [#{ name: \"a\", type: \"list\" }, #{ name: \"b\", type: \"int\" }];",
                "must be the last",
                1,
            ),
            (
                "const PARAMS = [#{ name: \"a\", type: \"int\", required: false }, #{ name: \"b\", type: \"int\" }];",
                "comes after",
                1,
            ),
            (
                "const NEEDS = [\"LIST_ENTRIES\",\n1];",
                "literal list of texts",
                2,
            ),
            ("const NEEDS = [\"LIST_ENTRIES\", \"LIST_ENTRIES\"];", "twice", 1),
            (
                "const NEEDS = [\"UPDATE_ENTRY\",\n\"LIST_ENTRYS\"];",
                "`NEEDS`: there is no permission `LIST_ENTRYS`; did you mean `LIST_ENTRIES`?",
                2,
            ),
            (
                "const USES = [\"EVERYTHING\"];",
                "`USES`: there is no permission `EVERYTHING`; there is LIST_ENTRIES, UPDATE_ENTRY",
                1,
            ),
            (
                "const WRITES = [\n\"renam\"];",
                "`WRITES`: there is no function that writes `renam`; did you mean `rename`?",
                2,
            ),
            ("const X = [;", "", 1),
        ];
        for (text, expected, line) in cases {
            let (message, at) = refused(text);
            assert!(message.contains(expected), "{text}\n  gave: {message}");
            assert_eq!(at, Some(line), "{text}: {message}");
        }
    }
}
