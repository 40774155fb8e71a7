//! Templates, dates and numbers made by chance, compared with the JavaScript originals (`oracles/`).

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};

use engine::template::{Env, Template};
use serde_json::{Value, json};

/// A small die; the same numbers in each run.
struct Die(u64);

impl Die {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

/// What the originals say to these questions.
fn ask(questions: &[Value]) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../oracles");
    assert!(
        folder.join("node_modules").exists(),
        "the JavaScript originals are not installed: run `cargo xtask test`, or `npm install --prefix oracles --no-package-lock`"
    );
    let mut node = Command::new("node")
        .arg(folder.join("oracle.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node.js is needed for the originals: https://nodejs.org");
    let mut input = node.stdin.take().expect("an input");
    let lines: String = questions.iter().map(|question| format!("{question}\n")).collect();
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()).expect("is written"));
    let answers: Vec<Value> = BufReader::new(node.stdout.take().expect("an output"))
        .lines()
        .map(|line| serde_json::from_str(&line.expect("is read")).expect("is JSON"))
        .collect();
    writer.join().expect("ends");
    node.wait().expect("ends");
    assert_eq!(answers.len(), questions.len());
    answers
}

fn compare(questions: &[Value], ours: impl Fn(&Value) -> Result<String, String>) {
    let mut different = Vec::new();
    for (question, theirs) in questions.iter().zip(ask(questions)) {
        let ours = ours(question);
        let same = match (&ours, theirs["text"].as_str()) {
            (Ok(ours), Some(theirs)) => ours == theirs,
            (Err(_), None) => true,
            _ => false,
        };
        if !same {
            different.push(format!("{question}\n  theirs {theirs}\n  ours   {ours:?}"));
        }
    }
    assert!(
        different.is_empty(),
        "{} of {} differ:\n{}",
        different.len(),
        questions.len(),
        different[..different.len().min(15)].join("\n")
    );
}

fn render(template: &str, context: &Value) -> Result<String, String> {
    let template = Template::parse(template).map_err(|error| error.to_string())?;
    Ok(template.render(context, &mut Env::new(0, 1)).map_err(|error| error.to_string())?.text)
}

/// A piece of a template that both understand. A `}` right behind a tag is left out: Handlebars refuses `{{n}}}`, which
/// the author of a JSON body means; we take it.
fn piece(die: &mut Die, depth: usize) -> String {
    const PATHS: [&str; 14] = [
        "name",
        "user.name",
        "user.tags",
        "list",
        "items.[1].n",
        "zero",
        "empty",
        "nothing",
        "deep.a.b",
        "이름",
        "this.name",
        "./zero",
        "number",
        "yes",
    ];
    let tilde = |die: &mut Die| if die.roll(6) == 0 { "~" } else { "" };
    match die.roll(if depth > 2 { 5 } else { 13 }) {
        0 | 1 => die.pick(&["안녕 ", "a", " ", "\n", "  \n", "끝.\n", "{ ", " }", "\\ "]).to_owned(),
        2 | 3 => {
            let path = die.pick(&PATHS);
            // Alone in its template a list is written as JSON (spec templates.md): that is ours.
            format!(".{{{{{}{path}{}}}}}", tilde(die), tilde(die))
        }
        4 => die
            .pick(&[
                "{{! c }}",
                "{{!-- c }} --}}\n",
                "{{~! c ~}}",
                "\n{{! c }}\n",
                "{{lookup list 1}}.",
                "{{lookup user 'name'}}.",
            ])
            .to_owned(),
        5 | 6 => {
            let helper = die.pick(&["if", "unless"]);
            let path = die.pick(&PATHS);
            let inside = body(die, depth + 1);
            let other = match die.roll(4) {
                0 => format!("{{{{else}}}}{}", body(die, depth + 1)),
                1 => format!("{{{{else if {}}}}}{}", die.pick(&PATHS), body(die, depth + 1)),
                2 => format!("\n{{{{^}}}}\n{}", body(die, depth + 1)),
                _ => String::new(),
            };
            format!("{{{{#{helper} {path}{}}}}}{inside}{other}{{{{{}/{helper}}}}}", tilde(die), tilde(die))
        }
        7 | 8 => {
            let over = die.pick(&["list", "items", "user", "empties", "nothing", "name"]);
            let inside = format!(
                "{}{}",
                die.pick(&[
                    "{{@index}}",
                    "{{@key}}",
                    "{{this}};",
                    "{{#if @first}}F{{/if}}",
                    "{{../name}}",
                    "{{n}}"
                ]),
                body(die, depth + 1)
            );
            format!("{{{{#each {over}}}}}{inside}{{{{else}}}}none{{{{/each}}}}")
        }
        9 => format!(
            "{{{{#with {}}}}}{}{{{{/with}}}}",
            die.pick(&["user", "deep.a", "nothing", "zero"]),
            body(die, depth + 1)
        ),
        10 => {
            let about = die.pick(&["user", "list", "yes", "nothing", "zero", "empties"]);
            format!("{{{{#{about}}}}}{}{{{{/{about}}}}}", body(die, depth + 1))
        }
        11 => format!(
            "{{{{^{0}}}}}{1}{{{{/{0}}}}}",
            die.pick(&["nothing", "list", "empties"]),
            body(die, depth + 1)
        ),
        _ => format!("\n  {{{{#if yes}}}}\n{}\n  {{{{/if}}}}\n", body(die, depth + 1)),
    }
}

