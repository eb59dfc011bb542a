//! The table `PARAMS`: from literal maps to parameters, with an error at the very key that is wrong.

use rhai::{Dynamic, Engine, Expr, Position, is_valid_identifier};

use crate::script::params::{ParamForm, ParamKind, ParamSpec};
use crate::script::source::Fault;
use crate::script::value::{self, ParamValue};
use crate::suggest;

const KEYS: [&str; 8] = [
    "name", "type", "help", "value", "required", "choices", "of", "option",
];

const TYPES: [&str; 10] = [
    "string", "int", "flag", "enum", "period", "date", "file", "email", "list", "secret",
];

/// One key of a row, with the place of its value.
struct Cell {
    key: String,
    value: Dynamic,
    position: Position,
}

/// One map of the table.
struct Row {
    cells: Vec<Cell>,
    position: Position,
}

/// Reads the value of `PARAMS`. No parameter may bear one of the `reserved` names (in `kebab-case`).
pub(super) fn params(table: &Expr, reserved: &[String]) -> Result<Vec<ParamSpec>, Fault> {
    let Expr::Array(rows, _) = table else {
        return Err(Fault::new(
            table.start_position(),
            "`PARAMS` must be a literal array of maps",
            "it is read without running the script; e.g. `const PARAMS = [ #{ name: \"days\", type: \"int\" } ];`",
        ));
    };
    let mut specs: Vec<ParamSpec> = Vec::new();
    for row in rows {
        let row = Row::read(row)?;
        let spec = row.spec(reserved)?;
        let name = row.position_of("name");
        if specs.iter().any(|known| known.name == spec.name) {
            return Err(Fault::new(
                name,
                format!("the parameter `{}` is declared twice", spec.name),
                "rename one",
            ));
        }
        if spec.form != ParamForm::Positional
            && specs
                .iter()
                .any(|known| known.form != ParamForm::Positional && known.shown() == spec.shown())
        {
            let message = format!("two parameters would both be given as {}", spec.shown());
            return Err(Fault::new(name, message, "rename one"));
        }
        check_order(&specs, &spec, name)?;
        specs.push(spec);
    }
    Ok(specs)
}

/// Refuses positional parameters that could not be told apart.
fn check_order(before: &[ParamSpec], spec: &ParamSpec, position: Position) -> Result<(), Fault> {
    if spec.form != ParamForm::Positional {
        return Ok(());
    }
    let Some(last) = before.iter().rfind(|known| known.form == ParamForm::Positional) else {
        return Ok(());
    };
    if matches!(last.kind, ParamKind::List(_)) {
        let message = format!(
            "the list `{}` must be the last of the positional parameters",
            last.name
        );
        return Err(Fault::new(
            position,
            message,
            format!("make `{}` an option: `option: true`", spec.name),
        ));
    }
    if spec.required && !last.required {
        let message = format!(
            "`{}` is required and comes after `{}`, which is not",
            spec.name, last.name
        );
        return Err(Fault::new(position, message, "put the required ones first"));
    }
    Ok(())
}

impl Row {
    fn read(row: &Expr) -> Result<Self, Fault> {
        let Expr::Map(entries, position) = row else {
            return Err(Fault::new(
                row.start_position(),
                "each row of `PARAMS` must be a literal map",
                "e.g. `#{ name: \"days\", type: \"int\" }`",
            ));
        };
        let mut cells = Vec::new();
        for (key, value) in &entries.0 {
            if !KEYS.contains(&key.name.as_str()) {
                let hint = suggest::did_you_mean(&key.name, KEYS)
                    .unwrap_or_else(|| format!("the keys are {}", KEYS.join(", ")));
                return Err(Fault::new(key.pos, format!("unknown key `{}`", key.name), hint));
            }
            let position = value.start_position();
            let value = value.get_literal_value(None).ok_or_else(|| {
                let hint = "it is read without running the script: no variables, no calls, no arithmetic";
                Fault::new(position, format!("`{}` must be a literal value", key.name), hint)
            })?;
            cells.push(Cell {
                key: key.name.to_string(),
                value,
                position,
            });
        }
        Ok(Self {
            cells,
            position: *position,
        })
    }

