//! Regression as states that grow by batches and merge.
use super::factor::{Centre, Factor};
use super::observations::{Observations, Totals};
use super::options::{Method, OlsOptions, WeightKind};
use super::solved::Solved;
use super::triangle::Triangle;
use crate::online::bytes::{ByteReader, ByteWriter, fault};
use crate::online::{CoMoments, OnlineState};
use crate::{Error, Rows};
use ferronum_dd::Dd;

/// κ² of the scaled, centred cross-products beyond which they are given up for a QR factorisation.
const GRAM_CONDITION: f64 = 1e6;

/// Rows that a QR factorisation takes in at once.
const QR_ROWS: usize = 1024;

/// Most columns of a state read from bytes.
const MAX_COLS: u64 = 1 << 16;

/// The first pass of a regression: means and centred cross-products of `[x y]`.
///
/// # Examples
/// ```
/// use ferronum_stat::online::OnlineState;
/// use ferronum_stat::regression::{Observations, OlsOptions, OlsState, Solution};
/// let mut state = OlsState::new(1, true, None)?;
/// state.update(&Observations::new(&[&[1.0, 2.0]], &[3.1, 4.9]))?;
/// state.update(&Observations::new(&[&[3.0, 4.0]], &[7.2, 8.8]))?;
/// match state.solve(&OlsOptions::default())? {
///     Solution::Done(solved) => assert!((solved.fit().terms[1].estimate - 1.94).abs() < 1e-14),
///     Solution::NeedsQr(_) => unreachable!("two digits are lost at most"),
/// }
/// # Ok::<(), ferronum_stat::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OlsState {
    moments: CoMoments,
    totals: Totals,
    intercept: bool,
}

/// What the cross-products gave.
#[derive(Debug, Clone)]
pub enum Solution {
    /// A fit.
    Done(Box<Solved>),
    /// They lose too many digits: feed the same batches to this empty state.
    NeedsQr(QrState),
}

impl OlsState {
    /// An empty state for `ncols` columns of x.
    ///
    /// # Errors
    /// [`Error::Shape`] if there are too many columns.
    pub fn new(ncols: usize, intercept: bool, weights: Option<WeightKind>) -> Result<Self, Error> {
        Ok(Self { moments: CoMoments::new(ncols + 1)?, totals: Totals::new(weights), intercept })
    }

    /// Number of rows taken in.
    pub fn rows(&self) -> u64 {
        self.totals.rows
    }

    /// Takes in rows `[x y]` without weights, the response last, straight from the caller's memory.
    ///
    /// # Errors
    /// [`Error::Shape`], [`Error::NotFinite`] or [`Error::Overflow`]; the state is then unchanged. [`Error::InvalidArgument`] if
    /// the state takes weights.
    ///
    /// # Examples
    /// ```
    /// use ferronum_stat::{Rows, regression::OlsState};
    /// let mut state = OlsState::new(1, true, None)?;
    /// state.update_rows(&Rows::row_major(&[1.0, 3.1, 2.0, 4.9, 3.0, 7.2], 2)?)?;
    /// assert_eq!(state.rows(), 3);
    /// # Ok::<(), ferronum_stat::Error>(())
    /// ```
    pub fn update_rows(&mut self, rows: &Rows<'_>) -> Result<(), Error> {
        if self.totals.kind.is_some() {
            let requirement = "given with each batch: this fit is weighted";
            return Err(Error::InvalidArgument { name: "weights", requirement, value: f64::NAN });
        }
        self.moments.update(rows)?;
        self.totals.update(rows.nrows(), None);
        Ok(())
    }

    /// As [`OnlineState::update`], which stays on the caller's thread, but spread over the threads of the current rayon pool.
    /// The bits of the result are the same.
    ///
    /// # Errors
    /// As [`OnlineState::update`].
    pub fn par_update(&mut self, batch: &Observations<'_>) -> Result<(), Error> {
        self.absorb(batch, |moments, rows| moments.par_update(rows, batch.weights))
    }

