//! Values that stand in the environment, so that they stand in no file: `${PLANET_TOKEN}`.

use super::key::Written;

/// A text with the names of environment variables in it. What they hold is looked up when it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Variable(String),
}

impl Secret {
    /// How it is written.
    pub(super) const WRITTEN: Written =
        Written::matching("the name of an environment variable such as ${PLANET_TOKEN}", r"\$\{[A-Za-z_][A-Za-z0-9_]*\}");

    /// Reads a text such as `Bearer ${TOKEN}`; it must name a variable.
    ///
    /// # Errors
    ///
    /// What is expected, in one line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("expected the name of an environment variable such as ${{PLANET_TOKEN}}, found {} characters of text", text.chars().count());
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let (name, after) = after.split_once('}').ok_or_else(wrong)?;
            let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') && name.starts_with(|c: char| !c.is_ascii_digit());
            if name.is_empty() || !is_name {
                return Err(wrong());
            }
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(Part::Variable(name.to_owned()));
            rest = after;
        }
        if parts.is_empty() {
            return Err(wrong());
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self(parts))
    }

    /// A text that may be seen.
    pub(super) fn open(text: &str) -> Self {
        Self(vec![Part::Text(text.to_owned())])
    }

    /// The text with what the variables hold.
    ///
    /// # Errors
    ///
    /// The name of a variable that holds nothing.
    pub fn reveal(&self, environment: &dyn Fn(&str) -> Option<String>) -> Result<String, String> {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Variable(name) => text.push_str(&environment(name).filter(|value| !value.is_empty()).ok_or_else(|| name.clone())?),
            }
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_looked_up_and_nothing_else_is_a_secret() {
        let environment = |name: &str| (name == "TOKEN").then(|| "t0p".to_owned());
        assert_eq!(Secret::parse("Bearer ${TOKEN}!").unwrap().reveal(&environment).unwrap(), "Bearer t0p!");
        assert_eq!(Secret::parse("${TOKEN}${TOKEN}").unwrap().reveal(&environment).unwrap(), "t0pt0p");
        assert_eq!(Secret::parse("${OTHER}").unwrap().reveal(&environment), Err("OTHER".to_owned()));
        for wrong in ["", "hunter2", "$TOKEN", "${", "${}", "${A B}", "${1A}"] {
            let error = Secret::parse(wrong).unwrap_err();
            assert!(wrong.is_empty() || !error.contains(wrong) || wrong.len() < 4, "it is not shown: {error}");
        }
    }
}
