//! Columns of text.

/// Rows under a head, in columns as wide as their widest cell. Numbers stand right.
pub(crate) fn render(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([head[column].chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..head.len()).map(width).collect();
    let is_number = |column: usize| {
        !rows.is_empty()
            && rows
                .iter()
                .all(|row| row.get(column).is_some_and(|cell| cell.parse::<f64>().is_ok()))
    };
    let numbers: Vec<_> = (0..head.len()).map(is_number).collect();
    let mut text = String::new();
    let mut push = |cells: Vec<&str>| {
        let mut line = String::new();
        for (column, cell) in cells.iter().enumerate() {
            let pad = " ".repeat(widths[column].saturating_sub(cell.chars().count()));
            if numbers[column] {
                line.push_str(&pad);
                line.push_str(cell);
            } else {
                line.push_str(cell);
                line.push_str(&pad);
            }
            line.push_str("  ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    };
    push(head.to_vec());
    for row in rows {
        push(row.iter().map(String::as_str).collect());
    }
    text
}
