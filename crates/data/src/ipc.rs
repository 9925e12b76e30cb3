//! Arrow IPC files and streams, without copying what is not compressed.
//!
//! Both are made of messages: a schema, dictionaries, record batches. A stream has them one after the other; a file says
//! at its end where they are, so that a file that was cut short is noticed at once.
use crate::arrow_column;
use crate::guard::guarded;
use crate::input::Input;
use crate::residency::Way;
use crate::{Batch, Error, Field, Schema};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_buffer::Buffer;
use arrow_ipc::MetadataVersion;
use arrow_ipc::convert::fb_to_schema;
use arrow_ipc::reader::{read_dictionary, read_footer_length, read_record_batch};
use arrow_schema::SchemaRef;
use bytes::Bytes;
use std::collections::HashMap;
use std::sync::Arc;

/// The most bytes that one compressed buffer may claim to hold.
const MAX_BUFFER: u64 = 4 << 30;

/// An opened Arrow file or stream.
#[derive(Debug)]
pub(crate) struct IpcFile {
    input: Arc<Input>,
    arrow: SchemaRef,
    /// Where the messages are.
    start: Start,
    /// For each column of the schema its position in the file.
    roots: Vec<usize>,
    schema: Schema,
    pub left_out: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
enum Start {
    /// The positions of all dictionaries, and then of all record batches.
    Blocks(Arc<[u64]>),
    /// The position after the schema.
    Stream(u64),
}

impl IpcFile {
    /// Opens the file format.
    pub fn open_file(input: Arc<Input>) -> Result<Self, Error> {
        let bytes = IpcBytes::new(&input)?;
        let parsed = guarded(|| {
            let end = input.len().checked_sub(10).ok_or("it is too short")?;
            let trailer = bytes.get(end, 10)?;
            let trailer = trailer[..].try_into().map_err(|_| "it is too short")?;
            let len = read_footer_length(trailer)
                .map_err(|_| "it does not end like an Arrow file; it may be cut short".to_owned())?;
            let start = end.checked_sub(len as u64).ok_or("its footer is longer than the file")?;
            let footer = bytes.get(start, len as u64)?;
            let footer = arrow_ipc::root_as_footer(&footer).map_err(|e| e.to_string())?;
            let schema = fb_to_schema(footer.schema().ok_or("its footer has no schema")?);
            let blocks = footer.dictionaries().into_iter().chain(footer.recordBatches());
            let positions = blocks.flat_map(|blocks| blocks.iter().map(|block| block.offset()));
            let positions = positions.map(u64::try_from).collect::<Result<Arc<[u64]>, _>>();
            Ok::<_, String>((schema, Start::Blocks(positions.map_err(|_| "a negative position")?)))
        });
        Self::new(input, parsed)
    }

    /// Opens the stream format.
    pub fn open_stream(input: Arc<Input>) -> Result<Self, Error> {
        let bytes = IpcBytes::new(&input)?;
        let parsed = guarded(|| {
            let message = bytes.message(0)?.ok_or("it has no schema")?;
            let parsed = arrow_ipc::root_as_message(&message.head).map_err(|e| e.to_string())?;
            let schema = fb_to_schema(parsed.header_as_schema().ok_or("it does not start with a schema")?);
            Ok::<_, String>((schema, Start::Stream(message.end)))
        });
        Self::new(input, parsed)
    }

    fn new(input: Arc<Input>, parsed: Result<(arrow_schema::Schema, Start), String>) -> Result<Self, Error> {
        let (arrow, start) = parsed.map_err(|detail| damaged(&input, detail))?;
        let (mut roots, mut fields, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
        for (root, field) in arrow.fields().iter().enumerate() {
            match arrow_column::kind(field.data_type()) {
                Some(kind) => {
                    roots.push(root);
                    fields.push(Field { name: field.name().clone(), kind });
                }
                None => left_out.push((field.name().clone(), field.data_type().to_string())),
            }
        }
        let schema = Schema::new(fields);
        Ok(Self { input, arrow: Arc::new(arrow), start, roots, schema, left_out })
    }

    pub fn schema(&self) -> Schema {
        self.schema.clone()
    }

    /// Starts a pass over distinct `columns`.
    pub fn pieces(&self, columns: &[usize], batch_rows: usize) -> Result<Pieces, Error> {
        self.input.check_length()?;
        self.input.advise_sequential();
        // Without columns the first one tells the number of rows.
        let none = columns.is_empty();
        let columns = if none { &[0] } else { columns };
        let pass = Pass {
            input: self.input.clone(),
            schema: self.arrow.clone(),
            projection: columns.iter().map(|&c| self.roots[c]).collect(),
            keep: if none { 0 } else { columns.len() },
        };
        let position = if let Start::Stream(position) = self.start { position } else { 0 };
        Ok(Pieces {
            bytes: IpcBytes::new(&self.input)?,
            pass: Arc::new(pass),
            dictionaries: Arc::default(),
            start: self.start.clone(),
            index: 0,
            position,
            split: None,
            batch_rows,
            row: 0,
        })
    }
}

fn damaged(input: &Input, detail: String) -> Error {
    Error::Damaged { path: input.name().to_owned(), format: "Arrow IPC", detail }
}

/// The bytes, mapped or read.
struct IpcBytes {
    input: Arc<Input>,
    map: Option<Bytes>,
}

/// One message: its flatbuffer, the buffers that belong to it, and where it ends.
struct Message {
    head: Bytes,
    body: Bytes,
    end: u64,
}

impl IpcBytes {
    fn new(input: &Arc<Input>) -> Result<Self, Error> {
        let map = if input.way() == Way::Map { Some(input.bytes()?) } else { None };
        Ok(Self { input: input.clone(), map })
    }

