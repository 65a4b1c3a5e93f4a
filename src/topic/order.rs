//! The order of entries in every feed.

use crate::model::Head;
use std::cmp::Reverse;

/// Indices of `heads`, newest first; those without a date last; one date: by id.
///
/// The order is total and does not depend on the order of `heads`: two heads with one date and one id follow their place
/// and their key.
pub fn newest_first(heads: &[Head]) -> Vec<usize> {
    let mut order: Vec<(Reverse<Option<i64>>, usize)> = heads.iter().enumerate().map(|(index, head)| (Reverse(head.sort_key()), index)).collect();
    let rest = |index: usize| heads.get(index).map(|head| (head.id.as_str(), &*head.path, head.key));
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| rest(a.1).cmp(&rest(b.1))));
    order.into_iter().map(|(_, index)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Timestamp};

    fn head(id: &str, date: Option<i64>) -> Head {
        let mut head = Head::new(Id::opaque(id), id, 0);
        head.published = date.and_then(Timestamp::from_unix);
        head
    }

    fn ids(heads: &[Head]) -> Vec<&str> {
        newest_first(heads).into_iter().map(|index| heads[index].id.as_str()).collect()
    }

    #[test]
    fn newest_first_undated_last_then_by_id() {
        let heads = [head("d", None), head("b", Some(5)), head("c", Some(9)), head("a", Some(5)), head("e", Some(-3)), head("0", None)];
        assert_eq!(ids(&heads), ["c", "a", "b", "e", "0", "d"]);
    }

    #[test]
    fn the_last_change_stands_in_for_the_publication() {
        let mut changed = head("x", None);
        changed.updated = Timestamp::from_unix(7);
        assert_eq!(ids(&[head("a", Some(6)), changed, head("b", Some(8))]), ["b", "x", "a"]);
    }

    #[test]
    fn equal_dates_and_ids_still_have_one_order() {
        let mut first = head("a", Some(1));
        first.path = "one.md".into();
        let mut second = head("a", Some(1));
        second.path = "two.md".into();
        assert_eq!(newest_first(&[first.clone(), second.clone()]), [0, 1]);
        assert_eq!(newest_first(&[second, first]), [1, 0]);
    }
}
