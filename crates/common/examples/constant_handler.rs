//! The baseline of `scripts/bench`: an actix server whose handler returns a constant.
//!
//! `constant_handler PORT FILE` responds to every request on the loopback address with the
//! bytes of FILE, with one worker, as replicas have.

use actix_web::{App, HttpResponse, HttpServer, web};
use bytes::Bytes;
use std::{env, fs, io};

#[actix_web::main]
async fn main() -> io::Result<()> {
    let usage = || io::Error::new(io::ErrorKind::InvalidInput, "usage: constant_handler PORT FILE");
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [port, file] = arguments.as_slice() else {
        return Err(usage());
    };
    let port: u16 = port.parse().map_err(|_| usage())?;
    let body = Bytes::from(fs::read(file)?);
    HttpServer::new(move || {
        let body = body.clone();
        let handler = move || {
            let body = body.clone();
            async move { HttpResponse::Ok().content_type("application/json").body(body) }
        };
        App::new().default_service(web::to(handler))
    })
    .workers(1)
    .bind(("127.0.0.1", port))?
    .run()
    .await
}
