//! Several texts in one, with commas between, as somebody types them: a text that has a comma of its own stands in quotes.

/// Returns the texts of which at least one stands in quotes, as in a line of CSV; nothing of any other text.
pub fn quoted(text: &str) -> Option<Vec<String>> {
    let mut fields = Vec::new();
    let mut any = false;
    let mut rest = text.trim();
    loop {
        let (field, after) = if let Some(inner) = rest.strip_prefix('"') {
            any = true;
            let (field, after) = to_closing(inner)?;
            (field, after.trim_start())
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            (rest[..end].trim().to_owned(), &rest[end..])
        };
        fields.push(field);
        match after.strip_prefix(',') {
            Some(more) => rest = more.trim_start(),
            None if after.is_empty() => return any.then_some(fields),
            None => return None,
        }
    }
}

/// Returns the texts: where none stands in quotes, what is between the commas.
pub fn split(text: &str) -> Vec<String> {
    quoted(text).unwrap_or_else(|| text.split(',').map(|field| field.trim().to_owned()).collect())
}

/// Puts texts into one, so that [`split`] returns them.
pub fn join<T: AsRef<str>>(fields: &[T]) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|field| match field.as_ref() {
            field if field.contains([',', '"']) => format!("\"{}\"", field.replace('"', "\"\"")),
            field => field.to_owned(),
        })
        .collect();
    fields.join(",")
}

/// Reads up to the quote that closes a text, in which a quote is written twice.
fn to_closing(inner: &str) -> Option<(String, &str)> {
    let mut field = String::new();
    let mut rest = inner;
    loop {
        let at = rest.find('"')?;
        field.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.strip_prefix('"') {
            Some(more) => {
                field.push('"');
                rest = more;
            }
            None => return Some((field, rest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_parted_at_commas_but_within_quotes() {
        for (text, fields) in [
            ("A", &["A"][..]),
            (" A , B ", &["A", "B"]),
            ("A,,B", &["A", "", "B"]),
            (r#""A, B",C"#, &["A, B", "C"]),
            (r#" A , "B,C" "#, &["A", "B,C"]),
            (r#""15"" screen, left""#, &["15\" screen, left"]),
            // What is not quoted from its first letter on, and what is not closed, is no quoting.
            (r#"15" screen,B"#, &["15\" screen", "B"]),
            (r#""A,B"#, &["\"A", "B"]),
            (r#""A" B,C"#, &["\"A\" B", "C"]),
        ] {
            assert_eq!(split(text), fields, "{text}");
        }
    }

    #[test]
    fn what_is_joined_is_split_into_the_same() {
        for fields in [
            &["A"][..],
            &["A", "B"],
            &["A, B", "C"],
            &["\"A\"", "15\" screen", ","],
        ] {
            assert_eq!(split(&join(fields)), fields);
        }
        assert_eq!(join(&["A, B", "C"]), r#""A, B",C"#);
    }
}
