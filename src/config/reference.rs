//! The declared keys → the reference of the configuration, in Markdown: `docs/configuration.md`.

use super::key::{Absent, Declared, Shape, keys};

const HEAD: &str = "# Configuration: `feedloom.yaml`

<!-- Written from the declarations in src/config by FEEDLOOM_WRITE_DOCS=1 cargo test --lib config:: -->

Every key is optional; a key without a value counts as one that is not there, and an unknown key is an error with a suggestion. A list may be one value. `--set KEY=VALUE` sets a key for a run.
`feedloom schema` gives the same as a JSON Schema, also in [feedloom.schema.json](feedloom.schema.json). In editors with the YAML language server, a first line makes them complete and check:

```yaml
# yaml-language-server: $schema=./feedloom.schema.json
```
";

const TABLE: &str = "\n| key | value | default | meaning | example |\n| --- | --- | --- | --- | --- |\n";

/// The reference as a document in Markdown.
pub fn reference() -> String {
    let mut text = HEAD.to_owned();
    let keys = keys();
    for top in keys.iter().filter(|key| !key.path.contains('.')) {
        text.push_str(&format!("\n## {}\n\n{}.\n{TABLE}", top.path, top.meaning));
        let below = format!("{}.", top.path);
        text.extend(keys.iter().filter(|key| key.path.starts_with(&below)).map(row));
    }
    text
}

fn row(key: &Declared) -> String {
    let default = match key.absent {
        Absent::Nothing => String::new(),
        Absent::Value(yaml) => code(yaml),
        Absent::Rule(words) => cell(words),
    };
    let shape = match &key.shape {
        Shape::Choice(words) => words.iter().map(|word| code(word)).collect::<Vec<_>>().join(", "),
        shape => cell(&shape.expected()),
    };
    format!("| {} | {shape} | {default} | {} | {} |\n", code(&key.path), cell(key.meaning), code(key.example))
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("`{}`", cell(text)) }
}