    fn absorb(
        &mut self,
        batch: &Observations<'_>,
        update: impl FnOnce(&mut CoMoments, &Rows<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        batch.check(self.moments.ncols() - 1, self.totals.rows, self.totals.kind)?;
        let columns: Vec<&[f64]> = batch.x.iter().copied().chain([batch.y]).collect();
        update(&mut self.moments, &Rows::columns(&columns)?)?;
        self.totals.update(batch.y.len(), batch.weights);
        Ok(())
    }

    /// Solves by Cholesky, or names the QR pass that is needed: where κ² of the scaled cross-products exceeds 1e6, a column
    /// or the response keeps less than 1e-6 of its sum of squares, or [`OlsOptions::method`] says so.
    ///
    /// # Errors
    /// [`Error::TooFewRows`], [`Error::NothingToEstimate`], [`Error::Overflow`], or as the options are wrong.
    pub fn solve(&self, options: &OlsOptions<'_>) -> Result<Solution, Error> {
        let options = &OlsOptions { intercept: self.intercept, ..options.clone() };
        options.check(self.moments.ncols() - 1)?;
        let gram = self.moments.finish().map_err(|error| match error {
            Error::TooFewRows { .. } => {
                Error::TooFewRows { what: "a regression", needed: self.moments.ncols() as u64 + 1, found: 0 }
            }
            other => other,
        })?;
        let qr = || {
            let p = gram.ncols();
            let shift: Vec<f64> = (0..p).map(|j| if self.intercept { gram.mean(j) } else { 0.0 }).collect();
            Solution::NeedsQr(QrState::new(shift, self.intercept, self.totals.kind))
        };
        if matches!(options.method, Some(Method::Qr | Method::DoubleDouble)) {
            return Ok(qr());
        }
        let factor = Factor::from_gram(&gram, self.intercept)?;
        let condition = factor.condition_numbers().1;
        let weak = condition * condition > GRAM_CONDITION || factor.smallest_pivot < 1.0 / GRAM_CONDITION;
        if weak && factor.tss > 0.0 && options.method.is_none() {
            return Ok(qr());
        }
        Ok(Solution::Done(Box::new(Solved::new(factor, self.totals, options, Method::Gram)?)))
    }
}

impl OnlineState for OlsState {
    type Batch<'a> = Observations<'a>;
    type Output = Solution;

    fn update(&mut self, batch: &Observations<'_>) -> Result<(), Error> {
        self.absorb(batch, |moments, rows| match batch.weights {
            Some(weights) => moments.update_weighted(rows, weights),
            None => moments.update(rows),
        })
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if (self.intercept, self.totals.kind) != (other.intercept, other.totals.kind) {
            return Err(Error::Merge { reason: "intercept or kind of weights differ".to_string() });
        }
        self.moments.merge(&other.moments)?;
        self.totals.merge(&other.totals);
        Ok(())
    }

    fn finish(&self) -> Result<Solution, Error> {
        self.solve(&OlsOptions::default())
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut out = ByteWriter::new(*b"OLSG", 1);
        write_head(&mut out, &self.totals, self.intercept);
        let inner = self.moments.to_bytes();
        out.bytes(&inner);
        out.finish()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = ByteReader::new(bytes, *b"OLSG", 1)?;
        let (totals, intercept) = read_head(&mut reader)?;
        let moments = CoMoments::from_bytes(reader.bytes()?)?;
        reader.finish()?;
        Ok(Self { moments, totals, intercept })
    }
}

/// The second pass of an ill-conditioned regression: the triangular factor of the centred rows, whose condition number is the
/// square root of that of the cross-products.
#[derive(Debug, Clone, PartialEq)]
pub struct QrState {
    triangle: Triangle<f64>,
    shift: Centre,
    totals: Totals,
    intercept: bool,
}

impl QrState {
    /// An empty state that measures the columns `[x y]` from `shift`.
    fn new(shift: Vec<f64>, intercept: bool, kind: Option<WeightKind>) -> Self {
        let mut shift: Vec<Dd> = shift.into_iter().map(Dd::from).collect();
        let y = shift.pop().unwrap_or(Dd::ZERO);
        let triangle = Triangle::new(shift.len() + 1 + usize::from(intercept));
        Self { triangle, shift: Centre { x: shift, y }, totals: Totals::new(kind), intercept }
    }

