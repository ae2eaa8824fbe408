//! Tests of the HTTP API of `video`, with PostgreSQL and nginx.

mod averages;
mod fixture;
mod forecast;
mod gateway;
mod health;
mod old_rows;
mod statements;
mod video_detail;
