//! Tests of the HTTP API of `video`, with PostgreSQL and nginx.

mod averages;
mod charts;
mod fixture;
mod forecast;
mod gateway;
mod health;
mod old_rows;
mod outliers;
mod statements;
mod video_detail;
