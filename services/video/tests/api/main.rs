//! The contract of `video`, through its HTTP interface, on a real PostgreSQL.

mod averages;
mod fixture;
mod gateway;
mod health;
mod old_rows;
mod statements;
mod video_detail;
