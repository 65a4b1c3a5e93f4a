//! What somebody may have meant: the known name that is nearest to one that is unknown.

/// Longer names than this are compared by nobody.
const LONGEST: usize = 64;

/// The nearest of `known`, when it is near: at most a third of the characters differ, at least one may.
///
/// Of equally near ones the smallest; case does not count.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name: Vec<char> = name.to_lowercase().chars().collect();
    if name.len() < 2 || name.len() > LONGEST {
        return None;
    }
    let allowed = (name.len() / 3).max(1);
    let near = known.into_iter().filter_map(|candidate| {
        let other: Vec<char> = candidate.to_lowercase().chars().collect();
        let distance = (other.len().abs_diff(name.len()) <= allowed).then(|| distance(&name, &other))?;
        (distance <= allowed).then_some((distance, candidate))
    });
    near.min().map(|(_, candidate)| candidate)
}

/// How many characters must be inserted, removed, replaced or swapped with their neighbour to make one of the other
/// (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let replaced = at(&above, j) + usize::from(x != y);
            let mut cost = replaced.min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut above, row);
    }
    at(&above, b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let known = ["category", "tag", "科学技术", "人工智能"];
        for (name, expected) in
            [("categroy", Some("category")), ("Tags", Some("tag")), ("tga", Some("tag")), ("科学技木", Some("科学技术")), ("体育", None), ("", None)]
        {
            assert_eq!(nearest(name, known), expected, "{name}");
        }
    }

    #[test]
    fn distances() {
        let count = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        for (a, b, expected) in
            [("", "", 0), ("", "ab", 2), ("ab", "", 2), ("kitten", "sitting", 3), ("铁路", "铁道", 1), ("titel", "title", 1), ("abc", "abc", 0)]
        {
            assert_eq!(count(a, b), expected, "{a} {b}");
        }
    }
}
