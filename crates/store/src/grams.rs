//! Pairs of letters (`livechat::words`) on their way into an index: many rows, few statements.

use crate::{
    WorkspaceId,
    db::{Batch, Value},
};

/// Pairs in one statement.
const AT_ONCE: usize = 32;

/// A statement that inserts one row of three columns, for several rows.
pub(crate) fn several(one: &str) -> String {
    let row = |at: usize| format!("(${}, ${}, ${})", at * 3 + 1, at * 3 + 2, at * 3 + 3);
    let rows: Vec<String> = (0..AT_ONCE).map(row).collect();
    one.replace("($1, $2, $3)", &rows.join(", "))
}

/// Adds pairs by such a statement: whose they are, the pair, the workspace.
pub(crate) fn add(
    mut batch: Batch,
    sql: &'static str,
    (of, workspace): (Value, WorkspaceId),
    pairs: &[i64],
) -> Batch {
    for some in pairs.chunks(AT_ONCE) {
        // The statement always names as many: the last one again and again.
        let padded = some.iter().chain(std::iter::repeat(&some[some.len() - 1])).take(AT_ONCE);
        let params: Vec<Value> =
            padded.flat_map(|pair| [of.clone(), Value::Int(*pair), workspace.into()]).collect();
        batch = batch.then(sql, params);
    }
    batch
}