fn body(die: &mut Die, depth: usize) -> String {
    (0..=die.roll(3)).map(|_| piece(die, depth)).collect()
}

#[test]
fn templates_by_chance_give_what_handlebars_gives() {
    let context = json!({
        "name": "Ann", "user": {"name": "Bob", "tags": ["x", "y"]}, "list": ["가", "나", 3], "items": [{"n": 1}, {"n": 2.5}],
        "zero": 0, "empty": "", "deep": {"a": {"b": "깊음"}}, "이름": "홍길동", "number": 1e21, "yes": true, "empties": [],
    });
    let mut die = Die(7);
    // A text in front, so that no template is one expression alone.
    let questions: Vec<Value> = (0..3_000)
        .map(|_| json!({"template": format!("T{}", body(&mut die, 0)), "context": context}))
        .collect();
    compare(&questions, |question| {
        render(question["template"].as_str().unwrap_or_default(), &question["context"])
    });
}

#[test]
fn dates_by_chance_give_what_moment_gives() {
    const TOKENS: [&str; 62] = [
        "YYYY", "YY", "YYYYYY", "Y", "M", "MM", "MMM", "MMMM", "Mo", "D", "DD", "Do", "DDD", "DDDD", "DDDo",
        "d", "dd", "ddd", "dddd", "do", "e", "E", "w", "ww", "wo", "W", "WW", "Wo", "gg", "gggg", "GG",
        "GGGG", "Q", "Qo", "a", "A", "h", "hh", "H", "HH", "k", "kk", "m", "mm", "s", "ss", "S", "SS", "SSS",
        "SSSSSS", "X", "x", "Z", "ZZ", "L", "LL", "LLL", "LLLL", "LT", "LTS", "l", "llll",
    ];
    let mut die = Die(11);
    let questions: Vec<Value> = (0..4_000)
        .map(|_| {
            let moment = 1_000_000_000_000_i64 + (die.roll(1 << 30) as i64) * 1_000 + die.roll(1_000) as i64;
            let format: String = (0..=die.roll(4))
                .map(|_| {
                    format!(
                        "{}{}",
                        TOKENS[die.roll(TOKENS.len())],
                        die.pick(&[" ", "-", "년 ", "[분 h]", "/", ":"])
                    )
                })
                .collect();
            let zone = die.pick(&["Asia/Seoul", "UTC", "America/New_York", "Asia/Kolkata"]);
            json!({"moment": moment, "format": format, "zone": zone})
        })
        .collect();
    compare(&questions, |question| {
        render("T{{DATE(moment, format, zone)}}", question).map(|text| text[1..].to_owned())
    });
}

#[test]
fn numbers_by_chance_give_what_numeral_gives() {
    const FORMATS: [&str; 48] = [
        "0",
        "0,0",
        "0.0",
        "0.00",
        "0,0.00",
        "0[.]00",
        "0.0[0000]",
        "0.[00]",
        "00000",
        "0,0[.]0",
        "+0,0",
        "-0",
        "0-",
        "0+",
        "(0,0)",
        "(0.00)",
        "0a",
        "0.0a",
        "0 a",
        "0.0 a",
        "0ak",
        "0.00am",
        "0,0ab",
        ".00",
        "0%",
        "0.0%",
        "0 %",
        "(0.0 %)",
        "0o",
        "0 o",
        "0b",
        "0.0b",
        "0 b",
        "0ib",
        "0.00 ib",
        "$0,0",
        "$ 0,0.00",
        "0,0$",
        "0 $",
        "($0,0)",
        "-$0",
        "00:00:00",
        "0e+0",
        "0.00e+0",
        "0 BPS",
        "0,0 BPS",
        "0.000",
        "000.00",
    ];
    let mut die = Die(13);
    let questions: Vec<Value> = (0..4_000)
        .map(|_| {
            let digits = die.roll(1 << 30) as f64;
            let number = match die.roll(8) {
                0 => 0.0,
                1 => digits,
                2 => -digits,
                3 => digits / 1_000.0,
                4 => -digits / 100_000.0,
                5 => digits * 1_000.0,
                6 => (digits % 1_000.0) / 8.0,
                _ => (digits % 100.0).trunc(),
            };
            json!({"number": number, "format": FORMATS[die.roll(FORMATS.len())]})
        })
        .collect();
    compare(&questions, |question| {
        render("T{{FORMAT(number, format)}}", question).map(|text| text[1..].to_owned())
    });
}
