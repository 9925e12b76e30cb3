pub(crate) const MAGIC: [u8; 8] = *b"\x89F64ROWS";
