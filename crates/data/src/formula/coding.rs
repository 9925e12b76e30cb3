//! Which factors of a term are coded by contrasts, and which by a column per level.
use super::terms::{Term, is_subset};

/// For each term, for each of its variables: whether a factor is coded in full, one indicator per level.
///
/// The rule is R's (`TermCode` and `modelmatrix` in R's `model.c`; Chambers & Hastie, *Statistical Models in S*, 1992, §2.4.2):
///
/// * a factor of a term is coded by contrasts if the term without it is empty or is contained in an earlier term
///   of the model, and in full otherwise;
/// * if the model has no intercept, the first factor of the first term that has one is coded in full.
///
/// `terms` come in model order; entries of variables that are not factors are `false`.
pub(super) fn full_coding(terms: &[Term], is_factor: &[bool], intercept: bool) -> Vec<Vec<bool>> {
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); is_factor.len()];
    let mut coding: Vec<Vec<bool>> = Vec::with_capacity(terms.len());
    for (index, term) in terms.iter().enumerate() {
        let full = |&variable: &u32| {
            is_factor[variable as usize] && !margin_is_held(terms, &holders, term, variable)
        };
        coding.push(term.iter().map(full).collect());
        term.iter().for_each(|&v| holders[v as usize].push(index));
    }
    if !intercept {
        let first = terms.iter().enumerate().find_map(|(t, term)| {
            let place = term.iter().position(|&v| is_factor[v as usize])?;
            Some((t, place))
        });
        if let Some((term, place)) = first {
            coding[term][place] = true;
        }
    }
    coding
}

/// Whether `term` without `variable` is empty or part of an earlier term; `holders` lists the earlier terms by variable.
fn margin_is_held(terms: &[Term], holders: &[Vec<usize>], term: &Term, variable: u32) -> bool {
    let margin = || term.iter().copied().filter(move |&v| v != variable);
    let Some(rarest) = margin().min_by_key(|&v| holders[v as usize].len()) else { return true };
    holders[rarest as usize].iter().any(|&earlier| is_subset(margin(), &terms[earlier]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Variables 0 and 1 are factors, 2 is a number.
    fn code(terms: &[&[u32]], intercept: bool) -> Vec<Vec<bool>> {
        let terms: Vec<Term> = terms.iter().map(|t| (*t).into()).collect();
        full_coding(&terms, &[true, true, false], intercept)
    }

    #[test]
    fn margins() {
        assert_eq!(code(&[&[0], &[1], &[0, 1]], true), [vec![false], vec![false], vec![false, false]]);
        assert_eq!(code(&[&[0], &[0, 1]], true), [vec![false], vec![true, false]]);
        assert_eq!(code(&[&[0, 1]], true), [vec![true, true]]);
        assert_eq!(code(&[&[2], &[0, 2]], true), [vec![false], vec![false, false]]);
        assert_eq!(code(&[&[0, 2]], true), [vec![true, false]]);
    }

    #[test]
    fn without_intercept() {
        assert_eq!(code(&[&[0], &[1]], false), [vec![true], vec![false]]);
        assert_eq!(code(&[&[2], &[1]], false), [vec![false], vec![true]]);
        assert_eq!(code(&[&[2], &[0, 2]], false), [vec![false], vec![true, false]]);
    }
}