    /// Solves the triangular system.
    ///
    /// # Errors
    /// As [`OlsState::solve`].
    pub fn solve(&self, options: &OlsOptions<'_>) -> Result<Solved, Error> {
        let options = &OlsOptions { intercept: self.intercept, ..options.clone() };
        options.check(self.shift.x.len())?;
        let weight = self.totals.sum_weights.to_f64();
        if self.totals.active == 0 {
            let needed = self.triangle.order as u64;
            return Err(Error::TooFewRows { what: "a regression", needed, found: 0 });
        }
        let factor = Factor::from_triangle(&self.triangle, self.shift.clone(), weight, self.intercept)?;
        Solved::new(factor, self.totals, options, Method::Qr)
    }
}

impl OnlineState for QrState {
    type Batch<'a> = Observations<'a>;
    type Output = Solved;

    fn update(&mut self, batch: &Observations<'_>) -> Result<(), Error> {
        batch.check(self.shift.x.len(), self.totals.rows, self.totals.kind)?;
        batch.absorb_into(&mut self.triangle, &self.shift, self.intercept, QR_ROWS);
        self.totals.update(batch.y.len(), batch.weights);
        Ok(())
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let same = self.shift == other.shift && self.totals.kind == other.totals.kind;
        if !same || self.intercept != other.intercept {
            return Err(Error::Merge { reason: "factors measured from different centres".to_string() });
        }
        self.triangle.merge(&other.triangle);
        self.totals.merge(&other.totals);
        Ok(())
    }

    fn finish(&self) -> Result<Solved, Error> {
        self.solve(&OlsOptions::default())
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut out = ByteWriter::new(*b"OLSQ", 1);
        write_head(&mut out, &self.totals, self.intercept);
        out.u64(self.shift.x.len() as u64);
        self.shift.x.iter().for_each(|x| out.f64(x.to_f64()));
        out.f64(self.shift.y.to_f64());
        out.f64s(&self.triangle.r);
        out.finish()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = ByteReader::new(bytes, *b"OLSQ", 1)?;
        let (totals, intercept) = read_head(&mut reader)?;
        let ncols = reader.len(MAX_COLS)?;
        let mut shift = reader.f64s(ncols)?;
        shift.push(reader.f64()?);
        let mut state = Self::new(shift, intercept, totals.kind);
        state.triangle.r = reader.f64s(state.triangle.order * state.triangle.order)?;
        state.totals = totals;
        reader.finish()?;
        Ok(state)
    }
}

fn write_head(out: &mut ByteWriter, totals: &Totals, intercept: bool) {
    out.u64(u64::from(intercept));
    out.u64(match totals.kind {
        None => 0,
        Some(WeightKind::Frequency) => 1,
        Some(WeightKind::Analytic) => 2,
        Some(WeightKind::Probability) => 3,
    });
    out.u64(totals.rows);
    out.u64(totals.active);
    out.f64s(&[totals.sum_weights.hi(), totals.sum_weights.lo()]);
    out.f64s(&[totals.ln_weights.hi(), totals.ln_weights.lo()]);
}

fn read_head(reader: &mut ByteReader<'_>) -> Result<(Totals, bool), Error> {
    let intercept = reader.len(1)? == 1;
    let mut totals = Totals::new(match reader.len(3)? {
        0 => None,
        1 => Some(WeightKind::Frequency),
        2 => Some(WeightKind::Analytic),
        _ => Some(WeightKind::Probability),
    });
    (totals.rows, totals.active) = (reader.u64()?, reader.u64()?);
    let (a, b, c, d) = (reader.f64()?, reader.f64()?, reader.f64()?, reader.f64()?);
    (totals.sum_weights, totals.ln_weights) = (Dd::sum(a, b), Dd::sum(c, d));
    if totals.active > totals.rows || !totals.sum_weights.is_finite() {
        return Err(fault("a count or a weight is impossible"));
    }
    Ok((totals, intercept))
}
