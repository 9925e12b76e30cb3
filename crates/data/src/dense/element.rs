//! One number in an array file.

/// The type of the numbers and their byte order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element {
    pub kind: Number,
    pub big_endian: bool,
}

/// A numeric type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    F64,
    F32,
    I64,
    I32,
    I16,
    I8,
    U64,
    U32,
    U16,
    U8,
    Bool,
}

impl Element {
    pub const F64_LE: Self = Self { kind: Number::F64, big_endian: false };

    /// The type that NumPy writes as such a string: byte order, letter, bytes.
    pub fn from_numpy(descr: &str) -> Option<Self> {
        use Number as N;
        let order = descr.chars().next().filter(|c| "<>|=".contains(*c))?;
        let kind = match &descr[1..] {
            "f8" => N::F64,
            "f4" => N::F32,
            "i8" => N::I64,
            "i4" => N::I32,
            "i2" => N::I16,
            "i1" => N::I8,
            "u8" => N::U64,
            "u4" => N::U32,
            "u2" => N::U16,
            "u1" => N::U8,
            "b1" => N::Bool,
            _ => return None,
        };
        let native_big = cfg!(target_endian = "big");
        Some(Self { kind, big_endian: order == '>' || (order == '=' && native_big) })
    }

    /// Bytes of one number.
    pub fn width(self) -> usize {
        match self.kind {
            Number::F64 | Number::I64 | Number::U64 => 8,
            Number::F32 | Number::I32 | Number::U32 => 4,
            Number::I16 | Number::U16 => 2,
            Number::I8 | Number::U8 | Number::Bool => 1,
        }
    }

    /// Appends to `out` the number at each multiple of `stride` in `bytes`.
    pub fn gather(self, bytes: &[u8], stride: usize, out: &mut Vec<f64>) {
        use Number as N;
        match self.kind {
            N::F64 => self.each(bytes, stride, out, f64::from_le_bytes),
            N::F32 => self.each(bytes, stride, out, |b| f64::from(f32::from_le_bytes(b))),
            N::I64 => self.each(bytes, stride, out, |b| i64::from_le_bytes(b) as f64),
            N::I32 => self.each(bytes, stride, out, |b| f64::from(i32::from_le_bytes(b))),
            N::I16 => self.each(bytes, stride, out, |b| f64::from(i16::from_le_bytes(b))),
            N::I8 => self.each(bytes, stride, out, |b| f64::from(i8::from_le_bytes(b))),
            N::U64 => self.each(bytes, stride, out, |b| u64::from_le_bytes(b) as f64),
            N::U32 => self.each(bytes, stride, out, |b| f64::from(u32::from_le_bytes(b))),
            N::U16 => self.each(bytes, stride, out, |b| f64::from(u16::from_le_bytes(b))),
            N::U8 => self.each(bytes, stride, out, |[b]: [u8; 1]| f64::from(b)),
            N::Bool => self.each(bytes, stride, out, |[b]: [u8; 1]| f64::from(u8::from(b != 0))),
        }
    }

    #[inline]
    fn each<const W: usize>(
        self,
        bytes: &[u8],
        stride: usize,
        out: &mut Vec<f64>,
        number: impl Fn([u8; W]) -> f64,
    ) {
        let places = bytes.chunks(stride).filter_map(|place| place.first_chunk::<W>());
        match self.big_endian {
            false => out.extend(places.map(|&place| number(place))),
            true => out.extend(places.map(|&place| {
                let mut reversed = place;
                reversed.reverse();
                number(reversed)
            })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_byte_orders() {
        let gather = |descr: &str, bytes: &[u8], stride| {
            let mut out = Vec::new();
            Element::from_numpy(descr).unwrap().gather(bytes, stride, &mut out);
            out
        };
        assert_eq!(gather(">i2", &[0x01, 0x00, 0xff, 0xfe], 2), [256.0, -2.0]);
        assert_eq!(gather("<i2", &[0x00, 0x01, 9, 9, 0xfe, 0xff], 4), [256.0, -2.0]);
        assert_eq!(gather("<f4", &1.5f32.to_le_bytes(), 4), [1.5]);
        assert_eq!(gather(">f8", &(-0.1f64).to_be_bytes(), 8), [-0.1]);
        assert_eq!(gather("|b1", &[0, 1, 2], 1), [0.0, 1.0, 1.0]);
        for descr in ["", "f8", "<f2", "<c16", "|S4", "<U3", "|O", "<f80", "≤f8"] {
            assert_eq!(Element::from_numpy(descr), None, "{descr}");
        }
    }
}
