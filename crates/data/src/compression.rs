//! Text files compressed with gzip or zstd.
use crate::Error;
use crate::input::{Input, InputReader};
use std::io::{self, BufReader, Read};
use std::sync::Arc;

/// How a text file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compression {
    None,
    Gzip,
    Zstd,
}

/// Compressed bytes read at a time.
const BLOCK: usize = 1 << 20;

impl Compression {
    /// Tells by the magic number.
    pub fn detect(head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Self::Zstd,
            _ => Self::None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::None => "text",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }

    /// Reads the text inside `reader`.
    pub fn reader(self, reader: InputReader, name: &str) -> Result<Box<dyn Read + Send>, Error> {
        Ok(match self {
            Self::None => Box::new(reader),
            Self::Gzip => {
                Box::new(flate2::bufread::MultiGzDecoder::new(BufReader::with_capacity(BLOCK, reader)))
            }
            Self::Zstd => Box::new(
                zstd::stream::read::Decoder::with_buffer(BufReader::with_capacity(BLOCK, reader))
                    .map_err(|e| self.error(name, &e))?,
            ),
        })
    }

    /// What an error of that reader means: damage if there is a decoder in between, otherwise trouble with the file.
    pub fn error(self, name: &str, error: &io::Error) -> Error {
        // The system's own errors carry a code; a decoder's do not.
        match self == Self::None || error.raw_os_error().is_some() {
            true => Error::io(name, "read", error),
            false => Error::Damaged { path: name.to_owned(), format: self.name(), detail: error.to_string() },
        }
    }

    /// The first `n` bytes of the text.
    pub fn head(self, input: &Arc<Input>, n: usize) -> Result<Vec<u8>, Error> {
        let mut head = Vec::new();
        let reader = self.reader(input.reader(), input.name())?;
        reader.take(n as u64).read_to_end(&mut head).map_err(|e| self.error(input.name(), &e))?;
        Ok(head)
    }
}