    fn cell(&self, key: &str) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.key == key)
    }

    fn position_of(&self, key: &str) -> Position {
        self.cell(key).map_or(self.position, |cell| cell.position)
    }

    fn text(&self, key: &str) -> Result<Option<String>, Fault> {
        let Some(cell) = self.cell(key) else {
            return Ok(None);
        };
        match cell.value.as_immutable_string_ref() {
            Ok(text) => Ok(Some(text.to_string())),
            Err(_) => Err(Fault::new(cell.position, format!("`{key}` must be a text"), "")),
        }
    }

    fn truth(&self, key: &str) -> Result<Option<bool>, Fault> {
        let Some(cell) = self.cell(key) else {
            return Ok(None);
        };
        let wrong = |_| Fault::new(cell.position, format!("`{key}` must be true or false"), "");
        cell.value.as_bool().map(Some).map_err(wrong)
    }

    fn spec(&self, reserved: &[String]) -> Result<ParamSpec, Fault> {
        let name = self.name(reserved)?;
        let kind = self.kind(&name)?;
        let value = self.value(&kind)?;
        let option = self.truth("option")?.unwrap_or(false);
        let form = match kind {
            ParamKind::Flag => ParamForm::Flag,
            ParamKind::Secret => ParamForm::Secret,
            _ if option || value.is_some() => ParamForm::Option,
            _ => ParamForm::Positional,
        };
        let asked = self.truth("required")?;
        if asked == Some(true) && (value.is_some() || kind == ParamKind::Flag) {
            let message = format!("`{name}` has a default and is required");
            return Err(Fault::new(
                self.position_of("required"),
                message,
                "take one of them away",
            ));
        }
        let by_form = matches!(form, ParamForm::Positional | ParamForm::Secret);
        let required = asked.unwrap_or(by_form) && value.is_none();
        let help = self.text("help")?.unwrap_or_default();
        Ok(ParamSpec {
            name,
            kind,
            help,
            value,
            required,
            form,
        })
    }

    fn name(&self, reserved: &[String]) -> Result<String, Fault> {
        let name = self
            .text("name")?
            .ok_or_else(|| Fault::new(self.position, "this parameter has no `name`", "add `name: \"…\"`"))?;
        let fault = |message: String, hint: &str| Fault::new(self.position_of("name"), message, hint);
        let snake = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !snake || !is_valid_identifier(&name) {
            return Err(fault(
                format!("`{name}` is not a name in snake_case"),
                "e.g. `name: \"max_age\"`",
            ));
        }
        // A script could not say `params.default`: such words are kept for the language.
        if Engine::new_raw().compile_expression(format!("x.{name}")).is_err() {
            return Err(fault(
                format!("`{name}` is a reserved word of the language"),
                "choose another name",
            ));
        }
        if reserved.contains(&name.replace('_', "-")) {
            return Err(fault(
                format!("`{name}` is the name of a global option"),
                "choose another name",
            ));
        }
        Ok(name)
    }

    fn kind(&self, name: &str) -> Result<ParamKind, Fault> {
        let Some(word) = self.text("type")? else {
            let hint = format!("add `type: \"…\"`, one of {}", TYPES.join(", "));
            return Err(Fault::new(
                self.position,
                format!("the parameter `{name}` has no `type`"),
                hint,
            ));
        };
        let kind = if word == "list" {
            let of = self.text("of")?.unwrap_or_else(|| "string".to_owned());
            if of == "list" || of == "flag" || of == "secret" {
                let message = format!("a list of {of}s is not possible");
                return Err(Fault::new(self.position_of("of"), message, ""));
            }
            ParamKind::List(Box::new(self.plain_kind("of", &of)?))
        } else {
            if let Some(of) = self.cell("of") {
                return Err(Fault::new(
                    of.position,
                    "`of` is for the type list",
                    "take it away",
                ));
            }
            self.plain_kind("type", &word)?
        };
        match self.cell("choices") {
            Some(choices) if !kind.has_choices() => Err(Fault::new(
                choices.position,
                "`choices` are for the type enum",
                "write `type: \"enum\"`",
            )),
            _ => Ok(kind),
        }
    }

    fn plain_kind(&self, key: &str, word: &str) -> Result<ParamKind, Fault> {
        Ok(match word {
            "string" => ParamKind::String,
            "int" => ParamKind::Int,
            "flag" => ParamKind::Flag,
            "enum" => ParamKind::Enum(self.choices(key)?),
            "period" => ParamKind::Period,
            "date" => ParamKind::Date,
            "file" => ParamKind::File,
            "email" => ParamKind::Email,
            "secret" => ParamKind::Secret,
            _ => {
                let hint = suggest::did_you_mean(word, TYPES)
                    .unwrap_or_else(|| format!("the types are {}", TYPES.join(", ")));
                return Err(Fault::new(
                    self.position_of(key),
                    format!("unknown type `{word}`"),
                    hint,
                ));
            }
        })
    }

    fn choices(&self, key: &str) -> Result<Vec<String>, Fault> {
        let Some(cell) = self.cell("choices") else {
            let hint = "e.g. `choices: [\"yes\", \"no\"]`";
            return Err(Fault::new(
                self.position_of(key),
                "the type enum needs `choices`",
                hint,
            ));
        };
        let wrong = || Fault::new(cell.position, "`choices` must be a list of different texts", "");
        let list = cell.value.as_array_ref().map_err(|_| wrong())?;
        let mut choices: Vec<String> = Vec::new();
        for choice in list.iter() {
            let choice = choice.as_immutable_string_ref().map_err(|_| wrong())?.to_string();
            if choice.is_empty() || choices.contains(&choice) {
                return Err(wrong());
            }
            choices.push(choice);
        }
        if choices.is_empty() {
            Err(wrong())
        } else {
            Ok(choices)
        }
    }

    fn value(&self, kind: &ParamKind) -> Result<Option<ParamValue>, Fault> {
        let Some(cell) = self.cell("value") else {
            return Ok(None);
        };
        let fault = |message: String, hint: String| Fault::new(cell.position, message, hint);
        match (kind, &cell.value) {
            (ParamKind::Secret, _) => Err(fault(
                "a secret has no place in a script".to_owned(),
                "take `value` away".to_owned(),
            )),
            (ParamKind::Flag, value) if value.as_bool() == Ok(false) => Ok(None),
            (ParamKind::Flag, _) => Err(fault(
                "a flag is false until it is given".to_owned(),
                "name it after its opposite".to_owned(),
            )),
            (ParamKind::List(of), value) if value.is_array() => {
                let items = value
                    .as_array_ref()
                    .map_err(|_| fault(String::new(), String::new()))?;
                let items = items
                    .iter()
                    .map(|item| default(of, item, cell.position))
                    .collect::<Result<_, _>>()?;
                Ok(Some(ParamValue::List(items)))
            }
            (kind, value) => default(kind, value, cell.position).map(Some),
        }
    }
}

/// Reads a default: an int as itself, all else as the text that a user would type.
fn default(kind: &ParamKind, value: &Dynamic, position: Position) -> Result<ParamValue, Fault> {
    if let (ParamKind::Int, Ok(number)) = (kind, value.as_int()) {
        return Ok(ParamValue::Int(number));
    }
    let text = value
        .as_immutable_string_ref()
        .ok()
        .filter(|_| *kind != ParamKind::Int);
    match text {
        Some(text) if text.is_empty() && *kind == ParamKind::String => Ok(ParamValue::String(String::new())),
        Some(text) => value::parse(kind, &text)
            .map_err(|refusal| Fault::new(position, format!("`value`: {}", refusal.problem), refusal.hint)),
        None => Err(Fault::new(
            position,
            format!("`value` must be {}", value::expected(kind)),
            "",
        )),
    }
}
