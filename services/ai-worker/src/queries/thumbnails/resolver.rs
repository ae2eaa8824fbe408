//! Names, looked up for the public internet alone.

use crate::queries::address::is_public;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::{io, net::SocketAddr, sync::Arc};

/// Gives only public addresses to connect to. What is looked up here is what is connected to,
/// so a name that changes its address in between (DNS rebinding) gains nothing.
pub(super) struct PublicOnly;

impl PublicOnly {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self)
    }
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(public(found)?)
        })
    }
}

/// The public ones of these, if there is any.
pub(super) fn public(found: impl Iterator<Item = SocketAddr>) -> io::Result<Addrs> {
    let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
    if public.is_empty() {
        return Err(io::Error::other("the name has no public address"));
    }
    Ok(Box::new(public.into_iter()))
}
