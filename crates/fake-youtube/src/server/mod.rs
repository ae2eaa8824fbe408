//! The HTTP interface.

mod channels;
mod control;
mod feed;
mod params;
mod playlist_items;
mod problem;
mod respond;
mod search;
mod video_item;
mod videos;

use crate::simulator::Simulator;
use actix_web::{App, HttpResponse, HttpServer, dev::ServerHandle, web};
use std::{
    io,
    net::{SocketAddr, ToSocketAddrs},
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};
use youtube::Config;

pub(crate) use search::category_name;

/// A running simulator; stops when it is dropped.
#[derive(Debug)]
pub struct FakeYoutube {
    simulator: Arc<Simulator>,
    address: SocketAddr,
    handle: ServerHandle,
    thread: Option<thread::JoinHandle<io::Result<()>>>,
}

impl FakeYoutube {
    /// Starts a simulator on a separate thread; port 0 selects a free port.
    pub fn start(simulator: Simulator, address: impl ToSocketAddrs) -> io::Result<Self> {
        let simulator = Arc::new(simulator);
        let data = web::Data::from(Arc::clone(&simulator));
        let addresses: Vec<SocketAddr> = address.to_socket_addrs()?.collect();
        let (sender, receiver) = mpsc::channel();
        let thread = thread::Builder::new().name("fake-youtube".into()).spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server =
                    HttpServer::new(move || App::new().app_data(data.clone()).configure(routes))
                        .workers(1)
                        .disable_signals()
                        .bind(&addresses[..])
                        .map(|server| (server.addrs(), server.run()));
                match server {
                    Ok((addresses, server)) => {
                        let started = addresses.first().map(|it| (*it, server.handle()));
                        sender.send(started.ok_or_else(|| io::Error::other("no address"))).ok();
                        server.await
                    }
                    Err(error) => {
                        sender.send(Err(error)).ok();
                        Ok(())
                    }
                }
            })
        })?;
        let started = receiver.recv_timeout(Duration::from_secs(30)).map_err(io::Error::other)?;
        let (address, handle) = started?;
        Ok(Self { simulator, address, handle, thread: Some(thread) })
    }

    /// Catalog, clock, quota and faults.
    pub fn simulator(&self) -> &Simulator {
        &self.simulator
    }

    /// The address it listens on.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The configuration of a client of this simulator.
    pub fn client_config(&self) -> Config {
        Config {
            api_url: format!("http://{}/youtube/v3", self.address),
            feed_url: format!("http://{}/feeds/videos.xml", self.address),
            ..Config::default()
        }
    }

    /// Waits until the server ends; it does so only on an error.
    pub fn wait(mut self) -> io::Result<()> {
        let ended = self.thread.take().map(thread::JoinHandle::join);
        match ended {
            Some(Ok(result)) => result,
            Some(Err(_)) => Err(io::Error::other("the server panicked")),
            None => Ok(()),
        }
    }
}

impl Drop for FakeYoutube {
    fn drop(&mut self) {
        // Sends the command; the future only waits for its completion.
        drop(self.handle.stop(false));
    }
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::scope("/youtube/v3")
                .route("/videos", web::get().to(videos::list))
                .route("/videos:batchGetStats", web::get().to(videos::batch_get_stats))
                .route("/channels", web::get().to(channels::list))
                .route("/playlistItems", web::get().to(playlist_items::list))
                .route("/search", web::get().to(search::list))
                .route("/videoCategories", web::get().to(search::categories)),
        )
        .route("/feeds/videos.xml", web::get().to(feed::get))
        .service(
            web::scope("/control")
                .route("/state", web::get().to(control::state))
                .route("/clock", web::post().to(control::set_clock))
                .route("/faults", web::post().to(control::add_fault))
                .route("/faults", web::delete().to(control::clear_faults))
                .route("/channels", web::get().to(control::channels))
                .route("/snapshot", web::get().to(control::snapshot)),
        )
        .route("/health/live", web::get().to(HttpResponse::Ok));
}
