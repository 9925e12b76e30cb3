//! The byte form of a state: `FERR`, a type tag, a version, the payload, a CRC-32 of all before.
use crate::Error;

const MAGIC: [u8; 4] = *b"FERR";

/// Collects the fields of a state.
pub(crate) struct ByteWriter(Vec<u8>);

impl ByteWriter {
    pub(crate) fn new(tag: [u8; 4], version: u16) -> Self {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(tag);
        bytes.extend(version.to_le_bytes());
        Self(bytes)
    }

    pub(crate) fn u64(&mut self, value: u64) {
        self.0.extend(value.to_le_bytes());
    }

    pub(crate) fn f64(&mut self, value: f64) {
        self.0.extend(value.to_le_bytes());
    }

    pub(crate) fn f64s(&mut self, values: &[f64]) {
        values.iter().for_each(|v| self.f64(*v));
    }

    /// A length and as many bytes.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.u64(bytes.len() as u64);
        self.0.extend(bytes);
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        let crc = crc32fast::hash(&self.0);
        self.0.extend(crc.to_le_bytes());
        self.0
    }
}

/// Reads the fields back, each checked against what is left.
pub(crate) struct ByteReader<'a>(&'a [u8]);

impl<'a> ByteReader<'a> {
    pub(crate) fn new(bytes: &'a [u8], tag: [u8; 4], version: u16) -> Result<Self, Error> {
        let Some((body, crc)) = bytes.split_last_chunk::<4>() else {
            return Err(fault("too short"));
        };
        if crc32fast::hash(body) != u32::from_le_bytes(*crc) {
            return Err(fault("the checksum does not match: they were cut or damaged"));
        }
        let mut reader = Self(body);
        if reader.take::<4>()? != MAGIC {
            return Err(fault("not a Ferronum state"));
        }
        let found = reader.take::<4>()?;
        if found != tag {
            let (found, wanted) = (String::from_utf8_lossy(&found), String::from_utf8_lossy(&tag));
            return Err(fault(&format!("a state of type `{found}`, not `{wanted}`")));
        }
        let found = u16::from_le_bytes(reader.take()?);
        if found != version {
            return Err(fault(&format!("version {found}, this program reads version {version}")));
        }
        Ok(reader)
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let (head, rest) = self.0.split_first_chunk::<N>().ok_or_else(|| fault("too short"))?;
        self.0 = rest;
        Ok(*head)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Error> {
        Ok(u64::from_le_bytes(self.take()?))
    }

    pub(crate) fn f64(&mut self) -> Result<f64, Error> {
        Ok(f64::from_le_bytes(self.take()?))
    }

    /// `len` numbers; the length is checked before memory is taken.
    pub(crate) fn f64s(&mut self, len: usize) -> Result<Vec<f64>, Error> {
        let wanted = len.checked_mul(8).filter(|bytes| *bytes <= self.0.len());
        let Some(wanted) = wanted else { return Err(fault("a length exceeds the bytes that follow")) };
        let (head, rest) = self.0.split_at(wanted);
        self.0 = rest;
        let (words, _) = head.as_chunks::<8>();
        Ok(words.iter().map(|word| f64::from_le_bytes(*word)).collect())
    }

    /// A length and as many bytes.
    pub(crate) fn bytes(&mut self) -> Result<&'a [u8], Error> {
        let len = self.len(self.0.len() as u64)?;
        let parts = self.0.split_at_checked(len);
        let (head, rest) = parts.ok_or_else(|| fault("a length exceeds the bytes that follow"))?;
        self.0 = rest;
        Ok(head)
    }

    /// A length of at most `limit`.
    pub(crate) fn len(&mut self, limit: u64) -> Result<usize, Error> {
        match self.u64()? {
            len if len <= limit => Ok(len as usize),
            len => Err(fault(&format!("length {len} is over the limit of {limit}"))),
        }
    }

    pub(crate) fn finish(self) -> Result<(), Error> {
        if self.0.is_empty() { Ok(()) } else { Err(fault("bytes are left over")) }
    }
}

pub(crate) fn fault(reason: &str) -> Error {
    Error::Bytes { reason: reason.to_string() }
}
