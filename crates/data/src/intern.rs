//! Labels to codes: a small hash table from byte strings to the numbers of their first appearance.
use crate::MISSING;

/// Distinct byte strings of one batch, in order of first appearance.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    arena: Vec<u8>,
    entries: Vec<Entry>,
    /// Open addressing with linear probing: index into `entries` plus one, zero for an empty slot.
    slots: Vec<u32>,
    levels: u32,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    start: usize,
    len: usize,
    hash: u64,
    code: u32,
}

impl Interner {
    /// The code of `token`. `admit` is asked once for each distinct token whether it is a label (`true`) or means missing.
    #[inline]
    pub fn code<E>(&mut self, token: &[u8], admit: impl FnOnce(&[u8]) -> Result<bool, E>) -> Result<u32, E> {
        let hash = hash(token);
        if let Some(entry) = self.find(hash, token) {
            return Ok(entry.code);
        }
        let code = match admit(token)? {
            true => {
                self.levels += 1;
                self.levels - 1
            }
            false => MISSING,
        };
        self.insert(hash, token, code);
        Ok(code)
    }

    /// The labels in the order of their codes; bytes that are not UTF-8, which `admit` should refuse, become U+FFFD.
    pub fn into_levels(self) -> Vec<String> {
        let labels = self.entries.iter().filter(|entry| entry.code != MISSING);
        labels.map(|e| String::from_utf8_lossy(&self.arena[e.start..e.start + e.len]).into_owned()).collect()
    }

    #[inline]
    fn find(&self, hash: u64, token: &[u8]) -> Option<Entry> {
        if self.slots.is_empty() {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        // At most half of the slots are taken, so an empty one ends the search.
        loop {
            let index = self.slots[slot].checked_sub(1)?;
            let entry = self.entries[index as usize];
            if entry.hash == hash && &self.arena[entry.start..entry.start + entry.len] == token {
                return Some(entry);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn insert(&mut self, hash: u64, token: &[u8], code: u32) {
        let start = self.arena.len();
        self.arena.extend_from_slice(token);
        self.entries.push(Entry { start, len: token.len(), hash, code });
        match 2 * self.entries.len() > self.slots.len() {
            true => self.grow(),
            false => place(&mut self.slots, hash, self.entries.len() as u32),
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(64)];
        for (i, entry) in self.entries.iter().enumerate() {
            place(&mut self.slots, entry.hash, i as u32 + 1);
        }
    }
}

fn place(slots: &mut [u32], hash: u64, value: u32) {
    let mask = slots.len() - 1;
    let mut slot = hash as usize & mask;
    while slots[slot] != 0 {
        slot = (slot + 1) & mask;
    }
    slots[slot] = value;
}

/// A multiply-and-fold hash of the bytes, eight at a time; the table lives for one batch, so it needs no secret.
#[inline]
fn hash(token: &[u8]) -> u64 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15; // 2⁶⁴ / golden ratio
    let mut h = token.len() as u64;
    let (words, rest) = token.as_chunks::<8>();
    for word in words {
        h = mix(h ^ u64::from_le_bytes(*word), K);
    }
    let mut tail = 0u64;
    for &b in rest {
        tail = tail << 8 | u64::from(b);
    }
    mix(h ^ tail, K)
}

#[inline]
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ 0x2545_f491_4f6c_dd1d) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_first_appearance_and_missing_tokens_take_none() {
        let mut interner = Interner::default();
        let admit = |t: &[u8]| Ok::<_, ()>(t != b"NA");
        let tokens: [&[u8]; 6] = [b"UA", b"NA", b"AA", b"UA", b"NA", b""];
        let codes: Vec<u32> = tokens.iter().map(|t| interner.code(t, admit).unwrap()).collect();
        assert_eq!(codes, [0, MISSING, 1, 0, MISSING, 2]);
        assert_eq!(interner.into_levels(), ["UA", "AA", ""]);
    }

    #[test]
    fn many_labels_keep_their_codes() {
        let mut interner = Interner::default();
        for pass in 0..2 {
            for i in 0..20_000u32 {
                let token = format!("label-{i}");
                assert_eq!(interner.code(token.as_bytes(), |_| Ok::<_, ()>(pass == 0)), Ok(i));
            }
        }
        assert_eq!(interner.into_levels().len(), 20_000);
    }
}
