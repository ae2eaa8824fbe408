//! Prepared statements in SQL.

use diesel::{
    QueryResult,
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    serialize::ToSql,
    sql_types::{HasSqlType, Untyped},
};
use std::marker::PhantomData;

/// A constant SQL statement with its values.
///
/// As diesel's `sql_query`, but prepared once per connection: saves a round trip, and PostgreSQL
/// caches the plan.
#[derive(Debug, Clone, Copy)]
pub struct Statement<V = ()> {
    sql: &'static str,
    values: V,
}

/// Values for `$1`, `$2` and so on: the previous ones, and one of the SQL type `T`.
#[derive(Debug, Clone, Copy)]
pub struct Values<V, T, U> {
    before: V,
    value: U,
    sql_type: PhantomData<T>,
}

impl Statement {
    /// A statement without values.
    pub const fn new(sql: &'static str) -> Self {
        Self { sql, values: () }
    }
}

impl<V> Statement<V> {
    /// Binds the next of `$1`, `$2` and so on, of the SQL type `T`.
    pub fn bind<T, U>(self, value: U) -> Statement<Values<V, T, U>> {
        let values = Values { before: self.values, value, sql_type: PhantomData };
        Statement { sql: self.sql, values }
    }
}

impl<V: QueryFragment<Pg>> QueryFragment<Pg> for Statement<V> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(self.sql);
        self.values.walk_ast(out)
    }
}

impl<V, T, U> QueryFragment<Pg> for Values<V, T, U>
where
    V: QueryFragment<Pg>,
    Pg: HasSqlType<T>,
    U: ToSql<T, Pg>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.before.walk_ast(out.reborrow())?;
        out.push_bind_param_value_only(&self.value)
    }
}

/// Statements are identified by their text.
impl<V> QueryId for Statement<V> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<V> Query for Statement<V> {
    type SqlType = Untyped;
}
