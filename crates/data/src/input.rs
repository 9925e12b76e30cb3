//! The bytes of a source: a file, or memory.
use crate::options::Access;
use crate::residency::{self, Way};
use crate::{Error, datasets, mapping};
use bytes::Bytes;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::{FileExt, FileTypeExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// Some bytes with a name for messages. A file stays open, so that renaming it does no harm.
#[derive(Debug)]
pub(crate) struct Input {
    name: String,
    len: u64,
    body: Body,
}

#[derive(Debug)]
enum Body {
    Memory(Bytes),
    File { path: PathBuf, file: File, access: Access, map: OnceLock<Bytes> },
}

impl Input {
    /// Opens a regular file.
    pub fn open(path: &str, access: Access) -> Result<Self, Error> {
        let metadata = std::fs::metadata(path).map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => {
                Error::NotFound { path: path.to_owned(), suggestion: datasets::suggest(path) }
            }
            _ => Error::io(path, "open", &e),
        })?;
        let kind = metadata.file_type();
        if !kind.is_file() {
            let what = match () {
                () if kind.is_dir() => "directory",
                () if kind.is_fifo() || kind.is_socket() => "pipe",
                () => "device",
            };
            return Err(Error::NotAFile { path: path.to_owned(), what });
        }
        let file = File::open(path).map_err(|e| Error::io(path, "open", &e))?;
        let len = file.metadata().map_err(|e| Error::io(path, "open", &e))?.len();
        if len == 0 {
            return Err(Error::Empty { path: path.to_owned(), what: "the file is empty (0 bytes)" });
        }
        let body = Body::File { path: path.into(), file, access, map: OnceLock::new() };
        Ok(Self { name: path.to_owned(), len, body })
    }

    /// Bytes in memory: a data set inside the program, or what a user has.
    pub fn memory(name: &str, bytes: Bytes) -> Result<Self, Error> {
        if bytes.is_empty() {
            return Err(Error::Empty { path: name.to_owned(), what: "there are no bytes" });
        }
        Ok(Self { name: name.to_owned(), len: bytes.len() as u64, body: Body::Memory(bytes) })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn len(&self) -> u64 {
        self.len
    }

    /// The path of a file.
    pub fn path(&self) -> Option<&Path> {
        match &self.body {
            Body::Memory(_) => None,
            Body::File { path, .. } => Some(path),
        }
    }

    /// Checks, before a pass, that the file still has the length it had.
    pub fn check_length(&self) -> Result<(), Error> {
        let Body::File { file, .. } = &self.body else { return Ok(()) };
        let now = file.metadata().map_err(|e| Error::io(&self.name, "read", &e))?.len();
        match now == self.len {
            true => Ok(()),
            false => Err(Error::Changed { path: self.name.clone(), before: self.len, now }),
        }
    }

    /// All bytes: mapped, or those in memory.
    pub fn bytes(&self) -> Result<Bytes, Error> {
        match &self.body {
            Body::Memory(bytes) => Ok(bytes.clone()),
            Body::File { file, map, .. } => {
                if let Some(bytes) = map.get() {
                    return Ok(bytes.clone());
                }
                let bytes = mapping::map(file).map_err(|e| Error::io(&self.name, "map", &e))?;
                if bytes.len() as u64 != self.len {
                    let now = bytes.len() as u64;
                    return Err(Error::Changed { path: self.name.clone(), before: self.len, now });
                }
                Ok(map.get_or_init(|| bytes).clone())
            }
        }
    }

    /// The mapped bytes, borrowed; `None` before [`Self::bytes`] has been called.
    pub fn mapped(&self) -> Option<&[u8]> {
        match &self.body {
            Body::Memory(bytes) => Some(bytes),
            Body::File { map, .. } => map.get().map(|bytes| &bytes[..]),
        }
    }

    /// How the next pass should take the bytes.
    pub fn way(&self) -> Way {
        match &self.body {
            Body::Memory(_) => Way::Map,
            Body::File { access: Access::Auto, .. } => {
                let share =
                    self.bytes().ok().and_then(|map| mapping::resident_share(&map, residency::SAMPLES));
                residency::choose(Access::Auto, self.len, share, residency::memory())
            }
            Body::File { access, .. } => residency::choose(*access, self.len, None, None),
        }
    }

    /// Fills `buf` from `offset`; fewer bytes only at the end of the file.
    pub fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        match &self.body {
            Body::Memory(bytes) => {
                let start = offset.min(bytes.len() as u64) as usize;
                let n = buf.len().min(bytes.len() - start);
                buf[..n].copy_from_slice(&bytes[start..start + n]);
                Ok(n)
            }
            Body::File { file, .. } => read_fully(file, buf, offset),
        }
    }

    /// Opens the file for direct reads; `None` where the file system has none.
    pub fn open_direct(&self) -> Option<DirectFile> {
        #[cfg(not(target_os = "linux"))]
        return None;
        #[cfg(target_os = "linux")]
        {
            use std::os::unix::fs::OpenOptionsExt;
            let path = self.path()?;
            let flags = rustix::fs::OFlags::DIRECT.bits().cast_signed();
            let file = std::fs::OpenOptions::new().read(true).custom_flags(flags).open(path).ok()?;
            (file.metadata().ok()?.len() == self.len).then_some(DirectFile(file))
        }
    }

    /// The first `n` bytes, or all if there are fewer.
    pub fn head(&self, n: usize) -> Result<Vec<u8>, Error> {
        let mut head = vec![0; n.min(usize::try_from(self.len).unwrap_or(n))];
        let got = self.read_at(&mut head, 0).map_err(|e| Error::io(&self.name, "read", &e))?;
        head.truncate(got);
        Ok(head)
    }

    /// Tells the kernel that the file will be read from one end to the other. Only advice: a refusal does not matter.
    pub fn advise_sequential(&self) {
        #[cfg(target_os = "linux")]
        if let Body::File { file, .. } = &self.body {
            let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::Sequential);
        }
    }

    /// A reader from the start, with a position of its own.
    pub fn reader(self: &Arc<Self>) -> InputReader {
        self.advise_sequential();
        self.reader_at(0)
    }

    /// A reader from `start`.
    pub fn reader_at(self: &Arc<Self>, start: u64) -> InputReader {
        InputReader { input: self.clone(), position: Arc::new(AtomicU64::new(start)) }
    }
}

