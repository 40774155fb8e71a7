//! The few true differences between the two databases, all in one place.
//!
//! The common subset that every statement keeps to: `$n` parameters; `INSERT … ON CONFLICT`; CTEs; keyset paging; no
//! `FOR UPDATE`, triggers, `now()` or sequences. Types: BIGINT, TEXT and, in migrations, `BYTES`.

/// `$n` as SQLite numbers it: SQLite takes `$1` for a name and would count by first appearance.
pub fn sqlite(sql: &str) -> String {
    sql.replace('$', "?")
}

/// A guarded statement for PostgreSQL: a wrong number of rows raises, so that the pipelined batch aborts by itself.
pub fn postgres_guarded(sql: &str, rows: u64, table: &str) -> String {
    format!(
        "WITH changed AS ({sql} RETURNING 1) SELECT closer_guard(count(*), {rows}, '{table}') FROM changed"
    )
}

/// The SQLSTATE of a failed guard.
pub const GUARD_STATE: &str = "CL001";

/// Made once per database, before the migrations. (`found` would be a variable of PL/pgSQL's own.)
pub const POSTGRES_PRELUDE: &str = "
CREATE OR REPLACE FUNCTION closer_guard(changed bigint, expected bigint, name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF changed <> expected THEN
    RAISE EXCEPTION '%', name USING ERRCODE = 'CL001';
  END IF;
END $$;
";

/// A migration's text for SQLite: `BYTES` is a BLOB, and clustered tables have no row id of their own.
pub fn sqlite_migration(sql: &str) -> String {
    sql.replace(" BYTES", " BLOB").replace(") CLUSTERED;", ") WITHOUT ROWID;")
}

/// A migration's text for PostgreSQL.
pub fn postgres_migration(sql: &str) -> String {
    sql.replace(" BYTES", " BYTEA").replace(") CLUSTERED;", ");")
}
