//! Which value goes under which column of a sheet that has a first row already.

/// Where a row's values go.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The row from its first column on.
    pub cells: Vec<String>,
    /// Names that the first row lacks, in the order in which they are added.
    pub added: Vec<String>,
    /// The column at which they are added.
    pub from: usize,
}

/// Puts each value under the column of its name. A name that stands twice goes under two columns. Values without a
/// name follow after all columns; where no column has a name, values are taken as they come.
pub(super) fn place(header: &[String], columns: &[String], values: &[String]) -> Place {
    let from = header.len();
    if columns.iter().all(|column| column.trim().is_empty()) {
        return Place { cells: values.to_vec(), added: Vec::new(), from };
    }
    let mut names: Vec<&str> = header.iter().map(|name| name.trim()).collect();
    let mut used = vec![false; names.len()];
    let mut cells = vec![String::new(); names.len()];
    for (at, column) in columns.iter().enumerate() {
        let value = values.get(at).cloned().unwrap_or_default();
        let name = column.trim();
        let free = names.iter().zip(&used).position(|(own, used)| *own == name && !used && !name.is_empty());
        match free {
            Some(found) => {
                used[found] = true;
                cells[found] = value;
            }
            None => {
                names.push(name);
                used.push(true);
                cells.push(value);
            }
        }
    }
    cells.extend(values.iter().skip(columns.len()).cloned());
    let added = names[from..].iter().map(|name| (*name).to_owned()).collect();
    Place { cells, added, from }
}

/// A column's letters: A, B, …, Z, AA, ….
pub(super) fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_under_their_names() {
        let texts = |line: &str| -> Vec<String> {
            if line.is_empty() { Vec::new() } else { line.split('|').map(str::to_owned).collect() }
        };
        for (header, columns, values, cells, added) in [
            ("", "이름|수", "김|2", "김|2", "이름|수"),
            ("수|이름", "이름|수", "김|2", "2|김", ""),
            ("시간|이름", "이름|메모", "김|빨리", "|김|빨리", "메모"),
            (" 이름 ", "이름", "김", "김", ""),
            ("이름|이름", "이름|이름|이름", "가|나|다", "가|나|다", "이름"),
            ("이름", "이름", "김|남는 값", "김|남는 값", ""),
            ("이름|수", "이름|수", "김", "김|", ""),
            ("아무|거나", "", "하나|둘", "하나|둘", ""),
        ] {
            let placed = place(&texts(header), &texts(columns), &texts(values));
            assert_eq!(placed.cells, texts(cells), "{header} / {columns}");
            assert_eq!(placed.added, texts(added), "{header} / {columns}");
        }
    }

    #[test]
    fn columns_have_letters() {
        let all: Vec<String> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(letters).collect();
        assert_eq!(all, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