/// A second descriptor of a file, whose reads go past the page cache.
#[derive(Debug)]
pub(crate) struct DirectFile(File);

impl DirectFile {
    /// Fills `buf` from `offset`; address, length and offset are multiples of 4096. Fewer bytes only at the end of the file.
    pub fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut done = 0;
        while done < buf.len() {
            match self.0.read_at(&mut buf[done..], offset + done as u64) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
                Ok(n) => {
                    done += n;
                    if n == 0 || n % 4096 != 0 {
                        break; // the end of the file
                    }
                }
            }
        }
        Ok(done)
    }
}

/// Reads until `buf` is full or the file ends.
fn read_fully(file: &File, buf: &mut [u8], offset: u64) -> io::Result<usize> {
    let mut done = 0;
    while done < buf.len() {
        match file.read_at(&mut buf[done..], offset + done as u64) {
            Ok(0) => break,
            Ok(n) => done += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(done)
}

/// Reads an [`Input`] in order.
#[derive(Debug)]
pub(crate) struct InputReader {
    input: Arc<Input>,
    position: Arc<AtomicU64>,
}

impl InputReader {
    /// How far it has read, to be looked at while something else owns the reader.
    pub fn position(&self) -> Arc<AtomicU64> {
        self.position.clone()
    }
}

impl Read for InputReader {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read_at(buf, self.position.load(Ordering::Relaxed))?;
        self.position.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}
