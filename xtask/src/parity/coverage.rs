//! How much of Gonum has a counterpart, per crate and tier.
use super::listing::{Answer, Listing, Row};
use crate::table::{Align, render};
use std::collections::BTreeMap;

#[derive(Default, Clone, Copy)]
struct Count {
    have: usize,
    planned: usize,
    left_out: usize,
}

impl Count {
    fn add(&mut self, row: &Row) {
        match &row.answer {
            Answer::Items(_) => self.have += 1,
            answer if answer.is_planned() => self.planned += 1,
            Answer::None(_) => self.left_out += 1,
        }
    }

    /// Ours of those that are ours or planned.
    fn cell(self) -> String {
        let wanted = self.have + self.planned;
        match wanted {
            0 => "–".into(),
            _ => format!("{}/{wanted} {:>3}%", self.have, 100 * self.have / wanted),
        }
    }
}

pub fn text(listing: &Listing) -> String {
    let mut crates: BTreeMap<&str, [Count; 4]> = BTreeMap::new();
    let mut total = [Count::default(); 4];
    for row in &listing.rows {
        let counts = crates.entry(&row.target).or_default();
        for count in [counts, &mut total] {
            count[usize::from(row.tier) - 1].add(row);
            count[3].add(row);
        }
    }
    let line = |name: &str, counts: &[Count; 4]| {
        let mut cells = vec![name.to_string()];
        cells.extend(counts.iter().map(|count| count.cell()));
        cells.push(counts[3].left_out.to_string());
        cells
    };
    let mut rows: Vec<_> = crates.iter().map(|(name, counts)| line(name, counts)).collect();
    rows.push(line("total", &total));
    let right = Align::Right;
    let header = [
        ("crate", Align::Left),
        ("tier 1", right),
        ("tier 2", right),
        ("tier 3", right),
        ("all", right),
        ("left out", right),
    ];
    let note = "Items of Gonum with a counterpart of those that have or will have one; left out: with a reason, for good.\n";
    render(&header, &rows) + note
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_per_crate_and_tier() {
        let text = "package\tsymbol\tkind\ttarget\ttier\tferronum\n\
                    mat\tA\ttype\tmat\t1\tferronum_mat::A\n\
                    mat\tB\ttype\tmat\t1\t- planned: mat\n\
                    mat\tC\ttype\tmat\t3\t- no counterpart\n\
                    unit\tD\ttype\tout\t3\t- out of scope\n";
        let table = super::text(&Listing::parse("g.tsv", text).unwrap());
        let row = |name: &str| {
            let line = table.lines().find(|line| line.starts_with(name)).unwrap();
            line.split_whitespace().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(row("mat"), ["mat", "1/2", "50%", "–", "–", "1/2", "50%", "1"]);
        assert_eq!(row("out"), ["out", "–", "–", "–", "–", "1"]);
        assert_eq!(row("total").last().unwrap(), "2");
    }
}
