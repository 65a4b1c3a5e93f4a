//! The `style` attribute: which parts of it readers will drop.

/// Properties that readers keep.
const PROPERTIES: &str = "azimuth background background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width \
    border-collapse border-color border-left border-left-color border-left-style border-left-width border-right border-right-color \
    border-right-style border-right-width border-spacing border-style border-top border-top-color border-top-style border-top-width border-width clear \
    color cursor direction display elevation float font font-family font-size font-style font-variant font-weight height letter-spacing line-height \
    list-style-type margin margin-bottom margin-left margin-right margin-top overflow padding padding-bottom padding-left padding-right padding-top \
    pause pause-after pause-before pitch pitch-range richness speak speak-header speak-numeral speak-punctuation speech-rate stress text-align \
    text-decoration text-indent unicode-bidi vertical-align voice-family volume white-space width";

/// Words that readers keep as values of backgrounds, borders, margins and paddings.
const WORDS: &str = "aqua auto black block blue bold both bottom brown center collapse dashed dotted fuchsia gray green !important italic left lime maroon \
    medium none navy normal nowrap olive pointer purple red right solid silver teal top transparent underline white yellow";

/// What readers will drop of a style, in the order of the text.
pub(super) fn dropped(style: &str) -> Vec<String> {
    if !characters_fine(style) || !declarations_fine(style) {
        return vec![style.to_owned()];
    }
    let lower = style.to_lowercase();
    let mut out: Vec<String> = Vec::new();
    for (property, value) in lower.split(';').filter_map(|declaration| declaration.split_once(':')) {
        let property = property.trim();
        let group = property.split('-').next().unwrap_or_default();
        if !PROPERTIES.split_whitespace().any(|known| known == property) {
            out.push(property.to_owned());
        } else if matches!(group, "background" | "border" | "margin" | "padding") {
            out.extend(
                value
                    .split_whitespace()
                    .filter(|word| !WORDS.split_whitespace().any(|known| known == *word) && !measure(word))
                    .map(ToOwned::to_owned),
            );
        }
    }
    out.dedup();
    out
}

/// Letters, digits, some signs, hyphens between letters, quoted names, numbers in parentheses.
fn characters_fine(style: &str) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let mut rest = style;
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        let mut step = c.len_utf8();
        let after = rest.get(step..).unwrap_or_default();
        let inside = |close: char, fine: fn(char) -> bool| {
            after.find(close).filter(|end| *end > 0 && after.get(..*end).unwrap_or_default().chars().all(fine)).map(|end| end + 2)
        };
        match c {
            '-' if word(before) && word(after.chars().next()) => {}
            '\'' | '"' => match inside(c, |c| c.is_whitespace() || c.is_alphanumeric() || c == '_') {
                Some(length) => step = length,
                None => return false,
            },
            '(' => match inside(')', |c| c.is_ascii_digit() || c == ',' || c.is_whitespace()) {
                Some(length) => step = length,
                None => return false,
            },
            c if c.is_ascii_alphanumeric() || c.is_whitespace() || ":,;#%.!".contains(c) => {}
            _ => return false,
        }
        before = Some(c);
        rest = rest.get(step..).unwrap_or_default();
    }
    true
}

/// `name: value` between semicolons.
fn declarations_fine(style: &str) -> bool {
    let mut parts: Vec<&str> = style.split(';').collect();
    if parts.last().is_some_and(|last| last.trim().is_empty()) {
        parts.pop();
    }
    parts.iter().all(|part| {
        part.split_once(':').is_some_and(|(name, value)| {
            let name = name.trim();
            !name.is_empty() && !value.contains(':') && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        })
    })
}

/// A colour, or a number up to three digits with a unit.
fn measure(word: &str) -> bool {
    if let Some(colour) = word.strip_prefix('#') {
        return !colour.is_empty() && colour.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    if let Some(parts) = word.strip_prefix("rgb(") {
        return parts.chars().all(|c| c.is_ascii_digit() || ",%)".contains(c));
    }
    let unit = ["cm", "em", "ex", "in", "mm", "pc", "pt", "px", "%", ",", ")"].iter().find_map(|unit| word.strip_suffix(unit));
    let number = unit.unwrap_or(word);
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit());
    digits && if number.contains('.') { whole.len() <= 1 && matches!(part.len(), 1 | 2) } else { matches!(whole.len(), 1..=3) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles() {
        for kept in
            ["color: red", "margin: 0 auto; padding: 1.5em", "font-family: 'Some Font', serif;", "background: #FFF", "border: 1px solid black", ""]
        {
            assert!(dropped(kept).is_empty(), "{kept}: {:?}", dropped(kept));
        }
        for (style, part) in
            [("position: absolute", "position"), ("color: expression(alert())", "color: expression(alert())"), ("margin: -5px", "margin: -5px")]
        {
            assert_eq!(dropped(style), [part], "{style}");
        }
        assert_eq!(dropped("border: 1000px"), ["1000px"]);
    }
}