    fn get(&self, start: u64, len: u64) -> Result<Bytes, String> {
        let end = start.checked_add(len).filter(|&end| end <= self.input.len());
        let end = end.ok_or_else(|| format!("{len} bytes at {start} lie past the end of the file"))?;
        if let Some(map) = &self.map {
            return Ok(map.slice(start as usize..end as usize));
        }
        let mut buffer = vec![0; len as usize];
        match self.input.read_at(&mut buffer, start) {
            Ok(got) if got as u64 == len => Ok(buffer.into()),
            Ok(_) => Err("the file ends early".into()),
            Err(e) => Err(e.to_string()),
        }
    }

    /// The message at `position`; `None` at the end of a stream.
    fn message(&self, position: u64) -> Result<Option<Message>, String> {
        if position == self.input.len() {
            return Ok(None);
        }
        let word = |at: u64| -> Result<u32, String> {
            Ok(u32::from_le_bytes(self.get(at, 4)?[..].try_into().map_err(|_| "four bytes")?))
        };
        // Before Arrow 0.15 messages had no continuation marker.
        let (len, start) = match word(position)? {
            u32::MAX => (word(position + 4)?, position + 8),
            len => (len, position + 4),
        };
        if len == 0 {
            return Ok(None);
        }
        let head = self.get(start, u64::from(len))?;
        let body_start = start + u64::from(len);
        let parsed = arrow_ipc::root_as_message(&head).map_err(|e| e.to_string())?;
        let body_len = u64::try_from(parsed.bodyLength()).map_err(|_| "a negative length")?;
        let body = self.get(body_start, body_len)?;
        Ok(Some(Message { head, body, end: body_start + body_len }))
    }
}

/// What the pieces of one pass share.
struct Pass {
    input: Arc<Input>,
    schema: SchemaRef,
    projection: Vec<usize>,
    /// How many of the projected columns were asked for.
    keep: usize,
}

type Dictionaries = HashMap<i64, ArrayRef>;

/// One pass over some columns.
pub(crate) struct Pieces {
    bytes: IpcBytes,
    pass: Arc<Pass>,
    dictionaries: Arc<Dictionaries>,
    start: Start,
    index: usize,
    position: u64,
    /// A record batch of more rows than a batch may have, and the rows of it already given.
    split: Option<(RecordBatch, usize)>,
    batch_rows: usize,
    row: u64,
}

impl Pieces {
    pub fn bytes_read(&self) -> u64 {
        self.position
    }

    fn step(&mut self) -> Result<Option<Piece>, String> {
        loop {
            if let Some((batch, done)) = self.split.take() {
                let rows = self.batch_rows.min(batch.num_rows() - done);
                if rows > 0 {
                    let piece = self.piece(Content::Decoded(batch.slice(done, rows)), rows as u64);
                    self.split = Some((batch, done + rows));
                    return Ok(Some(piece));
                }
            }
            let position = match &self.start {
                Start::Stream(_) => self.position,
                Start::Blocks(positions) => match positions.get(self.index) {
                    Some(&position) => position,
                    None => return Ok(self.end()),
                },
            };
            let Some(message) = self.bytes.message(position)? else { return Ok(self.end()) };
            self.index += 1;
            self.position = message.end;
            if let Some(piece) = self.take(message)? {
                return Ok(Some(piece));
            }
        }
    }

