//! A database as somebody sees it who has it and lacks the keys: any statement, any value.

use kyc_ledger::DatabaseUrl;
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

/// A connection past the ledger. Keys of other tables are not looked at, so anything can be written.
pub(crate) enum Raw {
    Sqlite(rusqlite::Connection),
    Postgres(Client),
}

/// A column of the real schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) table: String,
    pub(crate) name: String,
    pub(crate) class: Class,
    pub(crate) nullable: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Int,
    Text,
    Bytes,
}

impl Raw {
    pub(crate) async fn open(url: &DatabaseUrl) -> Self {
        match url {
            DatabaseUrl::Sqlite(path) => {
                let connection = rusqlite::Connection::open(path).unwrap();
                connection.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
                connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
                Self::Sqlite(connection)
            }
            DatabaseUrl::Postgres(url) => {
                let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
                tokio::spawn(connection);
                client
                    .batch_execute("SET search_path = kyc; SET session_replication_role = replica")
                    .await
                    .unwrap();
                Self::Postgres(client)
            }
        }
    }

    /// Carries out a statement; how many rows it changed, or what the database has against it.
    pub(crate) async fn run(&self, sql: &str) -> Result<u64, String> {
        match self {
            Self::Sqlite(connection) => {
                connection.execute(sql, []).map(|rows| rows as u64).map_err(|error| error.to_string())
            }
            Self::Postgres(client) => client.execute(sql, &[]).await.map_err(|error| error.to_string()),
        }
    }

    /// Rows of texts.
    pub(crate) async fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare(sql).unwrap();
                let columns = statement.column_count();
                let rows = statement.query_map([], |row| {
                    (0..columns)
                        .map(|column| {
                            let value: rusqlite::types::Value = row.get(column)?;
                            Ok(match value {
                                rusqlite::types::Value::Integer(number) => number.to_string(),
                                rusqlite::types::Value::Text(text) => text,
                                other => format!("{other:?}"),
                            })
                        })
                        .collect()
                });
                rows.unwrap().map(Result::unwrap).collect()
            }
            Self::Postgres(client) => {
                let messages = client.simple_query(sql).await.unwrap();
                let rows = messages.into_iter().filter_map(|message| match message {
                    SimpleQueryMessage::Row(row) => Some(
                        (0..row.len()).map(|column| row.get(column).unwrap_or_default().to_owned()).collect(),
                    ),
                    _ => None,
                });
                rows.collect()
            }
        }
    }

    /// Every column of every table, as the database itself lists them.
    pub(crate) async fn schema(&self) -> Vec<Column> {
        let sql = match self {
            Self::Sqlite(_) => {
                "SELECT m.name, c.name, lower(c.type), CASE c.\"notnull\" WHEN 1 THEN 'NO' ELSE 'YES' END \
                 FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid"
            }
            Self::Postgres(_) => {
                "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns \
                 WHERE table_schema = 'kyc' ORDER BY table_name, ordinal_position"
            }
        };
        let rows = self.rows(sql).await.into_iter().map(|row| {
            let [table, name, class, nullable] = <[String; 4]>::try_from(row).unwrap();
            let class = match &*class {
                "integer" | "bigint" => Class::Int,
                "text" => Class::Text,
                "blob" | "bytea" => Class::Bytes,
                other => panic!("a column of type {other}"),
            };
            Column { table, name, class, nullable: nullable == "YES" }
        });
        rows.collect()
    }

    /// The rows of a table, each value as the literal that stands for it in SQL.
    pub(crate) async fn literals(&self, columns: &[Column]) -> Vec<Vec<String>> {
        let quoted: Vec<_> = columns
            .iter()
            .map(|column| match (self, column.class) {
                (Self::Sqlite(_), _) => format!("quote({})", column.name),
                (Self::Postgres(_), _) => format!("quote_nullable({}::text)", column.name),
            })
            .collect();
        let table = &columns[0].table;
        self.rows(&format!("SELECT {} FROM {table}", quoted.join(", "))).await
    }

    /// Other values than this literal, to be written in its place.
    pub(crate) fn others(&self, column: &Column, literal: &str) -> Vec<String> {
        let is_null = literal == "NULL";
        let mut others = match column.class {
            Class::Int if is_null => vec!["1".to_owned()],
            Class::Int => {
                let number: i64 = literal.trim_matches('\'').parse().unwrap();
                vec![(number + 1).to_string()]
            }
            Class::Text if is_null => vec!["'x'".to_owned()],
            Class::Text => {
                let text = literal.strip_suffix('\'').unwrap();
                vec![format!("{text}x'"), "''".to_owned()]
            }
            Class::Bytes if is_null => vec![self.bytes("01")],
            Class::Bytes => {
                let digits: String = literal
                    .trim_start_matches(['X', 'E', '\'', '\\', 'x'])
                    .trim_end_matches('\'')
                    .to_lowercase();
                let last = digits.chars().last().map_or('0', |last| if last == '0' { '1' } else { '0' });
                let kept = digits.get(..digits.len().saturating_sub(1)).unwrap();
                vec![self.bytes(&format!("{kept}{last}")), self.bytes("")]
            }
        };
        others.retain(|other| other != literal);
        if column.nullable && !is_null {
            others.push("NULL".to_owned());
        }
        others
    }

    fn bytes(&self, digits: &str) -> String {
        match self {
            Self::Sqlite(_) => format!("X'{digits}'"),
            Self::Postgres(_) => format!("'\\x{digits}'"),
        }
    }
}

/// What picks the row with these values out of its table.
pub(crate) fn is_row(columns: &[Column], literals: &[String]) -> String {
    let conditions = columns.iter().zip(literals).map(|(column, literal)| match &**literal {
        "NULL" => format!("{} IS NULL", column.name),
        literal => format!("{} = {literal}", column.name),
    });
    conditions.collect::<Vec<_>>().join(" AND ")
}
