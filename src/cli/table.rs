//! Rows → a table whose columns are right for wide characters.

use crate::text::hygiene::one_line;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Wider cells are cut.
const WIDEST: usize = 60;

/// A table with a heading; ends with a line feed.
pub(super) fn table(heading: &[&str], rows: &[Vec<String>]) -> String {
    let heading: Vec<String> = heading.iter().map(|cell| (*cell).to_owned()).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| cut(&one_line(cell))).collect()).collect();
    let width = |column: usize| rows.iter().chain([&heading]).filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..heading.len()).map(width).collect();
    let mut text = String::new();
    for row in [&heading].into_iter().chain(&rows) {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 2));
        }
        // A line that begins so is an order to the runners of GitHub, and a title may be anybody's words.
        if line.trim_start().starts_with("::") {
            text.push('\'');
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn cut(cell: &str) -> String {
    if cell.width() <= WIDEST {
        return cell.to_owned();
    }
    let mut width = 1;
    let kept: String = cell
        .chars()
        .take_while(|c| {
            width += c.width().unwrap_or(0);
            width <= WIDEST
        })
        .collect();
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other() {
        let rows =
            vec![vec!["檐下".to_owned(), "1".to_owned()], vec!["Loom\nweave".to_owned(), "22".to_owned()], vec!["很".repeat(40), String::new()]];
        let text = table(&["source", "new"], &rows);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4);
        assert!(lines[3].width() <= WIDEST && lines[3].ends_with('…'), "{text}");
        assert_eq!(table(&["x"], &[vec![" ::error::y".to_owned()]]), "x\n'::error::y\n");
        let column = |line: &str, cell: &str| line.split(cell).next().unwrap().width();
        assert_eq!(column(lines[0], "new"), column(lines[1], "1"));
        assert_eq!(column(lines[0], "new"), column(lines[2], "22"));
    }
}