    fn end(&mut self) -> Option<Piece> {
        self.start = Start::Blocks(Arc::default());
        self.position = self.bytes.input.len();
        None
    }

    /// What a message adds: a piece, or a dictionary to know, or a batch to split.
    fn take(&mut self, message: Message) -> Result<Option<Piece>, String> {
        let parsed = arrow_ipc::root_as_message(&message.head).map_err(|e| e.to_string())?;
        if let Some(batch) = parsed.header_as_dictionary_batch() {
            check_buffers(batch.data(), &message.body)?;
            let dictionaries = Arc::make_mut(&mut self.dictionaries);
            let (body, version) = (Buffer::from(message.body.clone()), parsed.version());
            guarded(|| read_dictionary(&body, batch, &self.pass.schema, dictionaries, &version))?;
            return Ok(None);
        }
        let Some(batch) = parsed.header_as_record_batch() else {
            return Err("a message is neither a dictionary nor a record batch".into());
        };
        let rows = usize::try_from(batch.length()).map_err(|_| "a negative number of rows")?;
        let content = Content::Message { message, dictionaries: self.dictionaries.clone() };
        match rows {
            0 => Ok(None),
            _ if rows <= self.batch_rows => Ok(Some(self.piece(content, rows as u64))),
            _ => {
                self.split = Some((content.decode(&self.pass)?, 0));
                Ok(None)
            }
        }
    }

    fn piece(&mut self, content: Content, rows: u64) -> Piece {
        self.row += rows;
        Piece { pass: self.pass.clone(), content, first_row: self.row - rows }
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().map_err(|detail| damaged(&self.pass.input, detail)).transpose()
    }
}

/// One record batch or a part of one.
pub(crate) struct Piece {
    pass: Arc<Pass>,
    content: Content,
    first_row: u64,
}

enum Content {
    Message { message: Message, dictionaries: Arc<Dictionaries> },
    Decoded(RecordBatch),
}

impl Content {
    fn decode(self, pass: &Pass) -> Result<RecordBatch, String> {
        let (message, dictionaries) = match self {
            Self::Decoded(batch) => return Ok(batch),
            Self::Message { message, dictionaries } => (message, dictionaries),
        };
        let parsed = arrow_ipc::root_as_message(&message.head).map_err(|e| e.to_string())?;
        let batch = parsed.header_as_record_batch().ok_or("no record batch")?;
        check_buffers(Some(batch), &message.body)?;
        let (body, version): (_, MetadataVersion) = (Buffer::from(message.body.clone()), parsed.version());
        let (schema, projection) = (pass.schema.clone(), Some(&pass.projection[..]));
        guarded(|| read_record_batch(&body, batch, schema, &dictionaries, projection, &version))
    }
}

impl Piece {
    pub fn decode(self) -> Result<Batch, Error> {
        let (pass, first_row) = (self.pass, self.first_row);
        let decode = || -> Result<Batch, String> {
            let batch = self.content.decode(&pass)?;
            let columns = batch.columns().iter().take(pass.keep);
            let columns =
                columns.map(|array| guarded(|| arrow_column::column(array))).collect::<Result<_, _>>()?;
            Ok(Batch { first_row, rows: batch.num_rows(), columns })
        };
        decode().map_err(|detail| damaged(&pass.input, detail))
    }
}

/// Checks that the buffers lie within `body`, and that compressed ones do not promise more than their bytes can hold,
/// before memory is taken for them.
fn check_buffers(batch: Option<arrow_ipc::RecordBatch<'_>>, body: &[u8]) -> Result<(), String> {
    let Some(batch) = batch else { return Ok(()) };
    for buffer in batch.buffers().into_iter().flatten() {
        let (start, len) = (u64::try_from(buffer.offset()), u64::try_from(buffer.length()));
        let (Ok(start), Ok(len)) = (start, len) else { return Err("a negative position".into()) };
        let end = start.checked_add(len).filter(|&end| end <= body.len() as u64);
        let end = end.ok_or("a buffer lies outside its message")?;
        if batch.compression().is_none() {
            continue;
        }
        let Some(prefix) = body[start as usize..end as usize].first_chunk::<8>() else { continue };
        // -1 marks a buffer that is not compressed. Zstd holds at most 128 KiB in a block of 4 bytes.
        let promised = i64::from_le_bytes(*prefix);
        let limit = (len * (32 << 10)).min(MAX_BUFFER);
        if promised < -1 || promised > limit as i64 {
            return Err(format!("a buffer of {len} bytes promises {promised} bytes"));
        }
    }
    Ok(())
}
