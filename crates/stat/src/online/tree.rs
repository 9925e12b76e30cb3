//! Pairwise combination of a stream of parts, in a tree that depends on their number alone.

/// A part that takes in the part that follows it.
pub(crate) trait Combine {
    /// What is left of `later` has no meaning.
    fn combine(&mut self, later: &mut Self);
}

/// Complete subtrees of the parts seen so far, oldest and largest first, like the binary digits of their number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tree<T> {
    pub(crate) subtrees: Vec<(u32, T)>,
}

impl<T> Default for Tree<T> {
    fn default() -> Self {
        Self { subtrees: Vec::new() }
    }
}

impl<T: Combine> Tree<T> {
    /// Appends a subtree of 2^level parts, and hands back to `free` the ones it absorbs.
    pub(crate) fn push(&mut self, level: u32, part: T, mut free: impl FnMut(T)) {
        let (mut level, mut part) = (level, part);
        while let Some((top, mut older)) = self.subtrees.pop_if(|(top, _)| *top <= level) {
            older.combine(&mut part);
            // A smaller subtree before a larger one happens only where a merge was not aligned with the grid.
            level = if top == level { level + 1 } else { level };
            free(std::mem::replace(&mut part, older));
        }
        self.subtrees.push((level, part));
    }

    /// All parts as one, newest combined first.
    pub(crate) fn total(&self) -> Option<T>
    where
        T: Clone,
    {
        let mut parts = self.subtrees.iter().rev();
        let mut total = parts.next()?.1.clone();
        for (_, older) in parts {
            let mut older = older.clone();
            older.combine(&mut total);
            total = older;
        }
        Some(total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, PartialEq)]
    struct Shape(String);

    impl Combine for Shape {
        fn combine(&mut self, later: &mut Self) {
            self.0 = format!("({}{})", self.0, later.0);
        }
    }

    fn grown(parts: std::ops::Range<usize>) -> Tree<Shape> {
        let mut tree = Tree::default();
        for part in parts {
            tree.push(0, Shape(part.to_string()), drop);
        }
        tree
    }

    #[test]
    fn the_tree_is_balanced_and_in_order() {
        assert_eq!(grown(0..4).total().unwrap().0, "((01)(23))");
        assert_eq!(grown(0..7).total().unwrap().0, "(((01)(23))((45)6))");
        assert_eq!(Tree::<Shape>::default().total(), None);
    }

    #[test]
    fn aligned_subtrees_give_the_tree_of_their_parts() {
        let mut merged = grown(0..4);
        for (level, part) in grown(4..7).subtrees {
            merged.push(level, part, drop);
        }
        assert_eq!(merged, grown(0..7));
    }
}
