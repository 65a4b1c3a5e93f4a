//! An address as a QR code (ISO/IEC 18004), so that a phone can subscribe to what a screen or a sheet of paper shows.
//!
//! In: an address. Out: an SVG drawing of it, or nothing when it is too long to be scanned with ease. The same address gives the same
//! drawing.

use maud::{Markup, html};
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};
use std::fmt::Write as _;

/// The light frame that scanners need, in modules (§6.3.8).
const FRAME: usize = 4;
/// The largest version that phones read from a screen without trouble: 57 modules a side, 271 bytes.
const LARGEST: u8 = 10;

/// The drawing; `label` says to whoever cannot see it what it is.
pub(super) fn code(address: &str, label: &str, language: Option<&str>) -> Markup {
    let Some(path) = modules(address) else { return Markup::default() };
    html! {
        svg.qr viewBox=(path.view) role="img" aria-label=(label) lang=[language] { path d=(path.strokes) {} }
        "\n"
    }
}

/// Dark modules as strokes of one unit.
struct Drawing {
    view: String,
    strokes: String,
}

fn modules(address: &str) -> Option<Drawing> {
    let segments = [QrSegment::make_bytes(address.as_bytes())];
    // All masks can be read; choosing the fairest costs eight times as much.
    let mask = Some(Mask::new(0));
    let code = QrCode::encode_segments_advanced(&segments, QrCodeEcc::Low, Version::MIN, Version::new(LARGEST), mask, true).ok()?;
    let size = usize::try_from(code.size()).ok()?;
    let mut strokes = String::with_capacity(size * 48);
    for (row, y) in (0..code.size()).enumerate() {
        let mut end = None;
        let mut x = 0;
        while x < code.size() {
            let length = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            if length == 0 {
                x += 1;
                continue;
            }
            let start = usize::try_from(x).ok()?;
            // Moves within a row are relative, which is shorter; writing into a String does not fail.
            let _ = match end {
                None => write!(strokes, "M{} {}.5h{length}", start + FRAME, row + FRAME),
                Some(end) => write!(strokes, "m{} 0h{length}", start - end),
            };
            end = Some(start + length);
            x += i32::try_from(length).ok()?;
        }
    }
    let side = size + 2 * FRAME;
    Some(Drawing { view: format!("0 0 {side} {side}"), strokes })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a drawing shows, row by row, read back from its strokes.
    fn drawn(drawing: &Drawing) -> Vec<Vec<bool>> {
        let side: usize = drawing.view.rsplit(' ').next().unwrap().parse().unwrap();
        let mut rows = vec![vec![false; side]; side];
        let mut position = (0, 0);
        for part in drawing.strokes.split_inclusive(|c: char| c.is_ascii_alphabetic()).collect::<Vec<_>>().windows(2) {
            let (command, numbers) = (part[0].chars().next_back().unwrap(), part[1].trim_end_matches(|c: char| c.is_ascii_alphabetic()));
            let numbers: Vec<usize> = numbers.split(' ').map(|number| number.trim_end_matches(".5").parse().unwrap()).collect();
            match command {
                'M' => position = (numbers[0], numbers[1]),
                'm' => position.0 += numbers[0],
                _ => {
                    rows[position.1][position.0..position.0 + numbers[0]].fill(true);
                    position.0 += numbers[0];
                }
            }
        }
        rows
    }

    #[test]
    fn the_strokes_are_the_modules() {
        for address in ["https://example.org/feeds/rss.xml", "https://example.org/feeds/tags/%E5%87%BA%E8%A1%8C/rss.xml", "a"] {
            let rows = drawn(&modules(address).unwrap());
            let segments = [QrSegment::make_bytes(address.as_bytes())];
            let code =
                QrCode::encode_segments_advanced(&segments, QrCodeEcc::Low, Version::MIN, Version::new(LARGEST), Some(Mask::new(0)), true).unwrap();
            for (y, row) in rows.iter().enumerate() {
                for (x, dark) in row.iter().enumerate() {
                    let at = |at: usize| i32::try_from(at).unwrap() - 4;
                    assert_eq!(*dark, code.get_module(at(x), at(y)), "{address} {x} {y}");
                }
            }
        }
    }

    #[test]
    fn what_is_too_long_is_not_drawn() {
        assert!(modules(&"x".repeat(271)).is_some());
        assert!(modules(&"x".repeat(272)).is_none());
        assert_eq!(code(&"x".repeat(5000), "", None).into_string(), "");
    }
}
