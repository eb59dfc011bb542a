//! A scheduled task: the program changes, the arguments stay. What Windows makes of a command line is done here as Windows
//! does it, whatever the tests run on.

use crate::desk::Desk;

const README: &str = include_str!("../../../README.md");

/// Splits a command line into words by the rules of Microsoft's C runtime: a backslash counts as itself but before a double
/// quote, and two quotes within quotes are one.
fn windows(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut within = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                let mut slashes = 1;
                while letters.next_if_eq(&'\\').is_some() {
                    slashes += 1;
                }
                let word = word.get_or_insert_default();
                if letters.peek() == Some(&'"') {
                    word.extend(std::iter::repeat_n('\\', slashes / 2));
                    if slashes % 2 == 1 {
                        letters.next();
                        word.push('"');
                    }
                } else {
                    word.extend(std::iter::repeat_n('\\', slashes));
                }
            }
            '"' if within && letters.next_if_eq(&'"').is_some() => word.get_or_insert_default().push('"'),
            '"' => {
                within = !within;
                word.get_or_insert_default();
            }
            ' ' | '\t' if !within => words.extend(word.take()),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    words
}

/// Writes words as [`Desk::run`] reads them.
fn for_desk(words: &[String]) -> String {
    let quoted = |word: &String| {
        let quote = if word.contains('"') { '\'' } else { '"' };
        format!("{quote}{word}{quote}")
    };
    words.iter().map(quoted).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_command_line_is_split_as_windows_does_it() {
    for (line, words) in [
        (r#"-a "b c" d"#, &["-a", "b c", "d"][..]),
        (
            r#""C:\old lists\x.csv" C:\y\"#,
            &[r"C:\old lists\x.csv", r"C:\y\"],
        ),
        (r#""\"A, B\",C""#, &[r#""A, B",C"#]),
        (r#""""A, B"",C""#, &[r#""A, B",C"#]),
        (r#"'a b' """#, &["'a", "b'", ""]),
    ] {
        assert_eq!(windows(line), words, "{line}");
    }
}

#[test]
fn names_with_commas_can_be_quoted_on_windows() {
    for quoted in [
        r#""\"Dock 4, north gate\",Dock 4""#,
        r#""""Dock 4, north gate"",Dock 4""#,
    ] {
        let words = windows(&format!(
            "vnc-connect -RenameComputer {quoted} --dry-run --output csv"
        ));
        let ran = Desk::demo().run(&for_desk(&words));
        ran.ends_with(6);
        assert_eq!(ran.csv().1[0][..3], ["rename", "Dock 4, north gate", "Dock 4"]);
    }
}

#[test]
fn what_stands_in_the_single_quotes_of_powershell_is_meant_without_them() {
    let words = windows("vnc-connect -renamecomputer:'ACC-LT-001,RECEPTION' --dry-run --output csv");
    let ran = Desk::demo().run(&for_desk(&words));
    ran.ends_with(6);
    assert_eq!(ran.csv().1[0][..3], ["rename", "ACC-LT-001", "RECEPTION"]);
    Desk::demo()
        .run(&for_desk(&windows(
            "vnc-connect -renamecomputer 'ACC-LT-001,Front desk'",
        )))
        .ends_with(2)
        .says("belongs to no option")
        .says("double quotes");
}

#[test]
fn in_the_scheduled_task_of_the_readme_only_the_program_changes() {
    let tasks: Vec<Vec<String>> = README
        .lines()
        .filter(|line| line.starts_with("schtasks "))
        .map(|line| {
            let words = windows(line);
            let at = words.iter().position(|word| word == "/TR").unwrap();
            assert_eq!(words[1], "/Create", "{line}");
            windows(&words[at + 1])
        })
        .collect();
    let [before, after] = tasks.as_slice() else {
        panic!("the README shows {} scheduled tasks", tasks.len())
    };
    let arguments = |words: &[String], program: &str| {
        let at = words.iter().position(|word| word.ends_with(program)).unwrap();
        words[at + 1..].to_vec()
    };
    let theirs = arguments(before, "vnc_connect.ps1");
    assert_eq!(theirs, arguments(after, "vnc-connect"));
    let ran = Desk::demo().run(&format!("vnc-connect {}", for_desk(&theirs)));
    ran.succeeds().says("done");
}
