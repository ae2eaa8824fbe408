//! The floor of a replica: an actix server whose handler returns a constant.
//!
//! `constant PORT FILE` answers every request on the loopback address with the bytes of
//! FILE, by one worker, as replicas have. `scripts/bench` starts it.

use actix_web::{App, HttpResponse, HttpServer, web};
use bytes::Bytes;
use std::{env, fs, io};

#[actix_web::main]
async fn main() -> io::Result<()> {
    let usage = || io::Error::new(io::ErrorKind::InvalidInput, "usage: constant PORT FILE");
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [port, file] = arguments.as_slice() else {
        return Err(usage());
    };
    let port: u16 = port.parse().map_err(|_| usage())?;
    let body = Bytes::from(fs::read(file)?);
    HttpServer::new(move || {
        let body = body.clone();
        let answer = move || {
            let body = body.clone();
            async move { HttpResponse::Ok().content_type("application/json").body(body) }
        };
        App::new().default_service(web::to(answer))
    })
    .workers(1)
    .bind(("127.0.0.1", port))?
    .run()
    .await
}
