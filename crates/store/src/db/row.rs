//! One row of a result, the same for both databases.
//!
//! Columns are read in the order in which the statement names them. A cell of another type than expected is a fault
//! of this crate or a database that was changed by hand; it reads as the error [`DbError::Row`], never as a panic.

use rusqlite::types::ValueRef;
use tokio_postgres::types::Type;

use super::{DbError, Value};

/// A row.
#[derive(Debug)]
pub struct Row {
    cells: std::vec::IntoIter<Value>,
    column: usize,
}

impl Row {
    pub(super) fn of_sqlite(row: &rusqlite::Row<'_>, columns: usize) -> Result<Self, DbError> {
        let mut cells = Vec::with_capacity(columns);
        for at in 0..columns {
            cells.push(match row.get_ref(at).map_err(DbError::from)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(number) => Value::Int(number),
                ValueRef::Real(_) => return Err(DbError::Row { column: at }),
                ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
            });
        }
        Ok(Self::new(cells))
    }

    pub(super) fn of_postgres(row: &tokio_postgres::Row) -> Result<Self, DbError> {
        let mut cells = Vec::with_capacity(row.len());
        for (at, column) in row.columns().iter().enumerate() {
            let cell = match *column.type_() {
                Type::INT8 => row.try_get::<_, Option<i64>>(at)?.map_or(Value::Null, Value::Int),
                Type::INT4 => {
                    row.try_get::<_, Option<i32>>(at)?.map_or(Value::Null, |it| Value::Int(i64::from(it)))
                }
                Type::TEXT | Type::VARCHAR => {
                    row.try_get::<_, Option<String>>(at)?.map_or(Value::Null, Value::Text)
                }
                Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.map_or(Value::Null, Value::Bytes),
                _ => return Err(DbError::Row { column: at }),
            };
            cells.push(cell);
        }
        Ok(Self::new(cells))
    }

    fn new(cells: Vec<Value>) -> Self {
        Self { cells: cells.into_iter(), column: 0 }
    }

    fn next(&mut self) -> Result<Value, DbError> {
        self.column += 1;
        self.cells.next().ok_or(DbError::Row { column: self.column - 1 })
    }

    fn wrong<T>(&self) -> Result<T, DbError> {
        Err(DbError::Row { column: self.column - 1 })
    }

    /// Passes over the next cell, whatever it holds.
    pub fn skip(&mut self) -> Result<(), DbError> {
        self.next().map(|_| ())
    }

    /// The next cell, an integer.
    pub fn int(&mut self) -> Result<i64, DbError> {
        self.opt_int()?.map_or_else(|| self.wrong(), Ok)
    }

    /// The next cell, an integer or null.
    pub fn opt_int(&mut self) -> Result<Option<i64>, DbError> {
        match self.next()? {
            Value::Null => Ok(None),
            Value::Int(number) => Ok(Some(number)),
            _ => self.wrong(),
        }
    }

    /// The next cell, a truth value.
    pub fn truth(&mut self) -> Result<bool, DbError> {
        Ok(self.int()? != 0)
    }

    /// The next cell, a text.
    pub fn text(&mut self) -> Result<String, DbError> {
        self.opt_text()?.map_or_else(|| self.wrong(), Ok)
    }

    /// The next cell, a text or null.
    pub fn opt_text(&mut self) -> Result<Option<String>, DbError> {
        match self.next()? {
            Value::Null => Ok(None),
            Value::Text(text) => Ok(Some(text)),
            _ => self.wrong(),
        }
    }

    /// The next cell, bytes or null.
    pub fn opt_bytes(&mut self) -> Result<Option<Vec<u8>>, DbError> {
        match self.next()? {
            Value::Null => Ok(None),
            Value::Bytes(bytes) => Ok(Some(bytes)),
            _ => self.wrong(),
        }
    }

    /// The next cell, an id.
    pub fn id<T>(&mut self, make: fn([u8; 16]) -> T) -> Result<T, DbError> {
        self.opt_id(make)?.map_or_else(|| self.wrong(), Ok)
    }

    /// The next cell, an id or null.
    pub fn opt_id<T>(&mut self, make: fn([u8; 16]) -> T) -> Result<Option<T>, DbError> {
        match self.opt_bytes()? {
            None => Ok(None),
            Some(bytes) => match <[u8; 16]>::try_from(bytes) {
                Ok(bytes) => Ok(Some(make(bytes))),
                Err(_) => self.wrong(),
            },
        }
    }
}
