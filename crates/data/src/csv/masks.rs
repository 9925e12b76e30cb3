//! Where the separators of a text are: 64 bytes at a time, as bit masks.

/// Bytes in a block, one bit each.
const BLOCK: usize = 64;

/// The bytes of `block` that `mark` marks in its words of eight: bit i for byte i.
#[inline]
fn mask(block: &[u8; BLOCK], mark: impl Fn(u64) -> u64) -> u64 {
    let words = block.as_chunks::<8>().0;
    words.iter().enumerate().fold(0, |mask, (i, word)| {
        // The factor moves the mark of byte k, at bit 8k + 7, to bit 56 + k.
        let marks = (mark(u64::from_le_bytes(*word)) >> 7).wrapping_mul(0x0102_0408_1020_4080);
        mask | (marks >> 56) << (8 * i)
    })
}

/// The high bit of each byte of `word` that equals `byte`, exactly (Warren, *Hacker's Delight*, 6–1).
#[inline]
fn equal(word: u64, byte: u8) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let x = word ^ u64::from_ne_bytes([byte; 8]);
    !(((x & LOW) + LOW) | x | LOW)
}

/// The 64 bytes from `start`, and the mask of those that exist.
#[inline]
fn load(text: &[u8], start: usize) -> ([u8; BLOCK], u64) {
    if let Some(block) = text[start..].first_chunk::<BLOCK>() {
        return (*block, u64::MAX);
    }
    let mut block = [0; BLOCK];
    let rest = &text[start..];
    block[..rest.len()].copy_from_slice(rest);
    (block, (1 << rest.len()) - 1)
}

/// The positions of two separators in a text, in order.
#[derive(Debug, Clone)]
pub(super) struct Separators<'a> {
    text: &'a [u8],
    delimiter: u8,
    block: usize,
    mask: u64,
}

impl<'a> Separators<'a> {
    /// Separators of `text`: `delimiter` and newline.
    pub fn new(text: &'a [u8], delimiter: u8) -> Self {
        let mut new = Self { text, delimiter, block: 0, mask: 0 };
        new.mask = new.mask_at(0);
        new
    }

    #[inline]
    fn mask_at(&self, start: usize) -> u64 {
        let (block, exists) = load(self.text, start);
        mask(&block, |word| equal(word, self.delimiter) | equal(word, b'\n')) & exists
    }

    /// The next separator, or the length of the text.
    #[inline]
    pub fn next(&mut self) -> usize {
        while self.mask == 0 {
            self.block += BLOCK;
            if self.block >= self.text.len() {
                self.block = self.block.min(self.text.len().next_multiple_of(BLOCK));
                return self.text.len();
            }
            self.mask = self.mask_at(self.block);
        }
        let bit = self.mask.trailing_zeros() as usize;
        self.mask &= self.mask - 1;
        self.block + bit
    }

    /// Goes on with the first separator at or after `position`.
    #[inline]
    pub fn seek(&mut self, position: usize) {
        self.block = position & !(BLOCK - 1);
        self.mask = if self.block < self.text.len() { self.mask_at(self.block) } else { 0 };
        self.mask &= u64::MAX << (position % BLOCK);
    }
}

/// The number of lines that `text` ends, blank ones (nothing, or a carriage return) left out. `text` starts at a line's start.
pub(super) fn count_lines(text: &[u8]) -> u64 {
    let newlines = memchr::memchr_iter(b'\n', text).count() as u64;
    let blank_lines = text.starts_with(b"\n")
        || text.starts_with(b"\r\n")
        || memchr::memmem::find(text, b"\n\n").is_some()
        || memchr::memmem::find(text, b"\n\r\n").is_some();
    if blank_lines { count_lines_not_blank(text) } else { newlines }
}

/// The same where there are blank lines.
fn count_lines_not_blank(text: &[u8]) -> u64 {
    let mut count = 0;
    // Whether the byte before the block ended a line, and whether it was the carriage return of a blank line.
    let (mut after_newline, mut after_blank_return) = (1u64, 0u64);
    for start in (0..text.len()).step_by(BLOCK) {
        let (block, exists) = load(text, start);
        let newline = mask(&block, |word| equal(word, b'\n')) & exists;
        let line_start = newline << 1 | after_newline;
        let blank_return = mask(&block, |word| equal(word, b'\r')) & line_start;
        let blank = newline & (line_start | blank_return << 1 | after_blank_return);
        count += u64::from((newline & !blank).count_ones());
        (after_newline, after_blank_return) = (newline >> 63, blank_return >> 63);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = Vec<u8>> {
        proptest::collection::vec(prop_oneof![Just(b','), Just(b'\n'), Just(b'\r'), Just(b'1')], 0..300)
    }

    proptest! {
        #[test]
        fn separators_are_found_in_order_from_any_place(text in text(), from in 0usize..300) {
            let expect: Vec<usize> =
                (0..text.len()).filter(|&i| i >= from && (text[i] == b',' || text[i] == b'\n')).collect();
            let mut separators = Separators::new(&text, b',');
            separators.next();
            separators.seek(from);
            for &position in &expect {
                prop_assert_eq!(separators.next(), position);
            }
            prop_assert_eq!(separators.next(), text.len());
            prop_assert_eq!(separators.next(), text.len());
        }

        #[test]
        fn blank_lines_do_not_count(text in text()) {
            let lines = text.split_inclusive(|&b| b == b'\n').filter(|line| line.ends_with(b"\n"));
            let expect = lines.filter(|line| *line != b"\n" && *line != b"\r\n").count();
            prop_assert_eq!(count_lines(&text), expect as u64);
        }
    }
}
